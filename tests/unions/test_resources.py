"""Workbooks sent in and lists taken out, at the desk and by a worker."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.builders import Province, make_province, make_union, make_user
from tests.unions.workbook_files import workbook
from unions import tasks
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import (
    Appointment,
    Headcount,
    Intake,
    JournalEntry,
    OrgEvent,
    Placement,
    Union,
    User,
)
from unions.resources import exports, intakes
from unions.resources.tables import RESOURCES
from unions.services import changes, unions
from unions.services.events import Decision
from unions.services.headcounts import Count, record
from unions.services.lists.union_lines import UnionList

TODAY = timezone.localdate()
DECISION = Decision(TODAY, "12/QĐ-CĐVC")
State = Intake.State
UNIONS = ["Mã đơn vị", "Tên đơn vị", "Loại hình", "Mã cấp trên", "Ngày thành lập", "Cụm thi đua"]
UNION_COUNTS = ["Mã đơn vị", "Tính đến ngày", "Đoàn viên", "Nữ"]
BANK = ["NH", "Công đoàn Ngân hàng", "Doanh nghiệp nhà nước", "CDVC", "05/01/2024", "Cụm 2"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(rows, name="danh sách.xlsx", alter=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook(rows, alter).getvalue())


def sent(province: Province, rows, kind="unions", by=None, **how) -> Intake:
    return intakes.receive(kind, upload(rows, **how), DECISION, by=by or province.administrator)


def shown(intake: Intake) -> list[tuple[int, str]]:
    return [(row["number"], row["verdict"]) for row in intake.findings["rows"]]


def test_a_workbook_is_checked_first_and_written_when_confirmed(province: Province):
    health = ["SYT", "Công đoàn Sở Y tế  mới ", None, None, None, "Cụm 1"]
    intake = sent(province, [["DANH SÁCH"], UNIONS, BANK, health])
    assert (intake.state, intake.total) == (State.CHECKED, 2)
    assert intake.counts == {"new": 1, "changed": 1, "same": 0, "wrong": 0}
    assert not Union.objects.filter(code="NH").exists()
    intake = intakes.confirm(intake, good_only=False, by=province.administrator)
    assert intake.state == State.WRITTEN
    union = Union.objects.select_related("current").get(code="NH")
    assert (union.name, union.current.type, union.current.cluster, union.founded_on) == (
        "Công đoàn Ngân hàng",
        "state_enterprise",
        "Cụm 2",
        date(2024, 1, 5),
    )
    assert Union.objects.get(code="SYT").name == "Công đoàn Sở Y tế mới"
    said = list(JournalEntry.objects.filter(subject="unions.intake").order_by("pk"))
    assert [entry.sentence for entry in said] == [
        "Tải lên tệp Excel “danh sách.xlsx”",
        "Ghi tệp Excel “danh sách.xlsx”",
    ]


def test_wrong_rows_stop_all_until_the_good_ones_are_confirmed(province: Province):
    wrong = ["SAI", None, "Loại lạ", "KHONG", "hôm qua", None]
    intake = sent(province, [UNIONS, BANK, wrong])
    assert shown(intake) == [(2, "new"), (3, "wrong")]
    faults = intake.findings["rows"][1]["faults"]
    assert [key for key, _ in faults] == ["type", "founded_on"]
    with pytest.raises(RuleBroken, match="Tệp còn dòng có lỗi"):
        intakes.confirm(intake, good_only=False, by=province.administrator)
    assert not Union.objects.filter(code="NH").exists()
    intake = intakes.confirm(intake, good_only=True, by=province.administrator)
    assert intake.state == State.WRITTEN
    assert Union.objects.filter(code="NH").exists()
    assert not Union.objects.filter(code="SAI").exists()


def test_the_marked_workbook_names_row_and_column(province: Province):
    wrong = ["SAI", "Công đoàn", "Loại lạ", "CDVC", None, None]
    intake = sent(province, [UNIONS, BANK, wrong])
    page = load_workbook(io.BytesIO(intakes.marked(intake))).active
    assert page["G1"].value == "Lỗi"
    assert page["G2"].value is None
    assert "“Loại lạ” không thuộc danh mục" in page["G3"].value
    assert page["C3"].comment is not None


def test_nothing_is_written_if_the_portal_changed_meanwhile(province: Province):
    intake = sent(province, [UNIONS, BANK])
    make_union(province.root, code="NH", name="Công đoàn khác", founded_on=date(2025, 1, 1))
    before = Placement.objects.count()
    intake = intakes.confirm(intake, good_only=False, by=province.administrator)
    assert intake.state == State.CHECKED
    assert "đã thay đổi từ lúc kiểm tra" in intake.problem
    assert shown(intake) == [(2, "wrong")]
    assert Placement.objects.count() == before


def test_what_fails_half_way_leaves_nothing(province: Province, monkeypatch):
    intake = sent(province, [UNIONS, BANK])
    written = UnionList.write

    def cut_off(self):
        written(self)
        raise OSError("cut off")

    monkeypatch.setattr(UnionList, "write", cut_off)
    intake = intakes.confirm(intake, good_only=False, by=province.administrator)
    assert intake.state == State.FAILED
    assert not Union.objects.filter(code="NH").exists()
    assert not OrgEvent.objects.filter(successors__code="NH").exists()


def test_text_of_old_fonts_is_converted_only_when_asked(province: Province):
    rows = [UNIONS, ["SYT", "C«ng ®oµn Së Y tÕ", None, None, None, None]]
    intake = sent(province, rows)
    assert intake.findings["legacy"]["examples"] == [["C«ng ®oµn Së Y tÕ", "Công đoàn Sở Y tế"]]
    assert "C«ng" in intake.findings["rows"][0]["told"]
    intake = intakes.convert(intake, converts=True, by=province.administrator)
    assert "Công đoàn Sở Y tế" in intake.findings["rows"][0]["told"]
    intakes.confirm(intake, good_only=False, by=province.administrator)
    assert Union.objects.get(code="SYT").name == "Công đoàn Sở Y tế"


def test_a_row_beneath_a_merged_cell_is_shown_with_a_remark(client: Client, province: Province):
    rows = [UNIONS, ["SYT", *[None] * 4, "Cụm 1"], ["SNV", *[None] * 5]]
    intake = sent(province, rows, alter=lambda page: page.merge_cells("F2:F3"))
    assert intake.counts == {"new": 0, "changed": 0, "same": 2, "wrong": 0}
    told = "Ô gộp từ dòng 2: chỉ dòng đầu có giá trị, ô này coi như trống."
    assert [(row["number"], row["remarks"]) for row in intake.findings["rows"]] == [
        (3, [["cluster", told]])
    ]
    client.force_login(province.administrator)
    page = client.get(intake.get_absolute_url()).content.decode()
    assert "Ô F3 (Cụm thi đua):" in page
    assert told in page


def test_hidden_rows_are_said(province: Province):
    def hide(page):
        page.row_dimensions[2].hidden = True

    intake = sent(province, [UNIONS, BANK], alter=hide)
    assert intake.findings["hidden"] == [2]
    assert intake.findings["rows"][0]["hidden"] is True


@pytest.mark.parametrize("rows", [[["Họ tên", "Lớp"], ["An", "5A"]], [UNIONS], [[]]])
def test_a_workbook_of_something_else_is_refused_and_not_kept(province: Province, rows):
    with pytest.raises(RuleBroken):
        sent(province, rows)
    assert not Intake.objects.exists()


def test_too_large_a_file_is_refused_by_the_setting(province: Province, settings):
    settings.WORKBOOK_MAX_BYTES = 1000
    with pytest.raises(RuleBroken, match="vượt mức"):
        sent(province, [UNIONS, BANK])


def fill(province: Province) -> None:
    """Something of everything that lists hold."""
    beneath = make_union(province.health, code="BV", name="=Bệnh viện  tỉnh", cluster="Cụm 1")
    changes.rename(beneath, "Bệnh viện đa khoa", Decision(date(2024, 1, 1)), by=None)
    record(Count(beneath, date(2025, 6, 30), 1200, 800, None, 15), by=None)
    make_user("bv", Role.CLERK, beneath, full_name="Lò Thị Hạnh", email="bv@vidu.vn")


@pytest.mark.parametrize("kind", RESOURCES)
def test_what_is_taken_out_and_sent_in_again_changes_nothing(province: Province, kind):
    fill(province)
    counts = [
        model.objects.count() for model in (OrgEvent, Placement, User, Appointment, Headcount)
    ]
    file = exports.export(kind, by=province.administrator)
    again = SimpleUploadedFile("lại.xlsx", file)
    intake = intakes.receive(kind, again, DECISION, by=province.administrator)
    assert intake.findings["rows"] == []
    assert intake.counts["same"] == intake.total > 0
    with pytest.raises(RuleBroken, match="Không có dòng nào cần ghi"):
        intakes.confirm(intake, good_only=True, by=province.administrator)
    assert counts == [
        model.objects.count() for model in (OrgEvent, Placement, User, Appointment, Headcount)
    ]


def test_counts_from_after_the_end_that_stand_are_let_be_by_a_list(province: Province):
    record(Count(province.health, TODAY, 120, female=80), by=None)
    unions.dissolve(province.health, Decision(date(2025, 7, 1)), by=None)
    first = UNION_COUNTS, ["SYT", TODAY, 120, 80]
    intake = sent(province, first, kind="headcounts")
    assert intake.counts == {"new": 0, "changed": 0, "same": 1, "wrong": 0}
    intake = sent(province, [*first, ["SYT", TODAY, 120, 80]], kind="headcounts")
    assert shown(intake) == [(3, "wrong")]
    intake = sent(province, [UNION_COUNTS, ["SYT", TODAY, 121, 80]], kind="headcounts")
    assert "đã kết thúc hoạt động" in intake.findings["rows"][0]["faults"][0][1]


def test_lists_of_people_clusters_and_headcounts_are_written(province: Province):
    people = [
        ["Tên đăng nhập", "Họ tên", "Điện thoại", "Mã đơn vị", "Vai trò", "Từ ngày"],
        ["Lo.Hanh", "Lò Thị Hạnh", 912000111, "syt", "Cán bộ nhập số liệu", "1/3/2025"],
    ]
    clusters = [["Mã đơn vị", "Cụm"], ["SYT", "Cụm 3"], ["SNV", "Cụm 3"]]
    counts = [
        ["Mã đơn vị", "Tính đến ngày", "Đoàn viên", "Nữ"],
        ["SYT", "30/06/2025", "1.200", 800],
    ]
    for kind, rows in (("people", people), ("clusters", clusters), ("headcounts", counts)):
        intake = sent(province, rows, kind)
        intakes.confirm(intake, good_only=False, by=province.administrator)
    user = User.objects.get(username="lo.hanh")
    assert (user.phone, user.appointments.get().valid_from) == ("0912000111", date(2025, 3, 1))
    placed = Placement.objects.filter(cluster="Cụm 3", valid_from=TODAY)
    assert {placement.union.code for placement in placed} == {"SYT", "SNV"}
    assert OrgEvent.objects.get(kind="change_type").predecessors.count() == 2
    assert Headcount.objects.get(union=province.health).members == 1200


# rows without their header, and the cell to blame
WRONG = {
    "unions": [
        (["SYT", "Sở Y tế mới", None, None, None, None], "A", "đã có thay đổi"),
        (["HET", "Tên khác", None, None, None, None], "A", "đã kết thúc hoạt động"),
        (["KHAC", "Tên khác", None, None, None, None], "A", "đã được đơn vị khác dùng"),
        (["Đ", "Tên", "Doanh nghiệp nhà nước", "CDVC", None, None], "A", ""),
        ([None, "Tên", "Doanh nghiệp nhà nước", "CDVC", None, None], "A", "Chưa ghi"),
        (["A", None, "Doanh nghiệp nhà nước", "CDVC", None, None], "B", "cần có tên"),
        (["A", "x" * 201, "Doanh nghiệp nhà nước", "CDVC", None, None], "B", "dài quá"),
        (["A", "Tên", None, "CDVC", None, None], "C", "cần có loại hình"),
        (["A", "Tên", "Lạ", "CDVC", None, None], "C", "không thuộc danh mục"),
        (["A", "Tên", "Doanh nghiệp nhà nước", None, None, None], "D", "cấp trên"),
        (["A", "Tên", "Doanh nghiệp nhà nước", "A", None, None], "D", "chính nó"),
        (["A", "Tên", "Doanh nghiệp nhà nước", "HET", None, None], "D", "đã kết thúc"),
        (["CDVC", None, None, "SYT", None, None], "D", "chính nó"),
        (["A", "Tên", "Doanh nghiệp nhà nước", "CDVC", "5/1/24", None], "E", "không phải là ngày"),
        (["A", "Tên", "Doanh nghiệp nhà nước", "CDVC", "5/1/1024", None], "E", "năm phải"),
        (["SNV", None, None, None, "05/01/2024", None], "E", "Không đổi được"),
        (["SNV", None, None, None, None, "x" * 81], "F", "dài quá"),
    ],
    "clusters": [
        (["SYT", "Cụm 9"], "A", "đã có thay đổi"),
        (["HET", "Cụm 9"], "A", "đã kết thúc"),
        (["CSXXX", "Cụm 9"], "A", "Không có đơn vị nào mang mã “CSXXX”."),
        (["KHAC", "Cụm 9"], "A", "Không có đơn vị nào mang mã “KHAC”."),
        (["SNV", "x" * 81], "B", "dài quá"),
    ],
    "people": [
        (["ông a", "A", None, "SNV", "Cán bộ nhập số liệu", None], "A", "không dấu"),
        (["la", "A", None, "SNV", "Cán bộ nhập số liệu", None], "A", "đã có người dùng"),
        (["moi", None, None, "SNV", "Cán bộ nhập số liệu", None], "B", ""),
        (["moi", "A", "12", "SNV", "Cán bộ nhập số liệu", None], "C", "10 chữ số"),
        (["moi", "A", None, "KHONG", "Cán bộ nhập số liệu", None], "D", "Không có đơn vị"),
        (["moi", "A", None, "HET", "Cán bộ nhập số liệu", None], "D", "đã kết thúc"),
        (["moi", "A", None, "SNV", "Vua", None], "E", "không thuộc danh mục"),
        (["moi", "A", None, "SNV", "Cán bộ tổng hợp của tỉnh", None], "E", "công đoàn cấp trên"),
        (["moi", "A", None, "SNV", "Cán bộ nhập số liệu", "1/1/1024"], "F", "năm phải"),
    ],
    "headcounts": [
        (["KHONG", "30/06/2025", 1, None], "A", "Không có đơn vị"),
        (["SNV", "30/06/2035", 1, None], "B", "chưa đến"),
        (["SNV", "30/06/2019", 1, None], "B", "mới thành lập"),
        (["HET", "30/06/2025", 1, None], "B", "đã kết thúc"),
        (["SNV", "30/06/2025", None, None], "C", "Chưa ghi"),
        (["SNV", "30/06/2025", 10_000_001, None], "C", "phải từ 0"),
        (["SNV", "30/06/2025", "nhiều", None], "C", ""),
        (["SNV", "30/06/2025", 1, 2], "D", "lớn hơn"),
    ],
}
HEADERS = {
    "unions": UNIONS,
    "clusters": ["Mã đơn vị", "Cụm thi đua"],
    "people": ["Tên đăng nhập", "Họ tên", "Điện thoại", "Mã đơn vị", "Vai trò", "Từ ngày"],
    "headcounts": ["Mã đơn vị", "Tính đến ngày", "Đoàn viên", "Nữ"],
}


@pytest.mark.parametrize("kind", RESOURCES)
def test_every_fault_names_a_row_and_a_column_and_marks_the_cell(
    client: Client, province: Province, kind
):
    ended = make_union(province.root, code="HET", name="Công đoàn cũ")
    unions.dissolve(ended, Decision(date(2022, 1, 1)), by=None)
    changes.rename(province.health, "Công đoàn Ngành Y tế", Decision(TODAY), by=None)
    elsewhere = make_province(code="KHAC", name="Tỉnh khác")
    make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Người lạ")
    client.force_login(province.administrator)
    wrong = WRONG[kind]
    for row, letter, told in wrong:
        intake = sent(province, [HEADERS[kind], row], kind)
        [found] = intake.findings["rows"]
        assert (found["number"], found["verdict"]) == (2, "wrong"), row
        assert any(told in sentence for _, sentence in found["faults"]), (row, found)
        page = client.get(intake.get_absolute_url()).content.decode()
        assert f"Ô {letter}2 (" in page, (row, found)
        marks = load_workbook(io.BytesIO(intakes.marked(intake))).active
        assert marks[f"{letter}2"].comment is not None, row


@pytest.mark.parametrize("word", ["xoá", "XÓA", " - ", "–"])
def test_a_cell_takes_away_by_a_word_alone(province: Province, word):
    record(Count(province.health, date(2025, 6, 30), 120, 60, 130), by=None)
    clerk = province.clerk_of_health
    User.objects.filter(pk=clerk.pk).update(email="thu@vidu.vn", position="Văn thư")
    lists = {
        "people": [
            ["Tên đăng nhập", "Chức vụ", "Thư điện tử", "Mã đơn vị", "Vai trò"],
            [clerk.username, None, word, "SYT", "Cán bộ nhập số liệu"],
        ],
        "headcounts": [
            ["Mã đơn vị", "Tính đến ngày", "Đoàn viên", "Nữ", "Lao động"],
            ["SYT", "30/06/2025", 120, None, word],
        ],
    }
    for kind, rows in lists.items():
        intake = sent(province, rows, kind)
        assert "xoá" in intake.findings["rows"][0]["told"]
        intakes.confirm(intake, good_only=False, by=province.administrator)
    clerk.refresh_from_db()
    assert (clerk.position, clerk.email) == ("Văn thư", None)
    row = Headcount.objects.get()
    assert (row.female, row.workers) == (60, None)


@pytest.mark.parametrize(
    ("kind", "rows", "column"),
    [
        ("unions", [["Mã đơn vị", "Tên đơn vị"], ["SYT", "xoá"]], "name"),
        (
            "people",
            [
                ["Tên đăng nhập", "Họ tên", "Mã đơn vị", "Vai trò"],
                ["moi", "-", "SYT", "Cán bộ nhập số liệu"],
            ],
            "full_name",
        ),
    ],
)
def test_a_name_is_never_taken_away(province: Province, kind, rows, column):
    intake = sent(province, rows, kind)
    assert intake.counts["wrong"] == 1
    assert [column] == [key for key, told in intake.findings["rows"][0]["faults"] if "xoá" in told]


def many(count: int):
    words = ["Công đoàn", "Doanh nghiệp nhà nước", "CDVC", "05/01/2024", None]
    return [UNIONS, *([f"N{number}", *words] for number in range(count))]


def test_a_large_workbook_waits_for_a_worker(province: Province, monkeypatch):
    monkeypatch.setattr(intakes, "AT_ONCE", 2)
    intake = sent(province, many(3))
    assert (intake.state, intake.total, intake.done) == (State.TO_CHECK, 3, 0)
    tasks.work_intake(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, intake.done) == (State.CHECKED, 3)
    tasks.work_intake(intake.pk)
    intake = intakes.confirm(intake, good_only=False, by=province.administrator)
    assert intake.state == State.TO_WRITE
    tasks.work_waiting_intakes()
    intake.refresh_from_db()
    assert intake.state == State.WRITTEN
    assert Union.objects.filter(code__startswith="N").count() == 3


@pytest.mark.parametrize(("most", "counts"), [(1, True), (2, False)])
def test_after_a_large_list_postgresql_counts_its_tables(
    province: Province, monkeypatch, most: int, counts: bool
):
    monkeypatch.setattr(intakes, "AT_ONCE", most)
    intake = sent(province, [UNIONS, BANK, ["NH2", *BANK[1:]]])
    intakes.work(intake.pk)
    intake.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        intakes.confirm(intake, good_only=False, by=province.administrator)
        intakes.work(intake.pk)
    counted = [one["sql"] for one in asked if one["sql"].startswith("ANALYZE")]
    assert len(counted) == (counts and connection.vendor == "postgresql")
    assert all('"unions_placement"' in sql for sql in counted)


def test_ten_unions_are_taken_out_in_as_many_statements_as_two(province: Province):
    taken = []
    for count in (2, 10):
        while Union.objects.count() < count + 1:
            number = Union.objects.count()
            make_union(province.root, code=f"N{number}", name=f"Công đoàn {number}")
        by = User.objects.get(pk=province.administrator.pk)
        with CaptureQueriesContext(connection) as asked:
            exports.export("unions", by=by)
        taken.append(len(asked))
    assert taken[0] == taken[1]


def test_what_a_worker_left_when_it_was_cut_off_is_taken_up_and_at_last_given_up(
    province: Province, monkeypatch
):
    monkeypatch.setattr(intakes, "AT_ONCE", 0)
    intake = sent(province, [UNIONS, BANK])
    cut_off = {"state": State.CHECKING, "claimed_at": timezone.now(), "claimed_by": gone()}
    Intake.objects.update(**cut_off, tries=1)
    intakes.work_waiting()
    intake.refresh_from_db()
    assert intake.state == State.CHECKED
    Intake.objects.update(**cut_off, tries=3)
    intakes.work_waiting()
    intake.refresh_from_db()
    assert (intake.state, "ngắt 3 lần" in intake.problem) == (State.FAILED, True)


def gone() -> str:
    """A process of this machine that has ended: its number has another start now."""
    host, pid, _ = intakes.claimant().rsplit(":", 2)
    return f"{host}:{pid}:1"


def test_only_managers_send_in_and_take_out(province: Province):
    for person in (province.officer, province.chair_of_health):
        with pytest.raises(Exception, match="không có quyền"):
            sent(province, [UNIONS, BANK], by=person)
        with pytest.raises(Exception, match="không có quyền"):
            exports.export("people", by=person)
    assert exports.export("people", by=province.administrator)


def test_another_manager_may_look_but_not_step_on(province: Province):
    other = make_user("hai", Role.ADMINISTRATOR, province.root, full_name="Quản trị hai")
    intake = sent(province, [UNIONS, BANK])
    for step in (
        lambda: intakes.confirm(intake, good_only=True, by=other),
        lambda: intakes.convert(intake, converts=True, by=other),
        lambda: intakes.drop(intake, by=other),
    ):
        with pytest.raises(RuleBroken, match="Chỉ người đã tải tệp"):
            step()
    assert list(Intake.objects.visible_to(other)) == [intake]
    elsewhere = make_province(code="KHAC", name="Tỉnh khác")
    stranger = make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Người lạ")
    assert not Intake.objects.visible_to(stranger).exists()


def test_a_dropped_workbook_is_removed_and_cannot_be_written(
    province: Province, django_capture_on_commit_callbacks
):
    intake = sent(province, [UNIONS, BANK])
    storage, name = intake.file.storage, intake.file.name
    with django_capture_on_commit_callbacks(execute=True):
        intakes.drop(intake, by=province.administrator)
    assert not storage.exists(name)
    with pytest.raises(RuleBroken, match="bước khác"):
        intakes.confirm(sent_before(intake), good_only=True, by=province.administrator)


def sent_before(intake: Intake) -> Intake:
    """The page as another tab still shows it."""
    intake.findings = {"counts": {"new": 1}}
    return intake


# ---- at the desk


def act(name: str, row: Intake | None = None) -> str:
    return reverse(f"admin:unions_intake_{name}", args=[row.pk] if row else [])


def send(client: Client, rows, kind="unions", **how):
    typed = {"kind": kind, "effective_on": f"{TODAY:%d/%m/%Y}", "number": "12/QĐ"}
    return client.post(act("send_in"), typed | {"file": upload(rows, **how)})


def test_the_desk_leads_from_the_file_to_what_is_written(client: Client, province: Province):
    client.force_login(province.administrator)
    wrong = ["SAI", "Công đoàn", "Loại lạ", "CDVC", None, None]
    answer = send(client, [UNIONS, BANK, wrong])
    intake = Intake.objects.get()
    assert answer.url == intake.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "Ô C3 (Loại hình)" in page
    assert "Thành lập Công đoàn Ngân hàng (NH) từ ngày 05/01/2024" in page
    assert "Chưa có gì được ghi" in page
    refused = client.post(act("confirm", intake), {})
    assert "Hãy đánh dấu nếu đồng ý" in refused.content.decode()
    assert not Union.objects.filter(code="NH").exists()
    client.post(act("confirm", intake), {"good_only": "on"})
    assert Union.objects.filter(code="NH").exists()
    page = " ".join(client.get(answer.url).content.decode().split())
    assert "Đã ghi lúc" in page
    assert "Bảng dưới đây là những việc đã làm; các dòng có lỗi không được ghi.<" in page
    file = client.get(act("marked", intake))
    assert load_workbook(io.BytesIO(file.content)).active["G3"].value


def test_the_desk_tells_a_refusal_on_the_form(client: Client, province: Province):
    client.force_login(province.administrator)
    file = SimpleUploadedFile("a.xlsx", b"Ten;Ngay\n1;2")
    typed = {"kind": "unions", "effective_on": "01/01/2025", "number": "", "file": file}
    assert "không phải bảng tính Excel" in client.post(act("send_in"), typed).content.decode()
    assert not Intake.objects.exists()


def test_the_desk_shows_old_fonts_before_it_converts_them(client: Client, province: Province):
    client.force_login(province.administrator)
    send(client, [UNIONS, ["SYT", "Coâng ñoaøn", None, None, None, None]])
    intake = Intake.objects.get()
    page = client.get(act("convert", intake)).content.decode()
    assert "Coâng ñoaøn" in page
    assert "Công đoàn" in page
    client.post(act("convert", intake))
    intake.refresh_from_db()
    assert intake.converts


def test_rows_of_one_verdict_are_shown_a_hundred_a_page(client: Client, province: Province):
    client.force_login(province.administrator)
    send(client, many(130))
    page = client.get(f"{Intake.objects.get().get_absolute_url()}?loai=new&trang=2")
    assert [row.number for row in page.context["rows"]] == list(range(102, 132))
    other = client.get(f"{Intake.objects.get().get_absolute_url()}?loai=wrong")
    assert "Không có dòng nào ở mục này" in other.content.decode()


def test_a_page_that_waits_asks_again(client: Client, province: Province, monkeypatch):
    monkeypatch.setattr(intakes, "AT_ONCE", 0)
    intake = sent(province, [UNIONS, BANK])
    client.force_login(province.administrator)
    page = client.get(intake.get_absolute_url()).content.decode()
    assert 'hx-trigger="load delay:2s"' in page
    assert "Đã kiểm tra 0/1 dòng" in page
    intakes.work(intake.pk)
    assert "load delay:2s" not in client.get(intake.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_list_is_taken_out_by_its_name(client: Client, province: Province, kind):
    fill(province)
    client.force_login(province.administrator)
    answer = client.post(act("take_out"), {"kind": kind})
    assert answer["Content-Disposition"].endswith(f'{TODAY:%Y%m%d}.xlsx"')
    page = load_workbook(io.BytesIO(answer.content)).active
    assert page.max_row > 1
    for row in page.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_the_desk_drops_a_workbook(client: Client, province: Province):
    client.force_login(province.administrator)
    send(client, [UNIONS, BANK])
    intake = Intake.objects.get()
    client.post(act("drop", intake))
    intake.refresh_from_db()
    assert intake.state == State.DROPPED
    assert client.get(intake.get_absolute_url()).status_code == 200
