"""Print what a union, a cluster or a type of unions achieved in a year or a range of years."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import simplejson
from django.core.management.base import CommandParser

from actionplan.models import Programme
from indicators import queries
from indicators.management.cutting import add_years, cut_of, not_opened
from indicators.models import Audience
from indicators.queries import Cut, Outcome, Result
from unions.management.operating import OperatorCommand
from unions.quantities import Quantity


class Command(OperatorCommand):
    help = "Kết quả thực hiện các chỉ tiêu của một đơn vị, trong một năm hoặc một khoảng năm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--union", required=True, help="mã đơn vị")
        add_years(parser)
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, union: str, json: bool, **options: Any) -> None:
        programme, cut = cut_of(union, options)
        # of a cluster or a type the province itself is no part
        found = queries.scorecard(programme, cut)
        results = [one for one in found if cut.whole or one.indicator.audience != Audience.PROVINCE]
        if json:
            rows = [_plain(result) for result in results]
            self.stdout.write(simplejson.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(line for result in results for line in _lines(result)))
        for told in _notes(programme, cut, results):
            self.stderr.write(told)


def _notes(programme: Programme, cut: Cut, results: list[Result]) -> Iterator[str]:
    """What has to be known of the numbers: years without any, and unions that ended."""
    if told := not_opened(programme, cut):
        yield told
    asked = [result.indicator for result in results]
    yield from queries.told_of_ended(queries.coverage(programme, cut), asked)
    yield from queries.told_of_heirs(queries.inheritance(programme, cut))


def _plain(result: Result) -> dict[str, Any]:
    indicator = result.indicator
    return {
        "code": indicator.code,
        **_sums(result),
        "missing": result.gap.amount if result.gap else None,
        "rule": result.rule_text,
        "years": [{"year": one.year, **_sums(one.outcome)} for one in result.years],
        "groups": [{"group": part.group, **_sums(part.outcome)} for part in result.parts],
    }


def _sums(outcome: Outcome) -> dict[str, Any]:
    goal, completion = outcome.goal, outcome.completion
    return {
        "numerator": _exact(outcome.total.numerator),
        "denominator": _exact(outcome.total.denominator),
        "value": _exact(outcome.exact),
        "target": outcome.goal_text,
        "operator": goal.operator.value if goal else None,
        "low": _exact(goal.low) if goal else None,
        "high": _exact(goal.high) if goal else None,
        "completion": _exact(completion.value) if completion else None,
        "verdict": outcome.verdict.value,
        "answered": outcome.total.answered,
        "expected": outcome.total.expected,
    }


def _exact(number: Fraction | Decimal | int | None) -> Decimal | int | None:
    """A whole number without decimals, any other with as many as a decimal holds."""
    if number is None:
        return None
    exact = Fraction(number)
    if exact.denominator == 1:
        return exact.numerator
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize()


def _lines(result: Result) -> Iterator[str]:
    """The indicator, and the groups of unions that have targets of their own beneath it."""
    yield _line("  " * result.depth + result.indicator.code, result)
    for part in result.parts:
        yield _line(f"  {part.group}", part.outcome)


def _line(name: str, outcome: Outcome) -> str:
    total = outcome.total
    aimed = f" ({outcome.goal_text})" if outcome.goal_text else ""
    completion = f", đạt {outcome.completion} chỉ tiêu" if outcome.completion else ""
    denominator = outcome.rule_text
    return (
        f"{name:8} {outcome.summed}{aimed}: {outcome.verdict}{completion}{_missing(outcome)};"
        f" {total.answered}/{total.expected} đã báo cáo;"
        f" mẫu số: {denominator[:1].lower()}{denominator[1:]}"
    )


def _missing(outcome: Outcome) -> str:
    if outcome.gap is None:
        return ""
    amount = outcome.gap.amount
    return f", còn thiếu {Quantity(amount)}" if amount > 0 else f", quá mức {Quantity(-amount)}"
