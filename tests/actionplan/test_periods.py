"""Opening, closing and reopening a reporting period."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from actionplan.calendar import calendar_year, school_year
from actionplan.models import Period
from actionplan.services import periods
from unions.errors import RuleBroken
from unions.models import JournalEntry

NOT_ADMINISTRATORS = ["officer", "leader", "inspector", "viewer", "chair_of_health"]


@pytest.mark.parametrize(
    ("year", "calendar", "days", "name"),
    [
        (2024, "calendar_year", calendar_year(2024), "năm 2024"),
        (2025, "school_year", school_year(2025), "năm học 2024-2025"),
    ],
)
def test_an_opened_period_has_its_days_and_leaves_a_line(province, year, calendar, days, name):
    period = periods.open(province.programme, year, calendar, days, by=province.administrator)
    row = Period.objects.get(pk=period.pk)
    assert str(row) == name
    assert (row.opens_on, row.cut_off_on, row.due_on, row.closes_on) == (
        days.opens_on,
        days.cut_off_on,
        days.due_on,
        days.closes_on,
    )
    line = JournalEntry.objects.latest("pk")
    assert (line.sentence, line.by, line.union, line.subject_key) == (
        f"Mở kỳ báo cáo {name}",
        province.administrator,
        province.root,
        period.pk,
    )


@pytest.mark.parametrize("year", [2022, 2029])
def test_only_a_reporting_year_of_the_programme_is_opened(province, year):
    years = ", ".join(map(str, province.programme.reporting_years))
    with pytest.raises(RuleBroken) as refusal:
        periods.open(province.programme, year, "calendar_year", calendar_year(year), by=None)
    assert str(refusal.value) == (
        f"Năm {year} không thuộc các năm báo cáo của chương trình: {years}."
    )
    assert Period.objects.count() == 1


def test_a_period_is_opened_once_for_each_calendar(province):
    days = calendar_year(2025)
    with pytest.raises(RuleBroken, match=r"Kỳ báo cáo năm 2025 .* đã được mở"):
        periods.open(province.programme, 2025, "calendar_year", days, by=None)
    periods.open(province.programme, 2025, "school_year", school_year(2025), by=None)
    assert Period.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "right"),
    [
        ({"opens_on": date(2024, 12, 11)}, {"opens_on": date(2024, 12, 10)}),
        ({"cut_off_on": date(2024, 12, 11)}, {"cut_off_on": date(2024, 12, 10)}),
        ({"due_on": date(2025, 1, 1)}, {"due_on": date(2024, 12, 31)}),
        ({"closes_on": date(2024, 12, 9)}, {"closes_on": date(2024, 12, 10)}),
    ],
)
def test_days_out_of_order_are_refused(province, changed, right):
    days = calendar_year(2024)
    with pytest.raises(RuleBroken, match="không được sau hạn nộp"):
        periods.open(province.programme, 2024, "calendar_year", replace(days, **changed), by=None)
    assert Period.objects.count() == 1
    periods.open(province.programme, 2024, "calendar_year", replace(days, **right), by=None)


@pytest.mark.parametrize("opens", [date(1901, 1, 1), date(2022, 12, 31)])
def test_a_period_does_not_open_before_its_term(province, opens):
    days = replace(calendar_year(2024), opens_on=opens)
    with pytest.raises(RuleBroken, match=f"{opens.year} ở trước nhiệm kỳ 2023-2028"):
        periods.open(province.programme, 2024, "calendar_year", days, by=None)
    days = replace(days, opens_on=date(2023, 1, 1))
    assert periods.open(province.programme, 2024, "calendar_year", days, by=None).pk


@pytest.mark.parametrize("who", NOT_ADMINISTRATORS)
def test_who_does_not_manage_periods_may_not(province, who):
    by = getattr(province, who)
    before = JournalEntry.objects.count()
    with pytest.raises(PermissionDenied):
        periods.open(province.programme, 2024, "calendar_year", calendar_year(2024), by=by)
    with pytest.raises(PermissionDenied):
        periods.close(province.period, reason="Hết hạn", by=by)
    closed = periods.close(province.period, reason="Hết hạn", by=province.administrator)
    with pytest.raises(PermissionDenied):
        periods.reopen(closed, reason="Còn đơn vị", by=by)
    assert Period.objects.get().closed_at is not None
    assert JournalEntry.objects.count() == before + 1


@pytest.mark.parametrize("name", ["opens_on", "cut_off_on", "due_on", "closes_on"])
@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_the_days_of_a_period_are_of_our_time(province, name: str, year: int):
    days = replace(calendar_year(2024), **{name: date(year, 1, 1)})
    with pytest.raises(RuleBroken, match=f"01/01/{year:04} không thể đúng"):
        periods.open(province.programme, 2024, "calendar_year", days, by=None)


@pytest.mark.parametrize("term_to", [2020, 2090])
def test_a_deadline_is_at_the_latest_in_the_year_after_the_term_or_next_year(
    province, term_to: int
):
    province.programme.term_to = term_to
    last = date(max(term_to, timezone.localdate().year) + 1, 12, 31)
    days = replace(calendar_year(2024), closes_on=last + timedelta(1))
    with pytest.raises(RuleBroken, match=f"Ngày khoá kỳ 01/01/{last.year + 1} quá xa: muộn nhất"):
        periods.open(province.programme, 2024, "calendar_year", days, by=None)
    days = replace(days, closes_on=last)
    assert periods.open(province.programme, 2024, "calendar_year", days, by=None).pk


def test_a_period_is_closed_and_reopened_each_once_and_with_a_line(province):
    today, by = timezone.localdate(), province.administrator
    assert province.period.accepts_entries(today)
    closed = periods.close(province.period, reason="Hết hạn", by=by)
    assert not closed.accepts_entries(today)
    with pytest.raises(RuleBroken, match="Kỳ báo cáo năm 2025 đã khoá"):
        periods.close(closed, reason="Hết hạn", by=by)
    opened = periods.reopen(closed, reason="Còn đơn vị", by=by)
    assert opened.accepts_entries(today)
    with pytest.raises(RuleBroken, match="Kỳ báo cáo năm 2025 chưa khoá"):
        periods.reopen(opened, reason="Còn đơn vị", by=by)
    sentences = JournalEntry.objects.filter(subject="actionplan.period").order_by("pk")
    assert [(one.sentence, one.reason, one.by) for one in sentences] == [
        ("Mở kỳ báo cáo năm 2025", "", None),
        ("Khoá kỳ báo cáo năm 2025", "Hết hạn", by),
        ("Mở lại kỳ báo cáo năm 2025", "Còn đơn vị", by),
    ]


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_period_is_neither_closed_nor_opened_again_nor_moved_without_a_reason(province, reason):
    period, by = province.period, province.administrator
    later = period.closes_on + timedelta(9)
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi khoá kỳ"):
        periods.close(period, reason=reason, by=by)
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi đổi ngày"):
        periods.change_days(period, period.due_on, later, reason=reason, by=by)
    closed = periods.close(period, reason=" Đã tổng hợp ", by=by)
    assert closed.closing_reason == "Đã tổng hợp"
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi mở lại kỳ"):
        periods.reopen(closed, reason=reason, by=by)
    opened = periods.reopen(closed, reason="Còn đơn vị", by=by)
    assert (opened.closed_at, opened.closing_reason) == (None, "")


def test_a_period_whose_last_day_has_passed_is_opened_again_to_a_new_day(province):
    today, by = timezone.localdate(), province.administrator
    past = {"opens_on": today - timedelta(40), "cut_off_on": today - timedelta(30)}
    past |= {"due_on": today - timedelta(20), "closes_on": today - timedelta(1)}
    Period.objects.update(**past)
    period = Period.objects.get()
    with pytest.raises(RuleBroken, match=r"Ngày khoá .* đã qua\. Hãy ghi"):
        periods.reopen(period, reason="Còn đơn vị", by=by)
    with pytest.raises(RuleBroken, match=r"đã khoá\. Hãy mở lại kỳ"):
        periods.change_days(period, today, today, reason="Còn đơn vị", by=by)
    opened = periods.reopen(period, reason="Còn đơn vị", by=by, closes_on=today)
    assert opened.accepts_entries(today)
    assert not opened.accepts_entries(today + timedelta(1))


def test_the_last_days_of_an_open_period_are_moved(province):
    period, by = province.period, province.administrator
    due, closes = period.due_on + timedelta(5), period.closes_on + timedelta(5)
    with pytest.raises(RuleBroken, match="Hai ngày vẫn như cũ"):
        periods.change_days(period, period.due_on, period.closes_on, reason="Bão", by=by)
    with pytest.raises(RuleBroken, match="không được sau ngày khoá"):
        periods.change_days(period, closes, period.due_on, reason="Bão", by=by)
    with pytest.raises(PermissionDenied):
        periods.change_days(period, due, closes, reason="Bão", by=province.officer)
    moved = periods.change_days(period, due, closes, reason="Bão", by=by)
    assert (moved.due_on, moved.closes_on) == (due, closes)
    line = JournalEntry.objects.latest("pk")
    assert line.reason == "Bão"
    assert line.sentence == (
        f"Đổi hạn nộp kỳ báo cáo năm 2025 từ {period.due_on:%d/%m/%Y} thành {due:%d/%m/%Y}, ngày"
        f" khoá từ {period.closes_on:%d/%m/%Y} thành {closes:%d/%m/%Y}"
    )


@pytest.mark.parametrize(
    ("days", "accepted"), [(-1, False), (0, True), (15, True), (60, True), (61, False)]
)
def test_entries_are_taken_from_the_opening_to_the_closing_day(days, accepted):
    opens = date(2025, 11, 1)
    period = Period(opens_on=opens, closes_on=opens + timedelta(60))
    assert period.accepts_entries(opens + timedelta(days)) is accepted
