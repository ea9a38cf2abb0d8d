"""The field in which something is told."""

from typing import Any

from django import forms

from unions.vietnamese import trimmed


class ToldField(forms.CharField):
    """A text that somebody can read; signs that nobody sees say nothing."""

    def to_python(self, value: Any) -> str:
        """The text without unseen signs at its ends."""
        return trimmed(super().to_python(value) or "")
