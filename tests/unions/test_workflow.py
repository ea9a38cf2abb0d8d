"""The shape of every workflow."""

from dataclasses import dataclass

import pytest

from unions.access import Permission
from unions.errors import RuleBroken
from unions.workflow import Step, offered

OPEN = Step("open", "Mở", frozenset({"new"}), "open", Permission.VIEW)
CLOSE = Step("close", "Khoá", frozenset({"new", "open"}), "closed", Permission.VIEW, True)
REOPEN = Step("reopen", "Mở lại", frozenset({"closed"}), "open", Permission.VIEW)
STEPS = [OPEN, CLOSE, REOPEN]


@dataclass
class Paper:
    """Something that stands in a state."""

    state: str

    def __str__(self) -> str:
        return "giấy số 1"

    def get_state_display(self) -> str:
        return {"new": "Mới", "open": "Đang mở", "closed": "Đã khoá"}[self.state]


@pytest.mark.parametrize(
    ("state", "codes"),
    [("new", ["open", "close"]), ("open", ["close"]), ("closed", ["reopen"]), ("lost", [])],
)
def test_the_steps_offered_are_those_that_lead_on(state, codes):
    assert [step.code for step in offered(STEPS, state)] == codes


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ["new", "open", "closed"])
def test_a_step_is_refused_from_every_state_that_does_not_offer_it(step, state):
    paper = Paper(state)
    if step in offered(STEPS, state):
        step.check(paper, "có lý do")
        return
    with pytest.raises(RuleBroken) as refusal:
        step.check(paper, "có lý do")
    assert str(refusal.value) == (
        f"Không thể {step.label.lower()} giấy số 1: trạng thái hiện nay là"
        f" “{paper.get_state_display()}”."
    )


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_a_step_that_owes_a_reason_is_refused_without_one(reason):
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi khoá"):
        CLOSE.check(Paper("open"), reason)
    CLOSE.check(Paper("open"), "Hết kỳ")
    OPEN.check(Paper("new"), reason)
