"""What an event lets one union hand over to another: noted, or taken back if noted by mistake."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from unions.access import Permission, can
from unions.errors import RuleBroken
from unions.models import HandOver, OrgEvent, User
from unions.services import journal
from unions.services.turns import one_at_a_time
from unions.vietnamese import tidy, written


@one_at_a_time
def note(event: OrgEvent, item: str, on: date, *, by: User | None) -> None:
    """Keep that something was handed over on a day (ghi nhận bàn giao).

    Whoever manages the unions that hand over may; RuleBroken for what is owed no more, and for a
    day before the event or to come.
    """
    row = _row(event, item, by)
    if row is None or row.done_on is not None:
        raise RuleBroken("Mục này không còn phải bàn giao theo sự kiện này.", about="item")
    if not event.effective_on <= on <= timezone.localdate():
        raise RuleBroken(
            f"Ngày bàn giao phải từ ngày có hiệu lực {written(event.effective_on)} đến hôm nay.",
            about="done_on",
        )
    row.done_on = on
    row.save(update_fields=["done_on"])
    _record(f"Bàn giao {row.get_item_display()} ({event})", event, by=by)


@one_at_a_time
def withdraw(event: OrgEvent, item: str, reason: str, *, by: User | None) -> None:
    """Let what was noted as handed over be owed again (bỏ ghi nhận); the journal keeps why.

    Whoever may note it may; RuleBroken without a reason, or where nothing was noted.
    """
    row = _row(event, item, by)
    if not tidy(reason):
        raise RuleBroken("Hãy ghi lý do bỏ ghi nhận bàn giao.", about="reason")
    if row is None or row.done_on is None:
        raise RuleBroken("Mục này chưa được ghi nhận bàn giao.", about="item")
    day = written(row.done_on)
    row.done_on = None
    row.save(update_fields=["done_on"])
    told = f"Bỏ ghi nhận bàn giao {row.get_item_display()} ngày {day} ({event})"
    _record(told, event, by=by, reason=tidy(reason))


def may_note(event: OrgEvent, *, by: User) -> bool:
    """Whether `by` manages every union that hands over by the event. One statement."""
    unions = event.predecessors.select_related("current")
    return all(can(by, Permission.MANAGE_UNIONS, union) for union in unions)


def _row(event: OrgEvent, item: str, by: User | None) -> HandOver | None:
    if by is not None and not may_note(event, by=by):
        raise PermissionDenied("Bạn không có quyền thực hiện việc này.")
    return HandOver.objects.select_for_update().filter(event=event, item=item).first()


def _record(sentence: str, event: OrgEvent, *, by: User | None, reason: str = "") -> None:
    first = event.predecessors.order_by("pk").first()
    at = first.pk if first else None
    journal.record(sentence, by=by, about=event, union_id=at, reason=reason)
