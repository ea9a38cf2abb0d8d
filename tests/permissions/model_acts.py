"""The acts on a model plan: the province writes it, a union answers it in its own plan."""

from typing import Any

from actionplan.models import ModelItem, ModelPlan, ModelReason
from tests.actionplan.modelled import YEAR, modelled
from tests.permissions.acting import Act, on
from tests.permissions.worlds import WHY, World


def _issued(world: World) -> None:
    """As if it had been issued since: one item asked of the union, one offered to it."""
    model, asked, offered = modelled(world.province)
    world.things |= {"model": model.pk, "asked": asked.pk, "offered": offered.pk}


def _typed(world: World) -> dict[str, Any]:
    group = world.province.programme.task_groups.get(number=1)
    days = {"starts_on": f"01/02/{YEAR}", "due_on": f"31/03/{YEAR}"}
    said = {"group": str(group.pk), "what": WHY, "who": "Ban Chấp hành", "offered_to": ["agency"]}
    return said | days


def _of_page(world: World, **said: str) -> dict[str, str]:
    return {"revision": str(world.plan.revision), **said}


def _proposed(world: World) -> bool:
    return ModelItem.objects.filter(what=WHY).count() == 1


MODEL_ACTS: dict[str, Act] = {
    "take_model_items": Act(
        on("actionplan:plan-model", "plan"),
        lambda world: _of_page(world, offered=str(world.things["offered"])),
        before=_issued,
        done=lambda world: world.plan.items.filter(model=world.things["offered"]).exists(),
    ),
    "do_without_model_item": Act(
        on("actionplan:model-reason", "plan", "asked"),
        lambda world: _of_page(world, text=WHY),
        before=_issued,
        done=lambda world: ModelReason.objects.filter(plan=world.plan, text=WHY).exists(),
    ),
    "set_up_model_plan": Act(
        on("admin:actionplan_modelplan_set_up"),
        lambda world: {"year": f"{world.province.programme.pk}-{YEAR}", "due_on": "31/01/2025"},
        done=lambda world: ModelPlan.objects.count() == 1,
    ),
    "propose_model_item": Act(
        on("admin:actionplan_modelplan_propose", "model"),
        _typed,
        before=_issued,
        done=_proposed,
    ),
    "issue_model_plan": Act(
        on("admin:actionplan_modelplan_issue", "model"),
        lambda world: {},
        before=lambda world: (_issued(world), ModelPlan.objects.update(issued_at=None)),
        done=lambda world: ModelPlan.objects.get().issued_at is not None,
    ),
    "move_model_due_day": Act(
        on("admin:actionplan_modelplan_move_due_day", "model"),
        lambda world: {"due_on": f"15/02/{YEAR}"},
        before=_issued,
        done=lambda world: ModelPlan.objects.get().due_on.day == 15,
    ),
    "amend_model_item": Act(
        on("admin:actionplan_modelitem_amend", "offered"),
        _typed,
        before=_issued,
        done=_proposed,
    ),
    "take_out_model_item": Act(
        on("admin:actionplan_modelitem_take_out", "offered"),
        lambda world: {},
        before=_issued,
        done=lambda world: ModelItem.objects.count() == 1,
    ),
}
