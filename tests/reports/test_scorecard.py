"""The scorecard at the shell says what the screen says."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from actionplan.models import Programme
from indicators.models import Figure
from tests.builders import make_period
from tests.reports.shapes import make_shapes


def _printed(*words: str) -> tuple[str, str]:
    """What is printed, and what is told beside it."""
    out, told = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


def _line(code: str, year: str = "2025") -> str:
    lines = _printed("scorecard", "--union", "CDVC", "--year", year)[0].splitlines()
    return next(line for line in lines if line.startswith(f"{code} "))


def test_amounts_are_told_with_their_units(db):
    make_shapes()
    # 75 of 90 talks are 83,33%; 32,5 of 50 million đồng 65%
    assert _line("3").startswith(
        "3        75 cuộc (≥ 90): Chưa đạt, đạt 83,33% chỉ tiêu, còn thiếu 15 cuộc;"
    )
    assert _line("7").startswith(
        "7        32,50 triệu đồng (≥ 50): Chưa đạt, đạt 65% chỉ tiêu, còn thiếu 17.500.000 đồng;"
    )


def test_what_was_missed_before_its_day_says_so(db):
    programme = make_shapes()
    programme.indicators.filter(code="1").update(horizon="term")
    assert "Chưa đạt (chưa đến hạn), đạt " in _line("1")
    assert "(chưa đến hạn)" not in _line("3")


def test_nothing_of_a_target_is_no_per_cent_of_it(db):
    make_shapes()
    Figure.objects.filter(indicator__code="1", denominator__isnull=False).update(numerator=0)
    # 0 of 210 people against 85%
    assert "= 0% (≥ 85%): Chưa đạt, đạt 0% chỉ tiêu, còn thiếu 179 người;" in _line("1")


def test_what_would_reach_the_target_stands_beneath_in_text_and_in_json(db):
    make_shapes()
    text = _printed("scorecard", "--union", "CDVC", "--year", "2025")[0]
    sentence = (
        "òn thiếu 1 người để đạt mức ≥ 85%; một đơn vị cũng có thể bù đủ. Nếu 1 đơn vị chưa báo cáo"
        " đều đạt ở mức tốt nhất và tổng số như năm trước thì kết quả là 87,69%: vẫn có thể đạt."
    )
    assert f"    C{sentence}\n" in text
    printed = _printed("scorecard", "--union", "CDVC", "--year", "2025", "--json")[0]
    rows = {row["code"]: row for row in json.loads(printed)}
    (people,) = rows["1"]["shortfalls"]
    assert people == {
        "group": "",
        "year": None,
        "missing": 1,
        "fewest_unions": 1,
        "unions_below": 0,
        "silent_unions": 1,
        "reachable": True,
        "told": f"c{sentence}",
    }
    assert (rows["3"]["unit"], rows["3"]["missing"], rows["3"]["missing_unit"]) == (
        "cuộc",
        15,
        "cuộc",
    )
    # nothing bounds how many talks one union can have
    assert rows["3"]["shortfalls"][0]["fewest_unions"] is None
    assert rows["7"]["missing_unit"] == "đồng"


@pytest.mark.parametrize("command", [("scorecard",), ("export_figures", "--csv")])
def test_a_year_that_a_mean_leaves_out_is_told(db, command):
    make_shapes()
    Figure.objects.filter(indicator__code="5", submission__period__year=2025).delete()
    words = (*command, "--union", "CDVC")
    told = "Chỉ tiêu 5: bình quân các năm không tính năm 2025 vì chưa có số liệu nào được duyệt."
    assert told in _printed(*words, "--from", "2024", "--to", "2025")[1]
    assert "bình quân các năm không tính" not in _printed(*words, "--year", "2024")[1]


@pytest.fixture
def two(db) -> tuple[Programme, Programme]:
    """Two programmes of one union, both with the year 2025."""
    first = make_shapes()
    second = Programme.objects.get(pk=first.pk)
    second.pk, second.code, second.term_from = None, "sau", first.term_from + 1
    second.save()
    make_period(second, year=2025)
    return first, second


@pytest.mark.parametrize("command", [("scorecard",), ("export_figures", "--csv")])
def test_of_two_programmes_of_a_year_one_is_taken_by_its_code(two, command):
    words = (*command, "--union", "CDVC", "--year", "2025")
    printed, told = _printed(*words)
    assert "đã lấy “sau”. Muốn lấy chương trình khác, hãy ghi --programme nhieu-dang." in told
    named = _printed(*words, "--programme", "nhieu-dang")
    assert "đã lấy" not in named[1]
    assert len(named[0]) > len(printed)


def test_a_code_that_no_programme_has_is_refused(two, tmp_path):
    wrong = ("--union", "CDVC", "--year", "2025", "--programme", "khong-co")
    paper = ("render_report", "annual", "--output", str(tmp_path / "bao-cao.pdf"))
    for command in (("scorecard",), ("export_figures", "--csv"), paper):
        with pytest.raises(CommandError, match="không có chương trình mang mã “khong-co”") as one:
            _printed(*command, *wrong)
        assert one.value.returncode == 2


def test_one_programme_alone_needs_no_word(db):
    make_shapes()
    assert _printed("scorecard", "--union", "CDVC", "--year", "2025")[1] == ""


def test_so_many_years_that_met_the_target_have_no_unit(db):
    programme = make_shapes()
    programme.indicators.filter(code="6").update(
        kind="count_per_year", years="all_met", horizon="annual"
    )
    printed = _printed("scorecard", "--union", "CDVC", "--from", "2024", "--to", "2025")[0]
    (line,) = [line for line in printed.splitlines() if line.startswith("6 ")]
    assert " năm đạt (" in line
    assert "năm đạt vụ" not in printed


def test_a_group_that_keeps_from_the_target_of_the_whole_is_named(db):
    programme = make_shapes()
    asked = programme.indicators.get(code="1")
    asked.targets.update(low="0.8")
    asked.targets.create(group="Cơ quan", types=["agency"], operator=">=", low="0.9")
    assert "Chưa đạt (nhóm Cơ quan chưa đạt)" in _line("1")
