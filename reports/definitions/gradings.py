"""Kết quả xếp loại: the levels that decisions gave unions in a year, decision by decision."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from indicators.grades import Grade
from indicators.models import Grading
from indicators.queries.gradings import recognised, unrecognised
from reports.catalogue import Scope, report
from reports.document import Align, Block, Cell, Column, Document, Heading, Paragraph, Table
from unions.quantities import NOTHING, Quantity, Style

_COLUMNS = (
    Column("TT", 7, Align.CENTRE),
    Column("Đơn vị", 37),
    Column("Điểm", 10, Align.CENTRE),
    Column("Mức xếp loại", 24),
    Column("Ghi chú", 22),
)
_TALLY = (
    Column("Mức xếp loại", 60),
    Column("Số đơn vị", 20, Align.CENTRE),
    Column("Tỷ lệ", 20, Align.CENTRE),
)


@report("grading", "Kết quả xếp loại")
def compose(scope: Scope) -> Document:
    """The list of results (danh sách kết quả xếp loại) of a year, beneath a union."""
    found = recognised(scope.node, scope.programme.pk, scope.year)
    waits, young = unrecognised(scope.node, scope.programme.pk, scope.year)
    subject = f"kết quả đánh giá, xếp loại chất lượng hoạt động công đoàn cơ sở năm {scope.year}"
    return Document(
        kind_name="Danh sách",
        subject=subject,
        letterhead=scope.letterhead("DS"),
        signature=scope.signature(),
        recipients=scope.recipients(),
        blocks=(*_summary(found, waits, young), *_decisions(found)),
        closing=f"Trên đây là danh sách {subject}",
    )


def _summary(found: Sequence[Grading], waits: int, young: int) -> Iterator[Block]:
    if not found:
        yield Paragraph("Chưa có kết quả xếp loại nào được công nhận.")
    else:
        yield Heading("I. Tổng hợp")
        yield _tally(found)
    if waits:
        yield Paragraph(f"Chưa công nhận kết quả: {Quantity(waits)} đơn vị.")
    if young:
        yield Paragraph(
            f"Chưa đủ điều kiện xếp loại tại ngày chốt số liệu: {Quantity(young)} đơn vị, không"
            " tính trong tỷ lệ."
        )


def _tally(found: Sequence[Grading]) -> Table:
    counts = Counter(_grade(one) for one in found)
    scales = {one.sheet.criteria.scale.code: one.sheet.criteria.scale for one in found}
    grades = [grade for scale in scales.values() for grade in scale.grades]
    return Table(
        columns=_TALLY,
        rows=tuple(_counted(grade.label, counts[grade], len(found)) for grade in grades),
        totals=(_counted("Cộng", len(found), len(found)),),
        notes=("Tỷ lệ tính trên số đơn vị đã được công nhận kết quả.",),
    )


def _counted(label: str, count: int, of: int) -> tuple[Cell, ...]:
    return label, count, Quantity(Fraction(count, of), Style.PERCENT)


def _decisions(found: Sequence[Grading]) -> Iterator[Block]:
    if found:
        yield Heading("II. Kết quả từng đơn vị")
    for decision, rows in groupby(found, key=lambda one: one.decision):
        yield Heading(f"{decision}", level=2)
        lines = enumerate(rows, start=1)
        yield Table(columns=_COLUMNS, rows=tuple(_line(place, one) for place, one in lines))


def _line(place: int, one: Grading) -> tuple[Cell, ...]:
    judgement = one.judgement("verified")
    return (
        str(place),
        one.submission.placement.name,
        Quantity(judgement.total, exact=True) if judgement else NOTHING,
        _grade(one).label,
        one.level_reason,
    )


def _grade(one: Grading) -> Grade:
    return one.sheet.criteria.scale.grade(one.level)
