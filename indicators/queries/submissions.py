"""Where submissions stand, and what they tell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from actionplan.models import Breakthrough, Programme, TaskGroup
from indicators.models import Audience, Indicator, Narrative
from indicators.queries.cuts import Cut, all_asked, corrected, told
from indicators.workflow import State
from unions.quantities import Quantity

# a breakthrough's or a task group's place among the narratives
_Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many submissions are owed, and where they stand.

    `closing` are those among them of a part of a year, by state as well; `excused` are not owed;
    `estimated` are the approved that hold estimates (số ước thực hiện), `correcting` those that
    count as they were approved while single answers are put right (đang đính chính).
    """

    by_state: Counter[str]
    closing: Counter[str] = field(default_factory=Counter)
    excused: int = 0
    estimated: int = 0
    correcting: int = 0

    @property
    def expected(self) -> int:
        """All that are owed."""
        return self.by_state.total()

    @property
    def approved(self) -> int:
        """Those that count."""
        return self.by_state[State.APPROVED]

    @property
    def ended(self) -> int:
        """How many unions were asked no more at the cut-off, the excused with them."""
        return self.closing.total() + self.excused


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one task group or breakthrough."""

    subject: TaskGroup | Breakthrough
    own: str
    told: int
    none: int


def coverage(programme: Programme, cut: Cut) -> Coverage:
    """How many grassroots submissions a cut owes, by state. One statement."""
    asked = all_asked(programme, cut).filter(audience=Audience.GRASSROOTS)
    rows = (
        told(asked, cut)
        .values_list("state")
        .annotate(
            owed=Count("pk", filter=Q(excuse="")),
            closing=Count("pk", filter=Q(closing=True, excuse="")),
            excused=Count("pk", filter=~Q(excuse="")),
            estimated=Count("pk", filter=Q(estimate=True, state=State.APPROVED)),
            correcting=Count("pk", filter=corrected()),
        )
    )
    found = list(rows.order_by())
    return Coverage(
        Counter({state: owed for state, owed, *_ in found if owed}),
        Counter({state: closing for state, _, closing, *_ in found if closing}),
        sum(excused for *_, excused, _, _ in found),
        sum(estimated for *_, estimated, _ in found),
        sum(correcting for *_, correcting in found),
    )


def told_of_ended(found: Coverage, indicators: Iterable[Indicator]) -> list[str]:
    """How unions that ended before the cut-off stand in the totals, in sentences for the reader."""
    if not found.ended:
        return []
    return [_ended(found), *_where_they_count(indicators)]


def _ended(found: Coverage) -> str:
    approved = found.closing[State.APPROVED]
    parts = [
        (approved, "có phiếu số liệu phần năm đã được duyệt"),
        (found.closing.total() - approved, "có phiếu chưa được duyệt"),
        (found.excused, "được miễn nộp"),
    ]
    told = ", ".join(f"{Quantity(count)} {what}" for count, what in parts if count)
    return (
        f"{Quantity(found.ended)} đơn vị kết thúc hoạt động (hoặc thôi thuộc diện báo cáo) trong"
        f" năm, trước ngày chốt số liệu: {told}."
    )


def _where_they_count(indicators: Iterable[Indicator]) -> Iterator[str]:
    """By the rule of each indicator: what was brought until the end adds up, or nothing does."""
    asked = [one for one in indicators if one.audience == Audience.GRASSROOTS]
    counting = [one.code for one in asked if one.counts_closing]
    apart = [one.code for one in asked if not one.counts_closing]
    if counting:
        yield f"Số đã duyệt của các đơn vị đó được cộng vào chỉ tiêu {', '.join(counting)}."
    if apart:
        yield (
            f"Chỉ tiêu {', '.join(apart)} chỉ tính đơn vị đang hoạt động tại ngày chốt số liệu:"
            " các đơn vị đó không có trong tử số và mẫu số."
        )


def words(programme: Programme, cut: Cut) -> list[Told]:
    """What a year told of each breakthrough and task group: the node's own text, how many told.

    Four statements: breakthroughs, groups, counts, own texts.
    """
    subjects: list[TaskGroup | Breakthrough] = [
        *programme.breakthroughs.filter(dropped=False),
        *programme.task_groups.filter(dropped=False),
    ]
    counts = _told(programme, cut)
    own = _own_texts(programme, cut)
    return [
        Told(subject, own.get(_key(subject), ""), *counts.get(_key(subject), (0, 0)))
        for subject in subjects
    ]


def _key(subject: TaskGroup | Breakthrough) -> _Key:
    return (subject.pk, None) if isinstance(subject, TaskGroup) else (None, subject.pk)


def _told(programme: Programme, cut: Cut) -> dict[_Key, tuple[int, int]]:
    asked = told(all_asked(programme, cut), cut)
    rows = (
        Narrative.objects.filter(
            submission__in=asked.filter(audience=Audience.GRASSROOTS, state=State.APPROVED)
        )
        .values_list("task_group", "breakthrough")
        .annotate(told=Count("pk", filter=~Q(text="")), none=Count("pk", filter=Q(text="")))
        .order_by()
    )
    return {(group, breakthrough): (told, none) for group, breakthrough, told, none in rows}


def _own_texts(programme: Programme, cut: Cut) -> dict[_Key, str]:
    rows = Narrative.objects.filter(
        submission__union=cut.node.union_id,
        submission__period__programme=programme,
        submission__period__year__in=cut.years(programme),
        submission__state=State.APPROVED,
    ).values_list("task_group", "breakthrough", "text")
    return {(group, breakthrough): text for group, breakthrough, text in rows}
