"""Provinces become one by the operator's command: told first, done once confirmed."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from indicators.models import Submission
from tests.builders import (
    fill_in,
    make_period,
    make_programme,
    make_province,
    make_union,
    make_user,
)
from tests.support.replay import replayed
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import JournalEntry, Level, Notice, OrgEvent, Placement, Union, User
from unions.queries import event_faults, holders, tree_faults
from unions.services import changes, lineage, undoing, unions
from unions.services.events import Decision
from unions.services.founding import Profile

DAY = date(2025, 7, 1)
WORDS = ("--on", "2025-07-01", "--decision", "01/QĐ-LĐLĐ", "--signer", "Hà Đức Quảng")


@pytest.fixture
def three(db) -> dict[str, Union]:
    """Three provinces of an administrator, a grassroots union and its chair each.

    Vĩnh Phúc has a district union besides, with a grassroots union beneath.
    """
    return replayed(_make_three)


def _make_three() -> dict[str, Union]:
    for code, place in (("PT", "Phú Thọ"), ("VP", "Vĩnh Phúc"), ("HB", "Hòa Bình")):
        root = make_province(code=code, name=f"CĐVC tỉnh {place}")
        make_user(f"quantri.{code.lower()}", Role.ADMINISTRATOR, root, full_name=f"Quản {place}")
        own = make_union(root, code=f"{code}1", name=f"CĐCS {place}")
        make_user(f"chutich.{code.lower()}", Role.CHAIR, own, full_name=f"Chủ {place}")
    profile = Profile("Công đoàn huyện Lập Thạch", "agency", level=Level.UPPER)
    district = unions.found("VP2", _union("VP"), profile, Decision(date(2020, 1, 1)), by=None)
    make_union(district, code="VP3", name="CĐCS Lập Thạch")
    return {one.code: one for one in Union.objects.all()}


def _union(code: str) -> Union:
    return Union.objects.select_related("current__parent").get(code=code)


def _run(*words: str) -> list[str]:
    out = io.StringIO()
    call_command("merge_provinces", *words, stdout=out)
    return out.getvalue().splitlines()


def _above(day: date) -> dict[str, str | None]:
    """Beneath which union each stood on a day, by codes."""
    return dict(Placement.objects.on(day).values_list("union__code", "parent__code"))


BEFORE = {
    **{"PT": None, "VP": None, "HB": None, "PT1": "PT", "VP1": "VP", "HB1": "HB"},
    **{"VP2": "VP", "VP3": "VP2"},
}
AFTER = {"PT": None, "PT1": "PT", "VP1": "PT", "HB1": "PT", "VP2": "PT", "VP3": "VP2"}


def test_without_confirmation_everything_is_told_and_nothing_done(three):
    events, lines, notices = (one.objects.count() for one in (OrgEvent, JournalEntry, Notice))
    told = _run("VP", "HB", "--into", "PT", *WORDS)
    assert told[0].startswith("Chuyển giao CĐCS Hòa Bình, CĐCS Vĩnh Phúc, ")
    page = "\n".join(told)
    for said in (
        "từ trực thuộc CĐVC tỉnh Vĩnh Phúc sang trực thuộc CĐVC tỉnh Phú Thọ",
        "từ trực thuộc CĐVC tỉnh Hòa Bình sang trực thuộc CĐVC tỉnh Phú Thọ",
        "cùng 1 đơn vị bên dưới",
        "Sáp nhập CĐVC tỉnh Hòa Bình, CĐVC tỉnh Vĩnh Phúc vào CĐVC tỉnh Phú Thọ từ ngày 01/07/2025",
        "Quản Vĩnh Phúc (Quản trị của tỉnh) chỉ có vai trò ở CĐVC tỉnh Vĩnh Phúc: từ ngày"
        f" {timezone.localdate():%d/%m/%Y} không còn quyền ở các đơn vị chuyển sang CĐVC tỉnh Phú"
        " Thọ",
        "Quản Phú Thọ (Quản trị của tỉnh) quản lý mọi đơn vị chuyển đến CĐVC tỉnh Phú Thọ",
    ):
        assert said in page
    assert told[-1] == "Chưa ghi gì. Thêm --confirm để thực hiện."
    assert _above(DAY) == BEFORE
    assert [one.objects.count() for one in (OrgEvent, JournalEntry, Notice)] == [
        events,
        lines,
        notices,
    ]


def test_once_confirmed_all_beneath_moves_and_the_old_provinces_end(three):
    seen = _run("VP", "HB", "--into", "PT", *WORDS)
    done = _run("VP", "HB", "--into", "PT", *WORDS, "--confirm")
    assert done[:-1] == seen[:-1]
    assert done[-1].startswith("Đã sáp nhập 2 đơn vị vào CĐVC tỉnh Phú Thọ. ")
    assert _above(DAY - timedelta(days=1)) == BEFORE
    assert _above(DAY) == AFTER
    levels = dict(Placement.objects.on(DAY).values_list("union__code", "level"))
    assert (levels["VP2"], levels["VP1"], levels["VP3"]) == ("upper", "grassroots", "grassroots")
    assert {_union(code).ended_on for code in ("VP", "HB")} == {DAY}
    found = OrgEvent.objects.exclude(kind="found").order_by("pk")
    assert [(one.kind, one.decision_number, one.signer) for one in found] == [
        ("transfer", "01/QĐ-LĐLĐ", "Hà Đức Quảng"),
        ("merge_into", "01/QĐ-LĐLĐ", "Hà Đức Quảng"),
    ]
    told = set(Notice.objects.values_list("recipient__username", flat=True))
    assert {"quantri.pt", "quantri.vp", "quantri.hb", "chutich.vp", "chutich.hb"} <= told
    merger = found[1]
    for code in ("VP", "HB", "PT"):
        lines = JournalEntry.objects.filter(union=three[code], at__gte=merger.recorded_at)
        assert lines.filter(sentence__startswith="Sáp nhập").count() == 1
    assert [*tree_faults(), *lineage.faults()] == []


def test_the_administrator_who_remains_reaches_what_came_and_the_others_no_more(three):
    def reached(name: str) -> set[str]:
        user = User.objects.get(username=name)
        return set(Union.objects.visible_to(user).values_list("code", flat=True))

    assert reached("quantri.vp") == {"VP", "VP1", "VP2", "VP3"}
    _run("VP", "HB", "--into", "PT", *WORDS, "--confirm")
    assert reached("quantri.pt") == BEFORE.keys()
    assert reached("quantri.vp") == {"VP"}
    assert reached("quantri.hb") == {"HB"}


def test_who_remains_answers_for_the_past_of_those_that_merged(client, three):
    """What VP1 reported while it stood beneath the old province is verified by the new officers."""
    officer = make_user("canbo.pt", Role.OFFICER, three["PT"], full_name="Cán Bộ Phú Thọ")
    programme = make_programme(three["VP"])
    period = make_period(programme)
    left = Submission.objects.get(union=three["VP1"], period=period)
    fill_in(left)
    assert not Submission.objects.visible_to(officer).exists()
    _run("VP", "HB", "--into", "PT", *WORDS, "--confirm")
    officer = User.objects.get(pk=officer.pk)
    left.refresh_from_db()
    assert (left.closing, left.path.startswith(three["VP"].path)) == (True, True)
    assert left in Submission.objects.visible_to(officer)
    assert can(officer, Permission.VERIFY_FIGURES, left)
    assert not can(officer, Permission.ENTER_FIGURES, left)
    assert officer in holders(Permission.VERIFY_FIGURES, left)
    chair = User.objects.get(username="chutich.pt")
    assert chair not in holders(Permission.VIEW, left)
    assert chair.roles[0].inherited == ()
    client.force_login(officer)
    assert client.get(reverse("reports:scorecard", args=["VP", 2025])).status_code == 200


def test_a_merger_is_taken_back_by_who_remains_first_the_merger_then_the_transfer(three):
    _run("VP", "--into", "PT", *WORDS, "--confirm")
    administrator = User.objects.get(username="quantri.pt")
    transfer, merger = OrgEvent.objects.exclude(kind="found").order_by("pk")
    with pytest.raises(RuleBroken):
        undoing.undo(transfer, by=administrator)
    undoing.undo(merger, by=administrator)
    back = User.objects.get(username="quantri.pt")
    assert back.roles[0].inherited == ()
    undoing.undo(transfer, by=back)
    assert _above(DAY) == BEFORE


def test_provinces_become_a_new_one_that_was_founded_the_same_day(three):
    call_command(
        *("found_province", "MOI", "CĐVC tỉnh mới", "quantri.moi", "Quản Mới"),
        *("--since", "2025-07-01"),
        stdout=io.StringIO(),
    )
    _run("VP", "HB", "PT", "--into", "MOI", *WORDS, "--confirm")
    assert _above(DAY) == {
        "MOI": None,
        **dict.fromkeys(("PT1", "VP1", "HB1", "VP2"), "MOI"),
        "VP3": "VP2",
    }
    assert [*tree_faults(), *lineage.faults()] == []


def test_a_merger_of_a_day_to_come_waits_for_its_day(three):
    day = timezone.localdate() + timedelta(days=30)
    words = ("--on", f"{day}", "--decision", "9/QĐ", "--confirm")
    assert "Dự kiến" in "\n".join(_run("VP", "--into", "PT", *words))
    assert _union("VP1").current.parent.code == "VP"
    assert _above(day) == {**AFTER, "HB": None, "HB1": "HB"}
    assert [*tree_faults(), *lineage.faults()] == []


def _planned() -> list[OrgEvent]:
    """The transfer and the merger of Vĩnh Phúc into Phú Thọ, thirty days from now."""
    day = timezone.localdate() + timedelta(days=30)
    _run("VP", "--into", "PT", "--on", f"{day}", "--decision", "9/QĐ", "--confirm")
    return list(OrgEvent.objects.exclude(kind="found").order_by("pk"))


def _stands_as_before() -> bool:
    rows = Placement.objects.filter(valid_to=None)
    above = dict(rows.values_list("union__code", "parent__code"))
    return above == BEFORE and not [*tree_faults(), *event_faults(), *lineage.faults()]


def test_a_planned_merger_is_taken_back_before_its_day_by_who_remains(client, three):
    """Offered at the desk to whom it comes, whose notice leads there; not to who loses it."""
    transfer, merger = _planned()
    for name, status in (("quantri.vp", 403), ("quantri.pt", 302)):
        client.force_login(User.objects.get(username=name))
        for event in (merger, transfer):
            page, undo = (
                reverse(f"admin:unions_orgevent_{act}", args=[event.pk])
                for act in ("change", "undo")
            )
            if event == merger or status == 302:
                assert (undo in client.get(page).content.decode()) is (status == 302)
                assert client.post(undo).status_code == status
            assert client.get(page).status_code == 200
    assert _stands_as_before()
    assert [one.kind for one in OrgEvent.objects.filter(undone_at=None).exclude(kind="found")] == []


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("quantri.vp", ["merger"]),
        ("quantri.hb", ["merger", "transfer"]),
        ("chutich.pt", ["merger", "transfer"]),
    ],
)
def test_nobody_else_takes_a_planned_merger_back(three, name, which):
    """What is still theirs, the old province may keep once the merger is no more."""
    planned = dict(zip(("transfer", "merger"), _planned(), strict=True))
    for one in which:
        with pytest.raises(PermissionDenied):
            undoing.undo(planned[one], by=User.objects.get(username=name))


def _undo(*words: object) -> list[str]:
    out = io.StringIO()
    call_command("undo_event", *map(str, words), stdout=out)
    return out.getvalue().splitlines()


def test_the_operator_takes_a_planned_merger_back_told_first(three):
    transfer, merger = _planned()
    with pytest.raises(CommandError, match="Hãy huỷ sự kiện đó trước") as refusal:
        _undo(transfer.pk, "--confirm")
    assert refusal.value.returncode == 2
    told = _undo(merger.pk)
    assert told[0].startswith(
        f"Huỷ sự kiện số {merger.pk}: Sáp nhập CĐVC tỉnh Vĩnh Phúc vào CĐVC tỉnh Phú Thọ từ ngày"
    )
    assert "- CĐVC tỉnh Vĩnh Phúc kết thúc hoạt động, do CĐVC tỉnh Phú Thọ kế thừa." in told
    assert told[-1] == "Chưa ghi gì. Thêm --confirm để thực hiện."
    merger.refresh_from_db()
    assert merger.undone_at is None
    assert _undo(merger.pk, "--confirm")[-1] == f"Đã huỷ sự kiện số {merger.pk}."
    assert _undo(transfer.pk, "--confirm")[-1] == f"Đã huỷ sự kiện số {transfer.pk}."
    assert _stands_as_before()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("999999", "Không có sự kiện số 999999."),
        ("không", "Số sự kiện “không” chưa đúng: hãy viết một số, ví dụ 41."),
        ("9" * 20, f"Số sự kiện “{'9' * 20}” chưa đúng: hãy viết một số, ví dụ 41."),
    ],
)
def test_a_number_that_is_of_no_event_is_a_sentence(three, number, sentence):
    with pytest.raises(CommandError) as refusal:
        _undo(number)
    assert str(refusal.value).startswith(sentence)
    assert refusal.value.returncode == 2


def test_a_merger_prints_the_numbers_by_which_it_is_taken_back(three):
    told = _run("VP", "--into", "PT", *WORDS, "--confirm")
    transfer, merger = OrgEvent.objects.exclude(kind="found").order_by("pk")
    assert told[-1] == (
        "Đã sáp nhập 1 đơn vị vào CĐVC tỉnh Phú Thọ."
        f" Muốn bỏ thì huỷ lần lượt: manage.py undo_event {merger.pk};"
        f" manage.py undo_event {transfer.pk}"
    )


def test_a_province_with_nothing_beneath_merges_too(three):
    changes.transfer(three["HB1"], three["VP"], Decision(date(2024, 1, 1)), by=None)
    _run("HB", "--into", "VP", *WORDS, "--confirm")
    assert list(OrgEvent.objects.filter(effective_on=DAY).values_list("kind", flat=True)) == [
        "merge_into"
    ]


def test_where_nobody_manages_the_one_that_remains_it_is_told(three):
    three["PT"].appointments.all().delete()
    assert "CĐVC tỉnh Phú Thọ chưa có người quản trị" in "\n".join(
        _run("VP", "--into", "PT", *WORDS)
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("VP", "--into", "KHONG", *WORDS), "Không có đơn vị nào mang mã “KHONG”"),
        (("KHONG", "--into", "PT", *WORDS), "Không có đơn vị nào mang mã “KHONG”"),
        (("VP", "PT", "--into", "PT", *WORDS), "Không thể sáp nhập CĐVC tỉnh Phú Thọ vào chính"),
        (("VP1", "--into", "PT", *WORDS), "CĐCS Vĩnh Phúc trực thuộc đơn vị khác"),
        (("HB", "--into", "VP2", *WORDS), "Công đoàn huyện Lập Thạch trực thuộc đơn vị khác"),
        (("VP", "--into", "PT", "--on", "2019-12-31", "--decision", "1"), "mới thành lập ngày"),
        (("VP", "--into", "PT", "--on", "mai", "--decision", "1"), "Ngày “mai” chưa đúng"),
        (("VP", "--into", "PT", "--on", "2025-07-01"), "Lệnh còn thiếu: --decision."),
        (("--into", "PT", *WORDS), "Lệnh còn thiếu: mã."),
    ],
)
def test_a_merger_that_cannot_be_is_a_sentence_and_nothing_is_written(three, words, sentence):
    events = OrgEvent.objects.count()
    with pytest.raises(CommandError, match=sentence) as refusal:
        _run(*words, "--confirm")
    assert refusal.value.returncode == 2
    assert OrgEvent.objects.count() == events
    assert _above(DAY) == BEFORE


def test_a_province_merges_once(three):
    _run("VP", "--into", "PT", *WORDS, "--confirm")
    with pytest.raises(CommandError, match="đã kết thúc hoạt động từ ngày 01/07/2025"):
        _run("VP", "--into", "HB", *WORDS, "--confirm")
