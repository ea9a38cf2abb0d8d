"""Reads for reports and their pages, each with a stated number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from actionplan.models import Period, Programme, TaskGroup
from indicators.models import Audience, Figure, Submission
from indicators.queries import EXTRA, Cut, counted, owed
from indicators.queries.heirs import FIGURE
from indicators.workflow import State
from reports.models import Rendering, Report, Stationery
from unions.access import Permission, Role
from unions.errors import RuleBroken
from unions.models import WHOLE, Appointment, Evidence, Level, OrgEvent, Placement, Union, User
from unions.quantities import Quantity
from unions.queries import begun, point
from unions.scoping import Node, keys_of


@dataclass(frozen=True, slots=True)
class Answered:
    """How many grassroots unions told of a task group, and how many answered “không có”."""

    group: TaskGroup
    told: int
    none: int


@dataclass(frozen=True, slots=True)
class InForce:
    """A programme with the last of its years whose period has opened."""

    programme: Programme
    last_opened: int | None


@dataclass(frozen=True, slots=True)
class Extra:
    """The sum of a number asked beside an indicator, without a target of its own."""

    indicator_code: str
    label: str
    quantity: Quantity

    @property
    def sentence(self) -> str:
        """As it is told, the same on paper and on screen."""
        return f"Kèm theo chỉ tiêu {self.indicator_code}: {self.label}: {self.quantity}."


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is read as of one moment, whoever approves meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def place(union_id: int) -> tuple[Union, Node]:
    """A union, and the same as a point of the tree. One statement."""
    found = Placement.objects.filter(union=union_id).select_related("union")
    rows = list(found.order_by("-valid_from"))
    union = rows[0].union
    node = point(union, rows)
    union.current = begun(rows)[0]
    return union, node


def programmes_around(path: str) -> list[InForce]:
    """The programmes of the union at `path`, of those above and beneath; newest term first.

    One statement.
    """
    keys = keys_of(path)
    opened = Q(periods__opens_on__lte=timezone.localdate())
    rows: QuerySet[Any] = (
        Programme.objects.filter(Q(union__in=keys) | Q(union__current__path__startswith=path))
        .select_related("union__current")
        .annotate(last_opened=Max("periods__year", filter=opened))
        .order_by("-term_from", "pk")
    )
    return [InForce(row, row.last_opened) for row in rows]


def programmes_at(node: Node) -> list[Programme]:
    """The programmes that hold at `node`, its own or of a union above, nearest first.

    One statement.
    """
    keys = _upwards(node)
    rows = Programme.objects.filter(union__in=keys).select_related("union__current")
    return sorted(
        rows, key=lambda programme: (keys.index(programme.union_id), -programme.term_from)
    )


def find_programme(node: Node, year: int, code: str = "") -> Programme:
    """The programme that `node` reports on for `year`; RuleBroken if none holds the year.

    With a `code`, that programme and no other. One statement.
    """
    return one_of(programmes_at(node), node, year, code)


def one_of(held: Iterable[Programme], node: Node, year: int, code: str = "") -> Programme:
    """The same among the programmes that hold at `node`. No statement."""
    found = [each for each in held if code in {"", each.code}]
    if not found:
        raise RuleBroken(
            f"{node.name} chưa có chương trình hành động, công đoàn cấp trên cũng chưa có."
            " Hãy nạp chương trình trước."
        )
    for programme in found:
        if year in programme.years:
            return programme
    years = ", ".join(map(str, sorted({year for each in found for year in each.years})))
    raise RuleBroken(
        f"Năm {year} không thuộc các năm báo cáo của chương trình hành động ({years or 'chưa có'})."
    )


def stationery_of(union: Union, node: Node, day: date) -> Stationery:
    """The stationery in force on `day`; RuleBroken if there is none.

    A union without its own writes under its name and that of the union above it, and its chair
    signs for the executive committee. Two or three statements.
    """
    keys = _upwards(node)
    in_force = Stationery.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), union__in=keys, valid_from__lte=day
    ).select_related("union__current")
    found = sorted(in_force, key=lambda row: keys.index(row.union_id))
    if not found:
        raise RuleBroken(
            f"{node.name} chưa có mẫu văn bản có hiệu lực ngày {day:%d/%m/%Y}. Hãy khai báo cơ quan"
            " ban hành, ký hiệu, người ký ở mục “Mẫu văn bản”."
        )
    nearest = found[0]
    return nearest if nearest.union_id == union.pk else _plain(union, node, nearest)


def cut_offs(programme: Programme, year: int) -> list[Period]:
    """The periods of a reporting year, one for each calendar opened. One statement."""
    return list(Period.objects.filter(programme=programme, year=year).order_by("calendar"))


def end_of(union: Union) -> OrgEvent | None:
    """What ended a union, with those it went into; nothing is asked of one that is in place."""
    if union.ended_on is None:
        return None
    events = union.events_as_predecessor.filter(undone_at=None)
    return events.prefetch_related("successors__current").first()


def estimated(programme: Programme, cut: Cut) -> set[int]:
    """Keys of the approved submissions that hold estimates (số ước thực hiện). One statement."""
    rows = owed(programme, cut).filter(state=State.APPROVED, estimate=True)
    return set(rows.values_list(Coalesce("stands_for", "pk"), flat=True))


def extras(programme: Programme, cut: Cut) -> list[Extra]:
    """The numbers asked beside the indicators, approved ones added up. One statement.

    Of a union that is shared its stated part, where people or amounts are counted.
    """
    rows = (
        counted(programme, cut)
        .filter(indicator__dropped=False)
        .exclude(indicator__extras=[])
        .annotate(part=FIGURE.part(cut.today) if cut.now else Value(WHOLE))
        .order_by("indicator__position")
        .select_related("indicator")
    )
    sums: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in rows:
        indicator, share = row.indicator, Fraction(row.part, WHOLE)
        if share == 1 or (share > 0 and indicator.rule.divisible):
            for extra in indicator.extras:
                number = row.answers.get(f"{EXTRA}{extra['code']}") or 0
                sums[indicator.code, extra["label"]] += share * number
    return [Extra(code, label, Quantity(total)) for (code, label), total in sums.items()]


def task_groups_answered(programme: Programme, year: int, node: Node) -> list[Answered]:
    """What `words` counts, for the task groups alone and without texts. One statement."""
    counted = Q(
        narrative__submission__in=owed(programme, Cut.of_year(node, year)).filter(
            state=State.APPROVED, audience=Audience.GRASSROOTS
        )
    )
    groups = programme.task_groups.filter(dropped=False).annotate(
        told=Count("narrative", filter=counted & ~Q(narrative__text="")),
        none=Count("narrative", filter=counted & Q(narrative__text="")),
    )
    return [Answered(group, group.told, group.none) for group in groups]


def places_beneath(node: Node) -> list[tuple[str, str]]:
    """The clusters and types of the unions at or beneath a node, past ones too. One statement."""
    rows = Placement.objects.under(node).filter(level=Level.GRASSROOTS)
    return list(rows.order_by().values_list("cluster", "type").distinct())


def submissions_open_to(user: User, keys: Collection[int]) -> set[int]:
    """Which of these submissions `user` may read. One statement."""
    rows = Submission.objects.visible_to(user).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def evidence_of(figures: Iterable[int]) -> dict[int, list[Evidence]]:
    """The files that prove these figures, by the key of the figure. One statement."""
    found: dict[int, list[Evidence]] = {}
    rows = Figure.evidence.through.objects.filter(figure__in=figures).select_related("evidence")
    for row in rows.order_by("evidence"):
        found.setdefault(row.figure_id, []).append(row.evidence)
    return found


def told_beside(figures: Collection[int]) -> dict[int, list[str]]:
    """What was said beside these figures: numbers asked with them, and the reason for what is
    unusual; by the key of the figure. One statement."""
    rows = Figure.objects.filter(pk__in=figures).select_related("indicator")
    return {row.pk: [*_extras_of(row), *_reason_of(row)] for row in rows}


def _extras_of(figure: Figure) -> list[str]:
    return [
        f"{extra['label']}: {Quantity(number)}"
        for extra in figure.indicator.extras
        if (number := figure.answers.get(f"{EXTRA}{extra['code']}")) is not None
    ]


def _reason_of(figure: Figure) -> list[str]:
    return [f"Giải trình: {figure.remark}"] if figure.remark else []


def readable_reports(user: User) -> QuerySet[Report]:
    """The reports that `user` may open: all within view; with totals alone, the numbered ones."""
    issued = Q(signed_on__isnull=False) & ~Q(number="")
    reach = Report.objects.visible_to(user, Permission.VIEW_TOTALS).filter(issued)
    return (Report.objects.visible_to(user) | reach).select_related("union__current", "programme")


def readable_renderings(user: User) -> QuerySet[Rendering]:
    """The renderings of the reports that `user` may open."""
    return Rendering.objects.filter(report__in=readable_reports(user).order_by()).select_related(
        "report__union__current"
    )


def latest_renderings(user: User, union_id: int) -> list[Rendering]:
    """The newest rendering of each report of a union, newest first. One statement."""
    newest = Report.objects.filter(union=union_id).annotate(newest=Max("renderings__pk"))
    return list(readable_renderings(user).filter(pk__in=newest.order_by().values("newest")))


def _upwards(node: Node) -> list[int]:
    """Keys of the node and of the unions that are or were above it, nearest first."""
    above = [key for path in node.begun for key in reversed(keys_of(path))]
    return list(dict.fromkeys([node.union_id, *above]))


def _plain(union: Union, node: Node, above: Stationery) -> Stationery:
    chair = (
        Appointment.objects.in_force()
        .filter(union=union, role=Role.CHAIR)
        .values_list("user__full_name", flat=True)
        .first()
    )
    return Stationery(
        union=union,
        parent_body=above.union.name,
        issuer=node.name,
        symbol="CĐCS",
        place=above.place,
        addressee=above.union.name,
        authority="TM. BAN CHẤP HÀNH",
        position="CHỦ TỊCH",
        signer=chair or "",
        recipients=[f"Lưu: {node.name}"],
        valid_from=above.valid_from,
    )
