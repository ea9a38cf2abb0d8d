"""A proposal that says less than the wording says so, with the line."""

from decimal import Decimal

import pytest

from indicators.programme_file import TargetSpec
from indicators.programme_reader import Reading, read


def reading_of(indicator: str) -> Reading:
    text = f"CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n1. Hằng năm\n- {indicator}\n"
    return read(text.encode())


def doubts_of(indicator: str) -> list[str]:
    """The remarks on line 5, where the indicator stands."""
    return [note for note in reading_of(indicator).notes if note.startswith("Dòng 5, chỉ tiêu")]


@pytest.mark.parametrize(
    ("wording", "doubt"),
    [
        ("100% cán bộ chuyên trách, 80,5% cán bộ khác được tập huấn.", "không gồm 80,5%"),
        ("90% đoàn viên được học, mỗi CĐCS có 02 lớp.", "không gồm 2;"),
        ("Kết nạp mới 1.500 đoàn viên, thành lập 10 CĐCS.", "không gồm 10;"),
        ("Nộp kinh phí công đoàn cho 12 đơn vị.", "số lượng (12)"),
        ("Hỗ trợ 500 triệu đồng cho 20 mái ấm.", "không gồm 20;"),
        ("80% cơ quan có quy chế, 90% CĐCS ngoài công lập có thỏa ước.", "không gồm 90%;"),
        ("70% doanh nghiệp có thỏa ước.", "chỉ nói đến một loại hình"),
        ("Đến năm 2027, mỗi CĐCS có 2 sáng kiến.", "mỗi đơn vị cho nhiều năm"),
        ("90% CĐCS, đến năm 2027, có trang tin.", "“đến năm 2027”; hãy xem lại thời hạn"),
        ("Đến năm 2035, 90% CĐCS có trang tin.", "năm 2035 nằm ngoài nhiệm kỳ 2023-2028"),
        ("Không quá 2% CĐCS xếp loại không hoàn thành nhiệm vụ.", "mức xếp loại khác"),
        ("20% CĐCS xếp loại hoàn thành nhiệm vụ.", "mức xếp loại khác"),
        ("Đoàn viên sống có trách nhiệm.", "không thấy mức phấn đấu"),
        ("Ít nhất 80% được học tập nghị quyết.", "không rõ tính trên số người"),
    ],
)
def test_what_the_proposal_leaves_out_is_said_with_the_line(wording: str, doubt: str):
    (said,) = doubts_of(wording)
    assert doubt in said


@pytest.mark.parametrize(
    "wording",
    [
        "Trên 90% đoàn viên được phổ biến chính sách mới.",
        "Từ 45% đến 50% cán bộ công đoàn là nữ.",
        "85,5% trở lên CĐCS xếp loại hoàn thành tốt nhiệm vụ trở lên.",
        "Mỗi CĐCS có ít nhất 02 sáng kiến.",
        "100% CĐCS nhà nước và ít nhất 85% CĐCS ngoài nhà nước ký giao ước.",
        "Kết nạp mới từ 200 đến 250 đoàn viên mỗi năm.",
        "Phấn đấu thành lập ít nhất 10 CĐCS mới.",
        "20% CĐCS xếp loại hoàn thành xuất sắc nhiệm vụ.",
        "70% doanh nghiệp từ 25 lao động trở lên có bữa ăn ca từ 15.000 đồng.",
        "Vận động ủng hộ ít nhất 1,5 tỷ đồng.",
        "100% cơ quan, đơn vị sự nghiệp công lập; 70% doanh nghiệp tổ chức đối thoại.",
        "Đến năm 2028, 70% CĐCS ký giao ước nhiệm kỳ 2023 - 2028 với cơ quan.",
        "Thu tài chính công đoàn đạt 100% dự toán.",
        "Công đoàn Viên chức tỉnh xếp loại hoàn thành xuất sắc nhiệm vụ.",
    ],
)
def test_a_proposal_that_says_it_all_is_left_alone(wording: str):
    assert doubts_of(wording) == []


def test_a_part_of_an_indicator_is_of_its_kind_and_looked_at():
    reading = reading_of("Có từ 95% đoàn viên được học, trong đó ít nhất 50% học tập trực tiếp.")
    assert [(one.code, one.kind) for one in reading.spec.indicators] == [
        ("1.1a", "share_of_people"),
        ("1.1b", "share_of_people"),
    ]
    assert [note for note in reading.notes if "chỉ tiêu 1.1b: là một phần" in note]


def test_a_number_without_a_horizon_may_be_of_a_year_or_of_the_term():
    text = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nNhiệm kỳ 2023-2028\nI. CHỈ TIÊU\n- Kết nạp 1.500 đoàn viên.\n"
    (note,) = [note for note in read(text.encode()).notes if note.startswith("Dòng 4")]
    assert "không rõ là số của từng năm hay của cả nhiệm kỳ" in note


def test_unions_that_fail_are_not_counted_with_those_that_do_well():
    reading = reading_of("Không quá 2% CĐCS xếp loại không hoàn thành nhiệm vụ.")
    (indicator,) = reading.spec.indicators
    assert indicator.kind == "share_of_unions"
    assert indicator.targets == (TargetSpec("<=", None, Decimal("0.02")),)


def test_people_who_are_graded_are_counted_as_people():
    (indicator,) = reading_of("90% cán bộ xếp loại hoàn thành tốt nhiệm vụ.").spec.indicators
    assert indicator.kind == "share_of_people"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Mỗi CĐCS có không quá 3 vụ khiếu nại.", True),
        ("Mỗi CĐCS tổ chức từ 1 đến 3 hội nghị.", True),
        ("Mỗi CĐCS có ít nhất 2 sáng kiến.", False),
    ],
)
def test_a_minimum_that_is_none_is_remarked(text, doubtful):
    said = doubts_of(text)
    assert any("chỉ so sánh bằng >= hoặc >" in one for one in said) is doubtful
