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


GUEST = Guest("Lò Thị Mới", email="lo@vidu.vn")


def test_somebody_new_is_invited_at_once_and_is_chair_once_that_is_accepted(province: Province):
    old = province.chair_of_health
    made = handing_over.hand_over(province.health, GUEST, on=today(), by=old)
    assert (made.role, made.valid_from, made.state) == (
        "chair",
        today(),
        Invitation.State.WAITING,
    )
    assert [held.role for held in fresh(old).roles] == ["chair"]
    assert people.alone_without_submitter(province.health, today()) == ""
    user = invitations.accept_as_newcomer(made, "hoa-sen-no-2026")
    assert fresh(old).roles == ()
    assert can(fresh(user), Permission.SUBMIT_FIGURES, province.health)
    line = JournalEntry.objects.get(sentence__startswith="Bàn giao chức danh Chủ tịch")
    assert line.details == {"old_chairs": [old.pk], "new_chair": user.pk}
    assert people.alone_without_submitter(province.health, today()) == ""


def test_who_never_accepts_leaves_the_union_its_chair(province: Province):
    old = province.chair_of_health
    made = handing_over.hand_over(province.health, GUEST, on=today() + timedelta(3), by=old)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(1))
    assert old.appointments.get().valid_to is None
    again = invitations.send_again(made, by=fresh(old))
    assert again.waits
    invitations.withdraw(again, by=fresh(old))
    other = handing_over.hand_over(province.health, Guest("Mai Văn Khác"), on=today(), by=old)
    assert other.waits
    with pytest.raises(RuleBroken, match="đã được nhận, đã bị thu hồi"):
        invitations.accept_as_newcomer(made, "hoa-sen-no-2026")


def test_who_accepts_later_is_chair_from_then_on(province: Province):
    """The day came three days ago: so long the old chair was chair."""
    old, since = province.chair_of_health, today() - timedelta(3)
    made = handing_over.hand_over(province.health, GUEST, on=since, by=province.administrator)
    user = invitations.accept_as_newcomer(made, "hoa-sen-no-2026")
    assert user.appointments.get().valid_from == today()
    assert old.appointments.get().valid_to == today()


def test_who_accepts_early_is_chair_from_the_day_that_was_said(province: Province):
    old, day = province.chair_of_health, today() + timedelta(7)
    made = handing_over.hand_over(province.health, GUEST, on=day, by=old)
    user = invitations.accept_as_newcomer(made, "hoa-sen-no-2026")
    assert (fresh(user).roles, [held.role for held in fresh(old).roles]) == ((), ["chair"])
    assert (old.appointments.get().valid_to, user.appointments.get().valid_from) == (day, day)
    taken = handing_over.take_back(province.health, by=fresh(old))
    assert (taken.on, taken.incoming.user) == (day, user)
    assert old.appointments.get().valid_to is None
    assert not Appointment.objects.in_force(day).filter(user=user).exists()


@pytest.mark.parametrize("who", ["chair_of_health", "administrator"])
def test_a_hand_over_of_a_day_to_come_is_taken_back_in_one_step(province, deputy: User, who: str):
    old, day = province.chair_of_health, today() + timedelta(7)
    by = getattr(province, who)
    before = set(Appointment.objects.in_force(day).values_list("user", "role"))
    handing_over.hand_over(province.health, deputy, on=day, by=by)
    assert handing_over.planned(province.health).on == day
    Notice.objects.all().delete()
    handing_over.take_back(province.health, by=fresh(by))
    assert set(Appointment.objects.in_force(day).values_list("user", "role")) == before
    assert handing_over.planned(province.health) is None
    told = {notice.recipient: notice.title for notice in Notice.objects.all()}
    assert set(told) == {old, deputy, province.officer, province.administrator} - {by}
    assert told[deputy] == (
        f"Bỏ việc bàn giao chức danh Chủ tịch Công đoàn cơ sở Sở Y tế từ ngày {day:%d/%m/%Y}"
    )
    line = JournalEntry.objects.latest("pk")
    assert line.sentence.startswith("Bỏ việc bàn giao chức danh Chủ tịch")
    assert line.details == {"old_chairs": [old.pk], "new_chair": deputy.pk}
    handing_over.hand_over(province.health, deputy, on=day, by=fresh(by))


@pytest.mark.parametrize("who", ["officer", "clerk_of_health", "chair_of_interior", "leader"])
def test_nobody_else_takes_a_hand_over_back(province: Province, deputy: User, who: str):
    day = today() + timedelta(7)
    handing_over.hand_over(province.health, deputy, on=day, by=None)
    for by in (getattr(province, who), deputy):
        with pytest.raises(PermissionDenied):
            handing_over.take_back(province.health, by=by)
    assert handing_over.planned(province.health).incoming.user == deputy


def test_what_has_come_is_taken_back_no_more(province: Province, deputy: User):
    handing_over.hand_over(province.health, deputy, on=today(), by=None)
    with pytest.raises(RuleBroken, match="không có việc bàn giao chức danh Chủ tịch nào chưa đến"):
        handing_over.take_back(province.health, by=None)


def test_one_hand_over_at_a_time(province: Province, deputy: User):
    old, clerk, day = province.chair_of_health, province.clerk_of_health, today() + timedelta(7)
    handing_over.hand_over(province.health, deputy, on=day, by=old)
    for successor in (clerk, GUEST):
        with pytest.raises(RuleBroken, match=r"Mai Văn Phó từ ngày .* Hãy bỏ việc bàn giao đó"):
            handing_over.hand_over(province.health, successor, on=day, by=old)
    handing_over.take_back(province.health, by=old)
    handing_over.hand_over(province.health, GUEST, on=day, by=old)
    for successor in (clerk, GUEST):
        with pytest.raises(RuleBroken, match="Đã mời Lò Thị Mới nhận bàn giao"):
            handing_over.hand_over(province.health, successor, on=day, by=old)


def test_the_chair_renews_the_own_hand_over_and_no_other_invitation_of_a_chair(province: Province):
    old = province.chair_of_health
    own = handing_over.hand_over(province.health, GUEST, on=today(), by=old)
    assert invitations.send_again(own, by=old).round == 2
    for other in (province.chair_of_interior, province.clerk_of_health, province.officer):
        for act in (invitations.send_again, invitations.withdraw):
            with pytest.raises(PermissionDenied):
                act(own, by=other)
    invitations.withdraw(own, by=old)
    people.relieve(old.appointments.get(), by=province.administrator)
    plain = invitations.invite(GUEST, Role.CHAIR, province.health, by=province.administrator)
    people.appoint(old, Role.DEPUTY, province.health, by=None)
    with pytest.raises(PermissionDenied):
        invitations.send_again(plain, by=fresh(old))


def test_of_an_invitation_the_chairs_and_officers_are_told_what_holds_until_then(province):
    handing_over.hand_over(province.health, GUEST, on=today(), by=province.administrator)
    told = {notice.recipient: notice for notice in Notice.objects.all()}
    assert set(told) == {province.chair_of_health, province.officer}
    for notice in told.values():
        assert "Đến khi người được mời nhận lời, Nguyễn Văn Ước vẫn là Chủ tịch" in notice.text


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
