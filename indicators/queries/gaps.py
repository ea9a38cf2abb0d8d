"""How much is missing to each target, which unions could bring it, and whether it still can be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from actionplan.models import Programme
from indicators.aggregation import (
    EXACT,
    Gap,
    Pair,
    Verdict,
    Years,
    attainable,
    best_of,
    headroom,
)
from indicators.aggregation import mean_of_shares as mean_of
from indicators.models import Audience, Figure, Indicator
from indicators.queries.addends import NO_ANSWER, Addend
from indicators.queries.cuts import Cut, owed
from indicators.queries.reachable import reachable, without_silent
from indicators.queries.results import Outcome, Result, Yearly
from indicators.queries.starts import starts_of
from indicators.queries.unasked import Unasked
from indicators.workflow import State
from unions.quantities import Style

# expected denominators by union and by the year in which they are asked
Before = Mapping[tuple[str, int], int]

UNKNOWN: Before = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """An outcome and the addends that decide it.

    `group` and `year` are named where the target is not the whole cut's; `types` are those of the
    group.
    """

    outcome: Outcome
    addends: tuple[Addend, ...]
    group: str = ""
    year: int | None = None
    types: frozenset[str] = frozenset()

    @property
    def pairs(self) -> list[Pair]:
        """What each union brings, its years together; those outside the sum bring nothing."""
        sums: dict[str, Pair] = {}
        for one in self.addends:
            if one.pair is not None:
                top, bottom = sums.get(one.union_code, (Decimal(0), Decimal(0)))
                sums[one.union_code] = (top + one.pair[0], bottom + one.pair[1])
        return list(sums.values())

    @property
    def silent(self) -> list[Addend]:
        """The answers that may still come, one of each union and year."""
        return [one for one in self.addends if one.awaited]

    @property
    def mean_of_shares(self) -> Fraction | None:
        """The mean of the unions' own percentages, where it is on the other side of the target.

        None where it agrees with the pooled value, or where unions are what is counted.
        """
        outcome, rule = self.outcome, self.outcome.indicator.rule
        if outcome.goal is None or outcome.exact is None or rule.counts_unions:
            return None
        if rule.style is not Style.PERCENT or outcome.exact != rule.value(outcome.total):
            return None
        mean = mean_of(self.pairs)
        if mean is None or outcome.goal.met_by(mean) == outcome.goal.met_by(outcome.exact):
            return None
        return mean


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing to a target.

    `gap` is the amount and the fewest unions that would do it, None where none can be counted;
    `below` are the unions under a minimum that each has to reach. `best` is the value if all the
    `silent` unions reached all they can, None where nothing bounds them, `worst` the other end
    where there can be too much; of `unknown` of these nobody knows how much that is. `reachable`
    says if the target still is, False only where that is proved, None where it is not known: as it
    is while years are still to come, and where it depends on how many the silent are to count.
    """

    standing: Standing
    gap: Gap | None
    below: tuple[Addend, ...]
    silent: int
    unknown: int = 0
    best: Fraction | None = None
    reachable: bool | None = None
    worst: Fraction | None = None
    # how many unions were not asked at all, because the period of their calendar was not opened
    unasked: int = 0

    @property
    def supposed(self) -> bool:
        """True where the silent are taken to count as many as were known before."""
        return self.best is not None and not self.standing.outcome.indicator.rule.counts_unions

    @property
    def final(self) -> bool:
        """True of a year that had to be met, was not, and has no answer to come."""
        outcome = self.standing.outcome
        return outcome.how is Years.ALL_MET and outcome.ahead > 0 and not self.silent + self.unasked


def standings(result: Result, addends: Sequence[Addend]) -> Iterator[Standing]:
    """Each target of a result: of the whole and its groups; year by year where each has its own."""
    if result.goal is not None or not result.parts:
        alone = replace(result, verdict=result.alone)
        yield from _standings(alone, result.years, addends)
    for part in result.parts:
        of_group = [one for one in addends if one.union_type in part.types]
        for one in _standings(part.outcome, part.years, of_group, part.group):
            yield replace(one, types=part.types)


def _standings(
    outcome: Outcome, years: Sequence[Yearly], addends: Sequence[Addend], group: str = ""
) -> Iterator[Standing]:
    """One target, with the addends of the years that count towards it."""
    if outcome.how not in (Years.MEAN, Years.ALL_MET) or len(outcome.over) == 1:
        counted = tuple(one for one in addends if one.year in outcome.over)
        yield Standing(outcome, counted, group)
        return
    for one in years:
        if one.year in outcome.over:
            of_year = tuple(row for row in addends if row.year == one.year)
            yield Standing(one.outcome, of_year, group, one.year)


def shortfalls(
    result: Result,
    addends: Sequence[Addend],
    before: Before = UNKNOWN,
    unasked: Sequence[Unasked] = (),
) -> list[Shortfall]:
    """What is missing to each target of a result that is not reached.

    `unasked` are the unions that the years of the cut have not asked yet.
    """
    found = (_shortfall(one, before, unasked) for one in standings(result, addends))
    return [one for one in found if one is not None]


def counted_before(programme: Programme, cut: Cut, indicator: Indicator) -> Before:
    """What the unions that have not answered would count, as far as that is known.

    Their headcount at the cut-off, as the entry page proposes it; else the denominator of the year
    before. One statement, with a headcount two.
    """
    waiting = owed(programme, cut).exclude(state=State.APPROVED)
    rows = Figure.objects.filter(
        indicator=indicator,
        submission__state=State.APPROVED,
        submission__period__year__in=[year - 1 for year in cut.years(programme)],
        submission__union__in=waiting.order_by().values("union"),
        denominator__isnull=False,
    ).values_list("submission__union__code", "submission__period__year", "denominator")
    last = {(code, year + 1): bottom for code, year, bottom in rows if bottom is not None}
    return last | starts_of(waiting, indicator)


def _shortfall(standing: Standing, before: Before, unasked: Sequence[Unasked]) -> Shortfall | None:
    outcome = standing.outcome
    if outcome.verdict is not Verdict.NOT_MET or outcome.goal is None:
        return None
    gap, below = _gap(standing), _below(standing)
    if gap is None and not below and not _between(outcome):
        return None
    known, more = _known(standing, before), _unasked(standing, unasked)
    worst, best = _bounds(standing, list(known.values()))
    unknown = {one.union_code for one in standing.silent if _key(one) not in known}
    return Shortfall(
        standing,
        gap,
        below,
        len({one.union_code for one in standing.silent}),
        0 if best is None else len(unknown),
        best,
        None if outcome.early else _reachable(standing, list(known.values()), below, more),
        worst if outcome.goal.two_sided else None,
        more,
    )


def _unasked(standing: Standing, unasked: Sequence[Unasked]) -> int:
    """How many unions that are to stand in an outcome have not been asked."""
    if standing.outcome.indicator.audience == Audience.PROVINCE:
        return 0
    years = (standing.year,) if standing.year else standing.outcome.over
    return sum(one.of(standing.types) for one in unasked if one.year in years)


def _between(outcome: Outcome) -> bool:
    """True if no whole number in the numerator meets the target as the denominator stands."""
    goal, rule = outcome.goal, outcome.indicator.rule
    if goal is None or rule.in_each or rule.style in (Style.GRADE, Style.WORDS):
        return False
    if outcome.each or outcome.exact is None or outcome.exact != rule.value(outcome.total):
        return False
    return not attainable(goal, 1 if rule.additive else outcome.total.denominator)


def _gap(standing: Standing) -> Gap | None:
    gap, indicator = standing.outcome.gap, standing.outcome.indicator
    if gap is None or gap.amount <= 0 or indicator.audience == Audience.PROVINCE:
        return gap
    if not indicator.rule.bounded:
        return gap
    return Gap(gap.amount, headroom(standing.pairs, gap.amount))


def _below(standing: Standing) -> tuple[Addend, ...]:
    """The unions under a minimum that each has to reach."""
    goal = standing.outcome.goal
    if goal is None or not standing.outcome.indicator.rule.in_each or standing.outcome.spans > 1:
        return ()
    return tuple(
        one
        for one in standing.addends
        if one.numerator is not None and not goal.met_by(Decimal(one.numerator))
    )


def _known(standing: Standing, before: Before) -> dict[tuple[str, int], Decimal]:
    """How much the silent could bring in their years, as far as that is known."""
    if standing.outcome.indicator.rule.counts_unions:
        return {_key(one): Decimal(1) for one in standing.silent}
    return {
        _key(one): EXACT.multiply(Decimal(before[_key(one)]), one.share)
        for one in standing.silent
        if _key(one) in before
    }


def _key(one: Addend) -> tuple[str, int]:
    return one.union_code, one.year


def _bounds(standing: Standing, known: list[Decimal]) -> tuple[Fraction | None, Fraction | None]:
    """The value if the silent brought nothing that is wished of them, and if they brought all.

    None where nothing bounds them.
    """
    outcome = standing.outcome
    goal, rule = outcome.goal, outcome.indicator.rule
    if goal is None or rule.most is None:
        return None, None
    total = without_silent(outcome, len(standing.silent))
    most = best_of(total, known)
    ends = rule.value(replace(most, numerator=total.numerator)), rule.value(most)
    return ends if goal.floor or goal.two_sided else ends[::-1]


def _reachable(
    standing: Standing, known: list[Decimal], below: Sequence[Addend], unasked: int
) -> bool | None:
    """If any answer of the silent meets the target, and each union where each has to."""
    silent = len(standing.silent)
    if below and silent + unasked:
        return all(one.answer == NO_ANSWER for one in below)
    return reachable(standing.outcome, silent, sum(known, Decimal(0)), unasked)
