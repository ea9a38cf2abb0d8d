"""Invitations: written as rows, mailed once, accepted once, and silent about accounts."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.builders import PASSWORD, Province
from tests.support import processes
from tests.unions.test_notices import DeadServer
from unions.access import Permission, Role, can
from unions.errors import RuleBroken
from unions.models import Appointment, Invitation, JournalEntry, User
from unions.services import (
    absences,
    accounts,
    handing_over,
    invitations,
    people,
    reviews,
    slips,
    unions,
)
from unions.services.events import Decision
from unions.services.invitations import Guest

DEAD = f"{DeadServer.__module__}.{DeadServer.__qualname__}"
BY_MAIL = Guest("  Lò  Thị Mới ", "Kế toán", "LO@vidu.vn", "+84 912 345 678")
ON_PAPER = Guest("Lò Thị Mới")
SECRET = {"new_password1": "hoa-sen-no-2026", "new_password2": "hoa-sen-no-2026"}


def invite(province: Province, guest: Guest = ON_PAPER, role: str = Role.CLERK) -> Invitation:
    return invitations.invite(guest, role, province.health, by=province.chair_of_health)


def token_of(invitation: Invitation) -> str:
    return invitations.link(invitation).rstrip("/").rpartition("/")[2]


def let_expire(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def test_an_invitation_is_a_row_with_tidy_words_and_a_line(province: Province):
    row = invite(province, BY_MAIL)
    assert (row.full_name, row.email, row.phone, row.state) == (
        "Lò Thị Mới",
        "lo@vidu.vn",
        "0912345678",
        Invitation.State.WAITING,
    )
    assert row.expires_at - row.invited_at < timedelta(days=14, minutes=1)
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.by, line.union) == (
        "Mời làm “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế",
        province.chair_of_health,
        province.health,
    )
    assert mail.outbox == []


@pytest.mark.parametrize(("role", "may"), [("clerk", True), ("deputy", True), ("chair", False)])
def test_the_chair_invites_deputies_and_clerks(province: Province, role: str, may: bool):
    if may:
        assert invite(province, role=role).role == role
        return
    with pytest.raises(PermissionDenied):
        invite(province, role=role)
    with pytest.raises(RuleBroken, match="Bàn giao chức danh Chủ tịch"):
        invitations.invite(ON_PAPER, role, province.health, by=province.administrator)
    relieved(province, province.chair_of_health)
    made = invitations.invite(ON_PAPER, role, province.health, by=province.administrator)
    assert made.role == role


def test_of_two_who_are_invited_as_chair_the_first_to_accept_is_chair(province: Province):
    relieved(province, province.chair_of_health)
    first, second = (
        invitations.invite(guest, Role.CHAIR, province.health, by=province.administrator)
        for guest in (ON_PAPER, Guest("Lý Văn Hai"))
    )
    invitations.accept_as_newcomer(second, "hoa-sen-no-2026")
    with pytest.raises(RuleBroken, match="mỗi đơn vị chỉ có một Chủ tịch"):
        invitations.accept_as_newcomer(first, "hoa-sen-no-2026")
    chairs = Appointment.objects.filter(union=province.health, role=Role.CHAIR, valid_to=None)
    assert [str(row.user) for row in chairs] == ["Lý Văn Hai"]


@pytest.mark.parametrize("who", ["officer", "clerk_of_health", "chair_of_interior", "leader"])
def test_nobody_else_invites(province: Province, who: str):
    with pytest.raises(PermissionDenied):
        invitations.invite(ON_PAPER, Role.CLERK, province.health, by=getattr(province, who))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("guest", "sentence"),
    [
        (Guest(" . "), "Hãy ghi họ và tên"),
        (Guest("Lò Thị Mới", email="không phải thư"), "email"),
        (Guest("Lò Thị Mới", phone="12"), "Số điện thoại gồm 10 chữ số"),
    ],
)
def test_who_cannot_be_invited_is_told_in_a_sentence(province, guest: Guest, sentence: str):
    with pytest.raises(RuleBroken, match=sentence):
        invite(province, guest)
    assert not Invitation.objects.exists()


def test_one_address_is_invited_to_a_role_once_at_a_time(province: Province):
    first = invite(province, BY_MAIL)
    with pytest.raises(RuleBroken, match="Đã có lời mời tới lo@vidu"):
        invite(province, BY_MAIL)
    invite(province, BY_MAIL, Role.DEPUTY)
    invitations.withdraw(first, by=province.chair_of_health)
    invite(province, BY_MAIL)
    assert Invitation.objects.count() == 3


def test_nobody_is_invited_to_a_union_that_has_ended(province: Province):
    ended = unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/06/2025"):
        invitations.invite(ON_PAPER, Role.CLERK, ended, by=province.administrator)


def test_who_is_invited_to_a_union_that_ends_meanwhile_is_told(province: Province):
    row = invitations.invite(ON_PAPER, Role.CLERK, province.health, by=None, since=date(2025, 1, 1))
    elsewhere = invitations.invite(
        ON_PAPER, Role.CLERK, province.interior, by=None, since=date(2025, 1, 1)
    )
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    row.refresh_from_db()
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/06/2025"):
        invitations.accept_as_newcomer(row, "hoa-sen-no-2026")
    assert User.objects.count() == 8
    assert invitations.accept_as_newcomer(elsewhere, "hoa-sen-no-2026").appointments.exists()


@pytest.mark.parametrize(("days_ago", "kept"), [(89, "Lò Thị Mới"), (91, "")])
def test_who_never_answered_is_forgotten_after_ninety_days(province, days_ago: int, kept: str):
    row, taken = invite(province, BY_MAIL), invite(province, Guest("Lê Thị Ánh"))
    invitations.accept(taken, province.officer)
    ended = timezone.now() - timedelta(days=days_ago)
    Invitation.objects.update(expires_at=ended)
    invitations.deliver_waiting()
    row.refresh_from_db()
    taken.refresh_from_db()
    assert (row.full_name, taken.full_name) == (kept, "Lê Thị Ánh")
    assert bool(row.email) == bool(kept)
    if not kept:
        with pytest.raises(RuleBroken, match="Hãy mời lại từ đầu"):
            invitations.send_again(row, by=province.chair_of_health)


def test_inviting_tells_nothing_about_accounts(province: Province):
    """The address of somebody with an account and that of nobody are answered alike."""
    known, unknown = (
        invite(province, Guest("Ai Đó", email=address))
        for address in ("canbo@vidu.vn", "la@vidu.vn")
    )
    assert (known.state, known.role) == (unknown.state, unknown.role)
    assert User.objects.count() == 8


def test_a_mailed_invitation_goes_out_once_with_its_link(province: Province):
    row = invite(province, BY_MAIL)
    invite(province)
    assert [invitations.deliver_waiting(), invitations.deliver_waiting()] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["lo@vidu.vn"]
    assert letter.subject == (
        "Lời mời làm Cán bộ nhập số liệu trên Cổng chương trình hành động công đoàn"
    )
    assert invitations.link(row) in letter.body
    assert "Nguyễn Văn Ước mời bạn" in letter.body


def test_what_was_withdrawn_or_expired_is_not_mailed(province: Province):
    invitations.withdraw(invite(province, BY_MAIL), by=province.chair_of_health)
    let_expire(invite(province, BY_MAIL))
    assert invitations.deliver_waiting() == 0
    invite(province, BY_MAIL)
    assert invitations.deliver_waiting() == 1


def test_an_invitation_that_failed_three_times_goes_out_when_sent_again(province, settings):
    row = invite(province, BY_MAIL)
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DEAD
    assert [invitations.deliver_waiting() for _ in range(4)] == [0, 0, 0, 0]
    settings.EMAIL_BACKEND = good
    assert invitations.deliver_waiting() == 0
    invitations.send_again(row, by=province.chair_of_health)
    assert invitations.deliver_waiting() == 1


def test_the_link_leads_to_the_invitation_until_it_is_used_withdrawn_expired_or_renewed(province):
    row = invite(province)
    assert invitations.find(token_of(row)) == row
    old = token_of(row)
    again = invitations.send_again(row, by=province.chair_of_health)
    assert invitations.find(old) is None
    assert invitations.find(token_of(again)) == row
    let_expire(again)
    assert invitations.find(token_of(again)) is None
    renewed = invitations.send_again(again, by=province.chair_of_health)
    assert invitations.find(token_of(renewed)) == row
    invitations.withdraw(renewed, by=province.chair_of_health)
    assert invitations.find(token_of(renewed)) is None


@pytest.mark.parametrize("token", ["", "1.1", "1.1~falsch", "x.y~z", "~", "1.1~\x00"])
def test_a_made_up_link_leads_to_nothing(province: Province, token: str):
    row = invite(province)
    assert invitations.find(token) is None
    assert invitations.find(token_of(row)) == row


def test_a_link_of_another_invitation_cannot_be_made_from_ones_own(province: Province):
    one, other = invite(province), invite(province, role=Role.DEPUTY)
    _, _, signature = token_of(one).partition("~")
    assert invitations.find(f"{other.pk}.1~{signature}") is None
    assert invitations.find(f"{one.pk}.1~{signature}") == one


def test_a_newcomer_gets_an_account_and_the_role_of_the_day_that_was_said(province: Province):
    row = invitations.invite(BY_MAIL, Role.DEPUTY, province.health, by=None, since=date(2025, 3, 1))
    user = invitations.accept_as_newcomer(row, "hoa-sen-no-2026")
    assert (user.username, user.full_name, user.email, user.phone, user.position) == (
        "lo.thi.moi",
        "Lò Thị Mới",
        "lo@vidu.vn",
        "0912345678",
        "Kế toán",
    )
    held = user.appointments.get()
    assert (held.role, held.union, held.valid_from) == ("deputy", province.health, date(2025, 3, 1))
    assert can(User.objects.get(pk=user.pk), Permission.SUBMIT_FIGURES, province.health)
    row.refresh_from_db()
    assert (row.state, row.accepted_by) == (Invitation.State.ACCEPTED, user)
    sentences = list(JournalEntry.objects.order_by("-pk").values_list("sentence", flat=True)[:3])
    assert sentences == [
        "Nhận lời mời làm “Phó Chủ tịch công đoàn cơ sở” ở Công đoàn cơ sở Sở Y tế",
        "Phân công “Phó Chủ tịch công đoàn cơ sở” ở Công đoàn cơ sở Sở Y tế",
        "Tạo tài khoản theo lời mời",
    ]


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Đặng Thị Ổn", "dang.thi.on"),
        ("Lê Thị Ánh", "le.thi.anh2"),
        ("Ông Văn (Ba)", "ong.van.ba"),
        ("王", "nguoi.dung"),
    ],
)
def test_a_user_name_is_made_of_the_name_and_is_nobody_elses(province, name: str, username: str):
    User.objects.create(username="le.thi.anh", full_name="Lê Thị Ánh khác")
    assert invitations.newcomer(invite(province, Guest(name))).username == username


def test_a_phone_number_that_somebody_has_is_left_out_without_a_word(province: Province):
    User.objects.filter(pk=province.officer.pk).update(phone="0912345678")
    user = invitations.accept_as_newcomer(invite(province, BY_MAIL), "hoa-sen-no-2026")
    assert user.phone is None
    assert user.email == "lo@vidu.vn"


def test_who_has_the_mail_box_and_an_account_accepts_by_logging_in(province: Province):
    row = invite(province, Guest("Ánh", email="canbo@vidu.vn"))
    with pytest.raises(RuleBroken, match="đã có tài khoản"):
        invitations.accept_as_newcomer(row, "hoa-sen-no-2026")
    assert User.objects.count() == 8
    invitations.accept(row, province.officer)
    assert {one.role for one in User.objects.get(pk=province.officer.pk).roles} == {
        "officer",
        "clerk",
    }


def test_an_invitation_is_accepted_once(province: Province):
    row = invite(province)
    invitations.accept_as_newcomer(row, "hoa-sen-no-2026")
    with pytest.raises(RuleBroken, match="Lời mời này đã được nhận"):
        invitations.accept(row, province.officer)
    with pytest.raises(RuleBroken, match="Lời mời này đã được nhận"):
        invitations.accept_as_newcomer(row, "hoa-sen-no-2026")
    assert User.objects.count() == 9


def test_what_is_done_with_is_neither_renewed_nor_withdrawn(province: Province):
    row = invite(province)
    invitations.accept(row, province.officer)
    for act in (invitations.send_again, invitations.withdraw):
        with pytest.raises(RuleBroken, match="đã nhận lời, không thay đổi được nữa"):
            act(row, by=province.chair_of_health)


def test_only_who_may_invite_renews_and_withdraws(province: Province):
    row = invite(province)
    for act in (invitations.send_again, invitations.withdraw):
        for who in (province.clerk_of_health, province.chair_of_interior, province.officer):
            with pytest.raises(PermissionDenied):
                act(row, by=who)
        act(row, by=province.administrator)


def test_each_state_is_found_by_its_name(province: Province):
    waiting, gone, taken, back = (invite(province, Guest(f"Người {n}")) for n in "abcd")
    let_expire(gone)
    invitations.accept(taken, province.officer)
    invitations.withdraw(back, by=province.chair_of_health)
    found = {state: list(Invitation.objects.in_state(state)) for state in Invitation.State.values}
    assert found == {
        "waiting": [waiting],
        "accepted": [taken],
        "expired": [gone],
        "withdrawn": [back],
    }
    assert all(row.state == state for state, rows in found.items() for row in rows)


def test_the_page_of_the_link_opens_an_account_and_lets_in(client: Client, province: Province):
    link = invitations.link(invite(province))
    page = client.get(link).content.decode()
    assert "Cán bộ nhập số liệu" in page
    assert "lo.thi.moi" in page
    assert client.post(link, SECRET | {"new_password2": "khác"}).status_code == 200
    assert User.objects.count() == 8
    assert client.post(link, SECRET).url == "/"
    assert client.get("/nguoi-cua-don-vi/").url == "/nguoi-cua-don-vi/SYT/"
    assert Client().login(username="lo.thi.moi", password=SECRET["new_password1"])
    assert "Lời mời không còn dùng được" in Client().get(link).content.decode()


def test_the_page_of_the_link_adds_the_role_to_the_account_that_is_logged_in(client, province):
    link = invitations.link(invite(province, role=Role.DEPUTY))
    client.force_login(province.chair_of_interior)
    assert "Bùi Thị Ê" in client.get(link).content.decode()
    client.post(link)
    held = User.objects.get(pk=province.chair_of_interior.pk).roles
    assert {(one.role, one.union_name) for one in held} == {
        ("chair", "Công đoàn cơ sở Sở Nội vụ"),
        ("deputy", "Công đoàn cơ sở Sở Y tế"),
    }
    home = client.get("/").content.decode()
    assert "Phó Chủ tịch công đoàn cơ sở, Công đoàn cơ sở Sở Y tế" in home


def test_after_logging_in_one_comes_back_to_the_invitation(client: Client, province: Province):
    path = invitations.link(invite(province)).removeprefix("http://127.0.0.1:8000")
    page = client.get(path).content.decode()
    assert f"/dang-nhap/?next={path.replace('~', '%7E')}" in page or f"next={path}" in page
    told = {"username": "canbo", "password": PASSWORD, "next": path}
    assert client.post("/dang-nhap/", told).url == path


def test_the_worker_mails_what_was_invited(worker, client, transactional_db, province: Province):
    invite(province, BY_MAIL)
    client.force_login(province.chair_of_health)
    sent = {"role": "clerk", "full_name": "Lý Văn Hai", "email": "hai@vidu.vn"}
    assert client.post("/nguoi-cua-don-vi/SYT/moi/", sent).status_code == 302
    settled = Invitation.objects.filter(settled_at__isnull=False)
    processes.wait_for(lambda: settled.count() == 2, "both invitations")


def relieved(province: Province, chair: User) -> None:
    people.relieve(chair.appointments.get(), by=province.administrator)


def released_with_others(province: Province, chair: User) -> None:
    held = Appointment.objects.filter(user=chair)
    reviews.let_go(held, by=province.administrator, on=timezone.localdate())


def handed_over(province: Province, chair: User) -> None:
    day = timezone.localdate()
    handing_over.hand_over(province.health, province.clerk_of_health, on=day, by=chair)


def term_over(province: Province, chair: User) -> None:
    """As it stands when the day has come that was said before."""
    chair.appointments.update(valid_to=timezone.localdate())


def locked(province: Province, chair: User) -> None:
    accounts.switch(chair, active=False, by=province.administrator)


@pytest.mark.parametrize(
    ("out", "state"),
    [
        (relieved, "withdrawn"),
        (released_with_others, "withdrawn"),
        (handed_over, "withdrawn"),
        (term_over, "waiting"),
        (locked, "waiting"),
    ],
)
def test_an_invitation_lapses_with_the_office_of_who_invited(province: Province, out, state: str):
    chair, by_mail = province.chair_of_health, Guest("Lò", email="lo@vidu.vn")
    rows = [invite(province, role=Role.DEPUTY), invite(province, by_mail)]
    others = invitations.invite(ON_PAPER, Role.CLERK, province.health, by=province.administrator)
    tokens = [token_of(row) for row in rows]
    out(province, chair)
    for row, token in zip(rows, tokens, strict=True):
        assert Invitation.objects.get(pk=row.pk).state == state
        assert invitations.find(token) is None
        for take in (
            lambda row=row: invitations.accept(row, province.officer),
            lambda row=row: invitations.accept_as_newcomer(row, "hoa-sen-no-2026"),
        ):
            with pytest.raises(RuleBroken, match="người mời không còn quyền mời"):
                take()
    paper = Invitation.objects.get(pk=rows[0].pk)
    for by in (User.objects.get(pk=chair.pk), province.administrator):
        with pytest.raises(RuleBroken, match="không còn quyền mời"):
            slips.of_invitation(paper, by=by)
    assert User.objects.count() == 8
    assert invitations.find(token_of(others)) == others


@pytest.mark.parametrize(("out", "lapse"), [(term_over, 2), (locked, 2), (relieved, 0)])
def test_the_worker_takes_back_what_lapsed_and_mails_none_of_it(province: Province, out, lapse):
    rows = [invite(province), invite(province, Guest("Lò", email="lo@vidu.vn"))]
    out(province, province.chair_of_health)
    before = JournalEntry.objects.count()
    assert invitations.deliver_waiting() == 0
    assert mail.outbox == []
    assert JournalEntry.objects.count() == before + lapse
    assert set(Invitation.objects.in_state(Invitation.State.WITHDRAWN)) == set(rows)
    lines = JournalEntry.objects.filter(sentence__endswith="vì người mời không còn quyền mời")
    assert sorted(lines.values_list("subject_key", flat=True)) == [row.pk for row in rows]
    assert {line.union for line in lines} == {province.health}


def test_an_invitation_stands_while_who_invited_is_away(province: Province):
    row, chair, day = invite(province), province.chair_of_health, timezone.localdate()
    held = chair.appointments.select_related("union__current").get()
    absences.leave(held, day, day + timedelta(9), by=chair)
    invitations.deliver_waiting()
    assert invitations.find(token_of(row)) == row
    invitations.accept(row, province.officer)


def test_an_administrators_invitation_stands_where_the_chair_left(province: Province):
    row = invitations.invite(ON_PAPER, Role.DEPUTY, province.health, by=province.administrator)
    relieved(province, province.chair_of_health)
    assert invitations.find(token_of(row)) == row
    User.objects.filter(pk=province.administrator.pk).update(is_active=False)
    assert invitations.find(token_of(row)) is None


@pytest.mark.parametrize("offset", [0, 5])
def test_the_invitation_of_the_new_chair_outlives_the_office_of_the_old(province, offset: int):
    old, day = province.chair_of_health, timezone.localdate() + timedelta(offset)
    made = handing_over.hand_over(province.health, ON_PAPER, on=day, by=old)
    old = User.objects.get(pk=old.pk)
    assert slips.of_invitation(made, by=old)
    invitations.deliver_waiting()
    assert invitations.find(token_of(made)) == made
    with pytest.raises(RuleBroken, match="tự nhận lời mời do chính mình gửi"):
        invitations.accept(made, old)
    user = invitations.accept_as_newcomer(made, "hoa-sen-no-2026")
    assert user.appointments.get().valid_from == day


def test_who_sends_an_invitation_again_answers_for_it(province: Province):
    row = invite(province, role=Role.DEPUTY)
    term_over(province, province.chair_of_health)
    again = invitations.send_again(row, by=province.administrator)
    assert again.invited_by == province.administrator
    assert invitations.find(token_of(again)) == row
    invitations.accept(Invitation.objects.get(pk=row.pk), province.chair_of_interior)
    assert JournalEntry.objects.filter(
        by=province.administrator, sentence__startswith="Phân công “Phó Chủ tịch"
    ).exists()


def test_a_relieved_chair_does_not_let_himself_back_in(client: Client, province: Province):
    chair = province.chair_of_health
    row = invite(province, role=Role.DEPUTY)
    client.force_login(chair)
    slip = f"/loi-moi/{row.pk}/phieu/"
    assert "<svg" in client.get(slip).content.decode()
    relieved(province, chair)
    refused = client.get(slip)
    assert refused.status_code != 200
    assert "/nhan-loi-moi/" not in refused.content.decode()
    assert "không còn quyền mời" in client.get(invitations.link(row)).content.decode()
    client.post(invitations.link(row))
    assert User.objects.get(pk=chair.pk).roles == ()


def test_the_page_says_for_whom_the_invitation_is(client: Client, province: Province):
    client.force_login(province.chair_of_interior)
    page = client.get(invitations.link(invite(province))).content.decode()
    assert "Lời mời này dành cho <strong>Lò Thị Mới</strong>" in page
