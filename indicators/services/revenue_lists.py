"""A list of revenue laid beside what is recorded: which months are new, corrected, the same."""

from collections.abc import Iterator, Sequence
from typing import Any

from indicators.models import Revenue, RevenueKind
from indicators.services import revenues
from indicators.services.revenues import Taking
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Quantity
from unions.services.lists.lines import Outcome, Register, Verdict, settled

_KINDS = tuple(RevenueKind.values)


class RevenueList(Register):
    """The months of many unions, a line each, by the rules of `indicators.services.revenues`."""

    def __init__(self, *, by: User | None) -> None:
        self.by = by
        self.takings: list[Taking] = []

    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome. Two statements."""
        unions = Union.objects.all()
        if self.by is not None:
            unions = Union.objects.visible_to(self.by, Permission.RECORD_REVENUE)
        self.unions = {union.code: union for union in unions.select_related("current")}
        years = {outcome.line.said["year"] for outcome in outcomes}
        self.before = {
            (row.union_id, row.year, row.month, row.kind): row
            for row in Revenue.objects.filter(year__in=years)
        }
        met: dict[tuple[int, int, int], int] = {}
        for outcome in self.watched(outcomes):
            try:
                self._judge(outcome, met)
            except RuleBroken as broken:
                outcome.refuse(broken, broken.about)

    def write(self) -> None:
        """Record what is new or otherwise; inside the caller's transaction."""
        revenues.record(self.takings, by=self.by)

    def _judge(self, outcome: Outcome, met: dict[tuple[int, int, int], int]) -> None:
        said, number = outcome.line.said, outcome.line.number
        union = self.unions.get(said["union"])
        if union is None:
            raise RuleBroken(f"Không có đơn vị nào mang mã “{said['union']}”.", about="union")
        month = union.pk, said["year"], said["month"]
        if met.setdefault(month, number) != number:
            raise RuleBroken(f"Đơn vị đã có số thu cùng tháng ở dòng {met[month]}.", about="month")
        told = list(self._told_of(outcome, union))
        if told:
            outcome.told = (
                f"{union} ({union.code}), tháng {said['month']}/{said['year']}: {'; '.join(told)}."
            )

    def _told_of(self, outcome: Outcome, union: Union) -> Iterator[str]:
        """Old → new of each kind; what is possible is kept to be written."""
        changed = [one for one in self._takings(outcome.line.said, union) if self._differs(one)]
        for one in changed:
            revenues.must_be_possible(one, self.before.get(one.key))
        self.takings += changed
        corrects = any(one.key in self.before for one in changed)
        if changed:
            outcome.verdict = Verdict.CHANGED if corrects else Verdict.NEW
        for one in changed:
            told = [_told(one, self.before.get(one.key)), *revenues.doubts(one)]
            yield " – ".join(told).rstrip(".")

    def _differs(self, taking: Taking) -> bool:
        return revenues.differs(taking, self.before.get(taking.key))

    def _takings(self, said: dict[str, Any], union: Union) -> Iterator[Taking]:
        """What the line says of each kind; nothing of one whose cell is empty."""
        year, month, reason = said["year"], said["month"], said.get("reason") or ""
        rows = {kind: self.before.get((union.pk, year, month, kind)) for kind in _KINDS}
        # one note stands for the month: what repeats one of its notes changes none
        notes = {"", None, *(row.note for row in rows.values() if row)}
        for kind, row in rows.items():
            stands = row.amount if row else None
            amount = settled(said.get(kind), stands, None)
            note = row.note if row and said.get("note") in notes else settled(said.get("note"), "")
            if row or amount is not None:
                yield Taking(union, year, month, kind, amount, note or "", reason)


def _told(taking: Taking, row: Revenue | None) -> str:
    label = RevenueKind(taking.kind).label.lower()
    now = "bỏ" if taking.amount is None else f"{Quantity(taking.amount)}"
    if row is None or row.amount is None:
        return f"{label} {now}"
    if row.amount == taking.amount:
        return f"{label}: ghi lại nguồn, chứng từ"
    return f"{label} {Quantity(row.amount)} → {now}"
