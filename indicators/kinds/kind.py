"""What every kind of indicator can say of itself."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django import forms

from indicators.aggregation import Gap, Goal, Operator, Pair, Total, Years, gap_of
from indicators.kinds.definition import PLAIN, Definition, Least
from indicators.kinds.questions import WholeNumberField
from unions.quantities import Quantity, Style
from unions.vietnamese import fold, tidy

Answers = Mapping[str, Any]

REGISTRY: dict[str, type["Kind"]] = {}

# an answer that leaves the denominator by its condition, whatever words that is in: đủ điều kiện,
# khi có nhu cầu, trên tổng số đăng ký
NOBODY = "Không có đối tượng để tính"

# the number that decides whether a union stands in the denominator at all
BASIS = "basis"


@dataclass(frozen=True)
class Kind(ABC):
    """A way to ask, count, read and write an indicator; a subclass registers itself."""

    definition: Definition = PLAIN

    code: ClassVar[str]
    label: ClassVar[str]
    # how a union finds the answer, in a sentence or two under the question
    help: ClassVar[str]
    style: ClassVar[Style] = Style.PERCENT
    # True where the denominator counts unions, so that a silent union can stand in it
    counts_unions: ClassVar[bool] = False
    # True where the value is a sum: a target is then the whole province's, never each union's
    additive: ClassVar[bool] = False
    # True where a part of a union has that part of its pair: people and amounts, never unions
    divisible: ClassVar[bool] = False
    # True where every union has to reach the target by itself
    in_each: ClassVar[bool] = False
    # True where a year's value is everything since the first year of the term
    cumulative: ClassVar[bool] = False
    # True where only the provincial union can answer
    own_only: ClassVar[bool] = False
    # True where what one union can bring is bounded: by its denominator, or by what it was assigned
    bounded: ClassVar[bool] = False
    # the largest target that makes sense; none for counts and money
    most: ClassVar[Decimal | None] = None
    # the question whose number can be known before: by a headcount, or by what was assigned
    known: ClassVar[str] = ""
    # the target of an indicator that names none
    implied: ClassVar[Decimal | None] = None
    # the question whose answer 0 must be confirmed; none for a choice
    measured: ClassVar[str] = ""
    # how years are put together unless the programme says otherwise
    years: ClassVar[Years] = Years.POOLED
    # the ways to put years together that make sense
    takes_years: ClassVar[frozenset[Years]] = frozenset(Years) - {Years.SUM}
    # the ways to compare with a target that make sense
    takes_operators: ClassVar[frozenset[Operator]] = frozenset(Operator)
    # what is missing to a target is counted in this, unless the value is a number of its own unit
    lacks: ClassVar[str] = "người"
    # the least that a union can be assigned, where amounts are
    least_assigned: ClassVar[int] = 0
    # what an indicator of this kind may name beyond the rest: threshold, scale, grade, assignments,
    # headcount, counted_from
    takes: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        REGISTRY[cls.code] = cls

    @abstractmethod
    def questions(self) -> dict[str, forms.Field]:
        """The kind's own questions, with the kind's own labels."""

    @classmethod
    def question_names(cls, *, threshold: bool) -> list[str]:
        """What an indicator of this kind may word anew, with a threshold or without."""
        least = Least("", 1) if threshold else None
        return list(cls(Definition(threshold=least)).questions())

    @classmethod
    def measured_in(cls, unit: str) -> bool:
        """True if the unit makes sense: a share is in percent, and nothing else is.

        However it is typed; without one a share is in percent all the same.
        """
        typed = tidy(fold(unicodedata.normalize("NFKC", unit)))
        in_percent = "%" in typed or "phan tram" in typed
        return in_percent or not typed if cls.style is Style.PERCENT else not in_percent

    @classmethod
    def in_words(cls, value: Decimal, unit: str, scale: str = "") -> str:
        """A number of this kind with its unit: 85%, 120 người, 50 triệu đồng; a level's name."""
        definition = Definition(unit=unit, scale_code=scale or PLAIN.scale_code)
        written = str(replace(cls(definition).quantity(value), exact=True))
        if cls.style is Style.MONEY:
            return f"{written} {unit or 'đồng'}"
        return f"{written} {unit}".strip() if cls.style is Style.NUMBER else written

    @classmethod
    def held_per(cls, unit: str) -> int:
        """How many of what is held are one of the unit: 1.000.000 đồng of a triệu đồng."""
        return 1

    @classmethod
    def assigned_in(cls, unit: str) -> str:
        """What assigned amounts are counted in; money always in whole đồng."""
        return unit if cls.style is Style.NUMBER else "đồng"

    @abstractmethod
    def count(self, answers: Answers) -> Pair:
        """What the answers add to the sum: numerator and denominator."""

    def check(self, answers: Answers) -> None:  # noqa: B027 - most kinds have nothing to check
        """Raise ValidationError, with the field's name, if the answers contradict each other."""

    def fields(self) -> dict[str, forms.Field]:
        """The questions put to the union, in the indicator's words."""
        asked = self.questions()
        for name, label in self.definition.labels:
            if name in asked:
                asked[name].label = label
        if self.definition.basis is None:
            return asked
        return {BASIS: WholeNumberField(label=self.definition.basis.asks), **asked}

    def outside(self, answers: Answers) -> str:
        """Why the answers leave the denominator, in words; empty if they stand in it."""
        basis = self.definition.basis
        if basis is None or int(answers[BASIS]) >= basis.least:
            return ""
        return f"{basis.asks}: {Quantity(int(answers[BASIS]))}, dưới {Quantity(basis.least)}"

    @property
    def assignable(self) -> bool:
        """True where single unions can be assigned amounts: of a sum, or of a plan."""
        return self.additive or "assignments" in self.takes

    @property
    def missing_unit(self) -> str:
        """What is missing to a target is counted in this: cuộc, of so many cuộc/CĐCS."""
        if self.style is not Style.NUMBER:
            return self.lacks
        return self.definition.unit.partition("/")[0].strip()

    @property
    def reached_when(self) -> str:
        """By which number a union counts as having done it, in words; empty for most."""
        threshold = self.definition.threshold
        return threshold.told if threshold else ""

    @property
    def told_threshold(self) -> str:
        """Which answers count in the numerator, as the rule of counting goes on; mostly nothing."""
        return f"; đạt khi {self.reached_when}" if self.reached_when else ""

    @property
    def leaves_as(self) -> str:
        """What “không phát sinh” is called here; a condition as it stands in the programme."""
        condition = self.definition.condition
        return f"{NOBODY} (điều kiện: {condition})" if condition else "Không phát sinh"

    @property
    def told_condition(self) -> str:
        """Who alone stands in the denominator, as the rule of counting goes on; mostly nothing."""
        condition = self.definition.condition
        return f", điều kiện tính: {condition}" if condition else ""

    def left(self, reason: str) -> str:
        """That answer as it stands in a table, with its reason if that says more."""
        if reason == self.definition.condition:
            return self.leaves_as
        if self.leaves_as.endswith(")"):
            return f"{self.leaves_as.removesuffix(')')}; {reason})"
        return f"{self.leaves_as} ({reason})"

    def value(self, total: Total) -> Fraction | None:
        """What the sum says: a ratio, unless the kind reads it otherwise."""
        return total.ratio

    def over(self, years: Years) -> Years:
        """How its years are put together where the programme says `years`.

        A sum has nothing to pool: its years, and their targets, are added up.
        """
        return Years.SUM if self.additive and years is Years.POOLED else years

    @classmethod
    def runs_on(cls, years: str, *, later: bool) -> bool:
        """True where a year shows everything since the first: sums to a day further off do.

        Unless the programme says `years` by which only the last or each for itself counts.
        """
        apart = years in (Years.LAST, Years.ALL_MET)
        return cls.cumulative or (cls.additive and later and not apart)

    def aimed(self, goal: Goal) -> Goal:
        """What is aimed at where the programme says `goal`."""
        return goal

    def gap(self, goal: Goal, total: Total) -> Gap | None:
        """What is missing to the target; None if nothing is, or nothing that could be counted."""
        return gap_of(goal, total, ratio=True)

    def quantity(
        self, value: Fraction | Decimal | int | None, goal: Goal | None = None
    ) -> Quantity:
        """The value as it is written beside its target."""
        return Quantity(value, self.style, goal.nearest(value) if goal else None)

    def goal_text(self, goal: Goal) -> str:
        """The target as it is written: ≥ 85%."""
        if goal.operator is not Operator.RANGE:
            return f"{goal.operator.sign} {self._aimed_at(goal.bound)}"
        ends = [str(self._aimed_at(end)) for end in (goal.low, goal.high)]
        return " – ".join(dict.fromkeys(ends))

    @property
    def unit_told(self) -> str:
        """What follows a number of it; empty for a share, a grade and a yes, which say it."""
        if self.style is Style.MONEY:
            return self.definition.unit or "đồng"
        return self.definition.unit if self.style is Style.NUMBER else ""

    def goal_told(self, goal: Goal) -> str:
        """The target with its unit, as it stands in a sentence: ≥ 120 người."""
        return f"{self.goal_text(goal)} {self.unit_told}".strip()

    def _aimed_at(self, bound: Fraction | Decimal | None) -> Quantity:
        """A bound is written as it was set, with all its digits."""
        return replace(self.quantity(bound), exact=True)

    def written(self, answers: Answers) -> str:
        """One union's answer as it stands in a table."""
        numerator, denominator = self.count(answers)
        ratio = self.quantity(Fraction(numerator) / Fraction(denominator))
        return f"{Quantity(numerator)}/{Quantity(denominator)} = {ratio}"

    def summed(self, total: Total, value: Fraction | None, goal: Goal | None = None) -> str:
        """A total as it is written: the sums, and what they come to."""
        pair = f"{Quantity(total.numerator)}/{Quantity(total.denominator)}"
        return f"{pair} = {self.quantity(value, goal)}"
