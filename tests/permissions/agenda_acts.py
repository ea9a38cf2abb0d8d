"""The acts on the agenda of a union."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from actionplan.models import CalendarFeed
from tests.permissions.acting import Act, on


def _of_health(route: str) -> Callable[[Any], str]:
    return lambda world: reverse(route, args=[world.province.health.code])


def _nothing(world: Any) -> dict[str, Any]:
    return {}


def _is_another(world: Any) -> bool:
    known = world.things.get("digests", set())
    return CalendarFeed.objects.exclude(digest__in=known).count() == 1


def _is_gone(world: Any) -> bool:
    return CalendarFeed.objects.count() == len(world.things["digests"]) - 1


AGENDA_ACTS: dict[str, Act] = {
    "see_agenda": Act(_of_health("reports:agenda")),
    "see_agenda_at_desk": Act(on("admin:actionplan_plan_agenda")),
    "make_feed": Act(_of_health("reports:feed"), _nothing, done=_is_another),
    "revoke_feed": Act(_of_health("reports:feed-revoke"), _nothing, done=_is_gone),
}
