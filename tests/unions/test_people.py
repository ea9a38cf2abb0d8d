"""Accounts and appointments."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from tests.builders import make_province, make_small_province, make_union, make_user
from tests.support.replay import replayed
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import Appointment, JournalEntry, Level, Union, User
from unions.queries import colleagues, life
from unions.services import absences, accounts, people, personal_data, unions
from unions.services.events import Decision
from unions.services.unions import Profile

TODAY = timezone.localdate


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def newcomer(db):
    return User.objects.create(username="moi", full_name="Trịnh Văn Mới", email="moi@vidu.vn")


def test_an_appointment_gives_a_role_from_today_and_leaves_a_line(province, newcomer):
    given = people.appoint(newcomer, Role.CLERK, province.health, by=province.administrator)
    assert (given.valid_from, given.valid_to) == (TODAY(), None)
    assert can(fresh(newcomer), Permission.ENTER_FIGURES, province.health)
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.by, line.union, line.subject, line.subject_key) == (
        "Phân công “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế",
        province.administrator,
        province.health,
        "unions.appointment",
        given.pk,
    )


@pytest.mark.parametrize(
    "who", ["officer", "leader", "inspector", "viewer", "chair_of_interior", "clerk_of_health"]
)
def test_who_does_not_manage_people_may_not(province, newcomer, who):
    by = getattr(province, who)
    held = province.clerk_of_health.appointments.get()
    with pytest.raises(PermissionDenied):
        people.appoint(newcomer, Role.CLERK, province.health, by=by)
    with pytest.raises(PermissionDenied):
        people.relieve(held, by=by)
    assert not newcomer.appointments.exists()
    held.refresh_from_db()
    assert held.valid_to is None


@pytest.mark.parametrize(("role", "may"), [("clerk", True), ("deputy", True), ("chair", False)])
def test_the_chair_names_and_releases_deputies_and_clerks_of_the_own_union_alone(
    province, newcomer, role, may
):
    chair = province.chair_of_health
    if not may:
        with pytest.raises(PermissionDenied):
            people.appoint(newcomer, role, province.health, by=chair)
        with pytest.raises(PermissionDenied):
            people.relieve(chair.appointments.get(), by=chair)
        return
    given = people.appoint(newcomer, role, province.health, by=chair)
    with pytest.raises(PermissionDenied):
        people.appoint(newcomer, role, province.interior, by=chair)
    people.relieve(given, by=chair)
    given.refresh_from_db()
    assert given.valid_to == TODAY()


def test_a_deputy_enters_and_submits_and_names_nobody(province, newcomer):
    people.appoint(newcomer, Role.DEPUTY, province.health, by=province.chair_of_health)
    deputy = fresh(newcomer)
    assert can(deputy, Permission.ENTER_FIGURES, province.health)
    assert can(deputy, Permission.SUBMIT_FIGURES, province.health)
    held = province.clerk_of_health.appointments.get()
    for act in (
        lambda: people.appoint(province.officer, Role.CLERK, province.health, by=deputy),
        lambda: people.relieve(held, by=deputy),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_last_administrator_stays_until_there_is_another(province, newcomer):
    held = province.administrator.appointments.get()
    with pytest.raises(RuleBroken, match="Đỗ Quản Trị là quản trị viên cuối cùng"):
        people.relieve(held, by=province.administrator)
    people.appoint(newcomer, Role.ADMINISTRATOR, province.root, by=province.administrator)
    people.relieve(held, by=province.administrator)
    held.refresh_from_db()
    assert held.valid_to == TODAY()


def test_an_administrator_who_is_locked_or_on_the_way_out_is_no_other(province, newcomer):
    held = province.administrator.appointments.get()
    other = people.appoint(newcomer, Role.ADMINISTRATOR, province.root, by=None)
    people.relieve(other, by=None, on=TODAY() + timedelta(30))
    with pytest.raises(RuleBroken, match="quản trị viên cuối cùng"):
        people.relieve(held, by=None)
    third = make_user("ba", Role.ADMINISTRATOR, province.root, full_name="Người Thứ Ba")
    User.objects.filter(pk=third.pk).update(is_active=False)
    with pytest.raises(RuleBroken, match="quản trị viên cuối cùng"):
        people.relieve(held, by=None)


def test_a_warning_is_given_where_nobody_could_submit(province, newcomer):
    people.relieve(province.chair_of_health.appointments.get(), by=None)
    sentence = people.alone_without_submitter(province.health, TODAY())
    assert "không còn ai nộp được phiếu số liệu của Công đoàn cơ sở Sở Y tế" in sentence
    assert people.alone_without_submitter(province.interior, TODAY()) == ""
    people.appoint(newcomer, Role.DEPUTY, province.health, by=None)
    assert people.alone_without_submitter(province.health, TODAY()) == ""


def test_of_a_day_that_is_past_the_warning_is_about_today(province, newcomer):
    people.appoint(newcomer, Role.DEPUTY, province.health, by=None)
    chair = province.chair_of_health.appointments.get()
    absences.leave(chair, TODAY() - timedelta(9), TODAY() + timedelta(9), by=None)
    assert people.alone_without_submitter(province.health, TODAY() - timedelta(9)) == ""
    people.relieve(newcomer.appointments.get(), by=None)
    warning = people.alone_without_submitter(province.health, TODAY() - timedelta(9))
    assert f"từ ngày {TODAY():%d/%m/%Y}" in warning


@pytest.mark.parametrize(
    "who", ["leader", "inspector", "viewer", "chair_of_health", "clerk_of_health"]
)
def test_who_hands_over_no_links_may_not(province, who):
    clerk, by = province.clerk_of_health, getattr(province, who)
    with pytest.raises(PermissionDenied):
        people.one_time_link(clerk, by=by, union=province.health)
    assert people.one_time_link(clerk, by=province.officer, union=province.health)


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        (Role.CHAIR, "interior", True),
        (Role.INSPECTOR, "interior", False),
        (Role.ADMINISTRATOR, "interior", False),
        (Role.CHAIR, "root", False),
    ],
)
def test_an_officers_link_opens_no_more_doors_than_the_officers_own(province, role, at, may):
    clerk = province.clerk_of_health
    tomorrow = TODAY() + timedelta(days=1)
    people.relieve(province.chair_of_interior.appointments.get(), by=None)
    # as it may stand from before its union was lowered
    clerk.appointments.create(role=role, union=getattr(province, at), valid_from=tomorrow)
    assert people.may_hand_over(clerk, by=province.officer) is may
    assert people.may_hand_over(clerk, by=province.administrator)


OF_THE_UNION = {Role.CHAIR, Role.DEPUTY, Role.CLERK}


def _upper(parent: Union) -> Union:
    """A union above others that is not the head of the tree."""
    profile = Profile("Công đoàn ngành Giáo dục", "agency", level=Level.UPPER)
    return unions.found("CDGD", parent, profile, Decision(date(2020, 1, 1)), by=None)


@pytest.mark.parametrize("role", Role.values)
def test_a_role_is_given_where_it_has_something_to_do(province, newcomer, role: str):
    middle = _upper(province.root)
    people.relieve(province.chair_of_health.appointments.get(), by=None)
    suits = {
        "root": (province.root, True),
        "middle": (middle, role not in OF_THE_UNION),
        "health": (province.health, role in OF_THE_UNION),
    }
    for union, may in suits.values():
        before = newcomer.appointments.count()
        if may:
            people.appoint(newcomer, role, union, by=province.administrator)
        else:
            with pytest.raises(RuleBroken, match="chỉ có ở"):
                people.appoint(newcomer, role, union, by=province.administrator)
        assert newcomer.appointments.count() == before + may


@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_an_appointment_is_of_our_time(province, newcomer, year: int):
    with pytest.raises(RuleBroken, match=f"Ngày phân công 05/03/{year:04} không thể đúng"):
        people.appoint(newcomer, Role.CLERK, province.health, by=None, since=date(year, 3, 5))
    people.appoint(newcomer, Role.CLERK, province.health, by=None, since=date(2200, 3, 5))
    assert newcomer.appointments.count() == 1


def test_nobody_is_appointed_to_a_union_that_has_ended(province, newcomer):
    ended = unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    for since in (None, date(2025, 5, 31), date(2025, 6, 1)):
        with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/06/2025"):
            people.appoint(newcomer, Role.CLERK, ended, by=province.administrator, since=since)
    assert not newcomer.appointments.exists()


def test_a_role_at_a_union_that_is_yet_to_end_begins_before_the_end(province, newcomer):
    day = TODAY() + timedelta(30)
    ends = unions.dissolve(province.health, Decision(day), by=None)
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động"):
        people.appoint(newcomer, Role.CLERK, ends, by=province.administrator, since=day)
    people.appoint(newcomer, Role.CLERK, ends, by=province.administrator)
    assert newcomer.appointments.count() == 1


@pytest.mark.parametrize("since", [None, date(2019, 1, 1), date(2031, 1, 1)])
def test_a_role_is_not_given_twice(province, since):
    with pytest.raises(RuleBroken, match="đang giữ vai trò này"):
        people.appoint(province.clerk_of_health, Role.CLERK, province.health, by=None, since=since)
    assert province.clerk_of_health.appointments.count() == 1


def test_a_role_that_ended_can_be_given_again(province):
    clerk = province.clerk_of_health
    people.relieve(clerk.appointments.get(), by=None, on=date(2025, 1, 1))
    people.appoint(clerk, Role.CLERK, province.health, by=None, since=date(2025, 1, 1))
    assert clerk.appointments.count() == 2
    assert can(fresh(clerk), Permission.ENTER_FIGURES, province.health)


def test_a_person_may_hold_another_role_and_the_same_role_elsewhere(province):
    clerk = province.clerk_of_health
    people.appoint(clerk, Role.CLERK, province.interior, by=None)
    people.appoint(clerk, Role.DEPUTY, province.health, by=None)
    assert {(one.role, one.union_id) for one in fresh(clerk).roles} == {
        ("clerk", province.health.pk),
        ("clerk", province.interior.pk),
        ("deputy", province.health.pk),
    }


def _days_from_today(number: int | None) -> date | None:
    return None if number is None else TODAY() + timedelta(number)


@pytest.mark.parametrize(
    ("others", "since", "told"),
    [
        ((-90, None), 0, "Bàn giao chức danh Chủ tịch"),
        ((-90, None), -200, "Bàn giao chức danh Chủ tịch"),
        ((30, None), 0, "là Chủ tịch của Công đoàn cơ sở Sở Y tế từ ngày"),
        ((-90, 30), 29, "đến trước ngày"),
        ((-90, -30), -60, "đến trước ngày"),
        ((-90, 30), 30, None),
        ((-90, -30), -30, None),
        ((-90, -30), 0, None),
        ((30, 30), 0, None),
    ],
)
def test_a_union_has_one_chair_at_a_time(province, newcomer, others, since, told):
    other = province.chair_of_health.appointments
    begins, ends = map(_days_from_today, others)
    other.update(valid_from=begins, valid_to=ends)
    day = _days_from_today(since)
    if told is None:
        people.appoint(newcomer, Role.CHAIR, province.health, by=None, since=day)
        return
    with pytest.raises(RuleBroken, match=told) as broken:
        people.appoint(newcomer, Role.CHAIR, province.health, by=None, since=day)
    assert broken.value.about == "role"
    assert not newcomer.appointments.exists()
    people.appoint(newcomer, Role.DEPUTY, province.health, by=None, since=day)


def test_relieving_ends_the_role_and_keeps_the_row(province):
    held = province.clerk_of_health.appointments.get()
    people.relieve(held, by=province.administrator)
    held.refresh_from_db()
    assert held.valid_to == TODAY()
    assert fresh(province.clerk_of_health).roles == ()
    line = JournalEntry.objects.latest("pk")
    assert line.sentence == "Thôi phân công “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế"
    assert line.by == province.administrator
    with pytest.raises(RuleBroken, match="Phân công này đã kết thúc"):
        people.relieve(held, by=province.administrator)


def test_a_role_that_is_to_end_holds_until_then(province):
    held = province.clerk_of_health.appointments.get()
    people.relieve(held, by=None, on=TODAY() + timedelta(1))
    assert can(fresh(province.clerk_of_health), Permission.ENTER_FIGURES, province.health)


def test_a_role_does_not_end_before_it_began(province, newcomer):
    given = people.appoint(newcomer, Role.CLERK, province.health, by=None)
    people.relieve(given, by=None, on=TODAY() - timedelta(30))
    given.refresh_from_db()
    assert given.valid_to == given.valid_from
    assert fresh(newcomer).roles == ()


def test_a_role_taken_back_before_it_began_holds_nothing_and_blocks_nothing(province, newcomer):
    day, before = TODAY() + timedelta(30), TODAY() + timedelta(7)
    for role in (Role.CLERK, Role.OFFICER):
        union = province.root if role == Role.OFFICER else province.health
        people.relieve(people.appoint(newcomer, role, union, by=None, since=day), by=None)
        assert not newcomer.appointments.ending_after(TODAY()).exists()
        assert not colleagues.roles_of(newcomer)
        kept = life(union)
        assert newcomer not in {row.user for row in (*kept.people, *kept.former_people)}
        people.appoint(newcomer, role, union, by=None, since=before)
        assert [one.begins_later for one in colleagues.roles_of(newcomer)] == [True]
        assert newcomer in {row.user for row in life(union).people}
        people.relieve(newcomer.appointments.get(valid_to=None), by=None)


def test_a_union_in_place_releases_nobody(province):
    assert people.release_from_ended(province.health) == 0
    assert Appointment.objects.filter(valid_to__isnull=False).count() == 0


def test_an_ended_union_releases_its_people_each_with_a_line(province):
    ended = unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    before = JournalEntry.objects.count()
    assert people.release_from_ended(ended) == 2
    released = Appointment.objects.filter(valid_to=TODAY())
    assert {one.user for one in released} == {province.chair_of_health, province.clerk_of_health}
    assert JournalEntry.objects.count() == before + 2
    assert people.release_from_ended(ended) == 0
    assert fresh(province.chair_of_interior).roles != ()


def test_a_one_time_link_sets_a_password_once(province, client):
    clerk = province.clerk_of_health
    link = people.one_time_link(clerk, by=province.administrator, union=province.health)
    assert link.startswith("http://127.0.0.1:8000/mat-khau/dat-lai/")
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    new = {"new_password1": "Hoa-sen-nở-2026", "new_password2": "Hoa-sen-nở-2026"}
    assert client.post(form, new).url == reverse("password_reset_complete")
    assert fresh(clerk).check_password("Hoa-sen-nở-2026")
    again = client.get(link, follow=True)
    assert again.redirect_chain == []
    assert again.context["validlink"] is False
    line = JournalEntry.objects.filter(subject="unions.user").latest("pk")
    assert (line.sentence, line.by, line.subject_key, line.union) == (
        "Cấp liên kết đặt mật khẩu một lần",
        province.administrator,
        clerk.pk,
        province.health,
    )


def test_a_one_time_link_ends_at_the_next_log_in(province, client):
    clerk = province.clerk_of_health
    link = people.one_time_link(clerk, by=None, union=province.health)
    client.force_login(clerk)
    client.logout()
    assert client.get(link).context["validlink"] is False


def test_a_one_time_link_is_given_for_people_of_the_union_only(province):
    """Who manages people in one tree has no way into the accounts of another."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("khac", Role.ADMINISTRATOR, other, full_name="Quản trị tỉnh khác")
    with pytest.raises(PermissionDenied):
        people.one_time_link(stranger, by=province.administrator, union=province.root)
    assert people.one_time_link(
        province.clerk_of_health, by=province.administrator, union=province.root
    )


PAST, NOW, LATER, NEVER = "past", "now", "later", "never"


def _days(when: str) -> dict[str, date | None]:
    today = TODAY()
    soon = today + timedelta(30)
    return {
        PAST: {"valid_from": today - timedelta(90), "valid_to": today - timedelta(30)},
        NOW: {"valid_from": today - timedelta(90), "valid_to": None},
        LATER: {"valid_from": soon, "valid_to": None},
        # taken back before it began
        NEVER: {"valid_from": soon, "valid_to": soon},
    }[when]


@pytest.fixture
def administrators(db):
    """Of the province, of a branch of it, and of another province; and where their people are."""
    return replayed(_make_administrators)


def _make_administrators():
    province = make_small_province()
    branch = _upper(province.root)
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    places = {
        "root": province.root,
        "health": province.health,
        "branch": branch,
        "school": make_union(branch, code="THPT", name="Công đoàn cơ sở Trường Trung học"),
        "other": other,
        "theirs": make_union(other, code="KHAC1", name="Công đoàn cơ sở Sở khác"),
    }
    who = {
        "root": province.administrator,
        "branch": make_user("nhanh", Role.ADMINISTRATOR, branch, full_name="Quản Trị Nhánh"),
        "other": make_user("khac", Role.ADMINISTRATOR, other, full_name="Quản Trị Khác"),
    }
    return places, who


ROLES_AND_WHO_MAY = {
    "an administrator was clerk of another province": (
        [("administrator", "root", NOW), ("clerk", "theirs", PAST)],
        {"root"},
    ),
    "all roles have ended": ([("clerk", "theirs", PAST)], {"other"}),
    "roles of two provinces": ([("clerk", "health", NOW), ("clerk", "theirs", NOW)], set()),
    "a role of another province is to come": (
        [("clerk", "health", NOW), ("clerk", "theirs", LATER)],
        set(),
    ),
    "a role of another province was to come": (
        [("clerk", "health", NOW), ("clerk", "theirs", NEVER)],
        {"root"},
    ),
    "a role that never was does not count where one was": (
        [("clerk", "health", PAST), ("clerk", "theirs", NEVER)],
        {"root"},
    ),
    "a role is only to come": ([("clerk", "health", LATER), ("clerk", "theirs", PAST)], {"root"}),
    "two ended on one day": ([("clerk", "health", PAST), ("clerk", "theirs", PAST)], set()),
    "of the branch alone": ([("clerk", "school", NOW)], {"root", "branch"}),
    "of the branch and of another union": (
        [("clerk", "school", NOW), ("clerk", "health", NOW)],
        {"root"},
    ),
    "of the branch, and administrator above it": (
        [("clerk", "school", NOW), ("administrator", "root", NOW)],
        {"root"},
    ),
    "of the branch, once of another union": (
        [("clerk", "school", NOW), ("officer", "root", PAST)],
        {"root", "branch"},
    ),
}


@pytest.mark.parametrize("case", ROLES_AND_WHO_MAY)
@pytest.mark.parametrize("who", ["root", "branch", "other"])
def test_who_acts_on_an_account_manages_every_role_of_the_person(
    administrators, newcomer, case, who
):
    (places, actors), (roles, may) = administrators, ROLES_AND_WHO_MAY[case]
    for role, place, when in roles:
        newcomer.appointments.create(role=role, union=places[place], **_days(when))
    newcomer.set_unusable_password()
    newcomer.save()
    by, profile = actors[who], accounts.Profile("moi2", "Trịnh Văn Mới", email="bo@vidu.vn")
    acts = {
        "amend": lambda: accounts.amend(newcomer, profile, by=by),
        "switch": lambda: accounts.switch(newcomer, active=False, by=by),
        "export": lambda: personal_data.export(newcomer, by=by),
        "link": lambda: people.one_time_link(
            newcomer, by=by, union=people.home_of(newcomer, by, Permission.HAND_OVER_LINKS)
        ),
        "anonymise": lambda: personal_data.anonymise(newcomer, "Đơn", by=by),
    }
    assert people.may_hand_over(newcomer, by=by) is (who in may)
    if who in may:
        for act in acts.values():
            assert act()
        return
    for act in acts.values():
        with pytest.raises(PermissionDenied):
            act()
    newcomer.refresh_from_db()
    assert (newcomer.username, newcomer.is_active) == ("moi", True)
    assert not JournalEntry.objects.filter(subject="unions.user", subject_key=newcomer.pk).exists()


def test_an_officers_link_asks_every_role_too(administrators, newcomer):
    places, _ = administrators
    officer = User.objects.get(appointments__role="officer")
    newcomer.appointments.create(role="clerk", union=places["health"], **_days(NOW))
    assert people.may_hand_over(newcomer, by=officer)
    newcomer.appointments.create(role="clerk", union=places["theirs"], **_days(LATER))
    assert not people.may_hand_over(newcomer, by=officer)
