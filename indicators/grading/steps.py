"""The states of the grading of a union, and the steps between them."""

from django.db.models import TextChoices

from unions.access import Permission
from unions.workflow import Step


class GradingState(TextChoices):
    """Where the grading of one union (phiếu chấm điểm) stands."""

    SCORING = "draft", "Đang tự chấm"
    HANDED_IN = "submitted", "Đã tự chấm"
    VERIFIED = "verified", "Đã thẩm định"
    DECIDED = "approved", "Đã công nhận"
    RETURNED = "returned", "Trả lại"


OPEN = frozenset({GradingState.SCORING, GradingState.RETURNED})

HAND_IN = Step(
    code="hand_in_score",
    label="Nộp điểm tự chấm",
    sources=OPEN,
    target=GradingState.HANDED_IN,
    needs=Permission.SUBMIT_FIGURES,
)
VERIFY = Step(
    code="verify_score",
    label="Thẩm định điểm",
    sources=frozenset({GradingState.HANDED_IN, GradingState.VERIFIED}),
    target=GradingState.VERIFIED,
    needs=Permission.VERIFY_FIGURES,
)
SEND_BACK = Step(
    code="send_back_score",
    label="Trả lại",
    sources=frozenset({GradingState.HANDED_IN, GradingState.VERIFIED}),
    target=GradingState.RETURNED,
    needs=Permission.VERIFY_FIGURES,
    needs_reason=True,
)
DECIDE = Step(
    code="decide_grade",
    label="Công nhận",
    sources=frozenset({GradingState.VERIFIED}),
    target=GradingState.DECIDED,
    needs=Permission.APPROVE_FIGURES,
)
TAKE_BACK = Step(
    code="take_back_grade",
    label="Rút công nhận",
    sources=frozenset({GradingState.DECIDED}),
    target=GradingState.VERIFIED,
    needs=Permission.APPROVE_FIGURES,
    needs_reason=True,
)

STEPS = (HAND_IN, VERIFY, SEND_BACK, DECIDE, TAKE_BACK)
