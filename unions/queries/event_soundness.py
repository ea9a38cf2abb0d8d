"""The proof that every event did what it says, and that nothing stands without one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from unions.models import Level, OrgEvent, Placement, Succession, Union
from unions.vietnamese import written

Kind = OrgEvent.Kind

_ENDING = {Kind.MERGE_INTO, Kind.CONSOLIDATE, Kind.SPLIT, Kind.DISSOLVE}
_PASSING_ON = {Kind.MERGE_INTO, Kind.CONSOLIDATE, Kind.SPLIT}
_WHOLE = {Kind.MERGE_INTO, Kind.CONSOLIDATE}


@dataclass(slots=True)
class _Record:
    """One event with what hangs on it."""

    event: OrgEvent
    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)
    # what of a union is whose
    heirs: dict[int, dict[int, Decimal | None]] = field(default_factory=dict)
    opened: list[Placement] = field(default_factory=list)
    closed: list[Placement] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.event.effective_on

    def __str__(self) -> str:
        return f"Sự kiện số {self.event.pk} ({self.event})"


def event_faults() -> Iterator[str]:
    """Every way in which events and the tree contradict each other, a sentence each.

    Six statements, whatever the number of events.
    """
    unions = Union.objects.in_bulk()
    placements = list(Placement.objects.order_by("union", "valid_from"))
    records = _records(placements)
    for placement in placements:
        code = unions[placement.union_id].code
        yield from (f"{code}: {fault}" for fault in _of_placement(placement, records))
    for before, after in pairwise(placements):
        if before.union_id == after.union_id and not _may_climb(before, after, records):
            yield (
                f"{unions[after.union_id].code}: từ {written(after.valid_from)} ở cấp khác mà không"
                " có sự kiện nâng cấp, hạ cấp."
            )
    for record in records.values():
        for proof in _PROOFS if record.event.undone_at is None else (_leaves_nothing,):
            yield from (f"{record}: {fault}" for fault in proof(record, unions))
    yield from _twice_on_a_day(records, unions)


def _records(placements: list[Placement]) -> dict[int | None, _Record]:
    records: dict[int | None, _Record] = {
        event.pk: _Record(event) for event in OrgEvent.objects.order_by("effective_on", "pk")
    }
    for side, field_of in (("before", OrgEvent.predecessors), ("after", OrgEvent.successors)):
        for event, union in field_of.through.objects.values_list("orgevent", "union"):
            getattr(records[event], side).add(union)
    for row in Succession.objects.order_by("pk"):
        heirs = records[row.event_id].heirs.setdefault(row.predecessor_id, {})
        heirs[row.successor_id] = row.share
    for placement in placements:
        if opening := records.get(placement.opened_by_id):
            opening.opened.append(placement)
        if closing := records.get(placement.closed_by_id):
            closing.closed.append(placement)
    return records


def _of_placement(placement: Placement, records: dict[int | None, _Record]) -> Iterator[str]:
    """Each begins by an event of its first day and ends by one of the day after its last."""
    opening, closing = records.get(placement.opened_by_id), records.get(placement.closed_by_id)
    since, until = (written(day) for day in (placement.valid_from, placement.valid_to))
    if opening is None:
        yield f"vị trí từ {since} không do sự kiện nào mở."
    elif opening.day != placement.valid_from:
        yield f"vị trí từ {since} do sự kiện của ngày khác ({written(opening.day)}) mở."
    if (closing is None) != (placement.valid_to is None):
        yield f"vị trí từ {since}: ngày hết và sự kiện kết thúc không khớp nhau."
    elif closing is not None and closing.day != placement.valid_to:
        yield f"vị trí hết {until} do sự kiện của ngày khác ({written(closing.day)}) đóng."
    for record in filter(None, (opening, closing)):
        named = placement.union_id in record.before | record.after
        if not named and not record.before.intersection(_above(placement)):
            yield f"vị trí từ {since} do sự kiện của đơn vị khác: {record}."


def _above(placement: Placement) -> set[int]:
    """As far as the path can be read: a damaged one is told of elsewhere."""
    return {int(key) for key in placement.path.split(".") if key.isdecimal()}


def _may_climb(before: Placement, after: Placement, records: dict[int | None, _Record]) -> bool:
    """A level changes by an event that says so, the way it says."""
    if before.level == after.level:
        return True
    up = Level(after.level).is_higher_than(before.level)
    kinds = {record.event.kind for record in _openers(after, records)}
    if Kind.CONSOLIDATE in kinds:
        return after.level == Level.DIVISION
    return (Kind.UPGRADE if up else Kind.DOWNGRADE) in kinds


def _openers(placement: Placement, records: dict[int | None, _Record]) -> Iterator[_Record]:
    """The event that opened a placement, and those of its day whose placement that one took."""
    record = records.get(placement.opened_by_id)
    while record is not None:
        yield record
        before = [kept for kept in record.event.replaced if kept["union_id"] == placement.union_id]
        record = records.get(before[0]["opened_by_id"]) if before else None


def _leaves_nothing(record: _Record, unions: dict[int, Union]) -> Iterator[str]:
    if record.opened or record.closed:
        yield "đã huỷ, nhưng vị trí do sự kiện này vẫn đứng."
    if record.heirs:
        yield "đã huỷ, nhưng vẫn còn kế thừa."


def _names_its_unions(record: _Record, unions: dict[int, Union]) -> Iterator[str]:
    kind = record.event.kind
    if kind != Kind.FOUND and not record.before:
        yield "không có đơn vị trước."
    if kind in {Kind.FOUND, *_PASSING_ON} and not record.after:
        yield "không có đơn vị sau."


def _is_of_their_time(record: _Record, unions: dict[int, Union]) -> Iterator[str]:
    """No event of a union before its founding or after its end."""
    ended = {placement.union_id for placement in record.closed} - {
        placement.union_id for placement in record.opened
    }
    for union in _known(record.before, unions):
        over = union.ended_on is not None and union.ended_on <= record.day
        if union.founded_on >= record.day:
            yield f"{union.code} mới thành lập ngày {written(union.founded_on)}."
        if over and not (union.ended_on == record.day and union.pk in ended):
            yield f"{union.code} đã kết thúc từ {written(union.ended_on)}."
    for union in _known(record.after, unions):
        if union.founded_on > record.day:
            yield f"{union.code} mới thành lập ngày {written(union.founded_on)}."
        if union.ended_on is not None and union.ended_on <= record.day:
            yield f"{union.code} đã kết thúc từ {written(union.ended_on)}."


def _ends_whom_it_says(record: _Record, unions: dict[int, Union]) -> Iterator[str]:
    """Who merges or is dissolved ends on the day; nobody ends by an event of another kind."""
    kind = record.event.kind
    for union in _known(record.before, unions):
        says = kind in {Kind.MERGE_INTO, Kind.DISSOLVE} or (
            kind == Kind.CONSOLIDATE and union.pk in record.heirs
        )
        if says and union.ended_on != record.day:
            ended = written(union.ended_on)
            yield f"{union.code} kết thúc theo sự kiện, nhưng ngày kết thúc là {ended}."
    for placement in record.closed:
        is_last = unions[placement.union_id].ended_on == record.day
        if is_last and (kind not in _ENDING or placement.union_id not in record.before):
            yield f"{unions[placement.union_id].code} kết thúc không theo loại sự kiện này."


def _passes_on_what_it_says(record: _Record, unions: dict[int, Union]) -> Iterator[str]:
    """A merger passes on the whole; shares of a split come to no more, of who ends to just that."""
    if record.event.kind not in _PASSING_ON:
        if record.heirs:
            yield "loại sự kiện này không có kế thừa."
        return
    for union in _known(record.before | record.heirs.keys(), unions):
        heirs = record.heirs.get(union.pk, {})
        ended = union.ended_on == record.day
        divided = record.event.kind == Kind.SPLIT
        if not heirs and (ended or divided):
            yield f"{union.code} không có đơn vị kế thừa."
        if union.pk not in record.before or not record.after.issuperset(heirs):
            yield f"kế thừa của {union.code} không khớp với các đơn vị trước, sau."
        if heirs and not _is_possible(list(heirs.values()), record, ended=ended):
            yield f"tỷ lệ kế thừa của {union.code} không khớp với loại sự kiện."


def _is_possible(shares: list[Decimal | None], record: _Record, *, ended: bool) -> bool:
    if record.event.kind in _WHOLE:
        return shares == [Decimal(1)]
    stated = [share for share in shares if share is not None]
    if len(stated) < len(shares):
        return not stated
    return sum(stated) == 1 if ended else sum(stated) <= 1


def _known(keys: set[int], unions: dict[int, Union]) -> list[Union]:
    return [unions[key] for key in sorted(keys)]


def _twice_on_a_day(records: dict[int | None, _Record], unions: dict[int, Union]) -> Iterator[str]:
    """Two events of one union on one day contradict each other."""
    met: dict[tuple[int, date], _Record] = {}
    for record in records.values():
        for key in sorted(record.before) if record.event.undone_at is None else ():
            first = met.setdefault((key, record.day), record)
            kinds = {first.event.kind, record.event.kind}
            if first is not record and not kinds <= {*OrgEvent.TOGETHER}:
                yield f"{record}: cùng ngày với {first}, cùng của {unions[key].code}."


_PROOFS: tuple[Callable[[_Record, dict[int, Union]], Iterator[str]], ...] = (
    _names_its_unions,
    _is_of_their_time,
    _ends_whom_it_says,
    _passes_on_what_it_says,
)
