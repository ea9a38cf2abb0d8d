"""The fields in which kinds ask: numbers as offices type them, and grades."""

from decimal import Decimal
from typing import Any

from django import forms

from indicators.grades import Scale
from unions.quantities import NotANumber, Quantity, read_number

# 1,300 unions with numbers of so many digits still add up exactly in a 64-bit column
MOST_DIGITS = 15


class WholeNumberField(forms.Field):
    """A whole number of `least` or more, typed with or without thousands marks."""

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.least = least
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Read `value`; a letter, a fraction or a number below the least is refused in words."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            number = read_number(str(value), whole=True, most=MOST_DIGITS)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem)) from problem
        if number != number.to_integral_value():
            raise forms.ValidationError(f"“{value}” không phải số nguyên. Hãy nhập số nguyên.")
        if number < self.least:
            raise forms.ValidationError(f"Số phải từ {self.least} trở lên; đã nhập “{value}”.")
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        """A stored number with its thousands marks; what was typed, as it was typed."""
        return str(Quantity(Decimal(value))) if isinstance(value, int) else value


def grade_field(label: str, scale: Scale) -> forms.ChoiceField:
    """The levels of a scale of grades, best first."""
    levels = [(grade.code, grade.label) for grade in scale.grades]
    return forms.ChoiceField(label=label, choices=[("", "Chọn mức xếp loại"), *levels])


def yes_or_no(label: str) -> forms.ChoiceField:
    """A question that is answered by yes or no, neither of them chosen beforehand."""
    return forms.ChoiceField(
        label=label, choices=[("yes", "Có"), ("no", "Không")], widget=forms.RadioSelect
    )
