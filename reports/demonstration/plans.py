"""The yearly plans of the last year: who handed one in, what stands in it, what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from actionplan.calendar import first_day, last_day
from actionplan.models import (
    GroupReason,
    Plan,
    PlanChange,
    PlanItem,
    Programme,
    Progress,
    TaskGroup,
)
from actionplan.workflow import PlanState, Status
from reports.demonstration.province import Province
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Placement, User

# by the number of the task group: what is done, from which day of the year on, within how many
_WORK = (
    ("Hội nghị học tập, quán triệt nghị quyết và chương trình hành động", 30, 60),
    ("Tổ chức đối thoại định kỳ, rà soát quy chế dân chủ ở cơ sở", 60, 200),
    ("Thăm hỏi, hỗ trợ đoàn viên khó khăn dịp Tết", 0, 45),
    ("Sinh hoạt chuyên đề về nghị quyết mới cho đoàn viên", 90, 120),
    ("Phát động thi đua “Giỏi việc nước, đảm việc nhà”", 50, 280),
    ("Kết nạp đoàn viên mới, củng cố tổ công đoàn", 100, 200),
    ("Toạ đàm nữ công nhân ngày 8/3 và ngày 20/10", 60, 240),
    ("Thu, nộp kinh phí và đoàn phí đúng hạn", 15, 340),
    ("Kiểm tra việc chấp hành Điều lệ ở cơ sở", 150, 120),
    ("Đưa cổng số liệu vào sinh hoạt của Ban Chấp hành", 120, 150),
)
_RESULT = "Đã tổ chức, có biên bản lưu tại văn phòng."
_UNDER_WAY = "Đã thông qua kế hoạch chi tiết, đang triển khai."
_NO_WORK = "Ban Chấp hành mới kiện toàn, giao năm sau thực hiện."
_SENT_BACK = "Nhóm nhiệm vụ 3 chưa ghi kinh phí; hãy bổ sung."
_PUT_OFF = "Lùi do trùng đợt sắp xếp bộ máy."
# how far the unions have come, one after the other; None has begun no plan
_FAR = (
    *(PlanState.ACCEPTED, PlanState.ACCEPTED, PlanState.SUBMITTED, PlanState.ACCEPTED, None),
    *(PlanState.DRAFT, PlanState.ACCEPTED, PlanState.RETURNED, PlanState.ACCEPTED),
)
_STATUSES = (Status.DONE, Status.UNDER_WAY, Status.DONE, Status.NOT_STARTED)
_ONE_IN_SEVEN = 7


@dataclass(slots=True)
class Rows:
    """What is written of all plans, each kind at once."""

    plans: list[Plan] = field(default_factory=list)
    items: list[PlanItem] = field(default_factory=list)
    reasons: list[GroupReason] = field(default_factory=list)
    notes: list[Progress] = field(default_factory=list)
    changes: list[PlanChange] = field(default_factory=list)

    def write(self) -> None:
        """What is pointed at goes first."""
        Plan.objects.bulk_create(self.plans, batch_size=BATCH)
        PlanItem.objects.bulk_create(self.items, batch_size=BATCH)
        GroupReason.objects.bulk_create(self.reasons, batch_size=BATCH)
        Progress.objects.bulk_create(self.notes, batch_size=BATCH)
        PlanChange.objects.bulk_create(self.changes, batch_size=BATCH)


def write(province: Province, programme: Programme, year: int, traces: Traces) -> None:
    """A plan of most unions in place at the end of the year, and of the province."""
    rows, groups = Rows(), list(programme.task_groups.order_by("number"))
    officer, authors = province.staff.verifier, _authors(province)
    stood = Placement.objects.filter(union__in=authors).order_by("union", "valid_from")
    places = {
        place.union_id: place
        for place in stood.select_related("union")
        if _lasts(place, last_day(year, place.calendar))
    }
    for number, place in enumerate(places.values()):
        state = _FAR[number % len(_FAR)]
        if state is not None:
            plan = _plan(programme, year, place, state, authors[place.union_id], officer)
            rows.plans.append(plan)
            _fill(rows, plan, groups, number, authors[place.union_id])
    rows.write()
    for plan in rows.plans:
        _tell(plan, traces)


def _authors(province: Province) -> dict[int, User]:
    """Who draws up the plan of each union, by its key."""
    chairs = {member.union.pk: member.chair for member in province.members}
    return {province.root.pk: province.staff.verifier} | chairs


def _lasts(place: Placement, day: date) -> bool:
    return place.valid_from <= day and (place.valid_to is None or place.valid_to > day)


def _plan(
    programme: Programme, year: int, place: Placement, state: str, by: User, officer: User
) -> Plan:
    plan = Plan(
        programme=programme, year=year, union=place.union, placement=place, state=state, revision=12
    )
    begins = first_day(year, place.calendar)
    if state != PlanState.DRAFT:
        plan.submitted_at, plan.submitted_by = at(begins + timedelta(20), 9), by
    if state == PlanState.ACCEPTED:
        plan.accepted_at, plan.accepted_by = at(begins + timedelta(26), 15), officer
    plan.reason = _SENT_BACK if state == PlanState.RETURNED else ""
    return plan


def _fill(rows: Rows, plan: Plan, groups: Iterable[TaskGroup], number: int, by: User) -> None:
    """An item under most groups; of the others the reason, unless the plan is still a draft."""
    begun = plan.state == PlanState.ACCEPTED
    for group, (what, since, days) in zip(groups, _WORK, strict=False):
        if number and (number + group.number) % _ONE_IN_SEVEN == 0:
            if plan.state != PlanState.DRAFT:
                rows.reasons.append(GroupReason(plan=plan, group=group, text=_NO_WORK))
            continue
        item = _item(plan, group, what, since, days)
        rows.items.append(item)
        if begun:
            rows.notes += _work_off(item, _STATUSES[(number * 3 + group.number) % 4], by)
    if begun and number % _ONE_IN_SEVEN == 1:
        rows.changes.append(_put_off(rows.items[-1], by))


def _item(plan: Plan, group: TaskGroup, what: str, since: int, days: int) -> PlanItem:
    starts_on = first_day(plan.year, plan.placement.calendar) + timedelta(since)
    return PlanItem(
        plan=plan,
        group=group,
        what=what,
        who="Ban Chấp hành" if group.number % 2 else "Chủ tịch, Uỷ ban kiểm tra",
        starts_on=starts_on,
        due_on=starts_on + timedelta(days),
        expected="Có biên bản, danh sách người dự." if group.number % 3 == 1 else "",
        budget=group.number * 1_500_000 if group.number % 2 else None,
        position=1,
    )


def _work_off(item: PlanItem, status: str, by: User) -> Iterator[Progress]:
    """What was noted: that it began, and that it is done."""
    told = {Status.UNDER_WAY: item.starts_on, Status.DONE: item.due_on - timedelta(2)}
    item.status = status
    item.done_on = told[Status.DONE] if status == Status.DONE else None
    for reached, day in told.items():
        if status in {Status.DONE, reached}:
            text = _RESULT if reached == Status.DONE else _UNDER_WAY
            yield Progress(item=item, on=day, text=text, status=reached, by=by, at=at(day, 16))


def _put_off(item: PlanItem, by: User) -> PlanChange:
    """An item that was to be done ten days earlier when the plan was accepted."""
    before, now = (f"{day:%d/%m/%Y}" for day in (item.due_on - timedelta(10), item.due_on))
    return PlanChange(
        plan=item.plan,
        item=item,
        sentence=f"Sửa việc “{item.what}”: đến ngày từ “{before}” thành “{now}”",
        differences=[("đến ngày", before, now)],
        reason=_PUT_OFF,
        by=by,
        at=at(item.starts_on, 10),
    )


def _tell(plan: Plan, traces: Traces) -> None:
    by, sent, accepted = plan.submitted_by, plan.submitted_at, plan.accepted_at
    if sent is not None:
        traces.record(f"Gửi {plan}", sent, by=by, about=plan)
    if accepted is not None:
        words = f"Chấp nhận {plan}"
        traces.record(words, accepted, by=plan.accepted_by, about=plan)
