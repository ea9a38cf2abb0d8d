"""The states of a yearly plan and of its items, and the steps between them."""

from django.db.models import TextChoices

from unions.access import Permission
from unions.workflow import Step


class PlanState(TextChoices):
    """Where a plan (kế hoạch năm) stands."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Đã gửi"
    ACCEPTED = "accepted", "Đã chấp nhận"
    RETURNED = "returned", "Trả lại"


class Status(TextChoices):
    """Where an item (việc) stands, as its union says it; that it is late follows from its day."""

    NOT_STARTED = "not_started", "Chưa làm"
    UNDER_WAY = "under_way", "Đang làm"
    DONE = "done", "Đã xong"
    DROPPED = "dropped", "Thôi làm"


LATE = "late", "Quá hạn"

# open to be drawn up; once accepted a change is reasoned and told
DRAWN = frozenset({PlanState.DRAFT, PlanState.RETURNED})
ENDED = frozenset({Status.DONE, Status.DROPPED})

HAND_IN = Step(
    code="plan_submit",
    label="Gửi",
    sources=DRAWN,
    target=PlanState.SUBMITTED,
    needs=Permission.HAND_IN_PLANS,
)
ACCEPT = Step(
    code="plan_accept",
    label="Chấp nhận",
    sources=frozenset({PlanState.SUBMITTED}),
    target=PlanState.ACCEPTED,
    needs=Permission.JUDGE_PLANS,
)
SEND_BACK = Step(
    code="plan_return",
    label="Trả lại",
    sources=frozenset({PlanState.SUBMITTED, PlanState.ACCEPTED}),
    target=PlanState.RETURNED,
    needs=Permission.JUDGE_PLANS,
    needs_reason=True,
)

STEPS = (HAND_IN, ACCEPT, SEND_BACK)


class DirectiveState(TextChoices):
    """Where a directive (chỉ đạo) stands: its copies go their own ways once it is sent."""

    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class CopyState(TextChoices):
    """How far one union has come with a directive; that it is late follows from its day."""

    GIVEN = "given", "Chưa nhận"
    ACKNOWLEDGED = "acknowledged", "Đã nhận"
    REPORTED = "reported", "Đã báo kết quả"
    MORE = "more", "Cần bổ sung"
    ACCEPTED = "accepted", "Đã xong"


# what a union still has to do something about
OWED = frozenset({CopyState.GIVEN, CopyState.ACKNOWLEDGED, CopyState.MORE})

REPORT = Step(
    code="directive_report",
    label="Báo kết quả",
    sources=OWED,
    target=CopyState.REPORTED,
    needs=Permission.ANSWER_DIRECTIVES,
)
TAKE_RESULT = Step(
    code="directive_accept",
    label="Chấp nhận kết quả",
    sources=frozenset({CopyState.REPORTED}),
    target=CopyState.ACCEPTED,
    needs=Permission.DIRECT,
)
ASK_MORE = Step(
    code="directive_more",
    label="Yêu cầu bổ sung kết quả",
    sources=frozenset({CopyState.REPORTED, CopyState.ACCEPTED}),
    target=CopyState.MORE,
    needs=Permission.DIRECT,
    needs_reason=True,
)
