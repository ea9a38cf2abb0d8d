"""The matrix at the desk: by cluster first, then unions, empty cells named, and as a workbook."""

import io
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from actionplan.models import Plan, Programme
from actionplan.services import items
from tests.actionplan.planning import YEAR, an_item, health_plan
from tests.builders import FOUNDED, Province, make_province, make_user
from unions.access import Role
from unions.models import Placement, Union

MATRIX = "admin:actionplan_plan_matrix"
EXCEL = "admin:actionplan_plan_matrix_excel"


@pytest.fixture
def planned(province: Province) -> Province:
    """The health union has an item under the first group and a reason under the second."""
    plan, by = health_plan(province), province.chair_of_health
    items.add(plan, an_item(province, 1), by=by)
    plan.refresh_from_db()
    items.leave_empty(plan, province.programme.task_groups.get(number=2), "Không có", by=by)
    return province


def page(client, **asked: str) -> str:
    answer = client.get(reverse(MATRIX), {"nam": str(YEAR), **asked})
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def sheets(client, **asked: str) -> list[list[tuple]]:
    book = client.get(reverse(EXCEL), {"nam": str(YEAR), **asked}).content
    return [list(sheet.values) for sheet in load_workbook(io.BytesIO(book))]


def test_the_clusters_come_first_and_each_opens_to_its_unions(client, planned: Province):
    client.force_login(planned.officer)
    first = page(client)
    assert "Theo cụm" in first
    assert "Từng đơn vị</h3>" not in first
    assert "<strong>3</strong> đơn vị: 1 có kế hoạch (0 đã chấp nhận), 2 chưa có." in first
    assert "1 việc, 0 đã xong, 1 quá hạn; 28 ô trống, 1 ô có lý do." in first
    assert f"?nam={YEAR}&cum=C%E1%BB%A5m+1" in first
    assert "Không thuộc cụm" in first
    opened = page(client, cum="Cụm 1")
    plan = Plan.objects.get()
    address = reverse("admin:actionplan_plan_change", args=[plan.pk])
    assert f'href="{address}#nhom-1">1 việc<' in opened
    assert f'href="{address}#nhom-2">Có lý do<' in opened
    assert "1 quá hạn" in opened
    assert "Công đoàn cơ sở Sở Nội vụ" not in opened
    assert opened.count("chưa có việc, chưa ghi lý do</span>") == 8
    assert 'id="nhom-1"' in client.get(address).content.decode()


def test_it_is_narrowed_to_what_is_missing_and_found_without_accents(client, planned: Province):
    client.force_login(planned.officer)
    every = ["Công đoàn cơ sở Sở Nội vụ", "Công đoàn cơ sở Sở Y tế"]
    for asked, told in (
        ({"xem": "trong"}, every),
        ({"nhom": "1"}, every[:1]),
        ({"nhom": "3"}, every),
        ({"q": "so y te"}, every[1:]),
        ({"q": "SNV"}, every[:1]),
        ({"xem": "don-vi", "loai": "non_state"}, []),
        ({"xem": "don-vi", "cum": "-"}, []),
    ):
        shown = page(client, **asked)
        assert [name for name in every if name in shown] == told, asked
    assert "Không có đơn vị nào phù hợp; hãy bớt điều kiện lọc" in page(client, q="không có")
    assert "Chưa có kế hoạch" in page(client, cum="Cụm 2")


def test_what_cannot_be_read_is_told_and_another_year_shown(client, planned: Province):
    client.force_login(planned.officer)
    for asked in ({"nam": "1999"}, {"nam": "x"}, {"nhom": "77"}, {"cum": "Cụm lạ"}, {"trang": "x"}):
        assert "Ma trận kế hoạch" in page(client, **asked)
    assert "lượt đơn vị của các năm" in page(client, nam="tat-ca")


def test_the_workbook_holds_what_the_filter_shows(client, planned: Province):
    client.force_login(planned.officer)
    sums, unions = sheets(client)
    assert [line[0] for line in sums] == [
        "Cụm thi đua",
        "Tất cả",
        "Cụm 1",
        "Cụm 2",
        "Không thuộc cụm",
    ]
    assert sums[0][4:9] == (
        "Nhóm 1: việc",
        "Nhóm 1: xong",
        "Nhóm 1: quá hạn",
        "Nhóm 1: có lý do",
        "Nhóm 1: trống",
    )
    assert sums[1][:9] == ("Tất cả", 3, 1, 0, 1, 0, 1, 0, 2)
    assert [line[0] for line in unions[1:]] == ["CDVC", "SNV", "SYT"]
    of_health = unions[3]
    assert of_health[4:8] == (YEAR, "Đang lập", 8, "3, 4, 5, 6, 7, 8, 9, 10")
    assert of_health[8:15] == (1, 0, 1, "Có lý do", None, None, "Trống")
    assert unions[2][5:9] == ("Chưa có kế hoạch", 10, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "Trống")
    narrowed = sheets(client, q="so y te")
    assert [len(one) for one in narrowed] == [3, 2]


def test_a_page_has_fifty_unions_and_the_same_number_of_statements(client, planned: Province):
    client.force_login(planned.officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            page(client, xem="don-vi")
        return len(statements)

    few = asked()
    grow(planned, 50)
    assert asked() == few < 15
    first, second = (page(client, xem="don-vi", trang=number) for number in "12")
    assert "Trang 1/2" in first
    assert ("Công đoàn số 9<" in first, "Công đoàn số 9<" in second) == (False, True)


def grow(province: Province, count: int) -> None:
    """So many unions more, each with a plan."""
    codes = [f"CD{number}" for number in range(count)]
    found = Union.objects.bulk_create(Union(code=code, founded_on=FOUNDED) for code in codes)
    places = Placement.objects.bulk_create(
        Placement(
            union=union,
            name=f"Công đoàn số {number}",
            type="agency",
            parent=province.root,
            path=f"{province.root.path}{union.pk}.",
            valid_from=FOUNDED,
        )
        for number, union in enumerate(found)
    )
    Plan.objects.bulk_create(
        Plan(union=one.union, programme=province.programme, year=YEAR, placement=one)
        for one in places
    )


def test_who_has_no_desk_is_refused_and_a_stranger_sees_nothing_of_it(client, planned: Province):
    client.force_login(planned.leader)
    assert client.get(reverse(MATRIX)).status_code == 403
    assert client.get(reverse(EXCEL)).status_code == 403
    other = make_province(code="KHAC", name="Công đoàn tỉnh khác")
    client.force_login(make_user("la", Role.OFFICER, other, full_name="Người Lạ"))
    assert "Chưa có chương trình hành động nào" in page(client)
    assert [len(one) for one in sheets(client)] == [2, 1]


def test_of_several_programmes_one_is_chosen(client, planned: Province):
    Programme.objects.create(
        code="sau",
        union=planned.root,
        title="Chương trình nhiệm kỳ sau",
        issued_on=date(2030, 1, 1),
        term_from=2030,
        term_to=2035,
        reporting_years=[2031],
    )
    client.force_login(planned.inspector)
    assert "1 có kế hoạch" in page(client)
    assert "0 có kế hoạch" in page(client, ct="sau", nam="2031")
