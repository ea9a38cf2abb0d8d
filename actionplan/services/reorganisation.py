"""What follows for directives when the organisation changes: who goes on answers what is left."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import F, Q, QuerySet

from actionplan.models import DirectiveCopy
from actionplan.services.answering import tell_each
from actionplan.workflow import CopyState, DirectiveState
from unions.models import OrgEvent, Union
from unions.queries.caretakers import caretakers

_BATCH = 500


def apply(event: OrgEvent) -> None:
    """Let the heir of each union that ended answer its directives; undone, the union itself.

    Who is to answer from now on is told.
    """
    inherited = [row.pk for row in settle() if row.caretaker_id and row.open]
    if inherited and not event.is_planned:
        rows = DirectiveCopy.objects.filter(pk__in=inherited).order_by("pk")
        tell_each("directive_inherited", list(rows.select_related(*DirectiveCopy.reads_with)))


def settle() -> list[DirectiveCopy]:
    """Let open copies stand with those who go on for unions that ended; which have changed."""
    rows = _open().filter(Q(union__ended_on__isnull=False) | Q(caretaker__isnull=False))
    copies = list(rows.select_related("union", "directive"))
    ended = {row.union_id for row in copies if row.union.ended_on}
    heirs = caretakers(ended) if ended else {}
    changed = [row for row in copies if row.caretaker_id != heirs.get(row.union_id)]
    for row in changed:
        row.caretaker_id = heirs.get(row.union_id)
    DirectiveCopy.objects.bulk_update(changed, ["caretaker"], batch_size=_BATCH)
    return changed


def found(unions: Sequence[int]) -> None:
    """Unions that are founded were given nothing yet."""


def plan(event: OrgEvent) -> list[str]:
    """Which directives of unions that end are left, and who answers them, in sentences."""
    ended = event.predecessors.filter(ended_on=event.effective_on)
    rows = _open().filter(union__in=ended.values("pk")) if event.undone_at is None else []
    counted = Counter((row.union_id, row.caretaker_id) for row in rows)
    keys = {key for pair in counted for key in pair if key is not None}
    named = Union.objects.select_related("current").in_bulk(keys) if keys else {}
    return list(_sentences(counted, named))


def faults() -> list[str]:
    """Copies that stand where their union never stood, a sentence each. One statement."""
    strays = DirectiveCopy.objects.exclude(placement__union=F("union"))
    rows = strays.select_related("union", "placement", "directive").order_by("pk")
    return [f"{row.union.code}: {row} đứng ở vị trí của đơn vị khác." for row in rows]


def _open() -> QuerySet[DirectiveCopy]:
    rows = DirectiveCopy.objects.filter(directive__state=DirectiveState.SENT)
    return rows.exclude(state=CopyState.ACCEPTED).order_by("pk")


def _sentences(counted: Counter[tuple[int, int | None]], named: dict[int, Union]) -> Iterator[str]:
    for (union, heir), count in counted.items():
        if heir is None:
            yield (
                f"{count} chỉ đạo chưa xong của {named[union]} được ghi là đơn vị đã kết thúc:"
                " không có đơn vị kế thừa để trả lời."
            )
        else:
            yield f"{count} chỉ đạo chưa xong của {named[union]} do {named[heir]} trả lời."
