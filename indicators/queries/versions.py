"""The history of each value: what stood in a submission, since when, by whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from indicators.models import Answer, Figure, Indicator, OnBehalf, Submission


@dataclass(frozen=True, slots=True)
class Version:
    """One answer as it was saved; `removed` where it was taken away."""

    at: datetime
    by: str
    written: str
    remark: str = ""
    removed: bool = False

    def says_as(self, other: "Version") -> bool:
        """True where both say the same, whoever saved it."""
        mine = (self.written, self.remark, self.removed)
        return mine == (other.written, other.remark, other.removed)


def versions_of(
    submission: Submission, indicators: Sequence[Indicator]
) -> dict[int, list[Version]]:
    """Every answer that was saved, oldest first, by the key of its indicator. One statement.

    What was saved again without a change is told once.
    """
    known = {one.pk: one for one in indicators}
    rows = Figure.history.filter(submission=submission.pk).select_related("history_user")
    rows = rows.annotate(on_behalf=_on_behalf())
    found: defaultdict[int, list[Version]] = defaultdict(list)
    for row in rows.order_by("history_date", "history_id"):
        if row.indicator_id in known:
            _add(found[row.indicator_id], _version(row, known[row.indicator_id]))
    return dict(found)


def _on_behalf() -> Exists:
    """Whether who saved it entered on behalf of the union at that moment."""
    at = OuterRef("history_date")
    rows = OnBehalf.objects.filter(
        submission=OuterRef("submission"), begun_by=OuterRef("history_user"), begun_at__lte=at
    )
    return Exists(rows.filter(Q(ended_at=None) | Q(ended_at__gte=at)))


def _add(versions: list[Version], one: Version) -> None:
    if not versions or not one.says_as(versions[-1]):
        versions.append(one)


def _version(row: Any, indicator: Indicator) -> Version:
    rule = indicator.rule
    left = row.answer == Answer.NOT_ARISING
    written = rule.left(row.reason) if left else rule.written(row.answers)
    by = row.history_user.full_name if row.history_user else ""
    if row.on_behalf:
        by = f"{by} (nhập thay)"
    return Version(row.history_date, by, written, row.remark, row.history_type == "-")
