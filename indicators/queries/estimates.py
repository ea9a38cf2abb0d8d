"""What a union had handed in as estimates when it was asked for the final figures, and since."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from indicators.models import Figure, Indicator, Objection, Submission
from indicators.queries.frozen import Frozen, frozen_answer, pair_of
from indicators.queries.question import written

_FINAL = "Số chính thức thay số ước đã duyệt"
_TAKEN_AWAY = "-"


def estimates(submission: Submission, indicators: Sequence[Indicator]) -> dict[int, str]:
    """Each estimate as it was written then, by the key of its indicator.

    No statement where no final figures were asked for, one otherwise.
    """
    moment = submission.final_asked_at
    if moment is None:
        return {}
    rows = Figure.history.filter(submission=submission.pk, history_date__lte=moment)
    last = {row.indicator_id: row for row in rows.order_by("history_date", "history_id")}
    return {
        one.pk: _written(row, one)
        for one in indicators
        if (row := last.get(one.pk)) and row.history_type != _TAKEN_AWAY
    }


def made_final(submission: Submission) -> list[Objection]:
    """What the final figures changed of approved estimates, each told like what was objected to.

    No statement unless final figures were asked for and handed in, one then.
    """
    if submission.final_asked_at is None or submission.editable:
        return []
    approved = Q(submission__stands_for=submission, submission__estimate=True)
    rows = Figure.objects.filter(
        approved | Q(submission=submission), indicator__dropped=False
    ).select_related("indicator")
    estimated = [one for one in rows if one.submission_id != submission.pk]
    before = _frozen(estimated)
    after = _frozen([one for one in rows if one.submission_id == submission.pk])
    told = (
        Objection(
            submission=submission,
            indicator=one.indicator,
            reason=_FINAL,
            before=before[one.indicator_id],
            after=after.get(one.indicator_id, {}),
        )
        for one in estimated
        if one.indicator_id in before
    )
    return [one for one in told if one.stood != one.stands]


def _frozen(figures: Sequence[Figure]) -> dict[int, Frozen]:
    """The answers by their indicators, with the pairs of the parts that count them too."""
    found = {
        one.indicator_id: frozen_answer(one, [], written(one))
        for one in figures
        if not one.indicator.shares_answer
    }
    wholes = dict(found)
    for one in figures:
        if one.indicator.shares_answer and (whole := wholes.get(one.indicator.parent_id or 0)):
            whole.setdefault("parts", {})[str(one.indicator_id)] = pair_of(
                frozen_answer(one, [], "")
            )
            wholes[one.indicator_id] = whole
    return found


def _written(row: Any, indicator: Indicator) -> str:
    figure: Figure = row.instance
    figure.indicator = indicator
    return written(figure)
