"""The tree page at the desk: a day, one level at a time, and what is looked for."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Province, make_province, make_union
from unions.models import Union
from unions.services import changes, headcounts, unions
from unions.services.events import Decision
from unions.services.headcounts import Count

TREE = "/quan-tri/unions/union/so-do/"
DAY = date(2025, 7, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC")


@pytest.fixture
def ward(province: Province) -> Union:
    return make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")


@pytest.fixture
def desk(client: Client, province: Province) -> Client:
    client.force_login(province.officer)
    return client


def shown(desk: Client, **asked: object) -> str:
    """What the page says, without the tags."""
    page = desk.get(TREE, asked).content.decode()
    main = page[page.index("desk-title") :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def rows(desk: Client, **asked: object) -> list[str]:
    """The codes of all unions on the page, from above."""
    return _codes(desk.get(TREE, asked).context["branch"])


def _codes(branch: object) -> list[str]:
    return [
        code
        for row in branch.rows
        for code in [row.spot.code, *(_codes(row.inner) if row.inner else [])]
    ]


def test_the_menu_leads_to_the_tree(desk: Client):
    page = desk.get(reverse("admin:index")).content.decode()
    assert f'href="{TREE}"' in page
    assert reverse("admin:unions_union_tree") == TREE


def test_the_only_union_at_the_top_is_unfolded_and_no_other(desk: Client, ward):
    assert rows(desk) == ["CDVC", "SNV", "SYT"]


def test_a_level_is_unfolded_and_folded_by_links(desk: Client, province: Province, ward):
    health = desk.get(TREE).context["branch"].rows[0].inner.rows[1]
    assert health.inner is None
    unfolded = desk.get(TREE + health.turn.partition("#")[0]).context["branch"]
    assert _codes(unfolded) == ["CDVC", "SNV", "SYT", "TYT"]
    health = unfolded.rows[0].inner.rows[1]
    assert (health.current, health.inner.rows[0].turn) == (True, "")
    folded = desk.get(TREE + health.turn.partition("#")[0]).context["branch"]
    assert _codes(folded) == ["CDVC", "SNV", "SYT"]


def test_readers_of_the_screen_are_told_what_is_unfolded(desk: Client, province: Province, ward):
    page = desk.get(TREE, {"open": province.health.pk}).content.decode()
    links = re.findall(r'<a class="desk-turn"[^>]*>', page)
    assert len(links) == 1
    assert 'aria-expanded="true"' in links[0]
    assert 'aria-label="Thu lại các đơn vị trực thuộc Công đoàn cơ sở Sở Y tế"' in links[0]
    assert re.search(rf'<li id="u{province.health.pk}"\s+aria-current="true">', page)
    folded = desk.get(TREE).content.decode()
    assert 'aria-label="Mở các đơn vị trực thuộc Công đoàn cơ sở Sở Y tế"' in folded
    assert 'aria-expanded="false"' in folded


def test_each_union_leads_to_its_page_and_says_how_many_stand_beneath(
    desk: Client, province: Province, ward
):
    headcounts.record(Count(ward, DAY, 1234), by=None)
    health = desk.get(TREE).context["branch"].rows[0].inner.rows[1]
    assert health.page == reverse("admin:unions_union_change", args=[province.health.pk])
    assert (health.beneath, health.members) == (1, 1234)
    text = shown(desk)
    assert "Có 4 đơn vị ngày" in text
    assert "1 đơn vị trực thuộc 1.234 đoàn viên" in text


def test_the_tree_of_a_day_that_was_has_what_lived_then(desk: Client, province: Province):
    unions.dissolve(province.health, DECISION, by=None)
    assert rows(desk, day="30/06/2025") == ["CDVC", "SNV", "SYT"]
    assert "Đã kết thúc từ 01/07/2025" in shown(desk, day="30/06/2025")
    assert rows(desk, day="01/07/2025") == ["CDVC", "SNV"]


def test_a_day_to_come_shows_what_is_planned_and_says_so(desk: Client, province: Province):
    today = timezone.localdate()
    later = today + timedelta(400)
    changes.rename(province.health, "Tên mai sau", Decision(later), by=None)
    text = shown(desk, day=f"{later:%d/%m/%Y}")
    assert "Tên mai sau" in text
    assert "Ngày này chưa tới" in text
    assert "1 đơn vị đổi tên, chuyển chỗ hoặc mới thành lập từ nay đến ngày đó" in text
    assert f"Dự kiến từ {later:%d/%m/%Y}" in text
    now = shown(desk)
    assert "Công đoàn cơ sở Sở Y tế" in now
    assert "Ngày này chưa tới" not in now


@pytest.mark.parametrize("typed", ["2025-07-01", "1/7/2025", "01-07-2025"])
def test_a_day_may_be_written_in_several_ways(desk: Client, province: Province, typed):
    unions.dissolve(province.health, DECISION, by=None)
    assert rows(desk, day=typed) == ["CDVC", "SNV"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2025", "“31/02/2025” không phải một ngày."),
        ("hôm qua", "“hôm qua” không phải một ngày."),
        ("0001", "“0001” không phải một ngày."),
        ("01/01/99999", "“01/01/99999” không phải một ngày."),
        ("01/01/0001", "Ngày 01/01/0001 không thể đúng: năm phải từ 1900 đến 2200."),
        ("9" * 300, "không phải một ngày."),
        ("\x00", "không phải một ngày."),
    ],
)
def test_a_day_that_is_none_is_told_beside_the_field(desk: Client, typed, sentence):
    answer = desk.get(TREE, {"day": typed})
    assert answer.status_code == 200
    assert sentence in answer.context["form"].errors["day"][0]
    assert answer.context["chart"] is None


@pytest.mark.parametrize("name", ["type", "level", "state"])
def test_a_choice_that_is_none_is_told_beside_the_field(desk: Client, name):
    assert name in desk.get(TREE, {name: "khac"}).context["form"].errors


def test_what_is_looked_for_is_found_in_the_whole_tree_with_what_stands_above_it(
    desk: Client, province: Province, ward
):
    assert rows(desk, q="tram y te") == ["TYT"]
    [row] = desk.get(TREE, {"q": "tram y te"}).context["branch"].rows
    assert [one.spot.code for one in row.above] == ["CDVC", "SYT"]
    assert "Tìm thấy 1 trong 4 đơn vị" in shown(desk, q="tram y te")
    there = desk.get(TREE + row.turn.partition("#")[0]).context["branch"]
    assert _codes(there) == ["CDVC", "SNV", "SYT", "TYT"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"type": "agency"}, ["SNV", "SYT", "TYT", "CDVC"]),
        ({"type": "non_state"}, []),
        ({"level": "upper"}, ["CDVC"]),
        ({"cluster": "Cụm 1"}, ["SYT"]),
        ({"cluster": "Cụm 77"}, []),
        ({"state": "suspended"}, ["SNV"]),
        ({"state": "working", "q": "y te"}, ["SYT", "TYT"]),
    ],
)
def test_the_tree_is_filtered(desk: Client, province: Province, ward, asked, found):
    changes.suspend(province.interior, DECISION, by=None)
    assert rows(desk, **asked) == found
    if not found:
        assert "Không có đơn vị nào phù hợp" in shown(desk, **asked)


def test_before_the_first_founding_the_page_says_so(desk: Client):
    assert "Ngày 31/12/2019 chưa có đơn vị nào" in shown(desk, day="31/12/2019")


def test_a_union_that_was_not_there_on_the_day_is_told(desk: Client, province: Province):
    unions.dissolve(province.health, DECISION, by=None)
    text = shown(desk, open=province.health.pk)
    assert "không có Công đoàn cơ sở Sở Y tế trong sơ đồ" in text
    assert "thành lập ngày 01/01/2020, kết thúc hoạt động từ ngày 01/07/2025" in text
    assert rows(desk, open=province.health.pk) == ["CDVC", "SNV"]


@pytest.mark.parametrize("key", ["0", "-1", "abc", "9" * 40, "²"])
def test_a_union_that_there_is_not_is_not_found(desk: Client, key):
    assert desk.get(TREE, {"open": key}).status_code == 404


def test_a_union_of_others_is_not_found_though_it_is_there(desk: Client, province: Province):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    assert desk.get(TREE, {"open": other.pk}).status_code == 404
    assert "tỉnh khác" not in shown(desk, q="tinh")
    assert desk.get(TREE, {"open": province.root.pk}).status_code == 200


def test_a_name_that_is_known_without_its_page_leads_nowhere(desk: Client, province: Province):
    """What was ours and is another's now is named in the years when it was ours."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    changes.transfer(province.health, other, DECISION, by=None)
    past = desk.get(TREE, {"day": "30/06/2025"}).context["branch"].rows[0].inner.rows
    assert [(row.spot.code, bool(row.page)) for row in past] == [("SNV", True), ("SYT", False)]
    assert rows(desk) == ["CDVC", "SNV"]


def test_many_children_are_shown_page_by_page(desk: Client, province: Province):
    for number in range(60):
        make_union(province.interior, code=f"M{number:02}", name=f"Đơn vị {number:02}")
    first = desk.get(TREE, {"open": province.interior.pk}).context["branch"]
    many = first.rows[0].inner.rows[0].inner
    assert ([row.spot.code for row in many.rows[:2]], len(many.rows)) == (["M00", "M01"], 50)
    assert many.before == ""
    second = desk.get(TREE + many.after.partition("#")[0]).context["branch"]
    rest = second.rows[0].inner.rows[0].inner
    assert ([row.spot.code for row in rest.rows], rest.after) == (
        [f"M{number}" for number in range(50, 60)],
        "",
    )
    assert "Đơn vị 51–60 trong 60" in shown(desk, open=province.interior.pk, p="2")
    # a union that is opened stands on the page of its own level on which it is found
    last = Union.objects.get(code="M59")
    assert "M59" in rows(desk, open=last.pk)
    assert "M00" not in rows(desk, open=last.pk)
    assert len(rows(desk, q="don vi", p="2")) == 10


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999999999999999"])
def test_a_page_that_there_is_not_is_the_nearest(desk: Client, number):
    assert rows(desk, p=number)[0] == "CDVC"


def test_the_page_costs_the_same_with_three_unions_and_with_thirty(
    desk: Client, province: Province, django_assert_num_queries, django_assert_max_num_queries
):
    desk.get(TREE)
    with django_assert_max_num_queries(7) as few:
        desk.get(TREE)
    for number in range(30):
        make_union(province.health, code=f"M{number}", name=f"Đơn vị {number}")
    for asked in ({}, {"open": province.health.pk}, {"q": "don vi"}, {"day": "30/06/2025"}):
        with django_assert_num_queries(len(few)):
            desk.get(TREE, asked)
