"""The library: documents put there, replaced, withdrawn; reading asked for and confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.models import LibraryDocument, Reading
from actionplan.queries.library import asked_of, readers_of
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import evidence, journal, notices
from unions.services.days import must_be_signed
from unions.vietnamese import tidy, trimmed
from unions.workflow import stated_reason

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is typed."""

    kind: str
    title: str
    issued_on: date
    issuer: str
    number: str = ""
    gist: str = ""
    position: int = 1

    @property
    def fields(self) -> dict[str, Any]:
        """What stands in the row."""
        plain = {name: tidy(getattr(self, name)) for name in ("title", "number", "issuer")}
        said = {name: getattr(self, name) for name in ("kind", "issued_on", "position")}
        return plain | said | {"gist": trimmed(self.gist)}


@dataclass(frozen=True, slots=True)
class Asked:
    """By which day who is to read: types and clusters, all where neither is named."""

    due_on: date
    types: Sequence[str] = ()
    clusters: Sequence[str] = ()


@transaction.atomic
def add(
    union: Union, paper: Paper, upload: "UploadedFile[bytes]", *, by: User | None
) -> LibraryDocument:
    """Put a document into the library of a union (đưa văn bản lên)."""
    require(by, Permission.DIRECT, union)
    must_be_signed(paper.issued_on, "Ngày ban hành", about="issued_on")
    file = evidence.keep(union, upload, by=by)
    document = LibraryDocument.objects.create(union=union, file=file, **paper.fields)
    journal.record(f"Đưa văn bản “{document}” lên thư viện", by=by, about=document)
    return document


@transaction.atomic
def amend(
    document: LibraryDocument,
    paper: Paper,
    upload: "UploadedFile[bytes] | None" = None,
    *,
    by: User | None,
) -> LibraryDocument:
    """Correct what is said of a document, or the file that was sent by mistake (sửa)."""
    document = _held(document, by=by)
    must_be_signed(paper.issued_on, "Ngày ban hành", about="issued_on")
    new = paper.fields
    was = {
        name: str(getattr(document, name)) for name in new if getattr(document, name) != new[name]
    }
    for name, value in new.items():
        setattr(document, name, value)
    if upload:
        was["file"] = document.file.sha256
        document.file = evidence.keep(document.union, upload, by=by)
    if was:
        document.save()
        journal.record(f"Sửa văn bản “{document}”", by=by, about=document, details={"trước": was})
    return document


@transaction.atomic
def replace(
    document: LibraryDocument, paper: Paper, upload: "UploadedFile[bytes]", *, by: User | None
) -> LibraryDocument:
    """Put a document in the place of another (thay thế), which stays to be looked up."""
    document = _held(document, by=by)
    _must_stand(document)
    new = add(document.union, paper, upload, by=by)
    document.replaced_by = new
    document.save(update_fields=["replaced_by"])
    journal.record(f"Thay văn bản “{document}” bằng “{new}”", by=by, about=document)
    return new


@transaction.atomic
def withdraw(document: LibraryDocument, reason: str, *, by: User | None) -> LibraryDocument:
    """Take a document out of the sight of unions (thu hồi); nobody is asked to read it any more."""
    document = _held(document, by=by)
    because = stated_reason(reason, "thu hồi văn bản")
    if document.withdrawn_at:
        raise RuleBroken(f"Văn bản “{document}” đã được thu hồi trước đó.")
    document.withdrawn_at, document.withdrawn_because = timezone.now(), because[:500]
    document.save(update_fields=["withdrawn_at", "withdrawn_because"])
    journal.record(f"Thu hồi văn bản “{document}”", by=by, about=document, reason=because)
    return document


@transaction.atomic
def bring_back(document: LibraryDocument, *, by: User | None) -> LibraryDocument:
    """Show a document again that was withdrawn by mistake (thôi thu hồi)."""
    document = _held(document, by=by)
    if not document.withdrawn_at:
        raise RuleBroken(f"Văn bản “{document}” chưa bị thu hồi.")
    document.withdrawn_at, document.withdrawn_because = None, ""
    document.save(update_fields=["withdrawn_at", "withdrawn_because"])
    journal.record(f"Thôi thu hồi văn bản “{document}”", by=by, about=document)
    return document


@transaction.atomic
def ask_reading(document: LibraryDocument, asked: Asked, *, by: User | None) -> int:
    """Ask unions to confirm by a day that they read a document; how many are asked by now.

    Who was asked before and is of these no more need not; who has read stays as it is. The people
    of unions that are asked for the first time are told. The number of statements grows with
    thousands of unions only.
    """
    document = _held(document, by=by)
    _must_stand(document)
    today = timezone.localdate()
    if asked.due_on < today:
        raise RuleBroken(
            f"Ngày phải đọc xong {asked.due_on:%d/%m/%Y} đã qua. Hãy chọn từ hôm nay trở đi.",
            about="due_on",
        )
    unions = set(
        asked_of(document, asked.types, asked.clusters, today).values_list("pk", flat=True)
    )
    if not unions:
        raise RuleBroken("Không có đơn vị nào thuộc loại hình, cụm đã chọn. Hãy chọn lại.")
    fresh = _ask(document, unions, asked.due_on)
    document.read_by = asked.due_on
    document.read_types, document.read_clusters = list(asked.types), list(asked.clusters)
    document.save(update_fields=["read_by", "read_types", "read_clusters"])
    journal.record(
        f"Yêu cầu {len(unions)} đơn vị xác nhận đã đọc “{document}” trước hết ngày"
        f" {asked.due_on:%d/%m/%Y}",
        by=by,
        about=document,
    )
    notices.send("ask_reading", readers_of(fresh), about=document)
    return len(unions)


@transaction.atomic
def stop_asking(document: LibraryDocument, *, by: User | None) -> LibraryDocument:
    """Ask no more that a document be read (thôi yêu cầu); what was confirmed stays."""
    document = _held(document, by=by)
    if document.read_by is None:
        raise RuleBroken(f"Văn bản “{document}” không đang được yêu cầu đọc.")
    document.readings.filter(read_at=None).delete()
    document.read_by, document.read_types, document.read_clusters = None, [], []
    document.save(update_fields=["read_by", "read_types", "read_clusters"])
    journal.record(f"Thôi yêu cầu xác nhận đã đọc “{document}”", by=by, about=document)
    return document


@transaction.atomic
def confirm_read(document: LibraryDocument, union: Union, *, by: User) -> Reading:
    """Say for a union that a document was read (xác nhận đã đọc); the first who says so stands."""
    require(by, Permission.CONFIRM_READING, union)
    _must_stand(LibraryDocument.objects.select_for_update().get(pk=document.pk))
    now = {"read_at": timezone.now(), "read_by": by}
    reading, _ = Reading.objects.get_or_create(document=document, union=union, defaults=now)
    first = Reading.objects.filter(pk=reading.pk, read_at=None).update(**now)
    reading.refresh_from_db()
    if first or reading.read_at == now["read_at"]:
        journal.record(
            f"{union} xác nhận đã đọc “{document}”", by=by, about=document, union_id=union.pk
        )
    return reading


def _ask(document: LibraryDocument, unions: set[int], due_on: date) -> list[int]:
    """Let the rows of those asked be there, and of nobody else; the unions not asked before."""
    known = dict(document.readings.values_list("union", "due_on"))
    document.readings.filter(read_at=None).exclude(union__in=unions).delete()
    document.readings.filter(union__in=unions).update(due_on=due_on)
    new = sorted(unions - known.keys())
    rows = [Reading(document=document, union_id=key, due_on=due_on) for key in new]
    Reading.objects.bulk_create(rows, batch_size=_BATCH)
    return new


def _held(document: LibraryDocument, *, by: User | None) -> LibraryDocument:
    """The document as it stands, held until the transaction ends, for who keeps the library."""
    rows = LibraryDocument.objects.select_for_update(of=("self",))
    found = rows.select_related("union__current", "file").get(pk=document.pk)
    require(by, Permission.DIRECT, found.union)
    return found


def _must_stand(document: LibraryDocument) -> None:
    if document.withdrawn_at:
        raise RuleBroken(f"Văn bản “{document}” đã được thu hồi.")
    if document.replaced_by_id:
        raise RuleBroken(f"Văn bản “{document}” đã được thay bằng văn bản khác.")
