"""Submissions follow unions that end, move and change; what was approved and closed stands."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplan.services import periods as closing_of_periods
from indicators import queries
from indicators.models import Submission, Target
from indicators.queries import Cut, told_of_ended
from indicators.services import closing, reorganisation, submissions
from indicators.services.periods import first_day, open_period
from indicators.tasks import release_from_ended
from tests.builders import (
    PDF,
    Province,
    approve,
    as_upper,
    fill_in,
    hand_in,
    make_indicator,
    make_period,
    make_programme,
    make_province,
    make_union,
    make_user,
)
from tests.support.replay import replayed
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Calendar, JournalEntry, Level, Notice, OrgEvent, Union, User
from unions.queries import node
from unions.services import (
    accounts,
    changes,
    events,
    evidence,
    people,
    personal_data,
    undoing,
    unions,
)
from unions.services.events import Decision
from unions.services.unions import Profile

# the period of 2025 counts on 30 November and is open, whatever day the tests run on
BEFORE = Decision(date(2025, 7, 1), "15/QĐ-CĐVC")
AFTER = Decision(date(2025, 12, 15))
CUT_OFF = date(2025, 11, 30)


def of(union: Union, province: Province) -> Submission:
    return province.submission_of(union)


def last(kind: str) -> OrgEvent:
    return OrgEvent.objects.filter(kind=kind).latest("pk")


def followed(kind: str) -> list[str]:
    return reorganisation.plan(last(kind))


def card(province: Province, year: int = 2025):
    return queries.scorecard(province.programme, Cut.of_year(node(province.root), year))


def close(province: Province) -> None:
    closing_of_periods.close(province.period, reason="Hết hạn", by=province.administrator)


# --- a union that ends ---


def test_the_open_submission_of_a_union_that_ends_is_of_the_part_of_the_year(province: Province):
    unions.dissolve(province.health, BEFORE, by=province.administrator)
    left = province.health_submission
    assert (left.closing, left.gradable, left.caretaker) == (True, False, None)
    assert str(left) == "phiếu kết thúc hoạt động năm 2025 của Công đoàn cơ sở Sở Y tế"
    assert followed("dissolve") == [
        "Phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế (chưa duyệt) thành phiếu kết thúc hoạt"
        " động, chỉ báo cáo phần năm đến ngày kết thúc; có thể cho miễn nộp ở trang của phiếu."
    ]
    told = Notice.objects.get(recipient=province.chair_of_health, title__startswith="Phiếu kết")
    assert told.title == "Phiếu kết thúc hoạt động năm 2025 của Công đoàn cơ sở Sở Y tế"
    assert "kết thúc hoạt động từ ngày 01/07/2025" in told.text
    assert JournalEntry.objects.filter(subject="indicators.submission", subject_key=left.pk).latest(
        "pk"
    ).sentence == (
        "Cập nhật theo tổ chức: phiếu kết thúc hoạt động năm 2025 của Công đoàn cơ sở Sở Y tế"
    )


def test_the_old_chair_finishes_it_and_then_goes(province: Province):
    unions.dissolve(province.health, BEFORE, by=None)
    release_from_ended()
    held = province.chair_of_health.appointments.get()
    assert held.valid_to is None
    approve(province.health_submission)
    held.refresh_from_db()
    assert held.valid_to == timezone.localdate()


@pytest.mark.parametrize("decision", [BEFORE, AFTER])
def test_the_heirs_people_may_finish_what_was_left_open(province: Province, decision: Decision):
    heir = province.chair_of_interior
    with pytest.raises(PermissionDenied):
        fill_in(province.health_submission, by=heir)
    unions.merge_into(province.health, province.interior, decision, by=None)
    left = province.health_submission
    assert left.caretaker == province.interior
    assert left.closing is (decision is BEFORE)
    assert left in Submission.objects.visible_to(heir)
    submissions.submit(fill_in(left, by=heir), by=heir)
    with pytest.raises(PermissionDenied):
        submissions.verify(left, by=heir)
    assert of(province.health, province).submitted_by == heir
    assert Notice.objects.filter(recipient=heir, title__contains="Sở Y tế").exists()


def test_the_heirs_people_open_the_evidence_that_was_handed_over(province: Province, client):
    upload = SimpleUploadedFile("quy chế.pdf", PDF)
    file = evidence.keep(province.health, upload, by=province.chair_of_health)
    client.force_login(province.chair_of_interior)
    address = reverse("evidence", args=[file.pk])
    assert client.get(address).status_code == 404
    unions.merge_into(province.health, province.interior, BEFORE, by=None)
    response = client.get(address)
    assert (response.status_code, b"".join(response.streaming_content)) == (200, PDF)


def test_the_heir_of_an_heir_takes_over_and_nobody_else_may(province: Province):
    third = make_union(province.root, code="STC", name="Sở Tài chính")
    chair = make_user("chutich.tc", Role.CHAIR, third, full_name="Đinh Thị Ư")
    unions.merge_into(province.health, province.interior, BEFORE, by=None)
    unions.merge_into(province.interior, third, Decision(date(2025, 8, 1)), by=None)
    assert of(province.health, province).caretaker == third
    assert province.health_submission not in Submission.objects.visible_to(
        province.chair_of_interior
    )
    fill_in(province.health_submission, by=chair)
    with pytest.raises(PermissionDenied):
        fill_in(province.health_submission, by=province.chair_of_interior)


def test_before_the_day_comes_the_heir_waits(province: Province):
    heir = province.chair_of_interior
    unions.merge_into(province.health, province.interior, Decision(date(2099, 1, 1)), by=None)
    assert province.health_submission.caretaker == province.interior
    assert province.health_submission not in Submission.objects.visible_to(heir)
    with pytest.raises(PermissionDenied):
        fill_in(province.health_submission, by=heir)
    fill_in(province.health_submission, by=province.chair_of_health)


def test_of_several_heirs_the_one_with_the_largest_share_finishes(province: Province):
    heirs = [make_union(province.root, code=f"M{n}", name=f"Mới {n}") for n in (1, 2)]
    shares = dict(zip(heirs, [Decimal("0.4"), Decimal("0.6")], strict=True))
    unions.split(province.health, shares, BEFORE, ends=True, by=None)
    assert province.health_submission.caretaker == heirs[1]


@pytest.mark.parametrize(
    ("calendar", "ended_on", "asked"),
    [
        (Calendar.CALENDAR_YEAR, date(2025, 1, 1), []),
        (Calendar.CALENDAR_YEAR, date(2025, 1, 2), [True]),
        (Calendar.CALENDAR_YEAR, CUT_OFF, [True]),
        (Calendar.CALENDAR_YEAR, date(2025, 12, 1), [False]),
        (Calendar.SCHOOL_YEAR, date(2024, 9, 1), []),
        (Calendar.SCHOOL_YEAR, date(2024, 9, 2), [True]),
        (Calendar.SCHOOL_YEAR, date(2025, 6, 1), [False]),
    ],
)
def test_a_period_that_opens_later_asks_for_the_part_of_its_year(
    db, calendar: str, ended_on: date, asked: list[bool]
):
    root = make_province()
    programme = make_programme(root)
    make_union(root, code="U0", name="Còn hoạt động", calendar=calendar)
    union = make_union(root, code="U1", name="Một", calendar=calendar)
    unions.dissolve(union, Decision(ended_on), by=None)
    period = open_period(programme, 2025, by=None, calendar=calendar)
    found = period.submissions.filter(union=union)
    assert list(found.values_list("closing", flat=True)) == asked


def test_until_a_period_has_asked_for_the_last_part_the_people_stay(province: Province):
    approve(province.health_submission)
    unions.dissolve(province.health, Decision(date(2026, 3, 1)), by=None)
    assert followed("dissolve") == [
        "Khi mở kỳ báo cáo năm 2026, Công đoàn cơ sở Sở Y tế nhận phiếu kết thúc hoạt động cho"
        " phần năm đã qua."
    ]
    release_from_ended()
    held = province.chair_of_health.appointments.get()
    assert held.valid_to is None
    period = make_period(province.programme, year=2026)
    approve(period.submissions.get(union=province.health))
    held.refresh_from_db()
    assert held.valid_to is not None


def test_who_owes_nothing_goes_with_the_union(province: Province):
    approve(province.health_submission)
    unions.dissolve(province.health, AFTER, by=None)
    release_from_ended()
    assert province.chair_of_health.appointments.get().valid_to == timezone.localdate()
    assert province.chair_of_interior.appointments.get().valid_to is None


@pytest.mark.parametrize("gone", ["locked", "anonymous"])
def test_an_end_that_is_undone_lets_no_locked_or_anonymous_account_in_again(
    province: Province, gone: str
):
    approve(province.health_submission)
    unions.dissolve(province.health, AFTER, by=None)
    release_from_ended()
    if gone == "locked":
        accounts.switch(province.chair_of_health, active=False, by=province.administrator)
    else:
        personal_data.anonymise(province.chair_of_health, "Đơn", by=province.administrator)
    chair, clerk = province.chair_of_health.appointments, province.clerk_of_health.appointments
    name = User.objects.get(pk=province.chair_of_health.pk).full_name
    undone = undoing.undo(last("dissolve"), by=None)
    assert clerk.get().valid_to is None
    assert chair.get().valid_to == timezone.localdate()
    assert reorganisation.plan(undone)[-1] == (
        f"{name} không được phân công lại “Chủ tịch công đoàn cơ sở” ở Công đoàn cơ sở Sở Y tế: tài"
        " khoản đang khoá hoặc đã được ẩn danh."
    )


# --- excused ---


def test_a_union_that_ended_is_excused_for_a_reason_and_asked_again(province: Province):
    unions.dissolve(province.health, BEFORE, by=None)
    left = closing.excuse(province.health_submission, " Không còn hồ sơ ", by=province.officer)
    assert (left.excuse, left.standing, left.editable) == ("Không còn hồ sơ", "Miễn nộp", False)
    assert province.chair_of_health.appointments.get().valid_to == timezone.localdate()
    line = JournalEntry.objects.filter(subject="indicators.submission").latest("pk")
    assert (line.sentence[:12], line.reason) == ("Cho miễn nộp", "Không còn hồ sơ")
    for act in (
        lambda: submissions.save(left, [], [], estimate=False, by=None),
        lambda: submissions.submit(left, by=None),
        lambda: closing.excuse(left, "Lần nữa", by=None),
    ):
        with pytest.raises(RuleBroken, match="được miễn nộp"):
            act()
    closing.ask_again(left, by=province.officer)
    assert province.health_submission.excuse == ""
    assert province.chair_of_health.appointments.get().valid_to is None
    fill_in(province.health_submission, by=province.chair_of_health)
    with pytest.raises(RuleBroken, match="đơn vị vẫn phải nộp"):
        closing.ask_again(left, by=province.officer)


def test_only_a_union_that_ended_and_has_not_handed_in_is_excused(province: Province):
    with pytest.raises(RuleBroken, match="Chỉ cho miễn nộp phiếu của đơn vị đã kết thúc"):
        closing.excuse(province.health_submission, "Bận", by=province.officer)
    unions.dissolve(province.health, BEFORE, by=None)
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        closing.excuse(province.health_submission, " ", by=province.officer)
    for person in (province.chair_of_health, province.leader, province.inspector):
        with pytest.raises(PermissionDenied):
            closing.excuse(province.health_submission, "Lý do", by=person)
    hand_in(province.health_submission)
    with pytest.raises(RuleBroken, match="Hãy trả lại phiếu trước"):
        closing.excuse(province.health_submission, "Lý do", by=province.officer)


def test_the_database_excuses_nobody_else(province: Province):
    rows = Submission.objects.filter(union=province.health)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(excuse="Lý do")
    rows.update(excuse="Lý do", closing=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="approved")


def test_roles_that_a_person_ended_do_not_come_back_with_the_union(province: Province):
    unions.dissolve(province.health, BEFORE, by=None)
    people.relieve(province.clerk_of_health.appointments.get(), by=None)
    closing.excuse(province.health_submission, "Lý do", by=None)
    undoing.undo(last("dissolve"), by=None)
    assert province.chair_of_health.appointments.get().valid_to is None
    assert province.clerk_of_health.appointments.get().valid_to is not None


# --- how they count ---


@pytest.fixture
def counted(db):
    """Four unions: one reports, one is silent, two ended in July, one of them excused."""
    return replayed(_make_counted)


def _make_counted():
    root = make_province()
    programme = make_programme(root)
    Target.objects.all().delete()
    programme.indicators.all().delete()
    make_indicator(programme, "R", "share_of_people")
    make_indicator(programme, "P", "share_of_unions", denominator="in_place")
    make_indicator(programme, "G", "share_of_unions_rated", denominator="gradable")
    make_indicator(programme, "C", "count_per_year", unit="cuộc")
    there = [make_union(root, code=f"U{n}", name=f"Đơn vị {n}") for n in range(1, 5)]
    period = make_period(programme)
    for union in there[2:]:
        make_user(f"chutich-{union.code}", Role.CHAIR, union, full_name=f"Chủ tịch {union.code}")
        unions.dissolve(union, BEFORE, by=None)
    rows = {row.union.code: row for row in period.submissions.select_related("union")}
    given = {"iR": {"done": 40, "total": 50}, "iP": {"done": "yes", "paper": "1"}}
    approve(rows["U1"], **given, iC={"number": 3}, iG={"grade": "good"})
    approve(rows["U3"], **given, iC={"number": 4}, iG={"grade": "good"})
    closing.excuse(rows["U4"], "Không còn hồ sơ", by=None)
    return root, programme


# numerator, denominator, answered, expected: worked out by hand
BY_HAND = {
    "R": (80, 100, 2, 3),
    "P": (1, 2, 1, 2),
    "G": (1, 2, 1, 2),
    "C": (7, 2, 2, 3),
}


def test_the_ended_add_up_where_amounts_do_and_stand_among_nobody_in_place(counted):
    root, programme = counted
    cut = Cut.of_year(node(root), 2025)
    with CaptureQueriesContext(connection) as asked:
        results = queries.scorecard(programme, cut)
    assert len(asked) == 3
    totals = {one.indicator.code: one.total for one in results}
    assert {
        code: (total.numerator, total.denominator, total.answered, total.expected)
        for code, total in totals.items()
    } == BY_HAND


def test_the_export_shows_them_with_their_reason_and_adds_up(counted):
    out = io.StringIO()
    call_command("export_figures", "--csv", "--year", "2025", stdout=out, stderr=io.StringIO())
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    for code, told in BY_HAND.items():
        mine = [row for row in rows if row["indicator"] == code]
        expected = [row for row in mine if row["answer"] not in {"closed", "excused"}]
        assert (
            sum(int(row["numerator"] or 0) for row in mine),
            sum(int(row["denominator"] or 0) for row in mine),
            sum(row["answer"] != "none" for row in expected),
            len(expected),
        ) == told
    of_ended = {
        (row["union"], row["indicator"]): (row["answer"], row["reason"])
        for row in rows
        if row["union"] in {"U3", "U4"}
    }
    ended = "kết thúc hoạt động từ ngày 01/07/2025"
    assert of_ended["U3", "R"] == ("number", ended)
    assert of_ended["U3", "P"] == of_ended["U3", "G"] == ("closed", ended)
    assert {of_ended["U4", code] for code in BY_HAND} == {
        ("excused", "được miễn nộp: Không còn hồ sơ")
    }


TOLD = [
    "2 đơn vị kết thúc hoạt động (hoặc thôi thuộc diện báo cáo) trong năm, trước ngày chốt số"
    " liệu: 1 có phiếu số liệu phần năm đã được duyệt, 1 được miễn nộp.",
    "Số đã duyệt của các đơn vị đó được cộng vào chỉ tiêu R, C.",
    "Chỉ tiêu P, G chỉ tính đơn vị đang hoạt động tại ngày chốt số liệu: các đơn vị đó không có"
    " trong tử số và mẫu số.",
]


def test_how_many_ended_counted_and_were_excused_is_told(counted):
    root, programme = counted
    found = queries.coverage(programme, Cut.of_year(node(root), 2025))
    assert (found.expected, found.approved, found.ended, found.excused) == (3, 2, 2, 1)
    assert told_of_ended(found, programme.indicators.order_by("position")) == TOLD


def test_the_command_tells_it_beside_the_numbers(counted, capsys):
    call_command("scorecard", "--union", "CDVC", "--year", "2025", "--json")
    assert capsys.readouterr().err.splitlines() == TOLD


def test_where_nobody_ended_nothing_is_told(province: Province, capsys):
    call_command("scorecard", "--union", "CDVC", "--year", "2025")
    assert capsys.readouterr().err == ""


def test_the_scorecard_page_tells_it_under_the_table(counted, client):
    root, _ = counted
    leader = make_user("lanhdao", Role.LEADER, root, full_name="Trần Thiện Điệp")
    client.force_login(leader)
    page = client.get("/ket-qua/CDVC/2025/").content.decode()
    for sentence in TOLD:
        assert f"<li>{sentence}</li>" in page


# --- a union that goes on ---

MOVES = {
    "rename": lambda p: changes.rename(p.health, "Ngành Y tế", BEFORE, by=None),
    "transfer": lambda p: changes.transfer(p.health, as_upper(p.interior), BEFORE, by=None),
    "change_type": lambda p: changes.change_type(
        p.health, "public_service_full", BEFORE, by=None, cluster="Cụm 9"
    ),
}


@pytest.mark.parametrize("kind", MOVES)
def test_what_is_not_approved_follows_to_the_place_at_the_cut_off_and_back(
    province: Province, kind: str
):
    ward = make_union(as_upper(province.health), code="TYT", name="Trạm Y tế")
    province.health.placements.update(level=Level.GRASSROOTS)
    hand_in(province.health_submission)
    before = {one.pk: one.placement_id for one in Submission.objects.all()}
    MOVES[kind](province)
    for union in (province.health, ward):
        row = of(union, province)
        assert row.placement == union.placements.get(valid_to=None)
        assert not row.closing
    assert of(province.health, province).state == "submitted"
    event = last(kind)
    moved = [one for one in Submission.objects.all() if one.placement_id != before[one.pk]]
    assert {one.union for one in moved} == (
        {province.health, ward} if kind == "transfer" else {province.health}
    )
    assert any("theo vị trí từ ngày 01/07/2025" in told for told in followed(kind))
    undoing.undo(event, by=province.administrator)
    assert {one.pk: one.placement_id for one in Submission.objects.all()} == before
    told = reorganisation.plan(last(kind))
    assert any("theo vị trí như khi chưa có sự kiện" in sentence for sentence in told)


@pytest.mark.parametrize("kind", MOVES)
def test_what_is_approved_stays_and_the_preview_says_so(province: Province, kind: str):
    approve(province.health_submission)
    before, place = card(province), province.health_submission.placement
    MOVES[kind](province)
    assert province.health_submission.placement == place
    assert card(province) == before
    assert followed(kind) == [
        "Phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế (đã duyệt hoặc thuộc kỳ đã khoá) giữ"
        " nguyên: số liệu và vị trí không đổi theo sự kiện này."
    ]
    undoing.undo(last(kind), by=None)
    assert card(province) == before


@pytest.mark.parametrize("kind", [*MOVES, "dissolve"])
def test_a_closed_period_stays_as_it_is(province: Province, kind: str):
    close(province)
    before, place = card(province), province.health_submission.placement
    acts = MOVES | {"dissolve": lambda p: unions.dissolve(p.health, BEFORE, by=None)}
    acts[kind](province)
    left = province.health_submission
    assert (left.placement, left.closing) == (place, False)
    assert card(province) == before


def test_once_it_is_sent_back_it_follows_too(province: Province):
    approved = approve(province.health_submission)
    MOVES["rename"](province)
    assert province.health_submission.placement.name == "Công đoàn cơ sở Sở Y tế"
    back = submissions.send_back(approved, by=province.officer, reason="Sai số")
    assert (back.state, back.placement.name) == ("returned", "Ngành Y tế")


def test_an_event_after_the_cut_off_moves_nothing(province: Province):
    before = province.health_submission.placement
    changes.rename(province.health, "Ngành Y tế", AFTER, by=None)
    assert province.health_submission.placement == before
    assert followed("rename") == []


def test_what_is_approved_by_the_new_place_holds_the_event(province: Province):
    MOVES["transfer"](province)
    approved = approve(province.health_submission)
    with pytest.raises(RuleBroken, match=r"Đã có phiếu số liệu năm 2025.*\(đã duyệt\)"):
        undoing.undo(last("transfer"), by=None)
    submissions.send_back(approved, by=province.officer, reason="Chuyển lại")
    undoing.undo(last("transfer"), by=None)
    assert province.health_submission.placement.parent == province.root


def test_an_approved_closing_submission_holds_the_end(province: Province):
    unions.dissolve(province.health, BEFORE, by=None)
    approved = approve(province.health_submission)
    with pytest.raises(RuleBroken, match="không huỷ được việc kết thúc hoạt động"):
        undoing.undo(last("dissolve"), by=None)
    submissions.send_back(approved, by=province.officer, reason="Sai")
    undoing.undo(last("dissolve"), by=None)
    assert province.health_submission.closing is False


def test_the_end_taken_back_takes_the_excuse_back(province: Province):
    unions.merge_into(province.health, province.interior, BEFORE, by=None)
    closing.excuse(province.health_submission, "Không còn hồ sơ", by=None)
    undoing.undo(last("merge_into"), by=province.administrator)
    back = province.health_submission
    assert (back.closing, back.excuse, back.caretaker, back.gradable) == (False, "", None, True)
    assert province.chair_of_health.appointments.get().valid_to is None


def test_a_union_that_took_another_in_is_not_graded_and_its_grade_leaves(province: Province):
    graded = fill_in(province.interior_submission, by=province.chair_of_interior)
    grade = graded.figures.get(indicator__kind="share_of_unions_rated")
    assert (grade.numerator, grade.denominator) == (1, 1)
    late = Decision(date(2025, 10, 1))
    unions.merge_into(province.health, province.interior, late, by=None)
    grade.refresh_from_db()
    assert province.interior_submission.gradable is False
    assert (grade.answer, grade.numerator, grade.denominator) == ("not_arising", None, None)
    undoing.undo(last("merge_into"), by=None)
    grade.refresh_from_db()
    assert (grade.answer, grade.numerator, grade.denominator) == ("number", 1, 1)


# --- unions that come, rest, and are asked no more ---


def test_a_union_founded_before_the_cut_off_is_asked_while_the_period_is_open(province: Province):
    late = make_union(province.root, code="MOI", name="Mới", founded_on=date(2025, 11, 1))
    never = make_union(province.root, code="SAU", name="Sau", founded_on=date(2025, 12, 1))
    asked = of(late, province)
    assert (asked.closing, asked.gradable, asked.state) == (False, False, "draft")
    assert not Submission.objects.filter(union=never).exists()
    close(province)
    make_union(province.root, code="CU", name="Cũ")
    assert not Submission.objects.filter(union__code="CU").exists()


def test_what_several_become_is_asked_and_is_no_more_once_that_is_taken_back(province: Province):
    profile = Profile("Sở Y tế và Nội vụ", "agency")
    pair = [province.health, province.interior]
    new = unions.consolidate(pair, "SYN", province.root, profile, BEFORE, by=None)
    assert of(new, province).closing is False
    assert {of(one, province).caretaker for one in pair} == {new}
    undoing.undo(last("consolidate"), by=None)
    assert not Union.objects.filter(code="SYN").exists()
    assert {(of(one, province).closing, of(one, province).caretaker) for one in pair} == {
        (False, None)
    }


def test_what_was_begun_by_a_new_union_holds_the_event(province: Province):
    profile = Profile("Sở Y tế và Nội vụ", "agency")
    pair = [province.health, province.interior]
    new = unions.consolidate(pair, "SYN", province.root, profile, BEFORE, by=None)
    chair = make_user("chutich.moi", Role.CHAIR, new, full_name="Lý Thị Ơ")
    fill_in(of(new, province), by=chair)
    with pytest.raises(RuleBroken, match="nên không huỷ được sự kiện này"):
        undoing.undo(last("consolidate"), by=None)
    assert Union.objects.filter(code="SYN").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda p: changes.suspend(p.health, BEFORE, by=None),
        lambda p: changes.change_level(
            p.health, Level.DIVISION, BEFORE, by=None, parent=p.interior
        ),
    ],
    ids=["rests", "becomes a division"],
)
def test_who_is_asked_no_more_leaves_an_empty_form_and_keeps_one_that_was_begun(
    province: Province, act
):
    with events.rehearsed():
        act(province)
        assert not Submission.objects.filter(union=province.health).exists()
        undoing.undo(OrgEvent.objects.latest("pk"), by=None)
        assert not province.health_submission.closing
    fill_in(province.health_submission, by=province.chair_of_health)
    act(province)
    left = province.health_submission
    assert (left.closing, left.figures.exists()) == (True, True)
    undoing.undo(OrgEvent.objects.latest("pk"), by=None)
    assert not province.health_submission.closing


def test_a_preview_tells_all_that_follows_and_keeps_nothing(province: Province):
    before = list(Submission.objects.order_by("pk").values())

    def act() -> OrgEvent:
        unions.merge_into(province.health, province.interior, BEFORE, by=None)
        return last("merge_into")

    assert events.outlook(act).following == [
        "Phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế (chưa duyệt) thành phiếu kết thúc hoạt"
        " động, chỉ báo cáo phần năm đến ngày kết thúc; có thể cho miễn nộp ở trang của phiếu.",
        "Người nhập số liệu của Công đoàn cơ sở Sở Nội vụ được hoàn thành phiếu kết thúc hoạt động"
        " năm 2025 của Công đoàn cơ sở Sở Y tế; người của đơn vị cũ giữ quyền đến khi phiếu được"
        " duyệt.",
    ]
    assert list(Submission.objects.order_by("pk").values()) == before
    assert not Notice.objects.filter(title__contains="kết thúc").exists()


def test_a_province_of_thousands_follows_in_few_statements(province: Province):
    for number in range(3):
        make_union(province.health, code=f"A{number}", name=f"Trạm {number}")
    with CaptureQueriesContext(connection) as few, events.rehearsed():
        changes.transfer(province.health, as_upper(province.interior), BEFORE, by=None)
    for number in range(3, 12):
        make_union(province.health, code=f"A{number}", name=f"Trạm {number}")
    with CaptureQueriesContext(connection) as many, events.rehearsed():
        changes.transfer(province.health, as_upper(province.interior), BEFORE, by=None)
    assert len(many) == len(few)


def test_a_year_begins_where_its_calendar_says():
    assert first_day(2025, Calendar.CALENDAR_YEAR) == date(2025, 1, 1)
    assert first_day(2025, Calendar.SCHOOL_YEAR) == date(2024, 9, 1)


def test_the_desk_counts_and_lists_the_excused_apart(province: Province, client):
    unions.dissolve(province.health, BEFORE, by=None)
    closing.excuse(province.health_submission, "Không còn hồ sơ", by=None)
    client.force_login(province.officer)
    [standing] = client.get(reverse("admin:index")).context["standings"]
    drafts = standing.tallies[0]
    assert (standing.expected, drafts.count) == (2, 2)
    rows = client.get(drafts.url).context["cl"].result_list
    assert sorted(row.union.code for row in rows) == ["CDVC", "SNV"]
    excused = client.get(f"{reverse('admin:indicators_submission_changelist')}?excuse__isempty=0")
    assert [row.union.code for row in excused.context["cl"].result_list] == ["SYT"]
    assert "Miễn nộp" in excused.content.decode()


def test_an_officer_excuses_at_the_desk_and_asks_again(province: Province, client):
    unions.dissolve(province.health, BEFORE, by=None)
    client.force_login(province.officer)
    left = province.health_submission
    page = reverse("admin:indicators_submission_change", args=[left.pk])
    excuse = reverse("admin:indicators_submission_excuse", args=[left.pk])
    again = reverse("admin:indicators_submission_ask_again", args=[left.pk])
    assert f'href="{excuse}"' in client.get(page).content.decode()
    assert client.post(excuse, {"reason": ""}).context["form"].errors
    assert client.post(excuse, {"reason": "Không còn hồ sơ"}).url == page
    shown = client.get(page).content.decode()
    assert "Không còn hồ sơ" in shown
    assert f'href="{again}"' in shown
    assert client.post(again).url == page
    assert province.health_submission.excuse == ""
    client.force_login(province.inspector)
    assert excuse not in client.get(page).content.decode()
    assert client.post(excuse, {"reason": "Lý do"}).status_code == 403
