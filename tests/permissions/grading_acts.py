"""The acts of grading."""

from collections.abc import Callable
from typing import Any

from indicators.admin.grading_deciding import mark_of
from indicators.models import Grading
from tests.permissions.acting import Act, key, on, says_why
from tests.permissions.worlds import World, full_marks


def _of_grading(name: str, done: Callable[[World], bool], sent: Any) -> Act:
    return Act(on(f"admin:indicators_grading_{name}", "grading"), sent, done=done)


def _points(*more: tuple[str, str]) -> Callable[[World], dict[str, Any]]:
    """Every point of the sheet, typed into the form of one side."""

    def sent(world: World) -> dict[str, Any]:
        grading = getattr(world.submission, "grading", None)
        if grading is None:
            return {}
        given = full_marks(grading).score.points.values()
        typed = {f"d{place}": str(points) for place, points in enumerate(given)}
        shown = {"revision": str(grading.revision), "whole": "het"}
        return typed | shown | dict(more)

    return sent


def _says_why(world: World) -> dict[str, str]:
    """A reason, from a page that shows what there is now."""
    grading = getattr(world.submission, "grading", None)
    return says_why(world) | ({"shown": str(grading.revision)} if grading else {})


def _grading_is(state: str) -> Callable[[World], bool]:
    return lambda world: world.grading.state == state


GRADING_ACTS: dict[str, Act] = {
    "open_gradings": Act(
        on("admin:indicators_grading_open_gradings"),
        lambda world: {"period": world.province.period.pk},
        done=_grading_is("draft"),
    ),
    "see_grading": Act(on("indicators:grading", "grading")),
    "see_grading_at_desk": Act(on("admin:indicators_grading_change", "grading")),
    "save_score": Act(
        on("indicators:grading", "grading"),
        _points(("d0", "3")),
        done=lambda world: world.grading.own["points"]["1.1"] == "3",
    ),
    "hand_in_score": Act(
        on("indicators:grading", "grading"),
        _points(("hand_in", "1")),
        done=_grading_is("submitted"),
    ),
    "note_cluster": _of_grading(
        "note_cluster", lambda world: world.grading.cluster != {}, _points(("note", "Cụm 1"))
    ),
    "verify_score": _of_grading("verify", _grading_is("verified"), _points()),
    "send_back_score": _of_grading("send_back", _grading_is("returned"), _says_why),
    "decide_grade": Act(
        on("admin:indicators_grading_decide"),
        lambda world: {
            "number": "16/QĐ-CĐVC",
            "signed_on": "20/12/2025",
            "chosen": [key(world, "grading")],
            "mark": mark_of(list(Grading.objects.all())),
        },
        done=_grading_is("approved"),
    ),
    "take_back_grade": _of_grading("take_back", _grading_is("verified"), _says_why),
}
