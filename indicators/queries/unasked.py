"""Whom a year has not asked yet: unions of a calendar whose period was not opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from actionplan import calendar as office_calendar
from actionplan.models import Period, Programme
from indicators.queries.cuts import Cut
from unions.models import Calendar, Level, Placement, Union
from unions.quantities import Quantity
from unions.scoping import keys_of

# a year and whose year it is
_Kept = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Unasked:
    """The unions of a calendar that a year has not asked, by type, though it asked others."""

    year: int
    calendar: str
    by_type: dict[str, int]

    def of(self, types: frozenset[str]) -> int:
        """How many of these types; of all if none is named."""
        return sum(count for type, count in self.by_type.items() if not types or type in types)

    @property
    def sentence(self) -> str:
        """As it is told: nothing of them stands in any count."""
        keeps, count = Calendar(self.calendar).label.lower(), Quantity(self.of(frozenset()))
        return (
            f"Kỳ {Period(year=self.year, calendar=self.calendar)} chưa mở: {count} đơn vị theo"
            f" {keeps} chưa được hỏi, không có trong số phải báo cáo."
        )


def unasked(programme: Programme, cut: Cut) -> list[Unasked]:
    """Of the years of a cut, each calendar that was not opened while another was, with its unions.

    They are counted by where they stood on the usual day of that calendar's cut-off. One statement
    where every calendar was opened, else two.
    """
    waiting = _not_opened(programme, cut.years(programme))
    if not waiting:
        return []
    rows = _within(cut)
    counts = {
        f"kept_{at}": Count("union", distinct=True, filter=_standing(year, calendar))
        for at, (year, calendar) in enumerate(waiting)
    }
    asked = rows.filter(level=Level.GRASSROOTS, suspended=False).order_by()
    by_type = [dict[str, Any](row) for row in asked.values("type").annotate(**counts)]
    found = (
        Unasked(year, calendar, {row["type"]: row[f"kept_{at}"] for row in by_type})
        for at, (year, calendar) in enumerate(waiting)
    )
    return [one for one in found if one.of(frozenset())]


def told_of_unasked(found: Iterable[Unasked]) -> list[str]:
    """A sentence for each of them."""
    return [one.sentence for one in found]


def why_not_asked(unions: Sequence[int]) -> list[str]:
    """Why these unions have no submission of a year that others have, in sentences.

    Two statements.
    """
    asked = Union.objects.filter(pk__in=unions, ended_on__isnull=True, current__suspended=False)
    rows = list(asked.filter(current__level=Level.GRASSROOTS).select_related("current"))
    above = {key for row in rows for key in keys_of(row.path)}
    periods = Period.objects.filter(programme__union__in=above).values_list(
        "programme", "programme__union", "year", "calendar"
    )
    opened = list(periods)
    return [told for row in rows if (told := _why(row, opened))]


def _why(union: Union, opened: Sequence[tuple[int, int, int, str]]) -> str:
    if union.current is None:
        return ""
    above, calendar = keys_of(union.path), union.current.calendar
    held = {(programme, year) for programme, head, year, _ in opened if head in above}
    asked = {(programme, year) for programme, _, year, kept in opened if kept == calendar}
    years = {year for _, year in held - asked if union.founded_on <= _day(year, calendar)}
    if not years:
        return ""
    told = ", ".join(str(Period(year=year, calendar=calendar)) for year in sorted(years))
    return (
        f"{union} báo cáo theo {Calendar(calendar).label.lower()}: kỳ {told} chưa mở nên đơn vị"
        " chưa được hỏi."
    )


def _not_opened(programme: Programme, years: Sequence[int]) -> list[_Kept]:
    rows = Period.objects.filter(programme=programme, year__in=years)
    opened = set(rows.values_list("year", "calendar"))
    begun = sorted({year for year, _ in opened})
    kept = ((year, calendar) for year in begun for calendar in Calendar.values)
    return [one for one in kept if one not in opened]


def _within(cut: Cut) -> QuerySet[Placement]:
    if cut.now:
        return Placement.objects.filter(cut.today(""))
    named = {"cluster": cut.cluster, "type": cut.type}
    wanted = {name: value for name, value in named.items() if value}
    return Placement.objects.under(cut.node).filter(**wanted)


def _standing(year: int, calendar: str) -> Q:
    day = _day(year, calendar)
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Q(calendar=calendar, valid_from__lte=day) & lasts


def _day(year: int, calendar: str) -> date:
    """The usual cut-off of a calendar, or today while that is to come."""
    if calendar == Calendar.SCHOOL_YEAR:
        day = office_calendar.school_year(year).cut_off_on
    else:
        day = office_calendar.calendar_year(year).cut_off_on
    return min(day, timezone.localdate())
