"""Totals and what they are made of: SQL adds, Python reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from actionplan.models import Programme
from indicators.aggregation import Goal, Operator, Total, Verdict, judge
from indicators.models import Denominator, Figure, Indicator, Submission
from indicators.workflow import State
from unions.quantities import Quantity
from unions.scoping import Node
from unions.vietnamese import sort_key

# what a silent union is exported with, and why it does not stand in a denominator
NO_ANSWER = "none"
NOT_REPORTED = "chưa báo cáo"
NOT_GRADABLE = "chưa đủ thời gian hoạt động để xếp loại"


@dataclass(frozen=True, slots=True)
class Result:
    """What a node achieved in one indicator."""

    indicator: Indicator
    goal: Goal | None
    total: Total
    left: int

    @property
    def value(self) -> Decimal | None:
        """The value, unrounded; None while nobody has answered."""
        return self.indicator.rule.value(self.total) if self.total.answered else None

    @property
    def verdict(self) -> Verdict:
        """How the value stands to the target."""
        return judge(self.goal, self.value, self.total)

    @property
    def quantity(self) -> Quantity:
        """The value as it is written."""
        return self.indicator.rule.quantity(self.value, self.goal)

    @property
    def goal_text(self) -> str:
        """The target as it is written; empty if there is none."""
        return self.indicator.rule.goal_text(self.goal) if self.goal else ""

    @property
    def rule_text(self) -> str:
        """Which unions stand in the denominator."""
        return self.indicator.get_denominator_display()


@dataclass(frozen=True, slots=True)
class Addend:
    """One union's part in one indicator, the silent and those that leave included."""

    union_code: str
    union_name: str
    submission: int
    indicator_code: str
    numerator: int | None
    denominator: int | None
    answer: str
    reason: str
    written: str


def scorecard(programme: Programme, year: int, node: Node) -> list[Result]:
    """What `node`, with every union beneath it, achieved in a reporting year; see `scorecards`."""
    return scorecards(programme, [year], node)[year]


def scorecards(programme: Programme, years: Sequence[int], node: Node) -> dict[int, list[Result]]:
    """What `node`, with every union beneath it, achieved in each of `years`.

    Only approved figures count. Three statements, whatever the size and however many years:
    definitions, sums, expected.
    """
    definitions = list(indicators_of(programme))
    sums, expected = _sums(programme, years, node), _expected(programme, years, node)
    return {
        year: [
            _result(
                indicator, sums.get((year, indicator.pk)), expected.get((year, indicator.audience))
            )
            for indicator in definitions
        ]
        for year in years
    }


def addends(programme: Programme, year: int, node: Node) -> list[Addend]:
    """The pairs behind every total, by indicator and name; what adds up is exactly this.

    Three statements: definitions, submissions, figures.
    """
    figures = {
        (figure.submission_id, figure.indicator_id): figure
        for figure in _counted(programme, [year], node)
    }
    rows = sorted(
        owed(programme, year, node).select_related("union", "placement"),
        key=lambda row: sort_key(row.placement.name),
    )
    return [
        _addend(indicator, row, figures.get((row.pk, indicator.pk)))
        for indicator in indicators_of(programme)
        for row in rows
        if row.audience == indicator.audience
    ]


def indicators_of(programme: Programme | int) -> QuerySet[Indicator]:
    """The indicators in force, each with its target beside it. One statement."""
    return (
        Indicator.objects.filter(programme=programme, dropped=False)
        .annotate(operator=F("targets__operator"), low=F("targets__low"), high=F("targets__high"))
        .order_by("position")
    )


def goal_of(indicator: Any) -> Goal | None:
    """The goal of an indicator that came from `indicators_of`."""
    if indicator.operator is None:
        return None
    return Goal(Operator(indicator.operator), indicator.low, indicator.high)


def owed(programme: Programme, years: int | Sequence[int], node: Node) -> QuerySet[Submission]:
    """The submissions of reporting years beneath `node`, the annual periods of all calendars."""
    years = [years] if isinstance(years, int) else years
    return Submission.objects.under(node).filter(
        period__programme=programme, period__year__in=years
    )


def _counted(programme: Programme, years: Sequence[int], node: Node) -> QuerySet[Figure]:
    return Figure.objects.under(node).filter(
        submission__period__programme=programme,
        submission__period__year__in=years,
        submission__state=State.APPROVED,
    )


def _sums(
    programme: Programme, years: Sequence[int], node: Node
) -> dict[tuple[int, int], Mapping[str, Any]]:
    rows = (
        _counted(programme, years, node)
        .values("submission__period__year", "indicator")
        .annotate(
            top=Sum("numerator"),
            bottom=Sum("denominator"),
            answered=Count("*"),
            paired=Count("denominator"),
            # an answer of a union too young to be graded fills no gap among the gradable
            gradable=Count("submission", filter=Q(submission__gradable=True)),
        )
        .order_by()
    )
    return {(row["submission__period__year"], row["indicator"]): row for row in rows}


def _expected(
    programme: Programme, years: Sequence[int], node: Node
) -> dict[tuple[int, str], Mapping[str, Any]]:
    rows = (
        owed(programme, years, node)
        .values("period__year", "audience")
        .annotate(all=Count("*"), gradable=Count("pk", filter=Q(gradable=True)))
        .order_by()
    )
    return {(row["period__year"], row["audience"]): row for row in rows}


def _result(
    indicator: Indicator, sums: Mapping[str, Any] | None, expected: Mapping[str, Any] | None
) -> Result:
    sums = sums or {"top": 0, "bottom": 0, "answered": 0, "paired": 0, "gradable": 0}
    expected = expected or {"all": 0, "gradable": 0}
    total = Total(
        Decimal(sums["top"] or 0), Decimal(sums["bottom"] or 0), sums["answered"], expected["all"]
    )
    silent = {
        Denominator.IN_PLACE: expected["all"] - sums["answered"],
        Denominator.GRADABLE: expected["gradable"] - sums["gradable"],
    }.get(Denominator(indicator.denominator), 0)
    return Result(
        indicator, goal_of(indicator), total.with_silent(silent), sums["answered"] - sums["paired"]
    )


def _addend(indicator: Indicator, row: Submission, figure: Figure | None) -> Addend:
    numerator, denominator, answer, reason = _silent(indicator, row)
    if figure is not None:
        numerator, denominator = figure.numerator, figure.denominator
        answer, reason = figure.answer, figure.reason
        figure.indicator = indicator
    return Addend(
        union_code=row.union.code,
        union_name=row.placement.name,
        submission=row.pk,
        indicator_code=indicator.code,
        numerator=numerator,
        denominator=denominator,
        answer=answer,
        reason=reason,
        written=figure.written() if figure is not None else "",
    )


def _silent(indicator: Indicator, row: Submission) -> tuple[int | None, int | None, str, str]:
    """The pair of a union that has no approved answer, by the indicator's rule."""
    if indicator.denominator == Denominator.GRADABLE and not row.gradable:
        return None, None, NO_ANSWER, NOT_GRADABLE
    if indicator.denominator in {Denominator.IN_PLACE, Denominator.GRADABLE}:
        return 0, 1, NO_ANSWER, NOT_REPORTED
    return None, None, NO_ANSWER, NOT_REPORTED
