"""Targets as arithmetic: what is aimed at, whether a value reaches it, and by how much."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from indicators.aggregation.totals import Total

Bound = Decimal | Fraction


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


_COMPARED = {
    Operator.AT_LEAST: operator.ge,
    Operator.ABOVE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.EQUAL: operator.eq,
}


class Verdict(StrEnum):
    """What a total says of its target; “cơ bản đạt” is a person's word and never computed."""

    EXCEEDED = "Vượt"
    MET = "Đạt"
    NOT_MET = "Chưa đạt"
    NO_DATA = "Chưa có số liệu"
    NOT_APPLICABLE = "Không áp dụng"

    @property
    def reached(self) -> bool:
        """True of the two good ones."""
        return self in (Verdict.EXCEEDED, Verdict.MET)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: an operator and its bound; a range has two, both included."""

    operator: Operator
    low: Bound | None = None
    high: Bound | None = None

    @property
    def bound(self) -> Bound:
        """The number that the operator compares with; of a range, its lower end."""
        bound = self.low if self.low is not None else self.high
        if bound is None:
            raise ValueError("a goal has at least one bound")
        return bound

    def nearest(self, value: Decimal | Fraction | int | None) -> Bound:
        """The bound that a value stands beside: of a range, the end that is closer to it."""
        if value is None or self.low is None or self.high is None:
            return self.bound
        middle = (Fraction(self.low) + Fraction(self.high)) / 2
        return self.high if Fraction(value) > middle else self.low

    @property
    def floor(self) -> bool:
        """True where more is better."""
        return self.operator in (Operator.AT_LEAST, Operator.ABOVE, Operator.RANGE)

    @property
    def two_sided(self) -> bool:
        """True where there is too little as well as too much."""
        return self.operator in (Operator.EQUAL, Operator.RANGE)

    def met_by(self, value: Decimal | Fraction) -> bool:
        """Compare unrounded."""
        exact = value if isinstance(value, Fraction) else Fraction(value)
        if self.operator is Operator.RANGE:
            low_kept = self.low is None or exact >= Fraction(self.low)
            return low_kept and (self.high is None or exact <= Fraction(self.high))
        return bool(_COMPARED[self.operator](exact, Fraction(self.bound)))

    def exceeded_by(self, value: Decimal | Fraction, most: Decimal | None = None) -> bool:
        """True where more is better and `value` is more than was asked for.

        A target that stands at `most`, the largest value there is, is never exceeded.
        """
        at_the_top = most is not None and self.bound >= most
        return (
            self.operator is Operator.AT_LEAST
            and not at_the_top
            and Fraction(value) > Fraction(self.bound)
        )

    def completion(self, value: Decimal | Fraction) -> Fraction | None:
        """The value against the target (tỷ lệ hoàn thành): 1.2044 is “đạt 120,44%”.

        None where less is better or there is too much as well as too little: no share of a range
        or of an equality says how far it is carried out. None too where there is nothing to
        divide by, and where more than the bound is asked for and it is just reached: 100 % of what
        is not met.
        """
        if self.operator not in (Operator.AT_LEAST, Operator.ABOVE) or not self.bound:
            return None
        share = Fraction(value) / Fraction(self.bound)
        return None if share == 1 and self.operator == Operator.ABOVE else share


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on what must all be reached: the worst decides; exceeded only if all are."""
    found = [one for one in verdicts if one is not Verdict.NOT_APPLICABLE]
    for verdict in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.MET):
        if verdict in found:
            return verdict
    return Verdict.EXCEEDED if found else Verdict.NOT_APPLICABLE


def judge(
    goal: Goal | None,
    value: Decimal | Fraction | None,
    total: Total,
    most: Decimal | None = None,
) -> Verdict:
    """The verdict on `value`; silence of everybody is not failure, and no target is no verdict."""
    if goal is None or not total.expected:
        return Verdict.NOT_APPLICABLE
    if not total.answered:
        return Verdict.NO_DATA
    if value is None:
        return Verdict.NOT_APPLICABLE
    if not goal.met_by(value):
        return Verdict.NOT_MET
    return Verdict.EXCEEDED if goal.exceeded_by(value, most) else Verdict.MET
