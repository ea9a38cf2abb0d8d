"""Opening a period: one submission for each union of the audience."""

from datetime import date

from django.db import transaction

from actionplan import calendar as office_calendar
from actionplan.calendar import Days
from actionplan.models import Period, Programme
from actionplan.services import periods
from indicators.grades import SINCE_2019
from indicators.models import Audience, Submission
from unions.models import Calendar, Level, OrgEvent, Placement, User


def proposed_days(year: int, calendar: str) -> Days:
    """The days that union offices usually keep for this calendar."""
    if calendar == Calendar.SCHOOL_YEAR:
        return office_calendar.school_year(year)
    return office_calendar.calendar_year(year)


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

    The provincial union answers for itself in the calendar year's period.
    """
    days = days or proposed_days(year, calendar)
    period = periods.open(programme, year, calendar, days, by=by)
    Submission.objects.bulk_create(submissions_of(period), batch_size=500)
    return period


def submissions_of(period: Period) -> list[Submission]:
    """A submission, not yet saved, for every union that a period asks. Two statements."""
    merged = _merged_since(
        _months_before(period.cut_off_on, SINCE_2019.months_after_merger), period
    )
    return [_submission(period, placement, merged) for placement in _asked(period)]


def _asked(period: Period) -> list[Placement]:
    own = period.programme.union
    in_place = Placement.objects.on(period.cut_off_on).filter(
        path__startswith=own.path, suspended=False
    )
    asked = in_place.filter(level=Level.GRASSROOTS, calendar=period.calendar)
    if period.calendar == Calendar.CALENDAR_YEAR:
        asked |= in_place.filter(union=own)
    return list(asked.select_related("union"))


def _submission(period: Period, placement: Placement, merged: set[int]) -> Submission:
    own = placement.union_id == period.programme.union_id
    first_day = _months_before(period.cut_off_on, SINCE_2019.months_after_founding)
    return Submission(
        union_id=placement.union_id,
        period=period,
        placement=placement,
        audience=Audience.PROVINCE if own else Audience.GRASSROOTS,
        gradable=placement.union.founded_on <= first_day and placement.union_id not in merged,
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
