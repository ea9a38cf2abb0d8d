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
    even all of them together would not, or nothing bounds what one of them can bring.
    """

    amount: int
    unions: int | None = None


def gap_of(goal: Goal, total: Total, *, ratio: bool) -> Gap | None:
    """What is missing in a sum, or in a `ratio` whose denominator stays; None if nothing is.

    So it is with an equality or a range so narrow that no whole number meets it. What stands in
    the sum need not be whole, what is missing is.
    """
    if ratio and not total.denominator:
        return None
    base = total.denominator if ratio else Decimal(1)
    have, rest = divmod(Fraction(total.numerator), 1)
    if goal.met_by((have + rest) / Fraction(base)) or not attainable(goal, base, rest=rest):
        return None
    least, most = _meeting(goal, base, rest)
    aimed = least if least is not None and have < least else most
    return None if aimed is None else Gap(aimed - have)


def attainable(
    goal: Goal,
    base: Decimal | int,
    least: Decimal | int = 0,
    most: Decimal | int | None = None,
    *,
    rest: Fraction = Fraction(0),
) -> bool:
    """True if a whole number from `least` to `most` (None: any), divided by `base`, meets it.

    With the `rest` that stands beside it.
    """
    low, high = _meeting(goal, base, rest)
    start = int(least) if low is None else max(int(least), low)
    ends = [int(end) for end in (high, most) if end is not None]
    return start <= min(ends, default=start)


def _meeting(
    goal: Goal, base: Decimal | int, rest: Fraction = Fraction(0)
) -> tuple[int | None, int | None]:
    """The smallest and the largest whole number that, with `rest` over `base`, meet the target."""
    low = Fraction(goal.bound if goal.low is None else goal.low) * Fraction(base) - rest
    high = Fraction(goal.bound if goal.high is None else goal.high) * Fraction(base) - rest
    if goal.operator is Operator.RANGE:
        least = None if goal.low is None else math.ceil(low)
        return least, None if goal.high is None else math.floor(high)
    return {
        Operator.AT_LEAST: (math.ceil(low), None),
        Operator.ABOVE: (math.floor(low) + 1, None),
        Operator.AT_MOST: (None, math.floor(high)),
        Operator.EQUAL: (math.ceil(low), math.floor(low)),
    }[goal.operator]


def conceivable(goal: Goal, most: Decimal | None) -> bool:
    """True if more answers, of whatever size, could bring a ratio that missed it to the target.

    They bring it anywhere between nought and `most` (None: any), but to none of these ends.
    """
    high = goal.bound if goal.operator is Operator.EQUAL else goal.high
    low_enough = most is None or goal.low is None or Fraction(goal.low) < Fraction(most)
    return low_enough and (high is None or high > 0)


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
