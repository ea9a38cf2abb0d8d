"""More time for one union (gia hạn): asked for, granted, refused, withdrawn."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actionplan.services.periods import must_be_near
from indicators.models import Extension, ExtensionRequest, Submission
from indicators.services import closing, closures, entrants, seen
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import holders
from unions.services import journal, moves, notices
from unions.services.readmission import readmit
from unions.workflow import stated_reason

# whoever judges figures may also wait for them
MAY_EXTEND = Permission.VERIFY_FIGURES


# None of these acts raises the revision: a day more changes no figure, and whoever is typing while
# it is granted is not to be stopped by it.


@transaction.atomic
def extend(
    submission: Submission, until: date, reason: str, *, by: User | None, shown: str | None = None
) -> Submission:
    """Let one union enter and hand in until the end of a day (gia hạn), though the period closes.

    It takes the place of an earlier extension, and answers the union's request. `shown` is the mark
    of the extension that the page showed: Stale if there is another since.
    """
    submission = _locked(submission, by=by)
    seen.more_time_as_shown(submission, shown)
    _must_be_awaited(submission)
    _must_be_more(submission, until)
    stated = stated_reason(reason, "gia hạn")
    _end_current(submission)
    Extension.objects.create(submission=submission, until=until, reason=stated, granted_by=by)
    _settle(submission)
    submission = _set(submission, until)
    told = f"Gia hạn {submission} đến {until:%d/%m/%Y}"
    journal.record(told, by=by, about=submission, reason=stated)
    if submission.union.ended_on is not None:
        readmit(submission.union)
    notices.send("extend", entrants.entrants(submission), about=submission, reason=stated)
    return submission


@transaction.atomic
def withdraw(
    submission: Submission, reason: str, *, by: User | None, shown: str | None = None
) -> Submission:
    """Take an extension back (thu hồi gia hạn): the days of the period hold again.

    `shown` as in `extend`.
    """
    submission = _locked(submission, by=by)
    seen.more_time_as_shown(submission, shown)
    if submission.extended_until is None:
        raise RuleBroken("Phiếu này không được gia hạn.")
    stated = stated_reason(reason, "thu hồi gia hạn")
    tell = entrants.entrants(submission)
    _end_current(submission, withdrawn_because=stated)
    submission = _set(submission, None)
    journal.record(f"Thu hồi gia hạn {submission}", by=by, about=submission, reason=stated)
    notices.send("withdraw_extension", tell, about=submission, reason=stated)
    closing.release(submission.union)
    return submission


@transaction.atomic
def ask(submission: Submission, reason: str, *, by: User | None) -> ExtensionRequest:
    """Ask the province for more time (đề nghị gia hạn), by someone who enters the form."""
    submission = moves.lock(submission)
    entrants.must_be_allowed(by, Permission.ENTER_FIGURES, submission)
    _must_be_out_of_time(submission)
    if waiting := latest_request(submission, waiting=True):
        raise RuleBroken(
            f"Đã gửi đề nghị gia hạn lúc {timezone.localtime(waiting.asked_at):%H:%M %d/%m/%Y};"
            " công đoàn tỉnh chưa trả lời. Cần gấp thì gọi cán bộ tổng hợp."
        )
    stated = stated_reason(reason, "đề nghị gia hạn")
    request = ExtensionRequest.objects.create(submission=submission, reason=stated, asked_by=by)
    journal.record(f"Đề nghị gia hạn {submission}", by=by, about=submission, reason=stated)
    notices.send("ask_extension", officers(submission), about=submission, by=by, reason=stated)
    return request


@transaction.atomic
def refuse(submission: Submission, reason: str, *, by: User | None) -> Submission:
    """Answer a request for more time with no (không gia hạn), and why."""
    submission = _locked(submission, by=by)
    if latest_request(submission, waiting=True) is None:
        raise RuleBroken("Phiếu này không có đề nghị gia hạn nào đang chờ.")
    stated = stated_reason(reason, "không gia hạn")
    _settle(submission, refusal=stated)
    journal.record(f"Không gia hạn {submission}", by=by, about=submission, reason=stated)
    tell = entrants.entrants(submission)
    notices.send("refuse_extension", tell, about=submission, reason=stated)
    return submission


def officers(submission: Submission) -> QuerySet[User]:
    """The people who may grant more time, by given name: whom a union asks. One statement."""
    return holders(MAY_EXTEND, submission)


def latest_request(submission: Submission, *, waiting: bool = False) -> ExtensionRequest | None:
    """The last time a union asked for more time; `waiting`: if it has no answer. One statement."""
    rows = ExtensionRequest.objects.filter(submission=submission).select_related("asked_by")
    return (rows.filter(settled_at=None) if waiting else rows).first()


def _locked(submission: Submission, *, by: User | None) -> Submission:
    submission = moves.lock(submission)
    require(by, MAY_EXTEND, submission)
    return submission


def _must_be_awaited(submission: Submission) -> None:
    if submission.excuse:
        raise RuleBroken("Đơn vị được miễn nộp phiếu này nên không cần gia hạn.")
    if not submission.editable:
        raise RuleBroken(
            f"Phiếu đang ở trạng thái “{submission.get_state_display()}” nên không cần gia hạn. Nếu"
            " đơn vị phải sửa, hãy trả lại phiếu."
        )


def _must_be_more(submission: Submission, until: date) -> None:
    must_be_near(until, "Ngày gia hạn", submission.period.programme, about="until")
    if until < timezone.localdate():
        raise RuleBroken(f"Ngày gia hạn {until:%d/%m/%Y} đã qua.", about="until")
    if until == submission.extended_until:
        raise RuleBroken(f"Phiếu đã được gia hạn đến {until:%d/%m/%Y}.", about="until")
    if until <= submission.period.due_on:
        raise RuleBroken(
            f"Hạn nộp của kỳ là {submission.period.due_on:%d/%m/%Y}: hãy gia hạn đến ngày muộn"
            " hơn.",
            about="until",
        )


def _must_be_out_of_time(submission: Submission) -> None:
    found = closures.closure(submission)
    if found is None:
        raise RuleBroken("Phiếu vẫn nhập và nộp được nên không cần đề nghị gia hạn.")
    if not found.extendable:
        raise RuleBroken(str(found))


def _end_current(submission: Submission, withdrawn_because: str = "") -> None:
    current = Extension.objects.filter(submission=submission, ended_at=None)
    current.update(ended_at=timezone.now(), withdrawn_because=withdrawn_because)


def _settle(submission: Submission, refusal: str = "") -> None:
    waiting = ExtensionRequest.objects.filter(submission=submission, settled_at=None)
    waiting.update(settled_at=timezone.now(), refusal=refusal)


def _set(submission: Submission, until: date | None) -> Submission:
    submission.extended_until = until
    submission.save(update_fields=["extended_until"])
    return submission
