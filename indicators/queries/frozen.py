"""An answer as plain values: what stood in a submission when it was objected to or handed in."""

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.models import Figure

Frozen = dict[str, Any]

# what a union can change of an answer; how the answer is written may change without it
_CHANGES = ("answer", "answers", "reason", "remark", "files", "text")


def frozen_answer(figure: Figure | None, files: Sequence[int], written: str) -> Frozen:
    """The answer to an indicator; {} if there is none."""
    if figure is None:
        return {}
    return {
        "answer": figure.answer,
        "answers": figure.answers,
        "reason": figure.reason,
        "remark": figure.remark,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "files": sorted(files),
        "written": written,
    }


def frozen_words(text: str | None, remark: str = "") -> Frozen:
    """What is told of a task group or a breakthrough, and why it stands; {} if nothing is told."""
    if text is None:
        return {}
    said = {"text": text, "written": text or "Không có"}
    return said | {"remark": remark} if remark else said


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a union has changed its answer, the words or the evidence beside it."""
    return any(before.get(name) != now.get(name) for name in _CHANGES)


def pair_of(frozen: Mapping[str, Any]) -> tuple[int, int] | None:
    """What the answer added to every sum; None if it stood outside, or there was none."""
    if frozen.get("denominator") is None:
        return None
    return frozen["numerator"], frozen["denominator"]
