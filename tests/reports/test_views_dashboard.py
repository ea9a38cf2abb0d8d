"""The leaders' page: a year on one screen, one button, and no neighbour's figures."""

import pytest
from django.test import Client
from django.utils import timezone

from actionplan.models import Programme
from reports.models import Rendering, Stationery
from reports.services import issuing
from tests.builders import Province, approve, make_programme, make_province, make_user
from tests.reports.years import SUMS, VERDICTS, make_many, make_three
from unions.access import Role
from unions.models import User

PAGE = "/lanh-dao/"
BUTTON = "Lập báo cáo năm 2025 (PDF)"


def seen(client: Client, user: User, address: str = PAGE) -> str:
    """The page as this person sees it."""
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_indicator_stands_with_its_sum_and_verdict(client: Client, db):
    make_three()
    client.force_login(User.objects.get(username="canbo"))
    rows = client.get(PAGE).context["rows"]
    assert {row.code: " ".join(row.achieved.split()) for row in rows} == SUMS
    assert {row.code: row.verdict.value for row in rows} == VERDICTS


def test_the_page_tells_coverage_groups_and_offers_the_report(client: Client, province: Province):
    approve(province.health_submission)
    page = seen(client, province.leader)
    assert "<h1>Kết quả năm 2025</h1>" in page
    assert '<strong class="number">1/2</strong> công đoàn cơ sở đã có số liệu được duyệt' in page
    assert page.count('<strong class="number">1/2</strong>') == 1 + 10
    assert page.count(BUTTON) == 1


def test_the_year_can_be_turned(client: Client, province: Province):
    page = seen(client, province.leader, f"{PAGE}?nam=2026")
    assert "<h1>Kết quả năm 2026</h1>" in page
    assert "Lập báo cáo năm 2026 (PDF)" in page
    assert page.count('aria-current="page">2026<') == 1


@pytest.mark.parametrize("year", ["2035", "hai", "-1", "2025.5", ""])
def test_a_year_that_is_none_shows_the_last_that_was_opened(client, province: Province, year):
    page = seen(client, province.leader, f"{PAGE}?nam={year}")
    assert "<h1>Kết quả năm 2025</h1>" in page
    told = f'role="alert">Năm “{year}” không có ở đây. Đang xem năm 2025.</p>'
    assert (told in page) == bool(year)


def test_what_there_is_is_shown_without_a_word_and_what_there_is_not_is_told(
    client, province: Province
):
    here = f"{PAGE}?chuong-trinh={province.programme.code}&nam=2026"
    assert 'role="alert"' not in seen(client, province.leader, here)
    page = seen(client, province.leader, f"{PAGE}?chuong-trinh=%3Cb%3E")
    assert "Chương trình “&lt;b&gt;” không có ở đây. Đang xem năm 2025." in page


def test_of_several_programmes_one_is_chosen(client: Client, province: Province):
    Programme.objects.update(term_to=2025)
    own = make_programme(province.root, code="chuong-trinh-moi")
    Programme.objects.filter(pk=own.pk).update(title="Chương trình mới", term_from=2025)
    address = f"{PAGE}?chuong-trinh={province.programme.code}&nam=2025"
    page = seen(client, province.leader, address)
    assert "Chương trình mới (2025-2028)" in page
    assert page.count(BUTTON) == 1
    assert "Chương trình mới (" in seen(client, province.leader)


def test_before_any_programme_the_page_says_so(client: Client, db):
    leader = make_user("lanhdao", Role.LEADER, make_province(), full_name="Trần Thiện Điệp")
    assert "Chưa có chương trình hành động" in seen(client, leader)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Đang chờ…"),
        ("running", "Đang kết xuất…"),
        ("failed", "một câu"),
    ],
)
def test_what_the_report_is_at_stands_in_place_of_the_button(
    client: Client, province: Province, state, words
):
    issuing.request("annual", province.root, 2025, "pdf", by=province.leader)
    Rendering.objects.update(state=state, problem="một câu" if state == "failed" else "")
    page = seen(client, province.leader)
    assert words in page
    assert BUTTON not in page
    assert ("Thử lại" in page) == (state == "failed")
    assert ("hx-get=" in page.split('id="ket-xuat"')[1].split("</div>")[0]) == (state != "failed")


def test_a_finished_report_is_there_to_fetch_and_to_make_anew(client: Client, province: Province):
    rendering = issuing.request("annual", province.root, 2025, "pdf", by=province.leader)
    Rendering.objects.update(state="done", file="reports/xong.pdf", sha256="0" * 64)
    page = seen(client, province.leader)
    assert f'href="/bao-cao/tep/{rendering.pk}/">Tải PDF</a>' in page
    assert "Lập lại từ số liệu hiện nay" in page


def test_what_the_finished_report_leads_on_to_comes_with_it(client: Client, province: Province):
    """No reload: the part that the page fetches has it, and the page of the report does not."""
    rendering = issuing.request("annual", province.root, 2025, "pdf", by=province.leader)
    client.force_login(province.leader)
    watching = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}?nam=2025"}
    again, number = "Lập lại từ số liệu hiện nay", "Ghi số, ngày; các bản đã lập"
    address = f"/bao-cao/tep/{rendering.pk}/trang-thai/"
    waiting = client.get(address, headers=watching).content.decode()
    assert (again in waiting, number in waiting) == (False, True)
    Rendering.objects.update(
        state="done", file="reports/xong.pdf", sha256="0" * 64, finished_at=timezone.now()
    )
    done = client.get(address, headers=watching).content.decode()
    assert (again in done, number in done) == (True, True)
    elsewhere = watching | {"HX-Current-URL": f"http://testserver{rendering.report_id}"}
    assert again not in client.get(address, headers=elsewhere).content.decode()


def test_a_year_that_is_not_open_is_said_to_be_so(client: Client, province: Province):
    sentence = "chưa mở kỳ báo cáo nên chưa có số liệu"
    assert sentence not in seen(client, province.leader)
    assert f"Năm 2026 {sentence}." in seen(client, province.leader, f"{PAGE}?nam=2026")
    assert f"Năm 2026 {sentence}." in seen(client, province.leader, "/ket-qua/CDVC/2026/")


def test_a_chair_sees_the_own_union_and_no_button(client: Client, province: Province):
    approve(province.health_submission)
    page = seen(client, province.chair_of_health)
    assert "Công đoàn cơ sở Sở Y tế" in page
    assert "90/100" in page
    assert "2.1.6" not in page
    assert "Lập báo cáo" not in page
    assert "0/100" not in seen(client, province.chair_of_interior)


@pytest.mark.parametrize("who", ["inspector", "viewer"])
def test_those_who_only_look_have_no_button(client: Client, province: Province, who):
    assert "Lập báo cáo" not in seen(client, getattr(province, who))


def test_who_may_see_no_totals_is_refused(client: Client, province: Province):
    client.force_login(province.clerk_of_health)
    assert client.get(PAGE).status_code == 403


def test_an_unissued_report_is_not_listed_for_the_upper_federation(client, province: Province):
    issuing.request("annual", province.root, 2025, "pdf", by=province.leader)
    Stationery.objects.all().delete()
    assert "Báo cáo mới nhất" not in seen(client, province.viewer)
    assert "Báo cáo mới nhất" in seen(client, province.inspector)


@pytest.mark.parametrize("count", [3, 30])
def test_seventeen_statements_whatever_the_size(client, db, django_assert_num_queries, count):
    root = make_many(count)
    leader = User.objects.get(username="lanhdao")
    issuing.request("annual", root, 2025, "pdf", by=leader)
    client.force_login(leader)
    with django_assert_num_queries(17):
        client.get(PAGE)
