"""Recording how many people unions have (số đoàn viên, người lao động), one union or thousands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Headcount, JournalEntry, People, Union, User
from unions.quantities import Quantity
from unions.services import journal
from unions.services.days import must_be_of_our_time
from unions.services.placing import must_be_in_place

# more than any union of a province has: what is typed beyond it is a slip
MOST = 10_000_000

_BATCH = 1000
_NUMBERS = tuple(People.values)


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted at one union on one day; None is not told."""

    union: Union
    counted_on: date
    members: int
    female: int | None = None
    workers: int | None = None
    committee: int | None = None

    @property
    def numbers(self) -> dict[str, int | None]:
        """The numbers by their field."""
        return {name: getattr(self, name) for name in _NUMBERS}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the counts: how many are new, corrected, or were there as they are."""

    added: int
    corrected: int
    same: int


def record(count: Count, *, by: User | None) -> Recorded:
    """Record one count, or correct the one of the same union and day. See record_many."""
    return record_many([count], by=by)


@transaction.atomic
def record_many(counts: Sequence[Count], *, by: User | None) -> Recorded:
    """Record the counts of many unions; one of the same union and day is corrected.

    All of them or none: PermissionDenied for a union of others, RuleBroken for what cannot be
    (see `must_be_possible`) and for two counts of one union and day. What is there already is let
    be. A line in the journal for each that is new or corrected. Three statements a thousand.
    """
    for count in counts:
        require(by, Permission.MANAGE_UNIONS, count.union)
        must_be_possible(count)
    _must_be_counted_once(counts)
    before = _before(counts)
    changed = [count for count in counts if _numbers(before.get(_key(count))) != count.numbers]
    rows = _write(changed)
    lines = [
        _line(row, count, before.get(_key(count)), by)
        for row, count in zip(rows, changed, strict=True)
    ]
    JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)
    corrected = sum(_key(count) in before for count in changed)
    return Recorded(len(changed) - corrected, corrected, len(counts) - len(changed))


@transaction.atomic
def take_back(headcount: Headcount, *, by: User | None) -> None:
    """Remove what was recorded of a wrong union or day; the journal keeps the numbers."""
    require(by, Permission.MANAGE_UNIONS, headcount.union)
    journal.record(f"Bỏ {headcount}", by=by, about=headcount, details={"was": _numbers(headcount)})
    headcount.delete()


def must_be_possible(count: Count) -> None:
    """RuleBroken for a day on which the union was not there, and for numbers that cannot be."""
    day = count.counted_on
    must_be_of_our_time(day, "Ngày tính số liệu", about="counted_on")
    if day > timezone.localdate():
        raise RuleBroken(
            f"Ngày tính số liệu {day:%d/%m/%Y} chưa đến. Hãy kiểm tra lại ngày.", about="counted_on"
        )
    must_be_in_place(count.union, day, about="counted_on")
    for name, number in count.numbers.items():
        if number is not None and not 0 <= number <= MOST:
            raise RuleBroken(
                f"Số {_label(name)} của {count.union} là {Quantity(number)}: phải từ 0 đến"
                f" {Quantity(MOST)}. Hãy kiểm tra lại.",
                about=name,
            )
    if count.female is not None and count.female > count.members:
        raise RuleBroken(
            f"Số đoàn viên nữ của {count.union} là {Quantity(count.female)}, lớn hơn"
            f" {Quantity(count.members)} đoàn viên. Hãy kiểm tra lại.",
            about="female",
        )


def doubts(count: Count) -> list[str]:
    """What is possible but odd, a sentence each: more members than workers, or in the committee."""
    found = []
    if count.workers is not None and count.members > count.workers:
        found.append(
            f"{count.union} có {Quantity(count.members)} đoàn viên, nhiều hơn"
            f" {Quantity(count.workers)} người lao động. Hãy kiểm tra lại."
        )
    if count.committee is not None and count.committee > count.members:
        found.append(
            f"{count.union} có {Quantity(count.committee)} ủy viên ban chấp hành, nhiều hơn"
            f" {Quantity(count.members)} đoàn viên. Hãy kiểm tra lại."
        )
    return found


_Key = tuple[int, date]


def _key(count: Count | Headcount) -> _Key:
    return count.union.pk if isinstance(count, Count) else count.union_id, count.counted_on


def _must_be_counted_once(counts: Iterable[Count]) -> None:
    met: set[_Key] = set()
    for count in counts:
        if _key(count) in met:
            raise RuleBroken(
                f"{count.union} có hai dòng số liệu cùng ngày {count.counted_on:%d/%m/%Y}."
                " Hãy chỉ giữ một dòng."
            )
        met.add(_key(count))


def _before(counts: Sequence[Count]) -> dict[_Key, Headcount]:
    """What was recorded of these days so far, held until the transaction ends."""
    days = {count.counted_on for count in counts}
    rows = Headcount.objects.select_for_update().filter(counted_on__in=days)
    if len(counts) == 1:
        rows = rows.filter(union=counts[0].union)
    return {_key(row): row for row in rows}


def _numbers(row: Headcount | None) -> dict[str, int | None] | None:
    return {name: getattr(row, name) for name in _NUMBERS} if row else None


def _write(counts: Sequence[Count]) -> list[Headcount]:
    rows = [
        Headcount(**{one.name: getattr(count, one.name) for one in fields(Count)})
        for count in counts
    ]
    return Headcount.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["union", "counted_on"],
        update_fields=_NUMBERS,
    )


def _line(row: Headcount, count: Count, was: Headcount | None, by: User | None) -> JournalEntry:
    told = ", ".join(
        f"{Quantity(number)} {_label(name)}"
        for name, number in count.numbers.items()
        if number is not None
    )
    verb = "Sửa" if was else "Ghi"
    details = {"was": _numbers(was)} if was else {}
    sentence = f"{verb} {row}: {told}"
    return journal.entry(sentence, by=by, about=row, union_id=count.union.pk, details=details)


def _label(name: str) -> str:
    return People(name).label.lower()
