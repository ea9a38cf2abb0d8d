"""The review page sends single answers back, decides on corrections and shows what was changed."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import queries
from indicators.models import CorrectionRequest, Indicator, Objection, Submission
from indicators.services import corrections
from indicators.workflow import State
from tests.builders import Province, approve, hand_in
from tests.indicators.test_corrections import mend, opened

WHY = "Mẫu số nhỏ hơn số đoàn viên đã báo cáo"


def key_of(code: str) -> str:
    return f"indicator-{Indicator.objects.get(code=code).pk}"


def page(client, submission: Submission) -> str:
    address = reverse("admin:indicators_submission_change", args=[submission.pk])
    return html.unescape(client.get(address).content.decode())


def send(client, submission: Submission, **typed: str) -> str:
    address = reverse("admin:indicators_submission_objections", args=[submission.pk])
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = {"sua-due_on": due, "revision": submission.revision}
    sent |= {f"sua-{name}": value for name, value in typed.items()}
    return html.unescape(client.post(address, sent, follow=True).content.decode())


@pytest.fixture
def submission(client, province: Province) -> Submission:
    client.force_login(province.officer)
    return hand_in(province.health_submission)


def test_an_officer_sends_one_answer_back_with_a_day_of_its_own(client, submission):
    key, other = key_of("2.1.1"), key_of("2.1.4")
    day = timezone.localdate() + timedelta(days=3)
    said = {f"reason-{key}": WHY, f"due-{key}": day.isoformat(), f"reason-{other}": "Thiếu số"}
    after = send(client, submission, **said)
    assert "Đã trả lại 2 mục" in after
    assert "Đang chờ đơn vị sửa" in after
    found = {one.key: (one.reason, one.due_on) for one in Objection.objects.all()}
    week = timezone.localdate() + timedelta(days=7)
    assert found == {key: (WHY, day), other: ("Thiếu số", week)}


def test_what_is_wrong_is_told_and_what_was_typed_stays(client, submission):
    key, other = key_of("2.1.1"), key_of("2.1.4")
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    for typed, says in (
        ({}, "Cần ghi lý do khi trả lại."),
        ({f"reason-{key}": WHY, f"due-{key}": past}, "hạn sửa phải từ hôm nay trở đi"),
        (
            {f"reason-{key}": WHY, f"due-{other}": past},
            "Có hạn riêng thì cần ghi lý do cần sửa.",
        ),
        ({f"reason-{key}": WHY, "due_on": "mai"}, "Hãy nhập ngày, ví dụ 05/12/2025."),
    ):
        after = send(client, submission, **typed)
        assert says in after
        assert (WHY in after) == bool(typed)
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert not Objection.objects.exists()


def test_a_page_that_is_outdated_sends_nothing_back(client, submission):
    submission.revision -= 1
    after = send(client, submission, **{f"reason-{key_of('2.1.1')}": WHY})
    assert "đã sửa phiếu này" in after
    assert not Objection.objects.exists()


def test_the_page_shows_the_difference_and_the_history(client, province: Province, submission):
    send(client, submission, **{f"reason-{key_of('2.1.1')}": WHY})
    assert "Đã sửa gì so với lần trước" not in page(client, submission)
    mend(province.health_submission, province.chair_of_health, "2.1.1", 70)
    shown = page(client, submission)
    assert "Đã sửa gì so với lần trước" in shown
    assert "90/100 = 90% → <strong>70/100 = 70%</strong>" in shown
    assert "Lịch sử (2)" in shown


@pytest.fixture
def asked(client, province: Province) -> CorrectionRequest:
    submission = approve(province.health_submission)
    subject = Indicator.objects.get(code="2.1.1")
    chair = province.chair_of_health
    return corrections.ask(submission, [subject], "Bỏ sót 05 người", by=chair)[0]


def decide(client, request: CorrectionRequest, decision: str, **typed: str) -> str:
    address = reverse("admin:indicators_submission_corrections", args=[request.submission_id])
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = {"dc-chosen": request.pk, "dc-due_on": due, "dc-decision": decision}
    sent |= {f"dc-{name}": value for name, value in typed.items()}
    return html.unescape(client.post(address, sent, follow=True).content.decode())


def test_an_officer_grants_a_correction_on_the_page(client, province: Province, asked):
    client.force_login(province.officer)
    assert "Bỏ sót 05 người" in page(client, asked.submission)
    assert "Đã mở lại các mục được đính chính" in decide(client, asked, "grant")
    assert opened(province.health_submission) == ["2.1.1"]
    assert "đã được xử lý" in decide(client, asked, "grant")


def test_an_officer_refuses_a_correction_with_a_reason(client, province: Province, asked):
    client.force_login(province.officer)
    assert "cần ghi lý do để đơn vị biết" in decide(client, asked, "refuse")
    after = decide(client, asked, "refuse", answer="Số đã chốt với cấp trên")
    assert "Ý kiến: Số đã chốt với cấp trên" in after
    assert province.health_submission.state == State.APPROVED


def test_an_inspector_reads_all_of_it_and_decides_nothing(client, province: Province, asked):
    client.force_login(province.inspector)
    shown = page(client, asked.submission)
    assert "Bỏ sót 05 người" in shown
    assert "Không đồng ý" not in shown
    assert "Trả lại từng số liệu" not in shown
    address = reverse("admin:indicators_submission_corrections", args=[asked.submission_id])
    assert client.post(address, {}).status_code == 403
    assert not queries.open_objections(province.health_submission)


def test_the_list_finds_what_is_asked_for_and_what_is_being_put_right(
    client, province: Province, asked
):
    client.force_login(province.officer)
    address = reverse("admin:indicators_submission_changelist")

    def found(choice: str) -> list[str]:
        rows = client.get(address, {"dinh-chinh": choice}).context["cl"].queryset
        return [row.union.code for row in rows]

    assert [found(one) for one in ("cho", "dang-sua", "qua-han")] == [["SYT"], [], []]
    decide(client, asked, "grant")
    assert [found(one) for one in ("cho", "dang-sua", "qua-han")] == [[], ["SYT"], []]
    Objection.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert found("qua-han") == ["SYT"]
