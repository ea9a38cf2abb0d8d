"""Workbooks that were sent in go after their days, by hand, and when a person is made anonymous."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import PASSWORD, Province, make_province, make_user
from tests.unions.workbook_files import workbook
from unions import tasks
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Intake, JournalEntry, User
from unions.resources import intakes
from unions.services import clearing, personal_data
from unions.services.events import Decision
from unions.services.lists.person_lines import PersonList

State = Intake.State
PEOPLE = [
    ["Tên đăng nhập", "Họ và tên", "Mã đơn vị", "Vai trò"],
    ["pho.syt", "Mai Văn Phó", "SYT", "Phó Chủ tịch công đoàn cơ sở"],
    ["sai", "Trần Văn Sai", "KHONG", "Phó Chủ tịch công đoàn cơ sở"],
]
UNIONS = [["Mã đơn vị", "Tên đơn vị"], ["SYT", "Công đoàn Ngành Y tế"]]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Inside it, what waits until the transaction stands is done at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sent(province: Province, rows=PEOPLE, kind="people") -> Intake:
    upload = SimpleUploadedFile("danh sách.xlsx", workbook(rows).getvalue())
    decision = Decision(timezone.localdate())
    return intakes.receive(kind, upload, decision, by=province.administrator)


def written(province: Province, **how) -> Intake:
    return intakes.confirm(sent(province, **how), good_only=True, by=province.administrator)


def aged(intake: Intake, *, days: int) -> Intake:
    """As if its last step were so many days ago, and a minute."""
    then = timezone.now() - timedelta(days=days, minutes=1)
    Intake.objects.filter(pk=intake.pk).update(sent_at=then)
    Intake.objects.filter(pk=intake.pk).exclude(finished_at=None).update(finished_at=then)
    return Intake.objects.get(pk=intake.pk)


def files(settings) -> int:
    return sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))


def lines(intake: Intake) -> list[str]:
    rows = JournalEntry.objects.filter(subject="unions.intake", subject_key=intake.pk)
    return list(rows.order_by("pk").values_list("sentence", flat=True))


def failed(province: Province) -> Intake:
    intake = sent(province)
    told = "Mai Văn Phó đang giữ vai trò này."
    ended = {"state": State.FAILED, "problem": told, "finished_at": timezone.now()}
    Intake.objects.filter(pk=intake.pk).update(**ended)
    return Intake.objects.get(pk=intake.pk)


# ---- after its days


@pytest.mark.parametrize(
    ("days", "kept"), [(29, True), (30, False)], ids=["the day before", "thirty days"]
)
@pytest.mark.parametrize(("make", "state"), [(written, "written"), (failed, "failed")])
def test_a_workbook_is_kept_for_thirty_days_after_its_end(
    province: Province, settings, committed, *, make, state: str, days: int, kept: bool
):
    intake = aged(make(province), days=days)
    with committed():
        tasks.clear_overdue_workbooks()
    intake.refresh_from_db()
    assert (bool(intake.file), files(settings), intake.state) == (kept, int(kept), state)
    assert ("rows" in intake.findings) is kept
    # who, when and how many stay
    assert (intake.sent_by, intake.total) == (province.administrator, 2)
    assert intake.counts == {"new": 1, "changed": 0, "same": 0, "wrong": 1}
    told = "Xoá tệp Excel “danh sách.xlsx” sau 30 ngày lưu giữ"
    assert (told in lines(intake)) is not kept


def test_what_nobody_confirmed_goes_after_as_many_days(province: Province, settings, committed):
    new, old = aged(sent(province), days=29), aged(sent(province, UNIONS, "unions"), days=30)
    assert clearing.kept_until(new) == timezone.localdate(new.sent_at) + timedelta(days=30)
    with committed():
        assert clearing.clear_overdue() == 1
    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.state, old.state, files(settings)) == (State.CHECKED, State.DROPPED, 1)
    assert "không được xác nhận trong thời hạn" in old.problem
    assert clearing.clear_overdue() == 0


def test_a_workbook_that_a_worker_has_stays_however_old(province: Province):
    intake = aged(sent(province), days=90)
    for state in (State.TO_CHECK, State.CHECKING, State.TO_WRITE, State.WRITING):
        Intake.objects.update(state=state)
        assert clearing.clear_overdue() == 0
        intake.refresh_from_db()
        assert clearing.kept_until(intake) is None


# ---- by hand


@pytest.mark.parametrize(
    ("make", "after"), [(sent, "dropped"), (written, "written"), (failed, "failed")]
)
def test_any_manager_clears_a_workbook_at_once(
    province: Province, settings, committed, make, after: str
):
    other = make_user("hai", Role.ADMINISTRATOR, province.root, full_name="Quản trị hai")
    intake = make(province)
    with committed():
        clearing.clear(intake, by=other)
    intake.refresh_from_db()
    assert (intake.state, bool(intake.file), files(settings)) == (after, False, 0)
    assert intake.findings == {"counts": {"new": 1, "changed": 0, "same": 0, "wrong": 1}}
    assert lines(intake)[-1] == "Xoá tệp Excel đã gửi “danh sách.xlsx”"
    for act in (
        lambda: clearing.clear(intake, by=other),
        lambda: intakes.marked(intake),
        lambda: intakes.confirm(intake, good_only=True, by=province.administrator),
        lambda: intakes.drop(intake, by=province.administrator),
    ):
        with pytest.raises(RuleBroken):
            act()


@pytest.mark.parametrize("who", ["officer", "inspector", "leader", "chair_of_health"])
def test_nobody_else_clears_a_workbook(province: Province, who: str):
    intake = written(province)
    with pytest.raises(PermissionDenied):
        clearing.clear(intake, by=getattr(province, who))
    elsewhere = make_province(code="KHAC", name="Tỉnh khác")
    with pytest.raises(PermissionDenied):
        clearing.clear(
            intake, by=make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Người lạ")
        )
    intake.refresh_from_db()
    assert intake.file


@pytest.mark.parametrize(
    ("state", "may"), [("to_check", True), ("to_write", True), ("checking", False)]
)
def test_a_workbook_is_not_taken_from_under_a_worker(province: Province, state: str, may: bool):
    intake = sent(province)
    Intake.objects.update(state=state)
    if not may:
        with pytest.raises(RuleBroken, match="đang được kiểm tra hoặc ghi"):
            clearing.clear(intake, by=province.administrator)
        return
    clearing.clear(intake, by=province.administrator)
    intakes.work_waiting()
    intake.refresh_from_db()
    assert (intake.state, User.objects.filter(username="pho.syt").exists()) == ("dropped", False)


def test_the_desk_clears_and_says_until_when_it_keeps(client: Client, province: Province):
    intake = written(province)
    client.login(username=province.administrator.username, password=PASSWORD)
    page = client.get(intake.get_absolute_url()).content.decode()
    day = timezone.localdate() + timedelta(days=30)
    assert f"Được giữ đến ngày {day:%d/%m/%Y}, sau đó tự xoá" in page
    assert "Mai Văn Phó" in page
    address = reverse("admin:unions_intake_clear", args=[intake.pk])
    assert address in page
    client.post(address)
    page = client.get(intake.get_absolute_url()).content.decode()
    assert "Tệp và kết quả kiểm tra từng dòng đã được xoá lúc" in page
    assert "1 dòng mới, 0 dòng thay đổi" in page
    assert "Mai Văn Phó" not in page
    assert address not in page


# ---- people


def test_making_a_person_anonymous_clears_every_list_of_people(
    province: Province, settings, committed
):
    people = [make(province) for make in (written, failed, sent)]
    running = sent(province)
    Intake.objects.filter(pk=running.pk).update(state=State.WRITING)
    others = sent(province, UNIONS, "unions")
    with committed():
        personal_data.anonymise(province.clerk_of_health, "Đơn", by=province.administrator)
    states = ["written", "failed", "dropped", "dropped"]
    assert [Intake.objects.get(pk=one.pk).state for one in (*people, running)] == states
    for intake in Intake.objects.filter(kind="people"):
        assert set(intake.findings) == {"counts"}
        assert "Mai Văn Phó" not in intake.problem
        assert lines(intake)[-1] == (
            "Xoá tệp Excel đã gửi “danh sách.xlsx” khi ẩn danh một tài khoản"
        )
    others.refresh_from_db()
    assert (bool(others.file), files(settings)) == (True, 1)


def test_a_list_that_is_cleared_while_it_is_written_is_not_written(province: Province, monkeypatch):
    intake = sent(province)
    write = PersonList.write

    def overtaken(register: PersonList) -> None:
        write(register)
        Intake.objects.filter(pk=intake.pk).update(state=State.DROPPED)

    monkeypatch.setattr(PersonList, "write", overtaken)
    intakes.confirm(intake, good_only=True, by=province.administrator)
    assert not User.objects.filter(username="pho.syt").exists()


def test_who_asks_for_the_own_data_learns_which_lists_are_kept(province: Province):
    key = "danh sách người dùng còn lưu trên cổng, có thể có tên"

    def told():
        packed = personal_data.export(province.clerk_of_health, by=province.clerk_of_health)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return json.loads(archive.read("du-lieu-ca-nhan.json"))[key]

    assert told() == []
    intake = written(province)
    sent(province, UNIONS, "unions")
    (row,) = told()
    assert row["người nhập"] == province.administrator.full_name
    sent_at = timezone.localtime(intake.sent_at).isoformat(timespec="seconds")
    assert row["nhập lúc"] == sent_at
    assert row["giữ đến ngày"] == f"{timezone.localdate() + timedelta(days=30):%Y-%m-%d}"
    clearing.clear(intake, by=province.administrator)
    assert told() == []
