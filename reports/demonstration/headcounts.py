"""How many people each union had at the cut-offs of the years."""

from collections.abc import Iterator
from random import Random

from indicators.services.periods import proposed_days
from reports.demonstration.province import Member, Province
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Headcount

# in a hundred: how many who work there are members, and how many of those are women
_MEMBERS, _WOMEN = (93, 100), (25, 75)


def write(province: Province, years: range, random: Random, traces: Traces) -> None:
    """One headcount a union and year in which it stood at the cut-off."""
    rows = [row for member in province.members for row in _of(member, years, random)]
    Headcount.objects.bulk_create(rows, batch_size=BATCH)
    for row in rows:
        traces.record(
            f"Ghi {row}: {row.members} đoàn viên",
            at(row.counted_on, 10),
            by=province.staff.administrator,
            about=row,
        )


def _of(member: Member, years: range, random: Random) -> Iterator[Headcount]:
    """Members and women keep their share from year to year."""
    members, women = random.randint(*_MEMBERS), random.randint(*_WOMEN)
    union, calendar = member.union, member.name.calendar
    for year in years:
        day = proposed_days(year, calendar).cut_off_on
        if union.founded_on > day or (union.ended_on and union.ended_on <= day):
            continue
        of_union = member.headcount * members // 100
        yield Headcount(
            union=union,
            counted_on=day,
            members=of_union,
            female=of_union * women // 100,
            workers=member.headcount,
            committee=member.committee,
        )
