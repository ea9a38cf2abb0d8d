"""The kinds of other unions' programmes: what each wording is taken to ask for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators import kinds
from indicators.programme_file import IndicatorSpec, LeastSpec, TargetSpec, parse, write
from indicators.programme_reader import read
from indicators.programme_reader.proposals import SHAPES, propose

STATE = ("agency", "public_service_full", "public_service_partial", "state_enterprise")
OTHERS = ("non_state", "non_public")


def indicators_of(*lines: str, heading: str = "1. Hằng năm") -> tuple[IndicatorSpec, ...]:
    listed = "".join(f"- {line}\n" for line in lines)
    head = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n"
    return read(f"{head}{heading}\n{listed}".encode()).spec.indicators


def target(operator: str, low: str | None = None, high: str | None = None) -> TargetSpec:
    return TargetSpec(operator, low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("wording", "heading", "kind", "unit", "goal"),
    [
        ("Kết nạp mới 1.500 đoàn viên.", "annual", "count_per_year", "người", (">=", "1500")),
        ("Kết nạp mới 1.500 đoàn viên.", "term", "count_over_term", "người", (">=", "1500")),
        (
            "Kết nạp mới từ 200 đến 250 đoàn viên mỗi năm.",
            "term",
            "count_per_year",
            "người",
            ("range", "200", "250"),
        ),
        ("Thành lập mới 10 CĐCS.", "term", "count_over_term", "CĐCS", (">=", "10")),
        ("Tổ chức ít nhất 05 cuộc đối thoại.", "annual", "count_per_year", "cuộc", (">=", "5")),
        ("Không quá 2 vụ tranh chấp.", "annual", "count_per_year", "vụ", ("<=", None, "2")),
        ("Có trên 100 sáng kiến.", "annual", "count_per_year", "sáng kiến", (">", "100")),
        ("Xây dựng 12 mái ấm công đoàn.", "term", "count_over_term", "mái ấm", (">=", "12")),
        ("Khám sức khỏe 800 lượt người.", "annual", "count_per_year", "lượt người", (">=", "800")),
        ("Giám sát ít nhất 02 cuộc/năm.", "term", "count_per_year", "cuộc", (">=", "2")),
        ("Mở 4 lớp tập huấn.", "annual", "count_per_year", "lớp", (">=", "4")),
        (
            "Vận động ủng hộ 500 triệu đồng.",
            "annual",
            "amount_of_money",
            "triệu đồng",
            (">=", "500000000"),
        ),
        (
            "Vận động từ 1,5 đến 2 tỷ đồng.",
            "annual",
            "amount_of_money",
            "tỷ đồng",
            ("range", "1500000000", "2000000000"),
        ),
        ("Mỗi CĐCS có ít nhất 1 sáng kiến.", "annual", "minimum_per_union", None, (">=", "1")),
        (
            "Bình quân mỗi CĐCS có ít nhất 1 sáng kiến.",
            "annual",
            "average_per_union",
            None,
            (">=", "1"),
        ),
        (
            "Trợ lý ảo được sử dụng thành thạo.",
            "term",
            "milestone",
            "",
            (">=", "1"),
        ),
    ],
)
def test_numbers_money_and_milestones_are_proposed_as_such(wording, heading, kind, unit, goal):
    titles = {"annual": "1. Hằng năm", "term": "1. Đến hết nhiệm kỳ"}
    (spec,) = indicators_of(wording, heading=titles[heading])
    assert (spec.kind, spec.targets) == (kind, (target(*goal),))
    assert unit in (None, spec.unit)


def test_what_the_province_alone_does_it_answers_itself():
    own = "Công đoàn Viên chức tỉnh kiểm tra ít nhất 5 cuộc."
    founded, checked, milestone, counted = indicators_of(
        "Thành lập 10 CĐCS.", own, "Phần mềm được sử dụng thành thạo.", "Tổ chức 5 cuộc thi."
    )
    for spec in (founded, checked, milestone):
        assert (spec.audience, spec.denominator) == ("province", "own")
    assert (counted.audience, counted.denominator) == ("grassroots", "reported")


@pytest.mark.parametrize(
    ("wording", "heading", "horizon", "due_year"),
    [
        ("Đến năm 2027, 70% CĐCS có trang tin.", "1. Hằng năm", "by_year", 2027),
        ("70% CĐCS có trang tin đến năm 2026.", "1. Hằng năm", "by_year", 2026),
        ("70% CĐCS có trang tin.", "1. Đến năm 2027", "by_year", 2027),
        ("70% CĐCS có trang tin.", "1. Đến năm 2028", "term", None),
        ("70% CĐCS có trang tin.", "1. Đến hết nhiệm kỳ", "term", None),
        ("Hằng năm, 70% CĐCS có trang tin.", "1. Đến năm 2027", "annual", None),
        ("Đến năm 2035, 70% CĐCS có trang tin.", "1. Hằng năm", "term", None),
        ("90% CĐCS, đến năm 2027, có trang tin.", "1. Hằng năm", "annual", None),
    ],
)
def test_by_when_is_read_from_the_wording_before_the_heading(wording, heading, horizon, due_year):
    (spec,) = indicators_of(wording, heading=heading)
    assert (spec.horizon, spec.due_year) == (horizon, due_year)
    assert spec.years == ("" if horizon == "annual" else "last")


@pytest.mark.parametrize(
    ("wording", "targets"),
    [
        (
            "100% CĐCS khu vực nhà nước và ít nhất 85% CĐCS khu vực ngoài nhà nước ký giao ước.",
            [
                ("Khu vực nhà nước", STATE, ">=", "1"),
                ("Khu vực ngoài nhà nước", OTHERS, ">=", "0.85"),
            ],
        ),
        (
            "80% đơn vị sự nghiệp công lập, 90% doanh nghiệp nhà nước, trên 70% doanh nghiệp ngoài"
            " nhà nước có thỏa ước.",
            [
                (
                    "Đơn vị sự nghiệp công lập",
                    ("public_service_full", "public_service_partial"),
                    ">=",
                    "0.8",
                ),
                ("Doanh nghiệp nhà nước", ("state_enterprise",), ">=", "0.9"),
                ("Doanh nghiệp ngoài nhà nước", ("non_state",), ">", "0.7"),
            ],
        ),
        (
            "Ít nhất 98% CĐCS ngoài công lập tổ chức hội nghị.",
            [("Ngoài công lập", ("non_public",), ">=", "0.98")],
        ),
        (
            "100% cơ quan, đơn vị sự nghiệp công lập; 70% doanh nghiệp tổ chức đối thoại.",
            [
                (
                    "Đơn vị sự nghiệp công lập, Cơ quan",
                    ("public_service_full", "public_service_partial", "agency"),
                    ">=",
                    "1",
                ),
                ("Doanh nghiệp ngoài nhà nước", ("non_state",), ">=", "0.7"),
            ],
        ),
    ],
)
def test_each_sector_has_a_target_of_its_own(wording, targets):
    (spec,) = indicators_of(wording)
    assert spec.kind == "share_of_unions"
    assert [(one.group, one.types, one.operator, one.low) for one in spec.targets] == [
        (group, types, operator, Decimal(low)) for group, types, operator, low in targets
    ]


@pytest.mark.parametrize(
    "wording",
    [
        "90% đoàn viên được học chính sách, pháp luật của Nhà nước.",
        "80% cơ quan có quy chế dân chủ.",
        "100% cán bộ quản lý nhà nước được tập huấn.",
    ],
)
def test_the_state_in_passing_is_no_sector(wording):
    (spec,) = indicators_of(wording)
    assert [one.group for one in spec.targets] == [""]


def test_a_part_stands_beneath_and_shares_the_question_of_the_same_grades():
    rated, excellent, reached, direct = indicators_of(
        "80% CĐCS hoàn thành tốt nhiệm vụ trở lên, trong đó 20% hoàn thành xuất sắc nhiệm vụ.",
        "95% đoàn viên được học luật, trong đó ít nhất 50% học trực tiếp.",
    )
    assert (rated.parent, rated.grade, excellent.grade) == ("", "", "excellent")
    assert (excellent.parent, excellent.shares_answer) == (rated.code, True)
    assert (direct.kind, direct.parent, direct.shares_answer) == (
        "share_of_people",
        reached.code,
        False,
    )


@pytest.mark.parametrize(
    ("wording", "condition"),
    [
        ("90% đoàn viên trên tổng số đăng ký được tập huấn.", "đăng ký được tập huấn"),
        ("100% CĐCS đủ điều kiện tổ chức đại hội.", "đủ điều kiện"),
        ("100% đoàn viên được tư vấn khi có nhu cầu.", "có nhu cầu"),
        ("100% đoàn viên được tư vấn.", ""),
    ],
)
def test_who_is_counted_is_kept_in_the_document_s_words(wording, condition):
    (spec,) = indicators_of(wording)
    assert (spec.condition, spec.not_arising) == (condition, bool(condition))


def test_numbers_that_decide_are_asked():
    (spec,) = indicators_of("70% doanh nghiệp từ 25 lao động trở lên có bữa ăn ca từ 15.000 đồng.")
    assert spec.kind == "share_of_unions"
    assert spec.targets == (target(">=", "0.7"),)
    assert spec.condition == "từ 25 lao động trở lên"
    assert spec.basis == LeastSpec("Số lao động", 25)
    assert spec.threshold == LeastSpec("Mức đạt được (đồng)", 15000)


def test_what_is_proposed_can_be_loaded():
    specs = indicators_of(
        "Kết nạp mới 1.500 đoàn viên.",
        "Đến năm 2027, 100% CĐCS khu vực nhà nước và 85% CĐCS ngoài nhà nước có trang tin.",
        "80% CĐCS hoàn thành tốt nhiệm vụ, trong đó 20% hoàn thành xuất sắc nhiệm vụ.",
        "70% doanh nghiệp từ 25 lao động trở lên có bữa ăn ca từ 15.000 đồng.",
        "Vận động 500 triệu đồng.",
        "Thu kinh phí công đoàn đạt 5 tỷ đồng.",
        "Mỗi CĐCS có ít nhất 1 sáng kiến.",
        "Trợ lý ảo được sử dụng thành thạo.",
        "Công đoàn Viên chức tỉnh tổ chức 5 cuộc kiểm tra.",
    )
    text = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nSố: 01/CTr-CĐVC\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n- 1 lớp.\n"
    spec = replace(read(text.encode()).spec, number="1", issuer="CĐVC", indicators=specs)
    assert parse(write(spec, kinds.REGISTRY), kinds.REGISTRY) == spec


def test_every_kind_that_is_proposed_is_one_that_there_is():
    assert set(SHAPES) == set(kinds.REGISTRY)
    for code, shape in SHAPES.items():
        assert shape.denominator == "own" or not kinds.REGISTRY[code].own_only
    assert propose("1", "annual", "Không có gì").targets == ()
