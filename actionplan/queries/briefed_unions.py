"""Unions with what they did in a year to make the programme known: one line each."""

from datetime import date

from django.db.models import Count, DateField, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from actionplan.calendar import first_day, last_day
from actionplan.models import BriefingSession, Dissemination, UnionBriefings
from unions.models import Headcount, Level

# what stands within a grassroots union makes its sessions known there
_ASKED = (Level.UPPER, Level.GRASSROOTS)


def briefed_in(unions: QuerySet[UnionBriefings], year: int) -> QuerySet[UnionBriefings]:
    """The unions that were there in a year, each with its sessions, lượt, người and headcount.

    Annotated as `held`, `attendances`, `last_held`, `people` (None where none was stated, or what
    was cannot stand), `unsound` and `roll`; that by the rule of `queries.briefings.nearest_roll`.
    """
    ends = last_day(year, "calendar_year")
    sessions = BriefingSession.objects.filter(
        dissemination__union=OuterRef("pk"), dissemination__year=year
    ).order_by()
    of_union = sessions.values("dissemination__union")
    stated = Dissemination.objects.filter(union=OuterRef("pk"), year=year, people__isnull=False)
    return (
        unions.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=first_day(year, "calendar_year")),
            current__level__in=_ASKED,
            founded_on__lte=ends,
        )
        .annotate(
            held=Subquery(of_union.annotate(count=Count("pk")).values("count")),
            attendances=Subquery(of_union.annotate(sum=Sum("attended")).values("sum")),
            last_held=Subquery(of_union.annotate(last=Max("held_on")).values("last")),
            people=_newest(stated.filter(unsound=""), "people"),
            unsound=_newest(stated.exclude(unsound=""), "unsound"),
        )
        .annotate(roll=_roll(ends))
    )


def summed(rows: QuerySet[UnionBriefings]) -> dict[str, int]:
    """What these unions come to together, and how many of them have nothing yet. One statement.

    `came` is in lượt, `reached` in người. The share is of those whose number of people was stated:
    `counted` of `rolled`.
    """
    both = Q(people__isnull=False, roll__isnull=False)
    found = rows.aggregate(
        unions=Count("pk"),
        silent=Count("pk", filter=Q(held__isnull=True)),
        unstated=Count("pk", filter=Q(held__isnull=False, people__isnull=True)),
        sessions=Sum("held"),
        came=Sum("attendances"),
        reached=Sum("people"),
        counted=Sum("people", filter=both),
        rolled=Sum("roll", filter=both),
    )
    return {name: number or 0 for name, number in found.items()}


def _newest(rows: QuerySet[Dissemination], field: str) -> Subquery:
    return Subquery(rows.order_by("-pk").values(field)[:1])


def _roll(ends: date) -> Coalesce:
    """All people on record on the day of the last session, or the year's last without one."""
    day = Coalesce(OuterRef("last_held"), Value(ends, output_field=DateField()))
    everybody = Greatest("members", Coalesce(F("workers"), Value(0)))
    counts = Headcount.objects.filter(union=OuterRef("pk")).annotate(everybody=everybody)
    told = counts.filter(everybody__gt=0)
    until = told.filter(counted_on__lte=day).order_by("-counted_on").values("everybody")[:1]
    after = told.filter(counted_on__gt=day).order_by("counted_on").values("everybody")[:1]
    return Coalesce(Subquery(until), Subquery(after))
