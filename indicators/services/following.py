"""Submissions follow the organisation: where and what a union was at the cut-off decides."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from actionplan.models import Period
from indicators.models import Submission
from indicators.queries.begun import begun
from indicators.services import entrants, figures, stand_ins
from indicators.services.periods import submissions_of
from indicators.workflow import State
from unions.models import JournalEntry, OrgEvent, Placement, Union
from unions.queries.caretakers import caretakers
from unions.services import journal, moves, notices

_FIELDS = ("placement_id", "closing", "gradable", "audience")
_BATCH = 500


@dataclass(slots=True)
class Followed:
    """What became of submissions; `closing` were made so, `regraded` count grades anew."""

    changed: list[Submission] = field(default_factory=list)
    regraded: list[Submission] = field(default_factory=list)
    closing: list[Submission] = field(default_factory=list)
    lines: list[JournalEntry] = field(default_factory=list)


def open_periods() -> QuerySet[Period]:
    """The periods that are not closed: neither by hand nor by their last day."""
    lasting = Period.objects.filter(closed_at=None, closes_on__gte=timezone.localdate())
    return lasting.select_related("programme__union__current")


def follow(unions: Collection[int], *, undone: datetime | None = None) -> None:
    """Let what is not approved in open periods stand as these unions stood at each cut-off.

    Approved submissions stay as they are but for this: of a union that ended before the cut-off
    they are of a part of the year, unless the event recorded at the moment `undone` was what made
    them so. Closed periods stay whole. What a union left open when it ended may be finished by its
    heir, whatever the period. All in the transaction of the caller.
    """
    followed = Followed()
    for period in open_periods():
        _follow_in(period, unions, followed, undone)
    cared = _take_care(unions, followed)
    _write(followed)
    entrants.tell_of_closing(followed.closing)
    for submission in cared:
        if not submission.closing:
            notices.send("caretaker", entrants.entrants(submission), about=submission)


def begin(unions: Collection[int]) -> None:
    """Open periods ask unions that were founded just now, of whom nothing was asked before."""
    followed = Followed()
    for period in open_periods():
        _ask(submissions_of(period, unions), followed)
    JournalEntry.objects.bulk_create(followed.lines, batch_size=_BATCH)


def catch_up(submission: Submission) -> Submission:
    """What was approved did not follow; once it is sent back it does. The row as it is then.

    So does what a period held that was closed meanwhile. One statement where nothing ever happened
    to the union: nothing can be otherwise then.
    """
    if not _touched(submission):
        return submission
    follow([submission.union_id])
    return moves.lock(submission)


def _touched(submission: Submission) -> bool:
    """True if the union stood elsewhere too, or if an event named it that did not found it."""
    after = OrgEvent.objects.exclude(kind=OrgEvent.Kind.FOUND)
    named = after.filter(Q(predecessors=submission.union_id) | Q(successors=submission.union_id))
    stood = Placement.objects.filter(union=submission.union_id)
    return stood.filter(~Q(pk=submission.placement_id) | Exists(named)).exists()


def _follow_in(
    period: Period, unions: Collection[int], followed: Followed, undone: datetime | None
) -> None:
    wanted = {row.union_id: row for row in submissions_of(period, unions)}
    for row in _there(period, unions):
        asked = wanted.pop(row.union_id, None)
        if row.state == State.APPROVED:
            _count_apart(row, asked, followed, undone)
        elif asked is None:
            _leave(row, followed)
        else:
            _adopt(row, asked, followed)
    _ask(wanted.values(), followed)


def _ask(rows: Iterable[Submission], followed: Followed) -> None:
    new = Submission.objects.bulk_create(rows, batch_size=_BATCH)
    followed.lines += [_line("Lập", row, of_province=True) for row in new]
    followed.closing += [row for row in new if row.closing]


def _there(period: Period, unions: Collection[int]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(period=period, union__in=unions).annotate(begun=begun())
    return rows.select_for_update(of=("self",)).select_related(
        "placement", "period__programme", "union"
    )


def _adopt(row: Submission, asked: Submission, followed: Followed) -> None:
    """Take over where the union stood at the cut-off, and whether that was its last day."""
    before = {name: getattr(row, name) for name in _FIELDS}
    if before == {name: getattr(asked, name) for name in _FIELDS}:
        return
    if asked.closing and not row.closing:
        followed.closing.append(row)
    if asked.gradable != row.gradable:
        followed.regraded.append(row)
    row.placement, row.closing = asked.placement, asked.closing
    row.gradable, row.audience = asked.gradable, asked.audience
    _change(row, followed)


def _count_apart(
    row: Submission, asked: Submission | None, followed: Followed, undone: datetime | None
) -> None:
    """Tell whether the union of an approved submission was in place at the cut-off; no more.

    What was approved as of a part of the year stays so: then the end cannot be taken back.
    """
    over = row.union.ended_on is not None and row.union.ended_on <= row.period.cut_off_on
    whole = asked is not None and not asked.closing
    before = undone is not None and row.approved_at is not None and row.approved_at < undone
    if (over and not row.closing) or (row.closing and whole and before):
        row.closing = over
        _change(row, followed)


def _leave(row: Submission, followed: Followed) -> None:
    """Of a union that is asked no more what was begun is of a part of the year; the rest goes."""
    if row.state == State.DRAFT and not row.begun:  # type: ignore[attr-defined]
        followed.lines.append(_line("Bỏ", row, of_province=True))
        row.delete()
    elif not row.closing:
        if row.gradable:
            followed.regraded.append(row)
        row.closing, row.gradable = True, False
        followed.closing.append(row)
        _change(row, followed)


def _change(row: Submission, followed: Followed) -> None:
    if not row.closing:
        row.excuse = ""
    row.revision += 1
    followed.changed.append(row)
    followed.lines.append(_line("Cập nhật theo tổ chức:", row))


def _take_care(unions: Collection[int], followed: Followed) -> list[Submission]:
    """Name the heirs who may finish what is open, and return the rows that got one."""
    rows = Submission.objects.filter(Q(union__in=unions) | Q(caretaker__in=unions))
    waiting = list(
        rows.exclude(state=State.APPROVED).select_related("placement", "period", "union")
    )
    ended = {row.union_id for row in waiting if row.union.ended_on}
    heirs = caretakers(ended) if ended else {}
    changed = [row for row in waiting if row.caretaker_id != heirs.get(row.union_id)]
    for row in changed:
        row.caretaker_id = heirs.get(row.union_id)
    Submission.objects.bulk_update(changed, ["caretaker"], batch_size=_BATCH)
    _name_heirs([*changed, *followed.closing], heirs)
    return [row for row in changed if row.caretaker_id]


def _name_heirs(rows: Iterable[Submission], heirs: dict[int, int]) -> None:
    """Read each heir once, for the notices."""
    named = Union.objects.select_related("current").in_bulk(set(heirs.values()))
    for row in rows:
        row.caretaker = named.get(heirs.get(row.union_id, 0))


def _write(followed: Followed) -> None:
    fields = [*(name.removesuffix("_id") for name in _FIELDS), "excuse", "revision"]
    Submission.objects.bulk_update(followed.changed, fields, batch_size=_BATCH)
    for row in followed.regraded:
        figures.regrade(row, by=None)
    stand_ins.follow(followed.changed, followed.regraded)
    JournalEntry.objects.bulk_create(followed.lines, batch_size=_BATCH)


def _line(what: str, row: Submission, *, of_province: bool = False) -> JournalEntry:
    """A line in the journal of the union, or of the province: the union may yet never have been."""
    own = row.period.programme.union_id if of_province else row.union_id
    return journal.entry(f"{what} {row}", by=None, about=row, union_id=own)
