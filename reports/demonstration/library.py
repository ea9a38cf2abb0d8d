"""The library of the province: four documents, one of which is to be read by a day."""

from datetime import date, timedelta

from actionplan.models import DocumentKind, LibraryDocument, Programme, Reading
from actionplan.services.library import Paper
from reports.demonstration.files import page
from reports.demonstration.province import Province
from reports.demonstration.traces import BATCH, Traces, at

_MONTH = timedelta(30)
_LAW = ("Luật Thực hiện dân chủ ở cơ sở", date(2022, 11, 10), "Quốc hội", "10/2022/QH15")


def write(province: Province, programme: Programme, traces: Traces) -> None:
    """The documents, each with a small file, and who has said that the guidance was read."""
    by, added = province.staff.administrator, at(programme.issued_on + 3 * _MONTH, 9)
    for paper in _papers(programme):
        file = page(province.root, f"{paper.kind}.pdf", by)
        document = LibraryDocument.objects.create(
            union=province.root, file=file, added_at=added, **paper.fields
        )
        traces.record(f"Đưa văn bản “{document}” lên thư viện", added, by=by, about=document)
        if paper.kind == DocumentKind.GUIDANCE:
            _ask(document, province)


def _papers(programme: Programme) -> list[Paper]:
    issuer, first = programme.issuer, programme.issued_on
    return [
        Paper(DocumentKind.PROGRAMME, programme.title, first, issuer, programme.number),
        Paper(
            DocumentKind.PLAN,
            "Kế hoạch học tập, quán triệt Nghị quyết Đại hội XVII Công đoàn tỉnh",
            first + _MONTH,
            issuer,
            "08/KH-CĐVC",
        ),
        Paper(
            DocumentKind.GUIDANCE,
            "Hướng dẫn xây dựng kế hoạch năm của công đoàn cơ sở",
            first + 2 * _MONTH,
            issuer,
            "11/HD-CĐVC",
        ),
        Paper(DocumentKind.LEGAL_BASIS, *_LAW),
    ]


def _ask(document: LibraryDocument, province: Province) -> None:
    """Two in three of the unions that still stand have confirmed it."""
    asked = [member for member in province.members if member.union.ended_on is None]
    document.read_by = document.issued_on + 4 * _MONTH
    document.save(update_fields=["read_by"])
    rows = [Reading(document=document, union=one.union, due_on=document.read_by) for one in asked]
    for row, member in zip(rows, asked, strict=True):
        if member.number % 3:
            row.read_by, row.read_at = member.chair, at(document.read_by - _MONTH, 10)
    Reading.objects.bulk_create(rows, batch_size=BATCH)
