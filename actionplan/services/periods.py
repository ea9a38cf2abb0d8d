"""Opening, closing and reopening a reporting period."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Calendar, User
from unions.services import journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed


@transaction.atomic
def open(programme: Programme, year: int, calendar: str, days: Days, *, by: User | None) -> Period:
    """Open the annual period of a reporting year (mở kỳ báo cáo) for one calendar of unions."""
    require(by, Permission.MANAGE_PERIODS, programme.union)
    if year not in programme.reporting_years:
        years = ", ".join(map(str, programme.reporting_years))
        raise RuleBroken(f"Năm {year} không thuộc các năm báo cáo của chương trình: {years}.")
    if year not in programme.years and programme.closed_on is not None:
        raise RuleBroken(
            f"Chương trình kết thúc sớm ngày {programme.closed_on:%d/%m/%Y}, không còn báo cáo năm"
            f" {year}."
        )
    _of_our_time(days, programme)
    _in_order(days)
    _within_term(days, programme)
    period, created = Period.objects.get_or_create(
        programme=programme,
        year=year,
        calendar=calendar,
        defaults={
            "opens_on": days.opens_on,
            "cut_off_on": days.cut_off_on,
            "due_on": days.due_on,
            "closes_on": days.closes_on,
        },
    )
    if not created:
        raise RuleBroken(f"Kỳ báo cáo {period} ({Calendar(calendar).label}) đã được mở.")
    journal.record(f"Mở kỳ báo cáo {period}", by=by, about=period, union_id=programme.union_id)
    return period


@transaction.atomic
def close(period: Period, *, reason: str, by: User | None) -> Period:
    """Close a period (khoá kỳ) for a reason: nobody enters any more until it is reopened."""
    period = locked(period, by=by)
    if period.closed_at is not None:
        raise RuleBroken(f"Kỳ báo cáo {period} đã khoá.")
    period.closed_at, period.closing_reason = timezone.now(), stated(reason, "khoá kỳ")
    return _keep(period, f"Khoá kỳ báo cáo {period}", reason, by=by)


@transaction.atomic
def reopen(
    period: Period, *, reason: str, by: User | None, closes_on: date | None = None
) -> Period:
    """Open a closed period again (mở lại) for a reason, until `closes_on` if its day has passed."""
    period = locked(period, by=by)
    if not period.is_over(timezone.localdate()):
        raise RuleBroken(f"Kỳ báo cáo {period} chưa khoá.")
    _set_days(period, period.due_on, closes_on or period.closes_on)
    period.closed_at, period.closing_reason = None, ""
    return _keep(period, f"Mở lại kỳ báo cáo {period}", stated(reason, "mở lại kỳ"), by=by)


@transaction.atomic
def change_days(
    period: Period, due_on: date, closes_on: date, *, reason: str, by: User | None
) -> Period:
    """Move the day on which an open period is due, and the one on which it closes, for a reason."""
    period = locked(period, by=by)
    if period.is_over(timezone.localdate()):
        raise RuleBroken(f"Kỳ báo cáo {period} đã khoá. Hãy mở lại kỳ.")
    before = period.due_on, period.closes_on
    if before == (due_on, closes_on):
        raise RuleBroken("Hai ngày vẫn như cũ. Hãy ghi ngày mới.", about="due_on")
    _set_days(period, due_on, closes_on)
    told = (
        f"Đổi hạn nộp kỳ báo cáo {period} từ {before[0]:%d/%m/%Y} thành {due_on:%d/%m/%Y}, ngày"
        f" khoá từ {before[1]:%d/%m/%Y} thành {closes_on:%d/%m/%Y}"
    )
    return _keep(period, told, stated(reason, "đổi ngày"), by=by)


@transaction.atomic
def cancel(period: Period, *, reason: str, by: User | None) -> None:
    """Take back that a period was opened (huỷ mở kỳ), for a reason; nothing of it is left by then.

    A line in the journal remains.
    """
    period, why = locked(period, by=by), stated(reason, "huỷ mở kỳ")
    own = period.programme.union_id
    journal.record(f"Huỷ mở kỳ báo cáo {period}", by=by, about=period, union_id=own, reason=why)
    period.delete()


def locked(period: Period, *, by: User | None) -> Period:
    """The period as it stands, held until the transaction ends, for who manages periods."""
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    require(by, Permission.MANAGE_PERIODS, period.programme.union)
    return period


def stated(reason: str, doing: str) -> str:
    """The reason as it is kept; RuleBroken without one, which says what it is needed for."""
    if not trimmed(reason):
        raise RuleBroken(f"Cần ghi lý do khi {doing}.", about="reason")
    return trimmed(reason)


def must_be_near(day: date, what: str, programme: Programme, *, about: str = "") -> None:
    """RuleBroken for a slip of the keyboard in the year of a deadline.

    It is not after the year that follows the term, or next year if that is later: what an old
    programme is owed is still asked for.
    """
    must_be_of_our_time(day, what, about=about)
    last = max(programme.term_to, timezone.localdate().year) + 1
    if day.year > last:
        raise RuleBroken(
            f"{what} {day:%d/%m/%Y} quá xa: muộn nhất là ngày 31/12/{last}, hết năm sau nhiệm kỳ"
            f" {programme.term} hoặc sau năm nay. Hãy kiểm tra lại năm.",
            about=about,
        )


def _set_days(period: Period, due_on: date, closes_on: date) -> None:
    days = Days(period.opens_on, period.cut_off_on, due_on, closes_on)
    _of_our_time(days, period.programme)
    _in_order(days)
    if closes_on < timezone.localdate():
        raise RuleBroken(
            f"Ngày khoá {closes_on:%d/%m/%Y} đã qua. Hãy ghi ngày khoá mới, từ hôm nay trở đi.",
            about="closes_on",
        )
    period.due_on, period.closes_on = due_on, closes_on


def _of_our_time(days: Days, programme: Programme) -> None:
    must_be_of_our_time(days.opens_on, "Ngày mở kỳ")
    must_be_of_our_time(days.cut_off_on, "Ngày chốt số liệu")
    must_be_near(days.due_on, "Hạn nộp", programme)
    must_be_near(days.closes_on, "Ngày khoá kỳ", programme)


def _in_order(days: Days) -> None:
    if not (max(days.opens_on, days.cut_off_on) <= days.due_on <= days.closes_on):
        raise RuleBroken(
            "Ngày mở và ngày chốt số liệu không được sau hạn nộp; hạn nộp không được sau ngày khoá."
        )


def _within_term(days: Days, programme: Programme) -> None:
    """A slip of the keyboard in a year."""
    if days.opens_on.year < programme.term_from:
        raise RuleBroken(
            f"Ngày mở kỳ {days.opens_on:%d/%m/%Y} ở trước nhiệm kỳ"
            f" {programme.term} của chương trình. Hãy kiểm tra lại năm."
        )


def _keep(period: Period, sentence: str, reason: str, *, by: User | None) -> Period:
    period.save()
    own = period.programme.union_id
    journal.record(sentence, by=by, about=period, union_id=own, reason=trimmed(reason))
    return period
