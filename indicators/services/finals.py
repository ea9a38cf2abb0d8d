"""From estimates to final figures (chốt số chính thức)."""

from django.db import transaction
from django.utils import timezone

from indicators.models import Submission
from indicators.services import submissions
from unions.errors import RuleBroken
from unions.models import User
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
    if not submission.estimate:
        raise RuleBroken("Phiếu này không phải số ước thực hiện nên không cần chốt số chính thức.")
    reason = f"{_ASKED} {trimmed(note)}".strip()
    submission = submissions.send_back(submission, by=by, reason=reason, revision=revision)
    submission.final_asked_at = timezone.now()
    submission.save(update_fields=["final_asked_at"])
    return submission
