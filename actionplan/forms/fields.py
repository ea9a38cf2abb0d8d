"""The field in which a part of a programme is chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model

_GONE = "Lựa chọn này không có trong chương trình của kế hoạch. Hãy chọn lại."


class PartField(forms.ChoiceField):
    """One part of a programme; what is dropped is known too, so that the rule of it is told."""

    def __init__(self, *, empty: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.empty, self.rows = empty, dict[str, Model]()

    def offer(self, rows: Mapping[str, Model], choices: Iterable[tuple[str, str]]) -> None:
        """Let `choices` be chosen; `rows` are all that a key may stand for."""
        self.rows = dict(rows)
        self.choices = [*([("", self.empty)] if self.empty else []), *choices]

    def to_python(self, value: Any) -> Any:
        """The row; None where nothing was chosen."""
        key = str(value or "")
        if not key:
            return None
        if key not in self.rows:
            raise forms.ValidationError(_GONE)
        return self.rows[key]

    def validate(self, value: Any) -> None:
        """Something must be chosen where the field is required."""
        forms.Field.validate(self, value)
