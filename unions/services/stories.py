"""What is told of an event: kept when it is undone, since nothing else of it will be left."""

from dataclasses import asdict, dataclass, field
from typing import Any

from unions.models import OrgEvent
from unions.services import changed_places, consequences, events
from unions.services.consequences import share
from unions.vietnamese import written


@dataclass(frozen=True, slots=True)
class Story:
    """Names by the keys of unions, as they were until the event; unions that end by it; heirs.

    An heir is a name and a share in words; `after` has key, name and code of each union after it.
    """

    title: str
    changes: list[str]
    names: dict[str, str] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    heirs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    after: list[tuple[int, str, str]] = field(default_factory=list)


def story(event: OrgEvent) -> Story:
    """What is told of an event, or was told of one that is undone. Nine statements."""
    if event.story:
        return Story(**event.story)
    turns = changed_places.turns(event)
    names = {turn.last.union_id: turn.name for turn in turns}
    heirs: dict[str, list[tuple[str, str]]] = {}
    for row in event.successions.select_related("successor__current").order_by("pk"):
        name = names.get(row.successor_id, row.successor.name)
        heirs.setdefault(str(row.predecessor_id), []).append((name, share(row)))
    return Story(
        title=events.title(event),
        changes=consequences.changes(event),
        names={str(key): name for key, name in names.items()},
        ended=[str(turn.last.union_id) for turn in turns if turn.after is None],
        heirs=heirs,
        after=[
            (union.pk, names.get(union.pk, union.name), union.code)
            for union in event.successors.select_related("current")
        ],
    )


def kept(event: OrgEvent) -> dict[str, Any]:
    """The story of an event that is about to be undone, with what was to be handed over."""
    told = asdict(story(event))
    owed = list(event.hand_overs.all())
    if owed:
        items = ", ".join(row.get_item_display().lower() for row in owed)
        told["changes"].append(f"Phải bàn giao {items} trước ngày {written(owed[0].due_on)}.")
    return told
