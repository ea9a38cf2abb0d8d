"""What verdicts say together, and that what is missed before its day has not failed."""

from collections.abc import Sequence

from actionplan.models import Programme
from indicators.aggregation import Verdict
from indicators.models import Horizon
from indicators.queries import Outcome, Result

NOT_YET_DUE = "chưa đến hạn"

_REACHED = (Verdict.EXCEEDED.lower(), Verdict.MET.lower())
_JUDGED = (
    *_REACHED,
    Verdict.NOT_MET.lower(),
    NOT_YET_DUE,
    Verdict.NO_DATA.lower(),
    Verdict.NOT_APPLICABLE.lower(),
)


def judgement(results: Sequence[Result], programme: Programme) -> str:
    """How many indicators with a target were reached, and which were not; never “cơ bản đạt”.

    Those whose day has not come are named apart: they have not failed.
    """
    said: dict[str, list[str]] = {word: [] for word in _JUDGED}
    for result in results:
        early = missed_early(result, result, programme)
        said[NOT_YET_DUE if early else result.verdict.lower()].append(result.indicator.code)
    reached = sum(len(said[word]) for word in _REACHED)
    asked = len(results) - len(said[Verdict.NOT_APPLICABLE.lower()])
    if not asked:
        return "Chưa có chỉ tiêu nào để đánh giá."
    others = [
        f"{len(codes)} chỉ tiêu {word} ({', '.join(codes)})"
        for word, codes in said.items()
        if codes and word not in _REACHED
    ]
    return "; ".join([f"Đạt và vượt {reached}/{asked} chỉ tiêu", *others]) + "."


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
