"""Numbers as offices write and type them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unions.quantities import NotANumber, Quantity, Style, read_number

D = Decimal
MONEY, NUMBER, PERCENT = Style.MONEY, Style.NUMBER, Style.PERCENT

numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
shares = st.fractions(min_value=0, max_value=2, max_denominator=2000).map(
    lambda share: D(share.numerator) / D(share.denominator)
)
cents = st.integers(min_value=-(10**15), max_value=10**15).map(lambda n: D(n).scaleb(-2))


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (0, NUMBER, "0"),
        (7, NUMBER, "7"),
        (999, NUMBER, "999"),
        (1000, NUMBER, "1.000"),
        (1234567, NUMBER, "1.234.567"),
        (-1234, NUMBER, "-1.234"),
        (D("3.0"), NUMBER, "3"),
        (D("1E+3"), NUMBER, "1.000"),
        (D("1.5"), NUMBER, "1,50"),
        (D("1234.5"), NUMBER, "1.234,50"),
        (D("1.005"), NUMBER, "1,01"),
        (D("1.0049"), NUMBER, "1,00"),
        (D("-1.005"), NUMBER, "-1,01"),
        (D("-0.001"), NUMBER, "0,00"),
        (D("0.8525"), PERCENT, "85,25%"),
        (D("0.855"), PERCENT, "85,50%"),
        (D("0.89"), PERCENT, "89%"),
        (1, PERCENT, "100%"),
        (0, PERCENT, "0%"),
        (D("12.3456"), PERCENT, "1.234,56%"),
        (D("0.849999"), PERCENT, "85,00%"),
        (D(1) / 3, PERCENT, "33,33%"),
        (D(2) / 3, PERCENT, "66,67%"),
        (1234567, MONEY, "1.234.567"),
        (D("1234567.5"), MONEY, "1.234.568"),
        (123456789012345678, MONEY, "123.456.789.012.345.678"),
        (None, NUMBER, "–"),
        (None, PERCENT, "–"),
    ],
)
def test_a_quantity_is_written_as_offices_write_it(value, style, written):
    assert str(Quantity(value, style)) == written


@pytest.mark.parametrize(
    ("value", "target", "style", "written"),
    [
        (D("0.84996"), D("0.85"), PERCENT, "84,996%"),
        (D("0.849999"), D("0.85"), PERCENT, "84,9999%"),
        (D("0.8499999996"), D("0.85"), PERCENT, "84,99999996%"),
        (D("0.84994"), D("0.85"), PERCENT, "84,99%"),
        (D("0.85"), D("0.85"), PERCENT, "85%"),
        (D("0.850001"), D("0.85"), PERCENT, "85,0001%"),
        (D("0.999"), 1, PERCENT, "99,90%"),
        (D("0.99999"), D(1), PERCENT, "99,999%"),
        (D("0.8333"), D("0.83333"), PERCENT, "83,33%"),
        (D("0.83333"), D("0.8333"), PERCENT, "83,333%"),
        (D("0.996"), D(1), NUMBER, "0,996"),
        (D("0.994"), D(1), NUMBER, "0,99"),
        (D("1999999.5"), D(2000000), MONEY, "1.999.999,5"),
        (D("-0.001"), D(0), NUMBER, "-0,001"),
        # a target that was shared out need not end: what equals it does not go on for ever
        (Fraction(5, 6), Fraction(5, 6), PERCENT, "83,33%"),
    ],
)
def test_rounding_never_moves_a_quantity_across_its_target(value, target, style, written):
    assert str(Quantity(value, style, target=target)) == written


def test_a_grade_is_written_by_its_name():
    assert str(Quantity(2, Style.GRADE, text="Tốt")) == "Tốt"


def test_floats_and_infinities_are_refused():
    with pytest.raises(TypeError):
        Quantity(0.85, PERCENT)
    with pytest.raises(ValueError, match="finite"):
        Quantity(D("NaN"))


def refusal_of(typed: str) -> str:
    """The sentence that refuses the text; a full stop if it is read as a number."""
    try:
        return "." if read_number(typed).is_finite() else ""
    except NotANumber as refusal:
        return str(refusal)


@given(cents)
def test_what_is_written_is_read_as_the_same_number(value):
    assert read_number(str(Quantity(value))) == value


@given(numbers, numbers)
def test_a_greater_number_is_never_written_as_a_smaller_one(one, other):
    low, high = sorted((one, other))
    assert read_number(str(Quantity(low))) <= read_number(str(Quantity(high)))


@given(numbers)
def test_two_decimals_are_at_most_half_a_hundredth_away(value):
    assert abs(Fraction(read_number(str(Quantity(value)))) - Fraction(value)) <= Fraction(1, 200)


@given(shares, shares)
def test_what_is_written_stands_to_the_target_as_the_value_does(value, target):
    written = str(Quantity(value, PERCENT, target=target))
    shown = Fraction(written.removesuffix("%").replace(".", "").replace(",", "."))
    below, above = value < target, value > target
    goal = Fraction(target) * 100
    assert (shown < goal, shown > goal) == (below, above)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0", D(0)),
        ("05", D(5)),
        ("85", D(85)),
        ("85,5", D("85.5")),
        ("85.5", D("85.5")),
        ("85,50", D("85.5")),
        ("1.234", D(1234)),
        ("1.2345", D("1.2345")),
        ("1,2345", D("1.2345")),
        ("0.125", D("0.125")),
        ("0,125", D("0.125")),
        ("1.234,5", D("1234.5")),
        ("1.234,567", D("1234.567")),
        ("1,234.5", D("1234.5")),
        ("1,234.567", D("1234.567")),
        ("1.234.567", D(1234567)),
        ("1,234,567", D(1234567)),
        ("1.234.567,89", D("1234567.89")),
        ("1,234,567.89", D("1234567.89")),
        ("1234,567", D("1234.567")),
        ("1 234", D(1234)),
        ("1\u00a0234", D(1234)),
        ("1\u202f234\u2009567", D(1234567)),
        ("1 234,5", D("1234.5")),
        ("1 234.5", D("1234.5")),
        ("  85,5\t", D("85.5")),
        ("-5", D(-5)),
        ("−5", D(-5)),
        ("–5,5", D("-5.5")),
        ("８５，５", D("85.5")),
        ("123.456.789.012.345.678", D(123456789012345678)),
    ],
)
def test_what_offices_type_is_read_exactly(typed, read):
    assert read_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1,234", "1.234 hoặc 1,2340"),
        ("-1,234", "-1.234 hoặc -1,2340"),
        ("12,000", "12.000 hoặc 12,0000"),
        ("1234.567", "1.234.567 hoặc 1.234,5670"),
        ("1 234,567", "1.234.567 hoặc 1.234,5670"),
        ("1 234.567", "1.234.567 hoặc 1.234,5670"),
    ],
)
def test_what_could_be_two_numbers_is_asked_back_not_guessed(typed, advice):
    with pytest.raises(NotANumber) as refusal:
        read_number(typed)
    assert str(refusal.value) == f"“{typed}” có thể hiểu là hai số: hãy viết {advice}."


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "8S",
        "12a",
        "1e5",
        "1.23.4",
        "1.234.56",
        "01.234",
        "0.234.567",
        "1.234,",
        ",5",
        "5,",
        ".",
        "1,2,3",
        "1 23",
        "1  234",
        "1.234 567",
        "1,5.5",
        "--5",
        "- 5",
        "+5",
        "5-",
        "²",
        "١٢",
        "½",
        "NaN",
        "Infinity",
        "1_000",
        "0x1F",
        "5 người",
        "\x00",
    ],
)
def test_what_is_no_number_is_named_with_an_example(typed):
    with pytest.raises(NotANumber) as refusal:
        read_number(typed)
    named = " ".join(typed.split())
    assert str(refusal.value) == f"“{named}” không phải là số: hãy viết như 1.234 hoặc 85,5."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Chưa nhập số: hãy viết như 1.234 hoặc 85,5."),
        (" \u00a0 ", "Chưa nhập số: hãy viết như 1.234 hoặc 85,5."),
        ("–", "Chưa nhập số: hãy viết như 1.234 hoặc 85,5."),
        ("85%", "“85%”: hãy bỏ dấu % và chỉ viết số, ví dụ 85,5."),
        ("1" * 19, f"“{'1' * 19}” có quá 18 chữ số: hãy kiểm tra lại."),
        ("9" * 5000, f"“{'9' * 40}…” có quá 18 chữ số: hãy kiểm tra lại."),
        ("x" * 5000, f"“{'x' * 40}…” không phải là số: hãy viết như 1.234 hoặc 85,5."),
    ],
)
def test_each_refusal_says_what_is_wrong(typed, sentence):
    with pytest.raises(NotANumber) as refusal:
        read_number(typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12a", "“12a” không phải là số: hãy viết như 1.234."),
        ("12%", "“12%”: hãy bỏ dấu % và chỉ viết số, ví dụ 85."),
        (" ", "Chưa nhập số: hãy viết như 1.234."),
        ("1,234", "“1,234” chưa rõ: ô này chỉ nhận số nguyên, nếu đúng là vậy hãy viết 1.234."),
    ],
)
def test_where_a_whole_number_is_asked_none_but_whole_numbers_are_advised(typed, sentence):
    with pytest.raises(NotANumber) as refusal:
        read_number(typed, whole=True)
    assert str(refusal.value) == sentence
    assert read_number("1.234", whole=True) == 1234


@given(st.text())
def test_any_text_is_either_a_number_or_refused_with_a_sentence(typed):
    assert refusal_of(typed).endswith(".")


@given(st.from_regex(r"-?[1-9][0-9]{0,5}([ ][0-9]{3})?[.,][0-9]{3}", fullmatch=True))
def test_advice_for_two_readings_can_be_followed(typed):
    sentence = refusal_of(typed)
    assume("hai số" in sentence)
    whole, fraction = sentence.removesuffix(".").split("hãy viết ")[1].split(" hoặc ")
    assert read_number(whole) == read_number(whole).to_integral_value()
    assert abs(read_number(fraction)) < abs(read_number(whole))


@pytest.mark.parametrize(
    ("value", "style", "per", "written"),
    [
        (Decimal("0.849999"), Style.PERCENT, 1, "84,9999%"),
        (Decimal("0.000001"), Style.PERCENT, 1, "0,0001%"),
        (Decimal("0.85"), Style.PERCENT, 1, "85%"),
        (Decimal("0.855"), Style.PERCENT, 1, "85,50%"),
        (Decimal("1"), Style.PERCENT, 1, "100%"),
        (Decimal("1.5"), Style.NUMBER, 1, "1,50"),
        (Decimal("0.000001"), Style.NUMBER, 1, "0,000001"),
        (50_000_000, Style.MONEY, 10**6, "50"),
        (50_000_001, Style.MONEY, 10**6, "50,000001"),
        # a mean of three yearly targets does not end
        (Fraction(1000, 3), Style.NUMBER, 1, "333,33"),
        # 84,99996666…%: two decimals would say 85,00%
        (Fraction(2549999, 3000000), Style.PERCENT, 1, "84,99997%"),
    ],
)
def test_a_target_is_written_with_all_its_digits(value, style, per, written):
    assert str(Quantity(value, style, per=per, exact=True)) == written
