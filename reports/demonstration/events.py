"""Foundings, the merger and the dissolution of the demonstration, each with its decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.demonstration.traces import BATCH, Traces, at
from unions.models import OrgEvent, Succession, Union, User
from unions.services import lineage


@dataclass(frozen=True, slots=True)
class Happening:
    """One event and the unions before and after it."""

    event: OrgEvent
    predecessors: Sequence[Union]
    successors: Sequence[Union]

    @property
    def subject(self) -> Union:
        """The union that the journal tells of."""
        return (*self.predecessors, *self.successors)[0]

    @property
    def founds(self) -> bool:
        """Whether the union after it was not there before."""
        return not self.predecessors

    @property
    def sentence(self) -> str:
        """The journal's line."""
        into = f" vào {self.successors[0]}" if self.predecessors and self.successors else ""
        kind, day = self.event.get_kind_display(), self.event.effective_on
        return f"{kind} {self.subject}{into} từ ngày {day:%d/%m/%Y}"


def of(
    root: Union, unions: Sequence[Union], ended: Iterable[tuple[Union, Union | None]]
) -> list[Happening]:
    """Everything that happened to the province."""
    found = OrgEvent.Kind.FOUND
    happenings = [
        Happening(_event(found, union.founded_on, number), [], [union])
        for number, union in enumerate([root, *unions], start=1)
    ]
    for number, (union, successor) in enumerate(ended, start=1):
        kind = OrgEvent.Kind.MERGE_INTO if successor else OrgEvent.Kind.DISSOLVE
        day = union.ended_on or union.founded_on
        after = [successor] if successor else []
        happenings.append(Happening(_event(kind, day, number), [union], after))
    return happenings


def write(happenings: Sequence[Happening], first_day: date, by: User, traces: Traces) -> None:
    """Write the events; what is older than the portal was recorded on its first day."""
    for one in happenings:
        one.event.recorded_by = by
        one.event.recorded_at = at(max(first_day, one.event.effective_on), 8)
    events = [one.event for one in happenings]
    OrgEvent.objects.bulk_create(events, batch_size=BATCH)
    before, after = OrgEvent.predecessors.through, OrgEvent.successors.through
    before.objects.bulk_create(
        before(orgevent_id=one.event.pk, union_id=union.pk)
        for one in happenings
        for union in one.predecessors
    )
    after.objects.bulk_create(
        after(orgevent_id=one.event.pk, union_id=union.pk)
        for one in happenings
        for union in one.successors
    )
    Succession.objects.bulk_create(
        Succession(event=one.event, predecessor=union, successor=heir, share=1)
        for one in happenings
        for union in one.predecessors
        for heir in one.successors
    )
    lineage.redraw()
    for one in happenings:
        traces.record(
            one.sentence,
            one.event.recorded_at,
            by=by,
            about=one.event,
            union_id=one.subject.pk,
            details={"decision": one.event.decision_number},
        )


def _event(kind: OrgEvent.Kind, day: date, number: int) -> OrgEvent:
    return OrgEvent(kind=kind, effective_on=day, decision_number=f"{number % 90 + 1:02d}/QĐ-CĐVC")
