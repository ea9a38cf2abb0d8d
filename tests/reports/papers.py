"""Documents to print: a small one, and a report of the usual length."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.document import (
    Align,
    Annex,
    Block,
    BulletList,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
)
from reports.letterhead import Letterhead, Recipients, Signature
from unions.quantities import Quantity, Style

LETTERHEAD = Letterhead(
    parent_body="Liên đoàn Lao động tỉnh Phú Thọ",
    issuer="Công đoàn Viên chức tỉnh",
    issuer_in_text="Công đoàn Viên chức tỉnh Phú Thọ",
    symbol="BC-CĐVC",
    place="Phú Thọ",
    number="5",
    signed_on=date(2026, 1, 5),
)
SENTENCES = (
    "Các cấp công đoàn đã chủ động tham mưu, phối hợp với chuyên môn đồng cấp tổ chức tuyên truyền,"
    " quán triệt nghị quyết tới đông đảo đoàn viên, cán bộ, công chức, viên chức, lao động. "
)


def make_document(*blocks: Block, **changes) -> Document:
    """A report with nothing but what the test puts into it."""
    document = Document(
        kind_name="Báo cáo",
        subject="Kết quả thực hiện Chương trình hành động năm 2025",
        letterhead=LETTERHEAD,
        signature=Signature("Chủ tịch", "Nguyễn Thị Hường", "TM. Ban Thường vụ"),
        recipients=Recipients(("Như trên", "Các CĐCS trực thuộc", "Lưu: CĐVC tỉnh")),
        blocks=blocks,
        addressees=("Liên đoàn Lao động tỉnh Phú Thọ",),
        closing="Ban Thường vụ trân trọng báo cáo.",
    )
    return replace(document, **changes)


def make_table(rows: int) -> Table:
    """Unions with their figures, wide enough for a page on its side."""
    return Table(
        columns=(
            Column("TT", 5, Align.CENTRE),
            Column("Công đoàn cơ sở", 40),
            Column("Số người", group="Chỉ tiêu 1"),
            Column("Tổng số", group="Chỉ tiêu 1"),
            Column("Tỷ lệ", group="Chỉ tiêu 1"),
        ),
        rows=tuple(_row(number) for number in range(1, rows + 1)),
        totals=(
            (None, "Cộng", rows * 1700, rows * 2000, Quantity(Decimal("0.85"), Style.PERCENT)),
        ),
        notes=("Mẫu số là số người do đơn vị báo cáo.",),
    )


def make_report() -> Document:
    """Several pages of text, a table, two annexes upright and one on its side."""
    groups = [_group(number) for number in range(1, 11)]
    upright = Annex("Danh sách đơn vị", (make_table(40),))
    return make_document(
        Heading("I. Kết quả thực hiện các chỉ tiêu"),
        make_table(7),
        *(block for group in groups for block in group),
        annexes=(upright, replace(upright, landscape=True), upright, upright),
        legal_bases=("Căn cứ Chương trình số 25/CTr-LĐLĐ", "Căn cứ tình hình thực tế"),
    )


def _row(number: int) -> tuple[int, str, int, int, Quantity]:
    share = Quantity(Decimal("0.84996"), Style.PERCENT, target=Decimal("0.85"))
    return number, f"CĐCS Sở Lao động - Thương binh và Xã hội số {number}", 1700, 2000, share


def _group(number: int) -> tuple[Block, ...]:
    return (
        Heading(f"{number}. Nhóm nhiệm vụ thứ {number}", level=2),
        Paragraph(f"{SENTENCES * 3}\n{SENTENCES * 2}"),
        BulletList(("Trao 120 suất quà;", "Mở 12 lớp tập huấn.")),
    )
