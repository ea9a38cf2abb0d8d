"""Habits of other unions, each in the smallest programme that shows it."""

import pytest

from indicators.programme_file import DutySpec, ProgrammeSpec, SignerSpec
from indicators.programme_reader import Reading, read

TASKS = "IV. NHIỆM VỤ\n1. Tuyên truyền\n- Mở chuyên mục hỏi đáp.\n"


def reading_of(*parts: str) -> Reading:
    return read("\n".join(["CHƯƠNG TRÌNH HÀNH ĐỘNG", "Nhiệm kỳ 2023-2028", *parts]).encode())


def headed(*letterhead: str) -> ProgrammeSpec:
    text = "\n".join([*letterhead, "CHƯƠNG TRÌNH HÀNH ĐỘNG", "Nhiệm kỳ 2023-2028", TASKS])
    reading = read(text.encode())
    assert reading.unplaced == ()
    return reading.spec


# --- signatures and issuers ---


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (
            ["TM. ĐOÀN CHỦ TỊCH", "CHỦ TỊCH", "Phạm Thanh Bình"],
            SignerSpec("TM. ĐOÀN CHỦ TỊCH", "CHỦ TỊCH", "Phạm Thanh Bình"),
        ),
        (
            ["TM. ĐOÀN CHỦ TỊCH PHÓ CHỦ TỊCH", "Phạm Thanh Bình"],
            SignerSpec("TM. ĐOÀN CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Thanh Bình"),
        ),
        (
            ["TM. BAN THƯỜNG VỤ CHỦ TỊCH", "Phạm Thanh Bình"],
            SignerSpec("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Phạm Thanh Bình"),
        ),
    ],
)
def test_a_presidium_is_an_authority_and_no_position(lines: list[str], signer: SignerSpec):
    reading = reading_of(TASKS, "Nơi nhận:", "- Như trên;", *lines)
    assert (reading.spec.signer, reading.unplaced) == (signer, ())


@pytest.mark.parametrize(
    ("written", "issuer"),
    [
        ("CÔNG ĐOÀN Y TẾ VIỆT NAM", "Công đoàn Y tế Việt Nam"),
        ("CÔNG ĐOÀN NGÀNH GIÁO DỤC TỈNH ĐÔNG HÀ", "Công đoàn ngành Giáo dục tỉnh Đông Hà"),
        ("CÔNG ĐOÀN VIÊN CHỨC THÀNH PHỐ BẾN SÔNG", "Công đoàn Viên chức thành phố Bến Sông"),
        (
            "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP TỈNH BA VÀNG",
            "Công đoàn các khu công nghiệp tỉnh Ba Vàng",
        ),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "Tổng Liên đoàn Lao động Việt Nam"),
    ],
)
def test_names_in_an_issuer_keep_their_capitals(written: str, issuer: str):
    assert headed(written).issuer == issuer


@pytest.mark.parametrize(
    "letterhead",
    [
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ", "THỌ", "CÔNG ĐOÀN VIÊN CHỨC TỈNH PHÚ THỌ"],
        ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH PHÚ THỌ", "CÔNG ĐOÀN VIÊN CHỨC", "TỈNH PHÚ THỌ"],
        [
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ",
            "THỌ",
            "CÔNG ĐOÀN VIÊN CHỨC TỈNH PHÚ THỌ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
            "VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ],
    ],
)
def test_a_letterhead_that_a_narrow_column_wraps_is_whole_again(letterhead: list[str]):
    spec = headed(*letterhead)
    assert spec.parent_body == "Liên đoàn Lao động tỉnh Phú Thọ"
    assert spec.issuer == "Công đoàn Viên chức tỉnh Phú Thọ"


def test_a_stamp_above_the_title_is_no_part_of_a_name():
    text = "CÔNG ĐOÀN VIÊN CHỨC TỈNH\nDỰ THẢO\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\n"
    assert read((text + TASKS).encode()).unplaced == ((2, "DỰ THẢO"),)


# --- parts ---


@pytest.mark.parametrize("title", ["B. MỤC TIÊU CỤ THỂ", "B. CÁC MỤC TIÊU CỤ THỂ"])
def test_specific_aims_are_indicators(title: str):
    reading = reading_of(
        "Phần thứ nhất\nMỤC TIÊU VÀ CHỈ TIÊU\nA. MỤC TIÊU TỔNG QUÁT\nXây dựng tổ chức vững mạnh.",
        f"{title}\n• Hằng năm, 90% người lao động được học luật.\n• Đến năm 2028, 70% CĐCS ký giao"
        " ước.\nPhần thứ hai\nNHIỆM VỤ\nI. Tuyên truyền\n• Đa dạng hóa hình thức.",
    )
    spec = reading.spec
    assert (reading.unplaced, spec.objectives) == ((), ("Xây dựng tổ chức vững mạnh.",))
    assert [(one.code, one.kind, one.horizon) for one in spec.indicators] == [
        ("B.1", "share_of_people", "annual"),
        ("B.2", "share_of_unions", "term"),
    ]


def test_an_aim_for_the_end_of_the_term_is_not_asked_every_year():
    reading = reading_of(
        "I. CHỈ TIÊU\n1. Phấn đấu đến cuối nhiệm kỳ phát triển mới 5.000 đoàn viên.\n"
        "2. 90% đoàn viên được học luật."
    )
    assert [one.horizon for one in reading.spec.indicators] == ["term", "annual"]


def test_carrying_out_is_no_task_group_though_it_counts_on_with_them():
    reading = reading_of(
        "Phần thứ nhất\nNHIỆM VỤ, GIẢI PHÁP\nI. Tuyên truyền\n• Đa dạng hóa hình thức.",
        "II. Tổ chức thực hiện phong trào thi đua\n• Ký giao ước.\nIII. Tổ chức thực hiện",
        "1. Ban Thường vụ\n- Chỉ đạo triển khai.\n2. CĐCS, nghiệp đoàn\n- Cụ thể hóa chương trình.",
    )
    assert [group.title for group in reading.spec.task_groups] == [
        "Tuyên truyền",
        "Tổ chức thực hiện phong trào thi đua",
    ]
    assert reading.spec.duties == (
        DutySpec("Ban Thường vụ", ("Chỉ đạo triển khai.",)),
        DutySpec("CĐCS, nghiệp đoàn", ("Cụ thể hóa chương trình.",)),
    )
    assert reading.unplaced == ()


def test_a_task_group_whose_title_a_line_end_cut_stays_one():
    reading = reading_of(
        "Phần thứ nhất\nNHIỆM VỤ\nI. Tuyên truyền\n• Đa dạng hóa hình thức.",
        "II. Tổ chức thực hiện\nphong trào thi đua\n• Ký giao ước.",
    )
    assert reading.spec.task_groups[1].title == "Tổ chức thực hiện phong trào thi đua"
    assert reading.spec.duties == ()
