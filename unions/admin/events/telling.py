"""What the page of one event shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from unions.models import HandOver, JournalEntry, OrgEvent, Union
from unions.queries import history_of
from unions.services import consequences, stories


@dataclass(frozen=True, slots=True)
class Named:
    """A union by the name that it bore then; without a row, one that an undone event founded."""

    union: Union | None
    name: str
    code: str
    # what of it went on where, for one that others inherit from
    heirs: Sequence[tuple[str, str]] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with its unions before and after, in a fixed number of statements."""

    row: OrgEvent
    title: str
    when: str
    before: list[Named]
    after: list[Named]
    changes: list[str]
    hand_overs: list[HandOver]
    history: QuerySet[JournalEntry]


def telling(event: OrgEvent) -> Telling:
    """See Telling. Of an undone event what was told of it before; unions it founded are gone."""
    told = stories.story(event)
    after = {union.pk: union for union in event.successors.all()}
    return Telling(
        row=event,
        title=told.title,
        when=consequences.when(event.effective_on),
        before=[
            Named(
                union,
                told.names.get(str(union.pk), union.name),
                union.code,
                told.heirs.get(str(union.pk), ()),
                str(union.pk) in told.ended,
            )
            for union in event.predecessors.all()
        ],
        after=[Named(after.get(key), name, code) for key, name, code in told.after],
        changes=told.changes,
        hand_overs=list(event.hand_overs.all()),
        history=history_of(event._meta.label_lower, event.pk),
    )
