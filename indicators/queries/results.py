"""What a total says of its indicator: value, verdict, completion, by year and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.aggregation import (
    Gap,
    Goal,
    Total,
    Verdict,
    Years,
    added,
    judge,
    standing,
    together,
    value_over,
)
from indicators.models import Indicator
from indicators.queries.aims import Aims
from indicators.queries.definitions import Defined, how_of
from unions.quantities import NOTHING, Quantity, Style

# the totals of one indicator, by year and by type of union
Sums = Mapping[int, Mapping[str, Total]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was achieved in one indicator: in a year, by a group of unions, or altogether.

    `exact` is the value, unrounded, and None while nobody has answered. It is read off the years
    `over`; `spans` is how many of them stand in it. `each` are their verdicts where every year is
    looked at for itself. `ahead` is how many years are still to come until the target is due;
    `partly` says that only some unions were assigned something, which is no target of all.
    """

    indicator: Indicator
    goal: Goal | None
    total: Total
    exact: Fraction | None
    verdict: Verdict
    spans: int = 1
    over: tuple[int, ...] = ()
    each: tuple[Verdict, ...] = ()
    ahead: int = 0
    partly: str = ""

    @property
    def lost(self) -> bool:
        """True of a running total above its ceiling: it never comes down again."""
        goal = self.goal
        if goal is None or self.exact is None or not self.indicator.cumulative:
            return False
        if goal.high is None and goal.floor:
            return False
        return self.exact > (goal.bound if goal.high is None else goal.high)

    @property
    def early(self) -> bool:
        """True where the target was missed before the year by which it is to be reached.

        Where every year has to be met, none that comes later mends it.
        """
        missed = self.verdict is Verdict.NOT_MET and self.ahead > 0
        return missed and not self.lost and self.how is not Years.ALL_MET

    @property
    def how(self) -> Years:
        """How its years are put together."""
        return how_of(self.indicator)

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
        """The sums and what they come to; the value alone where it is no quotient of them.

        Where every year has to be met: how many were.
        """
        if self.exact is None:
            return NOTHING
        judged = [one for one in self.each if one is not Verdict.NOT_APPLICABLE]
        if judged:
            return f"{sum(one.reached for one in judged)}/{len(judged)} năm đạt"
        rule = self.indicator.rule
        if self.exact != rule.value(self.total):
            return str(self.quantity)
        return rule.summed(self.total, self.exact, self.goal)

    @property
    def aim(self) -> str:
        """The target of this outcome alone; empty if there is none."""
        return self.indicator.rule.goal_text(self.goal) if self.goal else self.partly

    @property
    def goal_text(self) -> str:
        """The target as it is written; empty if there is none."""
        return self.aim

    @property
    def rule_text(self) -> str:
        """Which unions stand in the denominator."""
        return f"{self.indicator.get_denominator_display()}{self.indicator.rule.told_condition}"

    @property
    def completion(self) -> Quantity | None:
        """The value against the target: “đạt 120,44%”; None where that says nothing."""
        style = self.indicator.rule.style
        if self.each or style in (Style.GRADE, Style.WORDS):
            return None
        if self.exact is None or self.goal is None:
            return None
        share = self.goal.completion(self.exact)
        return None if share is None else Quantity(share, Style.PERCENT, Decimal(1))

    @property
    def gap(self) -> Gap | None:
        """What is missing to the target in people, unions or đồng.

        None also where several years are not read off one sum: a mean, or each for itself.
        """
        rule = self.indicator.rule
        if self.goal is None or self.verdict is not Verdict.NOT_MET or self.each:
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
    years: tuple[Yearly, ...] = ()


@dataclass(frozen=True, slots=True)
class Result(Outcome):
    """What a cut achieved in an indicator, year by year and group by group.

    `depth` is how many indicators it stands beneath (trong đó). The verdict is the worst of its
    own (`alone`) and those of its groups.
    """

    years: tuple[Yearly, ...] = ()
    parts: tuple[Part, ...] = ()
    depth: int = 0
    due: str = ""
    alone: Verdict = Verdict.NOT_APPLICABLE

    @property
    def goal_text(self) -> str:
        """The target, or those of its groups, and by when it is to be reached."""
        aims = self.aim or "; ".join(
            f"{part.group}: {text}" for part in self.parts if (text := part.outcome.goal_text)
        )
        return f"{aims} ({self.due})" if aims and self.due else aims


def result_of(
    defined: Defined, sums: Sums, years: Sequence[int], aims: Aims, *, split: bool
) -> Result:
    """Put the sums of an indicator together over `years`; `split` shows its groups too."""
    totals = _over_types(sums, years, None)
    whole = _until_due(totals, years, aims)
    shown = _parts(defined, sums, years, aims) if split else ()
    return Result(
        indicator=whole.indicator,
        goal=whole.goal,
        total=whole.total,
        exact=whole.exact,
        verdict=together([whole.verdict, *(part.outcome.verdict for part in shown)]),
        spans=whole.spans,
        over=whole.over,
        each=whole.each,
        years=_by_year(totals, years, aims),
        parts=shown,
        depth=defined.depth,
        ahead=whole.ahead,
        partly=whole.partly,
        due=aims.due(years),
        alone=whole.verdict,
    )


def _parts(defined: Defined, sums: Sums, years: Sequence[int], aims: Aims) -> tuple[Part, ...]:
    """The groups of unions that have a target of their own and stand in the cut."""
    found = []
    for group in defined.groups:
        types = defined.types_of(group)
        totals = _over_types(sums, years, types)
        outcome = _until_due(totals, years, aims, group)
        found.append(Part(group, outcome, types, _by_year(totals, years, aims, group)))
    return tuple(part for part in found if part.outcome.total.expected)


def _over_types(sums: Sums, years: Sequence[int], types: frozenset[str] | None) -> list[Total]:
    """The total of each year, over all types of unions or those of a group."""
    return [
        added([one for type, one in sums.get(year, {}).items() if types is None or type in types])
        for year in years
    ]


def _until_due(totals: list[Total], years: Sequence[int], aims: Aims, group: str = "") -> Outcome:
    """The outcome of a range; what comes after the year by which it is due does not count.

    A range that begins after that year, or was not asked before, is read as it stands.
    """
    due = aims.defined.indicator.due_year
    end = len(years) if due is None else sum(year <= due for year in years)
    if not any(total.expected for total in totals[:end]):
        end = len(years)
    return _outcome(totals[:end], years[:end], aims, group)


def _outcome(totals: list[Total], years: Sequence[int], aims: Aims, group: str = "") -> Outcome:
    indicator = aims.defined.indicator
    rule, how = indicator.rule, how_of(indicator)
    goal = aims.over(years, totals, how, group)
    total = _shown(how, totals)
    exact = value_over(how, totals, rule.value) if total.answered else None
    asked = tuple(year for year, one in zip(years, totals, strict=True) if one.expected)
    over = asked[-1:] if how is Years.LAST else asked
    spans = 1 if how is Years.LAST else len(standing(how, totals))
    each = _each(totals, years, aims, group) if how is Years.ALL_MET and len(over) > 1 else ()
    verdict = _all_met(each) if each else judge(goal, exact, total, rule.most)
    ahead = aims.ahead(max(over or years, default=0), group)
    partly = "" if goal else aims.partly(years, group)
    return Outcome(indicator, goal, total, exact, verdict, spans, over, each, ahead, partly)


def _each(totals: list[Total], years: Sequence[int], aims: Aims, group: str) -> tuple[Verdict, ...]:
    """The verdicts of the years that were asked, each for itself."""
    rule = aims.defined.indicator.rule
    return tuple(
        judge(aims.of_year(year, group), rule.value(of_year), of_year, rule.most)
        for year, of_year in zip(years, totals, strict=True)
        if of_year.expected
    )


def _all_met(each: Sequence[Verdict]) -> Verdict:
    """The verdict where every year has to be met: that is all that was asked, never exceeded."""
    worst = together(each)
    return Verdict.MET if worst is Verdict.EXCEEDED else worst


def _shown(how: Years, totals: list[Total]) -> Total:
    """The sums behind a value: those of the last year that was asked, or of all."""
    asked = [total for total in totals if total.expected]
    if how is Years.LAST and asked:
        return asked[-1]
    return added(totals)


def _by_year(
    totals: list[Total], years: Sequence[int], aims: Aims, group: str = ""
) -> tuple[Yearly, ...]:
    found = []
    for at, year in enumerate(years):
        first = 0 if aims.defined.indicator.cumulative else at
        span = slice(first, at + 1)
        found.append(Yearly(year, _outcome(totals[span], years[span], aims, group)))
    return tuple(found)
