"""The frame of an official document, by NĐ 30/2020, Appendix I."""

from dataclasses import replace
from datetime import date

import pytest

from reports.letterhead import Recipients, enumerated, written_date
from tests.reports.papers import LETTERHEAD

GAP = "\u00a0" * 6


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2024, 2, 29), "ngày 29 tháng 02 năm 2024"),
        (date(2024, 3, 13), "ngày 13 tháng 3 năm 2024"),
        (date(2025, 9, 9), "ngày 09 tháng 9 năm 2025"),
        (date(2025, 10, 10), "ngày 10 tháng 10 năm 2025"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
        (None, f"ngày{GAP}tháng{GAP}năm{GAP}"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_padded(day, written):
    assert written_date(day) == written
    assert replace(LETTERHEAD, signed_on=day).place_and_date() == f"Phú Thọ, {written}"


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("5", "Số: 05/BC-CĐVC"),
        ("05", "Số: 05/BC-CĐVC"),
        (" 12 ", "Số: 12/BC-CĐVC"),
        ("123", "Số: 123/BC-CĐVC"),
        ("7a", "Số: 7a/BC-CĐVC"),
        ("", f"Số: {GAP}/BC-CĐVC"),
        ("  ", f"Số: {GAP}/BC-CĐVC"),
    ],
)
def test_the_number_is_padded_and_stays_blank_until_typed(number, line):
    assert replace(LETTERHEAD, number=number).number_line() == line


def test_an_annex_names_the_document_by_the_issuers_full_name():
    assert LETTERHEAD.reference("Báo cáo") == (
        "(Kèm theo Báo cáo số 05/BC-CĐVC ngày 05 tháng 01 năm 2026"
        " của Công đoàn Viên chức tỉnh Phú Thọ)"
    )


def test_an_annex_falls_back_on_the_name_in_the_heading():
    short = replace(LETTERHEAD, issuer_in_text="", number="", signed_on=None)
    assert short.reference("Báo cáo") == (
        f"(Kèm theo Báo cáo số {GAP}/BC-CĐVC ngày{GAP}tháng{GAP}năm{GAP}"
        " của Công đoàn Viên chức tỉnh)"
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Liên đoàn Lao động tỉnh Phú Thọ", ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH PHÚ THỌ"]),
        ("Tổng Liên đoàn Lao động Việt Nam", ["TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM"]),
        ("Công đoàn Viên chức tỉnh", ["CÔNG ĐOÀN VIÊN CHỨC TỈNH"]),
        ("CĐCS TTYT Lâm Hà", ["CĐCS TTYT LÂM HÀ"]),
        (
            "Công đoàn cơ sở Ban Quản lý dự án đầu tư xây dựng",
            ["CÔNG ĐOÀN CƠ SỞ BAN QUẢN LÝ", "DỰ ÁN ĐẦU TƯ XÂY DỰNG"],
        ),
        ("", []),
    ],
)
def test_a_long_name_is_broken_before_its_place(name, lines):
    assert replace(LETTERHEAD, parent_body=name).parent_lines() == lines
    assert replace(LETTERHEAD, issuer=name).issuer_lines() == lines


def test_recipients_are_closed_by_semicolons_and_a_full_stop():
    recipients = Recipients(("Như trên", "- TT LĐLĐ tỉnh;", "", "Lưu: CĐVC tỉnh."))
    assert recipients.lines() == ["- Như trên;", "- TT LĐLĐ tỉnh;", "- Lưu: CĐVC tỉnh."]


def test_nothing_enumerated_is_nothing():
    assert enumerated(("", "  ")) == []
