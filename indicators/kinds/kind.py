"""What every kind of indicator can say of itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from indicators.aggregation import Goal, Operator, Pair, Total
from unions.quantities import Quantity, Style

Answers = Mapping[str, Any]

REGISTRY: dict[str, "Kind"] = {}


class Kind(ABC):
    """A way to ask, count, read and write an indicator; a subclass registers itself."""

    code: ClassVar[str]
    label: ClassVar[str]
    style: ClassVar[Style] = Style.PERCENT
    # True where the denominator counts unions, so that a silent union can stand in it
    counts_unions: ClassVar[bool] = False
    # the question whose answer 0 must be confirmed; none for a choice
    measured: ClassVar[str] = ""
    # what “không phát sinh” is called in this kind
    leaves_as: ClassVar[str] = "Không phát sinh"

    def __init_subclass__(cls) -> None:
        REGISTRY[cls.code] = cls()

    @abstractmethod
    def fields(self) -> dict[str, forms.Field]:
        """The questions put to the union."""

    @abstractmethod
    def count(self, answers: Answers) -> Pair:
        """What the answers add to the sum: numerator and denominator."""

    def check(self, answers: Answers) -> None:  # noqa: B027 - most kinds have nothing to check
        """Raise ValidationError, with the field's name, if the answers contradict each other."""

    def value(self, total: Total) -> Decimal | None:
        """What the sum says: a ratio, unless the kind reads it otherwise."""
        return total.ratio

    def quantity(self, value: Decimal | None, goal: Goal | None = None) -> Quantity:
        """The value as it is written beside its target."""
        return Quantity(value, self.style, goal.bound if goal else None)

    def goal_text(self, goal: Goal) -> str:
        """The target as it is written: ≥ 85%."""
        if goal.operator is Operator.RANGE:
            return f"{self.quantity(goal.low)} – {self.quantity(goal.high)}"
        return f"{goal.operator.sign} {self.quantity(goal.bound)}"

    def written(self, answers: Answers) -> str:
        """One union's answer as it stands in a table."""
        numerator, denominator = self.count(answers)
        ratio = self.quantity(numerator / denominator)
        return f"{Quantity(numerator)}/{Quantity(denominator)} = {ratio}"
