"""What the desk types of revenue: a union's year as a grid, a workbook, what is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from indicators.models import Revenue, RevenueKind
from indicators.queries.revenues import MONTHS, Looked, Taken, years_offered
from indicators.services.revenues import Taking, months_open
from unions.admin import fields
from unions.models import Union, UnionType
from unions.quantities import NotANumber, Quantity, read_number

_ALL = ("", "Tất cả")
_UNION = Revenue._meta.get_field("union")
_MILLION = 1_000_000
_UNITS = [("trieu", "Triệu đồng"), ("dong", "Đồng")]
_VIEWS = [("", "Từng tháng"), ("luy-ke", "Lũy kế")]
_WHOLE_YEAR = ("", "Cả năm")


class MoneyField(forms.CharField):
    """Whole đồng as offices write them: 12.500.000; below zero too."""

    def __init__(self, **options: Any) -> None:
        widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> int | None:
        """The amount; None where nothing was typed."""
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            amount = read_number(text, whole=True)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if amount != amount.to_integral_value():
            raise forms.ValidationError(f"“{text}” phải là số đồng nguyên, ví dụ 12.500.000.")
        return int(amount)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount with its thousands marks; what was typed, as it was typed."""
        return str(Quantity(value)) if isinstance(value, int) else value


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

    # the mark of the amounts that the page shows
    shown = ""

    def __init__(
        self, union: Union, year: int, rows: list[Revenue], data: QueryDict | None = None
    ) -> None:
        self.union, self.year = union, year
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

    def _ask(self, month: int) -> None:
        for kind in RevenueKind:
            label = f"{kind.label} tháng {month}"
            self.fields[f"{kind.value}_{month}"] = field = MoneyField(label=label)
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
        """What was typed; nothing of boxes that were and stay empty."""
        said = self.cleaned_data
        for month in self.months:
            noted = said[f"note_{month}"]
            for kind in RevenueKind.values:
                row, amount = self.rows.get((month, kind)), said[f"{kind}_{month}"]
                if row is None and amount is None:
                    continue
                # one note stands for the month: left alone, it changes none
                note = row.note if row and noted == self._note(month) else noted
                yield Taking(self.union, self.year, month, kind, amount, note, said["reason"])


class PickForm(forms.Form):
    """Whose year is to be recorded."""

    year = fields.pick("Năm", [])

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _UNION)
        self.fields["year"].choices = _years()
        self.order_fields(["union", "year"])


class SendInForm(forms.Form):
    """The workbook."""

    file = fields.upload("Tệp Excel (.xlsx)")


class BlankForm(forms.Form):
    """Of which months the workbook is to be filled in."""

    year = fields.pick("Năm", [])
    month = fields.pick(
        "Tháng", [_WHOLE_YEAR, *((str(one), f"Tháng {one}") for one in MONTHS)], required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = _years()

    def months(self) -> list[int]:
        """The months that were asked for, without those to come."""
        said, today = self.cleaned_data, timezone.localdate()
        wanted = [int(said["month"])] if said["month"] else list(MONTHS)
        return [one for one in wanted if date(int(said["year"]), one, 1) <= today]


class LookForm(forms.Form):
    """Which year, which unions, which kind of revenue; this year, if nothing is asked."""

    nam = fields.pick("Năm", [])
    khoan = fields.pick("Khoản thu", [_ALL, *RevenueKind.choices], required=False)
    cum = fields.pick("Cụm thi đua", [], required=False)
    loai = fields.pick("Loại hình", [_ALL, *UnionType.choices], required=False)
    xem = fields.pick("Cách xem", _VIEWS, required=False)
    tinh = fields.pick("Đơn vị tiền", _UNITS, required=False)
    q = fields.line("Tìm theo tên hoặc mã", max_length=200, required=False)

    def __init__(self, typed: dict[str, str]) -> None:
        self.asked = {name: text for name in self.base_fields if (text := typed.get(name))}
        super().__init__({"nam": str(timezone.localdate().year), "tinh": "trieu", **self.asked})
        self.fields["nam"].choices = _years()
        self.offer([])

    def offer(self, clusters: Sequence[str]) -> None:
        """Let these clusters be chosen, besides the one that was asked for."""
        names = dict.fromkeys([*clusters, self.asked.get("cum", "")])
        self.fields["cum"].choices = [_ALL, *((one, one) for one in names if one)]

    def looked(self) -> Looked:
        """What is looked at; of what cannot be read, as if nothing were asked."""
        said = self.cleaned_data if self.is_valid() else {"nam": str(timezone.localdate().year)}
        return Looked(
            int(said["nam"]),
            cluster=said.get("cum", ""),
            type=said.get("loai", ""),
            kind=said.get("khoan", ""),
            q=said.get("q", ""),
            cumulative=said.get("xem") == "luy-ke",
            per=1 if said.get("tinh") == "dong" else _MILLION,
        )


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in years_offered(timezone.localdate())]
