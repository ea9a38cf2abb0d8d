"""After approval a union asks, the province decides, and the old value stays to be seen."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from indicators import queries
from indicators.models import Answer, CorrectionRequest, Indicator, Submission
from indicators.services import corrections, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.workflow import State
from tests.builders import Province, approve, hand_in
from unions.errors import RuleBroken
from unions.models import Notice, User

WHY = "Bỏ sót 05 đoàn viên mới, số đúng là 95"


def soon() -> date:
    return timezone.localdate() + timedelta(days=7)


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def asked(province: Province, submission: Submission, *codes: str) -> list[CorrectionRequest]:
    subjects = [indicator(code) for code in codes]
    return corrections.ask(submission, subjects, WHY, by=province.chair_of_health)


def mend(submission: Submission, by: User, code: str, done: int) -> Submission:
    entry = Entry(indicator(code), Answer.NUMBER, {"done": done, "total": 100})
    submissions.save(submission, [entry], [], estimate=False, by=by)
    return submissions.submit(submission, by=by)


def titles(person: User) -> list[str]:
    rows = Notice.objects.filter(recipient=person).order_by("pk")
    return list(rows.values_list("title", flat=True))


def opened(submission: Submission) -> list[str]:
    return [one.indicator.code for one in queries.sheet(submission).questions if not one.closed]


def test_what_is_granted_is_opened_corrected_and_shown_as_before(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    assert province.health_submission.state == State.APPROVED
    corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    submission = province.health_submission
    assert (submission.state, opened(submission)) == (State.RETURNED, ["2.1.1"])
    submission = mend(submission, province.chair_of_health, "2.1.1", 95)
    submission = submissions.verify(submission, by=province.officer)
    submission = submissions.approve(submission, by=province.officer)
    settled = queries.settled_objections(submission)
    assert [(one.request.reason, one.stood, one.stands) for one in settled] == [
        (WHY, "90/100 = 90%", "95/100 = 95%")
    ]
    versions = queries.versions_of(submission, [indicator("2.1.1")])
    assert [one.written for one in versions[indicator("2.1.1").pk]] == [
        "90/100 = 90%",
        "95/100 = 95%",
    ]


def test_a_correction_goes_on_being_shown_after_something_else_was_returned(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    submission = corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    submission = mend(submission, province.chair_of_health, "2.1.1", 95)
    point = Point(indicator("2.1.4"), "Thiếu minh chứng", soon())
    submission = send_back_points(submission, [point], by=province.officer)
    submission = mend(submission, province.chair_of_health, "2.1.4", 80)
    named = [one.named for one in queries.settled_objections(submission)]
    assert named == ["Chỉ tiêu 2.1.1", "Chỉ tiêu 2.1.4"]


def test_what_is_refused_stays_and_says_why(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    with pytest.raises(RuleBroken, match="cần ghi lý do"):
        corrections.refuse(submission, requests, answer=" ", by=province.officer)
    corrections.refuse(submission, requests, answer="Đã chốt sổ", by=province.officer)
    row = CorrectionRequest.objects.get()
    assert (row.decision, row.answer, row.decided_by) == ("refused", "Đã chốt sổ", province.officer)
    assert province.health_submission.state == State.APPROVED


def test_both_sides_are_told_of_every_turn(province: Province):
    submission = approve(province.health_submission)
    first = asked(province, submission, "2.1.1")
    about = "phiếu số liệu năm 2025"
    told = f"Công đoàn cơ sở Sở Y tế đề nghị đính chính {about}"
    assert titles(province.officer)[-1] == told
    corrections.refuse(submission, first, answer="Chưa rõ", by=province.officer)
    assert titles(province.chair_of_health)[-1] == f"Không đồng ý đính chính {about}"
    again = asked(province, submission, "2.1.1")
    corrections.grant(submission, again, due_on=soon(), by=province.officer)
    assert titles(province.chair_of_health)[-1] == f"Được đính chính {about}"
    assert f"Phiếu số liệu {about}" not in titles(province.chair_of_health)


def test_the_chair_asks_and_the_clerk_does_not(province: Province):
    submission = approve(province.health_submission)
    with pytest.raises(PermissionDenied):
        corrections.ask(submission, [indicator("2.1.1")], WHY, by=province.clerk_of_health)
    assert asked(province, submission, "2.1.1")


def test_the_officer_decides_and_the_chair_does_not(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    chair = province.chair_of_health
    with pytest.raises(PermissionDenied):
        corrections.grant(submission, requests, due_on=soon(), by=chair)
    with pytest.raises(PermissionDenied):
        corrections.refuse(submission, requests, answer="Không", by=chair)
    corrections.refuse(submission, requests, answer="Không", by=province.officer)
    assert not CorrectionRequest.objects.waiting().exists()


@pytest.mark.parametrize(
    ("codes", "reason", "says"),
    [
        ([], WHY, "Hãy chọn ít nhất một chỉ tiêu"),
        (["2.1.1"], " ", "Hãy ghi lý do đề nghị đính chính"),
        (["2.1.5a"], WHY, "Chỉ tiêu 2.1.5a không có trong phiếu này"),
        (["2.1.4"], WHY, "Chỉ tiêu 2.1.4 đã có đề nghị đính chính đang chờ xử lý"),
    ],
)
def test_a_request_is_of_something_handed_in_with_a_reason_and_once(
    province: Province, codes, reason, says
):
    submission = approve(province.health_submission)
    asked(province, submission, "2.1.4")
    subjects = [indicator(code) for code in codes]
    with pytest.raises(RuleBroken) as refusal:
        corrections.ask(submission, subjects, reason, by=province.chair_of_health)
    assert says in str(refusal.value)


def test_what_is_still_open_is_simply_changed(province: Province):
    with pytest.raises(RuleBroken, match="hãy sửa ngay trên phiếu"):
        asked(province, province.health_submission, "2.1.1")


def test_a_request_is_decided_on_once(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    corrections.withdraw(requests[0], by=province.chair_of_health)
    with pytest.raises(RuleBroken, match="đã được xử lý"):
        corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    assert province.health_submission.state == State.APPROVED


def test_a_second_grant_joins_what_is_with_the_union_already(province: Province):
    submission = approve(province.health_submission)
    first, second = asked(province, submission, "2.1.1", "2.1.4")
    corrections.grant(submission, [first], due_on=soon(), by=province.officer)
    corrections.grant(submission, [second], due_on=soon(), by=province.officer)
    assert opened(province.health_submission) == ["2.1.1", "2.1.4"]


def test_a_grant_of_what_was_sent_back_meanwhile_adds_nothing(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    point = Point(indicator("2.1.1"), "Kiểm tra lại", soon())
    submission = send_back_points(submission, [point], by=province.officer)
    corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    requests[0].refresh_from_db()
    assert (requests[0].decision, opened(province.health_submission)) == ("granted", ["2.1.1"])
    assert submission.objections.count() == 1


def test_a_request_of_another_union_is_not_decided_on_here(province: Province):
    submission = approve(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    other = approve(province.interior_submission)
    for decide in (
        lambda: corrections.grant(other, requests, due_on=soon(), by=province.officer),
        lambda: corrections.refuse(other, requests, answer="Không", by=province.officer),
    ):
        with pytest.raises(RuleBroken, match="đã được xử lý"):
            decide()
    assert province.interior_submission.state == State.APPROVED
    assert list(CorrectionRequest.objects.waiting()) == requests


def test_a_grant_does_not_narrow_what_was_sent_back_whole(province: Province):
    submission = hand_in(province.health_submission)
    requests = asked(province, submission, "2.1.1")
    submissions.send_back(submission, by=province.officer, reason="Xem lại tất cả")
    corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    assert not queries.sheet(province.health_submission).narrowed


def test_the_chair_asks_on_the_page_and_takes_it_back(client, province: Province):
    submission = approve(province.health_submission)
    client.force_login(province.chair_of_health)
    page = client.get(submission.get_absolute_url()).content.decode()
    address = f"{submission.get_absolute_url()}dinh-chinh/"
    assert address in page
    form = client.get(address).content.decode()
    key = f"indicator-{indicator('2.1.1').pk}"
    assert f'value="{key}"' in form
    assert "Chỉ tiêu 2.1.1: 90/100 = 90%" in form
    refused = client.post(address, {"reason": ""}).content.decode()
    assert "Hãy chọn ít nhất một mục." in refused
    assert "Hãy ghi lý do đề nghị đính chính." in refused
    client.post(address, {"subjects": [key], "reason": WHY})
    request = CorrectionRequest.objects.get()
    page = client.get(submission.get_absolute_url()).content.decode()
    assert WHY in page
    client.post(f"{address}{request.pk}/rut/")
    request.refresh_from_db()
    assert request.decision == CorrectionRequest.Decision.WITHDRAWN


def test_the_page_shows_only_what_is_open_and_later_the_difference(client, province: Province):
    submission = hand_in(province.health_submission)
    point = Point(indicator("2.1.1"), "Mẫu số chưa đúng", soon())
    submission = send_back_points(submission, [point], by=province.officer)
    client.force_login(province.chair_of_health)
    page = client.get(submission.get_absolute_url()).content.decode()
    keys = {code: indicator(code).pk for code in ("2.1.1", "2.1.4")}
    assert f'name="i{keys["2.1.1"]}-done"' in page
    assert f'name="i{keys["2.1.4"]}-done"' not in page
    assert "Mẫu số chưa đúng" in page
    assert "Khi bị trả lại: 90/100 = 90%" in page
    mend(submission, province.chair_of_health, "2.1.1", 70)
    page = client.get(submission.get_absolute_url()).content.decode()
    assert "Đã sửa gì so với lần trước" in page
    assert "từ 90/100 = 90% thành <strong>70/100 = 70%</strong>" in page
    assert "Lịch sử số liệu (2 lần)" in page


def test_a_granted_correction_is_not_headed_as_sent_back(client, province: Province):
    submission, head = approve(province.health_submission), "Đính chính theo đề nghị của đơn vị"
    receipt = submission.receipts.get()
    requests = asked(province, submission, "2.1.1")
    submission = corrections.grant(submission, requests, due_on=soon(), by=province.officer)
    client.force_login(province.chair_of_health)
    pages = (submission.get_absolute_url(), receipt.get_absolute_url(), reverse("home"))

    def headed() -> list[bool]:
        return [head in client.get(page).content.decode() for page in pages]

    assert headed() == [True] * 3
    mend(submission, province.chair_of_health, "2.1.1", 95)
    point = Point(indicator("2.1.2"), "Thiếu quy chế", soon())
    send_back_points(province.health_submission, [point], by=province.officer)
    assert headed() == [False] * 3
