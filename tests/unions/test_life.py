"""The whole life of a union: stages, events, people, counts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import FOUNDED, Province, as_upper, make_union, make_user
from tests.crowd import make_long_life
from unions.access import Role
from unions.models import HandOver, Headcount, Union
from unions.queries import life
from unions.services import changes, people, undoing, unions
from unions.services.events import Decision

DAY = date(2025, 7, 1)
NEXT = date(2025, 9, 1)
PLANNED = date(2090, 1, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC", signer="Trần Thiện Điệp")


def stages(union: Union) -> list[tuple[date, date | None, str, tuple[str, ...]]]:
    """First day, last day, name and what changed, the newest first."""
    return [
        (one.placement.valid_from, one.last_day, one.placement.name, one.changed)
        for one in life(union).stages
    ]


def test_every_name_has_its_days_and_the_decision_that_brought_it(province: Province):
    changes.rename(province.health, "Công đoàn Ngành Y tế", DECISION, by=None)
    assert stages(province.health) == [
        (DAY, None, "Công đoàn Ngành Y tế", ("tên",)),
        (FOUNDED, DAY - timedelta(1), "Công đoàn cơ sở Sở Y tế", ()),
    ]
    newest, oldest = life(province.health).stages
    assert (newest.begun_by.kind, newest.begun_by.decision_number) == ("rename", "15/QĐ-CĐVC")
    assert (oldest.begun_by.kind, oldest.ended_by) == ("found", None)
    assert (newest.current, newest.planned, oldest.current) == (True, False, False)


def test_a_stage_names_its_parent_as_it_was_called_then(province: Province):
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    changes.rename(province.health, "Công đoàn Ngành Y tế", DECISION, by=None)
    changes.transfer(ward, province.interior, Decision(NEXT), by=None)
    changes.transfer(ward, province.health, Decision(NEXT + timedelta(9)), by=None)
    told = life(ward).stages
    assert [one.parent.name for one in told] == [
        "Công đoàn Ngành Y tế",
        "Công đoàn cơ sở Sở Nội vụ",
        "Công đoàn cơ sở Sở Y tế",
    ]
    assert [one.changed for one in told] == [("đơn vị cấp trên",), ("đơn vị cấp trên",), ()]


def test_every_other_change_is_called_by_its_name(province: Province):
    changes.change_level(province.health, "upper", DECISION, by=None)
    changes.change_type(
        province.health, "non_state", Decision(date(2025, 8, 1)), by=None, cluster="Cụm 5"
    )
    changes.suspend(province.health, Decision(NEXT), by=None)
    assert [changed for *_, changed in stages(province.health)] == [
        ("tình trạng hoạt động",),
        ("loại hình", "cụm thi đua"),
        ("cấp",),
        (),
    ]


def test_a_union_that_is_moved_along_tells_why(province: Province):
    """It had no part in the event itself: what stands above it did."""
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    changes.transfer(province.health, as_upper(province.interior), DECISION, by=None)
    told = life(ward)
    assert [turn.event.kind for turn in told.turns] == ["transfer", "found"]
    assert [named.name for named in told.turns[0].before] == ["Công đoàn cơ sở Sở Y tế"]
    assert told.stages[0].begun_by.kind == "transfer"


def test_the_end_of_a_life_names_its_event_and_its_heir(province: Province):
    handing = Decision(DAY, "15/QĐ-CĐVC", hand_over_by=date(2025, 7, 31))
    unions.merge_into(province.health, province.interior, handing, by=None)
    changes.rename(province.interior, "Tên về sau", Decision(NEXT), by=None)
    told = life(province.health)
    [stage] = told.stages
    assert (stage.last_day, stage.ended_by.kind) == (DAY - timedelta(1), "merge_into")
    merger = told.turns[0]
    assert [one.name for one in merger.before] == ["Công đoàn cơ sở Sở Y tế"]
    assert [one.name for one in merger.after] == ["Công đoàn cơ sở Sở Nội vụ"]
    assert [one.share for one in merger.inheritances] == ["100%"]
    assert [one.item for one in merger.hand_overs] == list(HandOver.Item)
    heir = life(province.interior)
    assert [turn.event.kind for turn in heir.turns] == ["rename", "merge_into", "found"]


@pytest.mark.parametrize(
    ("shares", "told"),
    [(("0.6", "0.4"), ["60%", "40%"]), ((None, None), ["", ""])],
)
def test_a_split_tells_who_got_how_much(province: Province, shares, told):
    heirs = [make_union(province.root, code=f"M{n}", name=f"Mới {n}") for n in range(2)]
    stated = [None if share is None else Decimal(share) for share in shares]
    unions.split(
        province.health, dict(zip(heirs, stated, strict=True)), DECISION, ends=True, by=None
    )
    split = life(province.health).turns[0]
    assert [one.share for one in split.inheritances] == told
    assert [one.successor for one in split.inheritances] == ["Mới 0", "Mới 1"]


def test_what_is_planned_is_told_as_planned_and_what_was_undone_as_undone(province: Province):
    changes.rename(province.health, "Tên mai sau", Decision(PLANNED), by=None)
    told = life(province.health)
    assert [(one.current, one.planned) for one in told.stages] == [(False, True), (True, False)]
    undoing.undo(told.turns[0].event, by=None)
    told = life(province.health)
    assert [one.placement.name for one in told.stages] == ["Công đoàn cơ sở Sở Y tế"]
    assert [turn.event.undone_at is None for turn in told.turns] == [False, True]


def test_people_stand_by_their_given_names_those_of_now_before_those_of_then(province: Province):
    """Run on both databases: one order by hand. Given names: Ân, Ba, Đào; Ước is former."""
    make_user("dao", Role.CLERK, province.health, full_name="An Văn Đào")
    make_user("ba", Role.CLERK, province.health, full_name="Vũ Thị Ba")
    chair = province.chair_of_health.appointments.get()
    people.relieve(chair, by=None, on=date(2025, 1, 1))
    told = life(province.health)
    assert [one.user.full_name for one in told.people] == ["Hà Thị Ân", "Vũ Thị Ba", "An Văn Đào"]
    assert [one.user.full_name for one in told.former_people] == ["Nguyễn Văn Ước"]


def test_headcounts_stand_the_newest_first(province: Province):
    for year in (2023, 2025, 2024):
        day = date(year, 11, 30)
        Headcount.objects.create(union=province.health, counted_on=day, members=year)
    assert [one.members for one in life(province.health).headcounts] == [2025, 2024, 2023]


@pytest.mark.parametrize("times", [3, 12])
def test_a_life_takes_nine_statements_however_long_it_is(
    province: Province, times, django_assert_num_queries
):
    union = make_long_life(province, times)
    with django_assert_num_queries(9):
        told = life(union)
        assert len(told.stages) == times + 1
        assert len(told.turns) == 2 * times + 1
        assert len(told.people) == len(told.headcounts) == times
        for turn in told.turns:
            assert [named.path for named in (*turn.before, *turn.after)]
        assert [one.parent.path for one in told.stages if one.parent]


def test_only_people_of_the_union_itself_are_told(province: Province):
    known = {one.user for one in life(province.health).people}
    assert known == {province.chair_of_health, province.clerk_of_health}
