"""Whether the day of a target has come: what is missed before it has not failed."""

from actionplan.models import Programme
from indicators.aggregation import Verdict
from indicators.models import Horizon
from indicators.queries import Outcome, Result

NOT_YET_DUE = "chưa đến hạn"


def missed_early(outcome: Outcome, result: Result, programme: Programme) -> bool:
    """True where an outcome of `result`, of all or of a group, was missed before its day."""
    last = max((one.year for one in result.years), default=None)
    return last is not None and comes_later(outcome, last, programme)


def comes_later(outcome: Outcome, year: int, programme: Programme) -> bool:
    """True where a target was missed in a year before the one by which it is to be reached."""
    due = _due(outcome, programme)
    missed = outcome.verdict is Verdict.NOT_MET
    return missed and due is not None and year < due and not _lost(outcome)


def _due(outcome: Outcome, programme: Programme) -> int | None:
    """The year by which it is to be reached; None if it is asked for every year."""
    indicator = outcome.indicator
    if indicator.horizon == Horizon.TERM:
        return max(programme.years, default=None)
    return indicator.due_year if indicator.horizon == Horizon.BY_YEAR else None


def _lost(outcome: Outcome) -> bool:
    """True of a running total above its ceiling: it never comes down again."""
    goal = outcome.goal
    if goal is None or outcome.exact is None or not outcome.indicator.cumulative:
        return False
    if goal.high is None and goal.floor:
        return False
    return outcome.exact > (goal.bound if goal.high is None else goal.high)
