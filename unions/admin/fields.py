"""Form fields in the desk's clothes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, QuerySet
from unfold import widgets

from unions.forms import EvidenceField, FilesInput
from unions.models import Union
from unions.quantities import NotANumber, Quantity, read_number

# no key in the database is longer
_DIGITS = 18


class _KnownKeys:
    """Takes what is no key for a row that does not exist."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """What is chosen so far."""
        keys = [key for key in value if key.isdecimal() and len(key) <= _DIGITS]
        return super().optgroups(name, keys, attr)


class Finder(_KnownKeys, AutocompleteSelect):
    """Django's finder of one row."""


class FinderOfSeveral(_KnownKeys, AutocompleteSelectMultiple):
    """Django's finder of several rows."""


class _OfRows:
    """Takes what is too long for a key for a row that does not exist."""

    def clean(self, value: Any) -> Any:
        keys = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(key, str) and len(key) > _DIGITS for key in keys):
            raise forms.ValidationError("Hãy chọn lại: lựa chọn này không còn trong danh sách.")
        return super().clean(value)


class _OneRow(_OfRows, forms.ModelChoiceField):
    """One row, found by its key."""


class _SomeRows(_OfRows, forms.ModelMultipleChoiceField):
    """Several rows, found by their keys."""


class WholeNumberField(forms.CharField):
    """A whole number as offices write it: 1.234 is over a thousand; below zero too.

    `fault` is what is said of one that is not whole.
    """

    widget = widgets.UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"})

    def __init__(
        self, *, fault: str = "không phải số nguyên. Hãy nhập số nguyên.", **options: Any
    ) -> None:
        super().__init__(**options)
        self.fault = fault
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: Any) -> int | None:
        """The number; None where nothing was typed."""
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            number = read_number(text, whole=True)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if number != number.to_integral_value():
            raise forms.ValidationError(f"“{text}” {self.fault}")
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        """A stored number with its thousands marks; what was typed, as it was typed."""
        return str(Quantity(value)) if isinstance(value, int) else value


def line(label: str, **how: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, widget=widgets.UnfoldAdminTextInputWidget(), **how)


def words(label: str, rows: int = 4, **how: Any) -> forms.CharField:
    """Several lines of text."""
    area = widgets.UnfoldAdminTextareaWidget(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, **how)


def number(label: str, **how: Any) -> forms.IntegerField:
    """A whole number, such as a year, that is written without thousands marks."""
    return forms.IntegerField(label=label, widget=widgets.UnfoldAdminTextInputWidget(), **how)


def day(label: str, **how: Any) -> forms.DateField:
    """A date, typed or taken from the calendar."""
    return forms.DateField(label=label, widget=widgets.UnfoldAdminSingleDateWidget(), **how)


def pick(label: str, choices: Iterable[tuple[str, str]], **how: Any) -> forms.ChoiceField:
    """One of a few."""
    widget = widgets.UnfoldAdminSelectWidget()
    return forms.ChoiceField(label=label, choices=list(choices), widget=widget, **how)


def upload(label: str, **how: Any) -> forms.FileField:
    """A file from the person's machine."""
    return forms.FileField(label=label, widget=widgets.UnfoldAdminFileFieldWidget(), **how)


def union(label: str, unions: QuerySet[Union], via: ForeignKey, **how: Any) -> forms.Field:
    """One of many unions, found by typing; `via` is a field of a model that points at unions."""
    return _OneRow(unions, label=label, widget=Finder(via, admin.site), **how)


def unions(label: str, found: QuerySet[Union], via: ForeignKey, **how: Any) -> forms.Field:
    """Several of many unions, each found by typing."""
    widget = FinderOfSeveral(via, admin.site)
    return _SomeRows(found, label=label, widget=widget, **how)


def files(label: str, **how: Any) -> forms.FileField:
    """Files that prove something, several at once."""
    look = {
        "class": " ".join(widgets.INPUT_CLASSES),
        "accept": EvidenceField.widget.attrs["accept"],
    }
    return EvidenceField(label=label, widget=FilesInput(attrs=look), **how)


def ticks(label: str, choices: Iterable[tuple[str, str]], **how: Any) -> forms.MultipleChoiceField:
    """Several of a few, each with a box."""
    widget = widgets.UnfoldAdminCheckboxSelectMultipleWidget()
    return forms.MultipleChoiceField(label=label, choices=list(choices), widget=widget, **how)


def tick(label: str, **how: Any) -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, widget=widgets.UnfoldBooleanWidget(), **how)
