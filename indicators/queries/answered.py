"""The figures of a submission as its page needs them: with last year's, and with their files."""

from collections import defaultdict
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from indicators.models import Figure, Indicator, Objection, Submission
from indicators.queries.cuts import corrected
from indicators.queries.question import File
from indicators.workflow import State
from unions.prepared import Prepared

# figures, and files, by the key of their indicator
Figures = dict[int, Figure]
Files = dict[int, list[File]]

_FILE = ("pk", "name", "content_type", "size")


def figures_of(submission: Submission) -> tuple[Figures, Figures, Files]:
    """This submission's figures, those of the same union a year before, and its files.

    Of the year before what counts, else what was handed in, with how it stands. One statement.
    """
    now: Figures = {}
    before: Figures = {}
    files: defaultdict[int, list[File]] = defaultdict(list)
    period = submission.period
    of = (submission.pk, submission.union_id, period.programme_id, period.year - 1)
    for row in _ROWS(*of):
        own = row.submission_id == submission.pk
        if not own:
            row.standing = row.marked
        (now if own else before)[row.indicator_id] = row
        if own and row.file_pk:
            kept = (getattr(row, f"file_{name}") for name in _FILE)
            files[row.indicator_id].append(File(*kept))
    return now, before, files


def _mark() -> Case:
    """How an answer stands that is not simply approved: of those of a correction, its own alone."""
    objected = Objection.objects.filter(
        submission=OuterRef("submission__stands_for"),
        indicator=OuterRef("indicator"),
        # those before it was approved are settled
        raised_at__gte=OuterRef("submission__approved_at"),
    )
    return Case(
        When(~Q(submission__state=State.APPROVED), then=Value("chưa duyệt")),
        When(corrected("submission__") & Exists(objected), then=Value("đang đính chính")),
        default=Value(""),
    )


def _rows(submission: int, union: int, programme: int, last_year: int) -> QuerySet[Any]:
    """Each figure as often as it has files, once without."""
    before = Q(
        submission__period__year=last_year,
        submission__stands=True,
        submission__submitted_at__isnull=False,
    )
    rows = Figure.objects.filter(
        Q(submission=submission) | before,
        # already said by the first alternative, said again so that the index on unions serves both
        submission__union=union,
        submission__period__programme=programme,
    )
    files = {f"file_{name}": F(f"evidence__{name}") for name in _FILE}
    return rows.annotate(marked=_mark(), **files).order_by("evidence__pk")


_ROWS = Prepared(_rows, int, int, int, int)


def bind(indicator: Indicator, *years: Figures) -> None:
    """Spare each figure the statement by which it would look for its indicator."""
    for figures in years:
        if figure := figures.get(indicator.pk):
            figure.indicator = indicator
