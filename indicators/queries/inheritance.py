"""What is said of totals by today's organisation: who stands with whom, and what cannot be told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actionplan.models import Programme
from indicators.aggregation import EXACT
from indicators.models import Audience
from indicators.queries.cuts import Cut, owed
from indicators.queries.heirs import SUBMISSION, UNKNOWN
from unions.models import WHOLE, Lineage, OrgEvent
from unions.quantities import Quantity, Style
from unions.vietnamese import sort_key

# how many digits a share is stored with
_DIGITS = 18

# more names than this say nothing to the reader
_FEW = 10


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Of the unions that a cut asked: how many ended without an heir, how many are shared.

    Of the `untold` nobody told how much of them is within.
    """

    ended: int = 0
    shared: int = 0
    untold: tuple[str, ...] = ()


def share_of(part: int) -> Decimal:
    """A part out of WHOLE as a decimal, exact."""
    return EXACT.normalize(EXACT.scaleb(Decimal(part), -_DIGITS))


def heirs_of(asked: Collection[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """With whom unions stand today, in words, by union and cut-off; nothing of the unchanged.

    One statement.
    """
    rows = Lineage.objects.filter(union__in={union for union, _ in asked})
    lines: dict[int, list[Lineage]] = {}
    for line in rows.select_related("heir__current"):
        lines.setdefault(line.union_id, []).append(line)
    found = {
        (union, day): [line for line in lines.get(union, ()) if line.since <= day < line.until]
        for union, day in asked
    }
    return {key: f"nay thuộc {_heirs(held)}" for key, held in found.items() if held}


def _heirs(lines: list[Lineage]) -> str:
    return ", ".join(_heir(line) for line in sorted(lines, key=lambda one: sort_key(str(one.heir))))


def _heir(line: Lineage) -> str:
    if line.share == WHOLE:
        return str(line.heir)
    if line.share is None:
        return f"{line.heir} (chưa rõ tỷ lệ)"
    return f"{line.heir} ({Quantity(share_of(line.share), Style.PERCENT)})"


def inheritance(programme: Programme, cut: Cut) -> Inheritance:
    """How a cut by today's organisation came about; nothing of any other. One statement."""
    if not cut.now:
        return Inheritance()
    rows = set(_changed(programme, cut).values_list("union__current__name", "union", "part"))
    untold = {union: name for name, union, part in rows if part == UNKNOWN}
    shared = {union for _, union, part in rows if part not in {UNKNOWN, WHOLE}}
    ended = {union for _, union, part in rows if part == WHOLE}
    return Inheritance(
        len(ended), len(shared - untold.keys()), tuple(sorted(untold.values(), key=sort_key))
    )


def _changed(programme: Programme, cut: Cut) -> QuerySet[Any]:
    """Of what was asked: unions that are within in part, and those dissolved without an heir.

    What is planned has not happened: a union lives until the day it is to be dissolved.
    """
    dissolved = OrgEvent.objects.filter(
        kind=OrgEvent.Kind.DISSOLVE,
        predecessors=OuterRef("union"),
        undone_at=None,
        effective_on__lte=timezone.localdate(),
    )
    asked = owed(programme, cut).filter(audience=Audience.GRASSROOTS)
    rows: QuerySet[Any] = asked.order_by().annotate(part=SUBMISSION.part(cut.today))
    return rows.filter(~Q(part=WHOLE) | Q(Exists(dissolved), union__ended_on__isnull=False))


def told_of_heirs(found: Inheritance) -> list[str]:
    """How unions that ended or were divided stand in the totals, in sentences for the reader."""
    told = []
    if found.ended:
        told.append(
            f"{Quantity(found.ended)} đơn vị giải thể không có đơn vị kế thừa: số liệu tính ở vị"
            " trí cuối cùng của đơn vị."
        )
    if found.shared:
        told.append(
            f"{Quantity(found.shared)} đơn vị đã chia tách, một phần thuộc phạm vi này: số liệu"
            " chia được tính theo tỷ lệ ghi trong quyết định, chỉ tiêu đếm đơn vị không tính."
        )
    if found.untold:
        told.append(
            f"{Quantity(len(found.untold))} đơn vị đã chia tách mà quyết định không ghi tỷ lệ,"
            f" không xác định được phần thuộc phạm vi này nên không tính: {_names(found.untold)}."
        )
    return told


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - _FEW
    return "; ".join(names[:_FEW]) + (f" và {more} đơn vị khác" if more > 0 else "")
