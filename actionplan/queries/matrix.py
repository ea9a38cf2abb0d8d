"""The cascade matrix: unions × task groups, how many items, done and late, and where none is."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Case,
    CharField,
    FilteredRelation,
    Lookup,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.sql.compiler import SQLCompiler

from actionplan.calendar import first_day, last_day
from actionplan.models import GroupReason, Plan, Programme, TaskGroup
from actionplan.queries.matrix_cells import (
    DONE,
    EMPTY,
    LATE,
    REASONED,
    STANDING,
    Matrix,
    Row,
    Stand,
)
from actionplan.workflow import Status
from unions.models import Calendar, Level, Placement
from unions.prepared import Prepared

# what stands within a grassroots union works by the plan of that union
_MUST = {Level.UPPER, Level.GRASSROOTS}
_REASON = "reason"


@CharField.register_lookup
class Differs(Lookup):
    """`field__differs`: written as the condition of the index `cells_of_a_plan` is.

    What Django writes for ~Q in a join asks for NULL too, so that PostgreSQL has to check each row.
    """

    lookup_name = "differs"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        left, of_left = self.process_lhs(compiler, connection)
        right, of_right = self.process_rhs(compiler, connection)
        return f"{left} <> {right}", (*of_left, *of_right)


class _AsRead(Sum):
    """A sum of whole numbers as the database gives it.

    To make whole numbers of tens of thousands takes Django longer than the database to add them.
    """

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


def matrix(
    programme: Programme,
    groups: Sequence[TaskGroup],
    years: Sequence[int],
    places: QuerySet[Placement],
    today: date,
) -> Matrix:
    """What the unions beneath a programme have planned in some years. Two statements.

    `places` are those that the reader may know of. A union stands as on the last day of its year,
    or today as long as that is to come; it had to have a plan if it was in place then, was at work,
    and stands within no grassroots union. What has a plan is there in any case.
    """
    lives = _lives(programme, years, places, today)
    plans = _planned(programme, groups, years, today)
    bare = [EMPTY] * len(groups)
    rows = []
    for year in years:
        first, last = _days(year, today)
        for union, life in lives.items():
            stand = next((one for one in life if one.since <= last[one.calendar]), None)
            if stand is None:
                continue
            if plan := plans.get((union, year)):
                if _goes_on(stand, life, first[stand.calendar]):
                    rows.append(Row(stand, year, *plan))
            elif _goes_on(stand, life, last[stand.calendar]) and _has_to(stand):
                rows.append(Row(stand, year, None, "", bare))
    return Matrix(groups, rows)


def _days(year: int, today: date) -> tuple[dict[str, date], dict[str, date]]:
    """The first day of a year by calendar, and that on which unions are looked at in it."""
    first = {one.value: first_day(year, one) for one in Calendar}
    return first, {one.value: min(last_day(year, one), today) for one in Calendar}


def _goes_on(stand: Stand, life: Sequence[Stand], day: date) -> bool:
    """Whether the union is there on the day, or later, in another calendar."""
    return stand.until is None or stand.until > day or stand is not life[0]


def _has_to(stand: Stand) -> bool:
    return not stand.suspended and stand.level in _MUST


def _lives(
    programme: Programme, years: Sequence[int], places: QuerySet[Placement], today: date
) -> Mapping[int, Sequence[Stand]]:
    """How each union stood in the years, the last first. One statement."""
    first = min((first_day(years[0], one) for one in Calendar.values), default=today)
    last = max(last_day(years[-1], one) for one in Calendar.values)
    key = programme.union_id
    beneath = Q(path__startswith=f"{key}.") | Q(path__contains=f".{key}.")
    rows = (
        places.filter(beneath, valid_from__lte=min(last, today))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=min(first, today)))
        .order_by("-valid_from")
        .values_list(
            *("union_id", "union__code", "name", "name_folded", "level", "type", "calendar"),
            *("cluster", "suspended", "valid_from", "valid_to"),
        )
    )
    lives: dict[int, list[Stand]] = {}
    for row in rows:
        lives.setdefault(row[0], []).append(Stand._make(row))
    return lives


def _planned(
    programme: Programme, groups: Sequence[TaskGroup], years: Sequence[int], today: date
) -> Mapping[tuple[int, int], tuple[int, str, list[int]]]:
    """By union and year the plan, its state and its cells. One statement."""
    places = {group.pk: place for place, group in enumerate(groups)}
    plans: dict[tuple[int, int], tuple[int, str, list[int]]] = {}
    cells: dict[int, list[int]] = {}
    reasons: list[tuple[int, int]] = []
    read = _reads_of(len(groups))
    for what, plan, key, year, *packed in read(
        programme.pk, min(years), max(years), today, *places
    ):
        if what == _REASON:
            reasons.append((plan, key))
        else:
            cells[plan] = [one or EMPTY for one in packed]
            plans[key, year] = plan, what, cells[plan]
    for plan, group in reasons:
        held, place = cells[plan], places.get(group)
        if place is not None and not held[place]:
            held[place] = REASONED
    return plans


@cache
def _reads_of(count: int) -> Prepared[Any]:
    """The statement for that many task groups."""

    def build(programme: int, first: int, last: int, today: date, *groups: int) -> Any:
        plans = Plan.objects.filter(programme=programme, year__gte=first, year__lte=last)
        reasons = GroupReason.objects.filter(
            plan__programme=programme, plan__year__gte=first, plan__year__lte=last
        )
        none = [Value(0)] * (count + 1)
        return _with_cells(plans, today, groups).union(
            reasons.order_by().values_list(Value(_REASON), "plan_id", "group_id", *none), all=True
        )

    return Prepared(build, int, int, int, date, *[int] * count)


def _with_cells(plans: QuerySet[Plan], today: date, groups: Sequence[int]) -> QuerySet[Any, Any]:
    standing = FilteredRelation("items", condition=Q(items__status__differs=Status.DROPPED))
    worth = Case(
        When(standing__status=Status.DONE, then=DONE),
        When(standing__due_on__lt=today, then=LATE),
        default=STANDING,
    )
    sums = {
        f"cell_{place}": _AsRead(worth, filter=Q(standing__group=group))
        for place, group in enumerate(groups)
    }
    rows = plans.order_by().alias(standing=standing)
    return rows.values_list("state", "pk", "union_id", "year").annotate(**sums)
