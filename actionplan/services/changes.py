"""What a plan says otherwise: counted, written down, and once it was accepted shown to the desk."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from actionplan.models import Plan, PlanChange, PlanItem
from actionplan.services.fitting import Item
from actionplan.workflow import PlanState
from unions.models import User
from unions.quantities import Quantity
from unions.services import journal
from unions.vietnamese import written
from unions.workflow import stated_reason

# what a field is called, what it said, what it says
Difference = tuple[str, str, str]

_EMPTY = "để trống"


def keep(
    plan: Plan,
    row: PlanItem,
    sentence: str,
    reason: str,
    *,
    by: User | None,
    differences: tuple[Difference, ...] = (),
) -> None:
    """Count the change and write it down; of a plan that was handed in it owes a reason.

    Of one that was accepted the desk is shown it, until somebody there has seen it.
    """
    why = "" if plan.editable else stated_reason(reason, "điều chỉnh kế hoạch đã gửi")
    if plan.state == PlanState.ACCEPTED:
        PlanChange.objects.create(
            plan=plan, item=row, sentence=sentence, differences=differences, reason=why, by=by
        )
    plan.revision += 1
    plan.save(update_fields=["revision"])
    journal.record(f"{sentence} ({plan})", by=by, about=plan, reason=why)


def differences(row: PlanItem, item: Item) -> Iterator[Difference]:
    """What an item would say otherwise than its row, field by field."""
    for name, value in item.stored().items():
        before = getattr(row, name)
        if before != value:
            label = str(PlanItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield label, said(before), said(value)


def said(value: Any) -> str:
    """What a field of an item says, as it is read."""
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, date):
        return written(value)
    return f"{Quantity(value)} đồng" if isinstance(value, int) else str(value)
