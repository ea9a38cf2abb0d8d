"""The provincial union and its grassroots unions: founded, merged, dissolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db.models import OuterRef, Subquery

from reports.demonstration import events
from reports.demonstration.events import Happening
from reports.demonstration.fates import STEADY
from reports.demonstration.names import UnionName, union_names
from reports.demonstration.people import Register, Staff
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Calendar, Level, Placement, Union, UnionType, User
from unions.vietnamese import fold

CODE = "CDVC"
NAME = "Công đoàn Viên chức tỉnh Phú Thọ"
_FOUNDED = date(1997, 1, 1)
_CLUSTER_SIZE = 12
_UNIONS_PER_NEWCOMER = 30

# fewest and most people of a union, by type, and how many are usual
_SIZES = {
    UnionType.AGENCY: (12, 140, 45),
    UnionType.PUBLIC_SERVICE_FULL: (15, 120, 55),
    UnionType.PUBLIC_SERVICE_PARTIAL: (40, 400, 150),
    UnionType.STATE_ENTERPRISE: (40, 320, 120),
    UnionType.NON_STATE: (20, 400, 90),
    UnionType.NON_PUBLIC: (8, 60, 20),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A grassroots union with what its figures depend on."""

    number: int
    union: Union
    name: UnionName
    headcount: int
    committee: int
    people: Sequence[User]

    @property
    def chair(self) -> User:
        """Who hands in."""
        return self.people[0]


@dataclass(frozen=True, slots=True)
class Province:
    """The tree, and who works at its top."""

    root: Union
    members: list[Member]
    staff: Staff


def make(count: int, years: range, random: Random, traces: Traces) -> Province:
    """Found a province of `count` grassroots unions, ended ones included."""
    root = Union(code=CODE, founded_on=_FOUNDED)
    names = union_names(count, random)
    unions = [_founded(number, years, random) for number in range(1, count + 1)]
    _let_newcomers_in(unions, years, random)
    ended = _end_some(unions, names, years)
    Union.objects.bulk_create([root, *unions], batch_size=BATCH)
    placements = _place(root, unions, names)
    register = Register(random, date(years[0], 1, 2))
    staff = register.staff(root)
    members = [
        _member(number, union, name, register)
        for number, (union, name) in enumerate(zip(unions, names, strict=True), start=1)
    ]
    register.write(traces, staff.administrator)
    happenings = events.of(root, unions, ended)
    events.write(happenings, register.first_day, staff.administrator, traces)
    _tie(placements, happenings)
    _keep_history(placements, staff.administrator, register.first_day)
    return Province(root, members, staff)


def _founded(number: int, years: range, random: Random) -> Union:
    latest = date(years[0] - 2, 12, 31)
    day = _FOUNDED + timedelta(days=random.randint(30, (latest - _FOUNDED).days))
    return Union(code=f"CS{number:03d}", founded_on=day)


def _let_newcomers_in(unions: list[Union], years: range, random: Random) -> None:
    """Let some unions be too young to be graded in the last year."""
    newcomers = max(1, len(unions) // _UNIONS_PER_NEWCOMER) if len(unions) > 1 else 0
    for union in unions[len(unions) - newcomers :]:
        union.founded_on = date(years[-1], random.randint(1, 9), random.randint(1, 28))


def _end_some(
    unions: list[Union], names: list[UnionName], years: range
) -> list[tuple[Union, Union | None]]:
    """One merger and one dissolution, before the last cut-off if there is a year before it."""
    old = [
        union
        for union, name in zip(unions, names, strict=True)
        if union.founded_on.year < years[0] and name.calendar == Calendar.CALENDAR_YEAR
    ][STEADY:]
    if len(old) < 3:  # noqa: PLR2004 - merged, its successor, dissolved
        return []
    merged, dissolved = old[-1], old[-2]
    early = len(years) > 1
    merged.ended_on = date(years[-1], 7, 1) if early else date(years[-1], 12, 29)
    dissolved.ended_on = date(years[-1], 6, 15) if early else date(years[-1], 12, 30)
    return [(merged, old[0]), (dissolved, None)]


def _place(root: Union, unions: list[Union], names: list[UnionName]) -> list[Placement]:
    top = Placement(
        union=root,
        name=NAME,
        short_name="CĐVC tỉnh Phú Thọ",
        level=Level.UPPER,
        type=UnionType.AGENCY,
        place="thành phố Việt Trì",
        path=f"{root.pk}.",
        valid_from=root.founded_on,
    )
    clusters = _clusters(names)
    placements = [top] + [
        _placement(root, union, name, cluster)
        for union, name, cluster in zip(unions, names, clusters, strict=True)
    ]
    for placement in placements:
        placement.name_folded = fold(f"{placement.name} {placement.short_name}").strip()
    Placement.objects.bulk_create(placements, batch_size=BATCH)
    for placement in placements:
        placement.union.current = placement
    newest = Placement.objects.filter(union=OuterRef("pk")).order_by("-valid_from")
    Union.objects.update(current=Subquery(newest.values("pk")[:1]))
    return placements


def _placement(root: Union, union: Union, name: UnionName, cluster: str) -> Placement:
    return Placement(
        union=union,
        name=f"Công đoàn cơ sở {name.unit}",
        short_name=f"CĐCS {name.unit}",
        type=name.type,
        calendar=name.calendar,
        parent=root,
        cluster=cluster,
        place=name.place,
        path=f"{root.pk}.{union.pk}.",
        valid_from=union.founded_on,
        valid_to=union.ended_on,
    )


def _clusters(names: list[UnionName]) -> list[str]:
    """Emulation clusters of about a dozen unions of like type."""
    order = sorted(range(len(names)), key=lambda place: (names[place].type, place))
    clusters = [""] * len(names)
    for rank, place in enumerate(order):
        clusters[place] = f"Cụm thi đua số {rank // _CLUSTER_SIZE + 1}"
    return clusters


def _member(number: int, union: Union, name: UnionName, register: Register) -> Member:
    least, most, usual = _SIZES[UnionType(name.type)]
    headcount = int(register.random.triangular(least, most, usual))
    committee = min(15, 3 + 2 * (headcount // 35))
    people = register.union_people(number, union, name)
    return Member(number, union, name, headcount, committee, people)


def _tie(placements: list[Placement], happenings: list[Happening]) -> None:
    """Let every placement name the events by which it begins and ends."""
    opened = {union.pk: one.event for one in happenings if one.founds for union in one.successors}
    closed = {union.pk: one.event for one in happenings for union in one.predecessors}
    for placement in placements:
        placement.opened_by = opened[placement.union_id]
        placement.closed_by = closed.get(placement.union_id)
    Placement.objects.bulk_update(placements, ["opened_by", "closed_by"], batch_size=BATCH)


def _keep_history(placements: list[Placement], by: User, first_day: date) -> None:
    """As if each had been entered when the portal began or the union was founded, then ended."""
    ends = {row.pk: (row.valid_to, row.closed_by) for row in placements if row.valid_to}
    for placement in placements:
        placement.valid_to = placement.closed_by = None
        placement._history_user = by  # type: ignore[attr-defined]
        placement._history_date = at(max(first_day, placement.valid_from), 8)  # type: ignore[attr-defined]
    Placement.history.bulk_history_create(placements, batch_size=BATCH)
    ended = [placement for placement in placements if placement.pk in ends]
    for placement in ended:
        placement.valid_to, placement.closed_by = ends[placement.pk]
        placement._history_date = at(placement.valid_to, 8)  # type: ignore[attr-defined]
    Placement.history.bulk_history_create(ended, batch_size=BATCH, update=True)
