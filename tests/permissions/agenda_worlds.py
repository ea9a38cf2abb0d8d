"""The small province with and without a secret address of a union's agenda."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from actionplan.models import CalendarFeed
from actionplan.services import feeds


def _no_address(world: Any) -> None:
    """As people come to it."""


def _address_made(world: Any) -> None:
    """By everyone who may."""
    for person in world.people.values():
        try:
            feeds.make(world.province.health, by=person)
        except PermissionDenied:
            continue
    world.things["digests"] = set(CalendarFeed.objects.values_list("digest", flat=True))


WITH_ADDRESS: dict[str, Callable[[Any], None]] = {"non": _no_address, "mad": _address_made}
