"""Reads of programmes and plans, by their public names."""

from actionplan.queries.plans import groups_left, names_of
from actionplan.queries.programmes import (
    InForce,
    amendments_of,
    as_in_force,
    earlier_wordings,
    heirs,
    known_to,
    programme_for,
    programmes_of,
    words_in_force,
    years_opened,
)

__all__ = [
    "InForce",
    "amendments_of",
    "as_in_force",
    "earlier_wordings",
    "groups_left",
    "heirs",
    "known_to",
    "names_of",
    "programme_for",
    "programmes_of",
    "words_in_force",
    "years_opened",
]
