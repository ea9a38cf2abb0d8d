"""Whom a year has not asked yet is told wherever its results are."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Submission
from indicators.queries import Cut, addends, scorecard, unasked, why_not_asked
from indicators.queries.gaps import shortfalls
from reports.definitions.missing import prospects
from tests.builders import (
    Province,
    approve,
    make_period,
    make_union,
    make_user,
)
from unions.access import Role
from unions.models import Calendar, Union, UnionType
from unions.queries import node

SCHOOL = "Kỳ năm học 2024-2025 chưa mở: 2 đơn vị theo năm học chưa được hỏi, không có trong số"


@pytest.fixture
def schools(province: Province) -> list[Union]:
    """Two schools, one of a company, in a province that opened the calendar year 2025 alone."""
    kept = {"calendar": Calendar.SCHOOL_YEAR, "cluster": "Cụm 2"}
    return [
        make_union(province.root, code="THPT", name="CĐCS Trường THPT", **kept),
        make_union(
            province.root, code="TT", name="CĐCS Trường tư", type=UnionType.NON_PUBLIC, **kept
        ),
    ]


def _cut(union: Union, **narrowed: str) -> Cut:
    return Cut(node(union), 2024, 2026, **narrowed)


def test_unions_of_a_calendar_that_was_not_opened_are_counted_in_its_years(
    province: Province, schools
):
    [found] = unasked(province.programme, _cut(province.root))
    assert (found.year, found.calendar) == (2025, "school_year")
    assert (found.by_type["agency"], found.by_type["non_public"]) == (1, 1)
    assert found.sentence == f"{SCHOOL} phải báo cáo."
    assert found.of(frozenset({"non_public"})) == 1
    make_period(province.programme, calendar="school_year")
    assert unasked(province.programme, _cut(province.root)) == []


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ({"cluster": "Cụm 2"}, 2),
        ({"cluster": "Cụm 1"}, 0),
        ({"type": "non_public"}, 1),
        ({"type": "state_enterprise"}, 0),
        ({"structure": "now"}, 2),
        ({"structure": "now", "type": "non_public"}, 1),
    ],
)
def test_only_those_of_the_cut_are_counted(province: Province, schools, narrowed, count):
    found = unasked(province.programme, _cut(province.root, **narrowed))
    assert sum(one.of(frozenset()) for one in found) == count


def test_one_that_was_founded_after_the_cut_off_is_not_missed(province: Province):
    kept = {"calendar": Calendar.SCHOOL_YEAR, "founded_on": date(2025, 6, 1)}
    make_union(province.root, code="MN", name="CĐCS Trường mầm non", **kept)
    assert unasked(province.programme, _cut(province.root)) == []


def test_whom_a_year_has_not_asked_takes_two_statements_and_one_if_nobody(province, schools):
    cut = _cut(province.root)
    with CaptureQueriesContext(connection) as asked:
        unasked(province.programme, cut)
    assert len(asked) == 2
    make_period(province.programme, calendar="school_year")
    with CaptureQueriesContext(connection) as asked:
        unasked(province.programme, cut)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        scorecard(province.programme, cut)
    assert len(asked) == 3


def test_nobody_says_that_all_have_answered_while_some_were_not_asked(province: Province, schools):
    for submission in Submission.objects.filter(audience="grassroots"):
        approve(submission, i2_1_1={"done": 1, "total": 100})
    cut = Cut.of_year(node(province.root), 2025)
    [result] = [one for one in scorecard(province.programme, cut) if one.indicator.code == "2.1.1"]
    pairs = addends(province.programme, cut, "2.1.1")
    [told] = prospects(shortfalls(result, pairs, {}, unasked(province.programme, cut)))
    assert told.endswith(
        "Mọi đơn vị được hỏi đã báo cáo; còn 2 đơn vị chưa được hỏi vì kỳ của đơn vị chưa mở: chưa"
        " kết luận được."
    )
    make_period(province.programme, calendar="school_year")
    [told] = prospects(shortfalls(result, pairs, {}, unasked(province.programme, cut)))
    assert told.endswith("Mọi đơn vị đã báo cáo: chỉ đạt được nếu số đã duyệt thay đổi.")


def test_pages_and_command_say_whom_the_year_has_not_asked(client, province: Province, schools):
    client.force_login(province.leader)
    places = [reverse("reports:dashboard"), reverse("reports:scorecard", args=["CDVC", 2025])]
    for place in places:
        assert SCHOOL in client.get(place).content.decode()
    told = io.StringIO()
    call_command(
        "scorecard", "--union", "CDVC", "--year", "2025", stdout=io.StringIO(), stderr=told
    )
    assert SCHOOL in told.getvalue()
    make_period(province.programme, calendar="school_year")
    for place in places:
        assert "chưa được hỏi" not in client.get(place).content.decode()


def test_a_union_is_told_why_it_is_not_asked(client, province: Province, schools):
    sentence = (
        "CĐCS Trường THPT báo cáo theo năm học: kỳ năm học 2024-2025 chưa mở nên đơn vị chưa được"
        " hỏi."
    )
    chair = make_user("truong", Role.CHAIR, schools[0], full_name="Đặng Thị Trường")
    client.force_login(chair)
    assert sentence in client.get("/").content.decode()
    assert why_not_asked([province.health.pk]) == []
    with CaptureQueriesContext(connection) as asked:
        assert why_not_asked([schools[0].pk, province.health.pk]) == [sentence]
    assert len(asked) == 2
    make_period(province.programme, calendar="school_year")
    assert "chưa được hỏi" not in client.get("/").content.decode()


def test_the_exported_pairs_and_the_desks_list_say_who_is_not_among_them(
    client, province: Province, schools
):
    said = io.StringIO()
    sent = ["export_figures", "--year", "2025", "--csv"]
    call_command(*sent, stdout=io.StringIO(), stderr=said)
    assert SCHOOL in said.getvalue()
    listed = reverse("admin:indicators_submission_changelist")
    client.force_login(province.officer)
    assert SCHOOL in client.get(listed).content.decode()
    assert SCHOOL not in client.get(listed, {"period__year": "2024"}).content.decode()
    make_period(province.programme, calendar="school_year")
    assert SCHOOL not in client.get(listed).content.decode()
