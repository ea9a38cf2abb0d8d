"""A list of headcounts laid beside those recorded: which are new, corrected, the same."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import Headcount, People, Union, User
from unions.quantities import Quantity
from unions.services import headcounts
from unions.services.headcounts import Count
from unions.services.lists.lines import Outcome, Register, Verdict, settled
from unions.vietnamese import written


class HeadcountList(Register):
    """Headcounts of many unions, by the rules of `unions.services.headcounts`."""

    def __init__(self, *, by: User | None) -> None:
        self.by = by
        self.counts: list[Count] = []

    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome. Two statements."""
        rows = Union.objects.all()
        if self.by is not None:
            rows = Union.objects.visible_to(self.by, Permission.MANAGE_UNIONS)
        self.unions = {union.code: union for union in rows.select_related("current")}
        days = {outcome.line.said["counted_on"] for outcome in outcomes}
        self.before = {
            (row.union_id, row.counted_on): row
            for row in Headcount.objects.filter(counted_on__in=days)
        }
        met: dict[tuple[int, date], int] = {}
        for outcome in self.watched(outcomes):
            try:
                self._judge(outcome, met)
            except RuleBroken as broken:
                # a number that is not of this sheet is not to blame, but the one that is
                about = broken.about if broken.about in outcome.line.said else "members"
                outcome.refuse(broken, about)

    def write(self) -> None:
        """Record what is new or otherwise; inside the caller's transaction."""
        headcounts.record_many(self.counts, by=self.by)

    def _judge(self, outcome: Outcome, met: dict[tuple[int, date], int]) -> None:
        said, number = outcome.line.said, outcome.line.number
        if said["union"] not in self.unions:
            raise RuleBroken(f"Không có đơn vị nào mang mã “{said['union']}”.", about="union")
        union = self.unions[said["union"]]
        key = union.pk, said["counted_on"]
        before = self.before.get(key)
        numbers: dict[str, Any] = {
            name: settled(said.get(name), getattr(before, name, None), None)
            for name in People.values
        }
        count = Count(union, said["counted_on"], **numbers)
        if met.setdefault(key, number) != number:
            raise RuleBroken(f"Đơn vị đã có số liệu cùng ngày ở dòng {met[key]}.", about="union")
        # what stands is let be, also where the union has ended since
        if before and all(getattr(before, name) == value for name, value in numbers.items()):
            return
        headcounts.must_be_possible(count)
        outcome.verdict = Verdict.CHANGED if before else Verdict.NEW
        told = f"{union} ({union.code}): {'; '.join(_told_of(count, before))}."
        outcome.told = " ".join([told, *headcounts.doubts(count)])
        self.counts.append(count)


def _told_of(count: Count, before: Headcount | None) -> Iterator[str]:
    """What is recorded anew; or what was and what is to be, and what is taken away."""
    yield f"{'sửa' if before else 'ghi'} số liệu ngày {written(count.counted_on)}"
    for name, value in count.numbers.items():
        label, was = People(name).label.lower(), getattr(before, name, None)
        if value is None and was is not None:
            yield f"xoá {label} {Quantity(was)}"
        elif value is not None and before and was != value:
            yield f"{label} {'–' if was is None else Quantity(was)} thành {Quantity(value)}"
        elif value is not None and not before:
            yield f"{label} {Quantity(value)}"
