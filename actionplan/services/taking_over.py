"""A plan that begins with what stood in that of the year before."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from actionplan.calendar import first_day, last_day
from actionplan.models import Plan, PlanItem
from actionplan.queries.last_year import last_year
from actionplan.services import plans
from actionplan.services.fitting import Item
from actionplan.services.many_items import Taken, add_all
from actionplan.workflow import ENDED
from unions.models import User

_LEAP_DAY = (2, 29)


@transaction.atomic
def take_over(
    plan: Plan, chosen: Collection[int], *, by: User | None, revision: int | None = None
) -> int:
    """Take the chosen items of the year before over, by their keys; how many.

    Their days move by a year. What was not finished goes on (`continues`). What stands in the plan
    already is left as it is, so that nothing is there twice.
    """
    plan = plans.locked(plan, by=by, revision=revision)
    lines = last_year(plan, timezone.localdate()).lines
    rows = [line.item for line in lines if line.item.pk in chosen]
    told = f"từ kế hoạch năm {plan.year - 1}"
    return add_all(plan, [_taken(plan, row) for row in rows], told, by=by)


def moved(day: date, plan: Plan) -> date:
    """The same day a year later, within the plan's year; of 29 February it is the 28th."""
    if (day.month, day.day) == _LEAP_DAY:
        day = day.replace(day=28)
    return within_year(day.replace(year=day.year + 1), plan)


def within_year(day: date, plan: Plan) -> date:
    """The day, or the one of the plan's year that is nearest to it."""
    calendar = plan.placement.calendar
    first, last = first_day(plan.year, calendar), last_day(plan.year, calendar)
    return max(first, min(day, last))


def _taken(plan: Plan, row: PlanItem) -> Taken:
    action, breakthrough = row.action, row.breakthrough
    item = Item(
        group=row.group,
        what=row.what,
        who=row.who,
        starts_on=moved(row.starts_on, plan),
        due_on=moved(row.due_on, plan),
        action=None if action is None or action.dropped else action,
        breakthrough=None if breakthrough is None or breakthrough.dropped else breakthrough,
        expected=row.expected,
        budget=row.budget,
    )
    return Taken(item, continues=None if row.status in ENDED else row)
