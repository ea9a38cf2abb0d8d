"""Reads of programmes."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Model, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actionplan.models import Amendment, Period, Programme, Wording
from unions.access import Actor, Permission
from unions.errors import RuleBroken
from unions.models import Succession, Union
from unions.scoping import keys_of


@dataclass(frozen=True, slots=True)
class InForce:
    """What a programme and its parts said on a day, where they have been amended since.

    By the kind and key of the part, then by field. What is dressed in it is to be shown and never
    saved.
    """

    words: Mapping[tuple[str, int], Mapping[str, Any]]

    def dress(self, rows: Iterable[Model]) -> None:
        """Let each of `rows` say what it said that day."""
        for row in rows:
            for name, said in self.words.get((row._meta.label_lower, row.pk), {}).items():
                field: Any = row._meta.get_field(name)
                setattr(row, name, field.to_python(said))


def programme_for(union: Union, year: int) -> Programme:
    """The programme that `union` reports on for `year`: its own, or that of a union above it.

    Where one was closed early and another has begun, the newer. RuleBroken if none of them has the
    year. One statement.
    """
    programmes = programmes_of(union)
    if not programmes:
        raise RuleBroken(f"{union} chưa có chương trình hành động nào trên cổng.")
    holding = [one for one in programmes if year in one.years] or [
        one for one in programmes if year in one.reporting_years
    ]
    if not holding:
        years = sorted({year for one in programmes for year in one.reporting_years})
        raise RuleBroken(
            f"Năm {year} không thuộc các năm báo cáo của chương trình:"
            f" {', '.join(map(str, years)) or 'chưa có năm nào'}."
        )
    return holding[0]


def programmes_of(union: Union) -> list[Programme]:
    """The programmes of `union` and of those above it, nearest and newest first. One statement."""
    line = keys_of(union.path)
    found = Programme.objects.filter(union__in=line).select_related("union__current")
    return sorted(found, key=lambda one: line.index(one.union_id), reverse=True)


def years_opened(programme: Programme) -> set[int]:
    """The years for which a period was opened. One statement."""
    return set(Period.objects.filter(programme=programme).values_list("year", flat=True))


def known_to(user: Actor, permission: Permission = Permission.VIEW) -> QuerySet[Programme]:
    """The programmes of the unions a person may know of, and of the unions these came from.

    The second kind is of unions that have ended: whoever goes on for them answers for those too.
    """
    unions = Union.objects.visible_to(user, permission)
    origins = Succession.objects.filter(
        successor__in=unions.values("pk"), predecessor__ended_on__isnull=False
    )
    own = Programme.objects.visible_to(user, permission)
    inherited = Programme.objects.filter(union__in=origins.values("predecessor"))
    return Programme.objects.filter(pk__in=own.values("pk")) | inherited


def heirs(union: Union) -> list[Union]:
    """The unions in which `union` goes on, those in which these do included, nearest first.

    A statement for each link of the longest chain, and one more.
    """
    found: dict[int, Union] = {}
    reached = [union]
    while reached:
        rows = Succession.objects.filter(predecessor__in=reached, event__undone_at=None)
        into = [row.successor for row in rows.select_related("successor__current").order_by("pk")]
        reached = [one for one in into if one.pk not in found and one.pk != union.pk]
        found |= {one.pk: one for one in reached}
    return list(found.values())


def earlier_wordings(row: Model) -> QuerySet[Wording]:
    """What a programme or a part of it said before, newest first. One statement."""
    said = Wording.objects.filter(subject=row._meta.label_lower, subject_key=row.pk)
    return said.select_related("amendment__made_by")


def amendments_of(programme: Programme) -> QuerySet[Amendment]:
    """How a programme was amended, newest first. Two statements."""
    rows = programme.amendments.select_related("made_by")
    return rows.prefetch_related("wordings")


def as_in_force(programme: Programme, year: int, parts: Iterable[Model] = ()) -> Programme:
    """The programme as it stood in a year, to be shown and never saved; `parts` are dressed too.

    Every page and paper of a year takes its words from here. One statement.
    """
    worded, stood = words_in_force(programme, year), copy(programme)
    worded.dress([stood, *parts])
    return stood


def words_in_force(programme: Programme, year: int) -> InForce:
    """The words of a programme on the last cut-off of a year, or on its last day. One statement.

    Corrections of slips hold for all days.
    """
    periods = Period.objects.filter(programme=programme, year=year).order_by()
    cut_off = periods.values("programme").annotate(last=Max("cut_off_on")).values("last")
    day = Coalesce(Subquery(cut_off), Value(date(year, 12, 31)))
    since = Wording.objects.filter(
        amendment__programme=programme, amendment__in_force_on__gt=day
    ).order_by("amendment__in_force_on", "pk")
    words: dict[tuple[str, int], dict[str, Any]] = {}
    for wording in since:
        said = words.setdefault((wording.subject, wording.subject_key), {})
        for name, old in wording.words.items():
            said.setdefault(name, old)
    return InForce(words)
