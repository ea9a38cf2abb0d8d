"""What points come to: sums, knock-outs, levels; and what a sheet's file may say."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.grading import (
    LARGEST,
    Criteria,
    Criterion,
    Group,
    KnockOut,
    Score,
    criteria_of,
    judged,
    parse,
    plain,
    rules,
)
from unions.errors import RuleBroken

EXAMPLE = Path("indicators/grading/vi-du-hd-1294.toml")
SMALL = Criteria(
    groups=(
        Group(
            "I",
            "Chăm lo",
            (Criterion("1", "Thăm hỏi", Decimal(60)), Criterion("2", "Đối thoại", Decimal(30))),
        ),
        Group("II", "Điểm thưởng", (Criterion("3", "Sáng kiến", Decimal(10)),), bonus=True),
    ),
    knock_outs=(
        KnockOut("a", "Dưới nửa số điểm", "good", 50),
        KnockOut("b", "Bị kỷ luật", "completed"),
    ),
    least=(("excellent", Decimal(90)), ("good", Decimal(70)), ("completed", Decimal(50))),
    scale_code="2019",
)


def score(*points: str, knocked: str = "") -> Score:
    given = dict(zip("123", map(Decimal, points), strict=False))
    return Score(given, frozenset(knocked))


@pytest.mark.parametrize(
    ("points", "knocked", "total", "by_points", "level"),
    [
        (("60", "30", "10"), "", "100", "excellent", "excellent"),
        (("60", "30", "0"), "", "90", "excellent", "excellent"),
        # unrounded: 89,99 is not 90
        (("60", "29.99", "0"), "", "89.99", "good", "good"),
        # half of 30 is 15: no less, so not knocked out; bonus points are not asked
        (("60", "15", "0"), "", "75", "good", "good"),
        (("60", "15", "10"), "", "85", "good", "good"),
        # 14 of 30 is below half: held at good, although 60+14+10 = 84 is good anyway
        (("60", "14", "10"), "", "84", "good", "good"),
        (("60", "30", "10"), "b", "100", "excellent", "completed"),
        (("40", "10", "0"), "", "50", "completed", "completed"),
        # a knock-out never lifts
        (("10", "30", "0"), "b", "40", "not_completed", "not_completed"),
        ((), "", "0", "not_completed", "not_completed"),
    ],
)
def test_points_and_knock_outs_give_the_level(points, knocked, total, by_points, level):
    found = judged(SMALL, score(*points, knocked=knocked))
    told = (found.total, found.by_points.code, found.grade.code)
    assert told == (Decimal(total), by_points, level)
    assert bool(found.why_lower) == (by_points != level)


def test_a_criterion_below_half_of_its_points_holds_an_excellent_sum():
    wide = Criteria(
        groups=(
            Group(
                "I", "x", (Criterion("1", "x", Decimal(95)), Criterion("2", "y", Decimal("5.5")))
            ),
        ),
        knock_outs=SMALL.knock_outs,
        least=SMALL.least,
        scale_code="2019",
    )
    # half of 5,5 is 2,75
    assert judged(wide, score("95", "2.75")).grade.code == "excellent"
    held = judged(wide, score("95", "2.74"))
    assert (held.by_points.code, held.grade.code) == ("excellent", "good")
    assert [one.code for one in held.knocked] == ["a"]
    assert held.told_level.endswith(" (vì có điểm liệt: tiêu chí 2 dưới 50%)")
    # both are met, and both hold it lower than its points
    both = judged(wide, score("95", "2.74", knocked="b"))
    assert both.why_lower == "vì có điểm liệt: tiêu chí 2 dưới 50%; Bị kỷ luật"


_points = st.decimals(0, 30, places=2)


@given(st.lists(_points, min_size=2, max_size=2), st.booleans())
def test_more_points_never_bring_a_lower_level(points, ticked):
    knocked = "b" if ticked else ""
    few = judged(SMALL, score(str(min(points)), "30", "0", knocked=knocked))
    many = judged(SMALL, score(str(max(points)), "30", "0", knocked=knocked))
    assert few.grade.rank <= many.grade.rank
    assert many.grade.rank <= many.by_points.rank


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (("60.01",), "từ 0 đến 60"),
        (("-1",), "từ 0 đến 60"),
        (("1.005",), "thập phân"),
    ],
)
def test_points_that_there_cannot_be_are_refused(points, told):
    with pytest.raises(RuleBroken, match=told):
        rules.check(SMALL, score(*points))
    rules.check(SMALL, score("60", "29.99", "0"))


def test_what_the_sheet_does_not_ask_is_refused():
    with pytest.raises(RuleBroken, match="không có tiêu chí 9"):
        rules.check(SMALL, Score({"9": Decimal(1)}))
    # what holds by itself is not ticked
    with pytest.raises(RuleBroken, match="không có điểm liệt a"):
        rules.check(SMALL, score("1", knocked="a"))
    rules.check(SMALL, score("1", knocked="b"))


def test_the_sheet_that_is_shipped_is_the_scale_of_1294_and_says_it_is_an_example():
    sheet = parse(EXAMPLE.read_bytes())
    assert [group.most for group in sheet.criteria.groups] == [40, 40, 15, 5]
    assert sheet.criteria.most == 100
    assert sheet.name.startswith("Ví dụ")
    assert sheet.types == ("agency", "public_service_full", "public_service_partial")


def test_a_sheet_reads_as_it_was_written():
    assert criteria_of(plain(SMALL)) == SMALL


_GOOD = """
code = "m"
name = "Mẫu"
first_year = 2024
scale = "2019"
[[groups]]
code = "I"
name = "Nhóm"
criteria = [{ code = "1", text = "Một", most = 100 }]
[[knock_outs]]
code = "a"
text = "Liệt"
at_most = "completed"
[least]
excellent = 90
good = 70
completed = 50
"""


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('code = "m"', "code = 5", "thiếu “code”"),
        ('scale = "2019"', 'scale = "1999"', "2019, 2014"),
        ("first_year = 2024", "first_year = 24", "từ 2000 đến 2100"),
        ("most = 100", "most = 0", "lớn hơn 0"),
        ("most = 100", 'most = "nhiều"', "phải là một số"),
        ("most = 100", "most = 10.005", "thập phân"),
        ('at_most = "completed"', 'at_most = "excellent"', "mức cao nhất"),
        ("good = 70", "good = 95", "“Hoàn thành tốt nhiệm vụ”"),
        ("good = 70\n", "", "tối thiểu của từng mức"),
        ("excellent = 90", "excellent = 101", "tổng điểm của phiếu (100)"),
        ("first_year", "from_year", "không có mục “from_year”"),
        ("[least]", "[least", "không phải TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(was, now, told):
    assert parse(_GOOD.encode()).criteria.most == 100
    with pytest.raises(RuleBroken) as refused:
        parse(_GOOD.replace(was, now, 1).encode())
    assert told in str(refused.value)


def test_a_file_too_big_is_refused_and_not_read_up_to_where_it_is_cut_off():
    whole = EXAMPLE.read_bytes()
    assert parse(whole + b"\n#" + b"x" * (LARGEST - len(whole) - 2)).code
    with pytest.raises(RuleBroken, match="lớn hơn 500 KB"):
        parse(whole + b"\n#" + b"x" * (LARGEST - len(whole) - 1))


def test_two_criteria_do_not_share_a_code():
    twins = _GOOD.replace("most = 100 }", 'most = 60 }, { code = "1", text = "Hai", most = 40 }')
    with pytest.raises(RuleBroken, match="tiêu chí “1” bị trống, trùng"):
        parse(twins.encode())
