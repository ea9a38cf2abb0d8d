"""The lines of a list, and what is to become of each."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices

from unions.errors import RuleBroken

_WATCHED = 500


class Verdict(TextChoices):
    """What a line of a list does."""

    NEW = "new", "Mới"
    CHANGED = "changed", "Thay đổi"
    SAME = "same", "Không đổi"
    WRONG = "wrong", "Có lỗi"


class Erasure(str):
    """The word of a cell that takes away what stands, as it is written there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the sheet, and what it says, tidied; a key not said is not there."""

    number: int
    said: dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What is to become of a line, in a sentence; what is wrong, by the key of the cell."""

    line: Line
    verdict: Verdict = Verdict.SAME
    told: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, broken: RuleBroken | str, about: str = "") -> None:
        """The line is wrong; `about` is the key of the cell to blame."""
        self.verdict, self.told = Verdict.WRONG, ""
        self.faults.append((about or getattr(broken, "about", ""), str(broken)))


def settled(said: Any, before: Any, nothing: Any = "") -> Any:
    """What is to stand: an empty cell leaves what is there, only an erasure takes it away."""
    if said is None or said in ("", before):
        return before
    return nothing if isinstance(said, Erasure) else said


class Register(ABC):
    """A list of one kind, laid beside what the portal knows.

    `watch` is told how many lines are judged; with `holds`, inside a transaction, the rows at stake
    are locked from the planning to the writing.
    """

    watch: Callable[[int], object] = staticmethod(lambda done: None)
    holds = False

    def plan(self, lines: Iterable[Line]) -> list[Outcome]:
        """What is to become of each line; nothing is written."""
        outcomes = [Outcome(line) for line in lines]
        self.judge(outcomes)
        return outcomes

    @abstractmethod
    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome."""

    @abstractmethod
    def write(self) -> None:
        """Write the good lines of the plan; inside the caller's transaction."""

    def watched(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """The outcomes one after the other, while somebody counts."""
        for done, outcome in enumerate(outcomes):
            if done % _WATCHED == 0:
                self.watch(done)
            yield outcome
