"""The chair is handed over in one step: what was worked at passes on, what was done stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from indicators.services import submissions
from tests.builders import FOUNDED, Province, explain, fill_in, make_user
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import Appointment, Invitation, JournalEntry, Notice, User
from unions.services import handing_over, invitations, people
from unions.services.invitations import Guest


def today():
    return timezone.localdate()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def deputy(province: Province) -> User:
    return make_user("pho", Role.DEPUTY, province.health, full_name="Mai Văn Phó")


def test_the_old_access_ends_and_the_new_begins_on_one_day(province: Province, deputy: User):
    old = province.chair_of_health
    assert handing_over.hand_over(province.health, deputy, on=today(), by=old) is None
    assert fresh(old).roles == ()
    assert [(held.role, held.union_id) for held in fresh(deputy).roles] == [
        ("chair", province.health.pk)
    ]
    assert can(fresh(deputy), Permission.NAME_PEOPLE, province.health)


def test_a_hand_over_of_a_day_to_come_waits_for_its_day(province: Province, deputy: User):
    old, day = province.chair_of_health, today() + timedelta(7)
    handing_over.hand_over(province.health, deputy, on=day, by=old)
    assert can(fresh(old), Permission.NAME_PEOPLE, province.health)
    assert [held.role for held in fresh(deputy).roles] == ["deputy"]
    on_the_day = Appointment.objects.in_force(day).filter(union=province.health)
    assert {(row.role, row.user) for row in on_the_day} == {
        ("chair", deputy),
        ("clerk", province.clerk_of_health),
    }


def test_the_draft_passes_on_and_what_was_entered_keeps_the_old_name(province, deputy: User):
    old = province.chair_of_health
    draft = explain(fill_in(province.health_submission, by=old))
    lines = list(JournalEntry.objects.filter(by=old).values_list("pk", flat=True))
    handing_over.hand_over(province.health, deputy, on=today(), by=old)
    with pytest.raises(PermissionDenied):
        submissions.submit(draft, by=fresh(old))
    handed_in = submissions.submit(draft, by=fresh(deputy))
    assert handed_in.submitted_by == deputy
    assert set(lines) <= set(JournalEntry.objects.filter(by=old).values_list("pk", flat=True))


def test_somebody_new_is_invited_at_once_and_is_chair_from_that_day(province: Province):
    old = province.chair_of_health
    guest = Guest("Lò Thị Mới", email="lo@vidu.vn")
    made = handing_over.hand_over(province.health, guest, on=today(), by=old)
    assert (made.role, made.valid_from, made.state) == (
        "chair",
        today(),
        Invitation.State.WAITING,
    )
    assert fresh(old).roles == ()
    assert "không còn ai nộp được" in people.alone_without_submitter(province.health, today())
    user = invitations.accept_as_newcomer(made, "hoa-sen-no-2026")
    assert can(fresh(user), Permission.SUBMIT_FIGURES, province.health)
    assert people.alone_without_submitter(province.health, today()) == ""


def test_the_officer_and_both_chairs_are_told(province: Province, deputy: User):
    handing_over.hand_over(province.health, deputy, on=today(), by=province.administrator)
    told = {notice.recipient: notice for notice in Notice.objects.all()}
    assert set(told) == {province.chair_of_health, deputy, province.officer}
    assert told[province.officer].title == (
        f"Công đoàn cơ sở Sở Y tế đổi Chủ tịch từ ngày {today():%d/%m/%Y}"
    )
    assert "từ Nguyễn Văn Ước sang Mai Văn Phó" in told[province.officer].text
    assert told[deputy].link == "/nguoi-cua-don-vi/"


def test_the_journal_names_the_union_and_people_as_keys(province: Province, deputy: User):
    old = province.chair_of_health
    handing_over.hand_over(province.health, deputy, on=date(2026, 3, 1), by=None)
    line = JournalEntry.objects.latest("pk")
    assert line.sentence == (
        "Bàn giao chức danh Chủ tịch của Công đoàn cơ sở Sở Y tế từ ngày 01/03/2026"
    )
    assert line.details == {"old_chairs": [old.pk], "new_chair": deputy.pk}
    assert (line.union, line.subject_key) == (province.health, province.health.pk)


@pytest.mark.parametrize("who", ["officer", "clerk_of_health", "chair_of_interior", "leader"])
def test_nobody_else_hands_over(province: Province, deputy: User, who: str):
    with pytest.raises(PermissionDenied):
        handing_over.hand_over(province.health, deputy, on=today(), by=getattr(province, who))
    with pytest.raises(PermissionDenied):
        handing_over.hand_over(province.health, province.officer, on=today(), by=deputy)
    assert can(fresh(province.chair_of_health), Permission.NAME_PEOPLE, province.health)


def test_a_day_that_is_past_is_for_the_administrator(province: Province, deputy: User):
    yesterday = today() - timedelta(1)
    with pytest.raises(RuleBroken, match="không được trước hôm nay"):
        handing_over.hand_over(province.health, deputy, on=yesterday, by=province.chair_of_health)
    handing_over.hand_over(province.health, deputy, on=yesterday, by=province.administrator)
    assert deputy.appointments.get(role=Role.CHAIR).valid_from == yesterday


def test_a_hand_over_that_cannot_be_is_refused_and_nothing_is_written(province, deputy: User):
    hand_over, health, old = handing_over.hand_over, province.health, province.chair_of_health
    before = (JournalEntry.objects.count(), Appointment.objects.count())
    locked = make_user("khoa", Role.CLERK, province.interior, full_name="Người Bị Khoá")
    User.objects.filter(pk=locked.pk).update(is_active=False)
    before = (JournalEntry.objects.count(), Appointment.objects.count())
    for successor, day, sentence in [
        (old, today(), "đang là Chủ tịch"),
        (fresh(locked), today(), "đang khoá"),
        (deputy, FOUNDED - timedelta(1), "không được trước ngày 01/01/2020"),
        (deputy, date(2300, 1, 1), "không thể đúng"),
        (Guest(""), today(), "Hãy ghi họ và tên"),
    ]:
        with pytest.raises(RuleBroken, match=sentence):
            hand_over(health, successor, on=day, by=None)
    assert before == (JournalEntry.objects.count(), Appointment.objects.count())
    hand_over(health, deputy, on=today(), by=None)


def test_without_a_chair_there_is_nothing_to_hand_over(province: Province, deputy: User):
    people.relieve(province.chair_of_health.appointments.get(), by=None)
    with pytest.raises(RuleBroken, match="hiện không có Chủ tịch để bàn giao"):
        handing_over.hand_over(province.health, deputy, on=today(), by=province.administrator)
    people.appoint(deputy, Role.CHAIR, province.health, by=province.administrator)
