"""What an event has put on record, word for word: to see whether it is still the same."""

from collections.abc import Iterator

from unions.models import OrgEvent

_KEPT = (
    *("union__code", "name", "short_name", "level", "type", "calendar", "parent__code", "cluster"),
    *("place", "suspended", "valid_from"),
)


def recorded(event: OrgEvent) -> Iterator[str]:
    """Everything that was typed of an event, as it is stored; keys of rows apart. Five statements.

    A rehearsal and the event itself have different keys.
    """
    yield repr((event.kind, event.effective_on, event.decision_number, event.signer, event.note))
    yield from map(repr, event.hand_overs.order_by("item").values_list("item", "due_on"))
    for side in (event.predecessors, event.successors):
        yield from map(repr, side.order_by("code").values_list("code"))
    opened = event.placements_opened.order_by("union__code").values_list(*_KEPT)
    yield from map(repr, opened)
    shares = event.successions.order_by("predecessor__code", "successor__code")
    yield from map(repr, shares.values_list("predecessor__code", "successor__code", "share"))
