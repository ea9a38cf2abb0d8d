"""Answers are sent back one by one: only these are open, and what changed is told to both sides."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from actionplan.models import TaskGroup
from indicators import queries
from indicators.models import Answer, Indicator, Objection, Submission
from indicators.queries import Cut
from indicators.resources.offline.whole import asked_in
from indicators.services import cards, objections, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.services.submissions import Words
from indicators.workflow import State
from tests.builders import Province, approve, explain, hand_in
from tests.support.forms import SentForm
from unions.errors import RuleBroken
from unions.models import Notice, User
from unions.queries import node

WHY = "Mẫu số nhỏ hơn số đoàn viên đã báo cáo"


def soon(days: int = 5) -> date:
    return timezone.localdate() + timedelta(days=days)


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def point(code: str, reason: str = WHY, due_on: date | None = None) -> Point:
    return Point(indicator(code), reason, due_on or soon())


def returned(province: Province, *codes: str, **answers: dict[str, object]) -> Submission:
    """What health has handed in, with these answers sent back."""
    submission = hand_in(province.health_submission, **answers)
    return send_back_points(submission, [point(code) for code in codes], by=province.officer)


def save(submission: Submission, by: User, code: str, **answers: object) -> Submission:
    entry = Entry(indicator(code), Answer.NUMBER, answers)
    return submissions.save(submission, [entry], [], estimate=False, by=by)


def told_to(person: User) -> Notice:
    return Notice.objects.filter(recipient=person).latest("pk")


def test_only_what_is_objected_to_is_open_each_with_its_reason_and_day(province: Province):
    submission = hand_in(province.health_submission)
    group = province.programme.task_groups.get(number=1)
    points = [point("2.1.1"), Point(group, "Ghi rõ số hội nghị", soon(9))]
    submission = send_back_points(submission, points, by=province.officer)
    sheet = queries.sheet(submission)
    assert submission.state == State.RETURNED
    assert [
        (one.indicator.code, one.objection.reason, one.objection.due_on)
        for one in sheet.questions
        if not one.closed
    ] == [("2.1.1", WHY, soon(5))]
    assert [
        (one.subject, one.objection.reason, one.objection.due_on)
        for one in sheet.subjects
        if not one.closed
    ] == [(group, "Ghi rõ số hội nghị", soon(9))]


def test_what_was_sent_back_whole_is_open_whole(province: Province):
    submission = hand_in(province.health_submission)
    submissions.send_back(submission, by=province.officer, reason="Xem lại toàn bộ")
    sheet = queries.sheet(province.health_submission)
    assert not sheet.narrowed
    assert objections.opening_of(province.health_submission) == objections.EVERYTHING


def test_a_closed_answer_stays_and_an_open_one_is_changed(province: Province):
    submission = returned(province, "2.1.1")
    chair = province.chair_of_health
    with pytest.raises(RuleBroken, match=r"Chỉ tiêu 2\.1\.4 không thuộc phần phải sửa"):
        save(submission, chair, "2.1.4", done=1, total=2)
    group = province.programme.task_groups.get(number=1)
    with pytest.raises(RuleBroken, match="Nhóm nhiệm vụ 1 không thuộc phần phải sửa"):
        submissions.save(submission, [], [Words(group, "Khác")], estimate=False, by=chair)
    save(submission, chair, "2.1.1", done=95, total=110)
    pairs = dict(
        submission.figures.values_list("indicator__code", "answers").filter(
            indicator__code__in=["2.1.1", "2.1.4"]
        )
    )
    assert pairs == {
        "2.1.1": {"done": 95, "total": 110},
        "2.1.4": {"done": 90, "total": 100},
    }
    assert submission.narratives.count() == 12 + 1


def test_an_open_answer_that_is_left_out_becomes_unanswered_and_the_others_do_not(
    province: Province,
):
    submission = returned(province, "2.1.1")
    submissions.save(submission, [], [], estimate=False, by=province.chair_of_health)
    assert queries.sheet(submission).unanswered == ["2.1.1"]


def test_what_became_unexplained_meanwhile_is_open_too(province: Province):
    """Or it could never be handed in."""
    submission = returned(province, "2.1.1")
    figure = submission.figures.get(indicator__code="2.1.4")
    figure.answers = {"done": 90, "total": 100, "extra_women": 101}
    figure.save()
    Indicator.objects.filter(code="2.1.4").update(
        extras=[{"code": "women", "label": "Trong đó nữ"}]
    )
    opened = [one.indicator.code for one in queries.sheet(submission).questions if not one.closed]
    assert opened == ["2.1.1", "2.1.4"]


def test_what_is_objected_to_is_changed_or_explained_before_it_is_handed_in(province: Province):
    submission, chair = returned(province, "2.1.1"), province.chair_of_health
    with pytest.raises(RuleBroken, match=r"Còn 1 mục bị yêu cầu sửa mà chưa đổi: Chỉ tiêu 2\.1\.1"):
        submissions.submit(submission, by=chair)
    entry = Entry(
        indicator("2.1.1"), Answer.NUMBER, {"done": 90, "total": 100}, remark="Số đúng theo sổ."
    )
    submissions.save(submission, [entry], [], estimate=False, by=chair)
    assert submissions.submit(submission, by=chair).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ([], "Cần ghi lý do khi trả lại"),
        ([("2.1.1", " ", 5)], "Chỉ tiêu 2.1.1: cần ghi lý do cần sửa"),
        ([("2.1.1", WHY, -1)], "Chỉ tiêu 2.1.1: hạn sửa phải từ hôm nay trở đi"),
        ([("2.1.1", WHY, 60_000)], "quá xa: muộn nhất là ngày 31/12/"),
        ([("2.1.5a", WHY, 5)], "Chỉ tiêu 2.1.5a không có trong phiếu này"),
    ],
)
def test_a_point_is_of_something_asked_with_a_reason_and_a_day_to_come(
    province: Province, points, says
):
    submission = hand_in(province.health_submission)
    given = [point(code, reason, soon(days)) for code, reason, days in points]
    with pytest.raises(RuleBroken) as refusal:
        send_back_points(submission, given, by=province.officer)
    assert says in str(refusal.value)
    assert province.health_submission.state == State.SUBMITTED
    assert not Objection.objects.exists()


def test_the_union_does_not_send_itself_back_and_the_officer_does(province: Province):
    submission = hand_in(province.health_submission)
    with pytest.raises(PermissionDenied):
        send_back_points(submission, [point("2.1.1")], by=province.chair_of_health)
    send_back_points(submission, [point("2.1.1")], by=province.officer)
    assert Objection.objects.open().count() == 1


def test_the_union_is_told_of_each_point_and_the_desk_of_each_difference(province: Province):
    approve(province.interior_submission, i2_1_1={"done": 40, "total": 50})
    submission = returned(province, "2.1.1", i2_1_1={"done": 90, "total": 100})
    assert (
        f"Chỉ tiêu 2.1.1 (hạn sửa {soon():%d/%m/%Y}): {WHY}"
        in told_to(province.chair_of_health).text
    )
    save(submission, province.chair_of_health, "2.1.1", done=95, total=150)
    submissions.submit(submission, by=province.chair_of_health)
    notice = told_to(province.officer)
    assert notice.title == "Công đoàn cơ sở Sở Y tế đã sửa và nộp lại phiếu số liệu năm 2025"
    assert "Chỉ tiêu 2.1.1: trước 90/100 = 90%, nay 95/150 = 63,33%." in notice.text
    # 40 + 90 of 50 + 100, then 40 + 95 of 50 + 150
    assert "trước 130/150 = 86,67%, nay 135/200 = 67,50% (khi được duyệt)" in notice.text
    assert notice.link == reverse("admin:indicators_submission_change", args=[submission.pk])


def test_the_answers_before_and_after_are_frozen(province: Province):
    submission = returned(province, "2.1.1")
    save(submission, province.chair_of_health, "2.1.1", done=95, total=110)
    submissions.submit(submission, by=province.chair_of_health)
    settled = Objection.objects.get()
    assert (settled.before["answers"], settled.after["answers"]) == (
        {"done": 90, "total": 100},
        {"done": 95, "total": 110},
    )
    assert (settled.stood, settled.stands) == ("90/100 = 90%", "95/110 = 86,36%")
    assert queries.open_objections(province.health_submission) == {}


def test_the_effect_is_what_the_scorecard_says_once_it_is_approved(province: Province):
    """Every indicator of the programme that unions answer, each objected to."""
    approve(province.interior_submission)
    submission = approve(province.health_submission)
    cut = Cut.of_year(node(province.root), 2025)
    before = {one.indicator.code: one.exact for one in queries.scorecard(province.programme, cut)}
    codes = [one.indicator.code for one in queries.sheet(submission).questions]
    submission = send_back_points(submission, [point(code) for code in codes], by=province.officer)
    entries = [
        Entry(indicator("2.1.1"), Answer.NUMBER, {"done": 10, "total": 60}),
        Entry(indicator("2.1.2"), Answer.NUMBER, {"done": "no"}),
        Entry(indicator("2.1.3"), Answer.NOT_ARISING, reason="Không có người tiêu biểu"),
        Entry(indicator("2.1.4"), Answer.ZERO, {"done": 0, "total": 30}),
        Entry(indicator("2.1.5b"), Answer.NUMBER, {"grade": "completed"}),
    ]
    chair, officer = province.chair_of_health, province.officer
    submissions.save(submission, entries, [], estimate=False, by=chair)
    submission = submissions.submit(explain(submission), by=chair)
    submissions.approve(submissions.verify(submission, by=officer), by=officer)
    found = queries.differences(submission, list(submission.objections.all()))
    now = {one.indicator.code: one.exact for one in queries.scorecard(province.programme, cut)}
    effects = [effect for one in found for effect in one.effects]
    assert {e.code: e.exact_before for e in effects} == {c: before[c] for c in codes}
    assert {e.code: e.exact_now for e in effects} == {c: now[c] for c in codes}
    assert now["2.1.1"] == Fraction(100, 160)


def test_what_was_settled_last_is_shown_and_what_came_before_is_not(province: Province):
    submission, chair = returned(province, "2.1.1", "2.1.4"), province.chair_of_health
    entries = [
        Entry(indicator(code), Answer.NUMBER, {"done": 91, "total": 100})
        for code in ("2.1.1", "2.1.4")
    ]
    submissions.save(submission, entries, [], estimate=False, by=chair)
    submission = submissions.submit(submission, by=chair)
    submission = send_back_points(submission, [point("2.1.4")], by=province.officer)
    save(submission, chair, "2.1.4", done=92, total=100)
    submission = submissions.submit(submission, by=chair)
    assert [one.named for one in queries.settled_objections(submission)] == ["Chỉ tiêu 2.1.4"]


def test_the_history_tells_every_value_once_and_by_whom(province: Province):
    submission = returned(province, "2.1.1")
    chair = province.chair_of_health
    for done in (91, 91, 92):
        save(submission, chair, "2.1.1", done=done, total=100)
    asked = [one.indicator for one in queries.sheet(submission).questions]
    versions = queries.versions_of(submission, asked)[indicator("2.1.1").pk]
    assert [one.written for one in versions] == [
        "90/100 = 90%",
        "91/100 = 91%",
        "92/100 = 92%",
    ]


def test_single_answers_sent_back_do_not_make_an_estimate_of_the_form(client, province: Province):
    submission, chair = returned(province, "2.1.1"), province.chair_of_health
    entry = Entry(indicator("2.1.1"), Answer.NUMBER, {"done": 95, "total": 110})
    submission = submissions.save(submission, [entry], [], estimate=True, by=chair)
    assert not submission.estimate
    with pytest.raises(RuleBroken, match="số ước thực hiện"):
        cards.keep_estimate(submission, True, by=chair, revision=submission.revision)
    client.force_login(chair)
    assert 'name="estimate"' not in client.get(submission.get_absolute_url()).content.decode()
    [estimate] = [one for one in asked_in(queries.sheet(submission)) if one.asked is None]
    assert estimate.closed


def test_what_was_an_estimate_stays_one_while_single_answers_are_mended(province: Province):
    submission, chair = returned(province, "2.1.1"), province.chair_of_health
    Submission.objects.update(estimate=True)
    submission.refresh_from_db()
    assert save(submission, chair, "2.1.1", done=95, total=110).estimate


def test_what_was_sent_back_whole_may_become_an_estimate(client, province: Province):
    submission = hand_in(province.health_submission)
    submission = submissions.send_back(submission, by=province.officer, reason="Xem lại")
    chair = province.chair_of_health
    client.force_login(chair)
    assert 'name="estimate"' in client.get(submission.get_absolute_url()).content.decode()
    assert cards.keep_estimate(submission, True, by=chair, revision=submission.revision).estimate


@pytest.fixture
def words(client, province: Province) -> Submission:
    """What is told of the first task group was sent back; its chair is signed in."""
    submission = hand_in(province.health_submission)
    points = [Point(_group(province), "Ghi rõ số hội nghị", soon())]
    client.force_login(province.chair_of_health)
    return send_back_points(submission, points, by=province.officer)


def _group(province: Province) -> TaskGroup:
    return province.programme.task_groups.get(number=1)


def _fields(client, submission: Submission) -> dict[str, str]:
    page = client.get(submission.get_absolute_url()).content.decode()
    return SentForm(page, "phieu").fields


CHECKED = "Đã kiểm tra: đúng 02 hội nghị"


def test_words_that_stand_as_they_did_are_handed_in_with_a_reason(client, province, words):
    key, chair = f"taskgroup{_group(province).pk}-remark", province.chair_of_health
    with pytest.raises(RuleBroken, match=r"Nhóm nhiệm vụ 1.*“Giải trình”"):
        submissions.submit(words, by=chair)
    page = _fields(client, words)
    assert [name for name in page if name.endswith("-remark")] == [key]
    client.post(words.get_absolute_url(), page | {key: CHECKED})
    assert _fields(client, words)[key] == CHECKED
    assert CHECKED in client.get(f"{words.get_absolute_url()}nop/").content.decode()
    submission = submissions.submit(province.health_submission, by=chair)
    [one] = queries.differences(submission, list(submission.objections.all()))
    assert (one.same_value, one.changed, one.remark) == (True, True, CHECKED)


def test_the_card_of_words_keeps_the_reason_too(client, province: Province, words: Submission):
    key = f"taskgroup{_group(province).pk}"
    card = reverse("indicators:submission-card", args=[words.pk, key])
    for remark in (CHECKED, ""):
        page = _fields(client, words)
        drawn = dict(mark.split(":") for mark in page["drawn"].split())[key]
        marks = {"person": province.chair_of_health.pk, "drawn": drawn}
        marks |= {name: page[name] for name in ("revision", "whole", f"{key}-text")}
        assert client.post(card, marks | {f"{key}-remark": remark}).status_code == 200
        assert words.objections.get().remark == remark
