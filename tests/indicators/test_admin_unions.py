"""The page of one union at the desk."""

import re
from datetime import date
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.builders import Province, approve, make_province, make_union, make_user
from tests.crowd import make_long_life
from unions.access import Role
from unions.models import Headcount, Union, User
from unions.services import changes, unions
from unions.services.events import Decision

DAY = date(2025, 7, 1)


def address(union: Union) -> str:
    return reverse("admin:unions_union_change", args=[union.pk])


def source(client: Client, union: Union, reader: User) -> str:
    """The page, from its title on."""
    client.force_login(reader)
    page = client.get(address(union)).content.decode()
    return page[page.index("desk-title") :]


def text(client: Client, union: Union, reader: User) -> str:
    """What the page says, without the tags."""
    page = source(client, union, reader)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_page_tells_the_life_of_a_union(client, province: Province):
    handing = Decision(DAY, "15/QĐ-CĐVC", signer="Đỗ Văn Ký", hand_over_by=date(2025, 7, 31))
    changes.rename(
        province.health, "Công đoàn Ngành Y tế", Decision(date(2025, 3, 1), "9/QĐ"), by=None
    )
    unions.merge_into(province.health, province.interior, handing, by=None)
    approve(province.interior_submission)
    Headcount.objects.create(union=province.health, counted_on=date(2025, 6, 1), members=1250)
    said = text(client, province.health, province.inspector)
    for expected in [
        "Đã kết thúc từ 01/07/2025",
        "01/01/2020 – 28/02/2025",
        "01/03/2025 – 30/06/2025",
        "Thay đổi: tên.",
        "sự kiện đổi tên , quyết định số 9/QĐ",
        "Kết thúc hoạt động theo sự kiện sáp nhập , quyết định số 15/QĐ-CĐVC",
        "15/QĐ-CĐVC, Đỗ Văn Ký",
        "Con dấu: hạn 31/07/2025",
        "Nguyễn Văn Ước",
        "1.250",
        "Nhật ký: những dòng mới nhất",
    ]:
        assert expected in said
    page = source(client, province.health, province.inspector)
    assert f'href="{address(province.interior)}"' in page
    heir = text(client, province.interior, province.inspector)
    assert "90/100 = 90%" in heir
    assert "Đã duyệt" in heir


def test_the_page_leads_to_submissions_events_people_and_the_tree(client, province: Province):
    page = source(client, province.health, province.officer)
    event = province.health.events_as_successor.get()
    for name, key in [
        ("indicators_submission_change", province.health_submission.pk),
        ("unions_orgevent_change", event.pk),
        ("unions_user_change", province.chair_of_health.pk),
    ]:
        assert f'href="{reverse(f"admin:{name}", args=[key])}"' in page
    tree = reverse("admin:unions_union_tree")
    key = province.health.pk
    assert f'href="{tree}?open={key}#u{key}"' in page
    client.force_login(province.officer)
    assert client.get(tree, {"open": key}).status_code == 200


def test_the_journal_is_for_those_who_supervise(client, province: Province):
    assert "Nhật ký: những dòng" in text(client, province.health, province.inspector)
    assert "Nhật ký: những dòng" not in text(client, province.health, province.officer)


def test_a_young_union_has_empty_parts_and_says_so(client, province: Province):
    young = make_union(province.root, code="MOI", name="Mới", founded_on=date(2026, 6, 1))
    young.submissions.all().delete()
    said = text(client, young, province.officer)
    for expected in [
        "Đơn vị chưa có phiếu số liệu nào.",
        "Hiện không có ai được phân công.",
        "Chưa ghi số đoàn viên, người lao động.",
    ]:
        assert expected in said


def test_a_name_of_another_province_leads_nowhere(client, province: Province):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    make_user("la", Role.OFFICER, other, full_name="Cán Bộ Khác")
    moved = make_union(other, code="XA", name="Công đoàn cơ sở ở xa")
    changes.transfer(moved, province.root, Decision(DAY), by=None)
    page = source(client, moved, province.officer)
    assert "Công đoàn Viên chức tỉnh khác" in page
    assert address(other) not in page
    assert address(province.root) in page
    assert client.get(address(other)).status_code == 404


def test_the_page_costs_the_same_with_three_rows_and_with_twelve(
    client, province: Province, django_assert_num_queries, django_assert_max_num_queries
):
    short, long = make_long_life(province, 3), make_long_life(province, 12)
    for reader in (province.officer, province.inspector):
        client.force_login(reader)
        client.get(address(short))
        with django_assert_max_num_queries(30) as few:
            client.get(address(short))
        with django_assert_num_queries(len(few)):
            page = client.get(address(long)).content.decode()
        assert page.count("Tên thứ") >= 12
