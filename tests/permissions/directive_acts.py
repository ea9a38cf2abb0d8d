"""The acts on directives, and on the milestones of the breakthroughs."""

from collections.abc import Callable
from typing import Any

from actionplan.models import Contribution, Directive, DirectiveCopy, Milestone
from actionplan.queries.directives import recipients
from actionplan.services import milestones
from actionplan.services.milestones import Share
from tests.permissions.acting import Act, on, says_why
from tests.permissions.worlds import WHY, World, soon


def _order(world: World) -> dict[str, str]:
    """A directive to everyone, as it is typed."""
    due = f"{soon(30):%d/%m/%Y}"
    return {"title": WHY, "text": WHY, "due_on": due, "everyone": "on"}


def _typed(**said: str) -> Callable[[World], dict[str, str]]:
    return lambda world: said


def _directive(world: World) -> Directive | None:
    return Directive.objects.filter(pk=world.things["directive"]).first()


def _copy(world: World) -> DirectiveCopy:
    return DirectiveCopy.objects.get(pk=world.things["copy"])


def _directive_is(state: str) -> Callable[[World], bool]:
    return lambda world: Directive.objects.get(pk=world.things["directive"]).state == state


def _copy_is(state: str) -> Callable[[World], bool]:
    return lambda world: _copy(world).state == state


def _shown(world: World) -> dict[str, str]:
    """From a page that shows who gets it now."""
    directive = _directive(world)
    return {"shown": recipients(directive).mark} if directive else {}


def _contributed(world: World) -> None:
    """Something that the health union noted."""
    milestone, health = _milestone(world), world.province.health
    share = Share(soon(0), WHY)
    noted = milestones.contribute(milestone, health, share, by=world.people["chair"])
    world.things["share"] = noted.pk


def _milestone(world: World) -> Milestone:
    return Milestone.objects.get(pk=world.things["milestone"])


def _goal(world: World) -> dict[str, Any]:
    said = {"title": WHY, "owner": "Văn phòng", "due_on": "30/06/2026"}
    return said | {"breakthrough": str(world.things["breakthrough"])}


def _of_directive(name: str, sent: Any, done: Callable[[World], bool]) -> Act:
    return Act(on(f"admin:actionplan_directive_{name}", "directive"), sent, done=done)


def _of_copy(name: str, sent: Any, done: Callable[[World], bool]) -> Act:
    return Act(on(f"admin:actionplan_directivecopy_{name}", "copy"), sent, done=done)


DIRECTIVE_ACTS: dict[str, Act] = {
    "write_directive": Act(
        on("admin:actionplan_directive_write"),
        _order,
        done=lambda world: Directive.objects.filter(title=WHY).count() == 1,
    ),
    "amend_directive": _of_directive(
        "amend", _order, lambda world: Directive.objects.get().title == WHY
    ),
    "send_directive": _of_directive("send", _shown, _directive_is("sent")),
    "discard_directive": _of_directive(
        "discard", _typed(), lambda world: _directive(world) is None
    ),
    "withdraw_directive": _of_directive("withdraw", says_why, _directive_is("withdrawn")),
    "see_directive_at_desk": Act(on("admin:actionplan_directive_change", "directive")),
    "see_directive": Act(on("actionplan:directive", "copy")),
    "see_answers_at_desk": Act(on("admin:actionplan_directivecopy_change", "copy")),
    "acknowledge_directive": Act(
        on("actionplan:directive-acknowledge", "copy"),
        _typed(),
        done=lambda world: _copy(world).acknowledged_by is not None,
    ),
    "draft_result": Act(
        on("actionplan:directive", "copy"),
        _typed(text=WHY),
        done=lambda world: _copy(world).results.get(given_at=None).text == WHY,
    ),
    "give_result": Act(
        on("actionplan:directive", "copy"),
        _typed(text=WHY, give="1"),
        done=_copy_is("reported"),
    ),
    "accept_result": _of_copy("accept", _typed(), _copy_is("accepted")),
    "ask_more_of_result": _of_copy("ask_more", says_why, _copy_is("more")),
    "extend_directive": _of_copy(
        "extend",
        lambda world: {"until": f"{soon(40):%d/%m/%Y}", "reason": WHY},
        lambda world: _copy(world).extended_until == soon(40),
    ),
    "set_milestone": Act(
        on("admin:actionplan_milestone_add_milestone"),
        _goal,
        done=lambda world: Milestone.objects.count() == 2,
    ),
    "amend_milestone": Act(
        on("admin:actionplan_milestone_amend", "milestone"),
        _goal,
        done=lambda world: _milestone(world).title == WHY,
    ),
    "state_milestone": Act(
        on("admin:actionplan_milestone_stand", "milestone"),
        _typed(status="dropped", result=WHY),
        done=lambda world: _milestone(world).result == WHY,
    ),
    "see_milestone": Act(on("actionplan:milestone", "milestone")),
    "contribute": Act(
        on("actionplan:milestone", "milestone"),
        lambda world: {"on": f"{soon(0):%d/%m/%Y}", "text": WHY},
        done=lambda world: Contribution.objects.count() == 1,
    ),
    "take_back_share": Act(
        on("actionplan:contribution-take-back", "share"),
        _typed(),
        before=_contributed,
        done=lambda world: not Contribution.objects.exists(),
    ),
}
