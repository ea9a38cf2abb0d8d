"""The scorecard page and what it opens to: totals for many, submissions for those who may."""

import pytest
from django.test import Client

from reports.views import scorecard
from tests.builders import Province, approve
from tests.reports.years import NO_CANDIDATE, SUMS, VERDICTS, make_many, make_three
from unions.models import User


def page_of(client: Client, user: User, address: str) -> str:
    """The page as this person sees it."""
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_sums_verdicts_and_rules_stand_on_one_page(client: Client, db):
    make_three()
    page = page_of(client, User.objects.get(username="canbo"), "/ket-qua/CDVC/2025/")
    for code, written in SUMS.items():
        assert f'class="achieved">{written}</td>' in page.replace("\N{NO-BREAK SPACE}", " ")
        assert f"{code}. " in page
    assert page.count('<span class="state state-not_met">Chưa đạt</span>') == 3
    assert page.count('<span class="state state-exceeded">Vượt</span>') == 3
    assert "Chưa đạt" in VERDICTS.values()
    assert "Chỉ tiêu 2.1.3: 1 đơn vị không phát sinh, không tính vào mẫu số." in page


def test_the_pairs_behind_a_total_add_up_to_it(client: Client, db):
    make_three()
    client.force_login(User.objects.get(username="canbo"))
    rows = client.get("/ket-qua/CDVC/2025/2.1.3/").context["page"].object_list
    assert [(row.union_code, row.numerator, row.denominator) for row in rows] == [
        ("CA", None, None),
        ("AN", 3, 1),
        ("BA", 0, 1),
    ]


def test_those_who_may_read_submissions_find_them_behind_the_pairs(client, province: Province):
    submission = approve(province.health_submission, i2_1_3=NO_CANDIDATE)
    page = page_of(client, province.inspector, "/ket-qua/CDVC/2025/2.1.3/")
    assert f'<a href="/so-lieu/{submission.pk}/">Công đoàn cơ sở Sở Y tế</a>' in page
    assert NO_CANDIDATE in page
    assert "Chưa báo cáo" in page


def test_the_upper_federation_sees_totals_and_pairs_but_no_submission(client, province: Province):
    approve(province.health_submission, i2_1_3=NO_CANDIDATE)
    assert "0/1" in page_of(client, province.viewer, "/ket-qua/CDVC/2025/")
    page = page_of(client, province.viewer, "/ket-qua/CDVC/2025/2.1.3/")
    assert "Công đoàn cơ sở Sở Y tế" in page
    assert "Không tính vào mẫu số" in page
    assert "/so-lieu/" not in page
    assert NO_CANDIDATE not in page


def test_a_fragment_is_the_table_alone(client: Client, province: Province):
    client.force_login(province.leader)
    response = client.get("/ket-qua/CDVC/2025/2.1.1/", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<table class="pairs">')
    assert "<html" not in response.content.decode()


def test_many_pairs_come_in_pages(client: Client, province: Province, monkeypatch):
    monkeypatch.setattr(scorecard, "A_PAGE", 1)
    address = "/ket-qua/CDVC/2025/2.1.1/"
    assert "Trang 1/2" in page_of(client, province.leader, address)
    assert "Công đoàn cơ sở Sở Y tế" in page_of(client, province.leader, f"{address}?trang=2")


def test_a_chair_sees_the_own_results_and_no_neighbours(client: Client, province: Province):
    assert "Công đoàn cơ sở Sở Y tế" in page_of(
        client, province.chair_of_health, "/ket-qua/SYT/2025/"
    )
    for address in ("/ket-qua/SNV/2025/", "/ket-qua/CDVC/2025/", "/ket-qua/SNV/2025/2.1.1/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/ket-qua/KHONGCO/2025/",
        "/ket-qua/CDVC/2035/",
        "/ket-qua/CDVC/2025/?chuong-trinh=khong-co",
        "/ket-qua/CDVC/2025/9.9/",
        "/ket-qua/SYT/2025/2.1.6/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, province: Province, address):
    client.force_login(province.leader)
    assert client.get(address).status_code == 404


def test_who_may_see_no_totals_finds_nothing(client: Client, province: Province):
    client.force_login(province.clerk_of_health)
    assert client.get("/ket-qua/SYT/2025/").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("address", "statements"), [("/ket-qua/CDVC/2025/", 11), ("/ket-qua/CDVC/2025/2.1.1/", 12)]
)
def test_at_most_twelve_statements_whatever_the_size(
    client, db, django_assert_num_queries, count, address, statements
):
    make_many(count)
    client.force_login(User.objects.get(username="lanhdao"))
    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200
