"""What SQL adds up for a scorecard: sums, who was asked, what was assigned. Two statements."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Expression, F, Min, Q, Sum, Value
from django.db.models.functions import Cast

from actionplan.models import Programme
from indicators.aggregation import EXACT
from indicators.queries.cuts import Cut, approved, assigned_ahead, owed
from indicators.queries.heirs import AHEAD, FIGURE, SUBMISSION, UNKNOWN, Held
from indicators.queries.inheritance import share_of
from unions.models import WHOLE

_ASSIGNED = "assigned"
_PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Expected:
    """How many unions of a year, audience and type were asked.

    `everyone` stood there at the cut-off, `gradable` could be graded; `closing` owe what they did
    in the part of the year until they ended.
    """

    everyone: int = 0
    gradable: int = 0
    closing: int = 0

    def __add__(self, other: "Expected") -> "Expected":
        return Expected(
            self.everyone + other.everyone,
            self.gradable + other.gradable,
            self.closing + other.closing,
        )


@dataclass(frozen=True, slots=True)
class Summed:
    """What was counted in a year, of an indicator and a type of unions."""

    top: Decimal = Decimal(0)
    bottom: Decimal = Decimal(0)
    least: Decimal | None = None
    answered: int = 0
    paired: int = 0
    gradable: int = 0

    def __add__(self, other: "Summed") -> "Summed":
        known = [one for one in (self.least, other.least) if one is not None]
        return Summed(
            EXACT.add(self.top, other.top),
            EXACT.add(self.bottom, other.bottom),
            min(known, default=None),
            self.answered + other.answered,
            self.paired + other.paired,
            self.gradable + other.gradable,
        )


# by year, indicator and type
Counted = Mapping[tuple[int, int, str], Summed]
# by year, audience and type
Asking = Mapping[tuple[int, str, str], Expected]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and what was assigned to them: both by year and type of union.

    `periods` are those that asked somebody, each with its year.
    Of the `shared` only a stated part is within: they are asked what can be divided.
    """

    periods: Mapping[int, int]
    unions: Asking
    shared: Asking
    # by year, indicator and type; `holders` are those of the asked that were assigned something
    assigned: Mapping[tuple[int, int, str], Decimal]
    holders: Mapping[tuple[int, int, str], int]

    def expected(self, year: int, audience: str, *, divisible: bool) -> dict[str, Expected]:
        """Who was asked in a year, by type."""
        found: defaultdict[str, Expected] = defaultdict(Expected)
        for asking in (self.unions, self.shared) if divisible else (self.unions,):
            for (of, who, type), expected in asking.items():
                if (of, who) == (year, audience):
                    found[type] += expected
        return dict(found)

    def assigned_to(self, indicator: int) -> dict[tuple[int, str], Decimal]:
        """What was assigned in one indicator, by year and type."""
        return {
            (year, type): amount
            for (year, key, type), amount in self.assigned.items()
            if key == indicator
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """What is read: the years of a cut, apart by type of union only where targets are.

    `in_place` are the indicators in which only unions count that stood there at the cut-off,
    `whole` those in which a part of a union says nothing, `additive` those in which amounts are
    assigned that add up.
    """

    programme: Programme
    cut: Cut
    years: list[int]
    by_type: bool
    in_place: frozenset[int]
    whole: frozenset[int]
    additive: frozenset[int]

    def type(self, held: Held) -> Expression | F | Value:
        """The type of a row's union; the same for all where types are not told apart."""
        if not self.by_type:
            return Value("")
        return held.type(self.cut.today) if self.cut.now else F(f"{held.placement}__type")

    def part(self, held: Held) -> dict[str, Expression]:
        """How much of a row is within, where rows can be divided."""
        return {"part": held.part(self.cut.today)} if self.cut.now else {}

    def counts(self, part: int, indicator: int | None = None) -> bool:
        """Whether such a part of a union says anything, of an indicator where one is named."""
        return part == WHOLE or (part != UNKNOWN and indicator not in self.whole)


def sums_of(reach: Reach, periods: Mapping[int, int]) -> Counted:
    """What was counted in these periods, each of a year. One statement, none without a period."""
    rows: Any = (
        approved(reach.cut, periods)
        # what is seldom true comes first: the rest is not looked at then
        .exclude(Q(submission__closing=True) & Q(indicator__in=reach.in_place))
        .values(
            "indicator",
            period=F("submission__period"),
            type=reach.type(FIGURE),
            **reach.part(FIGURE),
        )
        .annotate(
            top=Sum("numerator"),
            bottom=Sum("denominator"),
            least=Min("numerator"),
            answered=Count("*"),
            paired=Count("denominator"),
            # an answer of a union too young to be graded fills no gap among the gradable
            gradable=Count(
                "submission", filter=Q(submission__gradable=True, submission__closing=False)
            ),
        )
        .order_by()
    )
    sums: defaultdict[tuple[int, int, str], Summed] = defaultdict(Summed)
    for row in rows:
        part, year = int(row.get("part", WHOLE)), periods[row["period"]]
        if reach.counts(part, row["indicator"]):
            sums[year, row["indicator"], row["type"]] += _summed(row, share_of(part))
    return sums


def _summed(row: Mapping[str, Any], share: Decimal) -> Summed:
    top, bottom = (EXACT.multiply(Decimal(row[name] or 0), share) for name in ("top", "bottom"))
    least = None if row["least"] is None else EXACT.multiply(Decimal(row["least"]), share)
    return Summed(top, bottom, least, row["answered"], row["paired"], row["gradable"])


def asking_of(reach: Reach) -> Asked:
    """Who was asked, and what was assigned to them. One statement."""
    asked = owed(reach.programme, reach.cut, reach.years)
    rows = _unions(asked, reach)
    if reach.additive:
        rows = rows.union(_amounts(asked, reach), _ahead(reach), all=True)
    return _sorted_out(reach, rows)


def _unions(asked: Any, reach: Reach) -> Any:
    """How many were asked."""
    part = reach.part(SUBMISSION)
    return (
        asked.annotate(**part)
        .values_list("period", "period__year", "audience", reach.type(SUBMISSION), *part)
        .annotate(
            first=Count("pk", filter=Q(closing=False)),
            second=Count("pk", filter=Q(gradable=True, closing=False)),
            third=Count("pk", filter=Q(closing=True)),
            what=Value(""),
        )
        .order_by()
    )


def _sorted_out(reach: Reach, rows: Any) -> Asked:
    periods: dict[int, int] = {}
    unions: defaultdict[tuple[int, str, str], Expected] = defaultdict(Expected)
    shared: defaultdict[tuple[int, str, str], Expected] = defaultdict(Expected)
    assigned: defaultdict[tuple[int, int, str], Decimal] = defaultdict(Decimal)
    holders: defaultdict[tuple[int, int, str], int] = defaultdict(int)
    for period, year, key, type, *within, first, second, third, what in rows:
        part = int(within[0]) if within else WHOLE
        if not what:
            periods[period] = year
        if not reach.counts(part):
            continue
        if what:
            # of the unions of one calendar that were asked, and of those that are still to be
            amount = EXACT.multiply(Decimal(first), share_of(part))
            assigned[year, int(key), type] = EXACT.add(assigned[year, int(key), type], amount)
            holders[year, int(key), type] += second if what == _ASSIGNED else 0
        else:
            asking = unions if part == WHOLE else shared
            asking[year, key, type] += Expected(int(first), second, third)
    return Asked(periods, unions, shared, assigned, holders)


def _amounts(asked: Any, reach: Reach) -> Any:
    """What was assigned to them for their year, in the columns of how many they are."""
    part = reach.part(SUBMISSION)
    return (
        asked.filter(
            union__assignments__in_force=True,
            union__assignments__year=F("period__year"),
            union__assignments__indicator__in=sorted(reach.additive),
        )
        .annotate(**part)
        .values_list(
            "period",
            "period__year",
            Cast("union__assignments__indicator", CharField()),
            reach.type(SUBMISSION),
            *part,
        )
        .annotate(
            first=Sum("union__assignments__amount"),
            second=Count("pk", filter=Q(closing=False)),
            third=Count("pk"),
            what=Value(_ASSIGNED),
        )
        .order_by()
    )


def _ahead(reach: Reach) -> Any:
    """What was assigned for years that no period asks yet, in the same columns."""
    part = reach.part(AHEAD)
    return (
        assigned_ahead(reach.programme, reach.cut, reach.years, reach.additive)
        .annotate(**part)
        .values_list(Value(0), "year", Cast("indicator", CharField()), reach.type(AHEAD), *part)
        .annotate(
            first=Sum("amount"),
            second=Count("pk"),
            third=Count("pk"),
            what=Value(_PLANNED),
        )
        .order_by()
    )
