"""Several years put together: a property of the indicator, never of the page that asks."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction

from indicators.aggregation.goals import Goal
from indicators.aggregation.totals import NOBODY, Total

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

    A year in which nobody was asked does not stand in it; a mean is over the years with a value.
    """
    asked = [total for total in totals if total.expected]
    if not asked:
        return None
    if years is Years.LAST:
        return read(asked[-1])
    if years in (Years.SUM, Years.MEAN):
        values = [value for total in asked if (value := read(total)) is not None]
        whole = sum(values, Fraction(0))
        if not values:
            return None
        return whole if years is Years.SUM else whole / len(values)
    return read(sum(asked, NOBODY))


def goal_over(years: Years, goals: Sequence[Goal | None]) -> Goal | None:
    """The target of a range of years, from those of its single years, in order.

    Sums add up and means are averaged; otherwise the last year's holds. None where a year that
    would have to be added has none, or where the operators differ.
    """
    if not goals:
        return None
    if years not in (Years.SUM, Years.MEAN):
        return goals[-1]
    set_ones = [goal for goal in goals if goal is not None]
    if len(set_ones) < len(goals) or len({goal.operator for goal in set_ones}) > 1:
        return None
    share = Fraction(1, len(set_ones) if years is Years.MEAN else 1)
    first = set_ones[0]
    return Goal(
        first.operator,
        None if first.low is None else _added(set_ones, "low") * share,
        None if first.high is None else _added(set_ones, "high") * share,
    )


def _added(goals: Sequence[Goal], end: str) -> Fraction:
    return sum((Fraction(getattr(goal, end)) for goal in goals), Fraction(0))
