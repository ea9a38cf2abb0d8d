"""What the cascade matrix is made of: cells, unions as they stood, rows, and their sums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from actionplan.models import TaskGroup
from actionplan.workflow import PlanState
from unions.models import Level, UnionType
from unions.vietnamese import sort_key, sought

# A cell comes from the database as one number: items, above them those done, above these the late
# ones, fifteen bits each, which a column of 32 bits adds up. No plan has that many items.
_BITS = 15
_FIELD = (1 << _BITS) - 1
STANDING, DONE, LATE = 1, 1 + (1 << _BITS), 1 + (1 << 2 * _BITS)
# no item: neither that nor a reason, or a reason
EMPTY, REASONED = 0, -1


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
    until: date | None


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
        return self.packed.count(EMPTY)

    def lacks(self, group: int | None) -> bool:
        """Whether the task group at this place is empty; where None is named, any of them."""
        return bool(self.empty) if group is None else self.packed[group] == EMPTY


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
    def missing(self) -> int:
        """How many have no plan."""
        return self.unions - self.planned

    @property
    def whole(self) -> Tally:
        """All task groups together."""
        return Tally(*map(sum, zip(*self.tallies, strict=True))) if self.tallies else Tally()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which unions are looked at; what is None or "" asks for nothing, and "" is no cluster.

    `only_empty`: those with a task group that is empty, or where `group` is empty, by its place.
    """

    cluster: str | None = None
    type: str = ""
    q: str = ""
    only_empty: bool = False
    group: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether some unions are left out."""
        return self != Narrowed()

    def among(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that are looked for."""
        term = sought(self.q)
        for row in rows:
            stand = row.stand
            if (
                self.cluster in {None, stand.cluster}
                and self.type in {"", stand.type}
                and (term in stand.folded or term in stand.code.lower())
                and (not self.only_empty or row.lacks(self.group))
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


def _cell(packed: int) -> Cell:
    if packed == REASONED:
        return Cell(reason=True)
    return Cell(packed & _FIELD, packed >> _BITS & _FIELD, packed >> 2 * _BITS)


def _tally(column: Sequence[int]) -> Tally:
    held = [one for one in column if one > EMPTY]
    return Tally(
        sum(one & _FIELD for one in held),
        sum(one >> _BITS & _FIELD for one in held),
        sum(one >> 2 * _BITS for one in held),
        column.count(REASONED),
        column.count(EMPTY),
    )


def _by_name(row: Row) -> tuple[Any, ...]:
    stand = row.stand
    return stand.level != Level.UPPER, sort_key(stand.name), stand.union_id, row.year
