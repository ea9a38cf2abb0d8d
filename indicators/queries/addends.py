"""The pairs that every total is made of, union by union; what adds up is exactly this."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from actionplan.models import Programme
from indicators.aggregation import EXACT
from indicators.models import Answer, Denominator, Indicator
from indicators.queries.cuts import Cut, all_asked, corrected, counted
from indicators.queries.decisions import DECIDED, decided, divides, told_beside
from indicators.queries.definitions import definitions
from indicators.queries.heirs import SUBMISSION, UNKNOWN
from indicators.queries.inheritance import heirs_of, share_of
from unions.models import WHOLE
from unions.quantities import Quantity, Style
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
# and one of which only a part is within today, where a part says nothing or nobody told how much
DIVIDED = "divided"
NOT_TOLD = "không xác định được phần thuộc phạm vi này"


@dataclass(frozen=True, slots=True)
class Addend:
    """One union's part in one indicator and year, the silent and those that leave included.

    `share` is how much of the union is within, and `heirs` with whom it stands today, where that
    is asked; the pair is then that share of what it reported. `off_plan` where the answer names
    another assigned amount than the decision.
    """

    year: int
    union_code: str
    union_name: str
    union_type: str
    submission: int
    indicator_code: str
    numerator: Decimal | int | None
    denominator: Decimal | int | None
    answer: str
    reason: str
    written: str
    figure: int | None = None
    share: Decimal = Decimal(1)
    heirs: str = ""
    # what was assigned to it by the cut-off, where it is divided by that
    plan: str = ""
    off_plan: bool = False
    # an answer that the union handed in as an estimate
    estimate: bool = False
    # one that counts as it was approved while something of its submission is put right
    correcting: bool = False

    @property
    def spoken(self) -> bool:
        """False where a reason stands in the place of an approved answer."""
        return self.answer not in {NO_ANSWER, CLOSED, EXCUSED, DIVIDED}

    @property
    def awaited(self) -> bool:
        """True of the silent of whom an answer may still come."""
        return self.answer == NO_ANSWER and self.reason != NOT_GRADABLE

    @property
    def pair(self) -> tuple[Decimal, Decimal] | None:
        """What it adds; None if it stands outside the sum."""
        if self.numerator is None or self.denominator is None:
            return None
        return Decimal(self.numerator), Decimal(self.denominator)


@dataclass(frozen=True, slots=True)
class _Row:
    """A submission as far as its addends need it; `part` of it is within, out of WHOLE."""

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
    union: int
    cut_off: date
    estimate: bool
    part: int
    # its page: of what stands in for a submission, that one
    page: int
    correcting: bool

    @property
    def ending(self) -> str:
        """Why it was not asked like all others."""
        if self.ended_on is None:
            return NOT_ASKED
        return f"kết thúc hoạt động từ ngày {self.ended_on:%d/%m/%Y}"


def addends(programme: Programme, cut: Cut, code: str = "") -> list[Addend]:
    """The pairs behind every total, or those of one indicator: by indicator, year and name.

    Three statements: definitions, submissions, figures; with today's heirs one more.
    """
    defined = (one.indicator for one in definitions(programme))
    return addends_of([one for one in defined if code in {"", one.code}], programme, cut)


def addends_of(asked: Sequence[Indicator], programme: Programme, cut: Cut) -> list[Addend]:
    """The pairs behind the totals of indicators that were read before. Two statements.

    With today's heirs one more.
    """
    years = _years(programme, cut, asked)
    figures = _figures(programme, cut, years, asked)
    rows = _rows(programme, cut, years)
    found = [
        _addend(indicator, row, figures.get((row.pk, indicator.pk)))
        for indicator in asked
        for row in rows
        if row.audience == indicator.audience and (row.year >= cut.first or indicator.cumulative)
    ]
    return _with_heirs(found, rows, cut) if cut.now else found


def _rows(programme: Programme, cut: Cut, years: list[int]) -> list[_Row]:
    found = (
        all_asked(programme, cut, years)
        .annotate(
            type=SUBMISSION.type(cut.today) if cut.now else F("placement__type"),
            part=SUBMISSION.part(cut.today) if cut.now else Value(WHOLE),
            page=Coalesce("stands_for", "pk"),
            correcting=Case(When(corrected(), then=True), default=False),
        )
        .values_list(
            "pk",
            "period__year",
            "union__code",
            "placement__name",
            "type",
            "audience",
            "gradable",
            "closing",
            "excuse",
            "union__ended_on",
            "union",
            "period__cut_off_on",
            "estimate",
            "part",
            "page",
            "correcting",
        )
    )
    return sorted((_Row(*row) for row in found), key=lambda row: (row.year, sort_key(row.name)))


def _with_heirs(found: list[Addend], rows: list[_Row], cut: Cut) -> list[Addend]:
    """The same with whom each union stands today."""
    heirs = heirs_of({(row.union, row.cut_off) for row in rows})
    of_rows = {row.page: heirs.get((row.union, row.cut_off), "") for row in rows}
    return [replace(one, heirs=of_rows[one.submission]) for one in found]


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
    fields: tuple[str, ...] = ("numerator", "denominator", "answer", "reason", "answers", "pk")
    if by_plan := [one for one in asked if divides(one)]:
        rows, fields = rows.annotate(**decided(by_plan)), fields + DECIDED
    found = rows.order_by().values_list("submission", "indicator", *fields)
    return {(row[0], row[1]): row[2:] for row in found}


def _addend(indicator: Indicator, row: _Row, figure: tuple[Any, ...] | None) -> Addend:
    plan, off_plan = "", False
    if figure is None or _stands_apart(indicator, row):
        numerator, denominator, answer, reason, written, pk = _silent(indicator, row)
    else:
        numerator, denominator, answer, reason, written, pk = _said(indicator, row, figure)
        if divides(indicator):
            plan, off_plan = told_beside(indicator, figure[_ANSWERS], figure[-len(DECIDED) :])
    share = Decimal(1)
    if row.part != WHOLE and answer not in {CLOSED, EXCUSED}:
        if row.part == UNKNOWN or not indicator.rule.divisible:
            numerator, denominator, answer, reason, written = None, None, DIVIDED, NOT_TOLD, ""
        else:
            share = share_of(row.part)
            written = f"{written} (tính {Quantity(share, Style.PERCENT)})" if written else ""
    return Addend(
        row.year,
        row.code,
        row.name,
        row.type,
        row.page,
        indicator.code,
        _part(numerator, share),
        _part(denominator, share),
        answer,
        reason,
        written,
        pk,
        share,
        plan=plan,
        off_plan=off_plan,
        estimate=row.estimate and pk is not None,
        correcting=row.correcting and pk is not None,
    )


def _part(number: int | None, share: Decimal) -> Decimal | int | None:
    """That share of a number, exact; a whole number stays one."""
    if number is None or share == 1:
        return number
    part = EXACT.multiply(Decimal(number), share)
    return int(part) if part == part.to_integral_value(context=EXACT) else EXACT.normalize(part)


# where the answers stand in a figure
_ANSWERS = 4

# numerator, denominator, answer, reason, the answer as it is written, the key of the figure
_Said = tuple[int | None, int | None, str, str, str, int | None]


def _stands_apart(indicator: Indicator, row: _Row) -> bool:
    """True where an answer changes nothing: the excused, and the ended among those in place."""
    return bool(row.excuse) or (row.closing and not indicator.counts_closing)


def _said(indicator: Indicator, row: _Row, figure: tuple[Any, ...]) -> _Said:
    """An approved answer; that of a part of the year says so."""
    numerator, denominator, answer, reason, answers, pk = figure[:6]
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
