"""Taking back an event: what rests on it, also by way of the union above."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from tests.builders import Province, make_period, make_union, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Level, OrgEvent, Placement, Union
from unions.queries import event_faults, tree_faults
from unions.services import changes, headcounts, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile
from unions.services.headcounts import Count

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def above(province: Province) -> tuple[Union, Union, Union]:
    """Two unions above grassroots ones, and one that stands beneath the first."""
    upper = [
        unions.found(
            code,
            province.root,
            Profile(code, "agency", level=Level.UPPER),
            Decision(date(2026, 1, 5)),
            by=None,
        )
        for code in ("TREN1", "TREN2")
    ]
    child = make_union(upper[0], code="DUOI", name="Dưới", founded_on=date(2026, 1, 6))
    return upper[0], upper[1], child


def last() -> OrgEvent:
    return OrgEvent.objects.latest("pk")


def fresh(union: Union) -> Union:
    return Union.objects.select_related("current").get(pk=union.pk)


Act = Callable[[Union, Union, Union], object]
LEAVING: dict[str, Act] = {
    "dissolved": lambda _, __, child: unions.dissolve(child, Decision(FEBRUARY), by=None),
    "transferred": lambda _, other, child: changes.transfer(
        child, other, Decision(FEBRUARY), by=None
    ),
    "merged": lambda one, other, child: unions.merge_into(
        child,
        make_union(other, code="CUNG", name="Cùng cấp", founded_on=date(2026, 1, 7)),
        Decision(FEBRUARY),
        by=None,
    ),
}
PARENT: dict[str, Act] = {
    "Giải thể": lambda one, _, __: unions.dissolve(one, Decision(MARCH), by=None),
    "Chuyển giao": lambda one, other, _: changes.transfer(one, other, Decision(MARCH), by=None),
    "Sáp nhập": lambda one, other, _: unions.merge_into(one, other, Decision(MARCH), by=None),
}


@pytest.mark.parametrize("leaving", LEAVING)
@pytest.mark.parametrize("kind", PARENT)
def test_nothing_comes_back_under_a_parent_that_has_since_ended_or_moved(above, leaving, kind):
    LEAVING[leaving](*map(fresh, above))
    first = OrgEvent.objects.filter(effective_on=FEBRUARY).get()
    PARENT[kind](*map(fresh, above))
    second = last()
    with pytest.raises(RuleBroken, match=f"Sau sự kiện này đã có “{kind} ngày 01/03/2026”"):
        undoing.undo(first, by=None)
    assert [*tree_faults(), *lineage.faults()] == []
    undoing.undo(second, by=None)
    undoing.undo(first, by=None)
    assert fresh(above[2]).current.parent == above[0]
    assert [*tree_faults(), *lineage.faults()] == []


def test_a_parent_that_ended_on_the_very_day_takes_nothing_back(above):
    first = unions.dissolve_all([fresh(above[2])], Decision(FEBRUARY), by=None)
    unions.dissolve(fresh(above[0]), Decision(FEBRUARY), by=None)
    with pytest.raises(RuleBroken, match="Sau sự kiện này đã có “Giải thể ngày 01/02/2026”"):
        undoing.undo(first, by=None)


def test_what_rested_beneath_a_union_that_moved_since_does_not_work_again_elsewhere(above):
    """It moved along, so that its rest is of the new place too."""
    changes.suspend(fresh(above[2]), Decision(FEBRUARY), by=None)
    rest = last()
    changes.transfer(fresh(above[0]), above[1], Decision(MARCH), by=None)
    with pytest.raises(RuleBroken, match="Sau sự kiện này đã có “Chuyển giao ngày 01/03/2026”"):
        undoing.undo(rest, by=None)


def test_a_new_name_of_the_union_above_holds_nothing_back(above):
    changes.transfer(fresh(above[2]), above[1], Decision(FEBRUARY), by=None)
    first = last()
    changes.rename(fresh(above[0]), "Tên mới", Decision(MARCH), by=None)
    undoing.undo(first, by=None)
    assert fresh(above[2]).current.parent == above[0]
    assert list(tree_faults()) == []


@pytest.mark.parametrize(("day", "asked"), [(date(2026, 5, 1), True), (date(2099, 1, 1), False)])
def test_a_founding_on_which_nothing_rests_is_taken_back(province: Province, day, asked):
    """With it goes the empty submission that an open period had for the union."""
    make_period(province.programme, year=2026)
    before = (Union.objects.count(), Placement.objects.count())
    profile = Profile("Công đoàn ghi nhầm", "agency")
    wrong = unions.found("NHAM", province.root, profile, Decision(day), by=province.administrator)
    assert wrong.submissions.exists() is asked
    event = undoing.undo(last(), by=province.administrator)
    assert (Union.objects.count(), Placement.objects.count()) == before
    assert event.undone_by == province.administrator
    assert [*tree_faults(), *event_faults(), *lineage.faults()] == []
    told = JournalEntry.objects.filter(subject="unions.orgevent", subject_key=event.pk)
    assert {line.union for line in told} == {province.root}
    again = unions.found("NHAM", province.root, profile, Decision(day), by=province.administrator)
    assert again.pk != wrong.pk


RESTING: dict[str, tuple[Callable[[Union], object], str]] = {
    "a union beneath": (
        lambda union: unions.found(
            "CON", union, Profile("Con", "agency", level=Level.DIVISION), Decision(MARCH), by=None
        ),
        "đã có đơn vị trực thuộc",
    ),
    "a later event": (
        lambda union: changes.rename(union, "Tên mới", Decision(MARCH), by=None),
        "Sau sự kiện này đã có “Đổi tên ngày 01/03/2026”",
    ),
    "a person": (
        lambda union: make_user("moi", Role.CHAIR, union, full_name="Người Mới"),
        "phân công",
    ),
    "a headcount": (
        lambda union: headcounts.record(Count(union, MARCH, members=9), by=None),
        "đã có dữ liệu",
    ),
}


@pytest.mark.parametrize("what", RESTING)
def test_a_founding_on_which_something_rests_stays(province: Province, what: str):
    act, sentence = RESTING[what]
    union = unions.found(
        "MOI", province.root, Profile("Mới", "agency"), Decision(FEBRUARY), by=None
    )
    event = last()
    act(union)
    with pytest.raises(RuleBroken, match=sentence):
        undoing.undo(event, by=None)
    assert Union.objects.filter(code="MOI").exists()


TRACELESS = {
    OrgEvent.Kind.FOUND: lambda union, other, day: unions.found(
        "MOI", union.current.parent, Profile("Mới", "agency"), Decision(day), by=None
    ),
    OrgEvent.Kind.DISSOLVE: lambda union, other, day: unions.dissolve(
        union, Decision(day), by=None
    ),
    OrgEvent.Kind.MERGE_INTO: lambda union, other, day: unions.merge_into(
        union, other, Decision(day), by=None
    ),
    OrgEvent.Kind.RENAME: lambda union, other, day: changes.rename(
        union, "Tên mới", Decision(day), by=None
    ),
}


@pytest.mark.parametrize("kind", TRACELESS)
def test_an_event_that_left_no_trace_is_not_said_to_be_undone(province: Province, kind):
    """What it opened and closed cannot be found: the tree would stay as it is."""
    TRACELESS[kind](province.health, province.interior, FEBRUARY)
    event = last()
    Placement.objects.filter(opened_by=event).update(opened_by=None)
    Placement.objects.filter(closed_by=event).update(closed_by=None)
    with pytest.raises(RuleBroken, match=r"Không tìm thấy vị trí .* check_tree"):
        undoing.undo(event, by=None)
    event.refresh_from_db()
    assert event.kind == kind
    assert event.undone_at is None


def test_a_founding_that_was_taken_back_is_still_told_at_the_desk(client, province: Province):
    profile = Profile("Công đoàn ghi nhầm", "agency")
    unions.found("NHAM", province.root, profile, Decision(FEBRUARY), by=province.administrator)
    event = last()
    client.force_login(province.administrator)
    page, undo = (
        reverse(f"admin:unions_orgevent_{act}", args=[event.pk]) for act in ("change", "undo")
    )
    assert "được thành lập (mã NHAM)" in client.get(undo).content.decode()
    assert client.post(undo).url == page
    assert "Thành lập Công đoàn ghi nhầm" in client.get(page).content.decode()
    assert (
        event in client.get(reverse("admin:unions_orgevent_changelist")).context["cl"].result_list
    )
