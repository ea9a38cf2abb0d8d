"""What unions took in within a year: by month, beside what they were assigned, and summed up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import Any

from django.db.models import Sum

from indicators.kinds.plan_fulfilment import PlanFulfilment
from indicators.models import Revenue
from indicators.queries.decisions import in_force_at
from unions.access import Permission
from unions.models import Level, Placement, Union, User
from unions.quantities import Quantity, Style
from unions.vietnamese import fold, sort_key, sought

MONTHS = range(1, 13)
# what is taken in is recorded where it is taken in: what stands within a grassroots union is
# listed only if something was recorded there
_ALWAYS = {Level.UPPER, Level.GRASSROOTS}
_WHOLE = Fraction(1)
_YEARS_BACK = 5

# đồng by month; a month without a row is missing
Months = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one or several unions took in within a year, month by month, and were to take in.

    Amounts are in whole đồng, and written in units of `per`.
    """

    by_month: Months
    assigned: int | None = None
    per: int = 1

    @property
    def months(self) -> list[Quantity]:
        """Each month of the year as it is written; a dash for one without an amount."""
        return [self._written(self.by_month.get(month)) for month in MONTHS]

    @property
    def running(self) -> list[Quantity]:
        """Each month with those before it (lũy kế), from the first with an amount to the last."""
        first, last = min(self.by_month, default=0), max(self.by_month, default=0)
        sums = accumulate(self.by_month.get(month, 0) for month in MONTHS)
        return [
            self._written(amount if first <= month <= last else None)
            for month, amount in zip(MONTHS, sums, strict=True)
        ]

    @property
    def sum(self) -> int:
        """The year so far."""
        return sum(self.by_month.values())

    @property
    def total(self) -> Quantity:
        """The year so far as it is written; a dash where nothing was recorded."""
        return self._written(self.sum if self.by_month else None)

    @property
    def plan(self) -> Quantity:
        """What was assigned for the year, as it is written."""
        return self._written(self.assigned)

    @property
    def share(self) -> Quantity:
        """The part of the plan, exactly; written so that it stands on its side of 100%."""
        exact = Fraction(self.sum, self.assigned) if self.assigned else None
        return Quantity(exact, Style.PERCENT, target=_WHOLE)

    @property
    def reached(self) -> bool | None:
        """Whether the plan is fulfilled, by the amounts themselves; None without one."""
        return self.sum >= self.assigned if self.assigned else None

    def _written(self, amount: int | None) -> Quantity:
        return Quantity(amount, Style.MONEY, per=self.per)


@dataclass(frozen=True, slots=True)
class Line:
    """One union of the table, as it was in the year."""

    placement: Placement
    taken: Taken


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: the year, of which unions, which kind of revenue, written how."""

    year: int
    cluster: str = ""
    type: str = ""
    kind: str = ""
    q: str = ""
    cumulative: bool = False
    per: int = 1

    @property
    def narrows(self) -> bool:
        """Whether some unions are left out."""
        return bool(self.cluster or self.type or self.q)

    def takes(self, placement: Placement) -> bool:
        """Whether a union is among those that are looked for."""
        found = f"{placement.name_folded} {fold(placement.union.code)}"
        return (
            self.cluster in {"", placement.cluster}
            and self.type in {"", placement.type}
            and sought(self.q) in found
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The revenue of a year: the whole province, what is looked at, and union by union."""

    looked: Looked
    whole: Taken
    chosen: Taken
    lines: Sequence[Line]
    clusters: Sequence[str]
    unions: int

    @property
    def silent(self) -> int:
        """How many of the unions shown have nothing recorded in the year."""
        return sum(1 for line in self.lines if not line.taken.by_month)


def table(looked: Looked, reader: User, today: date) -> Table:
    """The revenue of a year, of the unions whose desk `reader` may use. Three statements.

    A union stands as it did last in the year (or stands today). One that is assigned amounts by
    several indicators is shown by the first of them; where the province itself was assigned an
    amount, that is the plan of the whole.
    """
    placements = _placements(looked.year, min(date(looked.year, 12, 31), today), reader)
    amounts = _amounts(looked, placements)
    assigned = {} if looked.kind else _assigned(looked.year, today)
    lines = [
        Line(one, _taken(one, amounts, assigned, looked.per))
        for one in placements
        if one.level in _ALWAYS or amounts.get(one.union_id)
    ]
    chosen = [line for line in lines if looked.takes(line.placement)]
    own = [assigned[one.union_id] for one in placements if _leads(one) and one.union_id in assigned]
    return Table(
        looked,
        _together(lines, looked, sum(own) if own else None),
        _together(chosen, looked, None),
        chosen,
        sorted({one.cluster for one in placements if one.cluster}, key=sort_key),
        len(lines),
    )


def years_offered(today: date) -> list[int]:
    """The years to look at and record: this one, the five before, and those with amounts.

    The newest first. One statement.
    """
    known = Revenue.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({*known, *range(today.year - _YEARS_BACK, today.year + 1)}, reverse=True)


@dataclass(frozen=True, slots=True)
class Correction:
    """An amount that was corrected or taken back: what it was, what it became, why, by whom."""

    row: Any
    was: str
    now: str


def corrections(union: Union, year: int) -> list[Correction]:
    """Every correction of a union's year, the newest first. One statement."""
    rows = Revenue.history.filter(union=union, year=year).select_related("history_user")
    found: list[Correction] = []
    last: dict[int, Any] = {}
    for row in rows.order_by("history_date", "history_id"):
        was = last.get(row.id, row)
        if was.amount != row.amount:
            found.append(Correction(row, _told(was.amount), _told(row.amount)))
        last[row.id] = row
    return found[::-1]


def _told(amount: int | None) -> str:
    return "không ghi" if amount is None else f"{Quantity(amount)} đồng"


def _placements(year: int, day: date, reader: User) -> list[Placement]:
    """Where every union stood last in the year, by its name. One statement."""
    rows = (
        Placement.objects.visible_to(reader, Permission.USE_DESK)
        .ending_after(date(year, 1, 1))
        .filter(valid_from__lte=day)
        .select_related("union")
        .order_by("valid_from", "pk")
    )
    last = {row.union_id: row for row in rows}
    return sorted(last.values(), key=lambda one: (not _leads(one), sort_key(one.name), one.pk))


def _amounts(looked: Looked, placements: Iterable[Placement]) -> dict[int, dict[int, int]]:
    """đồng by union and month. One statement."""
    rows = Revenue.objects.filter(year=looked.year, amount__isnull=False)
    if looked.kind:
        rows = rows.filter(kind=looked.kind)
    shown = {one.union_id for one in placements}
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    sums = rows.order_by().values("union", "month").annotate(sum=Sum("amount"))
    for union, month, amount in sums.values_list("union", "month", "sum"):
        if union in shown:
            found[union][month] = int(amount)
    return found


def _taken(
    placement: Placement,
    amounts: Mapping[int, Months],
    assigned: Mapping[int, int],
    per: int,
) -> Taken:
    """What one union took in; the plan of the province is that of the whole, not its own."""
    plan = None if _leads(placement) else assigned.get(placement.union_id)
    return Taken(amounts.get(placement.union_id, {}), plan, per)


def _leads(placement: Placement) -> bool:
    return placement.level == Level.UPPER


def _assigned(year: int, day: date) -> dict[int, int]:
    """What was assigned to each union for the year by decisions until the day. One statement."""
    rows = in_force_at(day, year=year, indicator__kind=PlanFulfilment.code)
    latest: dict[tuple[int, int], int] = {}
    said = rows.filter(indicator__dropped=False).values_list(
        "union", "indicator__position", "amount"
    )
    for union, position, amount in said:
        latest.setdefault((union, position), amount)
    found: dict[int, int] = {}
    for union, position in sorted(latest):
        found.setdefault(union, latest[union, position])
    return found


def _together(lines: Sequence[Line], looked: Looked, assigned: int | None) -> Taken:
    """Several unions as one."""
    months: defaultdict[int, int] = defaultdict(int)
    plans = [line.taken.assigned for line in lines if line.taken.assigned is not None]
    for line in lines:
        for month, amount in line.taken.by_month.items():
            months[month] += amount
    if assigned is None and plans:
        assigned = sum(plans)
    return Taken(months, assigned, looked.per)
