"""How much time a submission has left, in the words of the list and the page."""

from dataclasses import dataclass
from datetime import date

from indicators.models import Submission
from indicators.workflow import State

# with so few days left the sentence is shown in red
SOON = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A submission with one sentence on its time; `urgent` where it is due or overdue."""

    submission: Submission
    sentence: str
    urgent: bool = False


def standing(submission: Submission, today: date, corrects: bool = False) -> Standing:
    """What the calendar says to whoever still has to hand in; silent once it was handed in.

    With `corrects` it came back for nothing but what the union asked to correct.
    """
    if not submission.editable:
        return Standing(submission, "")
    if submission.state == State.RETURNED:
        return _returned(submission, today, corrects)
    period = submission.period
    if today < period.opens_on:
        return Standing(submission, f"Nhập được từ ngày {period.opens_on:%d/%m/%Y}.")
    if not submission.accepts_entries(today):
        sentence = "Kỳ báo cáo đã khoá; có thể đề nghị gia hạn ở trang của phiếu."
        return Standing(submission, sentence, urgent=True)
    return _open(submission, (submission.due_on - today).days)


def _returned(submission: Submission, today: date, corrects: bool) -> Standing:
    if corrects:
        return Standing(submission, "Đã mở lại để đính chính: hãy sửa và nộp lại.")
    if submission.final_due_on:
        return _final(submission, (submission.final_due_on - today).days)
    return Standing(submission, "Đã bị trả lại: hãy sửa và nộp lại.", urgent=True)


def _final(submission: Submission, days: int) -> Standing:
    left = f"còn {days} ngày" if days > 0 else "hôm nay là hạn nộp"
    if days < 0:
        left = f"đã quá hạn {-days} ngày, vẫn nộp được"
    sentence = f"Cần nộp số chính thức: {left}."
    return Standing(submission, sentence, urgent=days <= SOON)


def _open(submission: Submission, days: int) -> Standing:
    own = "Đơn vị được gia hạn. " if submission.due_on != submission.period.due_on else ""
    if days > 0:
        return Standing(submission, f"{own}Còn {days} ngày.", urgent=days <= SOON)
    if days == 0:
        return Standing(submission, f"{own}Hôm nay là hạn nộp.", urgent=True)
    last = submission.period.closes_on
    return Standing(
        submission, f"Đã quá hạn {-days} ngày; còn nộp được đến {last:%d/%m/%Y}.", urgent=True
    )
