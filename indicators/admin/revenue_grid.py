"""A union's year of revenue as a grid: typed at once, and beside what others typed meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from indicators.forms.drawn import mark_of
from indicators.models import Revenue, RevenueKind
from indicators.queries.revenues import Taken
from indicators.services import revenues
from indicators.services.revenues import Taking, months_open
from unions.admin import fields
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Quantity

_CHANGED = "Chưa lưu: số thu của đơn vị đã thay đổi sau khi bạn mở trang."
_NO_MONEY = "phải là số đồng nguyên, ví dụ 12.500.000."
_BOTH = "Ô bạn cũng sửa, bấm Lưu lần nữa sẽ thay bằng nội dung của bạn"
_THEIRS = "Ô bạn không sửa, trang này đã theo bản mới"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the grid: its boxes, and what it comes to as it is recorded by now."""

    month: int
    amounts: list[forms.BoundField]
    note: forms.BoundField
    sum: Quantity
    running: Quantity


class YearForm(forms.Form):
    """Every month of one union's year that can be recorded, with a box for each kind of revenue."""

    def __init__(
        self,
        union: Union,
        year: int,
        rows: list[Revenue],
        data: QueryDict | None = None,
        *,
        by: User,
    ) -> None:
        self.union, self.year, self.by = union, year, by
        self.rows = {(row.month, row.kind): row for row in rows}
        self.months = sorted({*months_open(union, year), *(row.month for row in rows)})
        super().__init__(data, initial=self._stored())
        for month in self.months:
            self._ask(month)
        self.fields["reason"] = fields.words(
            "Lý do sửa",
            rows=2,
            required=False,
            max_length=500,
            help_text="Bắt buộc khi sửa hoặc bỏ số đã ghi, và khi ghi số âm (điều chỉnh giảm).",
        )

    @property
    def shown(self) -> str:
        """The marks of the boxes that are not empty as the page shows them, to come back."""
        stored = {name: _mark(now) for name, now in self.initial.items()}
        return " ".join(f"{name}:{mark}" for name, mark in stored.items() if mark)

    def clean(self) -> None:
        """Every fault at once: boxes that changed since the page was drawn, amounts that cannot be.

        What is typed is kept; a box left alone shows what is stored by now.
        """
        both, theirs = self._changed_since()
        told = [
            f"{heading}: {'; '.join(s)}." for heading, s in ((_BOTH, both), (_THEIRS, theirs)) if s
        ]
        if told:
            self.add_error(None, " ".join([_CHANGED, *told]))
        for taking in self.takings():
            self._check(taking)

    def _changed_since(self) -> tuple[list[str], list[str]]:
        """What was stored otherwise in boxes that were typed in, too, and in those left alone."""
        drawn = dict(
            mark.split(":", 1) for mark in self.data.get("shown", "").split() if ":" in mark
        )
        both, theirs, now = list[str](), list[str](), self.data.copy()
        for name in (name for name in self.fields if name != "reason"):
            stored, was = self.initial.get(name), drawn.get(name, "")
            typed = self._typed(name)
            if _mark(stored) in {was, _mark(typed)}:
                continue
            if _mark(typed) != was:
                both.append(f"{self._told(name)}; bạn nhập: {_written(typed)})")
                continue
            theirs.append(f"{self._told(name)})")
            now[name] = self.fields[name].prepare_value(stored)
            self.cleaned_data[name] = stored
        self.data = now
        return both, theirs

    def _typed(self, name: str) -> Any:
        """What was sent in a box: as it was understood, or as it was typed."""
        return self.data.get(name) if name in self.errors else self.cleaned_data[name]

    def _told(self, name: str) -> str:
        """A box with what is stored there by now, by whom and when; the bracket stays open."""
        row = self._row_of(name)
        who = ""
        if row is not None:
            by = "bạn" if row.recorded_by == self.by else row.recorded_by or "hệ thống"
            who = f", {by} ghi lúc {timezone.localtime(row.recorded_at):%H:%M %d/%m/%Y}"
        return f"{self.fields[name].label} (đã lưu: {_written(self.initial.get(name))}{who}"

    def _row_of(self, name: str) -> Revenue | None:
        """From which a box is drawn; of a note the row that was written last."""
        kind, _, month = name.partition("_")
        of_month = [row for (of, _), row in self.rows.items() if of == int(month)]
        if kind == "note":
            return max(of_month, key=lambda row: row.recorded_at, default=None)
        return self.rows.get((int(month), kind))

    def _check(self, taking: Taking) -> None:
        """Tell beside its box, or the reason, what cannot be recorded."""
        row = self.rows.get((taking.month, taking.kind))
        if not revenues.differs(taking, row):
            return
        try:
            revenues.must_be_possible(taking, row)
        except RuleBroken as broken:
            name = f"{taking.kind}_{taking.month}"
            self.add_error("reason" if broken.about == "reason" else name, str(broken))

    def _ask(self, month: int) -> None:
        for kind in RevenueKind:
            label = f"{kind.label} tháng {month}"
            self.fields[f"{kind.value}_{month}"] = field = fields.WholeNumberField(
                label=label, required=False, fault=_NO_MONEY
            )
            field.widget.attrs["aria-label"] = label
        note = fields.line(f"Nguồn, chứng từ tháng {month}", required=False, max_length=200)
        note.widget.attrs["aria-label"] = note.label
        self.fields[f"note_{month}"] = note

    def _stored(self) -> dict[str, Any]:
        amounts = {f"{kind}_{month}": row.amount for (month, kind), row in self.rows.items()}
        return amounts | {f"note_{month}": self._note(month) for month in self.months}

    def _note(self, month: int) -> str:
        notes = (row.note for (of, _), row in self.rows.items() if of == month)
        return next((note for note in notes if note), "")

    @property
    def lines(self) -> list[MonthRow]:
        """The months as the page draws them."""
        taken = self.taken
        return [
            MonthRow(
                month,
                [self[f"{kind}_{month}"] for kind in RevenueKind.values],
                self[f"note_{month}"],
                taken.months[month - 1],
                taken.running[month - 1],
            )
            for month in self.months
        ]

    @property
    def taken(self) -> Taken:
        """What is recorded by now."""
        return self._taken(list(RevenueKind.values))

    @property
    def by_kind(self) -> list[Quantity]:
        """The year's sum of each kind as it is recorded by now."""
        return [self._taken([kind]).total for kind in RevenueKind.values]

    @property
    def kinds(self) -> list[str]:
        """What the columns are called."""
        return [str(kind.label) for kind in RevenueKind]

    def _taken(self, kinds: list[str]) -> Taken:
        found: dict[int, int] = {}
        for (month, kind), row in self.rows.items():
            if kind in kinds and row.amount is not None:
                found[month] = found.get(month, 0) + row.amount
        return Taken(found)

    def takings(self) -> Iterator[Taking]:
        """What was typed; nothing of boxes that were and stay empty, or cannot be read."""
        said = self.cleaned_data
        asked = ((month, kind) for month in self.months for kind in RevenueKind.values)
        for month, kind in asked:
            row, amount = self.rows.get((month, kind)), said.get(f"{kind}_{month}")
            if f"{kind}_{month}" not in said or (row is None and amount is None):
                continue
            noted = said.get(f"note_{month}", "")
            # one note stands for the month: left alone, it changes none
            note = row.note if row and noted == self._note(month) else noted
            reason = said.get("reason", "")
            yield Taking(self.union, self.year, month, kind, amount, note, reason)


def _mark(said: Any) -> str:
    """The mark of what a box says; of an empty one, empty."""
    return "" if said in {None, ""} else mark_of(said)


def _written(said: Any) -> str:
    """What a box says, in a line."""
    return str(Quantity(said)) if isinstance(said, int) else said or "để trống"
