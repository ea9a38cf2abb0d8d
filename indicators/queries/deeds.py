"""What unions did, in their own words: which lines there are of a year, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from actionplan.models import (
    Breakthrough,
    Contribution,
    DirectiveCopy,
    DirectiveResult,
    Programme,
    Progress,
    TaskGroup,
)
from actionplan.models.directive_copy import CopyQuerySet
from actionplan.queries import words_in_force
from actionplan.workflow import ENDED, LATE, CopyState, DirectiveState, Status
from indicators.models import Narrative, Submission
from indicators.workflow import State
from unions.access import Actor, Permission
from unions.queries import in_vietnamese_order
from unions.vietnamese import sought

ITEM, DIRECTIVE, SUBMISSION, MILESTONE = range(4)
SOURCES = (
    (ITEM, "viec", "Việc trong kế hoạch năm"),
    (DIRECTIVE, "chi-dao", "Kết quả chỉ đạo"),
    (SUBMISSION, "phieu", "Nội dung của phiếu số liệu"),
    (MILESTONE, "moc", "Đóng góp vào mốc đột phá"),
)
# breakthroughs stand after the task groups, what belongs to neither stands last
_AFTER_GROUPS, _LOOSE = 1000, 2000

DONE, GOING_ON, DROPPED = "xong", "dang-lam", "thoi-lam"
STATUSES = (
    (DONE, "Đã xong, đã chấp nhận"),
    (GOING_ON, "Đang làm, chờ chấp nhận"),
    (LATE[0], LATE[1]),
    (DROPPED, "Thôi làm"),
)


class Part(NamedTuple):
    """A task group, a breakthrough, or what belongs to none of them."""

    order: int
    key: str
    title: str
    subject: TaskGroup | Breakthrough | None


LOOSE = Part(_LOOSE, "khac", "Chỉ đạo không thuộc nhóm nhiệm vụ nào", None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for, and by whom: those that `reader` may know of by `reads`.

    `part`, `cluster` and `source` of None, `type`, `status` and `term` of "" narrow nothing.
    """

    programme: Programme
    year: int
    reader: Actor
    reads: Permission
    today: date
    part: Part | None = None
    cluster: str | None = None
    type: str = ""
    source: int | None = None
    status: str = ""
    term: str = ""


class Source(NamedTuple):
    """Where a kind of lines keeps what all of them have: the paths from one of its rows.

    `row` is that to which several lines belong; `words` are searched, besides the text.
    """

    group: str
    breakthrough: str
    placement: str
    row: str
    words: tuple[str, ...]


FROM = {
    ITEM: Source(
        "item__group", "item__breakthrough", "item__plan__placement", "item", ("item__what",)
    ),
    DIRECTIVE: Source(
        "copy__directive__group", "", "copy__placement", "copy", ("copy__directive__title",)
    ),
    SUBMISSION: Source("task_group", "breakthrough", "submission__placement", "submission", ()),
    MILESTONE: Source(
        "", "milestone__breakthrough", "placement", "milestone", ("milestone__title",)
    ),
}


def parts_of(programme: Programme, year: int) -> list[Part]:
    """Task groups, breakthroughs, and the rest, in the words of a year. Three statements."""
    groups = list(programme.task_groups.all())
    breakthroughs = list(programme.breakthroughs.all())
    words_in_force(programme, year).dress([*groups, *breakthroughs])
    return [
        *(Part(one.number, str(one.number), f"Nhóm nhiệm vụ {one}", one) for one in groups),
        *(
            Part(
                _AFTER_GROUPS + one.number,
                f"dot-pha-{one.number}",
                f"Khâu đột phá {one.number}. {one.title}",
                one,
            )
            for one in breakthroughs
        ),
        LOOSE,
    ]


def lines(wanted: Wanted) -> QuerySet[Any]:
    """The lines, by part, union, source and row: kind and key stand last. One statement when read.

    Lines of one part stand under that part, those of all under their task group where they have
    one.
    """
    kinds = [kind for kind, *_ in SOURCES if wanted.source in {None, kind}]
    first, *others = (_keys(kind, wanted) for kind in kinds)
    return first.union(*others, all=True).order_by("part", "called", "of", "kind", "row", "key")


def unions_telling(wanted: Wanted) -> int:
    """How many unions tell something in the lines of all sources. One statement."""
    first, *others = (
        found(kind, wanted).order_by().values(of=F(f"{FROM[kind].placement}__union")).distinct()
        for kind, *_ in SOURCES
    )
    return first.union(*others).count()


def found(kind: int, wanted: Wanted) -> QuerySet[Any]:
    """The rows of one source that are wanted."""
    rows = within(_ROWS[kind](wanted), FROM[kind], wanted)
    if wanted.status:
        rows = rows.filter(_standing(kind, wanted))
    if term := sought(wanted.term):
        rows = rows.filter(_says(FROM[kind], term))
    return rows


def within(rows: QuerySet[Any], source: Source, wanted: Wanted) -> QuerySet[Any]:
    """Rows of the part, the cluster and the type that are wanted."""
    if wanted.cluster is not None:
        rows = rows.filter(**{f"{source.placement}__cluster": wanted.cluster})
    if wanted.type:
        rows = rows.filter(**{f"{source.placement}__type": wanted.type})
    return rows if wanted.part is None else _of_part(rows, source, wanted.part)


def _of_part(rows: QuerySet[Any], source: Source, part: Part) -> QuerySet[Any]:
    if part.subject is None:
        both = [f"{path}__isnull" for path in (source.group, source.breakthrough) if path]
        return rows.filter(**dict.fromkeys(both, True))
    in_group = isinstance(part.subject, TaskGroup)
    path = source.group if in_group else source.breakthrough
    return rows.filter(**{path: part.subject}) if path else rows.none()


def _keys(kind: int, wanted: Wanted) -> QuerySet[Any]:
    source, one = FROM[kind], wanted.part
    place = _place_of(source) if one is None else Value(one.order)
    rows: QuerySet[Any] = (
        found(kind, wanted)
        .order_by()
        .annotate(
            part=place,
            called=in_vietnamese_order(f"{source.placement}__name"),
            of=F(f"{source.placement}__union"),
            kind=Value(kind),
            row=F(source.row),
            key=F("pk"),
        )
        .values_list("part", "called", "of", "kind", "row", "key")
    )
    return rows


def _place_of(source: Source) -> Coalesce:
    """Where a line stands: under its task group, else under its breakthrough, else last."""
    places: list[Any] = [F(f"{source.group}__number")] if source.group else []
    if source.breakthrough:
        places.append(F(f"{source.breakthrough}__number") + Value(_AFTER_GROUPS))
    return Coalesce(*places, Value(_LOOSE), output_field=IntegerField())


def _progress(wanted: Wanted) -> QuerySet[Any]:
    rows = Progress.objects.visible_to(wanted.reader, wanted.reads).exclude(text="")
    return rows.filter(item__plan__programme=wanted.programme, item__plan__year=wanted.year)


def copies(wanted: Wanted) -> CopyQuerySet:
    """What was given to unions under the programme, to be done by a day of the year."""
    programme = wanted.programme
    of_none = Q(directive__group=None, directive__union=programme.union_id)
    rows = DirectiveCopy.objects.visible_to(wanted.reader, wanted.reads)
    return rows.filter(
        Q(directive__group__programme=programme) | of_none,
        directive__state=DirectiveState.SENT,
        directive__due_on__year=wanted.year,
    )


def _results(wanted: Wanted) -> QuerySet[Any]:
    """Results that were given and with which nothing was found missing."""
    rows = DirectiveResult.objects.filter(given_at__isnull=False, answer="").exclude(text="")
    return rows.filter(copy__in=copies(wanted).order_by().values("pk"))


def _narratives(wanted: Wanted) -> QuerySet[Any]:
    """Approved ones; where a correction is awaited, what was approved before."""
    asked = Submission.every.filter(
        stands=True,
        excuse="",
        state=State.APPROVED,
        period__programme=wanted.programme,
        period__year=wanted.year,
    )
    rows = Narrative.objects.visible_to(wanted.reader, wanted.reads).exclude(text="")
    return rows.filter(submission__in=asked)


def _contributions(wanted: Wanted) -> QuerySet[Any]:
    rows = Contribution.objects.visible_to(wanted.reader, wanted.reads)
    of_programme = rows.filter(milestone__breakthrough__programme=wanted.programme)
    return of_programme.filter(on__year=wanted.year)


_ROWS: dict[int, Callable[[Wanted], QuerySet[Any]]] = {
    ITEM: _progress,
    DIRECTIVE: _results,
    SUBMISSION: _narratives,
    MILESTONE: _contributions,
}


def _standing(kind: int, wanted: Wanted) -> Q:
    """Rows that stand so; what is told without a standing is among none of them."""
    nothing = Q(pk__in=())
    if kind == ITEM:
        late = Q(item__due_on__lt=wanted.today) & ~Q(item__status__in=ENDED)
        going_on = Q(item__status__in=(Status.NOT_STARTED, Status.UNDER_WAY))
        items = {DONE: Q(item__status=Status.DONE), DROPPED: Q(item__status=Status.DROPPED)}
        return {**items, GOING_ON: going_on, LATE[0]: late}.get(wanted.status, nothing)
    if kind == DIRECTIVE:
        accepted = Q(copy__state=CopyState.ACCEPTED)
        return {DONE: accepted, GOING_ON: ~accepted}.get(wanted.status, nothing)
    return nothing


def _says(source: Source, term: str) -> Q:
    said = Q(**{f"{source.placement}__name_folded__contains": term})
    for path in ("text", *source.words):
        said |= Q(**{f"{path}__folded__contains": term})
    return said
