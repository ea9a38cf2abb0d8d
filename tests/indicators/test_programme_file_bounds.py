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


MINIMUM = INDICATOR.format(
    code="1", kind="minimum_per_union", audience="grassroots", unit="vụ", denominator="reported"
)


@pytest.mark.parametrize(
    ("operator", "bounds"),
    [("<=", "high = 3"), ("<", "high = 3"), ("=", "low = 1"), ("range", "low = 1, high = 3")],
)
def test_a_minimum_in_each_union_is_a_minimum(operator, bounds):
    targets = f'targets = [\n  {{ operator = "{operator}", {bounds} }},\n]\n'
    refused = _refused(HEAD + MINIMUM + targets)
    assert refused.startswith("Dòng 17: chỉ tiêu 1, mức phấn đấu thứ 1 ")
    if operator != "<":
        assert refused.endswith(
            f"có “operator” là “{operator}”: mức tối thiểu ở từng đơn vị chỉ so sánh bằng >= hoặc"
            " >; mức tối đa, mức bằng hoặc khoảng hãy dùng bình quân mỗi đơn vị"
            " (average_per_union) hoặc tỷ lệ đơn vị (share_of_unions)."
        )
        mean = MINIMUM.replace("minimum_per_union", "average_per_union")
        assert parse(HEAD + mean + targets).indicators[0].targets


@pytest.mark.parametrize("operator", [">=", ">"])
def test_a_minimum_in_each_union_is_aimed_at_from_below(operator):
    targets = f'targets = [{{ operator = "{operator}", low = 3 }}]\n'
    assert parse(HEAD + MINIMUM + targets).indicators[0].targets[0].operator == operator


MONEY = INDICATOR.format(
    code="1", kind="amount_of_money", audience="grassroots", unit="{}", denominator="reported"
)


@pytest.mark.parametrize(
    ("unit", "fields", "warnings"),
    [
        (
            "triệu đồng",
            "targets = [\n{ low = 50 }]\n",
            [
                "Dòng 17: chỉ tiêu 1 có mức phấn đấu 50, nghĩa là 50 đồng; nếu là 50 triệu đồng hãy"
                " ghi 50000000."
            ],
        ),
        (
            "tỷ đồng",
            'targets = [\n{ operator = "range", low = 0, high = 3 }]\n',
            [
                "Dòng 17: chỉ tiêu 1 có mức phấn đấu 3, nghĩa là 3 đồng; nếu là 3 tỷ đồng hãy ghi"
                " 3000000000."
            ],
        ),
        (
            "nghìn đồng",
            'assignments = [\n{ union = "SYT", year = 2024, amount = 900 }]\n',
            [
                "Dòng 17: chỉ tiêu 1 có số giao SYT 900, nghĩa là 900 đồng; nếu là 900 nghìn đồng"
                " hãy ghi 900000."
            ],
        ),
        ("triệu đồng", "targets = [{ low = 1_000_000 }]\n", []),
        ("triệu đồng", "targets = [{ low = 0 }]\n", []),
        ("đồng", "targets = [{ low = 1 }]\n", []),
    ],
)
def test_an_amount_below_one_of_its_unit_is_warned_about(unit, fields, warnings):
    assert list(parse(HEAD + MONEY.format(unit) + fields).warnings) == warnings


def test_a_year_before_the_first_that_is_reported_on_is_no_day_to_reach_a_target():
    text = _count("due_year = 2023\ntargets = [{ low = 5 }]\n").replace("annual", "by_year")
    assert _refused(text) == (
        "Dòng 16: chỉ tiêu 1 có “due_year” là 2023, trước năm báo cáo đầu tiên 2024."
    )
    assert parse(text.replace("due_year = 2023", "due_year = 2024")).indicators[0].due_year == 2024
    # nor is the last year of the term, after the last that is reported on, refused
    assert parse(text.replace("due_year = 2023", "due_year = 2028")).indicators[0].due_year == 2028


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        ("low = 6", "low = 5", ("6 người", "5 người")),
        ("low = 5", "low = 5", None),
        ('operator = ">", low = 5', "low = 5", ("trên 5 người", "5 người")),
        ('operator = ">", low = 4', "low = 5", None),
        ("low = 6", 'operator = ">", low = 5', ("6 người", "trên 5 người")),
        ("low = 5", 'operator = ">", low = 5', None),
        (
            'operator = "range", low = 6, high = 9',
            'operator = "range", low = 5, high = 9',
            ("6 người", "5 người"),
        ),
        ('operator = "range", low = 6, high = 9', "low = 5", ("6 người", "5 người")),
        ("low = 6", 'operator = "range", low = 5, high = 9', ("6 người", "5 người")),
        ("low = 6", 'operator = "<=", high = 5', None),
    ],
)
def test_a_part_that_has_to_be_more_than_its_whole_is_warned_about(part, whole, told):
    below = COUNT.replace('code = "1"', 'code = "1a"\nparent = "1"')
    text = _count(f"targets = [{{ {whole} }}]\n") + f"{below}targets = [{{ {part} }}]\n"
    found = list(parse(text).warnings)
    if told is None:
        assert found == []
    else:
        assert found == [
            f"Dòng 26: chỉ tiêu 1a có mức phấn đấu {told[0]}, cao hơn {told[1]} của chỉ tiêu “1” mà"
            " nó là một phần."
        ]
