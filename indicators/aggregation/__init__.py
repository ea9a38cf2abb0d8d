"""Plain arithmetic of indicators: totals, targets, verdicts and years, exact and unrounded."""

from indicators.aggregation.gaps import (
    Gap,
    attainable,
    best_of,
    conceivable,
    gap_of,
    headroom,
    mean_of_shares,
)
from indicators.aggregation.goals import Goal, Operator, Verdict, judge, together
from indicators.aggregation.totals import EXACT, NOBODY, Pair, Total, added
from indicators.aggregation.years import Years, goal_over, standing, value_over

__all__ = [
    "EXACT",
    "NOBODY",
    "Gap",
    "Goal",
    "Operator",
    "Pair",
    "Total",
    "Verdict",
    "Years",
    "added",
    "attainable",
    "best_of",
    "conceivable",
    "gap_of",
    "goal_over",
    "headroom",
    "judge",
    "mean_of_shares",
    "standing",
    "together",
    "value_over",
]
