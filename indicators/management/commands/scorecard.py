"""Print what a union achieved in a year."""

from decimal import Decimal
from typing import Any

import simplejson
from django.core.management.base import CommandParser

from actionplan.queries import programme_for
from indicators import queries
from indicators.queries import Result
from unions.management.operating import OperatorCommand, year
from unions.quantities import Style
from unions.queries import find_union, node


class Command(OperatorCommand):
    help = "Kết quả thực hiện các chỉ tiêu của một đơn vị trong một năm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--union", required=True, help="mã đơn vị")
        parser.add_argument("--year", required=True, type=year, help="năm báo cáo")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, union: str, year: int, json: bool, **options: Any) -> None:
        found = find_union(union)
        results = queries.scorecard(programme_for(found, year), year, node(found))
        if json:
            rows = [_plain(result) for result in results]
            self.stdout.write(simplejson.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(map(_line, results)))


def _plain(result: Result) -> dict[str, Any]:
    return {
        "code": result.indicator.code,
        "numerator": _exact(result.total.numerator),
        "denominator": _exact(result.total.denominator),
        "value": _exact(result.value),
        "target": result.goal_text,
        "operator": result.goal.operator.value if result.goal else None,
        "low": _exact(result.goal.low) if result.goal else None,
        "high": _exact(result.goal.high) if result.goal else None,
        "verdict": result.verdict.value,
        "answered": result.total.answered,
        "expected": result.total.expected,
    }


def _exact(number: Decimal | None) -> Decimal | int | None:
    """A whole number without decimals, any other with all it has."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else number.normalize()


def _line(result: Result) -> str:
    total = result.total
    # a grade is no fraction, though its rank is counted as one
    graded = result.indicator.rule.style is Style.GRADE
    pair = "" if graded else f"{total.numerator}/{total.denominator} = "
    return (
        f"{result.indicator.code:8} {pair}{result.quantity}"
        f" ({result.goal_text}): {result.verdict}; {total.answered}/{total.expected} đã báo cáo"
    )
