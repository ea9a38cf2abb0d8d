"""Entering the form of a union for it (nhập thay): begun, ended, told, contested (adr/0019)."""

from django.db import transaction
from django.utils import timezone

from indicators.models import OnBehalf, Receipt, Submission
from indicators.services import closures, entrants
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import holders
from unions.services import journal, moves, notices
from unions.workflow import Step, stated_reason

_JUDGED = {"submitted", "verified"}


@transaction.atomic
def begin(submission: Submission, source: str, reason: str, *, by: User) -> OnBehalf:
    """Let `by` enter and hand in for the union from now on, until it is handed in or taken back."""
    submission = moves.lock(submission)
    require(by, Permission.ENTER_ON_BEHALF, submission)
    stated = stated_reason(reason, "nhập thay")
    closures.must_be_open(submission)
    if current := under_way(submission):
        raise RuleBroken(f"{current.begun_by.full_name} đang nhập thay phiếu này.")
    if entrants.may(by, Permission.SUBMIT_FIGURES, submission):
        raise RuleBroken(
            "Bạn nhập và nộp được phiếu này với vai trò của mình: không cần nhập thay."
        )
    row = OnBehalf.objects.create(submission=submission, source=source, reason=stated, begun_by=by)
    _act(submission, by)
    journal.record(f"Bắt đầu {row}", by=by, about=submission, reason=row.told)
    return row


@transaction.atomic
def take_back(submission: Submission, *, by: User | None) -> Submission:
    """End entering on behalf without handing in (thôi nhập thay); what was entered stays."""
    submission = moves.lock(submission)
    require(by, Permission.ENTER_ON_BEHALF, submission)
    row = under_way(submission)
    if row is None:
        raise RuleBroken("Phiếu này không có ai đang nhập thay.")
    _end(row)
    _act(submission, None)
    journal.record(f"Thôi {row}", by=by, about=submission)
    return submission


def finish(receipt: Receipt, *, part: bool) -> None:
    """End entering on behalf with the handing in, and tell the union's people if it was that.

    Where they hand in themselves, and not only the `part` that came back, nothing of it is on
    behalf any more. Runs inside the transaction of the handing in.
    """
    submission = receipt.submission
    row = under_way(submission) if submission.acting_id else None
    if row is not None:
        _end(row, receipt if receipt.by_id == row.begun_by_id else None)
        _act(submission, None)
    if row is not None and row.stands:
        _tell(row, submission)
    elif not part:
        submission.on_behalf.standing().update(stands=False)


@transaction.atomic
def contest(submission: Submission, reason: str, *, by: User | None) -> OnBehalf:
    """The union does not agree to what was handed in for it: it is judged no further as it is."""
    submission, row = _contestable(submission, by)
    if row.contest:
        raise RuleBroken("Đơn vị đã gửi ý kiến không đồng ý; công đoàn tỉnh sẽ trả lời.")
    row.contest = stated_reason(reason, "không đồng ý")
    row.contested_at, row.contested_by = timezone.now(), by
    row.save()
    told = f"Không đồng ý với số liệu nhập thay của {submission}"
    journal.record(told, by=by, about=submission, reason=row.contest)
    tell = [*holders(Permission.VERIFY_FIGURES, submission)]
    notices.send("contest_on_behalf", tell, about=submission, by=by, reason=row.contest)
    return row


@transaction.atomic
def agree(submission: Submission, *, by: User | None) -> OnBehalf:
    """The union takes back that it does not agree."""
    submission, row = _contestable(submission, by)
    if not row.contest:
        raise RuleBroken("Đơn vị chưa gửi ý kiến không đồng ý nào.")
    row.contest, row.contested_at, row.contested_by = "", None, None
    row.save()
    told = f"Rút ý kiến không đồng ý với số liệu nhập thay của {submission}"
    journal.record(told, by=by, about=submission)
    return row


def under_way(submission: Submission) -> OnBehalf | None:
    """Who enters it on behalf now, if anybody. One statement."""
    rows = submission.on_behalf.filter(ended_at=None)
    return rows.select_related("begun_by").first()


def handed_in(submission: Submission) -> OnBehalf | None:
    """How it came to be handed in on behalf; None if nothing of it was. One statement.

    Of several times the one that the union contests, else the last.
    """
    rows = _standing(submission)
    return next((row for row in rows if row.contest), rows[0] if rows else None)


def may_contest(user: User, submission: Submission) -> bool:
    """Whether `user` speaks for the union while what was handed in for it is judged."""
    speaks = entrants.may(user, Permission.SUBMIT_FIGURES, submission)
    return speaks and submission.state in _JUDGED


def must_be_judged_by_another(submission: Submission, step: Step, *, by: User | None) -> None:
    """RuleBroken if `by` entered any of it on behalf, or if the union does not agree to it."""
    if why := why_not_judged(submission, step, by=by):
        raise RuleBroken(why)


def why_not_judged(submission: Submission, step: Step, *, by: User | None) -> str:
    """See `must_be_judged_by_another`: the sentence, empty if `by` may judge it. One statement."""
    rows, doing = _standing(submission), step.label.lower()
    if by is not None and any(row.begun_by_id == by.pk for row in rows):
        return f"Bạn đã nhập thay phiếu này nên không tự {doing} được; hãy chuyển người khác."
    contests = [row.contest for row in rows if row.contest]
    if not contests:
        return ""
    return (
        f"Chưa {doing} được: đơn vị không đồng ý với số liệu nhập thay (“{contests[0]}”). Hãy trả"
        " lại cả phiếu để đơn vị tự nộp, hoặc trao đổi để đơn vị rút ý kiến."
    )


def _contestable(submission: Submission, by: User | None) -> tuple[Submission, OnBehalf]:
    submission = moves.lock(submission)
    entrants.must_be_allowed(by, Permission.SUBMIT_FIGURES, submission)
    row = handed_in(submission)
    if row is None or submission.state not in _JUDGED:
        raise RuleBroken(
            "Chỉ ghi được ý kiến khi phiếu do tỉnh nhập thay đã nộp và chưa duyệt. Phiếu đã duyệt"
            " thì gửi đề nghị đính chính."
        )
    return submission, row


def _standing(submission: Submission) -> list[OnBehalf]:
    """The times on which it still rests, the last first."""
    if submission.submitted_at is None:
        return []
    rows = submission.on_behalf.standing()
    return list(rows.select_related("begun_by", "contested_by", "receipt"))


def _tell(row: OnBehalf, submission: Submission) -> None:
    journal.record(f"Nộp thay {submission}", by=row.begun_by, about=submission, reason=row.told)
    tell = entrants.entrants(submission)
    notices.send("hand_in_on_behalf", tell, about=submission, by=row.begun_by, row=row)


def _end(row: OnBehalf, receipt: Receipt | None = None) -> None:
    row.ended_at, row.receipt, row.stands = timezone.now(), receipt, receipt is not None
    row.save(update_fields=["ended_at", "receipt", "stands"])


def _act(submission: Submission, person: User | None) -> None:
    submission.acting = person
    submission.save(update_fields=["acting"])
