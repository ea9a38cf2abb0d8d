"""What the province does with a directive: written, changed, sent to unions, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from actionplan.models import Directive, DirectiveCopy, TaskGroup
from actionplan.queries.directives import Recipients, recipients
from actionplan.services import answering
from actionplan.workflow import CopyState, DirectiveState
from unions.access import Permission, require
from unions.errors import Gone, RuleBroken
from unions.models import Evidence, JournalEntry, Union, User
from unions.scoping import keys_of
from unions.services import evidence, journal
from unions.services.days import must_be_of_our_time, must_be_signed
from unions.vietnamese import trimmed, written
from unions.workflow import stated_reason

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Order:
    """A directive as it is typed, and to whom: named unions, clusters, types, or everyone."""

    title: str
    text: str
    due_on: date
    number: str = ""
    issued_on: date | None = None
    group: TaskGroup | None = None
    everyone: bool = False
    named: Sequence[Union] = ()
    clusters: Sequence[str] = ()
    types: Sequence[str] = ()
    uploads: Sequence["UploadedFile[bytes]"] = ()
    removed: Sequence[Evidence] = ()


@transaction.atomic
def write(union: Union, order: Order, *, by: User | None) -> Directive:
    """Draw up a directive of `union`; nobody gets it until it is sent."""
    require(by, Permission.DIRECT, union)
    _must_be_right(union, order)
    directive = Directive.objects.create(
        union=union, written_by=by, due_on=order.due_on, title="-", text="-"
    )
    _keep(directive, order, by=by)
    journal.record(f"Soạn {directive}", by=by, about=directive)
    return directive


@transaction.atomic
def amend(directive: Directive, order: Order, *, by: User | None) -> Directive:
    """Let a directive that was not sent say something else."""
    directive = _draft(directive, "sửa", by=by)
    _must_be_right(directive.union, order)
    _keep(directive, order, by=by)
    journal.record(f"Sửa {directive}", by=by, about=directive)
    return directive


@transaction.atomic
def discard(directive: Directive, *, by: User | None) -> None:
    """Throw away a directive that was not sent."""
    directive = _draft(directive, "bỏ", by=by)
    journal.record(f"Bỏ bản soạn {directive}", by=by, about=directive)
    directive.delete()


@transaction.atomic
def send(directive: Directive, *, by: User | None, shown: str | None = None) -> Recipients:
    """Give it to everybody who gets it by the tree of today (gửi), and tell them.

    `shown` is the mark of the recipients that the person saw: RuleBroken if others would get it.
    """
    directive = _draft(directive, "gửi", by=by)
    found = recipients(directive)
    _must_be_sendable(directive, found, shown)
    directive.state, directive.sent_at = DirectiveState.SENT, timezone.now()
    directive.sent_by = by
    directive.save()
    copies = DirectiveCopy.objects.bulk_create(
        [
            DirectiveCopy(directive=directive, union=row.union, placement=row)
            for row in found.placements
        ],
        batch_size=_BATCH,
    )
    journal.record(f"Gửi {directive} cho {len(copies)} đơn vị", by=by, about=directive)
    lines = [journal.entry(f"Gửi {row}", by=by, about=row) for row in copies]
    JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)
    answering.tell_each("directive_given", copies)
    return found


@transaction.atomic
def withdraw(directive: Directive, reason: str, *, by: User | None) -> Directive:
    """Take a directive back (thu hồi), with a reason: nobody owes anything by it any more."""
    directive = locked(directive, by=by)
    if directive.state != DirectiveState.SENT:
        raise RuleBroken(
            f"Không thể thu hồi {directive}: trạng thái hiện nay là"
            f" “{directive.get_state_display()}”."
        )
    directive.reason = stated_reason(reason, "thu hồi chỉ đạo")
    directive.state = DirectiveState.WITHDRAWN
    directive.save(update_fields=["state", "reason"])
    journal.record(f"Thu hồi {directive}", by=by, about=directive, reason=directive.reason)
    left = directive.copies.exclude(state=CopyState.ACCEPTED)
    told = list(left.select_related(*DirectiveCopy.reads_with))
    answering.tell_each("directive_withdrawn", told, reason=directive.reason)
    return directive


def locked(directive: Directive, *, by: User | None) -> Directive:
    """The directive as it stands, held until the transaction ends, for who directs there."""
    rows = Directive.objects.select_related("union__current").select_for_update(of=("self",))
    found = rows.filter(pk=directive.pk).first()
    if found is None:
        raise Gone(f"{capfirst(str(directive))} đã bị bỏ. Chưa ghi gì vào cổng.")
    require(by, Permission.DIRECT, found)
    return found


def _draft(directive: Directive, doing: str, *, by: User | None) -> Directive:
    directive = locked(directive, by=by)
    if directive.state != DirectiveState.DRAFT:
        raise RuleBroken(
            f"Không thể {doing} {directive}: trạng thái hiện nay là"
            f" “{directive.get_state_display()}”. Muốn thôi thì hãy thu hồi, kèm lý do."
        )
    return directive


def _keep(directive: Directive, order: Order, *, by: User | None) -> None:
    directive.title, directive.text = trimmed(order.title), trimmed(order.text)
    directive.number, directive.issued_on = trimmed(order.number), order.issued_on
    directive.due_on, directive.group = order.due_on, order.group
    directive.everyone = order.everyone
    directive.clusters, directive.types = list(order.clusters), list(order.types)
    directive.save()
    directive.named.set(order.named)
    directive.papers.remove(*order.removed)
    for upload in order.uploads:
        kept = evidence.keep(directive.union, upload, by=by, beside=directive.papers.all())
        directive.papers.add(kept)


def _must_be_right(union: Union, order: Order) -> None:
    if not trimmed(order.title):
        raise RuleBroken("Hãy ghi trích yếu của chỉ đạo.", about="title")
    if not trimmed(order.text):
        raise RuleBroken("Hãy ghi nội dung việc phải làm.", about="text")
    must_be_of_our_time(order.due_on, "Hạn báo kết quả", about="due_on")
    if order.issued_on is not None:
        must_be_signed(order.issued_on, "Ngày văn bản", about="issued_on")
        if order.due_on < order.issued_on:
            raise RuleBroken(
                f"Hạn báo kết quả {written(order.due_on)} ở trước ngày văn bản"
                f" {written(order.issued_on)}.",
                about="due_on",
            )
    if order.group is not None:
        _must_be_known(union, order.group)
    if not (order.everyone or order.named or order.clusters or order.types):
        raise RuleBroken("Hãy chọn nơi nhận: đơn vị, cụm, loại hình hoặc tất cả.", about="everyone")


def _must_be_known(union: Union, group: TaskGroup) -> None:
    if group.programme.union_id not in keys_of(union.path):
        raise RuleBroken(
            f"Nhóm nhiệm vụ “{group}” thuộc chương trình của đơn vị khác.", about="group"
        )
    if group.dropped:
        raise RuleBroken(f"Chương trình không còn nhóm nhiệm vụ “{group}”.", about="group")


def _must_be_sendable(directive: Directive, found: Recipients, shown: str | None) -> None:
    if directive.due_on < timezone.localdate():
        raise RuleBroken(
            f"Hạn báo kết quả {written(directive.due_on)} đã qua. Hãy sửa hạn rồi gửi."
        )
    if not found.placements:
        raise RuleBroken(
            "Hôm nay không có đơn vị nào nhận được chỉ đạo này. Hãy chọn lại nơi nhận."
        )
    if shown is not None and shown != found.mark:
        raise RuleBroken(
            "Từ lúc xem trước đến nay, danh sách đơn vị nhận đã thay đổi. Hãy xem lại rồi gửi."
        )
