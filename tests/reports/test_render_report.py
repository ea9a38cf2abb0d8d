"""The command: a whole file and a sentence, or a sentence and nothing."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import Report, Stationery
from tests.builders import Province
from tests.reports.years import text_of


def render(*words: str) -> str:
    """Run the command; what it printed."""
    out = StringIO()
    call_command("render_report", *words, stdout=out)
    return out.getvalue()


def test_the_file_is_written_and_a_sentence_says_so(province: Province, tmp_path: Path):
    output = tmp_path / "bao-cao.pdf"
    words = ["annual", "--union", "cdvc", "--year", "2025", "--format", "pdf"]
    assert render(*words, "--output", str(output)).startswith(f"Đã ghi {output} (")
    assert "BÁO CÁO" in text_of(output.read_bytes())
    assert [entry.name for entry in tmp_path.iterdir()] == ["bao-cao.pdf"]
    assert not Report.objects.exists()


def test_an_older_file_is_replaced_whole(province: Province, tmp_path: Path):
    output = tmp_path / "bao-cao.pdf"
    output.write_text("cũ", encoding="utf-8")
    render("annual", "--union", "SYT", "--year", "2025", "--output", str(output))
    assert output.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("weekly --union CDVC --year 2025", "Không có loại báo cáo “weekly”"),
        ("annual --union KHONGCO --year 2025", "Không có đơn vị nào mang mã “KHONGCO”"),
        ("annual --union CDVC --year 2035", "Năm 2035 không thuộc các năm báo cáo"),
        ("annual --union CDVC --year 2026", "Năm 2026 chưa mở kỳ báo cáo"),
        ("annual --union CDVC --year hai", "Năm “hai” chưa đúng"),
        ("annual --union CDVC --year ٢٠٢٥", "Năm “٢٠٢٥” chưa đúng"),
        ("annual --union CDVC --year 2025 --format odt", "Không có định dạng “odt”"),
    ],
)
def test_what_does_not_exist_is_a_sentence_and_status_two(
    province: Province, tmp_path: Path, words, sentence
):
    with pytest.raises(CommandError, match=sentence) as refusal:
        render(*words.split(), "--output", str(tmp_path / "bao-cao.pdf"))
    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_no_stationery_is_a_sentence_and_an_older_file_stays(province: Province, tmp_path: Path):
    Stationery.objects.all().delete()
    output = tmp_path / "bao-cao.pdf"
    output.write_text("cũ", encoding="utf-8")
    with pytest.raises(CommandError, match="chưa có mẫu văn bản"):
        render("annual", "--union", "CDVC", "--year", "2025", "--output", str(output))
    assert output.read_text(encoding="utf-8") == "cũ"


@pytest.mark.parametrize("place", ["khong-co/bao-cao.pdf", "."])
def test_a_place_that_cannot_be_written_is_a_sentence(province: Province, tmp_path: Path, place):
    output = tmp_path / place
    with pytest.raises(CommandError, match="Không ghi được tệp") as refusal:
        render("annual", "--union", "CDVC", "--year", "2025", "--output", str(output))
    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_regular_file_stays_what_it_is(province: Province, tmp_path: Path):
    pipe = tmp_path / "ong"
    os.mkfifo(pipe)
    with pytest.raises(CommandError, match="đây không phải một tệp") as refusal:
        render("annual", "--union", "CDVC", "--year", "2025", "--output", str(pipe))
    assert refusal.value.returncode == 2
    assert pipe.is_fifo()


def test_a_link_is_followed_and_stays_a_link(province: Province, tmp_path: Path):
    kept, link = tmp_path / "that.pdf", tmp_path / "lien-ket.pdf"
    kept.write_text("cũ", encoding="utf-8")
    link.symlink_to(kept)
    render("annual", "--union", "CDVC", "--year", "2025", "--output", str(link))
    assert link.is_symlink()
    assert kept.read_bytes().startswith(b"%PDF-")
