"""From estimates to final figures (chốt số chính thức)."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actionplan.models import Period
from indicators.models import Submission
from indicators.services import submissions
from indicators.workflow import SEND_BACK
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import in_vietnamese_order
from unions.services import moves
from unions.vietnamese import trimmed

_ASKED = (
    "Chốt số chính thức: phiếu đang là số ước thực hiện. Hãy thay bằng số chính thức, bỏ đánh dấu"
    " “Là số ước thực hiện”, lưu rồi nộp lại. Số ước đã báo cáo vẫn ghi bên cạnh từng chỉ tiêu."
)


@transaction.atomic
def ask(
    submission: Submission, *, by: User | None, note: str = "", revision: int | None = None
) -> Submission:
    """Ask a union that handed in estimates for the final figures: its form is sent back for them.

    What it had handed in stays readable beside the new figures; it stops counting until these are
    approved. `revision` and errors as in `submissions.send_back`.
    """
    submission = moves.lock(submission)
    if not submission.estimate:
        raise RuleBroken("Phiếu này không phải số ước thực hiện nên không cần chốt số chính thức.")
    reason = f"{_ASKED} {trimmed(note)}".strip()
    submission = submissions.send_back(submission, by=by, reason=reason, revision=revision)
    submission.final_asked_at = timezone.now()
    submission.save(update_fields=["final_asked_at"])
    return submission


@transaction.atomic
def ask_all(period: Period, *, by: User | None, note: str = "") -> int:
    """`ask` every union whose estimates of a period were handed in; how many there were."""
    rows = list(handed_in(period))
    if not rows:
        raise RuleBroken(f"Kỳ báo cáo {period} không có phiếu số ước nào đã nộp.")
    for row in rows:
        ask(row, by=by, note=note)
    return len(rows)


def handed_in(period: Period) -> QuerySet[Submission]:
    """The estimates of a period that were handed in, approved ones too. One statement."""
    rows = Submission.objects.owed().filter(period=period, estimate=True)
    rows = rows.filter(state__in=sorted(SEND_BACK.sources)).select_related("placement")
    return rows.order_by(in_vietnamese_order("placement__name"))
