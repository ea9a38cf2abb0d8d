"""What an indicator's wording is taken to mean."""

from decimal import Decimal

import pytest

from indicators.programme_file import TargetSpec
from indicators.programme_reader.joining import goes_on
from indicators.programme_reader.marks import Style, mark
from indicators.programme_reader.outline import Entry, Line
from indicators.programme_reader.parts import Part, opened_by
from indicators.programme_reader.proposals import name_of, propose, split
from indicators.programme_reader.titles import proper_number
from indicators.programme_reader.wording import clean, fold


def target(operator: str, low: str | None = None, high: str | None = None) -> TargetSpec:
    return TargetSpec(operator, low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("wording", "kind", "audience", "goal"),
    [
        (
            "Ít nhất 95% đoàn viên được học nghị quyết",
            "share_of_people",
            "grassroots",
            (">=", "0.95"),
        ),
        ("Trên 90 % CĐCS có tủ sách pháp luật", "share_of_unions", "grassroots", (">", "0.9")),
        (
            "85,5% trở lên nữ CNVCLĐ được khám sức khỏe",
            "share_of_people",
            "grassroots",
            (">=", "0.855"),
        ),
        ("Tỷ lệ CĐCS nộp chậm không quá 5%", "share_of_unions", "grassroots", ("<=", None, "0.05")),
        (
            "45-50% cán bộ công đoàn là nữ",
            "share_of_people",
            "grassroots",
            ("range", "0.45", "0.5"),
        ),
        (
            "Từ 70% đến 75% cơ quan đạt chuẩn",
            "share_of_unions",
            "grassroots",
            ("range", "0.7", "0.75"),
        ),
        ("Mỗi CĐCS có ít nhất 03 sáng kiến", "minimum_per_union", "grassroots", (">=", "3")),
        (
            "Bình quân mỗi công đoàn cơ sở giúp đỡ trên 02 đoàn viên",
            "average_per_union",
            "grassroots",
            (">", "2"),
        ),
        (
            "Công đoàn Viên chức tỉnh hoàn thành xuất sắc nhiệm vụ",
            "own_grade",
            "province",
            (">=", "4"),
        ),
        (
            "Công đoàn Viên chức tỉnh được xếp loại hoàn thành nhiệm vụ",
            "own_grade",
            "province",
            (">=", "2"),
        ),
        ("Có 70% CĐCS đạt vững mạnh", "share_of_unions_rated", "grassroots", (">=", "0.7")),
        ("Thu đoàn phí đạt trên 100% dự toán", "plan_fulfilment", "province", (">", "1")),
        ("Kết nạp mới 1.500 đoàn viên", "count_per_year", "grassroots", (">=", "1500")),
    ],
)
def test_kind_audience_and_target_follow_from_the_wording(wording, kind, audience, goal):
    spec = propose("1", "annual", wording)
    assert (spec.kind, spec.audience, spec.targets) == (kind, audience, (target(*goal),))


def test_a_wording_without_a_figure_has_no_target():
    assert propose("1", "annual", "Đoàn viên sống có trách nhiệm").targets == ()


@pytest.mark.parametrize(
    ("line", "singles"),
    [
        (
            "Tỉnh xếp loại hoàn thành tốt nhiệm vụ; 85% CĐCS hoàn thành tốt nhiệm vụ.",
            ["Tỉnh xếp loại hoàn thành tốt nhiệm vụ", "85% CĐCS hoàn thành tốt nhiệm vụ"],
        ),
        (
            "80% CĐCS hoàn thành tốt nhiệm vụ, trong đó 20% hoàn thành xuất sắc.",
            ["80% CĐCS hoàn thành tốt nhiệm vụ", "Trong đó 20% hoàn thành xuất sắc"],
        ),
        (
            "90% đoàn viên được học nghị quyết; chính sách mới.",
            ["90% đoàn viên được học nghị quyết; chính sách mới"],
        ),
        (
            "100% CĐCS theo Nghị quyết năm 2023; ký giao ước.",
            ["100% CĐCS theo Nghị quyết năm 2023; ký giao ước"],
        ),
    ],
)
def test_a_line_is_split_where_both_sides_have_a_target(line: str, singles: list[str]):
    assert split(line) == singles


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("85% trở lên đoàn viên được học tập.", "Đoàn viên được học tập"),
        ("Hằng năm, có trên 90,5% CĐCS ký giao ước", "CĐCS ký giao ước"),
        ("Từ 45% đến 50% cán bộ là nữ", "Cán bộ là nữ"),
        ("Thu tài chính đạt 100% dự toán", "Thu tài chính đạt 100% dự toán"),
    ],
)
def test_a_name_leaves_out_the_figure_in_front(text: str, name: str):
    assert name_of(text) == name


@pytest.mark.parametrize(
    ("text", "style", "label", "rest"),
    [
        ("IV. TỔ CHỨC", Style.ROMAN, "IV", "TỔ CHỨC"),
        ("2.1/ Hằng năm", Style.ARABIC_2, "2.1", "Hằng năm"),
        ("2.1 Hằng năm", Style.ARABIC_2, "2.1", "Hằng năm"),
        ("1) Học tập", Style.ARABIC, "1", "Học tập"),
        ("đ) Học tập", Style.LETTER, "đ", "Học tập"),
        ("(2) Học tập", Style.BRACKET, "2", "Học tập"),
        ("- (1) Học tập", Style.DASH, "1", "Học tập"),
        ("–Học tập", Style.DASH, "", "Học tập"),
        ("Phần thứ hai", Style.PART, "thứ hai", ""),
        ("Điều 3. Mục tiêu", Style.ARTICLE, "3", "Mục tiêu"),
        ("25/Ctr- LĐLĐ ngày", Style.NONE, "", "25/Ctr- LĐLĐ ngày"),
        ("01 đoàn viên", Style.NONE, "", "01 đoàn viên"),
        ("1.500 đoàn viên", Style.NONE, "", "1.500 đoàn viên"),
        ("2023-2028. Ban Thường vụ", Style.NONE, "", "2023-2028. Ban Thường vụ"),
        ("Mục tiêu", Style.NONE, "", "Mục tiêu"),
    ],
)
def test_marks_are_told_from_numbers(text: str, style: Style, label: str, rest: str):
    found = mark(text)
    assert (found.style, found.label, found.text) == (style, label, rest)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", Part.PURPOSES),
        ("Mục tiêu, chỉ tiêu và khâu đột phá", Part.OBJECTIVES),
        ("Các chỉ tiêu chủ yếu", Part.INDICATORS),
        ("Ba khâu đột phá", Part.BREAKTHROUGHS),
        ("NHIỆM VỤ ĐỘT PHÁ", Part.BREAKTHROUGHS),
        ("CÁC NHÓM NHIỆM VỤ", Part.TASKS),
        ("TỔ CHỨC THỰC HIỆN", Part.DUTIES),
        ("Kinh phí", None),
        ("Mục tiêu là nâng cao chất lượng.", None),
    ],
)
def test_titles_open_parts(title: str, part: Part | None):
    assert opened_by(title) is part


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("- phát triển kinh tế", "- xã hội của tỉnh", True),
        ("- Nghị quyết 01/NQ", "– BCH ngày 04/01/2021", True),
        ("- Xây dựng người “Trung thành", "- Trách nhiệm” trong đoàn viên", True),
        ("- Thăm hỏi đoàn viên", "- Tặng quà Tết", False),
        ("- Thăm hỏi đoàn viên.", "Kịp thời hỗ trợ.", True),
        ("Thăm hỏi đoàn viên.", "Kịp thời hỗ trợ.", False),
        ("Thăm hỏi đoàn viên", "Kịp thời hỗ trợ.", True),
        ("Thăm hỏi đoàn viên", "Nơi nhận:", False),
    ],
)
def test_a_line_goes_on_or_begins_anew(before: str, after: str, joined: bool):
    entry = Entry.of(mark(before), Line(1, before))
    assert goes_on(entry, [Line(2, after)]) is joined


@pytest.mark.parametrize(
    ("written", "proper"),
    [
        ("01/CTr-CDVC", "01/CTr-CĐVC"),
        ("7/Ctr-LDLD", "07/CTr-LĐLĐ"),
        ("12/CTr-CĐVC", "12/CTr-CĐVC"),
        ("/CTr-CĐVC", "/CTr-CĐVC"),
        ("", ""),
    ],
)
def test_the_proper_form_of_a_number_is_proposed(written: str, proper: str):
    assert proper_number(written) == proper


def test_words_are_compared_without_marks_and_kept_with_them():
    assert (
        fold("Công nghiệp HOÁ, hiện đại hóa Đất nước") == "cong nghiep hoa, hien dai hoa dat nuoc"
    )
    assert clean("**TM.\u00a0BAN  THƯỜNG\u200b VỤ**") == "TM. BAN THƯỜNG VỤ"
    assert clean("______") == "______"


@pytest.mark.parametrize(
    ("wording", "within"),
    [
        ("100% CĐCS thực hiện quy chế dân chủ", "CĐCS thực hiện quy chế dân chủ"),
        ("90% CNVCLĐ được học nghị quyết", "CNVCLĐ được học nghị quyết"),
        ("90% CĐ cơ sở có tủ sách pháp luật", "CĐ cơ sở có tủ sách pháp luật"),
        ("90% Công đoàn cơ sở có tủ sách", "công đoàn cơ sở có tủ sách"),
        ("90% đoàn viên được học nghị quyết", "đoàn viên được học nghị quyết"),
        ("90% Ủy ban kiểm tra hoạt động tốt", "Ủy ban kiểm tra hoạt động tốt"),
        ("90% Đảng viên là đoàn viên nêu gương", "đảng viên là đoàn viên nêu gương"),
        ("90% Internet công sở được bảo mật", "internet công sở được bảo mật"),
        ("90% Phú Thọ Xanh được hưởng ứng", "Phú Thọ Xanh được hưởng ứng"),
        ("90% Đảng ủy cơ quan cho ý kiến", "Đảng ủy cơ quan cho ý kiến"),
        ("90% Tết Sum vầy được tổ chức", "Tết Sum vầy được tổ chức"),
        ("90% Ban Thường vụ họp đúng kỳ", "Ban Thường vụ họp đúng kỳ"),
    ],
)
def test_a_question_keeps_abbreviations_and_proper_names(wording: str, within: str):
    assert f"“{within}”" in propose("1", "annual", wording).question


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("Từ 200 đến 250 đoàn viên được kết nạp", "Đoàn viên được kết nạp"),
        ("Từ 70% đến 75% cơ quan đạt chuẩn", "Cơ quan đạt chuẩn"),
        ("Từ 1.200 đến 1.250 lượt người được hỗ trợ", "Lượt người được hỗ trợ"),
        ("Kết nạp từ 200 đến 250 đoàn viên", "Kết nạp từ 200 đến 250 đoàn viên"),
    ],
)
def test_a_range_that_leads_is_no_part_of_the_name(wording: str, name: str):
    assert name_of(wording) == name


@pytest.mark.parametrize(
    ("wording", "headcount"),
    [
        ("90% trở lên đoàn viên, người lao động được học tập nghị quyết", "workers"),
        ("Trên 95% CBCCVCLĐ được phổ biến pháp luật", "workers"),
        ("Phấn đấu 85% CNVCLĐ tham gia phong trào thi đua", "workers"),
        ("100% uỷ viên Ban Chấp hành công đoàn cơ sở được tập huấn", "committee"),
        ("100% BCH CĐCS được bồi dưỡng nghiệp vụ", "committee"),
        ("80% nữ đoàn viên tham gia phong trào “Giỏi việc nước”", "female"),
        ("90% đoàn viên được thăm hỏi khi ốm đau", "members"),
        # some of them, others than those counted, or none who are people
        ("90% đoàn viên ưu tú được giới thiệu cho Đảng", ""),
        ("70% đoàn viên có hoàn cảnh khó khăn được hỗ trợ", ""),
        ("85% nữ CNVCLĐ được khám sức khỏe", ""),
        ("100% cán bộ công đoàn được tập huấn", ""),
        ("100% ủy viên Ban Chấp hành công đoàn bộ phận được tập huấn", ""),
        ("90% đoàn viên đủ điều kiện được nâng lương", ""),
        ("90% đoàn viên được vay vốn khi có nhu cầu", ""),
        ("90% CĐCS tham gia xây dựng quy chế", ""),
    ],
)
def test_a_share_of_everybody_starts_from_their_headcount(wording, headcount):
    assert propose("1", "annual", wording).headcount == headcount
