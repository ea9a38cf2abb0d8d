"""The pairs that every total is made of, union by union; what adds up is exactly this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplan.models import Programme
from indicators.models import Answer, Denominator, Indicator
from indicators.queries.cuts import Cut, all_asked, counted
from indicators.queries.definitions import definitions
from unions.vietnamese import sort_key

# what a silent union is exported with, and why it does not stand in a denominator
NO_ANSWER = "none"
NOT_REPORTED = "chưa báo cáo"
NOT_GRADABLE = "chưa đủ thời gian hoạt động để xếp loại"
# what unions are exported with that are not expected in a total at all: one that ended before the
# cut-off where only those in place then count, and one that was excused
CLOSED = "closed"
EXCUSED = "excused"
NOT_ASKED = "thôi thuộc diện báo cáo trước ngày chốt số liệu"


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
    def spoken(self) -> bool:
        """False where a reason stands in the place of an approved answer."""
        return self.answer not in {NO_ANSWER, CLOSED, EXCUSED}

    @property
    def awaited(self) -> bool:
        """True of the silent of whom an answer may still come."""
        return self.answer == NO_ANSWER and self.reason != NOT_GRADABLE

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
    closing: bool
    excuse: str
    ended_on: date | None

    @property
    def ending(self) -> str:
        """Why it was not asked like all others."""
        if self.ended_on is None:
            return NOT_ASKED
        return f"kết thúc hoạt động từ ngày {self.ended_on:%d/%m/%Y}"


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
    found = all_asked(programme, cut, years).values_list(
        "pk",
        "period__year",
        "union__code",
        "placement__name",
        "placement__type",
        "audience",
        "gradable",
        "closing",
        "excuse",
        "union__ended_on",
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
    numerator, denominator, answer, reason, written, pk = (
        _silent(indicator, row)
        if figure is None or _stands_apart(indicator, row)
        else _said(indicator, row, figure)
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


# numerator, denominator, answer, reason, the answer as it is written, the key of the figure
_Said = tuple[int | None, int | None, str, str, str, int | None]


def _stands_apart(indicator: Indicator, row: _Row) -> bool:
    """True where an answer changes nothing: the excused, and the ended among those in place."""
    return bool(row.excuse) or (row.closing and not indicator.counts_closing)


def _said(indicator: Indicator, row: _Row, figure: tuple[Any, ...]) -> _Said:
    """An approved answer; that of a part of the year says so."""
    numerator, denominator, answer, reason, answers, pk = figure
    rule = indicator.rule
    left = answer == Answer.NOT_ARISING
    written = rule.left(reason) if left else rule.written(answers)
    told = reason or (row.ending if row.closing else "")
    return numerator, denominator, answer, told, written, pk


def _silent(indicator: Indicator, row: _Row) -> _Said:
    """What stands for a union without an approved answer, by the indicator's rule."""
    bottom = None
    if row.excuse:
        answer, reason = EXCUSED, f"được miễn nộp: {row.excuse}"
    elif row.closing and not indicator.counts_closing:
        answer, reason = CLOSED, row.ending
    elif row.closing:
        answer, reason = NO_ANSWER, f"{row.ending}, {NOT_REPORTED}"
    elif indicator.denominator == Denominator.GRADABLE and not row.gradable:
        answer, reason = NO_ANSWER, NOT_GRADABLE
    else:
        answer, reason = NO_ANSWER, NOT_REPORTED
        bottom = 1 if indicator.denominator in Denominator.at_the_cut_off() else None
    return None if bottom is None else 0, bottom, answer, reason, "", None
