"""What verdicts say together, and that what is missed before its day has not failed."""

from collections.abc import Sequence

from indicators.aggregation import Verdict
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


def told(outcome: Outcome) -> str:
    """The verdict, and beneath it what has to be known of it."""
    verdict, why = outcome.verdict.value, because(outcome)
    return f"{verdict}\n({why})" if why else verdict


def because(outcome: Outcome) -> str:
    """That the day of the target has not come, or which groups keep from the verdict of the whole.

    Empty where the value beside the target says it.
    """
    if outcome.early:
        return NOT_YET_DUE
    if not isinstance(outcome, Result) or not outcome.alone.reached or outcome.verdict.reached:
        return ""
    groups = [one.group for one in outcome.parts if one.outcome.verdict is outcome.verdict]
    return f"nhóm {', '.join(groups)} {outcome.verdict.lower()}"


def judgement(results: Sequence[Result]) -> str:
    """How many indicators with a target were reached, and which were not; never “cơ bản đạt”.

    Those whose day has not come are named apart: they have not failed.
    """
    said: dict[str, list[str]] = {word: [] for word in _JUDGED}
    for result in results:
        said[NOT_YET_DUE if result.early else result.verdict.lower()].append(result.indicator.code)
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
