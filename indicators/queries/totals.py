"""Totals of any cut: SQL adds, Python reads. Three statements, whatever the size."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, DecimalField, F, Min, Q, Sum, Value
from django.db.models.functions import Cast

from actionplan.models import Programme
from indicators.aggregation import Goal, Operator, Total
from indicators.models import Denominator, Indicator
from indicators.queries.cuts import Cut, counted, owed
from indicators.queries.definitions import Defined, definitions
from indicators.queries.results import Result, Sums, result_of

_NUMBER = DecimalField(max_digits=40, decimal_places=6)
_ASSIGNED = "assigned"


@dataclass(frozen=True, slots=True)
class Expected:
    """How many unions of a year, audience and type were asked, and how many can be graded."""

    everyone: int = 0
    gradable: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and what was assigned to them: both by year and type of union."""

    unions: Mapping[tuple[int, str, str], Expected]
    # by year, indicator and type
    assigned: Mapping[tuple[int, int, str], Decimal]

    def types(self, year: int, audience: str) -> list[str]:
        """The types of unions that were asked."""
        return [type for of, who, type in self.unions if (of, who) == (year, audience)]


def scorecard(programme: Programme, cut: Cut) -> list[Result]:
    """What a cut achieved in every indicator of the programme, parts beneath their parents.

    Only approved figures count. Three statements: definitions with targets, sums, and who was
    asked with what was assigned.
    """
    defined = definitions(programme)
    reach = _reach(programme, cut, defined)
    sums, asked = _sums(programme, cut, reach), _asked(programme, cut, reach)
    return [_result(one, sums, asked, programme, cut) for one in defined]


def _reach(programme: Programme, cut: Cut, defined: Iterable[Defined]) -> list[int]:
    """The years to be added up: a running total begins with the first year of the term."""
    years = cut.years(programme)
    if years and any(one.indicator.rule.cumulative for one in defined):
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
    if indicator.rule.cumulative and years:
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
        goal_of=_goals(defined, asked, programme, cut),
        split=not cut.type,
    )


def _goals(
    defined: Defined, asked: Asked, programme: Programme, cut: Cut
) -> Callable[[int, str], Goal | None]:
    """The target of a year and a group at this cut.

    A share is aimed at everywhere; a sum by the whole province alone, elsewhere what was assigned
    counts, and so it does where the programme names no number.
    """
    indicator = defined.indicator
    everywhere = not indicator.rule.additive
    province = cut.whole and cut.node.union_id == programme.union_id

    def goal_of(year: int, group: str) -> Goal | None:
        aimed = (
            defined.goal_of_type(year, cut.type)
            if cut.type and not group
            else defined.goal(year, group)
        )
        if everywhere or (province and aimed is not None):
            return aimed
        if indicator.audience == "province":
            return aimed
        types = defined.types_of(group) if group else None
        return _assigned_goal(asked, indicator.pk, year, types)

    return goal_of


def _assigned_goal(
    asked: Asked, indicator: int, year: int, types: frozenset[str] | None
) -> Goal | None:
    amounts = [
        amount
        for (of, key, type), amount in asked.assigned.items()
        if (of, key) == (year, indicator) and (types is None or type in types)
    ]
    return Goal(Operator.AT_LEAST, sum(amounts, Decimal(0))) if amounts else None


def _sums(
    programme: Programme, cut: Cut, years: Sequence[int]
) -> dict[tuple[int, int, str], Mapping[str, Any]]:
    rows = (
        counted(programme, cut, list(years))
        .values("submission__period__year", "indicator", "submission__placement__type")
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
    return {
        (
            row["submission__period__year"],
            row["indicator"],
            row["submission__placement__type"],
        ): row
        for row in rows
    }


def _asked(programme: Programme, cut: Cut, years: Sequence[int]) -> Asked:
    """Who was asked, and what was assigned to them, in one statement."""
    asked = owed(programme, cut, list(years))
    unions = (
        asked.values_list("period__year", "audience", "placement__type")
        .annotate(
            first=Cast(Count("*"), _NUMBER),
            second=Count("pk", filter=Q(gradable=True)),
            what=Value(""),
        )
        .order_by()
    )
    amounts = (
        _of_the_year(asked, programme)
        .values_list(
            "period__year",
            Cast("union__assignments__indicator", CharField()),
            "placement__type",
        )
        .annotate(
            first=Sum("union__assignments__amount", output_field=_NUMBER),
            second=Count("pk"),
            what=Value(_ASSIGNED),
        )
        .order_by()
    )
    found: dict[str, dict[Any, Any]] = defaultdict(dict)
    for year, key, type, first, second, what in unions.union(amounts, all=True):
        if what == _ASSIGNED:
            found[_ASSIGNED][year, int(key), type] = first
        else:
            found[""][year, key, type] = Expected(int(first), second)
    return Asked(found[""], found[_ASSIGNED])


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
        expected.everyone,
        sums["paired"],
        None if sums["least"] is None else Decimal(sums["least"]),
    )
    silent = {
        Denominator.IN_PLACE: expected.everyone - sums["answered"],
        Denominator.GRADABLE: expected.gradable - sums["gradable"],
    }.get(Denominator(indicator.denominator), 0)
    return total.with_silent(silent)
