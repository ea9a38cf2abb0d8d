"""What is decided of unions (sự kiện tổ chức): recorded once, told to those who must follow."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from django.conf import settings
from django.db import transaction

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import HandOver, OrgEvent, Union, User
from unions.services import journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import tidy


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper an event rests on; with a hand-over day, what the old union owes the new."""

    effective_on: date
    number: str = ""
    note: str = ""
    signer: str = ""
    hand_over_by: date | None = None


def record(
    kind: OrgEvent.Kind,
    predecessors: Sequence[Union],
    successors: Sequence[Union],
    decision: Decision,
    *,
    by: User | None,
) -> OrgEvent:
    """The event with its unions, its hand-over and its line in the journal."""
    must_be_of_our_time(decision.effective_on, "Ngày có hiệu lực")
    must_be_of_our_time(decision.hand_over_by or decision.effective_on, "Hạn bàn giao")
    event = OrgEvent.objects.create(
        kind=kind,
        effective_on=decision.effective_on,
        decision_number=tidy(decision.number),
        signer=tidy(decision.signer),
        note=decision.note,
        recorded_by=by,
    )
    event.predecessors.set(predecessors)
    event.successors.set(successors)
    if decision.hand_over_by is not None:
        _owe(event, decision.hand_over_by)
    subject = (predecessors or successors)[0]
    journal.record(
        _sentence(event, predecessors, successors),
        by=by,
        about=event,
        union_id=subject.pk,
        details={"decision": decision.number},
    )
    return event


@transaction.atomic
def hand_over(event: OrgEvent, item: str, on: date, *, by: User | None) -> None:
    """Note what was handed over, and when; whoever manages the unions that hand over may."""
    for union in event.predecessors.select_related("current"):
        require(by, Permission.MANAGE_UNIONS, union)
    row = HandOver.objects.select_for_update().get(event=event, item=item)
    row.done_on = on
    row.save(update_fields=["done_on"])
    journal.record(f"Bàn giao {row.get_item_display()} ({event})", by=by, about=event)


@contextmanager
def rehearsed() -> Iterator[None]:
    """Everything inside happens and is then taken back: for a preview that cannot be wrong."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def preview(act: Callable[[], OrgEvent]) -> list[str]:
    """What `act` would bring, in sentences of every app that must follow; nothing is kept."""
    sentences: list[str] = []
    with rehearsed():
        sentences += plan(act())
    return sentences


def plan(event: OrgEvent) -> list[str]:
    """What follows from an event in the apps above, in sentences."""
    return [sentence for module in _followers() for sentence in module.plan(event)]


def follow(event: OrgEvent) -> None:
    """Let the apps above do what follows, in the transaction of the event itself."""
    for module in _followers():
        module.apply(event)


def _followers() -> Iterable[ModuleType]:
    return map(importlib.import_module, settings.FOLLOW_REORGANISATION)


def _owe(event: OrgEvent, due_on: date) -> None:
    if due_on < event.effective_on:
        raise RuleBroken("Hạn bàn giao không được trước ngày có hiệu lực.")
    HandOver.objects.bulk_create(
        HandOver(event=event, item=item, due_on=due_on) for item in HandOver.Item
    )


def _sentence(event: OrgEvent, predecessors: Sequence[Union], successors: Sequence[Union]) -> str:
    first, others = predecessors or successors, successors if predecessors else []
    names = ", ".join(map(str, first))
    word = {OrgEvent.Kind.MERGE_INTO: "vào"}.get(OrgEvent.Kind(event.kind), "thành")
    into = f" {word} {', '.join(map(str, others))}" if others else ""
    label = OrgEvent.Kind(event.kind).label
    return f"{label} {names}{into} từ ngày {event.effective_on:%d/%m/%Y}"
