"""The figures of a submission as its page needs them: with last year's, and with their files."""

from collections import defaultdict
from typing import Any

from django.db.models import F, Q

from indicators.models import Figure, Indicator, Submission
from indicators.queries.question import File
from indicators.workflow import State

# figures, and files, by the key of their indicator
Figures = dict[int, Figure]
Files = dict[int, list[File]]

_FILE = ("pk", "name", "content_type", "size")


def figures_of(submission: Submission) -> tuple[Figures, Figures, Files]:
    """This submission's figures, those of the same union approved a year before, and its files.

    One statement.
    """
    now: Figures = {}
    before: Figures = {}
    files: defaultdict[int, list[File]] = defaultdict(list)
    for row in _rows(submission):
        own = row.submission_id == submission.pk
        (now if own else before)[row.indicator_id] = row
        if own and row.file_pk:
            of = (getattr(row, f"file_{name}") for name in _FILE)
            files[row.indicator_id].append(File(*of))
    return now, before, files


def _rows(submission: Submission) -> Any:
    """Each figure as often as it has files, once without."""
    period = submission.period
    last_year = Q(submission__period__year=period.year - 1, submission__state=State.APPROVED)
    rows = Figure.objects.filter(
        Q(submission=submission) | last_year,
        # already said by the first alternative, said again so that the index on unions serves both
        submission__union=submission.union_id,
        submission__period__programme=period.programme_id,
    )
    return rows.annotate(**{f"file_{name}": F(f"evidence__{name}") for name in _FILE}).order_by(
        "evidence__pk"
    )


def bind(indicator: Indicator, *years: Figures) -> None:
    """Spare each figure the statement by which it would look for its indicator."""
    for figures in years:
        if figure := figures.get(indicator.pk):
            figure.indicator = indicator
