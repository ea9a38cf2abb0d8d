"""What is typed into a form, and whether it was kept."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.forms import alone, card_of
from tests.builders import PDF
from tests.permissions.worlds import World


def says(**fields: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"revision": world.submission.revision, **fields}


# stands for the key of whoever sends it
SENDER = "sender"


def answer(world: World) -> dict[str, Any]:
    """Another answer to the first indicator that the form asks."""
    of_kind = {
        "share_of_people": {"done": "77", "total": "100"},
        "own_grade": {"grade": "completed"},
    }
    typed = of_kind[world.indicator.kind]
    return {f"i{world.indicator.pk}-{name}": value for name, value in typed.items()}


def card(world: World) -> dict[str, Any]:
    """That answer as its card is sent by itself."""
    shown = card_of(world.submission, alone(world.submission, f"i{world.indicator.pk}"))
    return answer(world) | {"drawn": shown.drawn, "revision": "", "person": SENDER, "whole": "het"}


def card_is_kept(world: World) -> bool:
    figure = world.submission.figures.get(indicator=world.indicator)
    return figure.numerator == 77 or figure.answers.get("grade") == "completed"


def card_with_file(world: World) -> dict[str, Any]:
    upload = SimpleUploadedFile("giấy mời.pdf", PDF)
    return card(world) | {f"i{world.indicator.pk}-uploads": upload}


def file_is_kept(world: World) -> bool:
    return world.submission.figures.get(indicator=world.indicator).evidence.count() == 1
