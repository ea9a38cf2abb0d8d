"""Items written into a plan at once: all of them, or none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from actionplan.models import GroupReason, ModelItem, Plan, PlanItem
from actionplan.services import changes
from actionplan.services.fitting import Item, must_fit
from unions.errors import RuleBroken
from unions.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """An item to be written: which one of an earlier plan goes on in it, which model it is of."""

    item: Item
    continues: PlanItem | None = None
    model: ModelItem | None = None


@transaction.atomic
def add_all(plan: Plan, taken: Sequence[Taken], told: str, *, by: User | None) -> int:
    """Write items into a plan that the caller has locked; `told` is where they come from.

    How many. RuleBroken, with what the item says, for the first that may not stand there, and for
    a plan that was handed in: each item added to that one owes a reason of its own.
    """
    must_be_open(plan)
    rows = list(_rows(plan, taken))
    if rows:
        PlanItem.objects.bulk_create(rows)
        groups = {row.group_id for row in rows}
        GroupReason.objects.filter(plan=plan, group__in=groups).delete()
        changes.keep(plan, rows[0], f"Thêm {len(rows)} việc {told}", "", by=by)
    return len(rows)


def must_be_open(plan: Plan) -> None:
    """RuleBroken once the plan was handed in."""
    if not plan.editable:
        raise RuleBroken(
            f"Không thể thêm nhiều việc một lần: {plan} đã gửi. Hãy thêm từng việc, kèm lý do."
        )


def _rows(plan: Plan, taken: Iterable[Taken]) -> Iterable[PlanItem]:
    last = plan.items.order_by().values_list("group").annotate(last=Max("position"))
    positions = Counter(dict(last))
    for one in taken:
        try:
            must_fit(plan, one.item)
        except RuleBroken as broken:
            raise RuleBroken(f"“{one.item.what}”: {broken}") from broken
        positions[one.item.group.pk] += 1
        yield PlanItem(
            plan=plan,
            position=positions[one.item.group.pk],
            continues=one.continues,
            model=one.model,
            **one.item.stored(),
        )
