"""A period from its opening to its closing, with a submission for each union of the audience."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from actionplan import calendar as office_calendar
from actionplan.calendar import Days
from actionplan.models import Period, Programme
from actionplan.services import periods
from indicators.grades import SINCE_2019
from indicators.models import Audience, Submission
from indicators.services import entrants, seen
from indicators.workflow import State
from unions.errors import RuleBroken
from unions.models import Calendar, Level, OrgEvent, Placement, Union, User
from unions.queries import node
from unions.queries.caretakers import caretakers
from unions.services.readmission import readmit
from unions.vietnamese import trimmed, written


def proposed_days(year: int, calendar: str) -> Days:
    """The days that union offices usually keep for this calendar."""
    if calendar == Calendar.SCHOOL_YEAR:
        return office_calendar.school_year(year)
    return office_calendar.calendar_year(year)


def first_day(year: int, calendar: str) -> date:
    """The day on which a reporting year begins; a school year in September (Luật Giáo dục 2019).

    A union that ended before it did nothing in that year.
    """
    if calendar == Calendar.SCHOOL_YEAR:
        return date(year - 1, 9, 1)
    return date(year, 1, 1)


class NobodyAsked(RuleBroken):
    """No union would have to hand in: a period that asks nobody is not opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The periods that were opened, and a sentence for each that was not: it asks nobody."""

    periods: list[Period]
    nobody: list[str]


@transaction.atomic
def open_period(
    programme: Programme,
    year: int,
    *,
    by: User | None,
    calendar: str = Calendar.CALENDAR_YEAR,
    days: Days | None = None,
) -> Period:
    """Open the period, and a submission for every union in place at its cut-off.

    One that ended in the year before the cut-off is asked for the part until then (phiếu kết thúc
    hoạt động). The provincial union answers for itself in the calendar year's period. NobodyAsked
    where nobody is asked at all.
    """
    days = days or proposed_days(year, calendar)
    period = periods.open(programme, year, calendar, days, by=by)
    asked = submissions_of(period)
    if not asked:
        raise NobodyAsked(
            f"Không đơn vị nào phải nộp trong {period} với ngày chốt số liệu"
            f" {written(period.cut_off_on)}. Hãy kiểm tra ngày chốt, ngày thành lập các đơn vị và"
            f" loại năm báo cáo ({Calendar(calendar).label.lower()})."
        )
    rows = Submission.objects.bulk_create(asked, batch_size=500)
    entrants.tell_of_closing([row for row in rows if row.closing])
    return period


@transaction.atomic
def open_periods(
    programme: Programme, year: int, days: Mapping[str, Days], *, by: User | None
) -> Opened:
    """Open the period of each calendar that has its days there, and tell everyone who is asked.

    Of one whose last day has passed nobody is told: there is nothing to do in it.
    """
    opened = open_each(programme, year, days, by=by)
    for period in (one for one in opened.periods if not one.is_over(timezone.localdate())):
        tell("period_opened", period, closing=False)
    return opened


@transaction.atomic
def open_each(
    programme: Programme, year: int, days: Mapping[str, Days], *, by: User | None
) -> Opened:
    """`open_period` for each calendar; one that asks nobody is left out if another asks somebody.

    Nobody is told yet. NobodyAsked where none of them asks anybody.
    """
    opened, nobody = [], []
    for calendar, own in days.items():
        try:
            opened.append(open_period(programme, year, by=by, calendar=calendar, days=own))
        except NobodyAsked as nobody_asked:
            nobody.append(str(nobody_asked))
    if not opened:
        raise NobodyAsked(" ".join(nobody))
    return Opened(opened, nobody)


@transaction.atomic
def close_period(period: Period, reason: str, *, by: User | None) -> Period:
    """Close a period for a reason, and tell those who cannot hand in any more."""
    period = periods.close(period, reason=reason, by=by)
    shut_out = Q(extended_until=None) | Q(extended_until__lt=timezone.localdate())
    tell("period_closed", period, shut_out, reason=trimmed(reason))
    return period


@transaction.atomic
def reopen_period(
    period: Period, reason: str, *, by: User | None, closes_on: date | None = None
) -> Period:
    """Open a closed period again for a reason, and tell those who have not handed in.

    The people of unions that ended get their roles back for it: something is owed once more.
    """
    period = periods.reopen(period, reason=reason, by=by, closes_on=closes_on)
    for union in Union.objects.filter(submissions__in=awaited(period), ended_on__isnull=False):
        readmit(union)
    tell("period_reopened", period, reason=trimmed(reason))
    return period


@transaction.atomic
def change_days(
    period: Period,
    due_on: date,
    closes_on: date,
    *,
    reason: str,
    by: User | None,
    shown: str | None = None,
) -> Period:
    """Move the last days of an open period, and tell those who have not handed in.

    `shown` is the mark of the days that the page showed: Stale if they changed since.
    """
    seen.days_as_shown(periods.locked(period, by=by), shown)
    period = periods.change_days(period, due_on, closes_on, reason=reason, by=by)
    tell("period_days", period, reason=trimmed(reason))
    return period


def awaited(period: Period) -> QuerySet[Submission]:
    """The submissions of a period that were never handed in and are owed."""
    return Submission.objects.owed().filter(period=period, state=State.DRAFT)


def tell(code: str, period: Period, *narrowed: Q, reason: str = "", **which: bool) -> None:
    """Tell the people of every union that has yet to hand in; a returned form is told its own."""
    rows = awaited(period).filter(*narrowed, **which)
    found = rows.select_related("placement", "period", "union", "caretaker__current")
    entrants.tell_each(code, list(found), reason=reason)


def submissions_of(period: Period, among: Collection[int] | None = None) -> list[Submission]:
    """A submission, not yet saved, for every union that a period asks, or for those `among` them.

    Three statements, and those of `caretakers` where unions have ended.
    """
    asked = _asked(period, among)
    if not asked:
        return []
    merged = _merged_since(
        _months_before(period.cut_off_on, SINCE_2019.months_after_merger), period
    )
    ended = [placement.union_id for placement in asked if placement.union.ended_on]
    heirs = caretakers(ended) if ended else {}
    rows = [_submission(period, placement, merged) for placement in asked]
    for row in rows:
        row.caretaker_id = heirs.get(row.union_id)
    return rows


def _asked(period: Period, among: Collection[int] | None) -> list[Placement]:
    """Where they stood at the cut-off, or last if they ended in the year before it."""
    own, cut_off = period.programme.union, period.cut_off_on
    stood = Q(valid_from__lte=cut_off) & (Q(valid_to__isnull=True) | Q(valid_to__gt=cut_off))
    began = first_day(period.year, period.calendar)
    ended = Q(valid_to=F("union__ended_on"), valid_to__gt=began, valid_to__lte=cut_off)
    asked = Q(level=Level.GRASSROOTS, calendar=period.calendar)
    if period.calendar == Calendar.CALENDAR_YEAR:
        asked |= Q(union=own)
    rows = Placement.objects.under(node(own)).filter(asked, stood | ended, suspended=False)
    if among is not None:
        rows = rows.filter(union__in=among)
    return list(rows.select_related("union"))


def _submission(period: Period, placement: Placement, merged: set[int]) -> Submission:
    own = placement.union_id == period.programme.union_id
    old = _months_before(period.cut_off_on, SINCE_2019.months_after_founding)
    closing = placement.valid_to is not None and placement.valid_to <= period.cut_off_on
    old_enough = placement.union.founded_on <= old and placement.union_id not in merged
    return Submission(
        union=placement.union,
        period=period,
        placement=placement,
        audience=Audience.PROVINCE if own else Audience.GRASSROOTS,
        closing=closing,
        gradable=old_enough and not closing,
    )


def _merged_since(day: date, period: Period) -> set[int]:
    """Unions that took others in, or were divided, and have not yet worked long enough since."""
    events = OrgEvent.objects.filter(
        kind__in=(OrgEvent.Kind.MERGE_INTO, OrgEvent.Kind.CONSOLIDATE, OrgEvent.Kind.SPLIT),
        undone_at=None,
        effective_on__gt=day,
        effective_on__lte=period.cut_off_on,
    )
    touched = events.values_list("successors", "predecessors")
    return {union for row in touched for union in row if union is not None}


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(years + month // 11, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(years, month + 1, min(day.day, last))
