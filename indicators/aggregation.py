"""Plain arithmetic of indicators: totals, targets and verdicts, exact and unrounded."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Pair = tuple[Decimal, Decimal]


class Operator(StrEnum):
    """How a value is compared with its target."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    EQUAL = "="
    RANGE = "range"

    @property
    def sign(self) -> str:
        """The sign as it is written before a number; a range has none."""
        return {">=": "≥", ">": ">", "<=": "≤", "=": "=", "range": ""}[self.value]


class Verdict(StrEnum):
    """What a total says of its target; “cơ bản đạt” is a person's word and never computed."""

    EXCEEDED = "Vượt"
    MET = "Đạt"
    NOT_MET = "Chưa đạt"
    NO_DATA = "Chưa có số liệu"
    NOT_APPLICABLE = "Không áp dụng"


@dataclass(frozen=True, slots=True)
class Total:
    """The approved figures of many unions, added together."""

    numerator: Decimal
    denominator: Decimal
    answered: int
    expected: int

    @property
    def ratio(self) -> Decimal | None:
        """Numerator over denominator, unrounded; None while there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def complete(self) -> bool:
        """True if everyone who was asked has answered."""
        return self.answered == self.expected

    def with_silent(self, unions: int) -> "Total":
        """The same total with `unions` silent ones counted as the pair (0, 1) each."""
        return Total(self.numerator, self.denominator + unions, self.answered, self.expected)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: an operator and its bound; a range has two, both included."""

    operator: Operator
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def bound(self) -> Decimal:
        """The number that the operator compares with; of a range, its lower end."""
        bound = self.low if self.low is not None else self.high
        if bound is None:
            raise ValueError("a goal has at least one bound")
        return bound

    def met_by(self, value: Decimal) -> bool:
        """Compare unrounded."""
        if self.operator is Operator.RANGE:
            low_kept = self.low is None or value >= self.low
            return low_kept and (self.high is None or value <= self.high)
        return {
            Operator.AT_LEAST: value >= self.bound,
            Operator.ABOVE: value > self.bound,
            Operator.AT_MOST: value <= self.bound,
            Operator.EQUAL: value == self.bound,
        }[self.operator]

    def exceeded_by(self, value: Decimal) -> bool:
        """True where more is better and `value` is more than was asked for."""
        return self.operator is Operator.AT_LEAST and value > self.bound


def judge(goal: Goal | None, value: Decimal | None, total: Total) -> Verdict:
    """The verdict on `value`; silence of everybody is not failure, and no target is no verdict."""
    if goal is None or not total.expected:
        return Verdict.NOT_APPLICABLE
    if not total.answered:
        return Verdict.NO_DATA
    if value is None:
        return Verdict.NOT_APPLICABLE
    if not goal.met_by(value):
        return Verdict.NOT_MET
    return Verdict.EXCEEDED if goal.exceeded_by(value) else Verdict.MET
