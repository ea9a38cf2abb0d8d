"""Which class of the style sheet a field is drawn with."""

from collections.abc import Iterable

from django import forms

_CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "form-select",
    forms.CheckboxInput: "form-check-input",
}


def dress(fields: Iterable[forms.Field]) -> None:
    """Give each field the class by which the style sheet knows it."""
    for field in fields:
        field.widget.attrs.setdefault("class", _CLASSES.get(type(field.widget), "form-control"))
