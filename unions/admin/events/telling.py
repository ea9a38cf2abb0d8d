"""What the page of one event shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from unions.models import HandOver, JournalEntry, OrgEvent, Succession, Union
from unions.queries import history_of
from unions.services import consequences
from unions.services.consequences import share


@dataclass(frozen=True, slots=True)
class Named:
    """A union by the name that it bore then."""

    union: Union
    name: str
    # what of it went on where, for one that others inherit from
    heirs: Sequence[tuple[str, str]] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with its unions before and after, in a fixed number of statements."""

    row: OrgEvent
    when: str
    before: list[Named]
    after: list[Named]
    changes: list[str]
    hand_overs: list[HandOver]
    history: QuerySet[JournalEntry]


def telling(event: OrgEvent) -> Telling:
    """See Telling."""
    turns = consequences.turns(event)
    names = {turn.last.union_id: turn.name for turn in turns}
    ended = {turn.last.union_id for turn in turns if turn.after is None}
    heirs: dict[int, list[tuple[str, str]]] = {}
    for row in event.successions.select_related("successor__current").order_by("pk"):
        heirs.setdefault(row.predecessor_id, []).append((_named(row, names), share(row)))
    return Telling(
        row=event,
        when=consequences.when(event.effective_on),
        before=[
            Named(
                union,
                names.get(union.pk, union.name),
                heirs.get(union.pk, ()),
                union.pk in ended,
            )
            for union in event.predecessors.all()
        ],
        after=[Named(union, names.get(union.pk, union.name)) for union in event.successors.all()],
        changes=consequences.changes(event),
        hand_overs=list(event.hand_overs.all()),
        history=history_of(event._meta.label_lower, event.pk),
    )


def _named(row: Succession, names: dict[int, str]) -> str:
    return names.get(row.successor_id, row.successor.name)
