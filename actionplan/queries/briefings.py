"""Reads of what unions did to make the programme known."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Prefetch, QuerySet, Sum

from actionplan.attendance import Attendance, Roll
from actionplan.models import BriefingSession, Dissemination, Programme
from actionplan.queries.programmes import programmes_of
from unions.models import Evidence, Headcount, People, Union

# the day of a headcount, members, workers; None is not told
Counted = tuple[date, int, int | None]


def attendance_of(dissemination: Dissemination) -> Attendance:
    """What the sessions come to, beside the headcount of the last day. Two statements."""
    told = BriefingSession.objects.filter(dissemination=dissemination).aggregate(
        sessions=Count("pk"), largest=Max("attended"), sum=Sum("attended"), last=Max("held_on")
    )
    if not told["sessions"]:
        return Attendance()
    roll = roll_of(dissemination.union_id, told.pop("last"))
    return Attendance(**told, roll=roll)


def roll_of(union: int, day: date) -> Roll | None:
    """How many people a union had on record on a day; None if it was never counted. One statement.

    By the last headcount until that day, or where there was none yet by the first after it.
    """
    rows = Headcount.objects.filter(union=union).order_by("counted_on")
    return nearest_roll(rows.values_list("counted_on", "members", "workers"), day)


def nearest_roll(counts: Iterable[Counted], day: date) -> Roll | None:
    """The same of headcounts in the order of their days.

    All who work there are to be reached, members or not: the larger of the two numbers.
    """
    rolls = [_roll(*count) for count in counts]
    told = [roll for roll in rolls if roll.number]
    until = [roll for roll in told if roll.on <= day]
    return next(iter(until[-1:] or told[:1]), None)


def sessions_of(dissemination: Dissemination) -> QuerySet[BriefingSession]:
    """Its sessions, the last first, with their papers. Two statements."""
    papers = Prefetch("evidence", Evidence.objects.order_by("pk"))
    return dissemination.sessions.prefetch_related(papers)


def of_year(union: Union, programme: Programme, year: int) -> Dissemination:
    """What stands for a union and year; a row not yet saved, if nothing does. One statement."""
    known = Dissemination.objects.select_related("stated_by").filter(
        union=union, programme=programme, year=year
    )
    row = known.first() or Dissemination(union=union, programme=programme, year=year)
    row.union, row.programme = union, programme
    return row


def years_of(union: Union) -> list[int]:
    """The years of the programmes that a union follows, the last first. One statement."""
    return sorted({year for one in programmes_of(union) for year in one.years}, reverse=True)


def _roll(on: date, members: int, workers: int | None) -> Roll:
    everyone = workers is not None and workers >= members
    people = People.WORKERS if everyone else People.MEMBERS
    return Roll(max(members, workers or 0), people.label.lower(), on)
