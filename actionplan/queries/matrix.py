"""The cascade matrix: unions × task groups, how many items, done and late, and where none is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import Case, FilteredRelation, Q, QuerySet, Sum, Value, When

from actionplan.calendar import first_day, last_day
from actionplan.models import GroupReason, Plan, Programme, TaskGroup
from actionplan.workflow import PlanState, Status
from unions.models import Calendar, Level, Placement, UnionType
from unions.prepared import Prepared
from unions.vietnamese import fold, sort_key, tidy

# what stands within a grassroots union works by the plan of that union
_MUST = {Level.UPPER, Level.GRASSROOTS}

# A cell comes from the database as one number: items, above them those done, above these the late
# ones, fifteen bits each, which a column of 32 bits adds up. No plan has that many items.
_BITS = 15
_FIELD = (1 << _BITS) - 1
_STANDING, _DONE, _LATE = 1, 1 + (1 << _BITS), 1 + (1 << 2 * _BITS)
_EMPTY, _REASONED = 0, -1
_REASON = "reason"
_MEANT = [one for one in Status if one != Status.DROPPED]


class _AsRead(Sum):
    """A sum of whole numbers as the database gives it.

    To make whole numbers of tens of thousands takes Django longer than the database to add them.
    """

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


class Cell(NamedTuple):
    """What one plan holds under one task group: items that were not dropped, of these done, late.

    Late are those whose day has passed and that are not done. `reason`: why there is none was said.
    """

    items: int = 0
    done: int = 0
    late: int = 0
    reason: bool = False

    @property
    def empty(self) -> bool:
        """True where there is neither an item nor a reason: to be asked after."""
        return not (self.items or self.reason)


class Stand(NamedTuple):
    """A union as it stood from a day on."""

    union_id: int
    code: str
    name: str
    folded: str
    level: str
    type: str
    calendar: str
    cluster: str
    suspended: bool
    since: date
    ended_on: date | None


class Row(NamedTuple):
    """One union in one year, as it stood then, with its plan and a cell for each task group.

    `plan` is the key of its plan, None where it has none; `state` is that of the plan.
    """

    stand: Stand
    year: int
    plan: int | None
    state: str
    packed: Sequence[int]

    @property
    def cells(self) -> list[Cell]:
        """One for each task group, in their order."""
        return [_cell(number) for number in self.packed]

    @property
    def state_label(self) -> str:
        """The state of the plan in words."""
        return PlanState(self.state).label if self.plan else "Chưa có kế hoạch"

    @property
    def type_label(self) -> str:
        """The type of the union in words."""
        return UnionType(self.stand.type).label

    @property
    def empty(self) -> int:
        """How many task groups have neither an item nor a reason."""
        return self.packed.count(_EMPTY)


class Tally(NamedTuple):
    """Cells of several unions under one task group; `reasoned` and `empty` count unions."""

    items: int = 0
    done: int = 0
    late: int = 0
    reasoned: int = 0
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """Several rows together; `unions` counts a union once for each of its years."""

    cluster: str
    unions: int
    planned: int
    accepted: int
    tallies: Sequence[Tally]

    @property
    def whole(self) -> Tally:
        """All task groups together."""
        return Tally(*map(sum, zip(*self.tallies, strict=True))) if self.tallies else Tally()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which unions are looked at; what is None or "" asks for nothing, and "" is no cluster."""

    cluster: str | None = None
    type: str = ""
    q: str = ""
    only_empty: bool = False

    @property
    def narrows(self) -> bool:
        """Whether some unions are left out."""
        return self != Narrowed()

    def among(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that are looked for."""
        term = tidy(fold(self.q))
        for row in rows:
            stand = row.stand
            if (
                self.cluster in {None, stand.cluster}
                and self.type in {"", stand.type}
                and (term in stand.folded or term in stand.code.lower())
                and not (self.only_empty and not row.empty)
            ):
                yield row


@dataclass(frozen=True)
class Matrix:
    """The rows of all unions that had to have a plan in the years, or have one."""

    groups: Sequence[TaskGroup]
    rows: Sequence[Row]

    def narrowed(self, to: Narrowed) -> "Matrix":
        """The same of fewer unions."""
        return Matrix(self.groups, list(to.among(self.rows))) if to.narrows else self

    @property
    def in_order(self) -> list[Row]:
        """The rows by the Vietnamese alphabet, and of one union by year; upper unions first."""
        return sorted(self.rows, key=_by_name)

    @cached_property
    def clusters(self) -> list[str]:
        """The clusters by the Vietnamese alphabet; "" last, where a union is in none."""
        names = {row.stand.cluster for row in self.rows}
        return sorted(names, key=lambda name: (not name, sort_key(name)))

    @property
    def whole(self) -> Summary:
        """All rows together."""
        return self._summary("", self.rows)

    @property
    def by_cluster(self) -> list[Summary]:
        """One summary for each of the clusters, in their order."""
        apart: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            apart[row.stand.cluster].append(row)
        return [self._summary(name, apart[name]) for name in self.clusters]

    def _summary(self, cluster: str, rows: Sequence[Row]) -> Summary:
        columns = zip(*(row.packed for row in rows), strict=True)
        return Summary(
            cluster,
            len(rows),
            sum(row.plan is not None for row in rows),
            sum(row.state == PlanState.ACCEPTED for row in rows),
            [_tally(column) for column in columns] or [Tally() for _ in self.groups],
        )


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
    bare = [_EMPTY] * len(groups)
    rows = []
    for year in years:
        first, last = _days(year, today)
        for union, life in lives.items():
            stand = next((one for one in life if one.since <= last[one.calendar]), None)
            if stand is None:
                continue
            if plan := plans.get((union, year)):
                if _ended_after(stand, first[stand.calendar]):
                    rows.append(Row(stand, year, *plan))
            elif _had_to(stand, last[stand.calendar]):
                rows.append(Row(stand, year, None, "", bare))
    return Matrix(groups, rows)


def _days(year: int, today: date) -> tuple[dict[str, date], dict[str, date]]:
    """The first day of a year by calendar, and that on which unions are looked at in it."""
    first = {one.value: first_day(year, one) for one in Calendar}
    return first, {one.value: min(last_day(year, one), today) for one in Calendar}


def _had_to(stand: Stand, day: date) -> bool:
    return _ended_after(stand, day) and not stand.suspended and stand.level in _MUST


def _ended_after(stand: Stand, day: date) -> bool:
    return stand.ended_on is None or stand.ended_on > day


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
            *("cluster", "suspended", "valid_from", "union__ended_on"),
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
            cells[plan] = [one or _EMPTY for one in packed]
            plans[key, year] = plan, what, cells[plan]
    for plan, group in reasons:
        held, place = cells[plan], places.get(group)
        if place is not None and not held[place]:
            held[place] = _REASONED
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
    standing = FilteredRelation("items", condition=Q(items__status__in=_MEANT))
    worth = Case(
        When(standing__status=Status.DONE, then=_DONE),
        When(standing__due_on__lt=today, then=_LATE),
        default=_STANDING,
    )
    sums = {
        f"cell_{place}": _AsRead(worth, filter=Q(standing__group=group))
        for place, group in enumerate(groups)
    }
    rows = plans.order_by().alias(standing=standing)
    return rows.values_list("state", "pk", "union_id", "year").annotate(**sums)


def _cell(packed: int) -> Cell:
    if packed == _REASONED:
        return Cell(reason=True)
    return Cell(packed & _FIELD, packed >> _BITS & _FIELD, packed >> 2 * _BITS)


def _tally(column: Sequence[int]) -> Tally:
    held = [one for one in column if one > _EMPTY]
    return Tally(
        sum(one & _FIELD for one in held),
        sum(one >> _BITS & _FIELD for one in held),
        sum(one >> 2 * _BITS for one in held),
        column.count(_REASONED),
        column.count(_EMPTY),
    )


def _by_name(row: Row) -> tuple[Any, ...]:
    stand = row.stand
    return stand.level != Level.UPPER, sort_key(stand.name), stand.union_id, row.year
