"""The items of a plan: written, changed, taken out; under which group none is needed, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from actionplan.calendar import first_day, last_day
from actionplan.models import (
    Action,
    Breakthrough,
    GroupReason,
    Plan,
    PlanChange,
    PlanItem,
    TaskGroup,
)
from actionplan.services import plans
from actionplan.workflow import PlanState
from unions.errors import RuleBroken
from unions.models import User
from unions.quantities import Quantity
from unions.services import journal
from unions.vietnamese import trimmed, written
from unions.workflow import stated_reason


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it is typed; `budget` in whole đồng."""

    group: TaskGroup
    what: str
    who: str
    starts_on: date
    due_on: date
    action: Action | None = None
    breakthrough: Breakthrough | None = None
    expected: str = ""
    budget: int | None = None


@transaction.atomic
def add(
    plan: Plan, item: Item, *, by: User | None, reason: str = "", revision: int | None = None
) -> PlanItem:
    """Write an item into a plan; into one that was handed in only with a reason."""
    plan = plans.locked(plan, by=by, revision=revision)
    _must_fit(plan, item)
    last = PlanItem.objects.filter(plan=plan, group=item.group).aggregate(last=Max("position"))
    row = PlanItem.objects.create(plan=plan, position=(last["last"] or 0) + 1, **_fields(item))
    _keep(plan, row, f"Thêm việc “{row.what}”", reason, by=by)
    GroupReason.objects.filter(plan=plan, group=item.group).delete()
    return row


@transaction.atomic
def change(
    row: PlanItem, item: Item, *, by: User | None, reason: str = "", revision: int | None = None
) -> PlanItem:
    """Let an item say something else; of an accepted plan the difference is told, with a reason."""
    plan = plans.locked(row.plan, by=by, revision=revision)
    row = PlanItem.objects.select_related("group", "action", "breakthrough").get(pk=row.pk)
    _must_fit(plan, item)
    different = list(_differences(row, item))
    if not different:
        return row
    for name, value in _fields(item).items():
        setattr(row, name, value)
    row.save()
    _keep(plan, row, f"Sửa việc “{row.what}”: {'; '.join(different)}", reason, by=by)
    return row


@transaction.atomic
def remove(row: PlanItem, *, by: User | None, revision: int | None = None) -> None:
    """Take an item out of a plan that is being drawn up, if nothing was noted of it yet."""
    plan = plans.locked(row.plan, by=by, revision=revision)
    if not plan.editable:
        raise RuleBroken(
            f"Không thể xoá việc của {plan}: kế hoạch đã gửi. Hãy ghi việc là “Thôi làm”, kèm lý"
            " do."
        )
    if row.progress.exists() or row.changes.exists():
        raise RuleBroken(
            f"Không thể xoá “{row.what}”: đã có ghi nhận tiến độ hoặc điều chỉnh. Hãy ghi việc là"
            " “Thôi làm”, kèm lý do."
        )
    _keep(plan, row, f"Xoá việc “{row.what}”", "", by=by)
    row.delete()


@transaction.atomic
def leave_empty(
    plan: Plan, group: TaskGroup, text: str, *, by: User | None, revision: int | None = None
) -> Plan:
    """Say why there is no item under a group; an empty text takes the reason back."""
    plan = plans.locked(plan, by=by, revision=revision)
    _must_be_of(plan, group)
    if PlanItem.objects.standing().filter(plan=plan, group=group).exists():
        raise RuleBroken(
            f"Nhóm nhiệm vụ {group.number} đã có việc nên không cần lý do.", about="text"
        )
    if said := trimmed(text):
        GroupReason.objects.update_or_create(plan=plan, group=group, defaults={"text": said})
    else:
        GroupReason.objects.filter(plan=plan, group=group).delete()
    plan.revision += 1
    plan.save(update_fields=["revision"])
    journal.record(
        f"Ghi lý do nhóm nhiệm vụ {group.number} chưa có việc: {plan}", by=by, about=plan
    )
    return plan


def _fields(item: Item) -> dict[str, Any]:
    return {
        "group": item.group,
        "action": item.action,
        "breakthrough": item.breakthrough,
        "what": trimmed(item.what),
        "who": trimmed(item.who),
        "starts_on": item.starts_on,
        "due_on": item.due_on,
        "expected": trimmed(item.expected),
        "budget": item.budget,
    }


def _must_fit(plan: Plan, item: Item) -> None:
    """What an item says, belongs to the programme and the year of its plan."""
    _must_be_of(plan, item.group)
    if item.action is not None:
        _must_be_action_of(item.group, item.action)
    if item.breakthrough is not None and item.breakthrough.programme_id != plan.programme_id:
        raise RuleBroken("Khâu đột phá này thuộc chương trình khác.", about="breakthrough")
    if not trimmed(item.what):
        raise RuleBroken("Hãy ghi nội dung việc.", about="what")
    if not trimmed(item.who):
        raise RuleBroken("Hãy ghi người hoặc bộ phận thực hiện.", about="who")
    if item.budget is not None and item.budget < 0:
        raise RuleBroken("Kinh phí không được là số âm.", about="budget")
    _must_be_in_its_year(plan, item)


def _must_be_of(plan: Plan, group: TaskGroup) -> None:
    if group.programme_id != plan.programme_id:
        raise RuleBroken(
            f"Nhóm nhiệm vụ “{group}” thuộc chương trình khác với {plan}.", about="group"
        )
    if group.dropped:
        raise RuleBroken(f"Chương trình không còn nhóm nhiệm vụ “{group}”.", about="group")


def _must_be_action_of(group: TaskGroup, action: Action) -> None:
    if action.group_id != group.pk:
        raise RuleBroken(
            f"“{action}” không thuộc nhóm nhiệm vụ {group.number}. Hãy chọn lại.", about="action"
        )
    if action.dropped:
        raise RuleBroken(f"Chương trình không còn “{action}”. Hãy chọn lại.", about="action")


def _must_be_in_its_year(plan: Plan, item: Item) -> None:
    if item.due_on < item.starts_on:
        raise RuleBroken(
            f"“Đến ngày” {written(item.due_on)} ở trước “từ ngày” {written(item.starts_on)}.",
            about="due_on",
        )
    calendar = plan.placement.calendar
    first, last = first_day(plan.year, calendar), last_day(plan.year, calendar)
    for name, label in (("starts_on", "Từ ngày"), ("due_on", "Đến ngày")):
        day = getattr(item, name)
        if not first <= day <= last:
            raise RuleBroken(
                f"“{label}” {written(day)} ở ngoài năm của kế hoạch, từ {written(first)} đến"
                f" {written(last)}.",
                about=name,
            )


def _differences(row: PlanItem, item: Item) -> Iterator[str]:
    """What a change says otherwise, field by field."""
    for name, value in _fields(item).items():
        before = getattr(row, name)
        if before != value:
            label = str(PlanItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield f"{label} từ {_said(before)} thành {_said(value)}"


def _said(value: Any) -> str:
    if value is None or value == "":
        return "để trống"
    if isinstance(value, date):
        return written(value)
    return f"{Quantity(value)} đồng" if isinstance(value, int) else f"“{value}”"


def _keep(plan: Plan, row: PlanItem, sentence: str, reason: str, *, by: User | None) -> None:
    """Count the change, write it down, and where the plan was accepted show it to the desk."""
    why = ""
    if not plan.editable:
        why = stated_reason(reason, "điều chỉnh kế hoạch đã gửi")
        if plan.state == PlanState.ACCEPTED:
            PlanChange.objects.create(plan=plan, item=row, sentence=sentence, reason=why, by=by)
    plan.revision += 1
    plan.save(update_fields=["revision"])
    journal.record(f"{sentence} ({plan})", by=by, about=plan, reason=why)
