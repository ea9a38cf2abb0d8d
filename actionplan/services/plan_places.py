"""Plans stand where their union stood on the last day of their year, or stands until that comes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from actionplan.calendar import last_day
from actionplan.models import Plan
from unions.models import OrgEvent, Placement

_BATCH = 500


def place_in(placements: Iterable[Placement], year: int, today: date) -> Placement | None:
    """Of all placements of a union the one that its plan of a year stands at; None before it began.

    It is that of the last day of the year, or of today as long as that day is to come. Of a union
    that ended, the last it had.
    """
    begun = [
        one for one in placements if one.valid_from <= min(last_day(year, one.calendar), today)
    ]
    return max(begun, key=lambda one: one.valid_from, default=None)


def settle() -> int:
    """Let plans stand where their unions stand by now; how many were moved. Three statements."""
    passing = Q(placement__valid_to__isnull=False) | Q(
        placement__valid_from__gt=timezone.localdate()
    )
    plans = list(Plan.objects.filter(passing))
    stood: defaultdict[int, list[Placement]] = defaultdict(list)
    for one in Placement.objects.filter(union__in={plan.union_id for plan in plans}):
        stood[one.union_id].append(one)
    moved = []
    for plan in plans:
        place = place_in(stood[plan.union_id], plan.year, timezone.localdate())
        if place is not None and place.pk != plan.placement_id:
            plan.placement = place
            moved.append(plan)
    Plan.objects.bulk_update(moved, ["placement"], batch_size=_BATCH)
    return len(moved)


def apply(event: OrgEvent) -> None:
    """Let plans follow an event, or its undoing."""
    settle()


def found(unions: Sequence[int]) -> None:
    """Unions that are founded have no plan yet."""


def plan(event: OrgEvent) -> list[str]:
    """Nothing is to be decided: a plan stays that of its union, whatever that is called."""
    return []


def faults() -> list[str]:
    """Plans that stand where their union never stood, a sentence each. One statement."""
    strays = Plan.objects.exclude(placement__union=F("union"))
    rows = strays.select_related(*Plan.reads_with).order_by("pk")
    return [f"{row.union.code}: {row} đứng ở vị trí của đơn vị khác." for row in rows]
