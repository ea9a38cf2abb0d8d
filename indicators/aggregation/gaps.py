"""How much is missing: what would reach a target, by how few unions, and whether it still can."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from indicators.aggregation.goals import Goal, Operator
from indicators.aggregation.totals import Pair, Total


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing to a target: `amount` more in the numerator (less, where it is negative).

    `unions` is the fewest unions that would do it among those that stand in the sum, None where
    even all of them together would not.
    """

    amount: int
    unions: int | None = None


def gap_of(goal: Goal, total: Total, *, ratio: bool) -> Gap | None:
    """What is missing in a sum, or in a `ratio` whose denominator stays; None if nothing is.

    An equality cannot be worked towards from above or below alone, and is None too.
    """
    if goal.operator is Operator.EQUAL or (ratio and not total.denominator):
        return None
    base = Fraction(total.denominator) if ratio else Fraction(1)
    value = Fraction(total.numerator) / base
    if goal.met_by(value):
        return None
    have = Fraction(total.numerator)
    if goal.low is not None and value <= Fraction(goal.low):
        return Gap(_steps(Fraction(goal.low) * base - have, past=goal.operator is Operator.ABOVE))
    high = Fraction(goal.high if goal.high is not None else goal.bound) * base
    return Gap(-_steps(have - high, past=False))


def _steps(distance: Fraction, *, past: bool) -> int:
    """Whole steps to the target, or past it where reaching it is not enough."""
    return math.floor(distance) + 1 if past else math.ceil(distance)


def headroom(pairs: Iterable[Pair], amount: int) -> int | None:
    """The fewest unions whose numerators, raised to their denominators, bring `amount` more.

    None where all of them together would not.
    """
    rooms = sorted((int(bottom - top) for top, bottom in pairs if bottom > top), reverse=True)
    for count, _ in enumerate(rooms, start=1):
        amount -= rooms[count - 1]
        if amount <= 0:
            return count
    return None


def mean_of_shares(pairs: Sequence[Pair]) -> Fraction | None:
    """The mean of the unions' own ratios, each weighing the same; None without a union.

    It is no total of ours: it is shown where it would have said otherwise (users' suspicion).
    """
    shares = [Fraction(top) / Fraction(bottom) for top, bottom in pairs if bottom]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def best_of(total: Total, silent: Sequence[Decimal]) -> Total:
    """The total if every silent union, not yet in it, reached all of its `silent` denominator."""
    more = sum(silent, Decimal(0))
    return replace(total, numerator=total.numerator + more, denominator=total.denominator + more)
