"""What a total says of its indicator: value, verdict, completion, by year and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.aggregation import (
    NOBODY,
    Gap,
    Goal,
    Total,
    Verdict,
    Years,
    judge,
    standing,
    value_over,
)
from indicators.models import Horizon, Indicator
from indicators.queries.aims import Aims
from indicators.queries.definitions import Defined
from unions.quantities import NOTHING, Quantity, Style

# the totals of one indicator, by year and by type of union
Sums = Mapping[int, Mapping[str, Total]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was achieved in one indicator: in a year, by a group of unions, or altogether.

    `exact` is the value, unrounded, and None while nobody has answered; `spans` is how many years
    stand in it.
    """

    indicator: Indicator
    goal: Goal | None
    total: Total
    exact: Fraction | None
    verdict: Verdict
    spans: int = 1

    @property
    def value(self) -> Decimal | None:
        """The value in decimals, for those that cannot take a fraction."""
        if self.exact is None:
            return None
        return Decimal(self.exact.numerator) / Decimal(self.exact.denominator)

    @property
    def left(self) -> int:
        """How many answered that it did not arise, or cannot be graded."""
        return self.total.left

    @property
    def quantity(self) -> Quantity:
        """The value as it is written."""
        return self.indicator.rule.quantity(self.exact, self.goal)

    @property
    def summed(self) -> str:
        """The sums and what they come to; the value alone where it is no quotient of them."""
        if self.exact is None:
            return NOTHING
        rule = self.indicator.rule
        if self.exact != rule.value(self.total):
            return str(self.quantity)
        return rule.summed(self.total, self.exact, self.goal)

    @property
    def aim(self) -> str:
        """The target of this outcome alone; empty if there is none."""
        return self.indicator.rule.goal_text(self.goal) if self.goal else ""

    @property
    def goal_text(self) -> str:
        """The target as it is written; empty if there is none."""
        return self.aim

    @property
    def rule_text(self) -> str:
        """Which unions stand in the denominator."""
        condition = self.indicator.condition
        rule = self.indicator.get_denominator_display()
        return f"{rule}, chỉ tính {condition}" if condition else rule

    @property
    def completion(self) -> Quantity | None:
        """The value against the target: “đạt 120,44%”; None where that says nothing."""
        style = self.indicator.rule.style
        if self.exact is None or self.goal is None or style in (Style.GRADE, Style.WORDS):
            return None
        share = self.goal.completion(self.exact)
        return None if share is None else Quantity(share, Style.PERCENT, Decimal(1))

    @property
    def gap(self) -> Gap | None:
        """What is missing to the target in people, unions or đồng.

        None also where several years are not read off one sum: a mean, or each for itself.
        """
        rule = self.indicator.rule
        if self.goal is None or self.verdict is not Verdict.NOT_MET:
            return None
        if self.spans > 1 and _how(self.indicator) is Years.ALL_MET:
            return None
        if self.exact != rule.value(self.total):
            return None
        return rule.gap(self.goal, self.total)


@dataclass(frozen=True, slots=True)
class Yearly:
    """One year of a range."""

    year: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Part:
    """A group of unions, those of some types, that has a target of its own."""

    group: str
    outcome: Outcome
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Result(Outcome):
    """What a cut achieved in an indicator, year by year and group by group.

    `depth` is how many indicators it stands beneath (trong đó).
    """

    years: tuple[Yearly, ...] = ()
    parts: tuple[Part, ...] = ()
    depth: int = 0
    due: str = ""

    @property
    def goal_text(self) -> str:
        """The target, or those of its groups, and by when it is to be reached."""
        aims = self.aim or "; ".join(
            f"{part.group}: {part.outcome.goal_text}" for part in self.parts if part.outcome.goal
        )
        return f"{aims} ({self.due})" if aims and self.due else aims


def result_of(
    defined: Defined, sums: Sums, years: Sequence[int], aims: Aims, *, split: bool
) -> Result:
    """Put the sums of an indicator together over `years`; `split` shows its groups too."""
    totals = _over_types(sums, years, None)
    whole = _outcome(defined.indicator, totals, years, aims)
    shown = _parts(defined, sums, years, aims) if split else ()
    verdict = whole.verdict
    if shown and whole.goal is None:
        verdict = together([part.outcome.verdict for part in shown])
    return Result(
        indicator=whole.indicator,
        goal=whole.goal,
        total=whole.total,
        exact=whole.exact,
        verdict=verdict,
        spans=whole.spans,
        years=_by_year(defined.indicator, totals, years, aims),
        parts=shown,
        depth=defined.depth,
        due=defined.due,
    )


def _parts(defined: Defined, sums: Sums, years: Sequence[int], aims: Aims) -> tuple[Part, ...]:
    """The groups of unions that have a target of their own and stand in the cut."""
    found = []
    for group in defined.groups:
        types = defined.types_of(group)
        totals = _over_types(sums, years, types)
        found.append(Part(group, _outcome(defined.indicator, totals, years, aims, group), types))
    return tuple(part for part in found if part.outcome.total.expected)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on what must all be reached: the worst decides; exceeded only if all are."""
    found = [one for one in verdicts if one is not Verdict.NOT_APPLICABLE]
    for verdict in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.MET):
        if verdict in found:
            return verdict
    return Verdict.EXCEEDED if found else Verdict.NOT_APPLICABLE


def _over_types(sums: Sums, years: Sequence[int], types: frozenset[str] | None) -> list[Total]:
    """The total of each year, over all types of unions or those of a group."""
    return [
        sum(
            (one for type, one in sums.get(year, {}).items() if types is None or type in types),
            NOBODY,
        )
        for year in years
    ]


def _outcome(
    indicator: Indicator, totals: list[Total], years: Sequence[int], aims: Aims, group: str = ""
) -> Outcome:
    rule, how = indicator.rule, _how(indicator)
    goal = aims.over(years, totals, how, group)
    total = _shown(how, totals)
    exact = value_over(how, totals, rule.value) if total.answered else None
    spans = 1 if how is Years.LAST else len(standing(how, totals))
    if how is Years.ALL_MET:
        each = [
            judge(aims.of_year(year, group), rule.value(of_year), of_year, rule.most)
            for year, of_year in zip(years, totals, strict=True)
            if of_year.expected
        ]
        return Outcome(indicator, goal, total, exact, together(each), spans)
    return Outcome(indicator, goal, total, exact, judge(goal, exact, total, rule.most), spans)


def _how(indicator: Indicator) -> Years:
    """How its years are put together.

    A running total is a sum whatever else was said; what must be there by a named year need not
    have been there in every year before.
    """
    how = Years(indicator.years)
    if indicator.cumulative:
        return Years.SUM
    return Years.LAST if how is Years.ALL_MET and indicator.horizon == Horizon.BY_YEAR else how


def _shown(how: Years, totals: list[Total]) -> Total:
    """The sums behind a value: those of the last year that was asked, or of all."""
    asked = [total for total in totals if total.expected]
    if how is Years.LAST and asked:
        return asked[-1]
    return sum(totals, NOBODY)


def _by_year(
    indicator: Indicator, totals: list[Total], years: Sequence[int], aims: Aims
) -> tuple[Yearly, ...]:
    found = []
    for at, year in enumerate(years):
        span = slice(0, at + 1) if indicator.cumulative else slice(at, at + 1)
        outcome = _outcome(indicator, totals[span], years[span], aims)
        found.append(Yearly(year, outcome))
    return tuple(found)
