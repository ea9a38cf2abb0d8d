"""A small world of unions that move and of what they planned, and its matrix counted one by one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from actionplan.models import GroupReason, Plan, PlanItem, Programme, TaskGroup
from tests.builders import make_province
from unions.models import Placement, Union

YEARS = (2024, 2025, 2026)
DAYS = (date(2023, 1, 1), date(2027, 6, 30))
TODAYS = (date(2025, 10, 15), date(2026, 1, 1), date(2030, 1, 1))
CLUSTERS = ("", "Cụm 1", "Cụm 2")
TYPES = ("agency", "non_state")
STATUSES = ("not_started", "under_way", "done", "dropped")

# by union and year: cluster, type, state of the plan, and a cell for each group:
# how many items, done, late, and whether a reason was given
Counted = dict[tuple[str, int], tuple[str, str, str, list[tuple[int, int, int, bool]]]]


@dataclass
class Told:
    """What one union told of one year."""

    state: str
    items: list[tuple[int, str, date]] = field(default_factory=list)
    reasons: set[int] = field(default_factory=set)


@dataclass
class Life:
    """A union: where it stood from a day until a day, in one calendar, and its plans by year."""

    code: str
    level: str
    calendar: str
    stood: list[tuple[date, date | None, str, str, bool]]
    plans: dict[int, Told]


@dataclass
class World:
    """A programme of three task groups and one that was dropped, and the unions beneath it."""

    programme: Programme
    groups: list[TaskGroup]
    lives: list[Life]

    def counted(self, years: tuple[int, ...], today: date) -> Counted:
        """The matrix, day by day and item by item."""
        found: Counted = {}
        for life in self.lives:
            for year in years:
                if row := self._row(life, year, today):
                    found[life.code, year] = row
        return found

    def _row(self, life: Life, year: int, today: date):
        school = life.calendar == "school_year"
        first = date(year - 1, 9, 1) if school else date(year, 1, 1)
        day = date(year, 8, 31) if school else date(year, 12, 31)
        day = min(day, today)
        now = [one for one in life.stood if one[0] <= day and (one[1] is None or one[1] > day)]
        ever = [one for one in life.stood if one[0] <= day and (one[1] is None or one[1] > first)]
        told = life.plans.get(year)
        if told is None:
            if not now or now[0][4] or life.level not in {"upper", "grassroots"}:
                return None
            return (now[0][2], now[0][3], "", [(0, 0, 0, False)] * len(self.groups))
        if not ever:
            return None
        _, _, cluster, type, _ = max(ever, key=lambda one: one[0])
        cells = [self._cell(told, group.number, today) for group in self.groups]
        return cluster, type, told.state, cells

    @staticmethod
    def _cell(told: Told, number: int, today: date) -> tuple[int, int, int, bool]:
        items = [one for one in told.items if one[0] == number and one[1] != "dropped"]
        done = sum(1 for one in items if one[1] == "done")
        late = sum(1 for one in items if one[1] != "done" and one[2] < today)
        return len(items), done, late, not items and number in told.reasons


def make_world(seed: int, unions: int = 12) -> World:
    """A world by chance, the same for the same seed."""
    chance = Random(seed)
    root = make_province()
    programme = Programme.objects.create(
        code="ct",
        union=root,
        title="Chương trình",
        issued_on=date(2023, 6, 1),
        term_from=2023,
        term_to=2028,
        reporting_years=list(YEARS),
    )
    every = [
        TaskGroup.objects.create(
            programme=programme, number=number, title=f"Nhóm {number}", dropped=number == 3
        )
        for number in (1, 2, 3, 4)
    ]
    lives = [_life(chance, number) for number in range(unions)]
    for life in lives:
        _write(life, root, programme, every)
    own = Life(
        root.code, "upper", "calendar_year", [(date(2020, 1, 1), None, "", "agency", False)], {}
    )
    return World(programme, [one for one in every if not one.dropped], [own, *lives])


def _life(chance: Random, number: int) -> Life:
    days = sorted({_day(chance) for _ in range(chance.choice((1, 1, 2, 3)))})
    end = chance.choice((None, None, None, _day(chance)))
    end = None if end is None or end <= days[-1] else end
    stood = [
        (since, until, chance.choice(CLUSTERS), chance.choice(TYPES), chance.random() < 0.1)
        for since, until in zip(days, [*days[1:], end], strict=True)
    ]
    level = chance.choice(("grassroots", "grassroots", "grassroots", "member"))
    calendar = chance.choice(("calendar_year", "calendar_year", "school_year"))
    plans = {year: _told(chance, year) for year in YEARS if chance.random() < 0.6}
    return Life(f"U{number}", level, calendar, stood, plans)


def _told(chance: Random, year: int) -> Told:
    items = [
        (
            chance.randint(1, 4),
            chance.choice(STATUSES),
            date(year, 1, 1) + timedelta(chance.randrange(360)),
        )
        for _ in range(chance.randrange(8))
    ]
    reasons = {number for number in (1, 2, 3, 4) if chance.random() < 0.3}
    return Told(chance.choice(("draft", "submitted", "accepted", "returned")), items, reasons)


def _day(chance: Random) -> date:
    first, last = DAYS
    return first + timedelta(chance.randrange((last - first).days))


def _write(life: Life, root: Union, programme: Programme, groups: list[TaskGroup]) -> None:
    union = Union.objects.create(code=life.code, founded_on=life.stood[0][0])
    rows = [
        Placement.objects.create(
            union=union,
            name=f"Công đoàn {life.code}",
            level=life.level,
            type=type,
            calendar=life.calendar,
            parent=root,
            cluster=cluster,
            path=f"{root.path}{union.pk}.",
            valid_from=since,
            valid_to=until,
            suspended=suspended,
        )
        for since, until, cluster, type, suspended in life.stood
    ]
    for year, told in life.plans.items():
        plan = Plan.objects.create(
            union=union, programme=programme, year=year, placement=rows[0], state=told.state
        )
        PlanItem.objects.bulk_create(
            PlanItem(
                plan=plan,
                group=groups[number - 1],
                what="Việc",
                who="Ban Chấp hành",
                starts_on=date(year, 1, 1),
                due_on=due,
                status=status,
                done_on=due if status == "done" else None,
                dropped_because="Hết kinh phí" if status == "dropped" else "",
            )
            for number, status, due in told.items
        )
        GroupReason.objects.bulk_create(
            GroupReason(plan=plan, group=groups[number - 1], text="Không có đối tượng")
            for number in told.reasons
        )
