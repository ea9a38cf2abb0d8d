"""Who goes on for a union that has ended: its people may finish what that left open."""

from collections.abc import Collection

from django.db.models import F

from unions.models import Succession


def caretakers(ended: Collection[int]) -> dict[int, int]:
    """The heir of each of these unions that has ended; where it has ended too, the heir of that.

    Of several heirs the one of the largest share, and of equal or unstated shares the first named.
    A statement for each link of the longest chain, one more if there is any.
    """
    found: dict[int, int] = {}
    reached = {union: union for union in ended}
    while reached:
        heirs = _heirs(set(reached.values()))
        reached = {union: heirs[at] for union, at in reached.items() if at in heirs}
        found |= reached
    return found


def _heirs(unions: Collection[int]) -> dict[int, int]:
    rows = Succession.objects.filter(
        predecessor__in=unions,
        predecessor__ended_on=F("event__effective_on"),
        event__undone_at=None,
    )
    ordered = rows.order_by(F("share").desc(nulls_last=True), "pk")
    heirs: dict[int, int] = {}
    for predecessor, successor in ordered.values_list("predecessor", "successor"):
        heirs.setdefault(predecessor, successor)
    return heirs
