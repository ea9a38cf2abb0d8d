"""Totals of any cut: SQL adds, Python reads. Three statements, whatever the size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Min, Q, Sum, Value
from django.db.models.functions import Cast

from actionplan.models import Programme
from indicators.aggregation import Total
from indicators.models import Denominator, Indicator
from indicators.queries.aims import Aims
from indicators.queries.cuts import Cut, assigned_ahead, counted, owed
from indicators.queries.definitions import Defined, definitions
from indicators.queries.results import Result, Sums, result_of

_ASSIGNED = "assigned"


@dataclass(frozen=True, slots=True)
class Expected:
    """How many unions of a year, audience and type were asked.

    `everyone` stood there at the cut-off, `gradable` could be graded; `closing` owe what they did
    in the part of the year until they ended.
    """

    everyone: int = 0
    gradable: int = 0
    closing: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and what was assigned to them: both by year and type of union."""

    unions: Mapping[tuple[int, str, str], Expected]
    # by year, indicator and type
    assigned: Mapping[tuple[int, int, str], Decimal]

    def assigned_to(self, indicator: int) -> dict[tuple[int, str], Decimal]:
        """What was assigned in one indicator, by year and type."""
        return {
            (year, type): amount
            for (year, key, type), amount in self.assigned.items()
            if key == indicator
        }


def scorecard(programme: Programme, cut: Cut) -> list[Result]:
    """What a cut achieved in every indicator of the programme, parts beneath their parents.

    Only approved figures count. Three statements: definitions with targets, sums, and who was
    asked with what was assigned.
    """
    defined = definitions(programme)
    reach = Reach(
        programme,
        cut,
        _years(programme, cut, defined),
        any(one.groups for one in defined),
        [one.indicator.pk for one in defined if not one.indicator.counts_closing],
    )
    sums, asked = _sums(reach), _asked(reach)
    return [_result(one, sums, asked, programme, cut) for one in defined]


@dataclass(frozen=True, slots=True)
class Reach:
    """What is read: the years of a cut, apart by type of union only where targets are.

    `in_place` are the indicators in which only unions count that stood there at the cut-off.
    """

    programme: Programme
    cut: Cut
    years: list[int]
    by_type: bool
    in_place: list[int]

    def type(self, placement: str) -> F | Value:
        """The type of a row's union, its placement being at `placement`; else the same for all."""
        return F(f"{placement}__type") if self.by_type else Value("")


def _years(programme: Programme, cut: Cut, defined: Iterable[Defined]) -> list[int]:
    """The years to be added up: a running total begins with the first year of the term."""
    years = cut.years(programme)
    if years and any(one.indicator.cumulative for one in defined):
        return [year for year in programme.years if year <= years[-1]]
    return years


def _result(
    defined: Defined,
    sums: Mapping[tuple[int, int, str], Mapping[str, Any]],
    asked: Asked,
    programme: Programme,
    cut: Cut,
) -> Result:
    indicator, years = defined.indicator, cut.years(programme)
    if indicator.cumulative and years:
        years = [year for year in programme.years if year <= years[-1]]
    of_indicator: Sums = {
        year: {
            type: _total(indicator, sums.get((year, indicator.pk, type)), expected)
            for (of, who, type), expected in asked.unions.items()
            if (of, who) == (year, indicator.audience)
        }
        for year in years
    }
    return result_of(
        defined,
        of_indicator,
        years,
        Aims.of(defined, programme, cut, asked.assigned_to(indicator.pk)),
        split=not cut.type,
    )


def _sums(reach: Reach) -> dict[tuple[int, int, str], Mapping[str, Any]]:
    rows = (
        counted(reach.programme, reach.cut, reach.years)
        .exclude(submission__closing=True, indicator__in=reach.in_place)
        .values(
            "indicator",
            year=F("submission__period__year"),
            type=reach.type("submission__placement"),
        )
        .annotate(
            top=Sum("numerator"),
            bottom=Sum("denominator"),
            least=Min("numerator"),
            answered=Count("*"),
            paired=Count("denominator"),
            # an answer of a union too young to be graded fills no gap among the gradable
            gradable=Count("submission", filter=Q(submission__gradable=True)),
        )
        .order_by()
    )
    return {(row["year"], row["indicator"], row["type"]): row for row in rows}


def _asked(reach: Reach) -> Asked:
    """Who was asked, and what was assigned to them, in one statement."""
    asked = owed(reach.programme, reach.cut, reach.years)
    unions = (
        asked.values_list("period__year", "audience", reach.type("placement"))
        .annotate(
            first=Count("pk", filter=Q(closing=False)),
            second=Count("pk", filter=Q(gradable=True, closing=False)),
            third=Count("pk", filter=Q(closing=True)),
            what=Value(""),
        )
        .order_by()
    )
    amounts = (
        _of_the_year(asked, reach.programme)
        .values_list(
            "period__year",
            Cast("union__assignments__indicator", CharField()),
            reach.type("placement"),
        )
        .annotate(
            first=Sum("union__assignments__amount"),
            second=Count("pk"),
            third=Count("pk"),
            what=Value(_ASSIGNED),
        )
        .order_by()
    )
    expected: dict[tuple[int, str, str], Expected] = {}
    assigned: defaultdict[tuple[int, int, str], Decimal] = defaultdict(Decimal)
    rows = unions.union(amounts, _ahead(reach), all=True)
    for year, key, type, first, second, third, what in rows:
        if what == _ASSIGNED:
            # of the unions of one calendar that were asked, and of those that are still to be
            assigned[year, int(key), type] += Decimal(first)
        else:
            expected[year, key, type] = Expected(int(first), second, third)
    return Asked(expected, assigned)


def _ahead(reach: Reach) -> Any:
    """What was assigned for years that no period asks yet, in the columns of what was."""
    return (
        assigned_ahead(reach.programme, reach.cut, reach.years)
        .values_list("year", Cast("indicator", CharField()), reach.type("union__current"))
        .annotate(
            first=Sum("amount"),
            second=Count("pk"),
            third=Count("pk"),
            what=Value(_ASSIGNED),
        )
        .order_by()
    )


def _of_the_year(asked: Any, programme: Programme) -> Any:
    """The submissions of unions that were assigned something for their year."""
    return asked.filter(
        union__assignments__in_force=True,
        union__assignments__year=F("period__year"),
        union__assignments__indicator__programme=programme,
    )


def _total(indicator: Indicator, sums: Mapping[str, Any] | None, expected: Expected) -> Total:
    if sums is None:
        sums = {"top": 0, "bottom": 0, "answered": 0, "paired": 0, "gradable": 0, "least": None}
    total = Total(
        Decimal(sums["top"] or 0),
        Decimal(sums["bottom"] or 0),
        sums["answered"],
        expected.everyone + (expected.closing if indicator.counts_closing else 0),
        sums["paired"],
        None if sums["least"] is None else Decimal(sums["least"]),
    )
    silent = {
        Denominator.IN_PLACE: expected.everyone - sums["answered"],
        Denominator.GRADABLE: expected.gradable - sums["gradable"],
    }.get(Denominator(indicator.denominator), 0)
    return total.with_silent(silent)
