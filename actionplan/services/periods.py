"""Opening, closing and reopening a reporting period."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Calendar, User
from unions.services import journal
from unions.services.days import must_be_of_our_time


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
    _of_our_time(days)
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
def close(period: Period, *, by: User | None) -> Period:
    """Close a period (khoá kỳ): nobody enters any more until it is reopened."""
    period = _locked(period, by=by)
    if period.closed_at is not None:
        raise RuleBroken(f"Kỳ báo cáo {period} đã khoá.")
    return _change(period, "Khoá", timezone.now(), by=by)


@transaction.atomic
def reopen(period: Period, *, by: User | None) -> Period:
    """Open a closed period again (mở lại)."""
    period = _locked(period, by=by)
    if period.closed_at is None:
        raise RuleBroken(f"Kỳ báo cáo {period} chưa khoá.")
    return _change(period, "Mở lại", None, by=by)


def _of_our_time(days: Days) -> None:
    must_be_of_our_time(days.opens_on, "Ngày mở kỳ")
    must_be_of_our_time(days.cut_off_on, "Ngày chốt số liệu")
    must_be_of_our_time(days.due_on, "Hạn nộp")
    must_be_of_our_time(days.closes_on, "Ngày khoá kỳ")


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


def _locked(period: Period, *, by: User | None) -> Period:
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    require(by, Permission.MANAGE_PERIODS, period.programme.union)
    return period


def _change(period: Period, verb: str, closed_at: datetime | None, *, by: User | None) -> Period:
    period.closed_at = closed_at
    period.save()
    journal.record(
        f"{verb} kỳ báo cáo {period}", by=by, about=period, union_id=period.programme.union_id
    )
    return period
