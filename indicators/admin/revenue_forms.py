"""What the desk asks of revenue: whose year, a workbook, what is looked at."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from indicators.models import Revenue, RevenueKind
from indicators.queries.revenues import MONTHS, Looked, years_offered
from unions.admin import fields
from unions.models import Union, UnionType

_ALL = ("", "Tất cả")
_UNION = Revenue._meta.get_field("union")
_MILLION = 1_000_000
_UNITS = [("trieu", "Triệu đồng"), ("dong", "Đồng")]
_VIEWS = [("", "Từng tháng"), ("luy-ke", "Lũy kế")]
_WHOLE_YEAR = ("", "Cả năm")


class PickForm(forms.Form):
    """Whose year is to be recorded."""

    year = fields.pick("Năm", [])

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _UNION)
        self.fields["year"].choices = _years()
        self.order_fields(["union", "year"])


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
