"""The acts on sessions and the people they reached, and on documents of the library."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse

from actionplan.models import BriefingSession, Dissemination, LibraryDocument, Reading
from tests.actionplan.briefing import pdf, soon
from tests.permissions.acting import Act, on, says_why
from tests.permissions.worlds import WHY, World


def _year(route: str) -> Callable[[World], str]:
    return lambda world: reverse(route, args=[world.province.health.code, 2025])


def _session(world: World) -> dict[str, str]:
    typed = {"held_on": "06/06/2025", "form": "online", "what": WHY}
    return typed | {"expected": "60", "attended": "60"}


def _has(**said: Any) -> Callable[[World], bool]:
    return lambda world: BriefingSession.objects.filter(**said).exists()


def _paper(world: World, **more: Any) -> dict[str, Any]:
    said = {"kind": "plan", "title": WHY, "issued_on": "10/01/2025", "issuer": WHY}
    return said | {"position": "1", "union": world.province.root.pk, "file": pdf()} | more


def _on_document(name: str, sent: Any, done: Callable[[LibraryDocument], bool]) -> Act:
    return Act(
        on(f"admin:actionplan_librarydocument_{name}", "document"),
        sent,
        done=lambda world: done(LibraryDocument.objects.get(pk=world.things["document"])),
    )


def _nothing(world: World) -> dict[str, Any]:
    return {}


BRIEFED_ACTS: dict[str, Act] = {
    "see_sessions": Act(_year("actionplan:briefings-of-year")),
    "see_sessions_at_desk": Act(
        lambda world: reverse(
            "admin:actionplan_unionbriefings_change", args=[world.province.health.pk]
        )
    ),
    "record_session": Act(
        _year("actionplan:briefing-add"), _session, done=_has(what=WHY, attended=60)
    ),
    "change_session": Act(on("actionplan:briefing", "session"), _session, done=_has(what=WHY)),
    "remove_session": Act(
        on("actionplan:briefing-remove", "session"),
        _nothing,
        done=lambda world: not BriefingSession.objects.exists(),
    ),
    "state_people": Act(
        _year("actionplan:briefings-of-year"),
        lambda world: {"people": "60"},
        done=lambda world: Dissemination.objects.get().people == 60,
    ),
    "see_document": Act(on("actionplan:document", "document")),
    "download_document": Act(on("actionplan:document-file", "document")),
    "confirm_read": Act(
        on("actionplan:document-read", "document"),
        lambda world: {"union": world.province.health.code},
        done=lambda world: Reading.objects.get(union=world.province.health).read_at is not None,
    ),
    "see_document_at_desk": Act(on("admin:actionplan_librarydocument_change", "document")),
    "add_document": Act(
        on("admin:actionplan_librarydocument_add_document"),
        _paper,
        done=lambda world: LibraryDocument.objects.filter(title=WHY).exists(),
    ),
    "amend_document": _on_document(
        "amend", partial(_paper, file=""), lambda document: document.title == WHY
    ),
    "replace_document": _on_document(
        "replace", _paper, lambda document: document.replaced_by is not None
    ),
    "withdraw_document": _on_document(
        "withdraw", says_why, lambda document: document.withdrawn_at is not None
    ),
    "bring_document_back": _on_document(
        "bring_back", _nothing, lambda document: document.withdrawn_at is None
    ),
    "ask_reading": _on_document(
        "ask_reading",
        lambda world: {"due_on": f"{soon(20):%d/%m/%Y}"},
        lambda document: document.read_by == soon(20),
    ),
    "stop_asking_reading": _on_document(
        "stop_asking", _nothing, lambda document: document.read_by is None
    ),
}
