"""The items of a plan: written, changed, taken out; under which group none is needed, and why."""

from django.db import transaction
from django.db.models import Max

from actionplan.models import GroupReason, Plan, PlanItem, TaskGroup
from actionplan.services import changes, plans
from actionplan.services.fitting import Item, must_be_of, must_fit
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal
from unions.vietnamese import trimmed

__all__ = ["Item", "add", "change", "leave_empty", "remove"]


@transaction.atomic
def add(
    plan: Plan, item: Item, *, by: User | None, reason: str = "", revision: int | None = None
) -> PlanItem:
    """Write an item into a plan; into one that was handed in only with a reason."""
    plan = plans.locked(plan, by=by, revision=revision)
    must_fit(plan, item)
    position = _next_position(plan, item.group)
    row = PlanItem.objects.create(plan=plan, position=position, **item.stored())
    changes.keep(plan, row, f"Thêm việc “{row.what}”", reason, by=by)
    GroupReason.objects.filter(plan=plan, group=item.group).delete()
    return row


@transaction.atomic
def change(
    row: PlanItem, item: Item, *, by: User | None, reason: str = "", revision: int | None = None
) -> PlanItem:
    """Let an item say something else; of an accepted plan the difference is told, with a reason."""
    plan = plans.locked(row.plan, by=by, revision=revision)
    row = PlanItem.objects.select_related("group", "action", "breakthrough").get(pk=row.pk)
    must_fit(plan, item, row)
    different = tuple(changes.differences(row, item))
    if not different:
        return row
    if item.group != row.group:
        row.position = _next_position(plan, item.group)
        GroupReason.objects.filter(plan=plan, group=item.group).delete()
    for name, value in item.stored().items():
        setattr(row, name, value)
    row.save()
    told = "; ".join(f"{label} từ “{before}” thành “{now}”" for label, before, now in different)
    sentence = f"Sửa việc “{row.what}”: {told}"
    changes.keep(plan, row, sentence, reason, by=by, differences=different)
    return row


@transaction.atomic
def remove(row: PlanItem, *, by: User | None, revision: int | None = None) -> None:
    """Take an item out of a plan that is being drawn up, if nothing was noted of it yet."""
    plan = plans.locked(row.plan, by=by, revision=revision)
    if not plan.editable:
        raise RuleBroken(
            f"Không thể xoá việc của {plan}: kế hoạch đã gửi. Hãy ghi việc là “Thôi làm”, kèm lý"
            " do."
        )
    if row.progress.exists() or row.changes.exists():
        raise RuleBroken(
            f"Không thể xoá “{row.what}”: đã có ghi nhận tiến độ hoặc điều chỉnh. Hãy ghi việc là"
            " “Thôi làm”, kèm lý do."
        )
    changes.keep(plan, row, f"Xoá việc “{row.what}”", "", by=by)
    row.delete()


@transaction.atomic
def leave_empty(
    plan: Plan, group: TaskGroup, text: str, *, by: User | None, revision: int | None = None
) -> Plan:
    """Say why there is no item under a group; an empty text takes the reason back.

    RuleBroken once the plan was handed in: what it says from then on are items.
    """
    plan = plans.locked(plan, by=by, revision=revision)
    must_be_of(plan, group)
    said = trimmed(text)
    _may_be_left(plan, group, said)
    if said:
        GroupReason.objects.update_or_create(plan=plan, group=group, defaults={"text": said})
    else:
        GroupReason.objects.filter(plan=plan, group=group).delete()
    plan.revision += 1
    plan.save(update_fields=["revision"])
    about = f"lý do nhóm nhiệm vụ {group.number} chưa có việc: {plan}"
    journal.record(f"{'Ghi' if said else 'Bỏ'} {about}", by=by, about=plan, reason=said)
    return plan


def _may_be_left(plan: Plan, group: TaskGroup, said: str) -> None:
    if not plan.editable:
        raise RuleBroken(
            f"Không thể sửa lý do của {plan}: kế hoạch đã gửi. Cần thay đổi thì hãy thêm việc vào"
            f" nhóm nhiệm vụ {group.number}.",
            about="text",
        )
    if PlanItem.objects.standing().filter(plan=plan, group=group).exists():
        raise RuleBroken(
            f"Nhóm nhiệm vụ {group.number} đã có việc nên không cần lý do.", about="text"
        )
    most = GroupReason._meta.get_field("text").max_length or 0
    if len(said) > most:
        raise RuleBroken(
            f"Lý do dài {len(said)} ký tự; nhiều nhất {most}. Hãy viết ngắn lại.", about="text"
        )


def _next_position(plan: Plan, group: TaskGroup) -> int:
    rows = PlanItem.objects.filter(plan=plan, group=group)
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
