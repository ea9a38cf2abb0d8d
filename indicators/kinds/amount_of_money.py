"""An amount of money, in whole đồng."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Pair, Total, Years, gap_of
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField
from unions.quantities import Quantity, Style

# how much of a đồng is one of the unit; any other unit is taken for đồng
PER = {"nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}


class AmountOfMoney(Kind):
    """The sum of money over unions; held in đồng, shown and aimed at in the indicator's unit."""

    code = "amount_of_money"
    label = "Số tiền"
    style = Style.MONEY
    additive = True
    measured = "amount"
    years = Years.SUM
    lacks = "đồng"

    def questions(self) -> dict[str, forms.Field]:
        return {"amount": WholeNumberField(label="Số tiền (đồng)")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["amount"]), Decimal(1)

    def value(self, total: Total) -> Fraction | None:
        return Fraction(total.numerator)

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        return gap_of(goal, total, ratio=False)

    def quantity(
        self, value: Fraction | Decimal | int | None, goal: Goal | None = None
    ) -> Quantity:
        target = goal.nearest(value) if goal else None
        return Quantity(value, self.style, target, per=PER.get(self.definition.unit, 1))

    def written(self, answers: Answers) -> str:
        return str(self.quantity(answers["amount"]))

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return str(self.quantity(value, goal))
