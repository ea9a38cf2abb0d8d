"""The library of the province: four documents, one of which is to be read by a day."""

from datetime import date, timedelta

from actionplan.models import DocumentKind, LibraryDocument, Programme, Reading
from reports.demonstration.files import paper
from reports.demonstration.province import Province
from reports.demonstration.traces import BATCH, Traces, at

_MONTH = timedelta(30)


def write(province: Province, programme: Programme, traces: Traces) -> None:
    """The documents, each with a small file, and who has said that the guidance was read."""
    first = programme.issued_on
    wanted = (
        (DocumentKind.PROGRAMME, programme.title, programme.number, first, programme.issuer),
        (
            DocumentKind.PLAN,
            "Kế hoạch học tập, quán triệt Nghị quyết Đại hội XVII Công đoàn tỉnh",
            "08/KH-CĐVC",
            first + _MONTH,
            programme.issuer,
        ),
        (
            DocumentKind.GUIDANCE,
            "Hướng dẫn xây dựng kế hoạch năm của công đoàn cơ sở",
            "11/HD-CĐVC",
            first + 2 * _MONTH,
            programme.issuer,
        ),
        (
            DocumentKind.LEGAL_BASIS,
            "Luật Thực hiện dân chủ ở cơ sở",
            "10/2022/QH15",
            date(2022, 11, 10),
            "Quốc hội",
        ),
    )
    for kind, title, number, issued_on, issuer in wanted:
        document = LibraryDocument.objects.create(
            union=province.root,
            kind=kind,
            title=title,
            number=number,
            issued_on=issued_on,
            issuer=issuer,
            file=paper(province.root, f"{kind}.pdf", province.staff.administrator),
            added_at=at(first + 3 * _MONTH, 9),
        )
        traces.record(
            f"Đưa văn bản “{document}” lên thư viện",
            document.added_at,
            by=province.staff.administrator,
            about=document,
        )
        if kind == DocumentKind.GUIDANCE:
            _ask(document, province)


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
