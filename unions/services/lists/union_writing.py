"""Many unions founded and changed at once: rows, placements, events, history and journal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from unions.models import JournalEntry, OrgEvent, Placement, Union, User
from unions.scoping import keys_of
from unions.services import events, journal
from unions.services.events import Decision
from unions.services.lists.union_words import Change, Newcomer
from unions.vietnamese import fold, tidy

RENAME = OrgEvent.Kind.RENAME
_BATCH = 1000
# of one event people are told in one notice
_OF_ONE_EVENT = 50
_KEPT = (
    *("union_id", "name", "short_name", "level", "type", "calendar", "parent_id"),
    *("cluster", "place", "path", "suspended"),
)

Some = TypeVar("Some")


def found(newcomers: Sequence[Newcomer], *, by: User | None) -> None:
    """Found unions, those above before those beneath, each by an event of its own.

    Nine statements a thousand, and what the apps above do about them.
    """
    unions = [new.union for new in newcomers]
    for union in unions:
        union.current = None  # a row that has no key yet
    Union.objects.bulk_create(unions, batch_size=_BATCH)
    founded = OrgEvent.objects.bulk_create(
        [_founding(new, by) for new in newcomers], batch_size=_BATCH
    )
    _place(newcomers, founded, by)
    through = OrgEvent.successors.through
    through.objects.bulk_create(
        [
            through(orgevent_id=event.pk, union_id=union.pk)
            for event, union in zip(founded, unions, strict=True)
        ],
        batch_size=_BATCH,
    )
    JournalEntry.objects.bulk_create(
        [_line(new, event, by) for new, event in zip(newcomers, founded, strict=True)],
        batch_size=_BATCH,
    )
    for some in _parts([union.pk for union in unions], _BATCH):
        _stand(some)
        events.follow_foundings(some)


def change(
    changes: Mapping[int, Change],
    beneath: Mapping[int, Sequence[Placement]],
    decision: Decision,
    *,
    by: User | None,
) -> None:
    """Change unions by as few events as there are kinds of change, of at most fifty unions each.

    `beneath` has what moves along with each union that comes under another.
    """
    for kind in OrgEvent.Kind:
        alike = [(key, one) for key, one in changes.items() if one.kind == kind]
        for some in _parts(alike, _OF_ONE_EVENT):
            unions = [one.was.union for _, one in some]
            names = [one.changes.get("name", "") for _, one in some if kind == RENAME]
            event = events.record(kind, unions, [], decision, by=by, names=names)
            placements = [_after(one.was, event, one.changes) for _, one in some]
            moved = [
                _after(row, event, {"path": after.path + row.path.removeprefix(one.was.path)})
                for (key, one), after in zip(some, placements, strict=True)
                for row in beneath.get(key, ())
            ]
            were = [one.was for _, one in some]
            along = [row for key, _ in some for row in beneath.get(key, ())]
            _replace([*were, *along], [*placements, *moved], event, by)
            events.conclude(event)


def _founding(new: Newcomer, by: User | None) -> OrgEvent:
    return OrgEvent(
        kind=OrgEvent.Kind.FOUND,
        effective_on=new.decision.effective_on,
        decision_number=tidy(new.decision.number),
        signer=tidy(new.decision.signer),
        note=new.decision.note,
        recorded_by=by,
    )


def _place(newcomers: Sequence[Newcomer], founded: Sequence[OrgEvent], by: User | None) -> None:
    paths: dict[int, str] = {}
    for new, event in zip(newcomers, founded, strict=True):
        placement, union = new.placement, new.union
        above = paths.get(new.parent.pk) or new.above
        paths[union.pk] = placement.path = f"{above}{union.pk}."
        placement.union, placement.parent, placement.opened_by = union, new.parent, event
    placements = [new.placement for new in newcomers]
    Placement.objects.bulk_create(placements, batch_size=_BATCH)
    Placement.history.bulk_history_create(placements, batch_size=_BATCH, default_user=by)


def _line(new: Newcomer, event: OrgEvent, by: User | None) -> JournalEntry:
    day = new.decision.effective_on
    return journal.entry(
        f"{OrgEvent.Kind.FOUND.label} {new.placement.name} từ ngày {day:%d/%m/%Y}",
        by=by,
        about=event,
        union_id=keys_of(new.placement.path)[0],
        details={"decision": event.decision_number},
    )


def _stand(unions: Sequence[int]) -> None:
    """Point unions at the last of their placements."""
    lasting = Placement.objects.filter(union=OuterRef("pk"), valid_to=None)
    Union.objects.filter(pk__in=unions).update(current=Subquery(lasting.values("pk")[:1]))


def _after(was: Placement, event: OrgEvent, changes: Mapping[str, Any]) -> Placement:
    """The placement that follows `was`, from the day of the event on."""
    kept = {name: getattr(was, name) for name in _KEPT}
    if "parent" in changes:
        del kept["parent_id"]
    placement = Placement(**(kept | dict(changes)), valid_from=event.effective_on, opened_by=event)
    placement.name_folded = fold(f"{placement.name} {placement.short_name}").strip()
    return placement


def _replace(
    were: Sequence[Placement], after: Sequence[Placement], event: OrgEvent, by: User | None
) -> None:
    day = event.effective_on
    for some in _parts(were, _BATCH):
        rows = Placement.objects.filter(pk__in=[placement.pk for placement in some])
        rows.update(valid_to=day, closed_by=event)
    for placement in were:
        placement.valid_to, placement.closed_by = day, event
    Placement.history.bulk_history_create(were, batch_size=_BATCH, update=True, default_user=by)
    Placement.objects.bulk_create(after, batch_size=_BATCH)
    Placement.history.bulk_history_create(after, batch_size=_BATCH, default_user=by)
    if day <= timezone.localdate():
        for keys in _parts([placement.union_id for placement in after], _BATCH):
            _stand(keys)


def _parts(rows: Sequence[Some], size: int) -> Iterator[Sequence[Some]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
