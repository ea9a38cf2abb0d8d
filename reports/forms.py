"""What is typed or chosen about reports."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from indicators.queries import Structure
from unions.models import UnionType
from unions.vietnamese import sort_key

FORMATS = [("pdf", "PDF")]
_TYPED = {"class": "form-control", "autocomplete": "off"}


class RequestForm(forms.Form):
    """Which report is asked for: behind the one button, so only the organisation is chosen."""

    kind = forms.SlugField(widget=forms.HiddenInput)
    union = forms.CharField(max_length=20, widget=forms.HiddenInput)
    year = forms.IntegerField(
        min_value=1000, max_value=9999, localize=False, widget=forms.HiddenInput
    )
    format = forms.ChoiceField(choices=FORMATS, widget=forms.HiddenInput)
    structure = forms.TypedChoiceField(
        choices=Structure, required=False, coerce=Structure, empty_value=Structure.THEN
    )


class NumberForm(forms.Form):
    """The number and date from the office's register; both may be left empty."""

    number = forms.RegexField(
        r"^0*[1-9][0-9]{0,4}[a-zA-Z]?$",
        label="Số",
        required=False,
        error_messages={"invalid": "Hãy nhập số thứ tự trong sổ văn bản, ví dụ 05."},
        help_text="Số thứ tự trong sổ văn bản đi, ví dụ 05.",
        widget=forms.TextInput(attrs=_TYPED | {"inputmode": "numeric"}),
    )
    signed_on = forms.DateField(
        label="Ngày ký",
        required=False,
        help_text="Viết như 31/12/2025.",
        widget=forms.DateInput(attrs=_TYPED),
    )


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class CutForm(forms.Form):
    """Which part of the results: from a year to a year, a cluster, a type, by which organisation.

    What an address leaves out is the year of its page, every union, and where each stood then.
    """

    tu = forms.TypedChoiceField(label="Từ năm", coerce=int, widget=_select())
    den = forms.TypedChoiceField(label="Đến năm", coerce=int, widget=_select())
    cum = forms.ChoiceField(label="Cụm thi đua", required=False, widget=_select())
    loai = forms.ChoiceField(label="Loại hình", required=False, widget=_select())
    theo = forms.TypedChoiceField(
        label="Theo tổ chức",
        required=False,
        coerce=Structure,
        empty_value=Structure.THEN,
        widget=_select(),
    )

    def __init__(self, typed: dict[str, Any], *, years: list[int], places: Iterable[Any]) -> None:
        """`places` are the clusters and types of the unions that can be chosen among."""
        super().__init__(typed)
        clusters, types = zip(*places, strict=True) if places else ((), ())
        self._offer("tu", [(year, year) for year in years], "Năm")
        self._offer("den", [(year, year) for year in years], "Năm")
        named = sorted(filter(None, set(clusters)), key=sort_key)
        self._offer("cum", [("", "Tất cả"), *((name, name) for name in named)], "Cụm thi đua")
        found = [(type.value, type.label) for type in UnionType if type.value in types]
        self._offer("loai", [("", "Tất cả"), *found], "Loại hình")
        structures = [(one.value, capfirst(one.label)) for one in Structure]
        self._offer("theo", structures, "Cách tính theo tổ chức")

    def _offer(self, name: str, choices: list[tuple[Any, Any]], what: str) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.error_messages["invalid_choice"] = f"{what} “%(value)s” không có ở đây."

    def clean(self) -> dict[str, Any]:
        """Years in their order."""
        chosen: dict[str, Any] = self.cleaned_data
        if chosen.get("tu", 0) > chosen.get("den", 9999):
            raise forms.ValidationError(
                f"Khoảng năm bị ngược: từ {chosen['tu']} đến {chosen['den']}."
            )
        return chosen

    def faults(self) -> list[str]:
        """What is wrong, in sentences."""
        return [str(sentence) for faults in self.errors.values() for sentence in faults]

    def offered(self) -> list[forms.BoundField]:
        """The fields in which there is something to choose."""
        fields: dict[str, Any] = self.fields
        return [self[name] for name, field in fields.items() if len(field.choices) > 1]
