"""Minimum in each union: the union with the least decides, nobody makes up for another."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Operator, Pair, Total, Years
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField
from unions.quantities import Quantity, Style


class MinimumPerUnion(Kind):
    """The least number that any union reached."""

    code = "minimum_per_union"
    label = "Mức tối thiểu ở từng đơn vị"
    help = "Ghi số đơn vị đã thực hiện trong năm báo cáo; mức tối thiểu tính cho từng đơn vị."
    style = Style.NUMBER
    counts_unions = True
    in_each = True
    measured = "number"
    years = Years.ALL_MET
    takes_years = frozenset({Years.LAST, Years.ALL_MET})
    # the least of all says nothing of the most that any union has
    takes_operators = frozenset({Operator.AT_LEAST, Operator.ABOVE})

    def questions(self) -> dict[str, forms.Field]:
        unit = self.missing_unit
        return {"number": WholeNumberField(label=f"Số lượng ({unit})" if unit else "Số lượng")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["number"]), Decimal(1)

    def value(self, total: Total) -> Fraction | None:
        return None if total.least is None else Fraction(total.least)

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        """Which unions fall short only their own numbers tell."""
        return None

    def written(self, answers: Answers) -> str:
        return str(Quantity(answers["number"]))

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return f"thấp nhất {self.quantity(value, goal)}"
