"""Workbooks that were sent in are not kept for ever: who, when and how many rows is all that stays.

Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15: what is needed no more is deleted.
"""

from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from unions.access import require
from unions.errors import RuleBroken
from unions.models import Intake, User
from unions.services import journal

State = Intake.State
_RUNNING = (State.CHECKING, State.WRITING)
_DROPPABLE = (State.CHECKED, State.FAILED)
_DONE = (State.WRITTEN, State.FAILED, State.DROPPED)
_FORGOTTEN = (
    "Tệp và kết quả kiểm tra đã được xoá vì một tài khoản được ẩn danh. Hãy tải tệp lên lại nếu còn"
    " cần."
)
_OVERDUE = "Tệp không được xác nhận trong thời hạn lưu giữ nên đã được xoá."


@transaction.atomic
def clear(intake: Intake, *, by: User | None) -> None:
    """Take the file and what was found of its rows away (xoá tệp đã gửi); the row stays.

    Whoever could have sent it may, at any time but while a worker reads it: RuleBroken then, and
    where nothing is left. What was not written yet is dropped.
    """
    require(by, intake.needs, intake)
    if not _empty(with_contents().filter(pk=intake.pk).exclude(state__in=_RUNNING)):
        raise RuleBroken("Tệp đang được kiểm tra hoặc ghi, hoặc đã được xoá. Hãy tải lại trang.")
    journal.record(f"Xoá tệp Excel đã gửi “{intake.name}”", by=by, about=intake)


@transaction.atomic
def drop(intake: Intake, *, by: User | None) -> None:
    """As `clear`, of what is to stay unwritten; RuleBroken where it is no longer to be decided."""
    waiting = with_contents().filter(pk=intake.pk, state__in=_DROPPABLE)
    if not _empty(waiting):
        raise RuleBroken("Tệp đang ở bước khác hoặc đã được xử lý. Hãy tải lại trang.")
    Intake.objects.filter(pk=intake.pk).update(state=State.DROPPED)
    journal.record(f"Bỏ tệp Excel “{intake.name}”", by=by, about=intake)


def may_be_dropped(intake: Intake) -> bool:
    """Whether somebody is still to decide what becomes of it."""
    return bool(intake.file) and intake.state in _DROPPABLE


@transaction.atomic
def clear_lists_of_people(*, by: User | None) -> None:
    """Clear every list of people at once, since any of them may name who is made anonymous.

    One that a worker has in hand is dropped; nothing of it is written any more.
    """
    rows = list(lists_of_people())
    _empty(lists_of_people(), problem=_FORGOTTEN)
    # why one was not written may name somebody too
    every = Intake.objects.filter(kind=Intake.Kind.PEOPLE).exclude(problem="")
    every.update(problem=_FORGOTTEN)
    for intake in rows:
        told = f"Xoá tệp Excel đã gửi “{intake.name}” khi ẩn danh một tài khoản"
        journal.record(told, by=by, about=intake)


def clear_overdue() -> int:
    """Clear what has been kept for WORKBOOK_KEPT_DAYS days, each by itself; how many there were.

    The days count from the end, of what nobody ever confirmed from when it was sent.
    """
    since = timezone.now() - timedelta(days=settings.WORKBOOK_KEPT_DAYS)
    left = Q(state=State.CHECKED, finished_at=None, sent_at__lt=since)
    overdue = with_contents().filter(left | Q(state__in=_DONE, finished_at__lt=since))
    return sum(_clear_overdue(overdue.filter(pk=one.pk), one) for one in list(overdue))


def kept_until(intake: Intake) -> date | None:
    """The day on which the file goes by itself; None while it waits for a worker, or is gone."""
    if not intake.file or intake.is_under_way:
        return None
    since = timezone.localdate(intake.finished_at or intake.sent_at)
    return since + timedelta(days=settings.WORKBOOK_KEPT_DAYS)


def lists_of_people() -> QuerySet[Intake]:
    """The lists of people that are still kept."""
    return with_contents().filter(kind=Intake.Kind.PEOPLE)


def with_contents() -> QuerySet[Intake]:
    """The workbooks that are still kept."""
    return Intake.objects.exclude(file="").select_related("sent_by").order_by("pk")


@transaction.atomic
def _clear_overdue(row: QuerySet[Intake], intake: Intake) -> int:
    count = _empty(row, problem=_OVERDUE)
    if count:
        told = f"Xoá tệp Excel “{intake.name}” sau {settings.WORKBOOK_KEPT_DAYS} ngày lưu giữ"
        journal.record(told, by=None, about=intake)
    return count


def _empty(rows: QuerySet[Intake], *, problem: str = "") -> int:
    """Take away files and findings, the tallies apart; what is not done is dropped for `problem`.

    The files go once the transaction stands. How many there were.
    """
    held = list(rows.select_for_update(of=("self",)))
    for intake in held:
        name, storage = str(intake.file.name), intake.file.storage
        if intake.state not in _DONE:
            intake.state, intake.problem = State.DROPPED, problem
            intake.finished_at = timezone.now()
        intake.file, intake.cleared_at = "", timezone.now()
        intake.findings = {"counts": intake.counts} if intake.counts else {}
        intake.save(
            update_fields=["state", "problem", "finished_at", "file", "cleared_at", "findings"]
        )
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return len(held)
