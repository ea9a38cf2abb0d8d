"""The operator's commands: what is missing or mistyped is one Vietnamese sentence, status 2."""

import io
import os
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from manage import Operator
from unions.management.operating import OperatorCommand
from unions.models import Appointment, Union, User

SINCE = ("--since", "2020-01-01")


def _found(username: str = "quantri", *options: str) -> str:
    out = io.StringIO()
    call_command(
        "found_province",
        "CDVC",
        "Công đoàn Viên chức",
        username,
        "Đỗ Quản Trị",
        *options,
        stdout=out,
    )
    return out.getvalue()


def test_a_province_is_founded_with_its_administrator(db):
    assert "/mat-khau/dat-lai/" in _found("QuanTri", *SINCE)
    held = Appointment.objects.get()
    assert (held.user.username, held.union.code, held.role) == ("quantri", "CDVC", "administrator")


@pytest.mark.parametrize(
    ("username", "options", "sentence"),
    [
        ("BAD User<>", SINCE, "Tên đăng nhập chỉ gồm"),
        ("0912345678", SINCE, "Tên đăng nhập cần có ít nhất một chữ cái"),
        ("84-912.345", SINCE, "Tên đăng nhập cần có ít nhất một chữ cái"),
        ("x" * 100, SINCE, "nhiều nhất 60 ký tự"),
        ("quantri", ("--since", "abc"), "Ngày “abc” chưa đúng"),
        ("quantri", ("--since", "2024-02-30"), "Ngày “2024-02-30” chưa đúng"),
        ("quantri", ("--since",), "Sau --since phải ghi một giá trị."),
        ("quantri", (), "Lệnh còn thiếu: --since."),
        ("quantri", (*SINCE, "--khi"), "Lệnh không có: --khi."),
    ],
)
def test_a_province_is_not_founded_by_halves(db, username, options, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        _found(username, *options)
    assert refusal.value.returncode == 2
    assert not Union.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("blank", "sentence"),
    [
        (0, "Chưa ghi mã đơn vị"),
        (1, "Chưa ghi tên đơn vị"),
        (2, "Chưa ghi tên đăng nhập"),
        (3, "Chưa ghi họ và tên"),
    ],
)
def test_a_province_without_a_word_it_needs_is_told_which(db, blank, sentence):
    words = ["CDVC", "Công đoàn Viên chức", "quantri", "Đỗ Quản Trị"]
    for empty in ("", " "):
        words[blank] = empty
        with pytest.raises(CommandError, match=f"^{sentence}") as refusal:
            call_command("found_province", *words, *SINCE)
        assert refusal.value.returncode == 2
    assert not Union.objects.exists()


def test_a_user_name_of_digits_and_a_letter_is_one(db):
    _found("a0912345678", *SINCE)
    assert User.objects.get().username == "a0912345678"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("scorecard", "Lệnh còn thiếu: --union."),
        ("scorecard --union CDVC --year abc", "Năm “abc” chưa đúng"),
        ("export_figures --csv --year 20255", "Năm “20255” chưa đúng"),
        ("export_figures --year 2025", "Lệnh còn thiếu: --csv."),
        ("load_programme", "Lệnh còn thiếu: tệp."),
        ("read_programme", "Lệnh còn thiếu: tệp."),
        ("render_report", "Lệnh còn thiếu: loại, --union, --year, --output."),
        ("found_province", "Lệnh còn thiếu: mã, tên, tên-đăng-nhập, họ-và-tên."),
        (
            "health --service nope",
            "Không có dịch vụ “nope”. Các dịch vụ: db, broker, worker, beat, web.",
        ),
        ("seed_demo --unions", "Sau --unions phải ghi một giá trị."),
        ("render_report annual --union CDVC --year 2025", "Lệnh còn thiếu: --output."),
    ],
)
def test_what_is_missing_or_mistyped_is_told_in_vietnamese(words, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command(*words.split())
    assert refusal.value.returncode == 2


def _run(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return _python("manage.py", *words.split(), **environment)


def _python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_shell_gets_the_sentence_and_status_two():
    done = _run("scorecard --year 2025")
    told = "Lệnh còn thiếu: --union. Cách dùng: manage.py scorecard --help\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nonsense", "Không có lệnh “nonsense”."),
        ("scorecrad", "Không có lệnh “scorecrad”. Có phải là “scorecard”?"),
        ("help nonsense", "Không có lệnh “nonsense”."),
    ],
)
def test_a_command_that_there_is_not_is_told(words, sentence, capsys):
    with pytest.raises(SystemExit) as end:
        Operator(["manage.py", *words.split()]).execute()
    assert end.value.code == 2
    assert capsys.readouterr() == ("", f"{sentence} Các lệnh: manage.py help\n")


def test_a_database_that_was_never_set_up_is_told(tmp_path):
    words = "scorecard --union CDVC --year 2025"
    empty = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    done = _run(words, DATABASE_URL=empty, DJANGO_SETTINGS_MODULE="config.settings.development")
    assert done.returncode == 2
    assert done.stderr.startswith("Không dùng được cơ sở dữ liệu.")


EVERY_COMMAND = [
    "check_tree",
    "export_figures --year 2025 --csv",
    "found_province CDVC Tỉnh quantri Tên --since 2020-01-01",
    "merge_provinces VP --into PT --on 2025-07-01 --decision 1",
    "load_programme actionplan/programmes/phu-tho-2023-2028.toml --union CDVC",
    "render_report annual --union CDVC --year 2025 --output bao-cao.pdf",
    "scorecard --union CDVC --year 2025",
    "seed_demo --unions 2 --years 2025-2025",
]


IN_TURN = """
import sys
from manage import Operator
for words in sys.argv[1:]:
    try:
        Operator(["manage.py", *words.split()]).execute()
    except SystemExit as end:
        sys.stderr.write(f"{end.code}\\n")
"""


def test_a_file_that_is_no_database_is_told_by_every_command(tmp_path):
    (tmp_path / "letter.txt").write_text("Không phải cơ sở dữ liệu. " * 50)
    done = _python(
        *("-c", IN_TURN, *EVERY_COMMAND),
        DATABASE_URL=f"sqlite:///{tmp_path / 'letter.txt'}",
        DJANGO_SETTINGS_MODULE="config.settings.development",
    )
    told = done.stderr.splitlines()
    assert told[1::2] == ["2"] * len(EVERY_COMMAND)
    sentence = "Không dùng được cơ sở dữ liệu."
    assert [line[: len(sentence)] for line in told[::2]] == [sentence] * len(EVERY_COMMAND)


def test_a_database_that_refuses_what_is_asked_of_it_is_not_called_unreachable(db):
    class Wrong(OperatorCommand):
        def handle(self, *_words, **_options):
            User.objects.create(username="x", full_name="Một")
            User.objects.create(username="x", full_name="Hai")

    with pytest.raises(IntegrityError):
        call_command(Wrong())


def test_a_database_address_that_is_none_is_told():
    done = _run("scorecard --union CDVC --year 2025", DATABASE_URL="nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL ")
    assert done.stderr.count("\n") == 1


REFUSED = ["manage.py", "scorecard", "--union=KHONGCO", "--year=2025", "--skip-checks"]


def test_at_the_shell_a_refusal_is_the_sentence_alone(db, capsys):
    with pytest.raises(SystemExit) as end:
        Operator(REFUSED).execute()
    assert end.value.code == 2
    assert capsys.readouterr() == (
        "",
        "Không có đơn vị nào mang mã “KHONGCO”. Hãy kiểm tra lại mã đơn vị.\n",
    )


def test_who_asks_for_the_traceback_gets_it(db):
    with pytest.raises(CommandError, match="KHONGCO"):
        Operator([*REFUSED, "--traceback"]).execute()


def test_the_instructions_of_a_command_are_vietnamese(capsys):
    with pytest.raises(SystemExit) as end:
        Operator(["manage.py", "scorecard", "--help"]).execute()
    told = capsys.readouterr().out
    assert end.value.code == 0
    assert told.startswith("Cách dùng: manage.py scorecard ")
    assert "lựa chọn:" in told
    assert not {"usage", "options", "positional", "show", "exit"} & set(
        re.findall("[a-z]+", told.lower())
    )
