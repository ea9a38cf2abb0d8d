"""Recording what unions took in month by month (số thu): first, corrected, taken back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from indicators.models import Revenue, RevenueKind
from indicators.models.revenue import last_day_of
from indicators.services.seen import Stale
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union, User
from unions.quantities import Quantity
from unions.services import journal
from unions.vietnamese import tidy

# đồng; more than any union takes in within a month: what is typed beyond it is a slip
MOST = 10**12
# the form of the budget that the kinds are of is no older
FIRST_YEAR = 2000

LAST_MONTH = 12

_BATCH = 500
# đồng; a month's revenue below it was probably typed in thousands or millions
_LITTLE = 1000
_CHANGED = (
    "Chưa lưu: số thu của đơn vị vừa thay đổi sau khi bạn mở trang. Hãy đối chiếu rồi ghi lại."
)

# key of the union, year, month, kind
Key = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Taking:
    """What one union took in of one kind in one month, in whole đồng; None takes it back.

    `note` tells the source; `reason` why what was recorded is corrected, or is below zero.
    """

    union: Union
    year: int
    month: int
    kind: str
    amount: int | None
    note: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """By what it is known."""
        return self.union.pk, self.year, self.month, self.kind

    @property
    def told(self) -> str:
        """Kind and month, as they stand in a sentence."""
        return f"{RevenueKind(self.kind).label} tháng {self.month}/{self.year}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many amounts are new, corrected or taken back, or were there as they are."""

    added: int
    corrected: int
    same: int


@transaction.atomic
def record(takings: Sequence[Taking], *, by: User | None, shown: str | None = None) -> Recorded:
    """Record what unions took in; an amount that stands is corrected, its history keeps it.

    All or none: PermissionDenied for a union of others, RuleBroken for what cannot be (see
    `must_be_possible`). What stands already is let be. `shown` is the mark of what stood for the
    union and year when this was compared with it: Stale if it changed since. One line in the
    journal a union and year; the number of statements grows with thousands of rows only.
    """
    for union in {taking.union.pk: taking.union for taking in takings}.values():
        require(by, Permission.RECORD_REVENUE, union)
    before = _before(takings)
    if shown is not None and shown != mark_of(before.values()):
        raise Stale(_CHANGED)
    changed = [one for one in takings if differs(one, before.get(one.key))]
    for one in changed:
        must_be_possible(one, before.get(one.key))
    stood = {key: row.amount for key, row in before.items()}
    corrected = _write(changed, before, by)
    lines = [_line(of_year, stood, by) for of_year in _by_year(changed)]
    JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)
    return Recorded(len(changed) - corrected, corrected, len(takings) - len(changed))


def mark_of(rows: Iterable[Revenue]) -> str:
    """The mark of all that stands for a union in a year."""
    said = sorted((row.month, row.kind, str(row.amount), row.note) for row in rows)
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def differs(taking: Taking, row: Revenue | None) -> bool:
    """Whether it says something else than what stands."""
    stands = (row.amount, row.note) if row else (None, "")
    noted = tidy(taking.note) if taking.amount is not None else stands[1]
    return (taking.amount, noted) != stands


def must_be_possible(taking: Taking, row: Revenue | None) -> None:
    """RuleBroken for a month to come, or in which the union was not there, and for amounts.

    An amount that stands is corrected, and one below zero recorded, only with a reason.
    """
    _must_be_a_month(taking)
    _must_have_been_there(taking)
    amount, stands = taking.amount, row.amount if row else None
    if amount is not None and abs(amount) > MOST:
        raise RuleBroken(
            f"{taking.told} là {Quantity(amount)} đồng: quá lớn. Hãy kiểm tra lại.",
            about=taking.kind,
        )
    if tidy(taking.reason):
        return
    if amount is not None and amount < 0 and amount != stands:
        raise RuleBroken(
            f"{taking.told} là số âm ({Quantity(amount)}): chỉ ghi số âm khi điều chỉnh giảm, kèm"
            " lý do.",
            about=taking.kind,
        )
    if stands is not None and amount != stands:
        raise RuleBroken(
            f"{taking.told} đã ghi {Quantity(stands)} đồng: muốn sửa hoặc bỏ, hãy ghi lý do.",
            about="reason",
        )


def months_open(union: Union, year: int) -> list[int]:
    """The months of a year that can be recorded: begun by today, while the union was there."""
    today = timezone.localdate()
    return [
        month
        for month in range(1, LAST_MONTH + 1)
        if date(year, month, 1) <= today
        and union.founded_on <= last_day_of(year, month)
        and (union.ended_on is None or union.ended_on > date(year, month, 1))
    ]


def doubts(taking: Taking) -> list[str]:
    """What is possible but odd, a sentence each: a few đồng were probably thousands."""
    if taking.amount is None or not 0 < taking.amount < _LITTLE:
        return []
    return [
        f"{taking.told} chỉ có {Quantity(taking.amount)} đồng: có thể đã ghi theo nghìn hoặc triệu"
        " đồng."
    ]


def _must_be_a_month(taking: Taking) -> None:
    today = timezone.localdate()
    if not 1 <= taking.month <= LAST_MONTH:
        raise RuleBroken(f"Tháng {taking.month} không có: tháng phải từ 1 đến 12.", about="month")
    if not FIRST_YEAR <= taking.year <= today.year:
        raise RuleBroken(
            f"Năm {taking.year} không ghi được: năm phải từ {FIRST_YEAR} đến {today.year}.",
            about="year",
        )
    if (taking.year, taking.month) > (today.year, today.month):
        raise RuleBroken(
            f"Tháng {taking.month}/{taking.year} chưa đến nên chưa ghi được số thu.", about="month"
        )


def _must_have_been_there(taking: Taking) -> None:
    union, first = taking.union, date(taking.year, taking.month, 1)
    month = f"tháng {taking.month}/{taking.year}"
    if union.founded_on > last_day_of(taking.year, taking.month):
        raise RuleBroken(
            f"{union} mới thành lập ngày {union.founded_on:%d/%m/%Y}, chưa có trong {month}.",
            about="month",
        )
    if union.ended_on is not None and union.ended_on <= first:
        raise RuleBroken(
            f"{union} đã kết thúc hoạt động từ ngày {union.ended_on:%d/%m/%Y}, không còn trong"
            f" {month}.",
            about="month",
        )


def _before(takings: Sequence[Taking]) -> dict[Key, Revenue]:
    """What stands for these unions and years; nobody else records for them until all is done."""
    keys = {taking.union.pk for taking in takings}
    list(Union.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    rows = Revenue.objects.filter(union__in=keys, year__in={taking.year for taking in takings})
    return {(row.union_id, row.year, row.month, row.kind): row for row in rows}


def _write(takings: Sequence[Taking], before: Mapping[Key, Revenue], by: User | None) -> int:
    """Write what is new and what is otherwise, each with its history; how many were otherwise."""
    old: list[Revenue] = []
    new: list[Revenue] = []
    for taking in takings:
        row = before.get(taking.key)
        (old if row else new).append(_row(taking, row, by))
    how: dict[str, Any] = {"batch_size": _BATCH, "default_user": by}
    bulk_create_with_history(new, Revenue, **how)
    fields = ["amount", "note", "recorded_at", "recorded_by"]
    bulk_update_with_history(old, Revenue, fields, **how)
    return len(old)


def _row(taking: Taking, row: Revenue | None, by: User | None) -> Revenue:
    found = row or Revenue(
        union=taking.union, year=taking.year, month=taking.month, kind=taking.kind
    )
    found.amount = taking.amount
    found.note = tidy(taking.note) if taking.amount is not None else found.note
    found.recorded_by, found.recorded_at = by, timezone.now()
    found._change_reason = tidy(taking.reason)  # type: ignore[attr-defined]
    return found


def _by_year(takings: Iterable[Taking]) -> Iterable[list[Taking]]:
    found: defaultdict[tuple[int, int], list[Taking]] = defaultdict(list)
    for one in takings:
        found[one.union.pk, one.year].append(one)
    return found.values()


def _line(takings: list[Taking], stood: Mapping[Key, int | None], by: User | None) -> JournalEntry:
    """One sentence on a union's year; the amounts, before and after, stand in the details."""
    first = takings[0]
    was = {one.told: _told(stood[one.key]) for one in takings if one.key in stood}
    months = ", ".join(str(month) for month in sorted({one.month for one in takings}))
    return journal.entry(
        f"{'Sửa' if was else 'Ghi'} số thu năm {first.year} của {first.union}: {len(takings)} khoản"
        f" của tháng {months}",
        by=by,
        about=first.union,
        union_id=first.union.pk,
        reason="; ".join(dict.fromkeys(one.reason for one in takings if one.reason)),
        details={"số thu": {one.told: _told(one.amount) for one in takings}}
        | ({"trước": was} if was else {}),
    )


def _told(amount: int | None) -> str:
    return "không ghi" if amount is None else f"{Quantity(amount)} đồng"
