"""Mailing rows that wait, one at a time, each by one worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from unions.models.letter import Posted

Row = TypeVar("Row", bound=Posted)

# a hand-over that has not ended after this long was cut off
CUT_OFF_AFTER = timedelta(minutes=15)
TRIES = 3


def waiting(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of `rows` those that are still to be mailed and that no worker has in hand."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CUT_OFF_AFTER)
    return rows.filter(free, settled_at=None, tries__lt=TRIES)


def deliver(rows: QuerySet[Row], send: Callable[[Row], int], limit: int = 200) -> int:
    """Let `send` mail what waits, in the order of `rows`; how many letters were handed over.

    Each row is claimed by a conditional update, so that two workers never mail the same letter. One
    that the server does not take (OSError) waits for the next time, three times in all.
    """
    keys = list(waiting(rows).values_list("pk", flat=True)[:limit])
    return sum(_deliver(rows, key, send) for key in keys)


def _deliver(rows: QuerySet[Row], key: int, send: Callable[[Row], int]) -> int:
    claimed = waiting(rows).filter(pk=key)
    if not claimed.update(claimed_at=timezone.now(), tries=F("tries") + 1):
        return 0
    try:
        handed_over = send(rows.get(pk=key))
    except OSError:
        rows.filter(pk=key).update(claimed_at=None)
        return 0
    rows.filter(pk=key).update(settled_at=timezone.now())
    return handed_over
