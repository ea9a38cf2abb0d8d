"""Forms for what is aimed at: targets for a year or a group, and amounts for single unions."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from indicators.admin import targets
from indicators.aggregation import Operator
from indicators.models import Indicator, Target
from indicators.services.assignment_lists import read_list
from indicators.services.indicators import Whom
from unions.admin import fields
from unions.models import UnionType


class TargetForm(forms.Form):
    """A target in the indicator's own terms, for everyone or for a year or a group alone."""

    # the mark of the targets that the page shows
    shown = ""
    year = fields.pick("Áp dụng cho", [], required=False)
    group = fields.line(
        "Nhóm đơn vị",
        required=False,
        max_length=100,
        help_text="Để trống nếu mức này cho mọi đơn vị. Ví dụ: Khu vực ngoài nhà nước.",
    )
    types = forms.MultipleChoiceField(
        label="Các loại hình của nhóm",
        choices=UnionType.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )
    operator = fields.pick("So sánh", targets.OPERATORS)
    first = fields.line("Mức phấn đấu", required=False)
    last = fields.line("Đến (chỉ khi chọn trong khoảng)", required=False)

    def __init__(self, *args: Any, indicator: Indicator, **options: Any) -> None:
        super().__init__(*args, **options)
        self.indicator = indicator
        years = [(str(year), f"Năm {year}") for year in indicator.programme.reporting_years]
        self.fields["year"].choices = [("", "Mọi năm"), *years]

    def clean_first(self) -> Any:
        return self._read("first")

    def clean_last(self) -> Any:
        return self._read("last")

    def clean(self) -> dict[str, Any]:
        """A second bound is of a range alone."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("last") is not None and said.get("operator") != Operator.RANGE:
            self.add_error("last", "Chỉ ghi khi chọn “trong khoảng”. Hãy xoá, hoặc chọn lại.")
        return said

    def _read(self, name: str) -> Any:
        one = self.indicator
        return targets.read(self.cleaned_data[name], one.kind, one.scale, one.unit)

    @property
    def whom(self) -> Whom:
        """For which year and unions it is."""
        said = self.cleaned_data
        year = int(said["year"]) if said["year"] else None
        return Whom(year, said["group"], tuple(said["types"]))


class AssignmentForm(forms.Form):
    """A list of unions with their amounts, as it is pasted from Excel, and the decision."""

    # the mark of the amounts that the page shows
    shown = ""
    year = fields.pick("Năm", [])
    amounts = fields.words("Mã đơn vị; số giao", rows=10)
    decision_number = fields.line("Quyết định số", required=False, max_length=60)
    decided_on = fields.day("Ngày quyết định", required=False)

    def __init__(self, *args: Any, indicator: Indicator, **options: Any) -> None:
        super().__init__(*args, **options)
        self.indicator = indicator
        years = indicator.programme.reporting_years
        self.fields["year"].choices = [(str(year), str(year)) for year in years]

    def clean_amounts(self) -> Any:
        pasted = read_list(self.indicator, self.cleaned_data["amounts"])
        if pasted.faults:
            raise forms.ValidationError(pasted.faults)
        return pasted.amounts


def typed_target(indicator: Indicator, target: Target | None) -> dict[str, Any]:
    """A target as the form shows it; nothing but the usual operator for a new one."""
    if target is None:
        return {"operator": Operator.AT_LEAST.value}
    first = target.high if target.operator == Operator.AT_MOST else target.low
    last = target.high if target.operator == Operator.RANGE else None
    terms = (indicator.kind, indicator.scale, indicator.unit)
    return {
        "year": str(target.year or ""),
        "group": target.group,
        "types": target.types,
        "operator": target.operator,
        "first": targets.shown(first, *terms),
        "last": targets.shown(last, *terms),
    }
