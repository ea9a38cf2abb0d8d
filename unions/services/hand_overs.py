"""A hand-over that was noted by mistake, taken back with a reason."""

from django.db import transaction

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import HandOver, OrgEvent, User
from unions.services import journal
from unions.services.days import written
from unions.vietnamese import tidy


@transaction.atomic
def withdraw(event: OrgEvent, item: str, reason: str, *, by: User | None) -> None:
    """Let what was noted as handed over be owed again (bỏ ghi nhận); the journal keeps why.

    Whoever manages the unions that hand over may; RuleBroken without a reason, or where nothing
    was noted.
    """
    unions = list(event.predecessors.select_related("current").order_by("pk"))
    for union in unions:
        require(by, Permission.MANAGE_UNIONS, union)
    if not tidy(reason):
        raise RuleBroken("Hãy ghi lý do bỏ ghi nhận bàn giao.", about="reason")
    row = HandOver.objects.select_for_update().filter(event=event, item=item).first()
    if row is None or row.done_on is None:
        raise RuleBroken("Mục này chưa được ghi nhận bàn giao.", about="item")
    day = written(row.done_on)
    row.done_on = None
    row.save(update_fields=["done_on"])
    journal.record(
        f"Bỏ ghi nhận bàn giao {row.get_item_display()} ngày {day} ({event})",
        by=by,
        about=event,
        union_id=unions[0].pk if unions else None,
        reason=tidy(reason),
    )
