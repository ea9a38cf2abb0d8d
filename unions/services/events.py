"""What is decided of unions (sự kiện tổ chức): recorded once, told to those who must follow."""

import hashlib
import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import transaction

from unions.errors import RuleBroken
from unions.models import HandOver, JournalEntry, OrgEvent, Union, User
from unions.services import consequences, journal, notices, papers, remarks, replacing, wording
from unions.services.changed_places import Turn, turns
from unions.services.days import must_be_of_our_time
from unions.vietnamese import tidy

# of more unions a sentence names the first
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper an event rests on; with a hand-over day, what the old union owes the new."""

    effective_on: date
    number: str = ""
    note: str = ""
    signer: str = ""
    hand_over_by: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an event would bring, in sentences: to the organisation, to people, to figures."""

    title: str
    when: str
    changes: list[str]
    remarks: list[str]
    access: list[str]
    told: list[str]
    following: list[str]
    paper: list[str]

    @property
    def mark(self) -> str:
        """The same for the same sentences and the same paper, whoever is told of them."""
        said = [self.title, self.when, *self.changes, *self.remarks]
        said += [*self.access, *self.following, *self.paper]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def record(
    kind: OrgEvent.Kind,
    predecessors: Sequence[Union],
    successors: Sequence[Union],
    decision: Decision,
    *,
    by: User | None,
    names: Sequence[str] = (),
) -> OrgEvent:
    """The event with its unions, its hand-over and its line in the journal.

    `names` are what unions that are renamed will be called, in the order of the predecessors.
    """
    _must_be_days(decision)
    event = OrgEvent(
        kind=kind,
        effective_on=decision.effective_on,
        decision_number=tidy(decision.number),
        signer=tidy(decision.signer),
        note=decision.note,
        recorded_by=by,
    )
    wording.must_fit(event, decision_number="number", signer="signer")
    event.save()
    event.predecessors.set(predecessors)
    event.successors.set(successors)
    if decision.hand_over_by is not None:
        _owe(event, decision.hand_over_by)
    pairs = zip_longest(map(str, predecessors), names, fillvalue="")
    before = [_renamed(was, name) for was, name in pairs]
    sentence = _sentence(event, before, [*map(str, successors)])
    _write_down(event, sentence, [*predecessors, *successors], by=by)
    return event


def conclude(event: OrgEvent) -> None:
    """Let the apps above follow and tell both sides, in the transaction of the event itself."""
    follow(event)
    replacing.discard(event)
    tell(event)


def tell(event: OrgEvent) -> None:
    """Write a notice of an event for everyone whom it concerns."""
    due = event.hand_overs.first()
    _send(
        ("event", "event_at_desk"),
        event,
        list(consequences.people(event, by=event.recorded_by)),
        title=title(event),
        changes=consequences.changes(event),
        when=consequences.when(event.effective_on),
        due_on=due.due_on if due else None,
    )


def tell_of_undoing(event: OrgEvent, title: str, people: Sequence[User]) -> None:
    """Write a notice, for those who were told of an event, that it was taken back."""
    _send(("event_undone", "event_undone_at_desk"), event, people, title=title)


def _send(codes: tuple[str, str], event: OrgEvent, people: Sequence[User], **said: Any) -> None:
    """To those who have a desk by the second code, which leads to the event's page there."""
    desk = consequences.at_desk(people)
    for code, some in zip(
        codes,
        (
            [person for person in people if person.pk not in desk],
            [person for person in people if person.pk in desk],
        ),
        strict=True,
    ):
        notices.send(code, some, about=event, **said)


def title(event: OrgEvent) -> str:
    """An event in one sentence: what is done, of which unions, from which day.

    By the names they bore until then; of a renaming the new one too. Three statements.
    """
    if event.story:
        return str(event.story["title"])
    changed = {turn.last.union_id: turn for turn in turns(event)}
    sides = [
        [_called(event, union, changed.get(union.pk)) for union in side.select_related("current")]
        for side in (event.predecessors, event.successors)
    ]
    return _sentence(event, *sides)


@contextmanager
def rehearsed() -> Iterator[None]:
    """Everything inside happens and is then taken back: for a preview that cannot be wrong."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outlook(act: Callable[[], OrgEvent]) -> Outlook:
    """What `act` would bring, the organisation first; nothing is kept.

    RuleBroken and PermissionDenied where the act itself would stop.
    """
    with rehearsed():
        return _seen(act())


@transaction.atomic
def carry_out(act: Callable[[], OrgEvent], *, read: str | None = None) -> OrgEvent:
    """Let `act` be done for good; RuleBroken where it brings something else than was `read`.

    `read` is the mark of the outlook that the person saw; it is None where there is no page.
    """
    event = act()
    if read is not None and _seen(event).mark != read:
        raise RuleBroken(
            "Từ lúc xem trước đến nay, tổ chức hoặc số liệu đã thay đổi. Hãy xem trước lại."
        )
    return event


def _seen(event: OrgEvent) -> Outlook:
    return Outlook(
        title=title(event),
        when=consequences.when(event.effective_on),
        changes=consequences.changes(event),
        remarks=remarks.remarks(event),
        access=consequences.access(event),
        told=[str(person) for person in consequences.people(event, by=event.recorded_by)],
        following=plan(event),
        paper=list(papers.recorded(event)),
    )


def plan(event: OrgEvent) -> list[str]:
    """What follows from an event in the apps above, in sentences."""
    return [sentence for module in _followers() for sentence in module.plan(event)]


def follow(event: OrgEvent) -> None:
    """Let the apps above do what follows, in the transaction of the event itself."""
    for module in _followers():
        module.apply(event)


def follow_foundings(unions: Sequence[int]) -> None:
    """As `follow` for many foundings at once, by the keys of the new unions."""
    for module in _followers():
        module.found(unions)


def faults_above() -> list[str]:
    """Where the apps above do not stand as the tree has it, a sentence each."""
    return [sentence for module in _followers() for sentence in module.faults()]


def _followers() -> Iterable[ModuleType]:
    return map(importlib.import_module, settings.FOLLOW_REORGANISATION)


def _must_be_days(decision: Decision) -> None:
    day, due = decision.effective_on, decision.hand_over_by
    for about, said, what in (
        ("effective_on", day, "Ngày có hiệu lực"),
        ("hand_over_by", due or day, "Hạn bàn giao"),
    ):
        must_be_of_our_time(said, what, about=about)
    if due is not None and due < day:
        raise RuleBroken("Hạn bàn giao không được trước ngày có hiệu lực.", about="hand_over_by")


def _owe(event: OrgEvent, due_on: date) -> None:
    HandOver.objects.bulk_create(
        HandOver(event=event, item=item, due_on=due_on) for item in HandOver.Item
    )


def _write_down(
    event: OrgEvent, sentence: str, unions: Sequence[Union], *, by: User | None
) -> None:
    """A line in the journal of every union that was there; the last is that of the event."""
    first, *others = unions
    there = [union for union in others if union.current_id is not None]
    JournalEntry.objects.bulk_create(
        journal.entry(sentence, by=by, about=union, union_id=union.pk) for union in there
    )
    journal.record(
        sentence,
        by=by,
        about=event,
        union_id=journal.home(first, event),
        details={"decision": event.decision_number},
    )


def _called(event: OrgEvent, union: Union, turn: Turn | None) -> str:
    if turn is None:
        return union.name
    renamed = event.kind == OrgEvent.Kind.RENAME
    return _renamed(turn.name, turn.last.name if renamed else "")


def _renamed(was: str, name: str) -> str:
    return f"{was} thành {name}" if name and name != was else was


def _sentence(event: OrgEvent, predecessors: Sequence[str], successors: Sequence[str]) -> str:
    first, others = predecessors or successors, successors if predecessors else []
    word = {OrgEvent.Kind.MERGE_INTO: "vào"}.get(OrgEvent.Kind(event.kind), "thành")
    into = f" {word} {_names(others)}" if others else ""
    label = OrgEvent.Kind(event.kind).label
    return f"{label} {_names(first)}{into} từ ngày {event.effective_on:%d/%m/%Y}"


def _names(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{names[0]} và {len(names) - 1} đơn vị khác"
    return ", ".join(names)
