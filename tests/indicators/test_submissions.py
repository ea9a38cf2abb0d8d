"""What can happen to a submission, and who may do it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from indicators.models import Answer, Figure
from indicators.services import submissions
from indicators.services.submissions import Entry, Words
from indicators.workflow import State
from tests.builders import ANSWERS, Province, approve, asked, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice


def _entries(submission):
    return [Entry(one, Answer.NUMBER, ANSWERS[one.kind]) for one in asked(submission)]


def test_the_road_of_one_submission(province: Province):
    chair, officer = province.chair_of_health, province.officer
    submission = fill_in(province.health_submission, by=chair)
    assert submission.state == State.DRAFT
    submission = submissions.submit(submission, by=chair)
    assert (submission.state, submission.submitted_by) == (State.SUBMITTED, chair)
    submission = submissions.verify(submission, by=officer)
    assert (submission.state, submission.verified_by) == (State.VERIFIED, officer)
    submission = submissions.approve(submission, by=officer)
    assert (submission.state, submission.approved_by) == (State.APPROVED, officer)


def test_every_step_leaves_one_sentence_in_the_journal(province: Province):
    submission = approve(province.health_submission)
    lines = JournalEntry.objects.filter(subject="indicators.submission", subject_key=submission.pk)
    assert list(lines.order_by("pk").values_list("sentence", flat=True)) == [
        f"{verb} phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế"
        for verb in ("Lưu", "Nộp", "Thẩm định", "Duyệt")
    ]
    assert {line.union for line in lines} == {province.health}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("chair_of_health", True),
        ("clerk_of_health", True),
        ("chair_of_interior", False),
        ("officer", False),
        ("administrator", False),
        ("leader", False),
        ("inspector", False),
        ("viewer", False),
    ],
)
def test_only_the_union_itself_enters_its_figures(province: Province, person: str, may: bool):
    submission, by = province.health_submission, getattr(province, person)
    if may:
        assert fill_in(submission, by=by).figures.count() == 5
        return
    with pytest.raises(PermissionDenied):
        fill_in(submission, by=by)
    assert not submission.figures.exists()


def test_a_clerk_enters_but_does_not_submit(province: Province):
    submission = fill_in(province.health_submission, by=province.clerk_of_health)
    with pytest.raises(PermissionDenied):
        submissions.submit(submission, by=province.clerk_of_health)
    assert submissions.submit(submission, by=province.chair_of_health).state == State.SUBMITTED


@pytest.mark.parametrize("act", ["verify", "approve"])
def test_a_chair_neither_verifies_nor_approves(province: Province, act: str):
    submission = hand_in(province.health_submission)
    if act == "approve":
        submission = submissions.verify(submission, by=province.officer)
    with pytest.raises(PermissionDenied):
        submissions.TAKE[act](submission, by=province.chair_of_health)
    assert submissions.TAKE[act](submission, by=province.officer).state == act.rstrip("e").replace(
        "verify", "verified"
    ).replace("approv", "approved")


def test_the_officer_fills_in_the_provinces_own_submission(province: Province):
    submission = fill_in(province.own_submission, by=province.officer)
    assert [figure.indicator.kind for figure in submission.figures.all()] == [
        "own_grade",
        "plan_fulfilment",
    ]


def test_what_is_still_missing_is_said_and_stops_the_submission(province: Province):
    submission, chair = province.health_submission, province.chair_of_health
    first = asked(submission)[0]
    submissions.save(
        submission,
        [Entry(first, Answer.NUMBER, ANSWERS[first.kind])],
        [Words(province.programme.task_groups.get(number=1), "Đã tổ chức 03 hội nghị")],
        estimate=False,
        by=chair,
    )
    sentences = submissions.missing(submission)
    assert sentences == [
        "Còn 4 chỉ tiêu chưa có số liệu: 2.1.2, 2.1.3, 2.1.4, 2.1.5b.",
        "Còn 12 nội dung (khâu đột phá, nhóm nhiệm vụ) chưa ghi hoặc chưa chọn “Không có”.",
    ]
    with pytest.raises(RuleBroken) as refusal:
        submissions.submit(submission, by=chair)
    assert str(refusal.value) == f"Chưa thể nộp. {' '.join(sentences)}"
    assert province.health_submission.state == State.DRAFT


def test_what_was_handed_in_is_closed_to_the_union(province: Province):
    submission = hand_in(province.health_submission)
    with pytest.raises(RuleBroken, match="Đã nộp"):
        fill_in(submission, by=province.chair_of_health)


def test_sending_back_needs_a_reason_and_opens_the_form_again(province: Province):
    submission = hand_in(province.health_submission)
    for nothing in ("", "   ", "\u200b"):
        with pytest.raises(RuleBroken, match="Cần ghi lý do khi trả lại"):
            submissions.send_back(submission, by=province.officer, reason=nothing)
    submission = submissions.send_back(submission, by=province.officer, reason="Thiếu văn bản")
    assert (submission.state, submission.reason) == (State.RETURNED, "Thiếu văn bản")
    fill_in(submission, by=province.chair_of_health)
    again = submissions.submit(submission, by=province.chair_of_health)
    assert (again.state, again.reason) == (State.SUBMITTED, "")


def test_an_approved_submission_that_is_sent_back_is_no_longer_approved_by_anybody(
    province: Province,
):
    submission = approve(province.health_submission)
    submission = submissions.send_back(submission, by=province.officer, reason="Nhầm số")
    assert submission.approved_by is None
    assert submission.verified_by is None


def test_a_step_cannot_be_taken_twice(province: Province):
    submission = hand_in(province.health_submission)
    with pytest.raises(RuleBroken, match="trạng thái hiện nay là “Đã nộp”"):
        submissions.submit(submission, by=province.chair_of_health)


def test_one_person_may_do_both_unless_the_switch_forbids_it(province: Province, settings):
    first = submissions.verify(hand_in(province.health_submission), by=province.officer)
    settings.SEPARATE_VERIFIER_AND_APPROVER = True
    with pytest.raises(RuleBroken, match="không được tự duyệt"):
        submissions.approve(first, by=province.officer)
    assert submissions.approve(first, by=province.administrator).state == State.APPROVED
    settings.SEPARATE_VERIFIER_AND_APPROVER = False
    second = submissions.verify(hand_in(province.interior_submission), by=province.officer)
    assert submissions.approve(second, by=province.officer).state == State.APPROVED


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [(1, 9, "mở từ ngày"), (-9, -1, "đã khoá"), (-9, 0, None), (0, 9, None)],
)
def test_the_period_decides_when_figures_may_be_entered(
    province: Province, opens: int, closes: int, refusal: str | None
):
    today, period = timezone.localdate(), province.period
    period.opens_on = period.cut_off_on = today + timedelta(days=opens)
    period.due_on = period.closes_on = today + timedelta(days=closes)
    period.save()
    submission = province.health_submission
    if refusal is None:
        assert fill_in(submission, by=province.chair_of_health).figures.count() == 5
        return
    with pytest.raises(RuleBroken, match=refusal):
        fill_in(submission, by=province.chair_of_health)


def test_what_was_sent_back_may_be_mended_after_the_closing_day(province: Province):
    submission = submissions.send_back(
        hand_in(province.health_submission), by=province.officer, reason="Sửa chỉ tiêu 1"
    )
    period = province.period
    yesterday = timezone.localdate() - timedelta(days=1)
    period.opens_on = period.cut_off_on = date(2025, 1, 1)
    period.due_on = period.closes_on = yesterday
    period.save()
    submission = province.health_submission
    fill_in(submission, by=province.chair_of_health)
    assert submissions.submit(submission, by=province.chair_of_health).state == State.SUBMITTED


def test_saving_replaces_what_was_there_and_keeps_its_history(province: Province):
    chair = province.chair_of_health
    submission = fill_in(province.health_submission, by=chair, i2_1_1={"done": 10, "total": 40})
    fill_in(submission, by=chair, i2_1_1={"done": 20, "total": 40})
    figure = submission.figures.get(indicator__code="2.1.1")
    assert (figure.numerator, figure.denominator) == (20, 40)
    assert list(figure.history.order_by("history_id").values_list("numerator", flat=True)) == [
        10,
        20,
    ]


def test_saving_the_same_again_writes_no_history(province: Province):
    submission = fill_in(province.health_submission, by=province.chair_of_health)
    fill_in(submission, by=province.chair_of_health)
    assert Figure.history.filter(submission=submission).count() == 5


def test_an_answer_left_out_is_unanswered_again(province: Province):
    submission, chair = province.health_submission, province.chair_of_health
    fill_in(submission, by=chair)
    kept = _entries(submission)[1:]
    submissions.save(submission, kept, [], estimate=True, by=chair)
    assert submission.figures.filter(indicator__code="2.1.1").count() == 0
    assert submission.figures.count() == 4
    assert submission.narratives.count() == 0
    assert province.health_submission.estimate is True


def test_the_next_person_is_told(province: Province):
    submission = hand_in(province.health_submission)
    told = Notice.objects.filter(recipient=province.officer)
    assert [notice.title for notice in told] == [
        "Công đoàn cơ sở Sở Y tế đã nộp phiếu số liệu năm 2025"
    ]
    submissions.send_back(submission, by=province.officer, reason="Thiếu minh chứng")
    back = Notice.objects.get(recipient=province.chair_of_health)
    assert "Thiếu minh chứng" in back.text
    assert back.link == submission.get_absolute_url()
    assert not Notice.objects.filter(recipient=province.chair_of_interior).exists()
