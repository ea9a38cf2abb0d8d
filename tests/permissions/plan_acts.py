"""The acts on a yearly plan."""

from typing import Any

from actionplan.models import Plan, PlanChange
from actionplan.workflow import PlanState
from tests.actionplan.planning import YEAR
from tests.permissions.acting import Act, on
from tests.permissions.worlds import WHY, World


def _typed(what: str) -> Any:
    """An item under the first task group."""

    def sent(world: World) -> dict[str, str]:
        group = world.province.programme.task_groups.get(number=1)
        days = {"starts_on": f"01/02/{YEAR}", "due_on": f"31/03/{YEAR}"}
        said = {"group": str(group.pk), "what": what, "who": "Ban Chấp hành", "reason": WHY}
        return _as_shown(world) | said | days

    return sent


def _as_shown(world: World, **said: str) -> dict[str, str]:
    """From a page of the portal that shows what there is now."""
    return {"revision": str(world.plan.revision), **said}


def _at_desk(world: World) -> dict[str, str]:
    """A reason, from a page of the desk that shows what there is now."""
    return {"shown": str(world.plan.revision), "reason": WHY}


def _is(state: str) -> Any:
    return lambda world: world.plan.state == state


def _has(what: str) -> Any:
    return lambda world: world.plan.items.filter(what=what).count() == 1


def _changed(world: World) -> None:
    """As if an item had been changed since it was accepted."""
    change = PlanChange.objects.create(
        plan=world.plan, item=world.plan.items.get(), sentence="Sửa", reason=WHY
    )
    world.things["change"] = change.pk


def _planned_before(world: World) -> None:
    """As if one item of the year before had not been finished."""
    item = world.plan.items.get()
    item.plan = Plan.objects.create(
        union=world.plan.union,
        programme=world.plan.programme,
        placement=world.plan.placement,
        year=YEAR - 1,
    )
    item.pk, item._state.adding, item.what = None, True, "Việc năm trước"
    item.save()
    world.things["unfinished"] = item.pk


PLAN_ACTS: dict[str, Act] = {
    "begin_plan": Act(
        on("actionplan:plan-begin", "plan-union", str(YEAR)),
        lambda world: {},
        done=lambda world: Plan.objects.count() == 1,
    ),
    "see_plan": Act(on("actionplan:plan", "plan")),
    "see_plan_at_desk": Act(on("admin:actionplan_plan_change", "plan")),
    "add_item": Act(on("actionplan:item-add", "plan"), _typed("Thêm"), done=_has("Thêm")),
    "take_over_last_year": Act(
        on("actionplan:plan-last-year", "plan"),
        lambda world: _as_shown(world, unfinished=str(world.things["unfinished"])),
        before=_planned_before,
        done=_has("Việc năm trước"),
    ),
    "change_item": Act(
        on("actionplan:item-change", "plan", "plan-item"), _typed("Sửa"), done=_has("Sửa")
    ),
    "remove_item": Act(
        on("actionplan:item-remove", "plan", "plan-item"),
        _as_shown,
        done=lambda world: not world.plan.items.exists(),
    ),
    "leave_group_empty": Act(
        on("actionplan:group-reason", "plan", "2"),
        lambda world: _as_shown(world, text=WHY),
        done=lambda world: world.plan.group_reasons.get(group__number=2).text == WHY,
    ),
    "note_progress": Act(
        on("actionplan:item", "plan", "plan-item"),
        lambda world: {"on": f"01/03/{YEAR}", "status": "done", "text": WHY},
        done=lambda world: world.plan.items.get().status == "done",
    ),
    "hand_in_plan": Act(
        on("actionplan:plan-hand-in", "plan"), _as_shown, done=_is(PlanState.SUBMITTED)
    ),
    "accept_plan": Act(
        on("admin:actionplan_plan_accept", "plan"), _at_desk, done=_is(PlanState.ACCEPTED)
    ),
    "send_back_plan": Act(
        on("admin:actionplan_plan_send_back", "plan"), _at_desk, done=_is(PlanState.RETURNED)
    ),
    "see_changes": Act(
        on("admin:actionplan_plan_see_changes", "plan"),
        lambda world: {"shown": str(world.things["change"])},
        before=_changed,
        done=lambda world: not PlanChange.objects.filter(seen_at=None).exists(),
    ),
}
