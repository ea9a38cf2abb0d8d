"""Why a submission is closed to who would enter it, and whether more time would open it."""

from dataclasses import dataclass

from django.utils import timezone

from actionplan.models import Period
from indicators.models import Submission
from indicators.workflow import State
from unions.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Closure:
    """Why nobody can enter now.

    `extendable` where the province could grant more time, `correctable` where the union asks to
    correct answers.
    """

    why: str
    # the province's own words
    reason: str = ""
    extendable: bool = False
    correctable: bool = False

    def __str__(self) -> str:
        because = f"Lý do: {self.reason}" if self.reason else ""
        way_on = _ASK * self.extendable or _CORRECT * self.correctable
        return " ".join(filter(None, [self.why, because, way_on]))


# as it is said elsewhere than on the page of the submission
_ASK = "Nếu cần thêm thời gian, hãy đề nghị công đoàn cấp tỉnh gia hạn ở trang của phiếu."
_CORRECT = "Nếu cần sửa, Chủ tịch công đoàn của đơn vị gửi đề nghị đính chính ở trang phiếu."


def closure(submission: Submission) -> Closure | None:
    """Why nobody can enter figures now; None while entry is open."""
    if found := not_owed(submission):
        return found
    return _handed_in(submission) or out_of_time(submission)


def must_be_open(submission: Submission) -> None:
    """RuleBroken, with the reason, unless figures can be entered now."""
    _refuse(closure(submission))


def must_be_in_time(submission: Submission) -> None:
    """RuleBroken, with the reason, where it is not owed, or its time is not yet there or over."""
    _refuse(not_owed(submission) or out_of_time(submission))


def not_owed(submission: Submission) -> Closure | None:
    """Excused: there is nothing to hand in."""
    if not submission.excuse:
        return None
    return Closure("Đơn vị được miễn nộp phiếu này.", submission.excuse)


def out_of_time(submission: Submission) -> Closure | None:
    """Before the period opens, after it closed; what was sent back may be mended then, too."""
    period, today = submission.period, timezone.localdate()
    if submission.state == State.RETURNED or submission.accepts_entries(today):
        return None
    if period.closed_at is None and today < period.opens_on:
        return Closure(f"Kỳ báo cáo {period} mở từ ngày {period.opens_on:%d/%m/%Y}.")
    return Closure(f"{_lapsed(submission)}{_closed(period)}", period.closing_reason, True)


def _handed_in(submission: Submission) -> Closure | None:
    if submission.editable:
        return None
    return Closure(
        f"Phiếu đang ở trạng thái “{submission.get_state_display()}” nên không sửa được.",
        correctable=True,
    )


def _lapsed(submission: Submission) -> str:
    """What became of the more time it was given; one statement where it has none."""
    if own := submission.extended_until:
        return f"Thời gian gia hạn của đơn vị đã hết ngày {own:%d/%m/%Y}. "
    last = submission.extensions.exclude(withdrawn_because="").first()
    if last is None or last.ended_at is None:
        return ""
    at = f"{timezone.localtime(last.ended_at):%H:%M ngày %d/%m/%Y}"
    return (
        f"Đơn vị được gia hạn đến ngày {last.until:%d/%m/%Y}, công đoàn tỉnh đã thu hồi lúc {at}."
        f" Lý do thu hồi: {last.withdrawn_because.rstrip('.')}. "
    )


def _closed(period: Period) -> str:
    due = f"Hạn nộp là ngày {period.due_on:%d/%m/%Y}."
    if period.closed_at is not None:
        at = f"{timezone.localtime(period.closed_at):%H:%M ngày %d/%m/%Y}"
        return f"{due} Công đoàn cấp tỉnh đã khoá kỳ báo cáo {period} lúc {at}."
    return f"{due} Kỳ báo cáo {period} đã khoá sau ngày {period.closes_on:%d/%m/%Y}."


def _refuse(found: Closure | None) -> None:
    if found is not None:
        raise RuleBroken(str(found))
