"""The pairs that every total is made of, union by union; what adds up is exactly this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actionplan.models import Programme
from indicators.models import Answer, Denominator, Indicator
from indicators.queries.cuts import Cut, counted, owed
from indicators.queries.definitions import definitions
from unions.vietnamese import sort_key

# what a silent union is exported with, and why it does not stand in a denominator
NO_ANSWER = "none"
NOT_REPORTED = "chưa báo cáo"
NOT_GRADABLE = "chưa đủ thời gian hoạt động để xếp loại"


@dataclass(frozen=True, slots=True)
class Addend:
    """One union's part in one indicator and year, the silent and those that leave included."""

    year: int
    union_code: str
    union_name: str
    union_type: str
    submission: int
    indicator_code: str
    numerator: int | None
    denominator: int | None
    answer: str
    reason: str
    written: str
    figure: int | None = None

    @property
    def pair(self) -> tuple[int, int] | None:
        """What it adds; None if it stands outside the sum."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator


@dataclass(frozen=True, slots=True)
class _Row:
    """A submission as far as its addends need it."""

    pk: int
    year: int
    code: str
    name: str
    type: str
    audience: str
    gradable: bool


def addends(programme: Programme, cut: Cut, code: str = "") -> list[Addend]:
    """The pairs behind every total, or those of one indicator: by indicator, year and name.

    Three statements: definitions, submissions, figures.
    """
    defined = (one.indicator for one in definitions(programme))
    return addends_of([one for one in defined if code in {"", one.code}], programme, cut)


def addends_of(asked: Sequence[Indicator], programme: Programme, cut: Cut) -> list[Addend]:
    """The pairs behind the totals of indicators that were read before. Two statements."""
    years = _years(programme, cut, asked)
    figures = _figures(programme, cut, years, asked)
    found = owed(programme, cut, years).values_list(
        "pk",
        "period__year",
        "union__code",
        "placement__name",
        "placement__type",
        "audience",
        "gradable",
    )
    rows = sorted((_Row(*row) for row in found), key=lambda row: (row.year, sort_key(row.name)))
    first = cut.first
    return [
        _addend(indicator, row, figures.get((row.pk, indicator.pk)))
        for indicator in asked
        for row in rows
        if row.audience == indicator.audience and (row.year >= first or indicator.cumulative)
    ]


def _years(programme: Programme, cut: Cut, asked: Sequence[Indicator]) -> list[int]:
    years = cut.years(programme)
    if years and any(indicator.cumulative for indicator in asked):
        return [year for year in programme.years if year <= years[-1]]
    return years


def _figures(
    programme: Programme, cut: Cut, years: list[int], asked: Sequence[Indicator]
) -> dict[tuple[int, int], tuple[Any, ...]]:
    rows = counted(programme, cut, years)
    if len(asked) == 1:
        rows = rows.filter(indicator=asked[0])
    fields = ("numerator", "denominator", "answer", "reason", "answers", "pk")
    found = rows.order_by().values_list("submission", "indicator", *fields)
    return {(row[0], row[1]): row[2:] for row in found}


def _addend(indicator: Indicator, row: _Row, figure: tuple[Any, ...] | None) -> Addend:
    pk = None
    written = ""
    if figure is None:
        numerator, denominator, answer, reason = _silent(indicator, row)
    else:
        numerator, denominator, answer, reason, answers, pk = figure
        written = (
            indicator.rule.left(reason)
            if answer == Answer.NOT_ARISING
            else indicator.rule.written(answers)
        )
    return Addend(
        row.year,
        row.code,
        row.name,
        row.type,
        row.pk,
        indicator.code,
        numerator,
        denominator,
        answer,
        reason,
        written,
        pk,
    )


def _silent(indicator: Indicator, row: _Row) -> tuple[int | None, int | None, str, str]:
    """The pair of a union that has no approved answer, by the indicator's rule."""
    if indicator.denominator == Denominator.GRADABLE and not row.gradable:
        return None, None, NO_ANSWER, NOT_GRADABLE
    if indicator.denominator in {Denominator.IN_PLACE, Denominator.GRADABLE}:
        return 0, 1, NO_ANSWER, NOT_REPORTED
    return None, None, NO_ANSWER, NOT_REPORTED
