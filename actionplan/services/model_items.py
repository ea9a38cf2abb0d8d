"""What a union makes of the model plan: it takes items over, or says why it does without."""

from collections.abc import Collection

from django.db import transaction

from actionplan.models import ModelItem, ModelReason, Plan
from actionplan.queries.model_plans import model_sheet
from actionplan.services import plans
from actionplan.services.fitting import Item
from actionplan.services.many_items import Taken, add_all, must_be_open
from actionplan.services.taking_over import within_year
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal
from unions.vietnamese import trimmed

_LONGEST = 500


@transaction.atomic
def take(
    plan: Plan, chosen: Collection[int], *, by: User | None, revision: int | None = None
) -> int:
    """Take the chosen model items over, by their keys; how many.

    Their days are brought into the plan's year. What the plan has already is not taken again.
    """
    plan = plans.locked(plan, by=by, revision=revision)
    rows = [item for item in model_sheet(plan).open if item.pk in chosen]
    return add_all(plan, [_taken(plan, row) for row in rows], "từ kế hoạch mẫu", by=by)


@transaction.atomic
def leave_out(
    plan: Plan, item: ModelItem, text: str, *, by: User | None, revision: int | None = None
) -> None:
    """Say why an item that is asked for is not in the plan; an empty text takes the reason back."""
    plan = plans.locked(plan, by=by, revision=revision)
    must_be_open(plan)
    asked = {line.item.pk for line in model_sheet(plan).lines if line.is_asked}
    if item.pk not in asked:
        raise RuleBroken(f"“{item}” không bắt buộc với đơn vị nên không cần lý do.", about="text")
    said = trimmed(text)
    if len(said) > _LONGEST:
        raise RuleBroken(f"Lý do dài {len(said)} ký tự; nhiều nhất {_LONGEST}.", about="text")
    if said:
        ModelReason.objects.update_or_create(plan=plan, item=item, defaults={"text": said})
    else:
        ModelReason.objects.filter(plan=plan, item=item).delete()
    plan.revision += 1
    plan.save(update_fields=["revision"])
    about = f"lý do không làm việc bắt buộc “{item}”: {plan}"
    journal.record(f"{'Ghi' if said else 'Bỏ'} {about}", by=by, about=plan, reason=said)


def _taken(plan: Plan, row: ModelItem) -> Taken:
    days = within_year(row.starts_on, plan), within_year(row.due_on, plan)
    return Taken(Item(row.group, row.what, row.who, *days), model=row)
