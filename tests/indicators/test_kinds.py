"""Each kind: how it counts, what it refuses, how it writes. A new kind is one row here."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators import kinds
from indicators.aggregation import Goal, Operator, Total

COUNTED = [
    ("share_of_people", {"done": 45, "total": 50}, (45, 50), "45/50 = 90%"),
    ("share_of_people", {"done": 0, "total": 7}, (0, 7), "0/7 = 0%"),
    ("share_of_unions", {"done": "yes", "paper": "12/QC"}, (1, 1), "Có (12/QC)"),
    ("share_of_unions", {"done": "no", "paper": ""}, (0, 1), "Không"),
    ("average_per_union", {"number": 1234}, (1234, 1), "1.234"),
    ("average_per_union", {"number": 0}, (0, 1), "0"),
    ("own_grade", {"grade": "good"}, (3, 1), "Hoàn thành tốt nhiệm vụ"),
    ("own_grade", {"grade": "excellent"}, (4, 1), "Hoàn thành xuất sắc nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "excellent"}, (1, 1), "Hoàn thành xuất sắc nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "good"}, (1, 1), "Hoàn thành tốt nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "completed"}, (0, 1), "Hoàn thành nhiệm vụ"),
    ("share_of_unions_rated", {"grade": "not_completed"}, (0, 1), "Không hoàn thành nhiệm vụ"),
    (
        "plan_fulfilment",
        {"collected": 1_050_000_000, "assigned": 1_000_000_000},
        (1_050_000_000, 1_000_000_000),
        "1.050.000.000/1.000.000.000 = 105%",
    ),
]


@pytest.mark.parametrize(("code", "answers", "pair", "written"), COUNTED)
def test_an_answer_is_counted_as_a_pair_and_written(code, answers, pair, written):
    kind = kinds.REGISTRY[code]
    kind.check(answers)
    assert kind.count(answers) == tuple(map(Decimal, pair))
    assert kind.written(answers) == written


def test_the_table_has_a_row_for_every_kind():
    assert {row[0] for row in COUNTED} == set(kinds.REGISTRY)
    assert [code for code, _ in kinds.choices()] == list(kinds.REGISTRY)


@pytest.mark.parametrize(
    ("code", "answers", "field", "sentence"),
    [
        ("share_of_people", {"done": 8, "total": 7}, "done", "không thể lớn hơn tổng số người"),
        ("share_of_unions", {"done": "yes", "paper": ""}, "paper", "cần ghi số, ký hiệu văn bản"),
    ],
)
def test_answers_that_contradict_each_other_are_refused_at_their_field(
    code, answers, field, sentence
):
    with pytest.raises(ValidationError) as refusal:
        kinds.REGISTRY[code].check(answers)
    assert list(refusal.value.message_dict) == [field]
    assert sentence in refusal.value.message_dict[field][0]


@pytest.mark.parametrize(
    ("code", "goal", "text"),
    [
        ("share_of_people", Goal(Operator.AT_LEAST, Decimal("0.85")), "≥ 85%"),
        ("average_per_union", Goal(Operator.AT_LEAST, Decimal(1)), "≥ 1"),
        ("own_grade", Goal(Operator.AT_LEAST, Decimal(3)), "≥ Hoàn thành tốt nhiệm vụ"),
        ("plan_fulfilment", Goal(Operator.RANGE, Decimal("0.45"), Decimal("0.5")), "45% – 50%"),
        ("share_of_people", Goal(Operator.AT_MOST, None, Decimal("0.05")), "≤ 5%"),
    ],
)
def test_a_target_is_written_in_the_terms_of_its_kind(code, goal, text):
    assert kinds.REGISTRY[code].goal_text(goal) == text


def test_a_value_just_short_of_its_target_is_never_written_as_reached():
    kind = kinds.REGISTRY["share_of_people"]
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
