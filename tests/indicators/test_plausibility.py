"""What is unusual about a figure: one row a case, and what is usual beside it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import plausibility
from indicators.plausibility import CHECKS, Answered, Number, explains, unusual


def _people(now: int, last: int | None = None) -> Answered:
    return Answered(numbers=[Number("Số người", now, last)], of_people=True)


def _jump(last: int, now: int, share: str = "0.5") -> Answered:
    return Answered(numbers=[Number("Số người", now, last)], jump=Decimal(share))


def _of_workers(whole: int, headcount: int) -> Answered:
    counted = "người lao động tính đến ngày 30/11/2025"
    return Answered(pair=(1, whole), headcount=headcount, counted=counted)


# check, what was answered, the sentence (empty: nothing is unusual)
CASES = [
    # more than half up or down; exactly half is let pass
    ("jumped", _jump(100, 150), ""),
    (
        "jumped",
        _jump(100, 151),
        "Thay đổi quá 50% so với năm trước: “Số người” từ 100 thành 151.",
    ),
    ("jumped", _jump(100, 50), ""),
    ("jumped", _jump(100, 49), "Thay đổi quá 50% so với năm trước: “Số người” từ 100 thành 49."),
    (
        "jumped",
        _jump(3, 10, "2.33"),
        "Thay đổi quá 233% so với năm trước: “Số người” từ 3 thành 10.",
    ),
    ("jumped", _jump(3, 10, "2.34"), ""),
    (
        "jumped",
        _jump(1000, 1101, "0.1"),
        "Thay đổi quá 10% so với năm trước: “Số người” từ 1.000 thành 1.101.",
    ),
    ("jumped", _jump(1000, 1100, "0.1"), ""),
    # small numbers swing without a reason
    ("jumped", _jump(1, 9), ""),
    ("jumped", _jump(9, 1), ""),
    ("jumped", _jump(0, 9), ""),
    ("jumped", _jump(0, 10), "Thay đổi quá 50% so với năm trước: “Số người” từ 0 thành 10."),
    # nought has a check of its own
    ("jumped", _jump(100, 0), ""),
    ("jumped", _people(500), ""),
    (
        "jumped",
        Answered(numbers=[Number("Đạt", 80, 20), Number("Trên", 90, 88), Number("Cả", 40, 400)]),
        "Thay đổi quá 50% so với năm trước: “Đạt” từ 20 thành 80; “Cả” từ 400 thành 40.",
    ),
    ("fell_to_zero", _people(0, 10), "Năm nay bằng 0: “Số người” năm trước 10, năm nay 0."),
    ("fell_to_zero", _people(0, 9), ""),
    ("fell_to_zero", _people(0), ""),
    ("fell_to_zero", _people(1, 500), ""),
    (
        "more_than_its_whole",
        Answered(pair=(11, 1), whole=(10, 1)),
        "Phần “trong đó” là 11, lớn hơn 10 của chỉ tiêu trên.",
    ),
    ("more_than_its_whole", Answered(pair=(10, 1), whole=(10, 1)), ""),
    (
        "more_than_its_whole",
        Answered(pair=(5, 60), whole=(40, 50)),
        "Phần “trong đó” là 60, lớn hơn 50 của chỉ tiêu trên.",
    ),
    ("more_than_its_whole", Answered(pair=(5, 50), whole=(40, 50)), ""),
    ("more_than_its_whole", Answered(pair=(5, 50)), ""),
    (
        "without_its_whole",
        Answered(pair=(3, 1), whole_left="Không phát sinh"),
        "Phần “trong đó” có số liệu nhưng chỉ tiêu trên trả lời “Không phát sinh”.",
    ),
    ("without_its_whole", Answered(pair=(0, 1), whole_left="Không phát sinh"), ""),
    ("without_its_whole", Answered(pair=(3, 1)), ""),
    (
        "less_than_its_parts",
        Answered(pair=(10, 1), parts=(6, 5)),
        "Các phần “trong đó” cộng lại là 11, lớn hơn 10 của chỉ tiêu này.",
    ),
    ("less_than_its_parts", Answered(pair=(10, 1), parts=(6, 4)), ""),
    # a single part too large is said at the part
    ("less_than_its_parts", Answered(pair=(10, 1), parts=(11,)), ""),
    ("less_than_its_parts", Answered(pair=(10, 1), parts=(11, 1)), ""),
    ("less_than_its_parts", Answered(pair=(10, 1)), ""),
    (
        "more_than_it_stands_beside",
        Answered(beside=Number("Số giới thiệu", 3), extras=[Number("Số được kết nạp", 4)]),
        "Số liệu kèm theo “Số được kết nạp” là 4, lớn hơn 3 của “Số giới thiệu”.",
    ),
    (
        "more_than_it_stands_beside",
        Answered(
            beside=Number("Số giới thiệu", 1000),
            extras=[Number("Nữ", 1001), Number("Trẻ", 1000), Number("Già", 2000)],
        ),
        "Số liệu kèm theo “Nữ” là 1.001; “Già” là 2.000, lớn hơn 1.000 của “Số giới thiệu”.",
    ),
    (
        "more_than_it_stands_beside",
        Answered(beside=Number("Số giới thiệu", 3), extras=[Number("Số được kết nạp", 3)]),
        "",
    ),
    # beside a grade or a yes there is no number to be larger than
    ("more_than_it_stands_beside", Answered(extras=[Number("Số được kết nạp", 4)]), ""),
    (
        "unlike_its_assignment",
        Answered(assigned=900, in_force=Decimal("1000.000000")),
        "Số được giao ghi 900, quyết định đang có hiệu lực là 1.000.",
    ),
    ("unlike_its_assignment", Answered(assigned=1000, in_force=Decimal("1000.000000")), ""),
    ("unlike_its_assignment", Answered(assigned=1000), ""),
    ("unlike_its_assignment", Answered(in_force=Decimal(1000)), ""),
    # 100.000 of 100 triệu is a thousandth; one đồng more is let pass
    (
        "far_from_its_assignment",
        Answered(pair=(100_000, 1), in_force=Decimal(100_000_000)),
        "Số liệu là 100.000, lệch từ 1.000 lần trở lên so với số được giao 100.000.000:"
        " có thể nhầm đơn vị tính.",
    ),
    ("far_from_its_assignment", Answered(pair=(100_001, 1), in_force=Decimal(100_000_000)), ""),
    (
        "far_from_its_assignment",
        Answered(pair=(7000, 1), in_force=Decimal(7)),
        "Số liệu là 7.000, lệch từ 1.000 lần trở lên so với số được giao 7:"
        " có thể nhầm đơn vị tính.",
    ),
    ("far_from_its_assignment", Answered(pair=(6999, 1), in_force=Decimal(7)), ""),
    ("far_from_its_assignment", Answered(pair=(0, 1), in_force=Decimal(7)), ""),
    ("far_from_its_assignment", Answered(pair=(5, 1)), ""),
    (
        "too_many_people",
        _people(100_001),
        "“Số người” là 100.001, quá lớn đối với một công đoàn cơ sở.",
    ),
    ("too_many_people", _people(100_000), ""),
    ("too_many_people", Answered(numbers=[Number("Số tiền (đồng)", 10**9)]), ""),
    ("too_many_people", Answered(of_people=True), ""),
    # more than a fifth off; exactly a fifth is let pass
    ("unlike_its_headcount", _of_workers(80, 100), ""),
    ("unlike_its_headcount", _of_workers(120, 100), ""),
    (
        "unlike_its_headcount",
        _of_workers(1210, 1000),
        "Mẫu số là 1.210, khác quá 20% so với 1.000 người lao động tính đến ngày 30/11/2025.",
    ),
    (
        "unlike_its_headcount",
        _of_workers(79, 100),
        "Mẫu số là 79, khác quá 20% so với 100 người lao động tính đến ngày 30/11/2025.",
    ),
    # a committee of a few may change
    ("unlike_its_headcount", _of_workers(5, 9), ""),
    ("unlike_its_headcount", Answered(pair=(1, 500)), ""),
]


@pytest.mark.parametrize(("check", "answered", "sentence"), CASES)
def test_a_check_says_one_sentence_or_nothing(check, answered, sentence):
    assert getattr(plausibility, check)(answered) == sentence


@pytest.mark.parametrize("remark", ["", ".", "...", "x", "Đúng", "123 456", "— !", "ok."])
def test_a_sign_or_a_single_word_is_no_reason(remark: str):
    assert not explains(remark)


@pytest.mark.parametrize("remark", ["Sáp nhập", "Mới thành lập.", "đơn vị 2 tách", "số\nđúng"])
def test_a_few_words_are_a_reason(remark: str):
    assert explains(remark)


def test_every_check_is_in_the_table_with_and_without_its_sentence():
    said = {(check, bool(sentence)) for check, _, sentence in CASES}
    assert said == {(check.__name__, spoken) for check in CHECKS for spoken in (True, False)}


def test_everything_unusual_is_said_at_once_in_order():
    answered = Answered(
        numbers=[Number("Tổng số người", 200_000, 100)], of_people=True, pair=(3, 4), whole=(2, 4)
    )
    assert unusual(answered) == [
        "Thay đổi quá 50% so với năm trước: “Tổng số người” từ 100 thành 200.000.",
        "Phần “trong đó” là 3, lớn hơn 2 của chỉ tiêu trên.",
        "“Tổng số người” là 200.000, quá lớn đối với một công đoàn cơ sở.",
    ]
    assert unusual(Answered()) == []


@given(
    st.integers(0, 10**15 - 1),
    st.integers(0, 10**15 - 1),
    st.decimals(min_value=0, max_value=999, places=2),
)
def test_a_jump_is_exact_however_large_the_numbers(last: int, now: int, share: Decimal):
    """The same in whole numbers: hundredths of the share against a hundred times the change."""
    beyond = 100 * abs(now - last) > int(share * 100) * last
    expected = beyond and now > 0 and max(now, last) >= 10
    answered = Answered(numbers=[Number("Số", now, last)], jump=share)
    assert bool(plausibility.jumped(answered)) is expected
