"""What the portal holds of one person is handed out whole, and taken away for good."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, EmailField, TextField
from django.test import Client
from django.utils import timezone

from tests.builders import PASSWORD, Province, hand_in, make_province, make_user
from unions.access import Permission, Role
from unions.errors import RuleBroken
from unions.models import Evidence, Invitation, JournalEntry, Notice, PasswordLetter, User
from unions.services import absences, accounts, invitations, letters, people, personal_data, slips
from unions.services.invitations import Guest


def unpacked(packed: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["du-lieu-ca-nhan.json"]
        return json.loads(archive.read("du-lieu-ca-nhan.json"))


def test_a_person_gets_all_that_is_held(province: Province):
    chair = province.chair_of_health
    hand_in(province.health_submission)
    day = timezone.localdate()
    held = chair.appointments.select_related("union__current").get()
    absences.leave(held, day + timedelta(5), day + timedelta(9), by=chair)
    told = unpacked(personal_data.export(chair, by=chair))
    assert told["tài khoản"]["họ và tên"] == "Nguyễn Văn Ước"
    assert told["tài khoản"]["thư điện tử"] == "yte@vidu.vn"
    (role,) = told["phân công"]
    assert (role["vai trò"], role["đơn vị"], len(role["vắng mặt"])) == (
        "Chủ tịch công đoàn cơ sở",
        "Công đoàn cơ sở Sở Y tế",
        1,
    )
    done = [line["việc"] for line in told["việc đã làm"]]
    assert len(done) == JournalEntry.objects.filter(by=chair).count()
    assert any(sentence.startswith("Ghi vắng mặt") for sentence in done)
    about = [line["việc"] for line in told["việc về tài khoản"]]
    assert "Xuất dữ liệu cá nhân" in about
    assert "password" not in json.dumps(told)
    assert chair.password not in json.dumps(told)


def _keys(told: Any) -> set[str]:
    """Every key, at whatever depth."""
    if isinstance(told, list):
        return set().union(*map(_keys, told))
    if isinstance(told, dict):
        return told.keys() | _keys(list(told.values()))
    return set()


def test_what_is_told_is_named_in_vietnamese_and_by_the_clock_on_the_wall(province: Province):
    """07:30 in the morning in Phú Thọ is half past midnight in London."""
    chair, moment = province.chair_of_health, datetime(2025, 5, 19, 0, 30, tzinfo=UTC)
    made = invitations.invite(Guest("Nguyễn Văn Ước"), Role.CLERK, province.interior, by=None)
    invitations.accept(made, chair)
    Invitation.objects.update(invited_at=moment)
    Notice.objects.create(recipient=chair, title="Nhắc nộp", text="Hạn nộp", created_at=moment)
    Evidence.objects.create(
        union=province.health, name="quy-che.pdf", size=9, added_by=chair, added_at=moment
    )
    told = unpacked(personal_data.export(chair, by=chair))
    assert told["lời mời đã nhận"][0] == {
        "đơn vị": "Công đoàn cơ sở Sở Nội vụ",
        "vai trò": "Cán bộ nhập số liệu",
        "phân công từ ngày": f"{timezone.localdate()}",
        "họ và tên": "Nguyễn Văn Ước",
        "chức vụ": "",
        "thư điện tử": "",
        "điện thoại": "",
        "mời lúc": "2025-05-19T07:30:00+07:00",
        "nhận lời lúc": told["lời mời đã nhận"][0]["nhận lời lúc"],
    }
    assert told["thông báo"][0] == {
        "tạo lúc": "2025-05-19T07:30:00+07:00",
        "tiêu đề": "Nhắc nộp",
        "nội dung": "Hạn nộp",
        "đọc lúc": None,
    }
    assert told["minh chứng đã nộp"] == [
        {"tên tệp": "quy-che.pdf", "nộp lúc": "2025-05-19T07:30:00+07:00", "số byte": 9}
    ]
    assert told["việc đã làm"][0].keys() == {"lúc", "việc", "lý do"}
    plain = {key for key in _keys(told) if key.isascii()}
    assert plain == set()
    assert told["xuất lúc"].endswith("+07:00")


def test_the_person_and_the_administrator_may_export_and_nobody_else(province: Province):
    clerk = province.clerk_of_health
    for by in (clerk, province.administrator):
        assert unpacked(personal_data.export(clerk, by=by))["tài khoản"]
        assert JournalEntry.objects.latest("pk").by == by
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("la", Role.ADMINISTRATOR, other, full_name="Quản Trị Khác")
    for by in (province.chair_of_health, province.officer, stranger):
        with pytest.raises(PermissionDenied):
            personal_data.export(clerk, by=by)


def test_somebody_without_a_role_gets_the_own_data(db):
    user = User.objects.create(username="khach", full_name="Khách Vãng Lai")
    assert unpacked(personal_data.export(user, by=user))["phân công"] == []


def _traces(words: list[str]) -> set[str]:
    """Every text column of our tables in which one of the words stands."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, (CharField, TextField, EmailField)) and not field.is_relation:
                for word in words:
                    if model._base_manager.filter(**{f"{field.name}__icontains": word}).exists():
                        found.add(f"{model._meta.label}.{field.name}")
    return found


def test_nothing_that_names_the_person_is_left_anywhere(province: Province):
    chair = province.chair_of_health
    User.objects.filter(pk=chair.pk).update(phone="0912345678", position="Trưởng phòng Nghiệp vụ")
    chair.refresh_from_db()
    hand_in(province.health_submission)
    letters.ask("yte@vidu.vn")
    guest = Guest("Nguyễn Văn Ước", "Trưởng phòng Nghiệp vụ", "yte@vidu.vn", "0912345678")
    taken = invitations.invite(guest, Role.CLERK, province.interior, by=None)
    invitations.accept(taken, chair)
    open_one = invitations.invite(guest, Role.DEPUTY, province.interior, by=None)
    words = ["Nguyễn Văn Ước", "chutich.yte", "yte@vidu.vn", "0912345678", "Trưởng phòng Nghiệp vụ"]
    assert "unions.Notice.text" in _traces(words)
    personal_data.anonymise(chair, "Đơn ngày 01/12/2026", by=province.administrator)
    assert _traces(words) == set()
    open_one.refresh_from_db()
    assert open_one.state == Invitation.State.WITHDRAWN
    assert not PasswordLetter.objects.exists()


def test_the_account_stays_as_a_number_and_the_journal_whole(province: Province):
    chair = province.chair_of_health
    handed_in = hand_in(province.health_submission)
    before = list(JournalEntry.objects.order_by("pk").values_list("pk", "sentence", "by_id"))
    personal_data.anonymise(chair, "Đơn ngày 01/12/2026", by=province.administrator)
    after = list(JournalEntry.objects.order_by("pk").values_list("pk", "sentence", "by_id"))
    assert after[: len(before)] == before
    chair.refresh_from_db()
    assert (chair.full_name, chair.username) == (
        f"Người dùng số {chair.pk} (đã ẩn danh)",
        f"an-danh-{chair.pk}",
    )
    assert (chair.is_active, chair.email, chair.phone, chair.position) == (False, None, None, "")
    handed_in.refresh_from_db()
    assert handed_in.submitted_by == chair
    assert User.objects.get(pk=chair.pk).roles == ()
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.reason, line.by) == (
        "Ẩn danh tài khoản",
        "Đơn ngày 01/12/2026",
        province.administrator,
    )


def test_whoever_was_made_anonymous_is_out_at_once(client: Client, province: Province):
    chair = province.chair_of_health
    client.force_login(chair)
    assert client.get("/").status_code == 200
    personal_data.anonymise(chair, "Đơn", by=province.administrator)
    assert client.get("/").status_code == 302
    assert not Client().login(username="chutich.yte", password=PASSWORD)
    assert Client().login(username="chutich.noivu", password=PASSWORD)


def test_what_is_refused_leaves_everything_as_it_was(province: Province):
    chair, admin = province.chair_of_health, province.administrator
    with pytest.raises(RuleBroken, match="Không thể tự ẩn danh mình"):
        personal_data.anonymise(admin, "Đơn", by=admin)
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        personal_data.anonymise(chair, "  ", by=admin)
    with pytest.raises(RuleBroken, match="quản trị viên cuối cùng"):
        personal_data.anonymise(admin, "Đơn", by=None)
    for by in (province.officer, chair, province.inspector):
        with pytest.raises(PermissionDenied):
            personal_data.anonymise(province.clerk_of_health, "Đơn", by=by)
    assert not User.objects.filter(username__startswith="an-danh").exists()
    personal_data.anonymise(chair, "Đơn", by=admin)
    with pytest.raises(RuleBroken, match="đã được ẩn danh"):
        personal_data.anonymise(chair, "Đơn", by=admin)


def test_an_administrator_goes_once_there_is_another(province: Province):
    second = make_user("hai", Role.ADMINISTRATOR, province.root, full_name="Quản Trị Hai")
    personal_data.anonymise(province.administrator, "Đơn", by=second)
    assert not User.objects.get(pk=province.administrator.pk).is_active


def test_another_provinces_role_keeps_the_account(province: Province):
    """Who serves two provinces is not taken away by the administrator of one."""
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    people.appoint(province.clerk_of_health, Role.OFFICER, other, by=None)
    with pytest.raises(PermissionDenied):
        personal_data.anonymise(province.clerk_of_health, "Đơn", by=province.administrator)
    assert Notice.objects.count() == 0
    assert province.clerk_of_health.appointments.filter(valid_to=None).count() == 2


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: accounts.switch(user, active=True, by=by),
        lambda user, by: accounts.amend(user, accounts.Profile("moi", "Người Mới"), by=by),
        lambda user, by: people.one_time_link(
            user, by=by, union=people.home_of(user, by, Permission.HAND_OVER_LINKS)
        ),
        lambda user, by: slips.of_accounts([user], by=by),
        lambda user, by: people.appoint(user, Role.CLERK, user.appointments.get().union, by=by),
    ],
    ids=["open", "amend", "link", "slip", "appoint"],
)
@pytest.mark.parametrize("operator", [True, False])
def test_whoever_was_made_anonymous_does_not_come_back(province: Province, act, operator: bool):
    chair, other = province.chair_of_health, province.chair_of_interior
    by = None if operator else province.administrator
    for user in (chair, other):
        accounts.switch(user, active=False, by=province.administrator)
    personal_data.anonymise(chair, "Đơn", by=province.administrator)
    before = JournalEntry.objects.count()
    with pytest.raises(RuleBroken, match=r"đã được ẩn danh|đang khoá"):
        act(User.objects.get(pk=chair.pk), by)
    assert JournalEntry.objects.count() == before
    chair.refresh_from_db()
    assert (chair.is_active, chair.email) == (False, None)
    # who is only locked comes back
    assert accounts.switch(other, active=True, by=by).is_active


def test_nobody_is_invited_back_into_an_anonymous_account(province: Province):
    chair = province.chair_of_health
    personal_data.anonymise(chair, "Đơn", by=province.administrator)
    row = invitations.invite(Guest("Lò"), Role.CLERK, province.interior, by=province.administrator)
    with pytest.raises(RuleBroken, match="đã được ẩn danh"):
        invitations.accept(row, User.objects.get(pk=chair.pk))
    invitations.accept(Invitation.objects.get(pk=row.pk), province.officer)


def test_the_desk_offers_nothing_for_who_was_made_anonymous(client: Client, province: Province):
    chair, other = province.chair_of_health, province.chair_of_interior
    personal_data.anonymise(chair, "Đơn", by=province.administrator)
    client.force_login(province.administrator)
    page = client.get(f"/quan-tri/unions/user/{chair.pk}/change/").content.decode()
    assert "Đã ẩn danh" in page
    assert f"/user/{chair.pk}/khoa/" not in page
    assert f"/user/{chair.pk}/lien-ket/" not in page
    assert f"/user/{other.pk}/khoa/" in (
        client.get(f"/quan-tri/unions/user/{other.pk}/change/").content.decode()
    )
    assert client.post(f"/quan-tri/unions/user/{chair.pk}/khoa/").status_code == 403
    assert client.post(f"/quan-tri/unions/user/{other.pk}/khoa/").status_code == 302


@pytest.mark.parametrize("name", ["an-danh-7", "AN-DANH-la"])
def test_nobody_takes_the_user_name_of_who_is_gone(province: Province, name: str):
    profile = accounts.Profile(name, "Người Mới")
    with pytest.raises(RuleBroken, match="dành cho tài khoản đã ẩn danh"):
        accounts.open_account(profile, Role.CLERK, province.health, by=None)
    profile = accounts.Profile("ong.an-danh", "Người Mới")
    assert accounts.open_account(profile, Role.CLERK, province.health, by=None)
