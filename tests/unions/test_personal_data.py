"""What the portal holds of one person is handed out whole, and taken away for good."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, EmailField, TextField
from django.test import Client
from django.utils import timezone

from tests.builders import PASSWORD, Province, hand_in, make_province, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Invitation, JournalEntry, Notice, PasswordLetter, User
from unions.services import absences, invitations, letters, people, personal_data
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
    done = [line["sentence"] for line in told["việc đã làm"]]
    assert len(done) == JournalEntry.objects.filter(by=chair).count()
    assert any(sentence.startswith("Ghi vắng mặt") for sentence in done)
    about = [line["sentence"] for line in told["việc về tài khoản"]]
    assert "Xuất dữ liệu cá nhân" in about
    assert "password" not in json.dumps(told)
    assert chair.password not in json.dumps(told)


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
