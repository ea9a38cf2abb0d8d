"""From estimates to final figures (chốt số chính thức)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actionplan.models import Period
from actionplan.services.periods import must_be_near
from indicators.models import Submission
from indicators.services import stand_ins, submissions
from indicators.workflow import ASK_FINAL, State
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import in_vietnamese_order
from unions.services import moves
from unions.vietnamese import trimmed

_ASKED = (
    "Chốt số chính thức: phiếu đang là số ước thực hiện. Hãy thay bằng số chính thức, bỏ đánh dấu"
    " “Đây là số ước thực hiện”, lưu rồi nộp lại. Số ước đã báo cáo vẫn ghi bên cạnh từng chỉ tiêu."
)
_COUNTS = " Số ước đã duyệt vẫn được cộng vào kết quả đến khi số chính thức được duyệt."


@transaction.atomic
def ask(
    submission: Submission,
    *,
    by: User | None,
    note: str = "",
    due_on: date | None = None,
    revision: int | None = None,
) -> Submission:
    """Ask a union that handed in estimates for the final figures: its form is sent back for them.

    What it had handed in stays readable beside the new figures; if it was approved it goes on
    counting until these are. `due_on` is until when, if a day is set: RuleBroken for one that is
    past or far. `revision` and other errors as in `submissions.send_back`.
    """
    submission = moves.lock(submission)
    must_be_possible(due_on, submission.period)
    must_be_an_estimate(submission)
    asked = _ASKED
    if submission.state == State.APPROVED:
        stand_ins.keep(submission)
        asked += _COUNTS
    day = f"Hạn nộp số chính thức: {due_on:%d/%m/%Y}." if due_on else ""
    reason = " ".join(filter(None, (asked, day, trimmed(note))))
    submission = submissions.send_back(submission, by=by, reason=reason, revision=revision)
    submission.final_asked_at, submission.final_due_on = timezone.now(), due_on
    submission.save(update_fields=["final_asked_at", "final_due_on"])
    return submission


def must_be_possible(due_on: date | None, period: Period) -> None:
    """RuleBroken for a day until which nobody could hand in final figures."""
    if due_on is None:
        return
    if due_on < timezone.localdate():
        raise RuleBroken("Hạn nộp số chính thức phải từ hôm nay trở đi.", about="due_on")
    must_be_near(due_on, "Hạn nộp số chính thức", period.programme, about="due_on")


def must_be_an_estimate(submission: Submission) -> None:
    """RuleBroken unless what is there are estimates."""
    if not submission.estimate:
        raise RuleBroken("Phiếu này không phải số ước thực hiện nên không cần chốt số chính thức.")


def handed_in(period: Period) -> QuerySet[Submission]:
    """The estimates of a period that were handed in, approved ones too. One statement."""
    rows = Submission.objects.owed().filter(period=period, estimate=True)
    rows = rows.filter(state__in=sorted(ASK_FINAL.sources))
    rows = rows.select_related("placement", "period__programme__union", "union")
    return rows.order_by(in_vietnamese_order("placement__name"))
