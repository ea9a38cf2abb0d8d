"""What a page was drawn from, so that a box its person changed is told from one left alone."""

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from django import forms

# as long as no two answers of one question are likely to share
_BYTES = 6


def mark_of(said: Any) -> str:
    """A short mark, the same for the same however it was typed; browsers send lines with CR LF."""
    written = json.dumps(said, sort_keys=True, default=str).replace(r"\r\n", r"\n")
    return blake2b(written.encode(), digest_size=_BYTES).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: its id, its label and the sentence."""

    anchor: str
    label: str
    error: str

    @property
    def text(self) -> str:
        """What is wrong and in which field, named once."""
        return self.error if self.error.startswith(self.label) else f"{self.label}: {self.error}"


class DrawnForm(forms.Form):
    """A form of a page that may be older than what is stored by now."""

    use_required_attribute = False

    def __getitem__(self, name: str) -> forms.BoundField:
        """The field; a template asks here first for whatever it wants of a form."""
        if name not in self.fields:
            raise KeyError(name)
        return super().__getitem__(name)

    @property
    def stored(self) -> Any:
        """What is stored by now, plainly; None if nothing is."""
        raise NotImplementedError

    @property
    def sent(self) -> Any:
        """What was sent by a form without mistakes, in the same shape."""
        raise NotImplementedError

    @property
    def answered(self) -> Any:
        """Of what was sent, all that can contradict what is stored; files come beside it."""
        return self.sent

    def anew(self) -> Self:
        """The form as it shows what is stored by now."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """What it is called among the forms of the page."""
        return self.prefix or type(self).__name__.lower()

    @property
    def drawn(self) -> str:
        """The mark of what it is drawn from."""
        return mark_of(self.stored)

    @property
    def stored_in_words(self) -> str:
        """What is stored by now, in a line."""
        raise NotImplementedError

    @property
    def differs(self) -> bool:
        """Whether what was sent by a form without mistakes is not what is stored by now."""
        return mark_of(self.sent) != self.drawn

    @property
    def understood(self) -> list[tuple[str, str]]:
        """Label and number of each field whose number was not typed as it is written here."""
        return []

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, field by field."""
        return [
            Fault(self[name].auto_id, str(self[name].label), str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]

    def changed_here(self, drawn: str | None) -> bool:
        """Whether its person changed it since it was drawn from what `drawn` marks.

        None is for a page that does not say: then whatever was sent counts.
        """
        if not self.is_valid():
            return True
        return self.sent is not None if drawn is None else mark_of(self.sent) != drawn

    def changed_elsewhere(self, drawn: str | None) -> bool:
        """Whether somebody else changed what is stored since then."""
        return drawn is not None and self.drawn != drawn

    def clashes(self, drawn: str | None) -> bool:
        """Whether both changed it, and not to the same."""
        both = self.changed_elsewhere(drawn) and self.changed_here(drawn)
        return both and not (self.is_valid() and mark_of(self.answered) == self.drawn)

    def gives_way(self, drawn: str | None) -> bool:
        """Whether it was left alone, so that what somebody else stored is to be shown."""
        return self.changed_elsewhere(drawn) and not self.changed_here(drawn)

    def beside_stored(self, drawn: str | None) -> Self:
        """As it was typed, if its person changed it; else as it is stored."""
        return self if self.changed_here(drawn) else self.anew()
