"""One act at the running portal: what is sent where, and by what it is seen to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.permissions.worlds import WHY, World


@dataclass(frozen=True, slots=True)
class Act:
    """What is sent where; `before` it something may have to be there; `done` tells that it is."""

    address: Callable[[World], str]
    sent: Callable[[World], dict[str, Any]] | None = None
    before: Callable[[World], Any] | None = None
    # None for what is only read
    done: Callable[[World], bool] | None = None


def on(route: str, *things: str) -> Callable[[World], str]:
    """The address of a route, with the keys of the rows that stand behind its parameters."""

    def address(world: World) -> str:
        return reverse(route, args=[key(world, thing) for thing in things])

    return address


def key(world: World, thing: str) -> Any:
    if thing in world.things:
        return world.things[thing]
    known: dict[str, Callable[[], Any]] = {
        "submission": lambda: world.submission_key,
        "period": lambda: world.province.period.pk,
        "grading": lambda: getattr(world.submission, "grading", world.submission).pk,
        "plan": lambda: world.plan.pk,
        "plan-item": lambda: world.plan.items.earliest("pk").pk,
        "plan-union": lambda: getattr(world.province, world.of).code,
        "card": lambda: f"i{world.indicator.pk}",
    }
    return known[thing]() if thing in known else thing


def says_why(world: World) -> dict[str, str]:
    """What most acts ask: a reason."""
    return {"reason": WHY}
