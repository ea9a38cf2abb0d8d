"""People at the desk: invited, handed over, away, printed, confirmed, exported, made anonymous."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Province, make_province, make_union, make_user
from tests.crowd import make_unions
from unions.access import Role
from unions.models import Absence, Appointment, Confirmation, Invitation, JournalEntry, User
from unions.services import invitations, people, reviews
from unions.services.invitations import Guest

GUEST = {"full_name": "Lò Thị Mới", "position": "", "email": "", "phone": ""}


def address(page: str, *keys: object) -> str:
    return reverse(f"admin:unions_{page}", args=keys)


def choose(client: Client, page: str, action: str, *rows: object, **query: str):
    """Tick rows of a list and take an action with them."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], "index": 0}
    return client.post(f"{address(f'{page}_changelist')}", chosen, query_params=query)


@pytest.fixture
def desk(client: Client, province: Province) -> Client:
    client.force_login(province.administrator)
    return client


def test_somebody_is_invited_on_paper_and_the_slip_is_next(desk, province: Province):
    typed = GUEST | {"role": "deputy", "union": province.health.pk, "valid_from": "01/03/2026"}
    answer = desk.post(address("invitation_invite"), typed)
    made = Invitation.objects.get()
    assert (made.role, made.valid_from, made.invited_by) == (
        "deputy",
        date(2026, 3, 1),
        province.administrator,
    )
    assert answer.url == address("invitation_slip", made.pk)
    slip = desk.get(answer.url).content.decode()
    assert "<svg" in slip
    assert invitations.link(made) in slip


@pytest.mark.parametrize("act", ["invitation_invite", "user_appoint", "user_open_account"])
def test_the_desk_leads_to_the_hand_over_where_there_is_a_chair(desk, province: Province, act):
    typed = GUEST | {"role": "chair", "union": province.health.pk, "valid_from": "01/03/2026"}
    typed |= {"username": "moi", "full_name": "Lò Thị Mới"}
    path = address(act, *([province.clerk_of_health.pk] if act == "user_appoint" else []))
    page = desk.post(path, typed)
    assert "Bàn giao chức danh Chủ tịch" in page.context["form"].errors["role"][0]
    chairs = Appointment.objects.filter(union=province.health, role=Role.CHAIR)
    assert [row.user for row in chairs] == [province.chair_of_health]
    people.relieve(chairs.get(), by=None, on=date(2026, 3, 1))
    desk.post(path, typed)
    assert Invitation.objects.count() + chairs.all().count() == 2


def test_a_role_that_does_not_suit_is_told_beside_what_was_typed(desk, province: Province):
    typed = GUEST | {"role": "officer", "union": province.health.pk, "valid_from": "01/03/2026"}
    page = desk.post(address("invitation_invite"), typed)
    assert "chỉ có ở công đoàn cấp trên" in page.context["form"].errors["role"][0]
    assert not Invitation.objects.exists()


def test_the_list_of_invitations_is_filtered_by_what_became_of_them(desk, province: Province):
    made = {
        state: invitations.invite(Guest(state), Role.CLERK, province.health, by=None)
        for state in Invitation.State.values
    }
    invitations.accept(made["accepted"], province.officer)
    invitations.withdraw(made["withdrawn"], by=None)
    Invitation.objects.filter(pk=made["expired"].pk).update(expires_at=timezone.now())
    for state, row in made.items():
        found = desk.get(address("invitation_changelist"), {"tinh-trang": state})
        assert list(found.context["cl"].result_list) == [row]
        assert Invitation.State(state).label in found.content.decode()


def test_an_invitation_is_renewed_and_withdrawn(desk, province: Province):
    row = invitations.invite(Guest("Lò"), Role.CLERK, province.health, by=None)
    assert desk.post(address("invitation_again", row.pk)).url == address("invitation_slip", row.pk)
    desk.post(address("invitation_withdraw", row.pk))
    row.refresh_from_db()
    assert (row.round, row.state) == (2, Invitation.State.WITHDRAWN)
    again = desk.post(address("invitation_again", row.pk))
    assert "không thay đổi được nữa" in again.content.decode()


def test_several_invitations_are_printed_those_by_mail_left_out(desk, province: Province):
    by_mail = Guest("Có Thư", email="lo@vidu.vn")
    rows = [
        invitations.invite(guest, Role.CLERK, province.health, by=None)
        for guest in (Guest("Một"), Guest("Hai"), by_mail)
    ]
    page = choose(desk, "invitation", "print_slips", *rows).content.decode()
    assert page.count('class="slip"') == 2
    none = choose(desk, "invitation", "print_slips", rows[2])
    assert none.url == address("invitation_changelist")


def test_several_people_get_slips_and_the_officer_for_those_beneath_alone(client, province):
    client.force_login(province.officer)
    page = choose(client, "user", "print_slips", province.chair_of_health, province.clerk_of_health)
    assert page.content.decode().count("/mat-khau/dat-lai/") == 2
    lines = JournalEntry.objects.filter(sentence="Cấp liên kết đặt mật khẩu một lần")
    assert lines.count() == 2
    refused = choose(client, "user", "print_slips", province.administrator)
    assert refused.status_code == 302
    assert lines.count() == 2


def test_the_chair_is_handed_over_to_a_person_or_to_a_guest(desk, province: Province):
    chair = province.chair_of_health
    held = chair.appointments.get()
    typed = GUEST | {"full_name": "", "appointment": held.pk, "on": "01/03/2026"}
    page = desk.post(address("user_hand_over", chair.pk), typed)
    assert set(page.context["form"].errors) == {"successor"}
    typed["successor"] = province.clerk_of_health.pk
    assert desk.post(address("user_hand_over", chair.pk), typed).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == date(2026, 3, 1)
    new = province.clerk_of_health.appointments.get(role=Role.CHAIR)
    guest = GUEST | {"appointment": new.pk, "on": "01/04/2026", "email": "lo@vidu.vn"}
    answer = desk.post(address("user_hand_over", province.clerk_of_health.pk), guest)
    assert answer.url == address("invitation_changelist")
    assert Invitation.objects.get().role == "chair"


def test_the_desk_takes_back_a_hand_over_of_a_day_to_come(desk, province: Province):
    chair, clerk = province.chair_of_health, province.clerk_of_health
    held = chair.appointments.get()
    day = timezone.localdate() + timedelta(7)
    typed = GUEST | {"full_name": "", "appointment": held.pk, "successor": clerk.pk}
    desk.post(address("user_hand_over", chair.pk), typed | {"on": f"{day:%d/%m/%Y}"})
    held.refresh_from_db()
    assert held.valid_to == day
    for person in (clerk, chair):
        assert desk.get(address("user_keep_chair", person.pk)).status_code == 200
    new = clerk.appointments.get(role=Role.CHAIR)
    answer = desk.post(address("user_keep_chair", clerk.pk), {"appointment": new.pk})
    assert answer.url == address("user_change", clerk.pk)
    held.refresh_from_db()
    assert held.valid_to is None


def test_the_journal_resolves_who_handed_over_to_whom(desk, province: Province):
    chair, clerk = province.chair_of_health, province.clerk_of_health
    typed = GUEST | {
        "full_name": "",
        "appointment": chair.appointments.get().pk,
        "on": "01/03/2026",
    }
    desk.post(address("user_hand_over", chair.pk), typed | {"successor": clerk.pk})
    line = JournalEntry.objects.latest("pk")
    page = desk.get(address("journalentry_change", line.pk)).content.decode()
    assert "Nguyễn Văn Ước → Hà Thị Ân" in page


@pytest.mark.parametrize("page", ["invitation", "appointment"])
@pytest.mark.parametrize("term", ["ha  thi an", "HÀ THỊ", "so y  te", "syt"])
def test_people_of_every_list_are_found_without_accents(desk, province: Province, page, term):
    invitations.invite(Guest("Hà Thị Ân"), Role.DEPUTY, province.health, by=None)
    invitations.invite(Guest("Lò Thị Mới"), Role.DEPUTY, province.interior, by=None)
    found = desk.get(address(f"{page}_changelist"), {"q": term}).context["cl"].result_list
    assert {row.union for row in found} == {province.health}


def test_a_leave_is_noted_shown_and_ended(desk, province: Province):
    chair, today = province.chair_of_health, timezone.localdate()
    held = chair.appointments.get()
    typed = {
        "appointment": held.pk,
        "since": f"{today:%d/%m/%Y}",
        "until": f"{today + timedelta(9):%d/%m/%Y}",
    }
    answer = desk.post(address("user_leave", chair.pk), typed, follow=True)
    assert "không còn ai nộp được phiếu số liệu" in answer.content.decode()
    assert "đang vắng mặt" in desk.get(address("user_changelist")).content.decode()
    assert "đang vắng mặt" in desk.get(address("appointment_changelist")).content.decode()
    desk.post(address("user_come_back", chair.pk), {"appointment": held.pk})
    assert Absence.objects.get().valid_to == today
    assert "đang vắng mặt" not in desk.get(address("user_changelist")).content.decode()


def test_the_look_of_this_year_shows_how_far_it_is(desk, province: Province):
    held = province.clerk_of_health.appointments.get()
    answer = choose(desk, "appointment", "confirm_selected", held)
    assert answer.status_code == 302
    assert Confirmation.objects.get().appointment == held
    page = desk.get(address("appointment_changelist"))
    assert page.context["progress"] == reviews.Progress(1, 8)
    assert f"Đỗ Quản Trị, {timezone.localdate():%d/%m/%Y}" in page.content.decode()
    undone = desk.get(address("appointment_changelist"), {"xac-nhan": "chua"})
    assert held not in undone.context["cl"].result_list
    assert undone.context["cl"].result_count == 7
    done = desk.get(address("appointment_changelist"), {"xac-nhan": "roi"})
    assert list(done.context["cl"].result_list) == [held]


def test_a_past_year_is_shown_as_of_its_end_and_not_confirmed(desk, province: Province):
    last = timezone.localdate().year - 1
    held = province.clerk_of_health.appointments.get()
    people.relieve(held, by=None, on=timezone.localdate())
    shown = desk.get(address("appointment_changelist"), {"nam": str(last)})
    assert held in shown.context["cl"].result_list
    assert held not in desk.get(address("appointment_changelist")).context["cl"].result_list
    choose(desk, "appointment", "confirm_selected", held, nam=str(last))
    assert not Confirmation.objects.exists()
    for nonsense in ("abc", "1", "99999999999999999999", "²"):
        page = desk.get(address("appointment_changelist"), {"nam": nonsense})
        assert page.context["year"] == timezone.localdate().year


def test_several_are_released_after_a_page_that_names_them(desk, province: Province):
    rows = [
        province.chair_of_health.appointments.get(),
        province.clerk_of_health.appointments.get(),
    ]
    page = choose(desk, "appointment", "release_selected", *rows).url
    text = desk.get(page).content.decode()
    assert "Nguyễn Văn Ước (Chủ tịch công đoàn cơ sở, Công đoàn cơ sở Sở Y tế)" in text
    assert not Appointment.objects.filter(valid_to__isnull=False).exists()
    desk.post(page, {"on": "01/03/2026"})
    assert set(Appointment.objects.filter(valid_to=date(2026, 3, 1))) == set(rows)
    empty = desk.post(address("appointment_release"), {"on": "01/03/2026"})
    assert "Chưa chọn ai" in empty.content.decode()


def test_only_the_administrator_confirms_and_releases(client, province: Province):
    held = province.clerk_of_health.appointments.get()
    client.force_login(province.officer)
    choose(client, "appointment", "confirm_selected", held)
    choose(client, "appointment", "release_selected", held)
    page = f"{address('appointment_release')}?chon={held.pk}"
    assert client.post(page, {"on": "01/03/2026"}).status_code == 403
    held.refresh_from_db()
    assert (Confirmation.objects.count(), held.valid_to) == (0, None)


def test_another_provinces_people_are_not_released_from_here(client, province: Province):
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("la", Role.ADMINISTRATOR, other, full_name="Quản Trị Khác")
    held = province.clerk_of_health.appointments.get()
    client.force_login(stranger)
    page = f"{address('appointment_release')}?chon={held.pk}"
    assert "Chưa chọn ai" in client.post(page, {"on": "01/03/2026"}).content.decode()
    held.refresh_from_db()
    assert held.valid_to is None


def test_the_data_of_a_person_is_exported_and_the_person_made_anonymous(desk, province):
    chair = province.chair_of_health
    answer = desk.post(address("user_export", chair.pk))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = json.loads(archive.read("du-lieu-ca-nhan.json"))
    assert told["tài khoản"]["họ và tên"] == "Nguyễn Văn Ước"
    assert desk.post(address("user_anonymise", chair.pk), {"reason": ""}).status_code == 200
    desk.post(address("user_anonymise", chair.pk), {"reason": "Đơn ngày 01/12/2026"})
    assert User.objects.get(pk=chair.pk).username == f"an-danh-{chair.pk}"
    history = desk.get(address("user_history", chair.pk)).content.decode()
    assert "Ẩn danh tài khoản" in history
    assert "Nguyễn Văn Ước" not in history


@pytest.mark.parametrize("page", ["invitation", "appointment"])
def test_a_list_of_people_costs_the_same_with_three_rows_and_with_thirty(
    desk, province: Province, page, django_assert_num_queries, django_assert_max_num_queries
):
    invitations.invite(Guest("Một"), Role.CLERK, province.health, by=province.administrator)
    desk.get(address(f"{page}_changelist"))
    with django_assert_max_num_queries(20) as few:
        desk.get(address(f"{page}_changelist"))
    more = {f"D{number}": f"Đơn vị {number}" for number in range(27)}
    for number, union in enumerate(make_unions(province.root, more)):
        chair = make_user(f"chutich{number}", Role.CHAIR, union, full_name=f"Người {number}")
        invitations.invite(Guest(f"Mời {number}"), Role.CLERK, union, by=chair)
    with django_assert_num_queries(len(few)):
        desk.get(address(f"{page}_changelist"))


ON_THE_ACCOUNT = ["amend", "link", "switch", "export", "anonymise"]


@pytest.fixture
def once_of_another(desk, province: Province):
    """The desk of another province, where the clerk of health was clerk for a month."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    theirs = make_union(other, code="KHAC1", name="Công đoàn cơ sở Sở khác")
    stranger = make_user("khac", Role.ADMINISTRATOR, other, full_name="Quản Trị Khác")
    clerk = province.clerk_of_health
    month = {"valid_from": date(2024, 1, 1), "valid_to": date(2024, 2, 1)}
    clerk.appointments.create(role=Role.CLERK, union=theirs, **month)
    desk.force_login(stranger)
    return desk, clerk, theirs


@pytest.mark.parametrize("act", ON_THE_ACCOUNT)
def test_a_role_that_ended_gives_no_power_over_the_account(once_of_another, province, act: str):
    there, clerk, _ = once_of_another
    page = there.get(address("user_change", clerk.pk))
    assert page.status_code == 200
    assert address(f"user_{act}", clerk.pk) not in page.content.decode()
    assert there.get(address(f"user_{act}", clerk.pk)).status_code == 403
    assert there.post(address(f"user_{act}", clerk.pk)).status_code == 403
    there.force_login(province.administrator)
    assert address(f"user_{act}", clerk.pk) in there.get(page.request["PATH_INFO"]).content.decode()
    assert there.get(address(f"user_{act}", clerk.pk)).status_code == 200


def test_roles_are_still_given_and_taken_at_the_own_unions(once_of_another):
    there, clerk, theirs = once_of_another
    typed = {"role": "clerk", "union": theirs.pk, "valid_from": "01/03/2026"}
    assert there.post(address("user_appoint", clerk.pk), typed).status_code == 302
    given = clerk.appointments.get(union=theirs, valid_to=None)
    own = clerk.appointments.exclude(union=theirs).get()
    ends = {"valid_to": "01/04/2026"}
    path = address("user_relieve", clerk.pk)
    assert there.post(path, ends | {"appointment": own.pk}).status_code == 403
    assert there.post(path, ends | {"appointment": given.pk}).status_code == 302
    own.refresh_from_db()
    given.refresh_from_db()
    assert (own.valid_to, given.valid_to) == (None, date(2026, 4, 1))
