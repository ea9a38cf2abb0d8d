"""The list of results of grading on paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.grading import Score, parse
from indicators.models import Grading
from indicators.services import grading_sheets, gradings, gradings_decided
from indicators.services.gradings import Given
from reports.catalogue import Scope, find
from reports.document import Document, Paragraph, Table
from reports.models import Stationery
from reports.render.html import to_html
from tests.builders import GRADING_SHEET, Province, make_union
from unions.queries import node


@pytest.fixture
def opened(province: Province) -> Province:
    make_union(province.root, code="MOI", name="Mới lập", founded_on=date(2025, 6, 1))
    make_union(province.root, code="BA", name="Công đoàn cơ sở Ban Tôn giáo")
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=None)
    return province


def decided(province: Province, code: str, number: str, *, first: str, level: str = "") -> None:
    """The union has all points but those of the first criterion, of which it has `first`."""
    grading = Grading.objects.get(submission__union__code=code)
    points = {one.code: one.most for one in grading.sheet.criteria.each()}
    given = Given(Score(points | {"1.1": Decimal(first)}))
    gradings.save(grading, given, by=None)
    gradings.hand_in(grading, by=None)
    gradings.verify(grading, given, level, "Đơn thư" if level else "", by=None)
    day = date(2025, 12, 20)
    gradings_decided.decide(province.root, [grading.pk], number, day, by=None)


def composed(province: Province) -> Document:
    stationery = Stationery.objects.get()
    scope = Scope(province.root, node(province.root), province.programme, 2025, stationery)
    return find("grading").compose(scope)


def tables(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [
        [[cell.text for cell in row] for row in [*one.written_rows(), *one.written_totals()]]
        for one in found
    ]


def said(document: Document) -> str:
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_results_stand_by_decision_with_points_level_and_reason(opened: Province):
    decided(opened, "SYT", "15/QĐ", first="9.5")
    decided(opened, "SNV", "16/QĐ", first="10", level="good")
    tally, first, second = tables(composed(opened))
    assert tally == [
        ["Hoàn thành xuất sắc nhiệm vụ", "1", "50%"],
        ["Hoàn thành tốt nhiệm vụ", "1", "50%"],
        ["Hoàn thành nhiệm vụ", "0", "0%"],
        ["Không hoàn thành nhiệm vụ", "0", "0%"],
        ["Cộng", "2", "100%"],
    ]
    # 100 points, and half a point less of the first criterion
    health = ["1", "Công đoàn cơ sở Sở Y tế", "99,50", "Hoàn thành xuất sắc nhiệm vụ", ""]
    assert first == [health]
    interior = ["1", "Công đoàn cơ sở Sở Nội vụ", "100", "Hoàn thành tốt nhiệm vụ", "Đơn thư"]
    assert second == [interior]
    told = said(composed(opened))
    assert "Chưa công nhận kết quả: 1 đơn vị." in told
    assert "Chưa đủ điều kiện xếp loại tại ngày chốt số liệu: 1 đơn vị" in told
    html = to_html(composed(opened))
    assert "Quyết định số 15/QĐ ngày 20/12/2025" in html


def test_without_results_the_paper_says_so(opened: Province):
    document = composed(opened)
    assert tables(document) == []
    assert said(document).startswith("Chưa có kết quả xếp loại nào được công nhận.")


def test_more_results_take_no_more_statements(opened: Province):
    decided(opened, "SYT", "15/QĐ", first="9")
    with CaptureQueriesContext(connection) as few:
        composed(opened)
    decided(opened, "SNV", "15/QĐ", first="9")
    decided(opened, "BA", "16/QĐ", first="9")
    with CaptureQueriesContext(connection) as many:
        composed(opened)
    assert len(many) == len(few)
