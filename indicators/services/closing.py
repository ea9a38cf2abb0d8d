"""What a union that ended still owes: asked, excused (miễn nộp), asked again; then it is over."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actionplan.models import Programme
from indicators.models import Submission
from indicators.services import entrants
from indicators.services.periods import first_day, proposed_days
from indicators.workflow import EDITABLE, State
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Level, Placement, Union, User
from unions.scoping import keys_of
from unions.services import journal, moves, notices, people
from unions.services.readmission import readmit
from unions.vietnamese import trimmed


@transaction.atomic
def excuse(submission: Submission, reason: str, *, by: User | None) -> Submission:
    """Let a union that ended off its part of the year (miễn nộp), for a reason; see `ask_again`."""
    submission = moves.lock(submission)
    require(by, Permission.VERIFY_FIGURES, submission)
    _must_be_open_closing(submission)
    if submission.excuse:
        raise RuleBroken("Phiếu này đã được miễn nộp.")
    if not trimmed(reason):
        raise RuleBroken("Cần ghi lý do khi cho miễn nộp.", about="reason")
    submission.excuse = trimmed(reason)
    submission = _keep(submission, "Cho miễn nộp", submission.excuse, by=by)
    notices.send("excuse", entrants.entrants(submission), about=submission)
    release(submission.union)
    return submission


@transaction.atomic
def ask_again(submission: Submission, *, by: User | None) -> Submission:
    """Take back that a union was excused: it owes its part of the year again (thôi miễn nộp)."""
    submission = moves.lock(submission)
    require(by, Permission.VERIFY_FIGURES, submission)
    if not submission.excuse:
        raise RuleBroken("Phiếu này không được miễn nộp, đơn vị vẫn phải nộp.")
    submission.excuse = ""
    submission = _keep(submission, "Thôi miễn nộp", "", by=by)
    readmit(submission.union)
    entrants.tell_of_closing([submission])
    return submission


def release(union: Union) -> int:
    """End the roles at a union that has ended once it owes nothing more; how many ended."""
    if union.ended_on is None or owes(union):
        return 0
    return people.release_from_ended(union)


def release_all() -> int:
    """`release` for every union that has ended; how many people's roles ended with them."""
    ended = Union.objects.filter(
        ended_on__lte=timezone.localdate(), appointments__valid_to__isnull=True
    )
    return sum(release(union) for union in ended.distinct().order_by("pk"))


def owes(union: Union) -> bool:
    """True while a union has something to hand in, or a period is still to ask for its last part.

    What was begun and a closed period does not take any more is not owed, unless it was extended.
    What was handed in or sent back is owed until it is approved: it may still have to be mended.
    """
    today = timezone.localdate()
    waiting = Submission.objects.owed().filter(union=union).exclude(state=State.APPROVED)
    taken = Q(period__closed_at__isnull=True, period__closes_on__gte=today)
    taken |= ~Q(state=State.DRAFT) | Q(extended_until__gte=today)
    return waiting.filter(taken).exists() or bool(still_to_ask(union))


def still_to_ask(union: Union) -> list[tuple[Programme, int]]:
    """The programmes, each with the year, that are yet to ask a union that ended for its last part.

    Where no period tells the cut-off, it is the day that offices usually keep.
    """
    last = Placement.objects.filter(union=union).order_by("-valid_from").first()
    if last is None or union.ended_on is None or last.suspended:
        return []
    years = [year for year in _years_around(union.ended_on) if _within(union.ended_on, year, last)]
    above = keys_of(last.path)
    found = Programme.objects.filter(union__in=above).prefetch_related("periods")
    return [
        (programme, year)
        for programme in found
        for year in years
        if year in programme.years and _asks(programme, last) and not _opened(programme, year, last)
    ]


def _years_around(day: date) -> tuple[int, int]:
    return day.year, day.year + 1


def _within(day: date, year: int, last: Placement) -> bool:
    """True if a union that ended on `day` did something in the part of the year before."""
    cut_off = proposed_days(year, last.calendar).cut_off_on
    return first_day(year, last.calendar) < day <= cut_off


def _asks(programme: Programme, last: Placement) -> bool:
    return last.level == Level.GRASSROOTS or programme.union_id == last.union_id


def _opened(programme: Programme, year: int, last: Placement) -> bool:
    return any((one.year, one.calendar) == (year, last.calendar) for one in programme.periods.all())


def _must_be_open_closing(submission: Submission) -> None:
    if not submission.closing:
        raise RuleBroken(
            "Chỉ cho miễn nộp phiếu của đơn vị đã kết thúc hoạt động trước ngày chốt số liệu."
        )
    if submission.state not in EDITABLE:
        raise RuleBroken(
            f"Phiếu đang ở trạng thái “{submission.get_state_display()}”. Hãy trả lại phiếu trước"
            " khi cho miễn nộp."
        )


def _keep(submission: Submission, what: str, reason: str, *, by: User | None) -> Submission:
    submission.revision += 1
    submission.save(update_fields=["excuse", "revision"])
    journal.record(f"{what} {submission}", by=by, about=submission, reason=reason)
    return submission
