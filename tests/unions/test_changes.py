"""Unions that change: every kind of event, what it refuses, and taking it back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actionplan.models import Period
from actionplan.services import periods
from indicators import queries
from indicators.services.periods import submissions_of
from tests.builders import (
    FOUNDED,
    Province,
    approve,
    as_upper,
    level_within,
    make_period,
    make_union,
)
from tests.support.examples import one_in
from unions.errors import RuleBroken
from unions.models import HandOver, JournalEntry, Level, OrgEvent, Placement, Union
from unions.queries import event_faults, node, tree_faults
from unions.services import changes, events, hand_overs, lineage, placing, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile

DAY = date(2025, 7, 1)
NEXT = DAY + timedelta(1)
DECISION = Decision(DAY, "15/QĐ-CĐVC", signer="Trần Thiện Điệp")
PROFILE = Profile("Công đoàn cơ sở Sở Nông nghiệp và Môi trường", "agency")


def fresh(union: Union) -> Union:
    return Union.objects.select_related("current").get(pk=union.pk)


def on(union: Union, day: date) -> Placement:
    return Placement.objects.on(day).get(union=union)


def test_a_new_name_holds_from_its_day_and_the_old_one_until_then(province: Province):
    changes.rename(province.health, " Công đoàn  Ngành Y tế ", DECISION, by=province.administrator)
    assert on(province.health, DAY - timedelta(1)).name == "Công đoàn cơ sở Sở Y tế"
    assert on(province.health, DAY).name == "Công đoàn Ngành Y tế"
    assert fresh(province.health).name == "Công đoàn Ngành Y tế"
    event = OrgEvent.objects.get(kind="rename")
    assert (event.decision_number, event.signer) == ("15/QĐ-CĐVC", "Trần Thiện Điệp")
    assert JournalEntry.objects.filter(subject="unions.orgevent").latest("pk").sentence == (
        "Đổi tên Công đoàn cơ sở Sở Y tế thành Công đoàn Ngành Y tế từ ngày 01/07/2025"
    )
    assert list(tree_faults()) == []


def test_what_is_planned_waits_for_its_day(province: Province):
    later = date(2099, 1, 1)
    changes.rename(province.health, "Tên mai sau", Decision(later), by=None)
    assert fresh(province.health).name == "Công đoàn cơ sở Sở Y tế"
    assert placing.arrive(later - timedelta(1)) == 0
    assert placing.arrive(later) == 1
    assert fresh(province.health).name == "Tên mai sau"


def test_all_beneath_moves_along(province: Province):
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    changes.transfer(province.health, as_upper(province.interior), DECISION, by=None)
    assert (
        on(ward, DAY - timedelta(1)).path == f"{province.root.pk}.{province.health.pk}.{ward.pk}."
    )
    moved = f"{province.root.pk}.{province.interior.pk}.{province.health.pk}.{ward.pk}."
    assert (on(ward, DAY).path, fresh(ward).path) == (moved, moved)
    assert on(ward, DAY).parent == province.health
    assert list(tree_faults()) == []


def test_a_union_is_never_beneath_itself(province: Province):
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    for parent in (province.health, ward):
        with pytest.raises(RuleBroken, match="Không thể đặt Công đoàn cơ sở Sở Y tế dưới chính nó"):
            changes.transfer(province.health, parent, DECISION, by=None)
    changes.transfer(ward, province.interior, DECISION, by=None)


def test_fourteen_become_one_with_thirteen_divisions(province: Province):
    """Hòa Bình, 2021: one goes on, the others become its divisions."""
    members = [make_union(province.root, code=f"CS{n}", name=f"CĐCS số {n}") for n in range(1, 15)]
    first, *others = members
    for union in others:
        changes.change_level(union, Level.DIVISION, DECISION, by=None, parent=first)
    beneath = Placement.objects.on(DAY).filter(parent=first)
    assert {one.level for one in beneath} == {"division"}
    assert beneath.count() == 13
    assert OrgEvent.objects.filter(kind="downgrade").count() == 13
    assert list(tree_faults()) == []


def test_several_become_a_new_one(province: Province):
    together = unions.consolidate(
        [province.health, province.interior], "SYN", province.root, PROFILE, DECISION, by=None
    )
    assert {fresh(one).ended_on for one in (province.health, province.interior)} == {DAY}
    assert (together.founded_on, fresh(together).current.parent) == (DAY, province.root)
    event = OrgEvent.objects.get(kind="consolidate")
    assert list(event.successions.values_list("successor", "share").distinct()) == [
        (together.pk, Decimal(1))
    ]
    assert list(tree_faults()) == []


@pytest.mark.parametrize(
    ("shares", "ends", "sentence"),
    [
        ([], True, "ít nhất một đơn vị mới"),
        (["0.6", None], True, "Hãy ghi tỷ lệ cho mọi đơn vị"),
        (["0.6", "0.5"], True, "tổng các tỷ lệ không quá 100%"),
        (["0.6", "0.3"], True, "tổng các tỷ lệ phải bằng 100%"),
        (["0.6", "0"], False, "Mỗi tỷ lệ phải lớn hơn 0"),
    ],
)
def test_shares_of_a_split_come_to_the_whole(province: Province, shares, ends, sentence):
    heirs = [make_union(province.root, code=f"M{n}", name=f"Mới {n}") for n in range(len(shares))]
    stated = [None if share is None else Decimal(share) for share in shares]
    with pytest.raises(RuleBroken, match=sentence):
        unions.split(
            province.health, dict(zip(heirs, stated, strict=True)), DECISION, ends=ends, by=None
        )
    assert OrgEvent.objects.filter(kind="split").count() == 0


@pytest.mark.parametrize(("ends", "ended_on"), [(True, DAY), (False, None)])
def test_a_split_ends_the_old_union_or_leaves_it_the_rest(province: Province, ends, ended_on):
    heirs = [make_union(province.root, code=f"M{n}", name=f"Mới {n}") for n in range(2)]
    shares = {heirs[0]: Decimal("0.6"), heirs[1]: Decimal("0.4")}
    unions.split(province.health, shares, DECISION, ends=ends, by=None)
    assert fresh(province.health).ended_on == ended_on
    event = OrgEvent.objects.get(kind="split")
    assert event.successions.count() == 2
    assert list(tree_faults()) == []


def test_a_resting_union_is_not_asked(province: Province):
    changes.suspend(province.health, DECISION, by=None)
    assert on(province.health, DAY).suspended is True
    changes.resume(province.health, Decision(NEXT), by=None)
    assert on(province.health, NEXT).suspended is False
    with pytest.raises(RuleBroken, match="đã như vậy rồi"):
        changes.resume(province.health, Decision(NEXT + timedelta(1)), by=None)


def test_a_union_is_not_renamed_to_what_nobody_sees(province: Province):
    with pytest.raises(RuleBroken, match="Đơn vị cần có tên"):
        changes.rename(province.health, "\u200b \ufe0f", DECISION, by=None)
    changes.rename(province.health, "\u200bTên mới\ufe0f", DECISION, by=None)
    assert on(province.health, DAY).name == "Tên mới"


def test_two_events_of_one_day_are_in_conflict_over_one_matter(province: Province):
    changes.rename(province.health, "Tên mới", DECISION, by=None)
    before = OrgEvent.objects.count()
    with pytest.raises(RuleBroken, match="đã có thay đổi từ ngày 01/07/2025"):
        changes.rename(province.health, "Tên khác", DECISION, by=None)
    with pytest.raises(RuleBroken, match="đã có thay đổi từ ngày 01/07/2025"):
        unions.dissolve(province.health, DECISION, by=None)
    assert OrgEvent.objects.count() == before
    changes.transfer(province.health, as_upper(province.interior), DECISION, by=None)
    changes.rename(province.health, "Tên khác", Decision(NEXT), by=None)


def test_only_the_administrator_changes_the_organisation(province: Province):
    for person in (province.officer, province.leader, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            changes.rename(province.health, "Tên mới", DECISION, by=person)
    changes.rename(province.health, "Tên mới", DECISION, by=province.administrator)


def test_what_is_owed_at_a_hand_over_has_its_own_day(province: Province):
    unions.merge_into(
        province.health, province.interior, Decision(DAY, hand_over_by=date(2025, 7, 15)), by=None
    )
    event = OrgEvent.objects.get(kind="merge_into")
    assert set(event.hand_overs.values_list("item", "due_on")) == {
        (item, date(2025, 7, 15)) for item in HandOver.Item.values
    }
    for person in (province.officer, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            hand_overs.note(event, "seal", date(2025, 7, 10), by=person)
    assert event.hand_overs.get(item="seal").done_on is None
    hand_overs.note(event, "seal", date(2025, 7, 10), by=province.administrator)
    assert event.hand_overs.get(item="seal").done_on == date(2025, 7, 10)
    with pytest.raises(RuleBroken, match="Hạn bàn giao không được trước ngày có hiệu lực"):
        unions.dissolve(
            province.interior, Decision(NEXT, hand_over_by=DAY), by=province.administrator
        )


UNDONE = {
    "rename": lambda p: changes.rename(p.health, "Tên mới", DECISION, by=None),
    "transfer": lambda p: changes.transfer(p.health, as_upper(p.interior), DECISION, by=None),
    "downgrade": lambda p: changes.change_level(
        p.health, Level.DIVISION, DECISION, by=None, parent=p.interior
    ),
    "suspend": lambda p: changes.suspend(p.health, DECISION, by=None),
    "merge_into": lambda p: unions.merge_into(p.health, p.interior, DECISION, by=None),
    "dissolve": lambda p: unions.dissolve(p.health, DECISION, by=None),
    "consolidate": lambda p: unions.consolidate(
        [p.health, p.interior], "SYN", p.root, PROFILE, DECISION, by=None
    ),
}


def tree() -> list[tuple[object, ...]]:
    """Where everything stands, keys of rows apart."""
    fields = ("union__code", "name", "path", "level", "suspended", "valid_from", "valid_to")
    ended = ("union__ended_on", "union__current__name")
    return list(Placement.objects.order_by("union", "valid_from").values_list(*fields, *ended))


@pytest.mark.parametrize("kind", UNDONE)
def test_the_newest_event_can_be_taken_back(province: Province, kind: str):
    if kind == "transfer":
        make_union(province.health, code="TYT", name="Trạm Y tế")
        as_upper(province.interior)
    before = tree()
    UNDONE[kind](province)
    assert tree() != before
    event = undoing.undo(OrgEvent.objects.get(kind=kind), by=province.administrator)
    assert tree() == before
    assert event.undone_by == province.administrator
    assert list(tree_faults()) == []
    with pytest.raises(RuleBroken, match="đã được huỷ rồi"):
        undoing.undo(event, by=province.administrator)


def test_an_event_that_others_rest_on_stays(province: Province):
    changes.rename(province.health, "Tên mới", DECISION, by=None)
    changes.transfer(province.health, as_upper(province.interior), Decision(NEXT), by=None)
    renaming = OrgEvent.objects.get(kind="rename")
    with pytest.raises(RuleBroken, match="Sau sự kiện này đã có “Chuyển giao ngày 02/07/2025”"):
        undoing.undo(renaming, by=None)
    undoing.undo(OrgEvent.objects.get(kind="transfer"), by=None)
    undoing.undo(renaming, by=None)


def test_a_preview_leaves_nothing_behind(province: Province):
    before = tree()

    def act() -> OrgEvent:
        changes.rename(province.health, "Tên mới", DECISION, by=None)
        return OrgEvent.objects.get(kind="rename")

    assert events.outlook(act).following == [
        "Phiếu số liệu năm 2025 của Tên mới (chưa duyệt) theo vị trí từ ngày 01/07/2025."
    ]
    assert tree() == before
    assert not OrgEvent.objects.filter(kind="rename").exists()


def test_the_tree_is_proved_and_a_fault_is_named(province: Province, capsys):
    call_command("check_tree")
    assert capsys.readouterr().out == "Cây tổ chức đúng: 3 đơn vị, 3 vị trí, 3 sự kiện.\n"
    Placement.objects.filter(union=province.health).update(valid_from=FOUNDED + timedelta(9))
    assert list(tree_faults()) == [
        "SYT: vị trí đầu tiên bắt đầu 10/01/2020, không phải ngày thành lập."
    ]


ACTS = st.sampled_from(
    [
        *("found", "rename", "type", "transfer", "lower", "raise", "suspend", "resume"),
        *(
            "raise more",
            "merge",
            "gather",
            "split",
            "divide",
            "dissolve",
            "approve",
            "undo",
            "undo",
            "undo earlier",
        ),
    ]
)
# two thirds of the steps are a day or more, the others stay on the day
DAYS = st.integers(-30, 60).map(lambda step: max(step, 0))
STEPS = st.tuples(ACTS, st.integers(0, 9), st.integers(0, 9), DAYS)


@settings(
    max_examples=one_in(8),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, max_size=14))
def test_whatever_happens_the_tree_holds_the_past_stands_and_the_open_follows(
    province: Province, acts
):
    """Any sequence of events, past, planned and taken back, the impossible ones refused.

    Every total of the closed year stays as it was, whoever moves before its cut-off; what is not
    approved in the open year stands as if its period had been opened only now. With the heirs of
    today the province has what it had, since none of them left it.
    """
    with transaction.atomic():
        approve(province.health_submission, i2_1_1={"done": 1, "total": 2})
        approve(province.interior_submission, i2_1_1={"done": 3, "total": 5})
        periods.close(province.period, reason="Hết hạn", by=None)
        open_now, before = make_period(province.programme, year=2026), scorecards(province)
        # what earlier examples left behind misleads who plans the statements of this one
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        day, approved = date(2025, 3, 1), {}
        for number, (act, first, second, step) in enumerate(acts):
            day += timedelta(step)
            _try(act, number, first, second, day)
            assert [*tree_faults(), *event_faults(), *lineage.faults()] == []
            assert standing(open_now).issuperset(approved.items())
            approved = dict(standing(open_now, state="approved"))
            assert_as_if_opened_now(open_now)
        assert scorecards(province) == before
        assert totals(province, queries.Structure.NOW) == totals(province, queries.Structure.THEN)
        transaction.set_rollback(True)


def scorecards(province: Province) -> list[object]:
    """Those of the province and of both unions for the closed year."""
    there = (province.root, province.health, province.interior)
    cuts = [queries.Cut.of_year(node(union), 2025) for union in there]
    return [queries.scorecard(province.programme, cut) for cut in cuts]


def totals(province: Province, structure: queries.Structure) -> dict[str, object]:
    """What the province brought together in the closed year."""
    cut = queries.Cut.of_year(node(fresh(province.root)), 2025, structure)
    results = queries.scorecard(province.programme, cut)
    return {result.indicator.code: result.total for result in results}


def standing(period: Period, **where: str) -> set[tuple[int, int]]:
    """By which placement each submission counts."""
    return set(period.submissions.filter(**where).values_list("union", "placement"))


def assert_as_if_opened_now(period: Period) -> None:
    fields = ("union_id", "placement_id", "closing", "gradable", "audience", "caretaker_id")
    wanted = {tuple(getattr(row, name) for name in fields) for row in submissions_of(period)}
    done = set(period.submissions.filter(state="approved").values_list("union", flat=True))
    there = set(period.submissions.exclude(state="approved").values_list(*fields))
    assert there == {row for row in wanted if row[0] not in done}


def _try(act: str, number: int, first: int, second: int, day: date) -> None:
    """One act on unions chosen by number; what the rules refuse changes nothing."""
    there = list(Union.objects.order_by("pk").select_related("current"))
    union, other = there[first % len(there)], there[second % len(there)]
    decision, profile = Decision(day), Profile(f"Mới {number}", "agency")
    beneath = replace(profile, level=level_within(other))
    happened = list(OrgEvent.objects.filter(undone_at=None).order_by("pk"))
    acts = {
        "found": lambda: unions.found(f"N{number}", other, beneath, decision, by=None),
        "rename": lambda: changes.rename(union, f"Tên {number}", decision, by=None),
        "type": lambda: changes.change_type(union, "non_state", decision, by=None, cluster="Cụm"),
        "transfer": lambda: changes.transfer(union, other, decision, by=None),
        "lower": lambda: changes.change_level(
            union, Level.DIVISION, decision, by=None, parent=other
        ),
        "raise": lambda: changes.change_level(
            union, Level.GRASSROOTS, decision, by=None, parent=there[0]
        ),
        "raise more": lambda: changes.change_level(union, Level.UPPER, decision, by=None),
        "suspend": lambda: changes.suspend(union, decision, by=None),
        "resume": lambda: changes.resume(union, decision, by=None),
        "merge": lambda: unions.merge_into(union, other, decision, by=None),
        "gather": lambda: unions.consolidate(
            [union, other], f"N{number}", there[0], profile, decision, by=None
        ),
        "split": lambda: unions.split(union, {other: None}, decision, ends=False, by=None),
        "divide": lambda: unions.split(union, {other: Decimal(1)}, decision, ends=True, by=None),
        "dissolve": lambda: unions.dissolve(union, decision, by=None),
        "approve": lambda: union.submissions.filter(period__year=2026).update(state="approved"),
        # the newest more often than not; the others are mostly refused
        "undo": lambda: undoing.undo(happened[-1 - first % min(3, len(happened))], by=None),
        "undo earlier": lambda: undoing.undo(
            happened[-1 - (first + second) % len(happened)], by=None
        ),
    }
    try:
        acts[act]()
    except RuleBroken:
        return
