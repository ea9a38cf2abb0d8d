"""Totals of any cut: SQL adds, Python reads. Three statements, whatever the size."""

from collections.abc import Iterable

from actionplan.models import Programme
from indicators.aggregation import Total
from indicators.models import Denominator, Indicator
from indicators.queries.aims import Aims
from indicators.queries.cuts import Cut
from indicators.queries.definitions import Defined, definitions
from indicators.queries.results import Result, Sums, result_of
from indicators.queries.sums import Asked, Counted, Expected, Reach, Summed, asking_of, sums_of


def scorecard(programme: Programme, cut: Cut) -> list[Result]:
    """What a cut achieved in every indicator of the programme, parts beneath their parents.

    Only approved figures count. Three statements: definitions with targets, who was asked with
    what was assigned, and the sums of the periods that asked.
    """
    defined = definitions(programme)
    rows = [one.indicator for one in defined]
    reach = Reach(
        programme,
        cut,
        _years(programme, cut, defined),
        any(one.groups for one in defined),
        in_place=frozenset(one.pk for one in rows if not one.counts_closing),
        whole=frozenset(one.pk for one in rows if not one.rule.divisible),
        additive=frozenset(one.pk for one in rows if one.rule.additive),
    )
    asked = asking_of(reach)
    sums = sums_of(reach, asked.periods)
    return [_result(one, sums, asked, programme, cut) for one in defined]


def _years(programme: Programme, cut: Cut, defined: Iterable[Defined]) -> list[int]:
    """The years to be added up: a running total begins with the first year of the term."""
    years = cut.years(programme)
    if years and any(one.indicator.cumulative for one in defined):
        return [year for year in programme.years if year <= years[-1]]
    return years


def _result(
    defined: Defined, sums: Counted, asked: Asked, programme: Programme, cut: Cut
) -> Result:
    indicator, years = defined.indicator, cut.years(programme)
    if indicator.cumulative and years:
        years = [year for year in programme.years if year <= years[-1]]
    divisible = indicator.rule.divisible
    expected = {
        year: asked.expected(year, indicator.audience, divisible=divisible) for year in years
    }
    of_indicator: Sums = {
        year: {
            type: _total(indicator, sums.get((year, indicator.pk, type), Summed()), one)
            for type, one in of_year.items()
        }
        for year, of_year in expected.items()
    }
    holders = {
        (year, type): (asked.holders.get((year, indicator.pk, type), 0), one.everyone)
        for year, of_year in expected.items()
        for type, one in of_year.items()
    }
    return result_of(
        defined,
        of_indicator,
        years,
        Aims.of(defined, programme, cut, asked.assigned_to(indicator.pk), holders),
        split=not cut.type,
    )


def _total(indicator: Indicator, sums: Summed, expected: Expected) -> Total:
    total = Total(
        sums.top,
        sums.bottom,
        sums.answered,
        expected.everyone + (expected.closing if indicator.counts_closing else 0),
        sums.paired,
        sums.least,
    )
    silent = {
        Denominator.IN_PLACE: expected.everyone - sums.answered,
        Denominator.GRADABLE: expected.gradable - sums.gradable,
    }.get(Denominator(indicator.denominator), 0)
    return total.with_silent(silent)
