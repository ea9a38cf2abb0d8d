"""The field in which a whole number is typed on a portal page."""

from typing import Any

from django import forms

from unions.quantities import NotANumber, Quantity, read_number

_MOST_DIGITS = 15


class WholeNumberField(forms.CharField):
    """A whole number as offices type it, with or without thousands marks: 1.234 is over a thousand.

    What was typed is shown again as it was; `least` is the smallest that is taken.
    """

    def __init__(self, *, least: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.least = least
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """The number; None where nothing was typed."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = read_number(text, whole=True, most=_MOST_DIGITS)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if number != number.to_integral_value():
            raise forms.ValidationError(f"“{text}” không phải số nguyên. Hãy nhập số nguyên.")
        if number < self.least:
            raise forms.ValidationError(f"Số nhỏ nhất ghi được là {Quantity(self.least)}.")
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        """A stored number with its thousands marks; what was typed, as it was typed."""
        return str(Quantity(value)) if isinstance(value, int) else value
