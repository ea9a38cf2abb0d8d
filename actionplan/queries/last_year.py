"""What a union planned the year before, and what of it stands in its new plan already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplan.models import Plan, PlanItem
from actionplan.queries.plans import Line
from unions.vietnamese import fold


@dataclass(frozen=True, slots=True)
class LastYear:
    """The plan of the year before under the same programme, with its items that may be taken over.

    None, and no items, if there was no plan. `gone` are items whose task group the programme has
    dropped since; what stands in the new plan already is in neither.
    """

    plan: Plan | None
    lines: Sequence[Line]
    gone: Sequence[PlanItem]


def last_year(plan: Plan, today: date) -> LastYear:
    """See LastYear. Three statements."""
    before = _plan_before(plan)
    if before is None:
        return LastYear(None, (), ())
    rows = before.items.select_related("group", "action", "breakthrough")
    left = _not_there(rows.order_by("group__number", "position", "pk"), plan)
    lines = [Line(item, *item.standing(today)) for item in left if not item.group.dropped]
    return LastYear(before, lines, [item for item in left if item.group.dropped])


def _plan_before(plan: Plan) -> Plan | None:
    """The plan of the year before under the same programme. One statement."""
    rows = Plan.objects.filter(union=plan.union_id, programme=plan.programme_id)
    return rows.select_related(*Plan.reads_with).filter(year=plan.year - 1).first()


def _not_there(rows: Iterable[PlanItem], plan: Plan) -> list[PlanItem]:
    """Those that nothing in the plan goes on with or says in the same words of the same group."""
    there = list(plan.items.values_list("group", "what", "continues"))
    goes_on = {continued for _, _, continued in there}
    said = {(group, fold(what)) for group, what, _ in there}
    return [
        row for row in rows if row.pk not in goes_on and (row.group_id, fold(row.what)) not in said
    ]
