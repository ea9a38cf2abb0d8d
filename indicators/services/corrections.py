"""Correction after approval (đính chính): a union asks, the province grants or refuses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from indicators.models import CorrectionRequest, Submission
from indicators.models.subject import AnySubject, field_of, key_of, named
from indicators.services import entrants, objections, returning
from indicators.services.objections import Point
from indicators.workflow import SEND_BACK, State
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import holders
from unions.services import journal, moves, notices
from unions.vietnamese import trimmed

_ASKABLE = frozenset({State.APPROVED, State.VERIFIED, State.SUBMITTED})
_Decision = CorrectionRequest.Decision


@transaction.atomic
def ask(
    submission: Submission, subjects: Sequence[AnySubject], reason: str, *, by: User | None
) -> list[CorrectionRequest]:
    """Ask to put single answers right after they were handed in (đề nghị đính chính).

    RuleBroken while the union can change them itself, without a reason or an answer to correct,
    and for what is asked for already. The province's officers are told.
    """
    submission = moves.lock(submission)
    entrants.must_be_allowed(by, Permission.SUBMIT_FIGURES, submission)
    reason = trimmed(reason)
    _check_asked(submission, subjects, reason)
    rows = [_request(submission, subject, reason, by) for subject in subjects]
    rows = CorrectionRequest.objects.bulk_create(rows)
    names = ", ".join(row.named for row in rows)
    sentence = f"Đề nghị đính chính {names}: {submission}"
    journal.record(sentence, by=by, about=submission, reason=reason)
    tell = holders(Permission.VERIFY_FIGURES, submission)
    notices.send("ask_correction", tell, about=submission, by=by, reason=reason, names=names)
    return rows


@transaction.atomic
def withdraw(request: CorrectionRequest, *, by: User | None) -> None:
    """Take back what was asked (rút đề nghị) while nobody has decided on it."""
    submission = request.submission
    entrants.must_be_allowed(by, Permission.SUBMIT_FIGURES, submission)
    _decide(submission, [request], _Decision.WITHDRAWN, "", by=by)
    sentence = f"Rút đề nghị đính chính {request.named}: {submission}"
    journal.record(sentence, by=by, about=submission)


@transaction.atomic
def grant(
    submission: Submission,
    requests: Sequence[CorrectionRequest],
    *,
    due_on: date,
    by: User | None,
    answer: str = "",
) -> Submission:
    """Let the union correct what it asked for until `due_on` (đồng ý): these answers are sent back.

    Where others are with the union already, these join them; where all is, nothing more is needed.
    The old answers are kept and shown. Errors as in `submissions.send_back`.
    """
    submission = moves.lock(submission)
    entrants.must_be_allowed(by, SEND_BACK.needs, submission)
    _decide(submission, requests, _Decision.GRANTED, answer, by=by)
    points = [Point(one.subject, one.reason, due_on, one) for one in requests]
    if submission.state == State.RETURNED:
        _join(submission, points, by=by)
    else:
        submission = returning.send_back_points(submission, points, by=by, told=False)
    _tell("grant_correction", submission, requests, answer, by=by, due_on=due_on)
    return submission


@transaction.atomic
def refuse(
    submission: Submission, requests: Sequence[CorrectionRequest], *, answer: str, by: User | None
) -> None:
    """Leave what was asked as it is (không đồng ý), with the reason."""
    submission = moves.lock(submission)
    entrants.must_be_allowed(by, SEND_BACK.needs, submission)
    if not trimmed(answer):
        raise RuleBroken("Không đồng ý đính chính thì cần ghi lý do để đơn vị biết.")
    _decide(submission, requests, _Decision.REFUSED, answer, by=by)
    _tell("refuse_correction", submission, requests, answer, by=by)


def must_be_askable(submission: Submission) -> None:
    """RuleBroken while the union can change the answers itself."""
    if not may_be_asked(submission):
        raise RuleBroken("Phiếu đang mở cho đơn vị: hãy sửa ngay trên phiếu, không cần đề nghị.")


def may_be_asked(submission: Submission) -> bool:
    """True once the answers are out of the union's hands."""
    return submission.state in _ASKABLE and not submission.excuse


def _check_asked(submission: Submission, subjects: Sequence[AnySubject], reason: str) -> None:
    must_be_askable(submission)
    if not subjects:
        raise RuleBroken("Hãy chọn ít nhất một chỉ tiêu hoặc nội dung cần đính chính.")
    if not reason:
        raise RuleBroken("Hãy ghi lý do đề nghị đính chính.")
    there = objections.frozen_answers(submission)
    waiting = {one.key for one in submission.correction_requests.waiting()}
    for subject in subjects:
        if key_of(subject) not in there:
            raise RuleBroken(f"{named(subject)} không có trong phiếu này.")
        if key_of(subject) in waiting:
            raise RuleBroken(f"{named(subject)} đã có đề nghị đính chính đang chờ xử lý.")


def _request(
    submission: Submission, subject: AnySubject, reason: str, by: User | None
) -> CorrectionRequest:
    about: dict[str, Any] = {field_of(subject): subject}
    return CorrectionRequest(submission=submission, reason=reason, asked_by=by, **about)


def _decide(
    submission: Submission,
    requests: Sequence[CorrectionRequest],
    decision: str,
    answer: str,
    *,
    by: User | None,
) -> None:
    """Note the decision, each once: a request somebody has decided on meanwhile is refused.

    So is one of another submission: permission was asked for this one alone.
    """
    if not requests:
        raise RuleBroken("Hãy chọn ít nhất một đề nghị đính chính.")
    rows = submission.correction_requests.waiting().filter(pk__in=[one.pk for one in requests])
    decided = rows.update(
        decision=decision, answer=trimmed(answer), decided_at=timezone.now(), decided_by=by
    )
    if decided != len(requests):
        raise RuleBroken("Đề nghị đính chính này đã được xử lý. Hãy tải lại trang.")


def _join(submission: Submission, points: Sequence[Point], *, by: User | None) -> None:
    """Open more answers of what is with the union; if all are open nothing is to be done."""
    opening = objections.opening_of(submission)
    objected = {one.key for one in submission.objections.open()}
    new = [one for one in points if key_of(one.subject) not in objected]
    if opening.keys is None or not new:
        return
    objections.check(submission, new)
    objections.raise_points(submission, new, objections.frozen_answers(submission), by=by)
    submission.reason = f"{submission.reason}\n{objections.sentences(new)}"
    submission.revision += 1
    submission.save(update_fields=["reason", "revision"])


def _tell(
    code: str,
    submission: Submission,
    requests: Sequence[CorrectionRequest],
    answer: str,
    *,
    by: User | None,
    **context: Any,
) -> None:
    names = ", ".join(one.named for one in requests)
    label = "Đồng ý" if code == "grant_correction" else "Không đồng ý"
    sentence = f"{label} đính chính {names}: {submission}"
    journal.record(sentence, by=by, about=submission, reason=trimmed(answer))
    told = {"names": names, "reason": trimmed(answer), **context}
    notices.send(code, entrants.entrants(submission), about=submission, by=by, **told)
