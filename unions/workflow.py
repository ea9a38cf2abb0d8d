"""The shape of every workflow: a table of steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from unions.access import Permission
from unions.errors import RuleBroken
from unions.vietnamese import trimmed

_LONGEST_REASON = 1000


class Stateful(Protocol):
    """A row that stands in one state of a workflow."""

    state: str

    def get_state_display(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One way from some states to another: who may take it, and whether a reason is owed."""

    code: str
    label: str
    sources: frozenset[str]
    target: str
    needs: Permission
    needs_reason: bool = False

    def check(self, row: Stateful, reason: str = "") -> None:
        """Raise RuleBroken if this step cannot be taken from where `row` stands."""
        if row.state not in self.sources:
            raise RuleBroken(
                f"Không thể {self.label.lower()} {row}: trạng thái hiện nay là"
                f" “{row.get_state_display()}”."
            )
        if self.needs_reason and not trimmed(reason):
            raise RuleBroken(f"Cần ghi lý do khi {self.label.lower()}.")


def offered(steps: Iterable[Step], state: str) -> list[Step]:
    """The steps that lead on from `state`: the buttons of the page."""
    return [step for step in steps if state in step.sources]


def stated_reason(reason: str, doing: str) -> str:
    """The reason as it is kept; RuleBroken without one, or for one nobody would read."""
    stated = trimmed(reason)
    if not stated:
        raise RuleBroken(f"Cần ghi lý do khi {doing}.", about="reason")
    if len(stated) > _LONGEST_REASON:
        raise RuleBroken(
            f"Lý do dài {len(stated)} ký tự; nhiều nhất {_LONGEST_REASON}. Hãy viết ngắn lại.",
            about="reason",
        )
    return stated
