"""Several changes of one union on one day, recorded and taken back one after the other."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.utils import timezone

from indicators.services import submissions
from tests.builders import Province, approve, as_upper, make_union
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Union
from unions.queries import event_faults, tree_faults
from unions.services import changes, consequences, events, lineage, placing, undoing, unions
from unions.services.events import Decision

DAY = date(2025, 7, 1)
DECISION = Decision(DAY, "15/QĐ-CĐVC")
HEALTH, INTERIOR = "Công đoàn cơ sở Sở Y tế", "Công đoàn cơ sở Sở Nội vụ"

Act = Callable[[Province, Decision], object]
MATTERS: dict[str, tuple[Act, str]] = {
    "name": (
        lambda p, on: changes.rename(p.health, "Ngành Y tế", on, by=None),
        f"{HEALTH} đổi tên thành “Ngành Y tế”.",
    ),
    "type": (
        lambda p, on: changes.change_type(p.health, "non_state", on, by=None),
        "đổi loại hình từ “Cơ quan hành chính, đảng, đoàn thể” sang “Doanh nghiệp ngoài nhà nước”.",
    ),
    "cluster": (
        lambda p, on: changes.change_type(p.health, kind(p.health), on, by=None, cluster="Cụm 9"),
        "chuyển từ cụm thi đua “Cụm 1” sang “Cụm 9”.",
    ),
    "parent": (
        lambda p, on: changes.transfer(p.health, p.interior, on, by=None),
        f"chuyển từ trực thuộc Công đoàn Viên chức tỉnh Phú Thọ sang trực thuộc {INTERIOR}, cùng 1"
        " đơn vị bên dưới.",
    ),
    "level": (
        lambda p, on: changes.change_level(p.health, Level.UPPER, on, by=None),
        "chuyển từ công đoàn cơ sở thành công đoàn cấp trên trực tiếp cơ sở.",
    ),
}


def kind(union: Union) -> str:
    return Placement.objects.get(union=union, valid_to=None).type


def rows() -> list[tuple[object, ...]]:
    """Everything that stands, with who put it there."""
    fields = ("pk", "union__code", "name", "type", "cluster", "level", "path", "valid_from")
    more = ("valid_to", "opened_by", "closed_by", "union__current")
    return list(Placement.objects.order_by("union", "valid_from").values_list(*fields, *more))


def last() -> OrgEvent:
    return OrgEvent.objects.latest("pk")


def sound() -> bool:
    return [*tree_faults(), *event_faults(), *lineage.faults()] == []


@pytest.fixture
def ward(province: Province) -> Union:
    as_upper(province.interior)
    return make_union(province.health, code="TYT", name="Trạm Y tế")


# every two matters, and all of them in either order
ORDERS = [*combinations(MATTERS, 2), tuple(MATTERS), tuple(reversed(MATTERS))]


@pytest.mark.parametrize("order", ORDERS, ids=" then ".join)
def test_changes_of_different_matters_hold_from_one_day_and_are_taken_back_in_turn(
    province: Province, ward, order
):
    stood, happened = [rows()], []
    for matter in order:
        act, told = MATTERS[matter]
        act(province, DECISION)
        happened.append((last(), told))
        stood.append(rows())
        assert sound()
    now = Placement.objects.on(DAY).get(union=province.health)
    assert province.health.placements.count() == 2
    assert {"name", "type"} - set(order) or (now.name, now.type) == ("Ngành Y tế", "non_state")
    for event, told in happened:
        assert consequences.changes(event)[0].endswith(told)
    for event, _ in happened[:-1]:
        with pytest.raises(RuleBroken, match="Hãy huỷ sự kiện đó trước"):
            undoing.undo(event, by=None)
    for event, told in reversed(happened):
        assert rows() == stood.pop()
        undoing.undo(event, by=None)
        event.refresh_from_db()
        assert event.story["changes"][0].endswith(told)
        assert sound()
    assert rows() == stood.pop()


@pytest.mark.parametrize("matter", ["name", "type", "cluster", "parent"])
def test_the_same_matter_twice_on_a_day_is_a_conflict(province: Province, ward, matter):
    again: dict[str, Act] = {
        "name": lambda p, on: changes.rename(p.health, "Tên khác", on, by=None),
        "type": lambda p, on: changes.change_type(p.health, "non_public", on, by=None),
        "cluster": lambda p, on: changes.change_type(
            p.health, kind(p.health), on, by=None, cluster="Cụm 8"
        ),
        "parent": lambda p, on: changes.transfer(p.health, p.root, on, by=None),
    }
    MATTERS[matter][0](province, DECISION)
    before = rows()
    with pytest.raises(RuleBroken, match="đã có thay đổi từ ngày 01/07/2025") as stopped:
        again[matter](province, DECISION)
    assert stopped.value.about == "effective_on"
    assert rows() == before
    again[matter](province, Decision(DAY + timedelta(1)))


ENDS: dict[str, Act] = {
    "dissolve": lambda p, on: unions.dissolve(p.health, on, by=None),
    "merge": lambda p, on: unions.merge_into(
        p.health, make_union(p.root, code="KHAC", name="Khác"), on, by=None
    ),
    "split": lambda p, on: unions.split(
        p.health, {make_union(p.root, code="KHAC", name="Khác"): None}, on, ends=False, by=None
    ),
    "suspend": lambda p, on: changes.suspend(p.health, on, by=None),
}


@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_divides_or_rests_shares_its_day_with_nothing(province: Province, end):
    for acts in ((MATTERS["name"][0], ENDS[end]), (ENDS[end], MATTERS["name"][0])):
        with events.rehearsed():
            acts[0](province, DECISION)
            with pytest.raises(RuleBroken):
                acts[1](province, DECISION)


def test_who_moves_along_may_be_renamed_on_the_day_before_or_after(province: Province, ward):
    """Whichever is recorded first, the other one takes its placement's place."""
    acts: list[Callable[[], object]] = [
        lambda: changes.transfer(province.health, province.interior, DECISION, by=None),
        lambda: changes.rename(ward, "Trạm Y tế phường", DECISION, by=None),
    ]
    for one, other in (acts, acts[::-1]):
        before = rows()
        one()
        first, between = last(), rows()
        other()
        assert sound()
        there = Placement.objects.on(DAY).get(union=ward)
        moved = Placement.objects.on(DAY).get(union=province.health)
        assert (there.name, there.path) == ("Trạm Y tế phường", f"{moved.path}{ward.pk}.")
        with pytest.raises(RuleBroken, match="Hãy huỷ sự kiện đó trước"):
            undoing.undo(first, by=None)
        undoing.undo(last(), by=None)
        assert rows() == between
        undoing.undo(first, by=None)
        assert rows() == before
        assert sound()


def test_planned_changes_of_one_day_arrive_together(province: Province, ward):
    day = timezone.localdate() + timedelta(30)
    for matter in ("name", "parent"):
        MATTERS[matter][0](province, Decision(day))
    assert placing.arrive(day - timedelta(1)) == 0
    assert placing.arrive(day) == 2
    current = Union.objects.select_related("current").get(pk=province.health.pk).current
    assert (current.name, current.parent) == ("Ngành Y tế", province.interior)


def test_submissions_follow_and_come_back(province: Province, ward):
    before = province.health_submission.placement_id
    MATTERS["name"][0](province, DECISION)
    between = province.health_submission.placement_id
    MATTERS["parent"][0](province, DECISION)
    placement = province.health_submission.placement
    assert (placement.name, placement.parent) == ("Ngành Y tế", province.interior)
    undoing.undo(last(), by=None)
    assert province.health_submission.placement_id == between
    undoing.undo(OrgEvent.objects.get(kind="rename"), by=None)
    assert province.health_submission.placement_id == before


def test_what_was_approved_by_the_placement_of_the_day_keeps_it(province: Province, ward):
    MATTERS["name"][0](province, DECISION)
    approved = approve(province.health_submission)
    before = rows()
    with pytest.raises(RuleBroken, match="Đã có số liệu được duyệt hoặc đã khoá") as stopped:
        MATTERS["parent"][0](province, DECISION)
    assert stopped.value.about == "effective_on"
    assert rows() == before
    submissions.send_back(approved, by=province.officer, reason="Sai số")
    MATTERS["parent"][0](province, DECISION)
    assert sound()
