"""The figures of a submission as its page needs them: with last year's, and with their files."""

from collections import defaultdict
from typing import Any

from django.db.models import F, Q, QuerySet

from indicators.models import Figure, Indicator, Submission
from indicators.queries.question import File
from indicators.workflow import State
from unions.prepared import Prepared

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
    period = submission.period
    of = (submission.pk, submission.union_id, period.programme_id, period.year - 1)
    for row in _ROWS(*of):
        own = row.submission_id == submission.pk
        (now if own else before)[row.indicator_id] = row
        if own and row.file_pk:
            kept = (getattr(row, f"file_{name}") for name in _FILE)
            files[row.indicator_id].append(File(*kept))
    return now, before, files


def _rows(submission: int, union: int, programme: int, last_year: int) -> QuerySet[Any]:
    """Each figure as often as it has files, once without."""
    before = Q(submission__period__year=last_year, submission__state=State.APPROVED)
    rows = Figure.objects.filter(
        Q(submission=submission) | before,
        # already said by the first alternative, said again so that the index on unions serves both
        submission__union=union,
        submission__period__programme=programme,
    )
    return rows.annotate(**{f"file_{name}": F(f"evidence__{name}") for name in _FILE}).order_by(
        "evidence__pk"
    )


_ROWS = Prepared(_rows, int, int, int, int)


def bind(indicator: Indicator, *years: Figures) -> None:
    """Spare each figure the statement by which it would look for its indicator."""
    for figures in years:
        if figure := figures.get(indicator.pk):
            figure.indicator = indicator
