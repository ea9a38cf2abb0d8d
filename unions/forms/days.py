"""The field in which a day is typed."""

from typing import Any

from django import forms


def day(label: str, **how: Any) -> forms.DateField:
    """A day as offices write it: pickers of a browser put the month first where it is English."""
    widget = forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"})
    return forms.DateField(label=label, widget=widget, **how)
