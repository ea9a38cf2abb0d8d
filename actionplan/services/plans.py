"""What can happen to a yearly plan: drawn up, handed in, accepted, sent back."""

from django.db import transaction
from django.utils import timezone

from actionplan import workflow
from actionplan.calendar import first_day
from actionplan.models import Plan, PlanChange, Programme
from actionplan.queries.model_plans import model_sheet
from actionplan.queries.plans import groups_left, names_of
from actionplan.services.plan_places import place_in
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Placement, Union, User
from unions.queries import history_of, holders
from unions.scoping import keys_of
from unions.services import journal, moves
from unions.vietnamese import written
from unions.workflow import Step

# no plan is of it
UNKNOWN = -1
_DIGITS = 18


class Outdated(RuleBroken):
    """The plan changed after the page was opened from which it is saved or moved on."""


@transaction.atomic
def draw_up(union: Union, programme: Programme, year: int, *, by: User | None) -> Plan:
    """Begin the plan of a union for a year (lập kế hoạch năm); the one that is there, if it is.

    RuleBroken for a union that is not there in that year, for another province's programme, and
    for a year that the programme does not have.
    """
    require(by, Permission.DRAW_UP_PLANS, union)
    place = _place_of(union, year)
    _must_follow(union, programme)
    if year not in programme.years:
        years = ", ".join(map(str, programme.years))
        raise RuleBroken(
            f"Năm {year} không thuộc các năm của chương trình: {years or 'chưa có năm nào'}."
        )
    plan, created = Plan.objects.get_or_create(
        union=union, programme=programme, year=year, defaults={"placement": place}
    )
    if created:
        journal.record(f"Lập {plan}", by=by, about=plan)
    return plan


@transaction.atomic
def hand_in(plan: Plan, *, by: User | None, revision: int | None = None) -> Plan:
    """Hand the plan up (gửi): each task group, and what is asked of it, has an item or a reason."""
    plan = _begin(plan, workflow.HAND_IN, by=by, revision=revision)
    if left := groups_left(plan):
        raise RuleBroken(
            f"Chưa thể gửi: {names_of(left)} chưa có việc nào và chưa ghi lý do. Hãy thêm việc hoặc"
            " ghi lý do."
        )
    if asked := model_sheet(plan).left:
        raise RuleBroken(
            f"Chưa thể gửi: tỉnh yêu cầu “{asked[0]}”"
            f"{f' và {len(asked) - 1} việc khác' if len(asked) > 1 else ''}. Hãy lấy việc từ kế"
            " hoạch mẫu hoặc ghi lý do không làm."
        )
    plan.submitted_at, plan.submitted_by = timezone.now(), by
    plan.accepted_at = plan.accepted_by = None
    return moves.finish(plan, workflow.HAND_IN, by=by, tell=holders(Permission.JUDGE_PLANS, plan))


@transaction.atomic
def accept(plan: Plan, *, by: User | None, revision: int | None = None) -> Plan:
    """Let the plan stand (chấp nhận): from now on each change of it is reasoned and told."""
    plan = _begin(plan, workflow.ACCEPT, by=by, revision=revision)
    plan.accepted_at, plan.accepted_by = timezone.now(), by
    return moves.finish(plan, workflow.ACCEPT, by=by, tell=_authors(plan))


@transaction.atomic
def send_back(plan: Plan, *, by: User | None, reason: str, revision: int | None = None) -> Plan:
    """Ask for another plan (trả lại), with the reason."""
    plan = _begin(plan, workflow.SEND_BACK, by=by, reason=reason, revision=revision)
    plan.accepted_at = plan.accepted_by = None
    return moves.finish(plan, workflow.SEND_BACK, by=by, tell=_authors(plan), reason=reason)


@transaction.atomic
def see_changes(plan: Plan, upto: int, *, by: User | None) -> int:
    """Note that the desk has seen the changes shown to it, the last by its key; how many."""
    plan = moves.lock(plan)
    require(by, Permission.JUDGE_PLANS, plan)
    unseen = PlanChange.objects.filter(plan=plan, seen_at=None, pk__lte=upto)
    count = unseen.update(seen_at=timezone.now(), seen_by=by)
    if count:
        journal.record(f"Đã xem {count} điều chỉnh của {plan}", by=by, about=plan)
    return count


def locked(plan: Plan, *, by: User | None, revision: int | None = None) -> Plan:
    """The plan as it stands, held until the transaction ends, for who draws it up.

    Outdated if it is not of the revision that the page showed; None is for who saw no page.
    """
    plan = moves.lock(plan)
    require(by, Permission.DRAW_UP_PLANS, plan)
    _must_be_as_shown(plan, revision)
    return plan


def revision_of_page(mark: str) -> int:
    """The revision that a page names as the one it shows; UNKNOWN if it names none."""
    return int(mark) if mark.isdecimal() and len(mark) <= _DIGITS else UNKNOWN


def _begin(
    plan: Plan, step: Step, *, by: User | None, revision: int | None, reason: str = ""
) -> Plan:
    plan = moves.begin(plan, step, by=by, reason=reason)
    _must_be_as_shown(plan, revision)
    plan.revision += 1
    return plan


def _must_be_as_shown(plan: Plan, revision: int | None) -> None:
    """Outdated, with whoever changed it last, unless `revision` is the one it has by now."""
    if revision in {None, plan.revision}:
        return
    last = history_of(plan._meta.label_lower, plan.pk).first()
    who = last.by.full_name if last and last.by else "người khác"
    raise Outdated(
        f"Chưa lưu: {who} đã sửa {plan} sau khi bạn mở trang. Hãy đối chiếu với bản hiện nay rồi"
        " bấm lại."
    )


def _authors(plan: Plan) -> list[User]:
    return list(holders(Permission.DRAW_UP_PLANS, plan))


def _place_of(union: Union, year: int) -> Placement:
    """Where the plan is to stand; RuleBroken for a union that is not there in the year."""
    place = place_in(Placement.objects.filter(union=union), year, timezone.localdate())
    if place is None:
        raise RuleBroken(
            f"{union} chưa được thành lập trong năm {year} nên không có kế hoạch của năm đó."
        )
    _must_be_there(union, year, place)
    return place


def _must_be_there(union: Union, year: int, place: Placement) -> None:
    if union.ended_on is not None and union.ended_on <= first_day(year, place.calendar):
        raise RuleBroken(
            f"{union} kết thúc hoạt động từ ngày {written(union.ended_on)} nên không có kế hoạch"
            f" năm {year}."
        )


def _must_follow(union: Union, programme: Programme) -> None:
    """A union plans under its own programme, or under that of a union above it."""
    if programme.union_id not in keys_of(union.path):
        raise RuleBroken(f"{union} không thực hiện chương trình “{programme}” của nơi khác.")
