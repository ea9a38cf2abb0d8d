"""Each kind: how it counts, what it refuses, how it writes. A new kind is one row here."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators import kinds
from indicators.aggregation import Goal, Operator, Total
from indicators.kinds import Definition, Least
from indicators.kinds.amount_of_money import known_unit, per_unit

COLLECTED = 1_050_000_000

COUNTED = [
    ("share_of_people", {"done": 45, "total": 50}, (45, 50), "45/50 = 90%"),
    ("share_of_people", {"done": 0, "total": 7}, (0, 7), "0/7 = 0%"),
    ("share_of_unions", {"done": "yes", "paper": "12/QC"}, (1, 1), "Có (12/QC)"),
    ("share_of_unions", {"done": "no", "paper": ""}, (0, 1), "Không"),
    ("average_per_union", {"number": 1234}, (1234, 1), "1.234"),
    ("average_per_union", {"number": 0}, (0, 1), "0"),
    ("minimum_per_union", {"number": 2}, (2, 1), "2"),
    ("count_per_year", {"number": 1500}, (1500, 1), "1.500"),
    ("count_over_term", {"number": 12}, (12, 1), "12"),
    ("amount_of_money", {"amount": 2_500_000}, (2_500_000, 1), "2.500.000 đồng"),
    ("milestone", {"reached": "yes", "because": "QĐ 5"}, (1, 1), "Đã đạt: QĐ 5"),
    ("milestone", {"reached": "no", "because": "Chưa tập huấn"}, (0, 1), "Chưa đạt: Chưa tập huấn"),
    ("own_grade", {"grade": "good"}, (3, 1), "Hoàn thành tốt nhiệm vụ"),
    ("own_grade", {"grade": "excellent"}, (4, 1), "Hoàn thành xuất sắc nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "excellent"}, (1, 1), "Hoàn thành xuất sắc nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "good"}, (1, 1), "Hoàn thành tốt nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "completed"}, (0, 1), "Hoàn thành nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "not_completed"}, (0, 1), "Không hoàn thành nhiệm vụ"),
    (
        "plan_fulfilment",
        {"collected": COLLECTED, "assigned": 1_000_000_000},
        (COLLECTED, 1_000_000_000),
        "1.050.000.000/1.000.000.000 = 105%",
    ),
]

# the same kinds in an indicator's own words
DEFINED = [
    (
        "share_of_unions",
        Definition(threshold=Least("Mức ăn ca (đồng)", 15_000)),
        {"number": 15_000},
        (1, 1),
        "Đạt (15.000)",
    ),
    (
        "share_of_unions",
        Definition(threshold=Least("Mức ăn ca (đồng)", 15_000)),
        {"number": 14_999},
        (0, 1),
        "Chưa đạt (14.999)",
    ),
    ("share_of_unions_rated", Definition(grade_code="excellent"), {"grade": "good"}, (0, 1), None),
    (
        "share_of_unions_rated",
        Definition(grade_code="excellent"),
        {"grade": "excellent"},
        (1, 1),
        None,
    ),
    ("share_of_unions_rated", Definition(scale_code="2014"), {"grade": "fair"}, (0, 1), "Khá"),
    (
        "share_of_unions_rated",
        Definition(scale_code="2014"),
        {"grade": "strong"},
        (1, 1),
        "Vững mạnh",
    ),
    ("own_grade", Definition(scale_code="2014"), {"grade": "fair"}, (3, 1), "Khá"),
    (
        "amount_of_money",
        Definition(unit="triệu đồng"),
        {"amount": 2_500_000},
        None,
        "2.500.000 đồng",
    ),
    ("amount_of_money", Definition(unit="triệu đồng"), {"amount": 1_500}, None, "1.500 đồng"),
]


def _kind(code: str, **words) -> kinds.Kind:
    return kinds.REGISTRY[code](Definition(**words))


@pytest.mark.parametrize(("code", "answers", "pair", "written"), COUNTED)
def test_an_answer_is_counted_as_a_pair_and_written(code, answers, pair, written):
    kind = kinds.REGISTRY[code]()
    kind.check(answers)
    assert kind.count(answers) == tuple(map(Decimal, pair))
    assert kind.written(answers) == written
    assert set(kind.fields()) == set(answers)


@pytest.mark.parametrize(("code", "definition", "answers", "pair", "written"), DEFINED)
def test_an_indicator_counts_and_writes_in_its_own_terms(code, definition, answers, pair, written):
    kind = kinds.REGISTRY[code](definition)
    kind.check(answers)
    assert set(kind.fields()) == set(answers)
    assert pair is None or kind.count(answers) == tuple(map(Decimal, pair))
    assert written is None or kind.written(answers) == written


def test_the_table_has_a_row_for_every_kind():
    assert {row[0] for row in COUNTED} == set(kinds.REGISTRY)
    assert [code for code, _ in kinds.choices()] == list(kinds.REGISTRY)
    assert len(kinds.REGISTRY) == 11


@pytest.mark.parametrize(
    ("code", "words", "labels"),
    [
        ("count_per_year", {"unit": "cuộc"}, {"number": "Số lượng (cuộc)"}),
        ("count_over_term", {"unit": "sáng kiến"}, {"number": "Số lượng (sáng kiến)"}),
        ("average_per_union", {"unit": "đoàn viên/CĐCS"}, {"number": "Số lượng (đoàn viên)"}),
        ("minimum_per_union", {"unit": "buổi"}, {"number": "Số lượng (buổi)"}),
        ("minimum_per_union", {}, {"number": "Số lượng"}),
        (
            "count_per_year",
            {"labels": (("number", "Số cuộc đối thoại"), ("unknown", "Không có"))},
            {"number": "Số cuộc đối thoại"},
        ),
        (
            "count_per_year",
            {"unit": "vụ", "basis": Least("Số lao động", 25), "condition": "đơn vị đông"},
            {"basis": "Số lao động", "number": "Số lượng (vụ)"},
        ),
        (
            "share_of_unions",
            {"threshold": Least("Mức ăn ca (đồng)", 15_000)},
            {"number": "Mức ăn ca (đồng)"},
        ),
    ],
)
def test_questions_are_asked_in_the_indicators_words(code, words, labels):
    fields = _kind(code, **words).fields()
    assert {name: field.label for name, field in fields.items()} == labels


@pytest.mark.parametrize(
    ("workers", "why"),
    [
        (0, "Số lao động: 0, dưới 25"),
        (24, "Số lao động: 24, dưới 25"),
        (25, ""),
        (26, ""),
    ],
)
def test_a_number_below_its_limit_leaves_the_denominator(workers, why):
    kind = _kind("count_per_year", basis=Least("Số lao động", 25), condition="đơn vị đông")
    assert kind.outside({"basis": workers, "number": 1}) == why


@pytest.mark.parametrize(
    ("code", "words", "reason", "written"),
    [
        ("average_per_union", {}, "Không có ai", "Không phát sinh (Không có ai)"),
        (
            "average_per_union",
            {"condition": "CĐCS có quần chúng"},
            "CĐCS có quần chúng",
            "Không có đối tượng để tính (điều kiện: CĐCS có quần chúng)",
        ),
        (
            "average_per_union",
            {"condition": "CĐCS có quần chúng"},
            "Toàn đảng viên",
            "Không có đối tượng để tính (điều kiện: CĐCS có quần chúng; Toàn đảng viên)",
        ),
        (
            "share_of_unions_rated",
            {},
            "Mới thành lập",
            "Chưa đủ điều kiện xếp loại (Mới thành lập)",
        ),
    ],
)
def test_what_leaves_the_denominator_is_called_by_its_condition(code, words, reason, written):
    assert _kind(code, **words).left(reason) == written


@pytest.mark.parametrize(
    ("code", "words", "answers", "field", "sentence"),
    [
        (
            "share_of_people",
            {},
            {"done": 8, "total": 7},
            "done",
            "Số người đạt không thể lớn hơn tổng số người. Nếu đã cộng lượt người, hãy đếm mỗi"
            " người một lần.",
        ),
        (
            "share_of_people",
            {"labels": (("done", "Nữ CNVC được khám"), ("total", "Nữ CNVC của đơn vị"))},
            {"done": 8, "total": 7},
            "done",
            "Nữ CNVC được khám không thể lớn hơn nữ CNVC của đơn vị. Nếu đã cộng lượt người, hãy"
            " đếm mỗi người một lần.",
        ),
        (
            "share_of_unions",
            {},
            {"done": "yes", "paper": ""},
            "paper",
            "Trả lời “Có” cần ghi số, ký hiệu văn bản, ví dụ 12/QC-CĐCS.",
        ),
    ],
)
def test_answers_that_contradict_each_other_are_refused_at_their_field(
    code, words, answers, field, sentence
):
    with pytest.raises(ValidationError) as refusal:
        _kind(code, **words).check(answers)
    assert refusal.value.message_dict == {field: [sentence]}


@pytest.mark.parametrize(
    ("code", "words", "goal", "text"),
    [
        ("share_of_people", {}, Goal(Operator.AT_LEAST, Decimal("0.85")), "≥ 85%"),
        ("share_of_people", {}, Goal(Operator.ABOVE, Decimal("0.5")), "> 50%"),
        ("share_of_people", {}, Goal(Operator.AT_MOST, None, Decimal("0.05")), "≤ 5%"),
        ("average_per_union", {}, Goal(Operator.AT_LEAST, Decimal(1)), "≥ 1"),
        ("minimum_per_union", {}, Goal(Operator.EQUAL, Decimal(2)), "= 2"),
        ("count_per_year", {}, Goal(Operator.RANGE, Decimal(200), Decimal(250)), "200 – 250"),
        ("own_grade", {}, Goal(Operator.AT_LEAST, Decimal(3)), "Hoàn thành tốt nhiệm vụ trở lên"),
        (
            "own_grade",
            {"scale_code": "2014"},
            Goal(Operator.AT_LEAST, Decimal(4)),
            "Vững mạnh trở lên",
        ),
        ("plan_fulfilment", {}, Goal(Operator.RANGE, Decimal("0.45"), Decimal("0.5")), "45% – 50%"),
        (
            "amount_of_money",
            {"unit": "triệu đồng"},
            Goal(Operator.AT_LEAST, Decimal(50_000_000)),
            "≥ 50",
        ),
        ("milestone", {}, Goal(Operator.AT_LEAST, Decimal(1)), "Đạt"),
    ],
)
def test_a_target_is_written_in_the_terms_of_its_kind(code, words, goal, text):
    assert _kind(code, **words).goal_text(goal) == text


def test_a_value_just_short_of_its_target_is_never_written_as_reached():
    kind = _kind("share_of_people")
    total = Total(Decimal(84996), Decimal(100000), 1, 1)
    goal = Goal(Operator.AT_LEAST, Decimal("0.85"))
    assert str(kind.quantity(kind.value(total), goal)) == "84,996%"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234", 1234),
        ("1 234", 1234),
        ("0", 0),
        ("12", 12),
        (" 7 ", 7),
        ("999.999.999.999.999", 10**15 - 1),
    ],
)
def test_a_whole_number_is_read_as_offices_type_it(typed, number):
    assert kinds.questions.WholeNumberField().clean(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "12a",
        "-1",
        "1,5",
        "1.234,5",
        "1,234.5",
        "12345678901234567890",
        "1000000000000000",
        "",
        "1e5",
    ],
)
def test_what_is_no_whole_number_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError) as refusal:
        kinds.questions.WholeNumberField().clean(typed)
    (sentence,) = refusal.value.messages
    assert sentence[0].isupper() or sentence.startswith("“")
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("kind", "unit", "counted_in"),
    [
        ("share_of_people", "%", "người"),
        ("share_of_unions", "%", "đơn vị"),
        ("share_of_unions_rated", "%", "đơn vị"),
        ("average_per_union", "quần chúng/CĐCS", "quần chúng"),
        ("minimum_per_union", "cuộc / CĐCS", "cuộc"),
        ("count_per_year", "cuộc", "cuộc"),
        ("count_over_term", "vụ", "vụ"),
        ("amount_of_money", "triệu đồng", "đồng"),
        ("plan_fulfilment", "%", "đồng"),
    ],
)
def test_what_is_missing_is_counted_in_what_the_kind_counts(kind, unit, counted_in):
    assert kinds.REGISTRY[kind](Definition(unit=unit)).missing_unit == counted_in


@pytest.mark.parametrize(
    ("unit", "per"),
    [
        ("đồng", 1),
        ("nghìn đồng", 10**3),
        ("Ngàn đồng", 10**3),
        ("triệu đồng", 10**6),
        ("Triệu đồng", 10**6),
        ("triệu  đồng ", 10**6),
        ("tỷ đồng", 10**9),
        ("tỉ đồng", 10**9),
        ("TỶ ĐỒNG", 10**9),
    ],
)
def test_a_unit_of_money_is_known_however_it_is_spelled(unit, per):
    assert (known_unit(unit), per_unit(unit)) == (True, per)
    assert str(_kind("amount_of_money", unit=unit).quantity(5 * per)) == "5"


@pytest.mark.parametrize("unit", ["", "USD", "trăm triệu đồng", "người"])
def test_another_unit_is_no_unit_of_money(unit):
    assert (known_unit(unit), per_unit(unit)) == (False, 1)


@pytest.mark.parametrize(
    ("asks", "least", "told"),
    [
        ("Giá trị bữa ăn ca (đồng)", 15_000, "Giá trị bữa ăn ca từ 15.000 đồng trở lên"),
        ("Số bản", 3, "Số bản từ 3 trở lên"),
        ("Số lớp (tập huấn) đã mở", 2, "Số lớp (tập huấn) đã mở từ 2 trở lên"),
    ],
)
def test_a_threshold_is_told_in_the_words_of_its_question(asks: str, least: int, told: str):
    words = kinds.Definition(threshold=kinds.Least(asks, least))
    kind = kinds.REGISTRY["share_of_unions"](words)
    assert (kind.reached_when, kind.told_threshold) == (told, f"; đạt khi {told}")
    assert kinds.REGISTRY["share_of_unions"]().told_threshold == ""


@pytest.mark.parametrize(
    "condition",
    ["đủ điều kiện", "khi có nhu cầu", "trên tổng số đăng ký", "đơn vị từ 25 lao động"],
)
def test_a_condition_stands_as_it_is_wherever_it_is_told(condition: str):
    kind = _kind("share_of_people", condition=condition)
    assert kind.leaves_as == f"Không có đối tượng để tính (điều kiện: {condition})"
    assert kind.left(condition) == kind.leaves_as
    assert kind.left("Không ai xin") == (
        f"Không có đối tượng để tính (điều kiện: {condition}; Không ai xin)"
    )
    assert kind.told_condition == f", điều kiện tính: {condition}"
    assert _kind("share_of_people").told_condition == ""
