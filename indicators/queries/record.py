"""What one union handed in, year by year: the table on its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from actionplan.models import Programme
from indicators.models import Figure, Indicator, Submission
from indicators.queries.begun import begun
from indicators.queries.question import written
from unions.access import Actor, Permission
from unions.models import Union


@dataclass(frozen=True, slots=True)
class Answered:
    """One indicator: what was answered in each submission, empty where nothing was."""

    indicator: Indicator
    answers: list[str]


@dataclass(frozen=True, slots=True)
class Record:
    """The submissions of a union for one programme, oldest first, and all it answered in them."""

    programme: Programme
    submissions: list[Submission]
    rows: list[Answered]


def records(union: Union, reader: Actor) -> list[Record]:
    """What the union handed in as far as `reader` may know of it, the newest programme first.

    Two statements: submissions, figures.
    """
    submissions = list(
        Submission.objects.filter(union=union)
        .visible_to(reader, Permission.USE_DESK)
        .select_related("period__programme", "placement")
        .annotate(begun=begun())
        .order_by("period__year", "period__cut_off_on", "pk")
    )
    figures = Figure.objects.filter(submission__in=submissions).select_related("indicator")
    of: dict[int, dict[int, Figure]] = {}
    for figure in figures:
        of.setdefault(figure.indicator_id, {})[figure.submission_id] = figure
    programmes = {one.period.programme_id: one.period.programme for one in submissions}
    newest_first = sorted(programmes.values(), key=lambda one: (-one.term_from, one.pk))
    return [_record(programme, submissions, of.values()) for programme in newest_first]


def _record(
    programme: Programme, submissions: list[Submission], answered: Iterable[dict[int, Figure]]
) -> Record:
    own = [one for one in submissions if one.period.programme_id == programme.pk]
    rows = [
        Answered(indicator, [_said(figures.get(one.pk)) for one in own])
        for figures in answered
        if (indicator := next(iter(figures.values())).indicator).programme_id == programme.pk
    ]
    return Record(programme, own, sorted(rows, key=lambda row: row.indicator.position))


def _said(figure: Figure | None) -> str:
    return written(figure) if figure else ""
