"""A count of a year: people, classes, cases, ideas, whatever the unit says."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Pair, Total, Years, gap_of
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField
from unions.quantities import Quantity, Style


class CountPerYear(Kind):
    """The sum of a number over unions."""

    code = "count_per_year"
    label = "Số lượng trong năm"
    help = "Ghi số thực hiện trong năm báo cáo, không cộng dồn các năm trước."
    style = Style.NUMBER
    additive = True
    divisible = True
    measured = "number"
    years = Years.SUM
    takes_years = frozenset({Years.SUM, Years.LAST, Years.ALL_MET})

    def questions(self) -> dict[str, forms.Field]:
        unit = self.definition.unit
        return {"number": WholeNumberField(label=f"Số lượng ({unit})" if unit else "Số lượng")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["number"]), Decimal(1)

    def value(self, total: Total) -> Fraction | None:
        """The sum; None where it did not arise for anybody."""
        return Fraction(total.numerator) if total.denominator else None

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        return gap_of(goal, total, ratio=False)

    def written(self, answers: Answers) -> str:
        return str(Quantity(answers["number"]))

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return str(self.quantity(value, goal))
