"""The small province with sessions of a union, and with a document of the library."""

from collections.abc import Callable
from typing import Any

from actionplan.models import LibraryDocument
from actionplan.services import briefings, library
from actionplan.services.library import Asked
from tests.actionplan.briefing import held, paper, pdf, soon


def _no_session(world: Any) -> None:
    """As a year begins."""


def _session_held(world: Any) -> None:
    (session,) = held(world.province.health, 60)
    world.things["session"] = session.pk


def _people_stated(world: Any) -> None:
    (session,) = held(world.province.health, 60)
    world.things["session"] = session.pk
    briefings.state_people(session.dissemination, 60, by=world.people["chair"])


BRIEFED: dict[str, Callable[[Any], None]] = {
    "non": _no_session,
    "hel": _session_held,
    "sta": _people_stated,
}


def _in_force(world: Any) -> None:
    document = library.add(world.province.root, paper(), pdf(), by=world.people["officer"])
    world.things["document"] = document.pk


def _to_be_read(world: Any) -> None:
    _in_force(world)
    library.ask_reading(_document(world), Asked(soon()), by=world.people["officer"])


def _replaced(world: Any) -> None:
    _in_force(world)
    library.replace(_document(world), paper("Bản mới"), pdf(), by=world.people["officer"])


def _withdrawn(world: Any) -> None:
    _in_force(world)
    library.withdraw(_document(world), "Sai số", by=world.people["officer"])


def _document(world: Any) -> LibraryDocument:
    return LibraryDocument.objects.get(pk=world.things["document"])


SHELVED: dict[str, Callable[[Any], None]] = {
    "std": _in_force,
    "ask": _to_be_read,
    "rep": _replaced,
    "wdr": _withdrawn,
}
