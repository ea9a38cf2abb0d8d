"""What a programme file is refused or warned for: whom targets are for, how long and how deep."""

import time
from functools import partial

import pytest

from indicators import kinds, programme_file
from indicators.programme_file import ProgrammeFileError

parse = partial(programme_file.parse, kinds=kinds.REGISTRY)

HEAD = """\
title = "Chương trình hành động"
number = "02/CTr-CĐVC"
issued_on = 2024-02-05
issuer = "Công đoàn Viên chức tỉnh Đông Hà"
term = { from = 2023, to = 2028 }
reporting_years = [2024, 2025, 2026]
signer = { position = "CHỦ TỊCH", name = "Lê Thị Hồng Đào" }
"""
INDICATOR = """\
[[indicators]]
code = "{code}"
name = "Chỉ tiêu {code}"
kind = "{kind}"
audience = "{audience}"
horizon = "annual"
unit = "{unit}"
denominator = "{denominator}"
"""
COUNT = INDICATOR.format(
    code="1", kind="count_per_year", audience="grassroots", unit="người", denominator="reported"
)


def _count(fields: str, unit: str = "người") -> str:
    return HEAD + COUNT.replace('"người"', f'"{unit}"') + fields


def _refused(text: str) -> str:
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(text)
    return str(refusal.value)


GROUP = 'targets = [{{ group = "{}", types = ["agency"], low = 5 }}]\n'


def test_a_group_of_unions_has_no_target_where_only_the_province_answers():
    own = INDICATOR.format(
        code="1", kind="count_per_year", audience="province", unit="cuộc", denominator="own"
    )
    assert _refused(HEAD + own + GROUP.format("Cơ quan")) == (
        "Dòng 16: chỉ tiêu 1 có mức phấn đấu cho nhóm “Cơ quan” mà chỉ có chính công đoàn cấp tỉnh"
        " trả lời."
    )
    assert parse(HEAD + own + "targets = [{ low = 5 }]\n").indicators[0].targets[0].low == 5
    assert parse(_count(GROUP.format("Cơ quan"))).indicators[0].targets[0].group == "Cơ quan"


@pytest.mark.parametrize("name", [" ", "\t \u00a0", "\u200b"])
def test_a_group_without_a_name_that_can_be_read_is_refused(name):
    assert _refused(_count(GROUP.format(name))).startswith(
        "Dòng 16: chỉ tiêu 1, mức phấn đấu thứ 1"
    )


def test_groups_that_look_the_same_are_the_same():
    two = (
        'targets = [\n{ group = "Cơ quan", types = ["agency"], low = 5 },\n'
        '{ group = " Cơ\u00a0 quan ", types = ["agency"], low = 6 }]\n'
    )
    assert _refused(_count(two)) == (
        "Dòng 18: chỉ tiêu 1, mức phấn đấu thứ 2 là mức thứ hai cho nhóm “Cơ quan”, mọi năm."
    )


@pytest.mark.parametrize("digits", [4300, 5000, 100_000])
@pytest.mark.parametrize("places", ["", ".5", "e5"])
def test_a_number_that_is_too_long_is_named_with_its_line(digits, places):
    refusal = _refused(_count(f"targets = [\n{{ low = {'9' * digits}{places} }}]\n"))
    assert refusal.startswith("Dòng 17: ")
    assert "số quá dài" in refusal or "ngoài khoảng từ 0 đến" in refusal


def test_a_number_beyond_any_decimal_is_named_with_its_line():
    assert _refused(_count("targets = [\n{ low = 1e99999999999999999999 }]\n")) == (
        "Dòng 17: có một số quá dài; số trong tệp chương trình có nhiều nhất 15 chữ số."
    )


@pytest.mark.parametrize(
    "line",
    [
        ".".join(["a"] * 100_000) + " = 1",
        f"[{'.'.join(['a'] * 100_000)}]",
        f"x = {{ {'.'.join(['a'] * 100_000)} = 1 }}",
        " . ".join(['"a"'] * 100_000) + " = 1",
        f"x = {'[' * 100_000}",
        f"x = {'{a=' * 100_000}",
    ],
)
def test_what_is_nested_too_deeply_is_refused_at_once(line):
    begun = time.monotonic()
    refusal = _refused(HEAD + line + "\n")
    assert time.monotonic() - begun < 1
    assert refusal.startswith("Dòng 8: ") or "lồng quá nhiều lớp" in refusal


def test_dots_in_a_text_are_no_depth():
    assert parse(_count(f'question = "1{".2" * 40} {"." * 500} {"a" * 500}"\n'))


@pytest.mark.parametrize("unit", ["%", "％", "phần trăm", "Phần  Trăm", "PHẦN TRĂM"])
def test_a_count_in_percent_is_refused_however_that_is_typed(unit):
    assert _refused(_count("", unit)) == (
        f"Dòng 14: chỉ tiêu 1 có “unit” là “{unit}” không hợp với cách tính “count_per_year”."
    )
    assert parse(_count("", "phần quà"))


@pytest.mark.parametrize("amount", ["120.5", "1000000000000000"])
def test_an_amount_that_no_union_can_bring_is_refused_with_its_line(amount):
    row = f'assignments = [\n{{ union = "SYT", year = 2024, amount = {amount} }}]\n'
    assert _refused(_count(row)).startswith("Dòng 17: chỉ tiêu 1")
    assert parse(_count(row.replace(amount, "120"))).indicators[0].assignments[0].amount == 120


@pytest.mark.parametrize("amount", ["0", "1000.5"])
def test_a_plan_is_of_whole_dong_from_one_on(amount):
    plan = INDICATOR.format(
        code="1", kind="plan_fulfilment", audience="province", unit="%", denominator="own"
    )
    row = f'assignments = [{{ union = "CDVC", year = 2024, amount = {amount} }}]\n'
    assert "phải là số nguyên, từ 1 đến 999.999.999.999.999 đồng" in _refused(HEAD + plan + row)
    assert parse(HEAD + plan + row.replace(f"= {amount}", "= 1"))


PART = COUNT.replace('code = "1"', 'code = "1a"\nparent = "1"')


@pytest.mark.parametrize(
    ("whole", "part", "years"),
    [
        ("{ low = 10, year = 2024 }, { low = 30, year = 2025 }", "{ low = 20 }", [2024]),
        ("{ low = 10, year = 2024 }, { low = 15, year = 2025 }", "{ low = 20 }", [2024, 2025]),
        # the part has a target of its own for 2024
        ("{ low = 10, year = 2024 }", "{ low = 20 }, { low = 9, year = 2024 }", []),
        ("{ low = 10 }", "{ low = 20, year = 2025 }", [2025]),
        ("{ low = 30 }", "{ low = 20 }", []),
    ],
)
def test_a_part_above_its_whole_in_a_year_is_warned_about(whole, part, years):
    spec = parse(_count(f"targets = [{whole}]\n") + PART + f"targets = [{part}]\n")
    assert [told.partition(" có mức")[0].partition("1a, ")[2] for told in spec.warnings] == [
        f"năm {year}" for year in years
    ]


def test_a_sum_in_trieu_dong_is_told_in_trieu_dong():
    money = (
        _count("targets = [{ low = 50_000_000 }]\n", "triệu đồng").replace(
            "count_per_year", "amount_of_money"
        )
        + 'assignments = [{ union = "SYT", year = 2024, amount = 1_250_000 }]\n'
    )
    assert parse(money).warnings == (
        "Dòng 17: chỉ tiêu 1, năm 2024: tổng số giao cho các đơn vị là 1,25 triệu đồng, khác mức"
        " phấn đấu ≥ 50 triệu đồng.",
    )
