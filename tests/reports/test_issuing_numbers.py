"""Number and date come from the office's register, and a number comes once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.models import Report
from reports.services import issuing
from tests.builders import Province
from tests.reports.years import text_of
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union, User


def ask(province: Province, year: int = 2025, union: Union | None = None) -> Report:
    """A report that somebody asked for."""
    return issuing.request("annual", union or province.root, year, "pdf", by=None).report


def number(report: Report, typed: str, day: date | None, by: User | None = None) -> Report:
    """What the office typed."""
    return issuing.set_number(report, typed, day, by=by)


def test_number_and_date_are_printed_once_they_are_typed(province: Province):
    report = ask(province)
    assert "/BC-CĐVC Phú Thọ, ngày tháng năm" in printed(report)
    number(report, "05", date(2026, 1, 5), by=province.leader)
    assert "Số: 05/BC-CĐVC Phú Thọ, ngày 05 tháng 01 năm 2026" in printed(report)
    assert JournalEntry.objects.filter(
        sentence="Ghi số 05, ngày 05/01/2026 cho báo cáo năm 2025 của Công đoàn Viên chức tỉnh Phú"
        " Thọ"
    ).exists()


def test_number_and_date_may_be_emptied_again(province: Province):
    report = number(ask(province), "5", date(2026, 1, 5))
    report = number(report, " ", None)
    assert (report.number, report.signed_on) == ("", None)


@pytest.mark.parametrize("typed", ["0", "-5", "năm", "5/BC", "1234567", "5 6", "٥"])
def test_what_is_no_number_of_a_register_is_refused(province: Province, typed):
    with pytest.raises(RuleBroken, match="hãy nhập số thứ tự"):
        number(ask(province), typed, None)


def test_a_paper_is_signed_neither_before_its_figures_nor_far_ahead(province: Province):
    report, today = ask(province), timezone.localdate()
    assert province.period.cut_off_on == date(2025, 11, 30)
    with pytest.raises(RuleBroken) as early:
        number(report, "5", date(2025, 11, 29))
    assert str(early.value) == (
        "Ngày ký 29/11/2025 trước ngày chốt số liệu 30/11/2025. Hãy kiểm tra lại ngày, tháng, năm."
    )
    assert early.value.about == "signed_on"
    with pytest.raises(RuleBroken, match="muộn hơn hôm nay quá 60 ngày"):
        number(report, "5", today + timedelta(days=61))
    assert Report.objects.get(pk=report.pk).number == ""
    for day in (date(2025, 11, 30), today + timedelta(days=60)):
        assert number(report, "5", day).signed_on == day


def test_a_year_without_a_period_is_known_by_its_first_day(province: Province):
    report = ask(province, 2026)
    with pytest.raises(RuleBroken, match="trước năm báo cáo, từ 01/01/2026"):
        number(report, "5", date(2025, 12, 31))
    assert number(report, "5", date(2026, 1, 1)).signed_on == date(2026, 1, 1)


def test_a_number_runs_once_through_a_year_of_the_register(province: Province):
    first, second = ask(province, 2024), ask(province, 2025)
    number(first, "5", date(2025, 1, 6))
    with pytest.raises(RuleBroken, match="Số 05 đã dùng cho báo cáo năm 2024"):
        number(second, "005", date(2025, 12, 20))
    assert Report.objects.get(pk=second.pk).number == ""
    assert number(second, "005", date(2026, 1, 5)).number == "5"


def test_a_number_without_a_date_is_compared_by_the_year_of_the_report(province: Province):
    first, second = ask(province, 2025), ask(province, 2026)
    number(first, "7", None)
    assert number(second, "7", None).number == "7"


def test_each_union_has_a_register_of_its_own(province: Province):
    first, second = ask(province), ask(province, union=province.health)
    number(first, "5", date(2026, 1, 5))
    assert number(second, "5", date(2026, 1, 5)).number == "5"


def test_keeping_the_same_number_again_is_no_double(province: Province):
    report = number(ask(province), "5", None)
    assert number(report, "05", date(2026, 1, 5)).signed_on == date(2026, 1, 5)


def test_only_those_who_draft_reports_number_them(province: Province):
    report = ask(province)
    with pytest.raises(PermissionDenied):
        number(report, "5", None, by=province.viewer)


def printed(report: Report) -> str:
    """The text of the report as it would be printed now."""
    return text_of(issuing.draw(report.kind, report.union, report.year, "pdf"))
