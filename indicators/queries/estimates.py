"""What a union had handed in as estimates when it was asked for the final figures."""

from collections.abc import Sequence
from typing import Any

from indicators.models import Figure, Indicator, Submission
from indicators.queries.question import written

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


def _written(row: Any, indicator: Indicator) -> str:
    figure: Figure = row.instance
    figure.indicator = indicator
    return written(figure)
