"""Several years put together: a property of the indicator, never of the page that asks."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction

from indicators.aggregation.goals import Goal
from indicators.aggregation.totals import Total, added

Read = Callable[[Total], Fraction | None]


class Years(StrEnum):
    """How the years of a range become one value."""

    LAST = "last"
    MEAN = "mean"
    SUM = "sum"
    POOLED = "pooled"
    ALL_MET = "all_met"

    @property
    def label(self) -> str:
        """As it is written under a table."""
        return _LABELS[self]


_LABELS = {
    Years.LAST: "lấy năm cuối",
    Years.MEAN: "bình quân các năm",
    Years.SUM: "cộng các năm",
    Years.POOLED: "cộng tử số và mẫu số các năm",
    Years.ALL_MET: "từng năm đều phải đạt",
}


def value_over(years: Years, totals: Sequence[Total], read: Read) -> Fraction | None:
    """The value of a range of years, exact; `read` tells that of one total.

    A year in which nobody was asked does not stand in it; a mean is over the years with answers.
    """
    asked = [totals[at] for at in standing(years, totals)]
    if not asked:
        return None
    if years is Years.LAST or len(asked) == 1:
        return read(asked[-1])
    if years in (Years.SUM, Years.MEAN):
        values = [value for total in asked if (value := read(total)) is not None]
        whole = sum(values, Fraction(0))
        if not values:
            return None
        return whole if years is Years.SUM else whole / len(values)
    return read(added(asked))


def standing(years: Years, totals: Sequence[Total]) -> list[int]:
    """Which years of a range stand in its value, by their place in it.

    Those in which somebody was asked; in a mean those that have a value: in which somebody
    answered, and not everybody that it did not arise.
    """
    asked = [at for at, total in enumerate(totals) if total.expected]
    if years is Years.MEAN:
        answered = [at for at in asked if totals[at].answered]
        return [at for at in answered if totals[at].denominator] or answered or asked
    return asked


def goal_over(years: Years, goals: Sequence[Goal | None], totals: Sequence[Total]) -> Goal | None:
    """The target of a range of years, from those of its single years, in order.

    Sums add up, whether or not a year has begun; means are averaged over the years that stand in
    the value; otherwise the last of these holds. None where a year that would have to be added
    has none, or where the operators differ.
    """
    stand = standing(years, totals) or range(len(goals))
    if years is Years.SUM:
        counted = [goal for at, goal in enumerate(goals) if goal is not None or at in stand]
    else:
        counted = [goals[at] for at in stand]
    if years not in (Years.SUM, Years.MEAN):
        return counted[-1] if counted else None
    return _added(counted, Fraction(1, len(counted) or 1) if years is Years.MEAN else Fraction(1))


def _added(goals: Sequence[Goal | None], share: Fraction) -> Goal | None:
    """The targets added up, and a share of that."""
    named = [goal for goal in goals if goal is not None]
    if not named or len(named) < len(goals) or len({goal.operator for goal in named}) > 1:
        return None
    lows = [Fraction(goal.low) for goal in named if goal.low is not None]
    highs = [Fraction(goal.high) for goal in named if goal.high is not None]
    return Goal(
        named[0].operator,
        sum(lows, Fraction(0)) * share if lows else None,
        sum(highs, Fraction(0)) * share if highs else None,
    )
