"""Foundings, mergers and dissolutions."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from indicators.models import Submission
from tests.builders import FOUNDED, Province, approve, make_province, make_union, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Level, OrgEvent, Placement, Union
from unions.queries import tree_faults
from unions.services import changes, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.unions import Newcomer, Profile

DAY = date(2025, 7, 1)
DECISION = Decision(DAY, " 15/QĐ-CĐVC ", "Theo đề án sắp xếp")
PROFILE = Profile(
    "Công đoàn  cơ sở Sở Công Thương ",
    "agency",
    short_name="SCT",
    cluster=" Cụm 1",
    place="Việt Trì",
)
NOT_ADMINISTRATORS = ["officer", "leader", "inspector", "viewer", "chair_of_health"]


def everything():
    """How many rows there are of what a reorganisation may touch."""
    models = (Union, Placement, Submission, OrgEvent)
    lines = JournalEntry.objects.filter(subject__startswith="unions.").count()
    return {model.__name__: model.objects.count() for model in models} | {"JournalEntry": lines}


def newest_line():
    """What the journal said last of an event."""
    return JournalEntry.objects.filter(subject="unions.orgevent").latest("pk")


def test_a_founded_union_stands_beneath_its_parent_from_the_day_of_effect(province):
    union = unions.found("SCT", province.root, PROFILE, DECISION, by=province.administrator)
    placement = union.current
    assert (union.code, union.founded_on, union.ended_on) == ("SCT", DAY, None)
    assert (placement.name, placement.short_name, placement.cluster, placement.place) == (
        "Công đoàn cơ sở Sở Công Thương",
        "SCT",
        "Cụm 1",
        "Việt Trì",
    )
    assert placement.name_folded == "cong doan co so so cong thuong sct"
    assert (placement.parent, placement.path) == (province.root, f"{province.root.pk}.{union.pk}.")
    assert (placement.valid_from, placement.valid_to) == (DAY, None)


def test_a_founding_leaves_an_event_and_a_line(province):
    union = unions.found("SCT", province.root, PROFILE, DECISION, by=province.administrator)
    event = OrgEvent.objects.get(successors=union)
    assert (event.kind, event.effective_on, event.decision_number, event.note) == (
        "found",
        DAY,
        "15/QĐ-CĐVC",
        "Theo đề án sắp xếp",
    )
    assert (event.recorded_by, event.predecessors.count()) == (province.administrator, 0)
    line = newest_line()
    assert line.sentence == "Thành lập Công đoàn cơ sở Sở Công Thương từ ngày 01/07/2025"
    assert (line.by, line.subject_key) == (province.administrator, event.pk)
    # in the journal of the province: the founding may yet be taken back
    assert line.union == province.root


def test_the_first_union_stands_beneath_nothing(db):
    root = make_province()
    assert (root.path, root.current.parent) == (f"{root.pk}.", None)
    assert JournalEntry.objects.get().by is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("SYT", "Mã đơn vị “SYT” đã được dùng. Hãy chọn mã khác."),
        ("syt", "Mã đơn vị chỉ gồm chữ in"),
        ("SỞ", "Mã đơn vị chỉ gồm chữ in"),
        ("", "Mã đơn vị: "),
        ("S YT", "Mã đơn vị chỉ gồm chữ in"),
        ("S" * 21, "Mã đơn vị: Chỉ được có nhiều nhất 20 ký tự"),
    ],
)
def test_a_code_is_free_and_in_plain_capitals(province, code, sentence):
    before = everything()
    with pytest.raises(RuleBroken, match=sentence):
        unions.found(code, province.root, PROFILE, DECISION, by=province.administrator)
    assert everything() == before


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (Profile(" ", "agency"), "Đơn vị cần có tên"),
        (Profile("\u200b\ufe0f", "agency"), "Đơn vị cần có tên"),
        (Profile("x" * 201, "agency"), "Tên: Chỉ được có nhiều nhất 200 ký tự"),
        (Profile("A", "agency", cluster="x" * 81), "Cụm thi đua: Chỉ được có nhiều nhất 80 ký tự"),
        (Profile("A", "trường học"), "“trường học” không thuộc danh mục"),
        (Profile("A", "agency", level="tỉnh"), "“tỉnh” không thuộc danh mục"),
        (Profile("A", "agency", calendar="âm lịch"), "“âm lịch” không thuộc danh mục"),
    ],
)
def test_a_profile_is_written_in_words_that_are_known(province, profile, sentence):
    before = everything()
    with pytest.raises(RuleBroken, match=sentence):
        unions.found("SCT", province.root, profile, DECISION, by=province.administrator)
    assert everything() == before


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2201, 1, 1)])
def test_a_union_is_founded_and_ends_in_our_time(province, day):
    before = everything()
    slip = Decision(day)
    sentence = f"Ngày có hiệu lực {day:%d/%m}/{day.year:04} không thể đúng: năm phải từ 1900"
    with pytest.raises(RuleBroken, match=sentence):
        unions.found_province("TINH", PROFILE, slip)
    with pytest.raises(RuleBroken):
        unions.found("SCT", province.root, PROFILE, slip, by=province.administrator)
    with pytest.raises(RuleBroken, match=f"Hạn bàn giao {day:%d/%m}/{day.year:04}"):
        unions.dissolve(province.health, Decision(DAY, hand_over_by=day), by=None)
    assert everything() == before
    unions.found_province("TINH", PROFILE, Decision(date(1900, 1, 1)))
    unions.found("SCT", province.root, PROFILE, Decision(date(2200, 12, 31)), by=None)


def test_nothing_is_founded_beneath_what_is_not_in_place(province):
    ended = unions.dissolve(province.health, DECISION, by=None)
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/07/2025"):
        unions.found("SCT", ended, PROFILE, DECISION, by=None)
    early = Decision(FOUNDED - timedelta(1))
    with pytest.raises(RuleBroken, match="mới thành lập ngày 01/01/2020"):
        unions.found("SCT", province.root, PROFILE, early, by=None)
    unions.found("SCT", province.root, PROFILE, Decision(FOUNDED), by=None)


@pytest.mark.parametrize("who", NOT_ADMINISTRATORS)
def test_who_does_not_manage_unions_may_not(province, who):
    by, before = getattr(province, who), everything()
    for act in (
        lambda: unions.found("SCT", province.root, PROFILE, DECISION, by=by),
        lambda: unions.dissolve(province.health, DECISION, by=by),
        lambda: unions.merge_into(province.health, province.interior, DECISION, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert everything() == before


def test_a_merger_needs_the_permission_at_both_unions(province):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    theirs = make_union(other, code="KHAC1", name="Công đoàn cơ sở khác")
    administrator = make_user("khac", Role.ADMINISTRATOR, other, full_name="Quản trị khác")
    for by in (province.administrator, administrator):
        with pytest.raises(PermissionDenied):
            unions.merge_into(province.health, theirs, DECISION, by=by)
    unions.merge_into(province.health, province.interior, DECISION, by=province.administrator)


def test_a_merger_ends_one_union_names_the_other_and_deletes_nothing(province):
    before = everything()
    ended = unions.merge_into(
        province.health, province.interior, DECISION, by=province.administrator
    )
    assert ended.ended_on == DAY
    assert Placement.objects.get(union=ended).valid_to == DAY
    assert Placement.objects.get(union=province.interior).valid_to is None
    event = OrgEvent.objects.get(kind="merge_into")
    assert list(event.predecessors.all()) == [ended]
    assert list(event.successors.all()) == [province.interior]
    line = newest_line()
    assert line.sentence == (
        "Sáp nhập Công đoàn cơ sở Sở Y tế vào Công đoàn cơ sở Sở Nội vụ từ ngày 01/07/2025"
    )
    assert (line.by, line.union) == (province.administrator, ended)
    assert everything() == before | {
        "OrgEvent": before["OrgEvent"] + 1,
        "JournalEntry": before["JournalEntry"] + 2,  # at either union
    }


def test_a_dissolution_ends_a_union_and_deletes_nothing(province):
    before = everything()
    ended = unions.dissolve(province.health, DECISION, by=province.administrator)
    assert ended.ended_on == DAY
    assert Placement.objects.get(union=ended).valid_to == DAY
    event = OrgEvent.objects.get(kind="dissolve")
    assert (list(event.predecessors.all()), event.successors.count()) == ([ended], 0)
    assert newest_line().sentence == ("Giải thể Công đoàn cơ sở Sở Y tế từ ngày 01/07/2025")
    assert everything() == before | {
        "OrgEvent": before["OrgEvent"] + 1,
        "JournalEntry": before["JournalEntry"] + 1,
    }


def test_a_union_is_not_merged_into_itself(province):
    with pytest.raises(RuleBroken, match="vào chính nó"):
        unions.merge_into(province.health, province.health, DECISION, by=None)


def test_a_grassroots_union_is_not_merged_into_the_provincial_one(province):
    before = everything()
    with pytest.raises(RuleBroken, match="hai đơn vị khác cấp"):
        unions.merge_into(province.health, province.root, DECISION, by=None)
    assert everything() == before


def test_a_union_is_not_merged_into_what_is_not_in_place(province):
    ended = unions.dissolve(province.interior, Decision(DAY), by=None)
    young = make_union(province.root, code="TRE", name="Công đoàn trẻ", founded_on=DAY)
    before = everything()
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/07/2025"):
        unions.merge_into(province.health, ended, DECISION, by=None)
    with pytest.raises(RuleBroken, match="mới thành lập ngày 01/07/2025"):
        unions.merge_into(province.health, young, Decision(DAY - timedelta(1)), by=None)
    assert everything() == before
    unions.merge_into(province.health, young, DECISION, by=None)


@pytest.mark.parametrize("day", [FOUNDED - timedelta(1), FOUNDED])
def test_a_union_does_not_end_before_the_day_after_its_founding(province, day):
    before = everything()
    with pytest.raises(RuleBroken, match="thành lập ngày 01/01/2020"):
        unions.dissolve(province.health, Decision(day), by=None)
    assert everything() == before
    unions.dissolve(province.health, Decision(FOUNDED + timedelta(1)), by=None)


@pytest.mark.parametrize("days", [-30, 0, 30])
def test_a_union_ends_once(province, days):
    ended = unions.dissolve(province.health, DECISION, by=None)
    before = everything()
    for again in (
        lambda: unions.dissolve(ended, Decision(DAY + timedelta(days)), by=None),
        lambda: unions.merge_into(
            ended, province.interior, Decision(DAY + timedelta(days)), by=None
        ),
    ):
        with pytest.raises(RuleBroken, match="kết thúc hoạt động từ ngày 01/07/2025"):
            again()
    assert everything() == before
    assert Union.objects.get(pk=ended.pk).ended_on == DAY


@pytest.mark.parametrize("founded_on", [FOUNDED, DAY - timedelta(1), DAY, DAY + timedelta(60)])
def test_a_union_with_unions_beneath_does_not_end(province, founded_on):
    """Not even if what is beneath it is founded only after the day of effect."""
    make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế", founded_on=founded_on)
    with pytest.raises(RuleBroken, match="Công đoàn cơ sở Sở Y tế còn 1 đơn vị trực thuộc"):
        unions.dissolve(province.health, DECISION, by=None)


def test_who_is_still_beneath_is_named_with_the_days_there(province):
    """One that comes later, one that leaves later and is named once, and of more how many."""
    wards = [
        make_union(province.health, code=f"T{n}", name=f"Trạm {n}", founded_on=FOUNDED)
        for n in (1, 2)
    ]
    make_union(province.health, code="T3", name="Trạm 3", founded_on=date(2026, 3, 1))
    changes.rename(wards[1], "Trạm hai", Decision(date(2026, 2, 1)), by=None)
    unions.dissolve(wards[1], Decision(date(2027, 1, 1)), by=None)
    with pytest.raises(RuleBroken) as stopped:
        unions.dissolve(province.health, DECISION, by=None)
    assert str(stopped.value) == (
        "Công đoàn cơ sở Sở Y tế còn 3 đơn vị trực thuộc: Trạm 1 (từ 01/01/2020); Trạm hai (từ"
        " 01/01/2020 đến 31/12/2026); Trạm 3 (từ 01/03/2026). Hãy chuyển hoặc kết thúc các đơn vị"
        " đó trước."
    )
    for n in (4, 5):
        make_union(province.health, code=f"T{n}", name=f"Trạm {n}", founded_on=date(2026, 4, n))
    with pytest.raises(RuleBroken, match=r"Trạm 3 \(từ 01/03/2026\) và 2 đơn vị khác\. Hãy"):
        unions.dissolve(province.health, DECISION, by=None)


def test_a_union_ends_once_everything_beneath_it_has_ended(province):
    ward = make_union(province.health, code="TYT", name="Công đoàn Trạm Y tế")
    unions.dissolve(ward, Decision(DAY - timedelta(1)), by=None)
    assert unions.dissolve(province.health, DECISION, by=None).ended_on == DAY


def test_a_union_does_not_end_before_its_last_change(province):
    old = province.health.current
    Placement.objects.filter(pk=old.pk).update(valid_to=date(2025, 9, 1))
    Placement.objects.create(
        union=province.health,
        name="Tên mới",
        type=old.type,
        parent=province.root,
        path=old.path,
        valid_from=date(2025, 9, 1),
    )
    with pytest.raises(RuleBroken, match="đã có thay đổi từ ngày 01/09/2025"):
        unions.dissolve(province.health, DECISION, by=None)
    unions.dissolve(province.health, Decision(date(2025, 9, 2)), by=None)


def test_a_reorganisation_leaves_approved_submissions_where_they_were(province):
    for submission in (province.health_submission, province.interior_submission):
        approve(submission)
    before = list(Submission.objects.order_by("pk").values())
    # that it is of a part of the year is all that changes
    unions.merge_into(province.health, province.interior, DECISION, by=None)
    ended = next(row for row in before if row["union_id"] == province.health.pk)
    ended |= {"closing": True, "revision": ended["revision"] + 1}
    assert list(Submission.objects.order_by("pk").values()) == before


Act = Callable[[Province, Union, Decision], object]
AGAIN: dict[str, Act] = {
    "rename": lambda p, _, on: changes.rename(p.health, "Tên mới", on, by=None),
    "merge": lambda p, other, on: unions.merge_into(p.health, other, on, by=None),
    "dissolve": lambda p, _, on: unions.dissolve(p.health, on, by=None),
    "split again": lambda p, other, on: unions.split(
        p.health, {other: Decimal("0.6")}, on, ends=False, by=None
    ),
}


@pytest.mark.parametrize("days", [-5, 0])
@pytest.mark.parametrize("act", AGAIN)
def test_nothing_happens_to_a_union_before_or_on_the_day_of_a_split_it_outlived(
    province: Province, act, days
):
    other = make_union(province.root, code="KHAC", name="Đơn vị khác")
    shares = {province.interior: Decimal("0.6")}
    unions.split(province.health, shares, DECISION, ends=False, by=None)
    before = everything()
    with pytest.raises(RuleBroken, match="Sở Y tế đã có sự kiện “Chia tách ngày 01/07/2025”"):
        AGAIN[act](province, other, Decision(DAY + timedelta(days)))
    assert everything() == before
    AGAIN[act](province, other, Decision(DAY + timedelta(1)))
    assert [*tree_faults(), *lineage.faults()] == []


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(0, "có tên trong sự kiện “Chia tách ngày 01/07/2025” cùng ngày"), (1, "")],
)
def test_two_unions_do_not_split_into_each_other_on_one_day(province: Province, days, sentence):
    half = Decimal("0.5")
    unions.split(province.health, {province.interior: half}, DECISION, ends=False, by=None)
    back, on = {province.health: half}, Decision(DAY + timedelta(days))
    if sentence:
        with pytest.raises(RuleBroken, match=sentence):
            unions.split(province.interior, back, on, ends=False, by=None)
    else:
        unions.split(province.interior, back, on, ends=False, by=None)
        assert OrgEvent.objects.filter(kind="split").count() == 2


def test_what_is_divided_receives_nobody_on_that_day(province: Province):
    other = make_union(province.root, code="KHAC", name="Đơn vị khác")
    unions.split(province.health, {other: Decimal("0.6")}, DECISION, ends=False, by=None)
    with pytest.raises(RuleBroken, match="Sở Y tế có tên trong sự kiện “Chia tách ngày 01/07/2025"):
        unions.merge_into(province.interior, province.health, DECISION, by=None)
    unions.merge_into(province.interior, province.health, Decision(DAY + timedelta(1)), by=None)


def test_a_split_that_was_undone_stands_in_nobodys_way(province: Province):
    shares = {province.interior: Decimal("0.6")}
    unions.split(province.health, shares, DECISION, ends=False, by=None)
    undoing.undo(OrgEvent.objects.get(kind="split"), by=None)
    unions.split(province.interior, {province.health: None}, DECISION, ends=False, by=None)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (["0.3333335", "0.6666665"], "nhiều nhất 4 chữ số sau dấu phẩy"),
        (["0.000000001", "0.999999999"], "nhiều nhất 4 chữ số sau dấu phẩy"),
        (["NaN", "0.5"], "Mỗi tỷ lệ phải lớn hơn 0"),
        (["sNaN", "0.5"], "Mỗi tỷ lệ phải lớn hơn 0"),
        (["Infinity", "0.5"], "Mỗi tỷ lệ phải lớn hơn 0"),
        (["1e50", "0.5"], "Mỗi tỷ lệ phải lớn hơn 0"),
    ],
)
def test_a_share_is_stored_as_it_was_stated_or_not_at_all(province, shares, sentence):
    parts = [
        (Newcomer(f"P{number}", province.root, PROFILE), Decimal(share))
        for number, share in enumerate(shares)
    ]
    before = everything()
    with pytest.raises(RuleBroken, match=sentence):
        unions.split_anew(province.health, parts, DECISION, ends=True, by=None)
    assert everything() == before


def test_shares_of_thirds_are_written_with_four_decimals_of_a_percent(province):
    shares = [Decimal("0.333333"), Decimal("0.333333"), Decimal("0.333334")]
    parts = [
        (Newcomer(f"P{number}", province.root, PROFILE), share)
        for number, share in enumerate(shares)
    ]
    event = unions.split_anew(province.health, parts, DECISION, ends=True, by=None)
    assert sorted(event.successions.values_list("share", flat=True)) == shares


def test_of_one_level_are_those_that_are_so_on_the_day(province):
    other = make_union(province.root, code="KHAC", name="Đơn vị khác")
    day = date(2099, 1, 1)
    lowered = Decision(day)
    changes.change_level(
        province.health, Level.DIVISION, lowered, by=None, parent=province.interior
    )
    then = Decision(day + timedelta(30))
    with pytest.raises(RuleBroken, match="hai đơn vị khác cấp"):
        unions.merge_into(province.health, other, then, by=None)
    changes.change_level(other, Level.DIVISION, lowered, by=None, parent=province.interior)
    unions.merge_into(province.health, other, then, by=None)
    assert [*tree_faults(), *lineage.faults()] == []


LONG: dict[str, tuple[Callable[[Province, str], object], int, str]] = {
    "a name": (lambda p, text: changes.rename(p.health, text, DECISION, by=None), 200, "Tên dài"),
    "a short name": (
        lambda p, text: changes.rename(p.health, "Tên", DECISION, by=None, short_name=text),
        80,
        "Tên ngắn dài",
    ),
    "a cluster": (
        lambda p, text: changes.change_type(p.health, "agency", DECISION, by=None, cluster=text),
        80,
        "Cụm thi đua dài",
    ),
    "a number": (
        lambda p, text: unions.dissolve(p.health, Decision(DAY, text), by=None),
        60,
        "Số quyết định dài",
    ),
    "a signer": (
        lambda p, text: unions.dissolve(p.health, Decision(DAY, signer=text), by=None),
        120,
        "Người ký quyết định dài",
    ),
    "a founder's name": (
        lambda p, text: unions.found("M", p.root, Profile(text, "agency"), DECISION, by=None),
        200,
        "Tên: ",
    ),
}


@pytest.mark.parametrize("what", LONG)
def test_words_longer_than_what_keeps_them_are_refused_in_a_sentence(province, what):
    act, most, sentence = LONG[what]
    before = everything()
    with pytest.raises(RuleBroken, match=sentence):
        act(province, "x" * (most + 1))
    assert everything() == before
    act(province, "x" * most)
