"""The tree of any day: who was beneath whom, how many, by what name, and who may know."""

import unicodedata
from datetime import date, timedelta

import pytest

from tests.builders import FOUNDED, Province, make_province, make_union, make_user
from unions.access import Role
from unions.models import Level, Union, User
from unions.queries import Wanted, chart, in_vietnamese_order
from unions.services import changes, headcounts, unions
from unions.services.events import Decision
from unions.services.headcounts import Count

DAY = date(2025, 7, 1)
EVE = DAY - timedelta(1)
DECISION = Decision(DAY, "15/QĐ-CĐVC")
PLANNED = date(2090, 1, 1)


@pytest.fixture
def wards(province: Province) -> list[Union]:
    """Two unions beneath the health union, one of them a division of the other."""
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    return [ward, make_union(ward, code="TYT1", name="Công đoàn bộ phận Trạm")]


@pytest.fixture
def officer(province: Province) -> User:
    """The officer, whose roles are known already, as on any page of the desk."""
    assert province.officer.roles
    return province.officer


def names(reader: User, day: date, parent: Union | None = None) -> list[str]:
    """Those directly beneath a union on a day, or at the top."""
    return [spot.name for spot in chart(day, reader).children(parent.pk if parent else None)]


def codes(reader: User, day: date, **wanted: object) -> list[str]:
    """Those that are found on a day."""
    return [spot.code for spot in chart(day, reader).found(Wanted(**wanted))]


def test_one_union_stands_at_the_top_and_the_others_beneath_it(province: Province, officer):
    assert names(officer, DAY) == ["Công đoàn Viên chức tỉnh Phú Thọ"]
    assert names(officer, DAY, province.root) == [
        "Công đoàn cơ sở Sở Nội vụ",
        "Công đoàn cơ sở Sở Y tế",
    ]


def test_before_the_first_founding_the_tree_is_empty(officer):
    assert chart(FOUNDED - timedelta(1), officer).spots == {}


def test_an_ended_union_stands_where_it_stood_while_it_lived(province: Province, officer):
    unions.dissolve(province.health, DECISION, by=None)
    assert names(officer, EVE, province.root) == [
        "Công đoàn cơ sở Sở Nội vụ",
        "Công đoàn cơ sở Sở Y tế",
    ]
    assert names(officer, DAY, province.root) == ["Công đoàn cơ sở Sở Nội vụ"]


def test_a_union_bears_the_name_of_the_day(province: Province, officer):
    changes.rename(province.health, "Công đoàn Ngành Y tế", DECISION, by=None)
    assert "Công đoàn cơ sở Sở Y tế" in names(officer, EVE, province.root)
    assert "Công đoàn Ngành Y tế" in names(officer, DAY, province.root)


def test_a_planned_change_shows_from_its_day_on(province: Province, officer):
    changes.rename(province.health, "Tên mai sau", Decision(PLANNED), by=None)
    before, after = chart(PLANNED - timedelta(1), officer), chart(PLANNED, officer)
    assert before.spots[province.health.pk].name == "Công đoàn cơ sở Sở Y tế"
    assert after.spots[province.health.pk].name == "Tên mai sau"
    assert (before.begun_after(DAY), after.begun_after(DAY)) == (0, 1)


def test_whoever_moves_takes_along_what_is_beneath(province: Province, officer, wards):
    ward, division = wards
    changes.transfer(ward, province.interior, DECISION, by=None)
    before, after = chart(EVE, officer), chart(DAY, officer)
    health, interior, root = province.health.pk, province.interior.pk, province.root.pk
    assert [before.beneath(key) for key in (root, health, interior, ward.pk)] == [4, 2, 0, 1]
    assert [after.beneath(key) for key in (root, health, interior, ward.pk)] == [4, 0, 2, 1]
    assert [spot.code for spot in before.line(division.pk)] == ["CDVC", "SYT", "TYT", "TYT1"]
    assert [spot.code for spot in after.line(division.pk)] == ["CDVC", "SNV", "TYT", "TYT1"]


@pytest.mark.parametrize("day", [FOUNDED - timedelta(1), EVE, DAY, PLANNED])
@pytest.mark.parametrize(
    "wanted",
    [{}, {"term": "y te"}, {"type": "agency", "level": "grassroots"}, {"cluster": "Cụm 1"}],
)
def test_the_tree_of_any_day_takes_two_statements_whatever_is_looked_for(
    province: Province, officer, wards, day, wanted, django_assert_num_queries
):
    headcounts.record(Count(province.health, EVE, 120), by=None)
    with django_assert_num_queries(2):
        drawn = chart(day, officer)
        drawn.found(Wanted(**wanted))
        for spot in drawn.spots.values():
            drawn.children(spot.union_id)
            drawn.line(spot.union_id)
            drawn.beneath(spot.union_id)
            drawn.members(spot.union_id)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("y te", ["SYT", "TYT"]),
        ("SỞ Y  TẾ ", ["SYT"]),
        (unicodedata.normalize("NFD", "sở y tế"), ["SYT"]),
        ("syt", ["SYT"]),
        ("tyt", ["TYT1", "TYT"]),
        ("cơ sở số 9", []),
        ("%", []),
    ],
)
def test_unions_of_the_whole_tree_are_found_without_accents(officer, wards, term, found):
    assert codes(officer, DAY, term=term) == found


def test_a_union_is_found_by_the_name_of_the_day_alone(province: Province, officer):
    changes.rename(province.health, "Công đoàn Ngành Dược", DECISION, by=None)
    assert codes(officer, EVE, term="y te") == ["SYT"]
    assert codes(officer, DAY, term="y te") == []
    assert codes(officer, DAY, term="duoc") == ["SYT"]


def test_unions_are_found_by_what_they_were_on_the_day(province: Province, officer):
    changes.change_level(province.health, Level.UPPER, DECISION, by=None)
    changes.change_type(province.interior, "non_state", DECISION, by=None, cluster="Cụm 9")
    changes.suspend(province.interior, Decision(DAY + timedelta(1)), by=None)
    assert codes(officer, EVE, level="upper") == ["CDVC"]
    assert codes(officer, DAY, level="upper") == ["SYT", "CDVC"]
    assert codes(officer, EVE, type="non_state") == []
    assert codes(officer, DAY, type="non_state") == ["SNV"]
    assert (chart(EVE, officer).clusters, chart(DAY, officer).clusters) == (
        ["Cụm 1", "Cụm 2"],
        ["Cụm 1", "Cụm 9"],
    )
    assert codes(officer, DAY, suspended=True) == []
    assert codes(officer, DAY + timedelta(1), suspended=True) == ["SNV"]
    assert codes(officer, DAY + timedelta(1), suspended=False) == ["SYT", "CDVC"]
    assert (chart(DAY, officer).suspended, chart(DAY + timedelta(1), officer).suspended) == (0, 1)


IN_ORDER = [
    *("Công đoàn An", "Công đoàn Ăn", "Công đoàn Ân", "Công đoàn Ấn", "Công đoàn Dũng"),
    *("Công đoàn Đào", "Công đoàn Em", "Công đoàn Êm", "Công đoàn Ô", "Công đoàn Ở"),
    *("Công đoàn Sở", "Công đoàn Ước"),
]


def test_a_level_stands_in_the_order_of_the_alphabet_as_the_list_of_the_database_does(
    province: Province, officer
):
    """Run on SQLite and on PostgreSQL: one order by hand, so all are the same."""
    parent = make_union(province.root, code="BAC", name="Công đoàn bậc")
    for number, name in enumerate(reversed(IN_ORDER)):
        make_union(parent, code=f"D{number}", name=name)
    rows = Union.objects.filter(current__parent=parent)
    listed = rows.order_by(in_vietnamese_order("current__name"))
    assert names(officer, DAY, parent) == IN_ORDER
    assert [union.name for union in listed.select_related("current")] == IN_ORDER


def test_members_are_those_of_the_newest_headcount_or_of_all_beneath(
    province: Province, officer, wards
):
    ward, division = wards
    drawn = chart(DAY, officer)
    assert (drawn.members(province.root.pk), drawn.everyone) == (None, None)
    for union, day, members in [
        (ward, EVE, 30),
        (division, EVE, 12),
        (province.interior, EVE - timedelta(365), 50),
        (province.interior, EVE, 60),
    ]:
        headcounts.record(Count(union, day, members), by=None)
    drawn = chart(DAY, officer)
    # the ward has its division's twelve in its thirty; health was not counted itself
    assert drawn.members(division.pk) == 12
    assert drawn.members(province.health.pk) == 30
    assert drawn.members(province.interior.pk) == 60
    assert drawn.everyone == 90
    assert chart(EVE - timedelta(1), officer).everyone == 50


def test_unions_of_another_province_do_not_exist_here(province: Province, officer):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    theirs = make_union(other, code="XA", name="Công đoàn cơ sở ở xa")
    stranger = make_user("la", Role.OFFICER, other, full_name="Cán Bộ Khác")
    assert theirs.pk not in chart(DAY, officer).spots
    assert set(chart(DAY, stranger).spots) == {other.pk, theirs.pk}


def test_who_has_no_desk_sees_no_tree(province: Province):
    assert chart(DAY, province.leader).spots == {}
    assert chart(DAY, province.chair_of_health).spots == {}
    assert chart(DAY, province.inspector).spots


def test_a_union_that_came_from_another_province_has_its_past_here_too(province: Province, officer):
    """Both know of the years there; of the years here only the new province does."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    moved = make_union(other, code="XA", name="Công đoàn cơ sở ở xa")
    stranger = make_user("la", Role.OFFICER, other, full_name="Cán Bộ Khác")
    changes.transfer(moved, province.root, DECISION, by=None)
    assert [moved.pk in chart(day, officer).spots for day in (EVE, DAY)] == [True, True]
    assert [moved.pk in chart(day, stranger).spots for day in (EVE, DAY)] == [True, False]
    # its parent of then is none of ours, so it stands at the top
    assert names(officer, EVE) == ["Công đoàn cơ sở ở xa", "Công đoàn Viên chức tỉnh Phú Thọ"]
    assert names(officer, DAY) == ["Công đoàn Viên chức tỉnh Phú Thọ"]
