"""The days of a union's forms in its agenda: its own, where it was given more time."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone

from actionplan.queries.agenda import Entry, EntryKind, Span, in_order, of_union
from actionplan.workflow import LATE
from indicators.models import Submission
from unions.access import Actor
from unions.models import Union

_DAYS = ("period__due_on", "period__closes_on", "extended_until", "final_due_on")


def agenda_of(union: Union, span: Span, user: Actor) -> list[Entry]:
    """All that stands in the agenda of a union within days, in order. Six statements."""
    return in_order([*of_union(union, span, user), *forms_of_union(union, span, user)])


def forms_of_union(union: Union, span: Span, user: Actor) -> list[Entry]:
    """When a union's forms are due, and when their periods close. One statement."""
    today = timezone.localdate()
    left = Q(caretaker=union, union__ended_on__lte=today)
    rows = Submission.objects.visible_to(user).owed().filter(Q(union=union) | left)
    within = Q(pk__in=())
    for field in _DAYS:
        within |= span.on(field)
    found = rows.filter(within).select_related("period")
    return [entry for row in found for entry in _days(row, today) if entry.day in span]


def _days(row: Submission, today: date) -> Iterator[Entry]:
    standing = row.state, row.get_state_display()
    late = row.editable and row.due_now < today
    yield _entry(row, row.due_now, "Hạn nộp", LATE if late else standing)
    if row.period.closed_at is None:
        yield _entry(row, row.period.closes_on, "Khoá kỳ", standing)


def _entry(row: Submission, day: date, what: str, standing: tuple[str, str]) -> Entry:
    title, address = f"{row.kind.lower()} {row.period}", row.get_absolute_url()
    mark = f"phieu-{row.pk}-{'han' if what == 'Hạn nộp' else 'khoa'}"
    return Entry(day, EntryKind.PERIOD, what, title, address, mark, standing)
