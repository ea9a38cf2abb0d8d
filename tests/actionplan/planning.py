"""The plan of the health union, and items to put into it."""

from datetime import date
from typing import Any

from actionplan.models import Plan, PlanItem
from actionplan.services import items, plans
from actionplan.services.fitting import Item
from tests.builders import Province
from unions.models import User

YEAR = 2025
REASON = "Chưa phát sinh"


def health_plan(province: Province) -> Plan:
    """Begun by the chair, with nothing in it."""
    by = province.chair_of_health
    return plans.draw_up(province.health, province.programme, YEAR, by=by)


def own_plan(province: Province) -> Plan:
    """That of the province, begun by its officer, with nothing in it."""
    return plans.draw_up(province.root, province.programme, YEAR, by=province.officer)


def an_item(province: Province, number: int = 1, **said: Any) -> Item:
    """Under a task group by its number; `said` replaces what it says."""
    group = said.pop("group", None) or province.programme.task_groups.get(number=number)
    usual = {
        "what": f"Việc của nhóm {number}",
        "who": "Ban Chấp hành",
        "starts_on": date(YEAR, 2, 1),
        "due_on": date(YEAR, 3, 31),
    }
    return Item(group, **usual | said)


def drawn_up(province: Province) -> tuple[Plan, PlanItem]:
    """A plan that can be handed in: an item under the first group, a reason for each other one."""
    return filled_in(province, health_plan(province), by=province.chair_of_health)


def filled_in(province: Province, plan: Plan, *, by: User) -> tuple[Plan, PlanItem]:
    """The same of any plan."""
    row = items.add(plan, an_item(province), by=by)
    for group in province.programme.task_groups.exclude(number=1):
        items.leave_empty(plan, group, REASON, by=by)
    return now(plan), row


def accepted(province: Province) -> tuple[Plan, PlanItem]:
    """The same, handed in by the chair and accepted by the officer."""
    plan, row = drawn_up(province)
    plans.hand_in(plan, by=province.chair_of_health)
    plans.accept(plan, by=province.officer)
    return now(plan), row


def now(plan: Plan) -> Plan:
    """The plan as it stands."""
    return Plan.objects.select_related(*Plan.reads_with).get(pk=plan.pk)
