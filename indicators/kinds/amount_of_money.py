"""An amount of money, in whole đồng."""

from decimal import Decimal
from fractions import Fraction

from django import forms

from indicators.aggregation import Gap, Goal, Pair, Total, Years, gap_of
from indicators.kinds.kind import Answers, Kind
from indicators.kinds.questions import WholeNumberField
from unions.quantities import NOTHING, Quantity, Style
from unions.vietnamese import fold, tidy

# how many đồng are one of the unit, by its folded name
PER = {
    "dong": 1,
    "nghin dong": 10**3,
    "ngan dong": 10**3,
    "trieu dong": 10**6,
    "ty dong": 10**9,
    "ti dong": 10**9,
}


def known_unit(unit: str) -> bool:
    """True if that is a unit of money, however it is spelled."""
    return _folded(unit) in PER


def per_unit(unit: str) -> int:
    """How many đồng are one of the unit; a unit that is not known is taken for đồng."""
    return PER.get(_folded(unit), 1)


def in_full(amount: Fraction | Decimal | int | None) -> str:
    """An amount in whole đồng, as it was typed: what stands so adds up to the last digit."""
    return NOTHING if amount is None else f"{Quantity(amount, Style.MONEY)} đồng"


def _folded(unit: str) -> str:
    return tidy(fold(unit))


class AmountOfMoney(Kind):
    """The sum of money over unions; held in đồng, aimed at in the indicator's unit.

    A sum is shown in that unit, what one union answered in whole đồng.
    """

    code = "amount_of_money"
    label = "Số tiền"
    help = "Ghi số đồng đầy đủ, không ghi theo triệu đồng."
    style = Style.MONEY
    additive = True
    divisible = True
    measured = "amount"
    years = Years.SUM
    takes_years = frozenset({Years.SUM, Years.LAST, Years.ALL_MET})
    lacks = "đồng"

    @classmethod
    def measured_in(cls, unit: str) -> bool:
        """True if the unit is one of money; without one the amounts are in đồng."""
        return not unit or known_unit(unit)

    @classmethod
    def held_per(cls, unit: str) -> int:
        return per_unit(unit)

    def questions(self) -> dict[str, forms.Field]:
        return {"amount": WholeNumberField(label="Số tiền (đồng)")}

    def count(self, answers: Answers) -> Pair:
        return Decimal(answers["amount"]), Decimal(1)

    def value(self, total: Total) -> Fraction | None:
        """The sum; None where it did not arise for anybody."""
        return Fraction(total.numerator) if total.denominator else None

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        return gap_of(goal, total, ratio=False)

    def quantity(
        self, value: Fraction | Decimal | int | None, goal: Goal | None = None
    ) -> Quantity:
        target = goal.nearest(value) if goal else None
        return Quantity(value, self.style, target, per=per_unit(self.definition.unit))

    def written(self, answers: Answers) -> str:
        return in_full(answers["amount"])

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        return str(self.quantity(value, goal))
