"""The states of a submission, and the steps between them."""

from django.db.models import TextChoices

from unions.access import Permission
from unions.workflow import Step


class State(TextChoices):
    """Where a submission (phiếu số liệu) stands."""

    DRAFT = "draft", "Đang nhập"
    SUBMITTED = "submitted", "Đã nộp"
    VERIFIED = "verified", "Đã thẩm định"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Trả lại"


EDITABLE = frozenset({State.DRAFT, State.RETURNED})

SUBMIT = Step(
    code="submit",
    label="Nộp",
    sources=EDITABLE,
    target=State.SUBMITTED,
    needs=Permission.SUBMIT_FIGURES,
)
VERIFY = Step(
    code="verify",
    label="Thẩm định",
    sources=frozenset({State.SUBMITTED}),
    target=State.VERIFIED,
    needs=Permission.VERIFY_FIGURES,
)
APPROVE = Step(
    code="approve",
    label="Duyệt",
    sources=frozenset({State.VERIFIED}),
    target=State.APPROVED,
    needs=Permission.APPROVE_FIGURES,
)
SEND_BACK = Step(
    code="send_back",
    label="Trả lại",
    sources=frozenset({State.SUBMITTED, State.VERIFIED, State.APPROVED}),
    target=State.RETURNED,
    needs=Permission.VERIFY_FIGURES,
    needs_reason=True,
)
# a return too, of estimates alone; it has a page of its own and no button among the steps
ASK_FINAL = Step(
    code="ask_final",
    label="Yêu cầu số chính thức",
    sources=SEND_BACK.sources,
    target=State.RETURNED,
    needs=Permission.VERIFY_FIGURES,
)

STEPS = (SUBMIT, VERIFY, APPROVE, SEND_BACK)
# by which the desk finds what a union says in order
JUDGING = (VERIFY, APPROVE)
