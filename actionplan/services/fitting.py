"""What an item of a plan may say: of the programme and the year of its plan, and short enough."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplan.calendar import first_day, last_day
from actionplan.models import Action, Breakthrough, Plan, PlanItem, TaskGroup
from unions.errors import RuleBroken
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written

_TEXTS = {
    "what": "Hãy ghi nội dung việc.",
    "who": "Hãy ghi người hoặc bộ phận thực hiện.",
    "expected": "",
}
_DAYS = {"starts_on": "Từ ngày", "due_on": "Đến ngày"}


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

    def stored(self) -> dict[str, Any]:
        """As the row keeps it."""
        texts = {name: trimmed(getattr(self, name)) for name in _TEXTS}
        rest = ("group", "action", "breakthrough", "starts_on", "due_on", "budget")
        return {name: getattr(self, name) for name in rest} | texts


def must_fit(plan: Plan, item: Item, before: PlanItem | None = None) -> None:
    """RuleBroken, about the field to blame, unless the item may stand in the plan as it is typed.

    What the programme dropped since stays where it stood `before`, and is not chosen anew.
    """
    must_be_of(plan, item.group, before)
    if item.action is not None:
        _must_be_action_of(item.group, item.action, before)
    if item.breakthrough is not None:
        _must_be_breakthrough_of(plan, item.breakthrough, before)
    for name, asked in _TEXTS.items():
        _must_be_said(name, getattr(item, name), asked)
    if item.budget is not None and item.budget < 0:
        raise RuleBroken("Kinh phí không được là số âm.", about="budget")
    _must_be_in_its_year(plan, item)


def must_be_of(plan: Plan, group: TaskGroup, before: PlanItem | None = None) -> None:
    """RuleBroken unless the task group is one of the programme of the plan."""
    if group.programme_id != plan.programme_id:
        raise RuleBroken(
            f"Nhóm nhiệm vụ “{group}” thuộc chương trình khác với {plan}.", about="group"
        )
    if group.dropped and (before is None or before.group_id != group.pk):
        raise RuleBroken(f"Chương trình không còn nhóm nhiệm vụ “{group}”.", about="group")


def _must_be_action_of(group: TaskGroup, action: Action, before: PlanItem | None) -> None:
    if action.group_id != group.pk:
        raise RuleBroken(
            f"“{action}” không thuộc nhóm nhiệm vụ {group.number}. Hãy chọn lại.", about="action"
        )
    if action.dropped and (before is None or before.action_id != action.pk):
        raise RuleBroken(f"Chương trình không còn “{action}”. Hãy chọn lại.", about="action")


def _must_be_breakthrough_of(
    plan: Plan, breakthrough: Breakthrough, before: PlanItem | None
) -> None:
    if breakthrough.programme_id != plan.programme_id:
        raise RuleBroken("Khâu đột phá này thuộc chương trình khác.", about="breakthrough")
    if breakthrough.dropped and (before is None or before.breakthrough_id != breakthrough.pk):
        raise RuleBroken(
            f"Chương trình không còn khâu đột phá “{breakthrough}”. Hãy chọn lại.",
            about="breakthrough",
        )


def _must_be_said(name: str, text: str, asked: str) -> None:
    said = trimmed(text)
    if asked and not said:
        raise RuleBroken(asked, about=name)
    most = PlanItem._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
    if len(said) > most:
        raise RuleBroken(
            f"Ô này dài {len(said)} ký tự; nhiều nhất {most}. Hãy viết ngắn lại.", about=name
        )


def _must_be_in_its_year(plan: Plan, item: Item) -> None:
    for name, label in _DAYS.items():
        must_be_of_our_time(getattr(item, name), f"“{label}”", about=name)
    if item.due_on < item.starts_on:
        raise RuleBroken(
            f"“Đến ngày” {written(item.due_on)} ở trước “từ ngày” {written(item.starts_on)}.",
            about="due_on",
        )
    calendar = plan.placement.calendar
    first, last = first_day(plan.year, calendar), last_day(plan.year, calendar)
    for name, label in _DAYS.items():
        day = getattr(item, name)
        if not first <= day <= last:
            raise RuleBroken(
                f"“{label}” {written(day)} ở ngoài năm của kế hoạch, từ {written(first)} đến"
                f" {written(last)}.",
                about=name,
            )
