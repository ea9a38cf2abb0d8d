"""A correction on a page that may be older than the reading, and what others did to it since."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from indicators.admin.correction import Correction
from indicators.admin.marks import shown_in
from indicators.models import ProgrammeDocument
from indicators.programme_file import ProgrammeSpec
from indicators.services import documents, seen
from indicators.services.seen import Stale
from unions.errors import RuleBroken

_LONGEST = 160
_SALT = "indicators.reading"
_HIDDEN = {"was"}


class DrawnCorrection(Correction):
    """The forms over the reading that their page was drawn from, which the page brings along.

    So a box keeps what was typed, and one left alone its place, whatever others stored by then.
    """

    def __init__(self, document: ProgrammeDocument, typed: QueryDict | None) -> None:
        sent = typed or QueryDict()
        source = _unsealed(sent.get("drawn", "")) or document.source
        super().__init__(documents.spec_of(document, source), typed)
        self.drawn = signing.dumps(source, salt=_SALT, compress=True)
        self.shown = shown_in(typed, seen.of_reading(document))
        self.elsewhere: list[str] = []

    def turn_to(self, document: ProgrammeDocument, broken: RuleBroken) -> None:
        """Once the page was refused for its age, it shows what others did and may be sent again."""
        if isinstance(broken, Stale):
            document.refresh_from_db(fields=["source"])
            self.elsewhere = told(self.was, documents.spec_of(document))
            self.shown = seen.of_reading(document)


def _unsealed(drawn: str) -> str:
    """The reading that the portal itself wrote into its page; empty for anything else."""
    try:
        return str(signing.loads(drawn, salt=_SALT))
    except signing.BadSignature:
        return ""


def told(before: ProgrammeSpec, after: ProgrammeSpec) -> list[str]:
    """A sentence for each box that says something else by now, with what it says."""
    old, new = Correction(before, None), Correction(after, None)
    found = list(_of_form("Thông tin chung", old.head, new.head))
    for (title, name, was), (_, _, now) in zip(old.parts, new.parts, strict=True):
        known = {_key(row): row for row in was if row.initial}
        there = {_key(row): row for row in now if row.initial}
        gone = [row for key, row in known.items() if key not in there]
        found += [f"{title}: bỏ “{_cut(row.gist)}”." for row in gone]
        for key, row in there.items():
            if key in known:
                found += _of_form(f"{name} “{_cut(key)}”", known[key], row)
            else:
                found.append(f"{title}: thêm “{_cut(row.gist)}”.")
    return found


def _key(row: forms.Form) -> str:
    """What a row is known by: the code of an indicator, else its title."""
    initial: Mapping[str, Any] = row.initial
    return str(initial.get("code") or initial[row.gist_of])


def _of_form(what: str, was: forms.Form, now: forms.Form) -> Iterator[str]:
    for name, field in now.fields.items():
        said = now.initial.get(name)
        if name not in _HIDDEN and said != was.initial.get(name):
            yield f"{what}, ô “{field.label}”: {_cut(_shown(field, said)) or 'để trống'}."


def _shown(field: forms.Field, said: Any) -> str:
    if isinstance(said, bool):
        return "có" if said else "không"
    if isinstance(said, tuple):
        return "; ".join(said)
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(said, said) or "")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
