"""The operator's commands about figures: what they print, and how they refuse."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actionplan.models import Programme
from indicators.models import Assignment, Figure
from tests.builders import PROGRAMME_FILE, Province, approve, make_province

DOCUMENT = Path("tests/indicators/documents/phu-tho-2023-2028.txt")


def _printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def _told(capsys) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize("command", ["scorecard", "export_figures"])
def test_a_year_that_was_not_opened_is_told_beside_what_is_printed(
    province: Province, capsys, command
):
    asked = [command, "--union", "CDVC", "--json" if command == "scorecard" else "--csv"]
    _printed(*asked, "--year", "2025")
    assert _told(capsys) == ""
    _printed(*asked, "--from", "2024", "--to", "2026")
    assert _told(capsys) == "Năm 2024, 2026 chưa mở kỳ báo cáo.\n"


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (["--year", "2026"], "Năm 2026"),
        (["--from", "2026", "--to", "2027"], "Các năm 2026-2027"),
    ],
)
@pytest.mark.parametrize("asked", [["scorecard", "--json"], ["export_figures", "--csv"]])
def test_years_of_which_none_was_opened_are_refused(province: Province, asked, years, named):
    with pytest.raises(CommandError) as refusal:
        _printed(*asked, "--union", "CDVC", *years)
    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith(f"{named} chưa mở kỳ báo cáo")


def test_the_scorecard_is_printed_as_exact_json(province: Province):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    approve(province.own_submission)
    rows = json.loads(
        _printed("scorecard", "--union", "CDVC", "--year", "2025", "--json"), parse_float=str
    )
    first = rows[0]
    assert [row["code"] for row in rows] == [
        "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5a", "2.1.5b", "2.1.6",
    ]  # fmt: skip
    assert (first["numerator"], first["denominator"]) == (5, 6)
    assert first["value"] == "0.8333333333333333333333333333"
    assert (first["target"], first["verdict"]) == ("≥ 85%", "Chưa đạt")
    assert (first["answered"], first["expected"]) == (1, 2)
    assert rows[6]["value"] == "1.05"
    assert rows[6]["verdict"] == "Vượt"
    assert rows[1]["value"] == "0.5"


def test_the_scorecard_is_printed_for_people(province: Province):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    first = _printed("scorecard", "--union", "CDVC", "--year", "2025").splitlines()[0]
    # 5/6 of 85% is 98,04%; 85% of six people are 5,1, so all six
    assert first == (
        "2.1.1    5/6 = 83,33% (≥ 85%): Chưa đạt, đạt 98,04% chỉ tiêu, còn thiếu 1 người;"
        " 1/2 đã báo cáo; mẫu số: các đơn vị đã báo cáo"
    )


def test_the_exported_pairs_can_be_added_up(province: Province):
    approve(province.health_submission, i2_1_3="Không có nguồn, năm nay")
    rows = list(csv.DictReader(io.StringIO(_printed("export_figures", "--year", "2025", "--csv"))))
    assert list(rows[0]) == [
        "union", "indicator", "numerator", "denominator", "answer", "reason", "year",
    ]  # fmt: skip
    third = {row["union"]: row for row in rows if row["indicator"] == "2.1.3"}
    assert third["SYT"] | {"indicator": ""} == {
        "union": "SYT",
        "indicator": "",
        "numerator": "",
        "denominator": "",
        "answer": "not_arising",
        "reason": "Không có nguồn, năm nay",
        "year": "2025",
    }
    assert (third["SNV"]["numerator"], third["SNV"]["denominator"]) == ("0", "1")
    assert third["SNV"]["answer"] == "none"


@pytest.mark.parametrize(
    ("reason", "cell"),
    [
        ('=HYPERLINK("http://x")', """'=HYPERLINK("http://x")"""),
        ("+84 912", "'+84 912"),
        ("-1 người", "'-1 người"),
        ("@tổng", "'@tổng"),
        ("Bằng = không", "Bằng = không"),
    ],
)
def test_a_reason_is_no_formula_to_a_spreadsheet(province: Province, reason, cell):
    approve(province.health_submission, i2_1_3=reason)
    rows = csv.DictReader(io.StringIO(_printed("export_figures", "--year", "2025", "--csv")))
    (told,) = [
        row["reason"] for row in rows if (row["union"], row["reason"] != "") == ("SYT", True)
    ]
    assert told == cell


def test_the_grade_of_the_province_is_no_fraction(province: Province):
    approve(province.own_submission)
    lines = _printed("scorecard", "--union", "CDVC", "--year", "2025").splitlines()
    (line,) = [line for line in lines if line.startswith("2.1.5a")]
    assert "/1 =" not in line
    assert line.startswith("2.1.5a   Hoàn thành ")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", "chữ".encode("utf-16"), b"\x00\x01", b"\x89PNG\r\n\x1a\n"]
)
def test_a_file_that_is_no_text_is_refused_with_its_line(db, tmp_path: Path, content):
    make_province()
    binary = tmp_path / "anh.toml"
    binary.write_bytes(content)
    with pytest.raises(CommandError, match=r"^anh\.toml: Dòng 1: ") as refusal:
        _printed("load_programme", str(binary))
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("scorecard", "--union", "KHONGCO", "--year", "2025"), "mã “KHONGCO”"),
        (("scorecard", "--union", "CDVC", "--year", "2031"), "Năm 2031 không thuộc"),
        (("export_figures", "--year", "1999", "--csv"), "Năm 1999 không thuộc"),
        (("load_programme", "khong-co.toml"), "Không đọc được tệp khong-co.toml: không có tệp"),
        (("load_programme", "tests"), "Không đọc được tệp tests: đây là thư mục"),
        (("load_programme", "/dev/zero"), "Tệp /dev/zero lớn hơn 2 MB"),
        (("read_programme", "/dev/zero"), "Tệp lớn hơn 20 MB"),
    ],
)
def test_what_does_not_exist_is_refused_with_status_2(province: Province, arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        _printed(*arguments)
    assert sentence in str(refusal.value)
    assert refusal.value.returncode == 2


def test_a_programme_file_is_loaded_once(db):
    make_province()
    assert "Thêm chương trình." in _printed("load_programme", str(PROGRAMME_FILE))
    assert _printed("load_programme", str(PROGRAMME_FILE)) == "Không có gì thay đổi.\n"
    assert Programme.objects.get().code == "phu-tho-2023-2028"


def _reworded(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The programme's file with other words; each of them stands in it."""
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    file = tmp_path / "khac.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


RENUMBERED = (("01/CTr-CDVC", "07/CTr-CĐN"), ("01/CTr-CĐVC", "07/CTr-CĐN"))
ISSUER = 'issuer = "Công đoàn Viên chức tỉnh Phú Thọ"'
OF_EDUCATION = (ISSUER, 'issuer = "Công đoàn ngành Giáo dục"')
TITLED = ('title = "Chương trình hành động', 'title = "Chương trình phối hợp')
RECODED = ('code = "2.1.', 'code = "A.')


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((*RENUMBERED, OF_EDUCATION), "khác: số 07/CTr-CĐN của Công đoàn ngành Giáo dục, sẽ thay"),
        ((*RENUMBERED, TITLED), "Đây là chương trình khác: số 07/CTr-CĐN của Công đoàn Viên chức"),
        (
            (*RENUMBERED, RECODED),
            "nhiệm kỳ 2023-2028, và bỏ 5 trên 5 chỉ tiêu đã có số liệu được duyệt.",
        ),
        ((RECODED,), "Chương trình này khác nhiều: số 01/CTr-CDVC của Công đoàn Viên chức"),
    ],
)
def test_another_programme_over_the_one_in_force_is_refused_unless_it_is_meant(
    province: Province, tmp_path: Path, changes, told: str
):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    file = _reworded(tmp_path, *changes)
    with pytest.raises(CommandError) as refusal:
        _printed("load_programme", file)
    assert str(refusal.value).startswith("khac.toml: ")
    assert told in str(refusal.value)
    assert str(refusal.value).endswith("hãy nạp lại và ghi thêm --amend.")
    assert refusal.value.returncode == 2
    province.programme.refresh_from_db()
    assert province.programme.number == "01/CTr-CDVC"
    assert not province.programme.indicators.filter(dropped=True).exists()
    assert "Không có gì" not in _printed("load_programme", file, "--amend")
    assert _printed("load_programme", file) == "Không có gì thay đổi.\n"


@pytest.mark.parametrize(
    "changes",
    [
        RENUMBERED,
        (TITLED,),
        (OF_EDUCATION,),
        (*RENUMBERED, (TITLED[0], 'title = "Sửa đổi Chương trình số 01/CTr-CĐVC')),
    ],
)
def test_an_amendment_of_the_programme_in_force_is_loaded_as_it_is(
    province: Province, tmp_path: Path, changes
):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    assert "Không có gì" not in _printed("load_programme", _reworded(tmp_path, *changes))


def test_what_the_reader_prints_amends_the_programme_and_keeps_the_figures(
    province: Province, tmp_path: Path
):
    approve(province.health_submission, i2_1_1={"done": 5, "total": 6})
    said = Figure.objects.values_list("pk", "indicator__code", "answers")
    before = list(said)
    read = tmp_path / "client.toml"
    read.write_text(_printed("read_programme", str(DOCUMENT)), encoding="utf-8")
    told = _printed("load_programme", str(read), "--union", "CDVC")
    assert "Thêm chương trình." not in told
    assert Programme.objects.get() == province.programme
    assert list(said) == before
    rows = json.loads(_printed("scorecard", "--union", "CDVC", "--year", "2025", "--json"))
    assert (rows[0]["numerator"], rows[0]["denominator"]) == (5, 6)


def test_a_wrong_programme_file_leaves_nothing(db, tmp_path: Path):
    make_province()
    wrong = tmp_path / "sai.toml"
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    wrong.write_text(text.replace('kind = "share_of_people"', 'kind = "ty_le"'), encoding="utf-8")
    line = 1 + text[: text.index('kind = "share_of_people"')].count("\n")
    with pytest.raises(CommandError, match=f"Dòng {line}:") as refusal:
        _printed("load_programme", str(wrong))
    assert refusal.value.returncode == 2
    assert not Programme.objects.exists()


def test_a_file_that_was_cut_off_retires_nothing(province: Province, tmp_path: Path):
    cut = tmp_path / "cat.toml"
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    cut.write_text(text[: text.index("[[indicators]]")], encoding="utf-8")
    for amending in ([], ["--amend"]):
        with pytest.raises(
            CommandError, match=r"^cat\.toml: Chương trình không có chỉ tiêu"
        ) as told:
            _printed("load_programme", str(cut), *amending)
        assert told.value.returncode == 2
    programme = province.programme
    for rows in (programme.indicators, programme.breakthroughs, programme.task_groups):
        assert rows.exists()
        assert not rows.filter(dropped=True).exists()


COUNTED = """
[[indicators]]
code = "2.2.1"
name = "Kết nạp đoàn viên"
kind = "count_per_year"
audience = "grassroots"
horizon = "annual"
unit = "người"
denominator = "reported"
targets = [{ low = 300 }]
assignments = [
    { union = "SYT", year = 2025, amount = 120 },
    { union = "SNV", year = 2025, amount = 100 },
]
"""


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    """The client's programme with a number that is assigned, and does not add up."""
    file = tmp_path / "phu-tho-2023-2028.toml"
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    file.write_text(f"{text}{COUNTED}", encoding="utf-8")
    return file


def test_amounts_that_do_not_add_up_are_told_with_file_and_line_and_loaded(
    province: Province, counted: Path
):
    line = 1 + counted.read_text().split("\n").index("assignments = [")
    told = io.StringIO()
    call_command("load_programme", str(counted), stdout=io.StringIO(), stderr=told)
    assert told.getvalue() == (
        f"phu-tho-2023-2028.toml: Dòng {line}: chỉ tiêu 2.2.1, năm 2025: tổng số giao cho các đơn"
        " vị là 220 người, khác mức phấn đấu ≥ 300 người.\n"
    )
    assert Assignment.objects.count() == 2
    again = io.StringIO()
    call_command("load_programme", str(counted), stdout=again, stderr=io.StringIO())
    assert again.getvalue() == "Không có gì thay đổi.\n"
    assert Assignment.objects.count() == 2


def test_an_unknown_union_is_named_with_its_line_and_nothing_is_loaded(db, counted: Path):
    make_province()
    line = 1 + next(
        at for at, text in enumerate(counted.read_text().split("\n")) if '"SYT"' in text
    )
    sentence = f"^phu-tho-2023-2028.toml: Dòng {line}: không có đơn vị nào mang mã “SYT”"
    with pytest.raises(CommandError, match=sentence) as refusal:
        _printed("load_programme", str(counted))
    assert refusal.value.returncode == 2
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("first_lost", "gone"),
    [
        ("[[breakthroughs]]", "bỏ toàn bộ khâu đột phá và nhóm nhiệm vụ (tệp có thể bị cắt)."),
        ("[[task_groups]]", "bỏ toàn bộ nhóm nhiệm vụ (tệp có thể bị cắt)."),
    ],
)
def test_a_file_that_lost_a_whole_part_is_refused_unless_it_is_meant(
    province: Province, tmp_path: Path, first_lost: str, gone: str
):
    cut = tmp_path / "cat.toml"
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    cut.write_text(text[: text.index(first_lost)], encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        _printed("load_programme", str(cut))
    assert gone in str(refusal.value)
    assert refusal.value.returncode == 2
    groups = province.programme.task_groups
    assert not groups.filter(dropped=True).exists()
    _printed("load_programme", str(cut), "--amend")
    assert not groups.filter(dropped=False).exists()
