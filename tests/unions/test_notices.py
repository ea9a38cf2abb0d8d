"""Notices: written with the act they tell of, mailed once, tried again when the mail fails."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indicators.models import Submission
from indicators.services import submissions
from tests.builders import hand_in
from unions.errors import RuleBroken
from unions.models import Notice
from unions.services import notices
from unions.tasks import deliver_notices

WAITING, SENDING, SENT = Notice.Mail.WAITING, Notice.Mail.SENDING, Notice.Mail.SENT
FAILED, NO_ADDRESS = Notice.Mail.FAILED, Notice.Mail.NO_ADDRESS


class DeadServer(EmailBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


class SecondWorker(EmailBackend):
    """While the first worker mails, another comes by and works off what waits."""

    delivered: list[int] = []
    busy = False

    def send_messages(self, messages):
        if not SecondWorker.busy:
            SecondWorker.busy = True
            SecondWorker.delivered.append(notices.deliver_waiting())
        return super().send_messages(messages)


@pytest.fixture
def handed_in(province):
    return hand_in(province.health_submission)


def told(**where):
    return {notice.recipient.username: notice.mail for notice in Notice.objects.filter(**where)}


def notice_to(person, **values):
    return Notice.objects.create(recipient=person, title="Việc", text="Một việc.", **values)


def test_whoever_is_next_is_told_and_those_without_mail_in_the_portal_only(province, handed_in):
    assert told() == {"canbo": WAITING, "quantri": NO_ADDRESS}
    notice = Notice.objects.get(recipient=province.officer)
    assert notice.link == reverse("admin:indicators_submission_change", args=[handed_in.pk])
    assert "Công đoàn cơ sở Sở Y tế" in f"{notice.title} {notice.text}"
    assert "\n" not in notice.title


def test_each_notice_leads_to_where_its_reader_goes_on(province, handed_in):
    at_the_desk = reverse("admin:indicators_submission_change", args=[handed_in.pk])
    submissions.approve(submissions.verify(handed_in, by=province.officer), by=province.officer)
    links = dict(Notice.objects.order_by("pk").values_list("title", "link"))
    assert links == {
        "Công đoàn cơ sở Sở Y tế đã nộp phiếu số liệu năm 2025": at_the_desk,
        "Đã thẩm định phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế": at_the_desk,
        "Phiếu số liệu năm 2025 đã được duyệt": handed_in.get_absolute_url(),
    }


def test_whoever_has_a_desk_finds_the_way_there_from_the_page_to_read(client, province, handed_in):
    at_the_desk = reverse("admin:indicators_submission_change", args=[handed_in.pk])
    for role, offered in [("officer", True), ("leader", False), ("chair_of_health", False)]:
        client.force_login(getattr(province, role))
        page = client.get(handed_in.get_absolute_url()).content.decode()
        assert (f'href="{at_the_desk}"' in page) is offered


def test_a_reason_reaches_those_who_have_to_mend(province, handed_in):
    submissions.send_back(handed_in, by=province.officer, reason="Mẫu số chưa khớp danh sách")
    rows = Notice.objects.filter(recipient__appointments__union=province.health)
    assert {row.recipient for row in rows} == {province.chair_of_health, province.clerk_of_health}
    assert all("Mẫu số chưa khớp danh sách" in row.text for row in rows)


def test_a_notice_falls_with_the_act_that_it_tells_of(province, handed_in):
    before = Notice.objects.count()

    @transaction.atomic
    def verify_twice():
        submissions.verify(handed_in, by=province.officer)
        submissions.verify(handed_in, by=province.officer)

    with pytest.raises(RuleBroken):
        verify_twice()
    assert Notice.objects.count() == before
    assert Submission.objects.get(pk=handed_in.pk).state == "submitted"
    submissions.verify(handed_in, by=province.officer)
    assert Notice.objects.count() > before


def test_what_waits_is_mailed_once_however_often_the_task_runs(province, handed_in):
    assert notices.deliver_waiting() == 1
    deliver_notices()
    assert notices.deliver_waiting() == 0
    (message,) = mail.outbox
    notice = Notice.objects.get(recipient=province.officer)
    assert (message.to, message.subject) == (["canbo@vidu.vn"], notice.title)
    assert message.body == f"{notice.text}\n\nhttp://127.0.0.1:8000{notice.link}"
    assert message.extra_headers["Message-ID"] == f"<thong-bao-{notice.pk}@127.0.0.1:8000>"
    assert (notice.mail, notice.mail_tries) == (SENT, 1)
    assert notice.mailed_at is not None
    assert told()["quantri"] == NO_ADDRESS


def test_two_workers_never_mail_the_same_notice(province, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SecondWorker"
    SecondWorker.delivered, SecondWorker.busy = [], False
    for _ in range(3):
        notice_to(province.officer)
    first = notices.deliver_waiting()
    assert (first, SecondWorker.delivered) == (1, [2])
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 3
    assert len(mail.outbox) == 3


def test_the_oldest_go_first_and_no_more_than_asked_for(province):
    now = timezone.now()
    young = notice_to(province.officer, created_at=now)
    old = notice_to(province.officer, created_at=now - timedelta(hours=1))
    assert notices.deliver_waiting(limit=1) == 1
    assert [Notice.objects.get(pk=one.pk).mail for one in (old, young)] == [SENT, WAITING]


def test_a_mail_that_fails_is_tried_three_times_and_then_given_up(province, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    notice = notice_to(province.officer)
    seen = []
    for _ in range(4):
        assert notices.deliver_waiting() == 0
        notice.refresh_from_db()
        seen.append((notice.mail, notice.mail_tries))
    assert seen == [(WAITING, 1), (WAITING, 2), (FAILED, 3), (FAILED, 3)]
    assert notice.mailed_at is None


def test_a_mail_that_failed_once_goes_out_when_the_server_is_back(province, settings):
    notice = notice_to(province.officer)
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    notices.deliver_waiting()
    settings.EMAIL_BACKEND = good
    assert notices.deliver_waiting() == 1
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_tries) == (SENT, 2)


@pytest.mark.parametrize(
    ("minutes_ago", "tries", "after", "tries_after"),
    [(14, 1, SENDING, 1), (16, 1, SENT, 2), (16, 2, SENT, 3), (16, 3, FAILED, 3)],
)
def test_a_hand_over_that_was_cut_off_is_taken_up_again(
    province, minutes_ago, tries, after, tries_after
):
    notice = notice_to(
        province.officer,
        mail=SENDING,
        mail_tries=tries,
        mail_claimed_at=timezone.now() - timedelta(minutes=minutes_ago),
    )
    notices.deliver_waiting()
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_tries) == (after, tries_after)


def test_a_notice_is_read_once(province):
    notice = notice_to(province.officer)
    notices.read(notice)
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    notices.read(notice)
    notice.refresh_from_db()
    assert notice.read_at == first


def test_reading_everything_reads_ones_own_only(province):
    own = [notice_to(province.officer), notice_to(province.officer)]
    foreign = notice_to(province.leader)
    notices.read_all(province.officer)
    read = set(Notice.objects.filter(read_at__isnull=False))
    assert read == set(own)
    assert foreign not in read
