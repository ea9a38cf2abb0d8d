"""Programmes in the habits of five other unions; what is expected was written by hand."""

import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.programme_file import (
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
)
from indicators.programme_reader import Reading, read

FOLDER = Path("tests/indicators/documents")


def reading_of(name: str) -> Reading:
    return read(FOLDER / f"{name}.txt")


def indicators_of(spec: ProgrammeSpec) -> list[tuple[str, str, str, tuple[TargetSpec, ...]]]:
    return [(item.code, item.kind, item.horizon, item.targets) for item in spec.indicators]


def groups_of(spec: ProgrammeSpec) -> list[tuple[str, list[str]]]:
    return [(group.title, [action.title for action in group.actions]) for group in spec.task_groups]


def at_least(share: str) -> tuple[TargetSpec, ...]:
    return (TargetSpec(">=", Decimal(share)),)


def test_two_columns_a_term_section_letters_and_what_is_among_it():
    reading = reading_of("dong-ha-2023-2028")
    spec = reading.spec
    assert reading.unplaced == ()
    assert [note.split(":")[0] for note in reading.notes] == ["Dòng 29, chỉ tiêu 2.1.3b"]
    part = spec.indicators[3]
    assert (part.parent, part.shares_answer, part.grade) == ("2.1.3a", True, "excellent")
    assert (spec.number, spec.number_proposed) == ("7/CTr-CĐVC", "07/CTr-CĐVC")
    assert (spec.issuer, spec.parent_body) == (
        "Công đoàn Viên chức tỉnh Đông Hà",
        "Liên đoàn Lao động tỉnh Đông Hà",
    )
    assert (spec.issued_on, spec.place) == (date(2024, 2, 5), "Đông Hà")
    assert spec.legal_bases == (
        "Căn cứ Điều lệ Công đoàn Việt Nam khoá XIII",
        "Căn cứ Nghị quyết Đại hội VI Công đoàn Viên chức tỉnh Đông Hà",
    )
    assert len(spec.purposes) == 3
    assert indicators_of(spec) == [
        ("2.1.1", "share_of_people", "annual", (TargetSpec(">", Decimal("0.9")),)),
        ("2.1.2", "share_of_unions", "annual", at_least("0.955")),
        ("2.1.3a", "share_of_unions_rated", "annual", at_least("0.8")),
        ("2.1.3b", "share_of_unions_rated", "annual", at_least("0.2")),
        ("2.2.1", "share_of_people", "term", at_least("1")),
        (
            "2.2.2",
            "share_of_people",
            "term",
            (TargetSpec("range", Decimal("0.45"), Decimal("0.5")),),
        ),
    ]
    assert spec.breakthroughs == (
        BreakthroughSpec(1, "Nâng chất lượng đối thoại tại nơi làm việc"),
        BreakthroughSpec(2, "Đưa công nghệ số vào quản lý đoàn viên"),
    )
    assert spec.task_groups[0].actions[0] == ActionSpec(
        "Đổi mới cách tuyên truyền",
        "Đổi mới cách tuyên truyền:\n+ Viết ngắn, dễ hiểu;\n+ Dùng mạng xã hội.",
    )
    assert [len(group.actions) for group in spec.task_groups] == [2, 3]
    assert spec.duties[1:] == (
        DutySpec("Các công đoàn cơ sở", ("xây dựng kế hoạch trước ngày 30 tháng 3.",)),
        DutySpec("Uỷ ban Kiểm tra", ("giám sát theo chức năng.",)),
    )
    assert spec.recipients == ("LĐLĐ tỉnh", "Các CĐCS", "Lưu: VT")
    assert spec.signer == SignerSpec("TM. BAN CHẤP HÀNH", "PHÓ CHỦ TỊCH", "Lê Thị Hồng Đào")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_letters_dots_and_pluses_without_breakthroughs(form: str):
    text = (FOLDER / "song-lam-2023-2028.txt").read_text()
    reading = read(unicodedata.normalize(form, text).encode())
    spec = reading.spec
    assert (reading.unplaced, reading.notes) == ((), ())
    assert (spec.number, spec.number_proposed) == ("15/CTr-CDVC", "15/CTr-CĐVC")
    assert spec.title == (
        "Kế hoạch hành động triển khai Nghị quyết Đại hội công đoàn tỉnh Sông Lam"
        " giai đoạn 2023-2028"
    )
    assert (spec.term_from, spec.term_to) == (2023, 2028)
    assert spec.parent_body == "Liên đoàn Lao động tỉnh Sông Lam"
    assert indicators_of(spec) == [
        ("B.1", "share_of_people", "annual", at_least("1")),
        ("B.2", "minimum_per_union", "annual", at_least("2")),
        ("B.3", "plan_fulfilment", "annual", at_least("0.98")),
        ("B.4", "share_of_unions", "annual", (TargetSpec("<=", None, Decimal("0.05")),)),
    ]
    assert (spec.objectives, spec.breakthroughs) == ((), ())
    assert groups_of(spec) == [
        (
            "Xây dựng tổ chức",
            ["Rà soát, sắp xếp các công đoàn cơ sở", "Kết nạp đoàn viên mới"],
        ),
        ("Chuyển đổi số", ["Dùng chung một phần mềm quản lý đoàn viên"]),
    ]
    assert spec.task_groups[0].actions[0].text == (
        "Rà soát, sắp xếp các công đoàn cơ sở.\n+ Bước một làm ở khối sở, ngành;\n"
        "+ Bước hai làm ở khối đơn vị sự nghiệp."
    )
    assert [duty.level for duty in spec.duties] == ["Công đoàn Viên chức tỉnh", "Công đoàn cơ sở"]
    assert spec.recipients == ("Thường trực LĐLĐ tỉnh", "Công đoàn cơ sở trực thuộc")
    assert spec.signer == SignerSpec("T/M BAN THƯỜNG VỤ", "Chủ tịch", "Phan Văn Khoẻ")


def test_arabic_sections_with_roman_groups_and_a_blank_day():
    reading = reading_of("ba-vang-2025-2030")
    spec = reading.spec
    assert reading.unplaced == ()
    assert reading.notes == (
        "Ngày ban hành thiếu hoặc sai; hãy sửa trường “issued_on”.",
        "Không thấy số, ký hiệu văn bản; hãy điền vào trường “number”.",
    )
    assert (spec.issued_on, spec.place) == (date(2025, 6, 1), "Ba Vàng")
    assert spec.issuer == "Công đoàn Viên chức tỉnh Ba Vàng"
    assert (spec.term_from, spec.term_to) == (2025, 2030)
    assert spec.objectives == ("Đoàn viên tin tưởng, gắn bó với công đoàn.",)
    assert indicators_of(spec) == [
        ("2.1.1", "share_of_people", "annual", at_least("0.9")),
        ("2.1.2", "own_grade", "annual", at_least("4")),
        ("2.2.1", "count_over_term", "term", at_least("1500")),
        ("2.2.2", "share_of_unions", "term", at_least("1")),
    ]
    assert groups_of(spec) == [
        (
            "CÔNG TÁC TỔ CHỨC THỰC HIỆN QUY CHẾ DÂN CHỦ",
            [
                "Phối hợp tổ chức hội nghị cán bộ, công chức",
                "Giám sát việc thực hiện nghị quyết hội nghị",
            ],
        ),
        ("CÔNG TÁC NỮ CÔNG", ["Chăm sóc sức khỏe lao động nữ"]),
    ]
    assert spec.duties == (
        DutySpec("Công đoàn Viên chức tỉnh", ("Cụ thể hóa thành kế hoạch từng năm.",)),
        DutySpec("Công đoàn cơ sở", ("Báo cáo trước ngày 15 tháng 11 hằng năm.",)),
    )
    assert spec.signer == SignerSpec("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Đỗ Minh Quân")


def test_parts_with_words_for_numbers_and_paragraphs_without_marks():
    reading = reading_of("thanh-giang-2023-2028")
    spec = reading.spec
    assert reading.unplaced == ((18, "Hằng năm thực hiện các chỉ tiêu sau:"),)
    assert spec.issuer == "Công đoàn Viên chức"
    assert spec.legal_bases == (
        "Thực hiện Chỉ đạo số 12/CĐ-LĐLĐ của Liên đoàn Lao động tỉnh Thanh Giang",
        "Theo đề nghị của Văn phòng Công đoàn Viên chức",
    )
    assert indicators_of(spec) == [
        (
            "2.1",
            "share_of_people",
            "annual",
            (TargetSpec("range", Decimal("0.85"), Decimal("0.9")),),
        ),
        ("2.2", "average_per_union", "annual", at_least("2")),
        ("2.3", "share_of_people", "annual", at_least("1")),
    ]
    assert [item.not_arising for item in spec.indicators] == [False, True, False]
    assert groups_of(spec) == [
        (
            "Về tuyên truyền, giáo dục",
            ["Đổi mới nội dung sinh hoạt công đoàn", "Chú trọng đoàn viên trẻ"],
        ),
        (
            "Về thi đua, khen thưởng",
            [
                "Khen kịp thời, khen từ cơ sở",
                "Nhân rộng “Lao động giỏi - Lao động sáng tạo” trong khối doanh nghiệp",
            ],
        ),
    ]
    assert spec.duties == (
        DutySpec("Văn phòng Công đoàn Viên chức", ("Tổng hợp, báo cáo Ban Thường vụ.",)),
        DutySpec("Công đoàn cơ sở", ("Tổ chức thực hiện tại đơn vị.",)),
    )
    assert spec.signer == SignerSpec("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hoàng Thu Hà")


def test_no_letterhead_small_titles_and_parts_nobody_knows():
    reading = reading_of("cao-nguyen-2023-2028")
    spec = reading.spec
    assert reading.unplaced == (
        (26, "V/ Kinh phí thực hiện"),
        (27, "Kinh phí do Công đoàn Viên chức tỉnh bảo đảm theo dự toán."),
        (35, "PHỤ LỤC"),
    )
    assert spec.issuer == "Công đoàn Viên chức tỉnh Cao Nguyên"
    assert spec.number == ""
    assert indicators_of(spec) == [
        ("1.1", "share_of_unions", "annual", at_least("1")),
        ("1.2", "share_of_unions_rated", "annual", at_least("0.7")),
        ("2.1", "share_of_people", "term", at_least("0.6")),
    ]
    assert spec.breakthroughs == (BreakthroughSpec(1, "Đào tạo cán bộ công đoàn trẻ"),)
    assert groups_of(spec) == [
        (
            "Xây dựng đội ngũ cán bộ công đoàn đủ năng lực, uy tín",
            ["Chọn cán bộ từ phong trào", "Bồi dưỡng qua thực tế"],
        ),
        ("Bảo vệ quyền lợi người lao động", ["Tư vấn pháp luật lưu động"]),
    ]
    assert spec.duties == (
        DutySpec("Công đoàn Viên chức tỉnh", ("chỉ đạo chung.",)),
        DutySpec("Công đoàn cơ sở", ("báo cáo sáu tháng một lần.",)),
    )
    assert (spec.signer, spec.recipients) == (SignerSpec("", "CHỦ TỊCH", "Y Ly Niê"), ())
