"""What every union became: shares followed through every event to today."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Province, as_upper, make_union
from unions.models import WHOLE, Lineage, Placement, Succession, Union
from unions.services import changes, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.lineage import Line, Passing, drawn
from unions.services.unions import Profile
from unions.tasks import let_planned_changes_arrive

MARCH, JULY, OCTOBER = date(2025, 3, 1), date(2025, 7, 1), date(2025, 10, 1)
FIRST, LAST = date.min, date.max
A, B, C, D, E = range(1, 6)


def passing(day: date, union: int, *, ends: bool = True, **shares: str) -> Passing:
    """What a union gave to whom: `_2="0.3"`, or `_2=""` where nobody told how much."""
    given_away = tuple(
        (int(heir.strip("_")), Fraction(share) if share else None) for heir, share in shares.items()
    )
    return Passing(day, union, given_away, ends)


def stood(
    passings: Sequence[Passing], ended: dict[int, date]
) -> dict[tuple[int, date, date], dict[int, str]]:
    """The lines as they are read: of a union and a span, what is whose."""
    found: dict[tuple[int, date, date], dict[int, str]] = {}
    for line in sorted(drawn(passings, ended), key=lambda one: (one.union, one.since, one.heir)):
        share = "?" if line.share is None else str(line.share)
        found.setdefault((line.union, line.since, line.until), {})[line.heir] = share
    return found


CASES = {
    "nothing happened": ([], {}, {}),
    "a merger passes all on, what was reported after the end too": (
        [passing(MARCH, A, _2="1")],
        {A: MARCH},
        {(A, FIRST, LAST): {B: "1"}},
    ),
    "one that goes on keeps the rest, and after the day all": (
        [passing(MARCH, A, ends=False, _2="0.3", _3="0.2")],
        {},
        {(A, FIRST, MARCH): {A: "1/2", B: "3/10", C: "1/5"}},
    ),
    "one that gave all away and goes on has nothing of the time before": (
        [passing(MARCH, A, ends=False, _2="1")],
        {},
        {(A, FIRST, MARCH): {B: "1"}},
    ),
    "shares of shares are multiplied": (
        [passing(MARCH, A, _2="0.6", _3="0.4"), passing(JULY, B, ends=False, _4="0.5")],
        {A: MARCH},
        {
            (A, FIRST, LAST): {B: "3/10", C: "2/5", D: "3/10"},
            (B, FIRST, JULY): {B: "1/2", D: "1/2"},
        },
    ),
    "divided and merged again it is one whole": (
        [passing(MARCH, A, _2="", _3=""), passing(JULY, B, _4="1"), passing(JULY, C, _4="1")],
        {A: MARCH, B: JULY, C: JULY},
        {(A, FIRST, LAST): {D: "1"}, (B, FIRST, LAST): {D: "1"}, (C, FIRST, LAST): {D: "1"}},
    ),
    "what was not told is not known further down either": (
        [passing(MARCH, A, ends=False, _2=""), passing(JULY, B, _3="0.5", _4="0.5")],
        {B: JULY},
        {(A, FIRST, MARCH): {A: "?", C: "?", D: "?"}, (B, FIRST, LAST): {C: "1/2", D: "1/2"}},
    ),
    "the only heir of one that ended has all of it, told or not": (
        [passing(MARCH, A, _2="")],
        {A: MARCH},
        {(A, FIRST, LAST): {B: "1"}},
    ),
    "a part that is known on two ways is known": (
        [passing(MARCH, A, _2="0.6", _3="0.4"), passing(JULY, C, _2="0.5", _4="0.5")],
        {A: MARCH, C: JULY},
        {(A, FIRST, LAST): {B: "4/5", D: "1/5"}, (C, FIRST, LAST): {B: "1/2", D: "1/2"}},
    ),
    "the paper of the last part of a life goes where the end went, not where an earlier part did": (
        [passing(MARCH, A, ends=False, _2="0.3"), passing(JULY, A, _3="1")],
        {A: JULY},
        {(A, FIRST, MARCH): {B: "3/10", C: "7/10"}, (A, MARCH, LAST): {C: "1"}},
    ),
    "what was received is passed on only from that day on": (
        [passing(MARCH, B, ends=False, _3="0.5"), passing(JULY, A, _2="1")],
        {A: JULY},
        {(A, FIRST, LAST): {B: "1"}, (B, FIRST, MARCH): {B: "1/2", C: "1/2"}},
    ),
    "two events of one day follow one another": (
        [passing(MARCH, A, _2="1"), passing(MARCH, B, ends=False, _3="0.25")],
        {A: MARCH},
        {(A, FIRST, LAST): {B: "3/4", C: "1/4"}, (B, FIRST, MARCH): {B: "3/4", C: "1/4"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_became_of_a_union(case: str):
    passings, ended, expected = CASES[case]
    assert stood(passings, ended) == expected


SHARES = st.lists(st.integers(1, 9), min_size=1, max_size=3)


@st.composite
def lives(draw: st.DrawFn, *, stated: bool) -> tuple[list[Passing], dict[int, date]]:
    """Any sequence of events: the living give to the living or to new ones, a day apart."""
    living, found, ended, day = [1, 2, 3], [], {}, date(2025, 1, 1)
    for number in range(draw(st.integers(0, 8))):
        day += timedelta(draw(st.integers(0, 2)))
        union = draw(st.sampled_from(living))
        others = [one for one in living if one != union] + [10 + number]
        heirs = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
        ends = draw(st.booleans()) and len(living) > 1
        known = stated or draw(st.booleans())
        rest = 0 if ends else draw(st.integers(0, 2))
        parts = [Fraction(1, len(heirs) + rest) if known else None for _ in heirs]
        found.append(Passing(day, union, tuple(zip(heirs, parts, strict=True)), ends))
        living = sorted({*living, *heirs} - ({union} if ends else set()))
        if ends:
            ended[union] = day
    return found, ended


def sums(lines: set[Line]) -> dict[tuple[int, date], list[Fraction | None]]:
    found: dict[tuple[int, date], list[Fraction | None]] = {}
    for line in lines:
        found.setdefault((line.union, line.since), []).append(line.share)
    return found


@given(lives(stated=True))
def test_of_every_union_the_heirs_have_the_whole_where_shares_are_told(life):
    for shares in sums(drawn(*life)).values():
        assert sum(share for share in shares if share is not None) == 1
        assert None not in shares


@given(lives(stated=False))
def test_no_day_is_in_two_spans_and_only_the_living_inherit(life):
    passings, ended = life
    lines = drawn(passings, ended)
    spans = sorted({(line.union, line.since, line.until) for line in lines})
    for (union, _, until), (other, since, _) in pairwise(spans):
        assert union != other or until <= since
    assert not {line.heir for line in lines} & ended.keys()


@given(lives(stated=False), st.randoms())
def test_the_order_of_events_that_have_nothing_in_common_never_matters(life, random):
    passings, ended = life
    shuffled = list(passings)
    for at in range(len(shuffled) - 1):
        one, other = shuffled[at : at + 2]
        apart = not {one.union, *dict(one.shares)} & {other.union, *dict(other.shares)}
        if apart and one.day == other.day and random.random() < 0.5:
            shuffled[at : at + 2] = [other, one]
    assert drawn(shuffled, ended) == drawn(passings, ended)


@given(lives(stated=False))
def test_a_merger_of_everybody_makes_everything_one_whole(life):
    passings, ended = life
    there = {1, 2, 3, *(heir for one in passings for heir, _ in one.shares)} - ended.keys()
    last = date(2026, 1, 1)
    merged = [Passing(last, union, ((99, Fraction(1)),), True) for union in sorted(there)]
    lines = drawn([*passings, *merged], ended | dict.fromkeys(there, last))
    assert {(line.heir, line.share) for line in lines} == {(99, Fraction(1))}


def stored() -> list[tuple[object, ...]]:
    """What stands in the table, by codes."""
    fields = ("union__code", "heir__code", "since", "until", "share")
    return list(Lineage.objects.order_by("union__code", "since", "heir__code").values_list(*fields))


def test_a_merger_a_division_and_their_undoing_are_drawn_at_once(province: Province):
    new = make_union(province.root, code="MOI", name="Công đoàn mới")
    unions.split(
        province.health,
        {new: Decimal("0.3")},
        Decision(MARCH),
        ends=False,
        by=province.administrator,
    )
    parts = [
        ("SYT", "MOI", FIRST, MARCH, 3 * WHOLE // 10),
        ("SYT", "SYT", FIRST, MARCH, 7 * WHOLE // 10),
    ]
    assert stored() == parts
    event = unions.merge([new], province.interior, Decision(JULY), by=None)
    assert stored() == [
        ("MOI", "SNV", FIRST, LAST, WHOLE),
        ("SYT", "SNV", FIRST, MARCH, 3 * WHOLE // 10),
        ("SYT", "SYT", FIRST, MARCH, 7 * WHOLE // 10),
    ]
    undoing.undo(event, by=province.administrator)
    assert stored() == parts
    assert lineage.faults() == []


def test_unions_that_one_decision_gathers_pass_on_to_the_new_one(province: Province):
    profile = Profile("Công đoàn cơ sở Sở Nội vụ và Y tế", "agency")
    unions.consolidate(
        [province.health, province.interior],
        "NVYT",
        province.root,
        profile,
        Decision(JULY),
        by=None,
    )
    assert stored() == [(c, "NVYT", FIRST, LAST, WHOLE) for c in ("SNV", "SYT")]


def test_who_moves_rests_or_is_dissolved_stays_its_own_heir(province: Province):
    ward = make_union(province.root, code="TYT", name="Công đoàn Trạm Y tế")
    changes.transfer(ward, as_upper(province.health), Decision(MARCH), by=None)
    changes.suspend(ward, Decision(JULY), by=None)
    unions.dissolve(ward, Decision(OCTOBER), by=None)
    assert stored() == []


def test_what_is_planned_is_inherited_from_its_day_on(province: Province):
    later = date(2090, 1, 1)
    unions.merge_into(province.health, province.interior, Decision(later), by=None)
    assert stored() == []
    lineage.redraw(later - timedelta(1))
    assert stored() == []
    lineage.redraw(later)
    assert stored() == [("SYT", "SNV", FIRST, LAST, WHOLE)]


def test_the_timetable_draws_what_has_come(province: Province):
    unions.merge_into(province.health, province.interior, Decision(JULY), by=None)
    Lineage.objects.all().delete()
    let_planned_changes_arrive()
    assert stored() == [("SYT", "SNV", FIRST, LAST, WHOLE)]


def test_a_share_too_fine_to_be_kept_is_not_known(province: Province):
    """One millionth of one millionth of one millionth is kept; a fourth time is too much."""
    fine, units = Decimal("0.000001"), 1
    heirs = [make_union(province.root, code=f"N{at}", name=f"Mới {at}") for at in range(4)]
    giver = province.health
    for at, heir in enumerate(heirs):
        decision = Decision(MARCH + timedelta(at))
        unions.split(giver, {heir: fine}, decision, ends=False, by=None)
        giver = heir
        if at == 2:
            assert Lineage.objects.get(union=province.health, heir=heir).share == units
    assert Lineage.objects.get(union=province.health, heir=heirs[3]).share is None


def test_lines_that_do_not_follow_from_the_events_are_named(province: Province, capsys):
    unions.merge_into(province.health, province.interior, Decision(JULY), by=None)
    call_command("check_tree")
    Lineage.objects.update(share=WHOLE // 2)
    with pytest.raises(CommandError, match="Cây tổ chức có 1 chỗ sai"):
        call_command("check_tree")
    assert "SYT: phần kế thừa đến nay không khớp với các sự kiện." in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [{"share": 0}, {"share": WHOLE + 1}, {"until": FIRST, "since": FIRST}]
)
def test_the_database_refuses_lines_that_cannot_be(province: Province, wrong):
    line = {"union": province.health, "heir": province.interior, "since": FIRST, "until": LAST}
    with pytest.raises(IntegrityError), transaction.atomic():
        Lineage.objects.create(**{"share": WHOLE, **line, **wrong})
    Lineage.objects.create(**line, share=WHOLE)


def test_drawing_takes_as_many_statements_however_much_happened(
    province: Province, django_assert_max_num_queries
):
    for number in range(5):
        union = make_union(province.root, code=f"N{number}", name=f"Mới {number}")
        unions.merge_into(union, province.health, Decision(JULY), by=None)
    assert Succession.objects.count() == 5
    assert Union.objects.filter(ended_on=JULY).count() == 5
    assert Placement.objects.filter(closed_by__isnull=False).count() == 5
    with django_assert_max_num_queries(6):
        lineage.redraw()
