"""Leave of absence: a role rests, others carry on, and its holder comes back when wanted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.builders import Province, make_user
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import Absence, Appointment, JournalEntry, Notice, User
from unions.queries import holders
from unions.queries.colleagues import roles_of
from unions.services import absences, people


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def deputy(province: Province) -> User:
    return make_user("pho", Role.DEPUTY, province.health, full_name="Mai Văn Phó")


def chair(province: Province) -> Appointment:
    rows = province.chair_of_health.appointments.select_related("union__current")
    return rows.get(role=Role.CHAIR)


@pytest.mark.parametrize(
    ("since", "until", "works"),
    [(0, 1, False), (-5, 1, False), (1, 2, True), (-5, 3, False), (10, 20, True)],
)
def test_a_role_rests_from_the_first_day_until_the_day_before_the_return(
    province: Province, since: int, until: int, works: bool
):
    absences.leave(chair(province), day(since), day(until), by=province.chair_of_health)
    person = fresh(province.chair_of_health)
    assert can(person, Permission.SUBMIT_FIGURES, province.health) is works
    assert (person in holders(Permission.SUBMIT_FIGURES, province.health)) is works
    at_work = Appointment.objects.at_work(day(until)).filter(user=person)
    assert at_work.exists()


def test_the_deputy_carries_on_and_is_told(province: Province, deputy: User):
    absences.leave(chair(province), day(0), day(30), by=province.administrator)
    assert list(holders(Permission.SUBMIT_FIGURES, province.health)) == [deputy]
    told = {notice.recipient: notice for notice in Notice.objects.all()}
    assert set(told) == {province.chair_of_health, deputy, province.officer}
    assert told[deputy].title == "Chủ tịch công đoàn cơ sở của Công đoàn cơ sở Sở Y tế vắng mặt"
    assert "Nguyễn Văn Ước" in told[deputy].text
    assert told[deputy].link == "/tai-khoan/"
    assert told[province.officer].link.startswith("/quan-tri/unions/user/")


def test_one_role_rests_and_the_other_works(province: Province):
    people.appoint(province.chair_of_health, Role.CLERK, province.interior, by=None)
    absences.leave(chair(province), day(0), day(5), by=province.chair_of_health)
    assert [held.union_id for held in fresh(province.chair_of_health).roles] == [
        province.interior.pk
    ]


def test_the_journal_says_when_and_not_why(province: Province):
    absences.leave(chair(province), day(0), day(5), by=province.chair_of_health)
    line = JournalEntry.objects.latest("pk")
    assert line.sentence == (
        f"Ghi vắng mặt từ ngày {day(0):%d/%m/%Y}, trở lại ngày {day(5):%d/%m/%Y}:"
        " “Chủ tịch công đoàn cơ sở” ở Công đoàn cơ sở Sở Y tế"
    )
    assert (line.by, line.reason) == (province.chair_of_health, "")


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (5, 5, "Ngày trở lại phải sau ngày bắt đầu"),
        (5, 4, "Ngày trở lại phải sau ngày bắt đầu"),
        (-9, 0, "Ngày trở lại phải sau hôm nay"),
        (12, 15, "đã được ghi vắng mặt trong thời gian đó"),
        (5, 11, "đã được ghi vắng mặt trong thời gian đó"),
        (100_000, 100_001, "không thể đúng"),
    ],
)
def test_a_leave_that_cannot_be_is_refused_in_a_sentence(province, since, until, sentence):
    absences.leave(chair(province), day(10), day(20), by=None)
    with pytest.raises(RuleBroken, match=sentence):
        absences.leave(chair(province), day(since), day(until), by=None)
    absences.leave(chair(province), day(20), day(25), by=None)
    assert Absence.objects.count() == 2


def test_a_role_that_ends_before_does_not_rest(province: Province):
    held = chair(province)
    people.relieve(held, by=None, on=day(3))
    with pytest.raises(RuleBroken, match="Phân công này đã kết thúc trước"):
        absences.leave(held, day(3), day(9), by=None)
    absences.leave(held, day(2), day(9), by=None)


def test_who_is_away_comes_back_today_when_wanted(province: Province, deputy: User):
    absence = absences.leave(chair(province), day(-3), day(30), by=province.administrator)
    away = fresh(province.chair_of_health)
    assert not can(away, Permission.VIEW, province.health)
    absences.come_back(absence, by=away)
    assert can(fresh(away), Permission.SUBMIT_FIGURES, province.health)
    absence.refresh_from_db()
    assert (absence.valid_from, absence.valid_to) == (day(-3), day(0))
    assert Notice.objects.latest("pk").title.endswith("trở lại làm việc")
    with pytest.raises(RuleBroken, match="đã kết thúc"):
        absences.come_back(absence, by=away)


def test_a_leave_that_has_not_begun_is_taken_back(province: Province):
    absence = absences.leave(chair(province), day(5), day(30), by=province.chair_of_health)
    absences.come_back(absence, by=province.chair_of_health)
    assert Appointment.objects.at_work(day(10)).filter(user=province.chair_of_health).exists()
    assert not absences.to_come().exists()
    assert [one.absence for one in roles_of(province.chair_of_health)] == [None]
    absences.leave(chair(province), day(3), day(30), by=province.chair_of_health)
    assert [one.valid_from for one in absences.to_come()] == [day(3)]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chair_of_health", True),
        ("clerk_of_health", True),
        ("administrator", True),
        ("officer", False),
        ("chair_of_interior", False),
    ],
)
def test_the_own_chair_the_administrator_and_the_person_say_a_clerk_is_away(province, who, may):
    held = province.clerk_of_health.appointments.select_related("union__current").get()
    by = getattr(province, who)
    if may:
        absences.come_back(absences.leave(held, day(0), day(9), by=by), by=by)
        return
    with pytest.raises(PermissionDenied):
        absences.leave(held, day(0), day(9), by=by)
    absence = absences.leave(held, day(0), day(9), by=None)
    with pytest.raises(PermissionDenied):
        absences.come_back(absence, by=by)


def test_a_clerk_does_not_send_the_chair_away(province: Province):
    with pytest.raises(PermissionDenied):
        absences.leave(chair(province), day(0), day(9), by=province.clerk_of_health)
    assert not Absence.objects.exists()
