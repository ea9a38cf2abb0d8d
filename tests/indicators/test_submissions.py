"""What can happen to a submission, and who may do it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from indicators import queries
from indicators.models import Answer, Figure, Indicator, Submission
from indicators.queries.addends import NOT_GRADABLE
from indicators.services import figures, submissions
from indicators.services.assignments import Assigned, assign
from indicators.services.submissions import Entry, Words
from indicators.workflow import State
from tests.builders import (
    ANSWERS,
    Province,
    approve,
    asked,
    fill_in,
    hand_in,
    make_indicator,
    make_period,
)
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice
from unions.services import moves


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


@pytest.fixture
def last_year(province: Province) -> Submission:
    """The union's approved figures of 2024: 100 of 120 people, and 20 of 20."""
    make_period(province.programme, year=2024)
    before = Submission.objects.get(union=province.health, period__year=2024)
    return approve(before, i2_1_1={"done": 100, "total": 120}, i2_1_4={"done": 20, "total": 20})


_JUMPED = (
    "Còn 1 chỉ tiêu có số liệu khác thường chưa giải trình: 2.1.1. Hãy sửa số liệu hoặc ghi một câu"
    " vào ô “Giải trình” của chỉ tiêu rồi lưu."
)


def _unusual(submission: Submission) -> dict[str, list[str]]:
    asked_now = queries.sheet(submission).questions
    return {one.indicator.code: list(one.unusual) for one in asked_now if one.unusual}


def test_an_unusual_figure_is_saved_but_handed_in_with_a_reason_alone(
    province: Province, last_year: Submission
):
    chair = province.chair_of_health
    submission = fill_in(
        province.health_submission,
        by=chair,
        i2_1_1={"done": 110, "total": 300},
        i2_1_4={"done": 19, "total": 21},
    )
    assert _unusual(submission) == {
        "2.1.1": ["Thay đổi quá 50% so với năm trước: “Tổng số người” từ 120 thành 300."]
    }
    assert submissions.missing(submission) == [_JUMPED]
    with pytest.raises(RuleBroken) as refusal:
        submissions.submit(submission, by=chair)
    assert str(refusal.value) == f"Chưa thể nộp. {_JUMPED}"
    assert province.health_submission.state == State.DRAFT
    submission.figures.filter(indicator__code="2.1.1").update(remark="Tiếp nhận CĐCS sáp nhập")
    assert submissions.missing(submission) == []
    assert submissions.submit(submission, by=chair).state == State.SUBMITTED


def test_a_number_beside_the_answer_that_is_larger_asks_for_words(province: Province):
    chair, submission = province.chair_of_health, province.health_submission
    extras = [{"code": "women", "label": "Trong đó nữ"}]
    Indicator.objects.filter(code="2.1.1").update(extras=extras)
    answers = {"done": 70, "total": 80, "extra_women": 80}
    fill_in(submission, by=chair, i2_1_1=answers)
    assert _unusual(submission) == {}
    fill_in(submission, by=chair, i2_1_1=answers | {"extra_women": 81})
    told = "Số liệu kèm theo “Trong đó nữ” là 81, lớn hơn 80 của “Tổng số người”."
    assert _unusual(submission) == {"2.1.1": [told]}
    for remark, missing in ((".", [_JUMPED]), ("Gồm cả học viên", [])):
        submission.figures.filter(indicator__code="2.1.1").update(remark=remark)
        assert submissions.missing(submission) == missing


def test_the_remark_is_kept_with_the_figure_and_its_history(province: Province):
    submission, chair = province.health_submission, province.chair_of_health
    first = asked(submission)[0]
    for remark in ("Sáp nhập hai phòng ", "Sáp nhập ba phòng", "\u200b"):
        entry = Entry(first, Answer.NUMBER, ANSWERS[first.kind], remark=remark)
        submissions.save(submission, [entry], [], estimate=False, by=chair)
    figure = submission.figures.get()
    told = figure.history.order_by("history_id").values_list("remark", flat=True)
    assert list(told) == ["Sáp nhập hai phòng", "Sáp nhập ba phòng", ""]


@pytest.mark.parametrize(
    ("jump", "total", "asks"),
    [(None, 180, False), (None, 181, True), ("0.10", 132, False), ("0.10", 133, True)],
)
def test_the_indicator_says_how_much_change_is_usual(
    province: Province, last_year: Submission, jump, total, asks
):
    indicator = province.programme.indicators.get(code="2.1.1")
    indicator.jump = jump
    indicator.save()
    submission = fill_in(province.health_submission, i2_1_1={"done": 100, "total": total})
    assert ("2.1.1" in _unusual(submission)) is asks


def test_nought_after_a_large_year_asks_why_and_nothing_arisen_has_its_reason_already(
    province: Province, last_year: Submission
):
    submission = fill_in(province.health_submission, i2_1_1={"done": 0, "total": 120})
    assert _unusual(submission)["2.1.1"] == [
        "Năm nay bằng 0: “Số người đạt” năm trước 100, năm nay 0."
    ]
    submission = fill_in(submission, i2_1_1="Cả năm nghỉ")
    assert "2.1.1" not in _unusual(submission)


def test_what_was_handed_in_last_year_is_compared_with_and_nothing_else(
    province: Province, last_year: Submission
):
    submission = fill_in(province.health_submission, i2_1_1={"done": 1, "total": 900})
    assert "2.1.1" in _unusual(submission)
    submissions.send_back(last_year, by=province.officer, reason="Nhầm số")
    assert "2.1.1" in _unusual(submission)
    Submission.objects.filter(pk=last_year.pk).update(submitted_at=None, submitted_by=None)
    assert "2.1.1" not in _unusual(submission)


@pytest.fixture
def classes(province: Province) -> Submission:
    """A submission that also asks for classes held, and of them those on law and on safety."""
    whole = make_indicator(
        province.programme, "3", "count_per_year", unit="lớp", may_not_arise=True
    )
    for code in ("3.1", "3.2"):
        make_indicator(province.programme, code, "count_per_year", unit="lớp", parent=whole)
    return province.health_submission


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({"i3": {"number": 9}, "i3_1": {"number": 5}, "i3_2": {"number": 4}}, {}),
        (
            {"i3": {"number": 9}, "i3_1": {"number": 10}, "i3_2": {"number": 4}},
            {"3.1": ["Phần “trong đó” là 10, lớn hơn 9 của chỉ tiêu trên."]},
        ),
        (
            {"i3": {"number": 9}, "i3_1": {"number": 5}, "i3_2": {"number": 5}},
            {"3": ["Các phần “trong đó” cộng lại là 10, lớn hơn 9 của chỉ tiêu này."]},
        ),
        (
            {"i3": "Không tổ chức", "i3_1": {"number": 0}, "i3_2": {"number": 1}},
            {"3.2": ["Phần “trong đó” có số liệu nhưng chỉ tiêu trên trả lời “Không phát sinh”."]},
        ),
    ],
)
def test_a_part_is_held_against_its_whole(classes: Submission, answers, sentences):
    assert _unusual(fill_in(classes, **answers)) == sentences


def test_an_amount_is_held_against_the_decision_in_force(province: Province):
    indicator = province.programme.indicators.get(code="2.1.6")
    for amount in (800_000_000, 1_200_000_000):
        assign(indicator, province.root, 2025, Assigned(Decimal(amount)), by=province.administrator)
    submission = fill_in(province.own_submission, by=province.officer)
    assert _unusual(submission) == {
        "2.1.6": ["Số được giao ghi 1.000.000.000, quyết định đang có hiệu lực là 1.200.000.000."]
    }
    given = {"collected": 1_050_000_000, "assigned": 1_200_000_000}
    assert _unusual(fill_in(submission, by=province.officer, i2_1_6=given)) == {}


def test_a_headcount_that_no_union_has_is_doubted(province: Province):
    submission = fill_in(province.health_submission, i2_1_1={"done": 90, "total": 100_001})
    assert _unusual(submission) == {
        "2.1.1": ["“Tổng số người” là 100.001, quá lớn đối với một công đoàn cơ sở."]
    }


def test_a_part_that_shares_the_answer_is_counted_and_never_asked(province: Province):
    meal = {"asks": "Mức ăn ca (đồng)"}
    whole = make_indicator(
        province.programme, "3", "share_of_unions", threshold=meal | {"least": 15_000}
    )
    make_indicator(
        province.programme,
        "3.1",
        "share_of_unions",
        threshold=meal | {"least": 25_000},
        parent=whole,
        shares_answer=True,
    )
    submission = fill_in(province.health_submission, i3={"number": 20_000})
    assert "3.1" not in [one.indicator.code for one in queries.sheet(submission).questions]
    assert submissions.missing(submission) == []
    rows = submission.figures.filter(indicator__code__startswith="3").order_by("indicator__code")
    assert [(row.indicator.code, row.numerator) for row in rows] == [("3", 1), ("3.1", 0)]


@pytest.mark.parametrize(
    ("words", "given", "reasons"),
    [
        # below its limit the whole is left, and so is its part
        (
            {"basis": {"asks": "Số lao động", "least": 25}, "condition": "đơn vị từ 25 lao động"},
            {"basis": 20},
            ["Số lao động: 20, dưới 25"],
        ),
        ({"condition": "đơn vị có ca"}, "", ["đơn vị có ca"]),
        ({"condition": "đơn vị có ca"}, "Làm giờ hành chính", ["Làm giờ hành chính"]),
        ({"may_not_arise": True}, "Không có bếp", ["Không có bếp"]),
    ],
)
def test_who_leaves_the_whole_leaves_its_parts_with_a_reason(
    province: Province, words, given, reasons
):
    meal = {"asks": "Mức ăn ca (đồng)"}
    whole = make_indicator(
        province.programme, "3", "share_of_unions", threshold=meal | {"least": 15_000}, **words
    )
    make_indicator(
        province.programme,
        "3.1",
        "share_of_unions",
        threshold=meal | {"least": 25_000},
        parent=whole,
        shares_answer=True,
        condition=words.get("condition", ""),
    )
    answer = Answer.NOT_ARISING if isinstance(given, str) else Answer.NUMBER
    entry = Entry(
        whole,
        answer,
        {} if isinstance(given, str) else given,
        reason=given if isinstance(given, str) else "",
    )
    submission = submissions.save(
        province.health_submission, [entry], [], estimate=False, by=province.chair_of_health
    )
    rows = submission.figures.order_by("indicator__code")
    assert [(row.answer, row.numerator, row.reason) for row in rows] == [
        (Answer.NOT_ARISING, None, reason) for reason in reasons * 2
    ]


@pytest.mark.parametrize(
    ("whole", "part", "kept"),
    [
        # of the gradable good or better, of all in place the excellent
        ("gradable", "in_place", [None, 1]),
        ("gradable", "reported", [None, 1]),
        ("in_place", "gradable", [1, None]),
        ("gradable", "gradable", [None, None]),
        ("reported", "in_place", [1, 1]),
    ],
)
def test_a_part_has_its_own_denominator_whatever_that_of_its_whole(
    province: Province, whole, part, kept
):
    kind, submission = "share_of_unions_rated", province.health_submission
    above = make_indicator(province.programme, "3", kind, denominator=whole)
    make_indicator(
        province.programme,
        "3.1",
        kind,
        denominator=part,
        grade="excellent",
        parent=above,
        shares_answer=True,
    )
    submission.gradable = False
    submission.save(update_fields=["gradable"])
    fill_in(submission, i3={"grade": "excellent"})

    def counted() -> list[int | None]:
        rows = submission.figures.filter(indicator__code__startswith="3")
        return list(rows.order_by("indicator__code").values_list("numerator", flat=True))

    assert counted() == kept
    left = submission.figures.filter(indicator__code__startswith="3", answer=Answer.NOT_ARISING)
    assert {row.reason for row in left} <= {NOT_GRADABLE}
    # found to be gradable after all, and then again not
    submission.gradable = True
    figures.regrade(submission, by=None)
    assert counted() == [1, 1]
    submission.gradable = False
    figures.regrade(submission, by=None)
    assert counted() == kept


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


def test_nothing_is_held_without_a_transaction_to_hold_it():
    with pytest.raises(TransactionManagementError):
        moves.lock(Submission())
