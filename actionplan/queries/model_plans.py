"""What a model plan offers to a union and asks of it, and how its plan answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.models import ModelItem, ModelPlan, Plan
from unions.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Proposed:
    """A model item beside what a plan makes of it; `reason` is why it does without."""

    item: ModelItem
    is_asked: bool
    is_taken: bool
    reason: str

    @property
    def is_left(self) -> bool:
        """Whether it is asked for, and the plan has neither it nor a reason."""
        return self.is_asked and not (self.is_taken or self.reason)


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """The model plan of a plan's year, if one was issued, as far as it concerns the union."""

    model: ModelPlan | None
    lines: Sequence[Proposed] = ()

    @property
    def open(self) -> list[ModelItem]:
        """What may be taken over still."""
        return [line.item for line in self.lines if not line.is_taken]

    @property
    def left(self) -> list[ModelItem]:
        """What is asked for still."""
        return [line.item for line in self.lines if line.is_left]

    @property
    def reasons(self) -> list[Proposed]:
        """What the union does without, and why."""
        return [line for line in self.lines if line.reason and not line.is_taken]


def model_sheet(plan: Plan) -> ModelSheet:
    """See ModelSheet. Four statements; one if nothing was issued.

    An item is taken if the plan has it from there, or says the same words in the same group; one
    that was dropped has said why. The union that issued the programme answers to no model.
    """
    model = _model_of(plan)
    if model is None:
        return ModelSheet(None)
    there = list(plan.items.values_list("group", "what", "model"))
    taken = {key for _, _, key in there}
    said = {(group, fold(what)) for group, what, _ in there}
    reasons = dict(plan.model_reasons.values_list("item", "text"))
    type_ = plan.placement.type
    lines = [
        Proposed(
            item,
            is_asked=type_ in item.asked_of,
            is_taken=item.pk in taken or (item.group_id, fold(item.what)) in said,
            reason=reasons.get(item.pk, ""),
        )
        for item in model.items.filter(group__dropped=False).select_related("group")
        if type_ in item.asked_of or type_ in item.offered_to
    ]
    return ModelSheet(model, lines)


def _model_of(plan: Plan) -> ModelPlan | None:
    issued = ModelPlan.objects.filter(issued_at__isnull=False, programme=plan.programme_id)
    others = issued.exclude(programme__union=plan.union_id)
    return others.filter(year=plan.year).first()
