"""Everything that can happen to a submission (phiếu số liệu)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actionplan.models import Breakthrough, TaskGroup
from indicators import queries, workflow
from indicators.models import Narrative, Submission
from indicators.models.subject import key_of
from indicators.services import (
    closing,
    closures,
    entrants,
    figures,
    following,
    objections,
    on_behalf,
    receipts,
    stand_ins,
)
from indicators.services.figures import Entry
from indicators.services.objections import Opening
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import User
from unions.prepared import Prepared
from unions.queries import history_of, holders
from unions.services import journal, moves, notices
from unions.services.readmission import readmit
from unions.vietnamese import trimmed
from unions.workflow import Step

# what a page says its revision is, if it says nothing that is one
UNKNOWN = -1
_DIGITS = 9

_COMPARE = (
    "Những gì bạn đã sửa còn dưới đây, các ô khác theo bản hiện nay: hãy đối chiếu với dòng “Đã"
    " lưu” rồi bấm “Lưu” lần nữa."
)
_FINAL_NOW = (
    "Công đoàn tỉnh yêu cầu số chính thức: hãy thay số ước bằng số chính thức, bỏ đánh dấu “Đây"
    " là số ước thực hiện” rồi lưu."
)
_LOOK_AGAIN = "Dưới đây là số liệu hiện nay: hãy xem lại rồi mới thực hiện."


class Outdated(RuleBroken):
    """The submission changed after the page was opened from which it is saved or moved on."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is told of one task group or breakthrough; an empty text says “không có”.

    `remark` says why it stands as it did although it was sent back.
    """

    subject: TaskGroup | Breakthrough
    text: str = ""
    remark: str = ""


@transaction.atomic
def save(
    submission: Submission,
    entries: Sequence[Entry],
    words: Sequence[Words],
    *,
    estimate: bool,
    by: User | None,
    revision: int | None = None,
) -> Submission:
    """Keep what was entered (lưu), all of it or nothing; what is left out becomes unanswered.

    Where single answers were sent back the others stay, and so does whether it is an estimate:
    RuleBroken for one of them. `revision` is that of the submission when it was shown; Outdated if
    it changed since.
    """
    submission = moves.lock(submission)
    check_entry(submission, by=by)
    _must_be_as_shown(submission, revision, by=by, doing="lưu", then=_COMPARE)
    opening = objections.opening_of(submission)
    for subject in [*(entry.indicator for entry in entries), *(said.subject for said in words)]:
        opening.must_cover(subject)
    if opening.keys is None:
        submission.estimate = estimate
    submission.revision += 1
    submission.save(update_fields=["estimate", "revision"])
    figures.keep(submission, entries, by=by, among=opening.indicators)
    _tell(submission, words, opening)
    objections.remark_on(submission, {key_of(said.subject): said.remark for said in words})
    journal.record(submission.told("Lưu", by), by=by, about=submission)
    return submission


# In every step `revision` is that of the submission when it was shown to who takes it: Outdated if
# it changed since. None is for callers that looked at no page.


@transaction.atomic
def submit(submission: Submission, *, by: User | None, revision: int | None = None) -> Submission:
    """Hand the figures up (nộp); all that is asked is answered, all that is unusual explained."""
    submission = _begin(submission, workflow.SUBMIT, by=by, revision=revision)
    closures.must_be_in_time(submission)
    if left := missing(submission):
        raise RuleBroken(f"Chưa thể nộp. {' '.join(left)}")
    submission.submitted_at, submission.submitted_by = timezone.now(), by
    submission.verified_at = submission.verified_by = None
    submission.approved_at = submission.approved_by = None
    tell = list(holders(Permission.VERIFY_FIGURES, submission))
    mended = objections.settle(submission)
    submission = moves.finish(submission, workflow.SUBMIT, by=by, tell=[] if mended else tell)
    receipts.issue(submission, by=by, part=bool(mended))
    if mended:
        told = queries.differences(submission, mended)
        notices.send("resubmit", tell, about=submission, by=by, differences=told)
    return submission


@transaction.atomic
def verify(
    submission: Submission, *, by: User | None, revision: int | None = None, told: bool = True
) -> Submission:
    """Find the figures in order (thẩm định). Without `told` no notice is sent (see bulk)."""
    submission = _begin(submission, workflow.VERIFY, by=by, revision=revision)
    on_behalf.must_be_judged_by_another(submission, workflow.VERIFY, by=by)
    submission.verified_at, submission.verified_by = timezone.now(), by
    tell = holders(Permission.APPROVE_FIGURES, submission) if told else []
    return moves.finish(submission, workflow.VERIFY, by=by, tell=tell)


@transaction.atomic
def approve(submission: Submission, *, by: User | None, revision: int | None = None) -> Submission:
    """Let the figures count (duyệt); a union that ended has then handed in its last ones."""
    submission = _begin(submission, workflow.APPROVE, by=by, revision=revision)
    must_not_have_verified(submission, by=by)
    on_behalf.must_be_judged_by_another(submission, workflow.APPROVE, by=by)
    submission.approved_at, submission.approved_by = timezone.now(), by
    submission.final_due_on = None
    stand_ins.put_aside(submission)
    tell = entrants.entrants(submission)
    submission = moves.finish(submission, workflow.APPROVE, by=by, tell=tell)
    closing.release(submission.union)
    return submission


@transaction.atomic
def send_back(
    submission: Submission,
    *,
    by: User | None,
    reason: str,
    revision: int | None = None,
    told: bool = True,
) -> Submission:
    """Return the figures to the union (trả lại), with the reason; approved ones stop counting.

    The people of a union that has ended get their roles back for it: approval had ended them.
    Without `told` no notice is sent: the caller has one of its own.
    """
    submission = _begin(submission, workflow.SEND_BACK, by=by, reason=reason, revision=revision)
    submission.verified_at = submission.verified_by = None
    submission.approved_at = submission.approved_by = None
    if submission.union.ended_on is not None:
        readmit(submission.union)
    tell = entrants.entrants(submission) if told else []
    submission = moves.finish(submission, workflow.SEND_BACK, by=by, tell=tell, reason=reason)
    return following.catch_up(submission)


def must_not_have_verified(submission: Submission, *, by: User | None) -> None:
    """RuleBroken if `by` verified it and the province keeps the two acts apart (a setting)."""
    if settings.SEPARATE_VERIFIER_AND_APPROVER and by == submission.verified_by:
        raise RuleBroken("Người đã thẩm định không được tự duyệt phiếu này; hãy chuyển người khác.")


def changed_since(submission: Submission, *, by: User | None) -> str:
    """Who changed it last and when, as it is told to `by` whose page is older. One statement."""
    last = history_of(submission._meta.label_lower, submission.pk).first()
    if last is None:
        return "người khác đã sửa phiếu này"
    at = f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}"
    if by is not None and last.by == by:
        return f"chính bạn đã sửa phiếu này lúc {at} ở trang hay máy khác"
    return f"{last.by.full_name if last.by else 'người khác'} đã sửa phiếu này lúc {at}"


def revision_of_page(mark: str) -> int:
    """The revision that a page names as the one it shows; UNKNOWN, which none is, without it."""
    return int(mark) if mark.isdecimal() and len(mark) <= _DIGITS else UNKNOWN


def missing(submission: Submission) -> list[str]:
    """What is still to do before it can be handed in, in sentences; empty if nothing is."""
    return to_do(queries.sheet(submission))


def to_do(sheet: queries.Sheet) -> list[str]:
    """The sentences of `missing`, for a sheet that was read already."""
    sentences = []
    if codes := sheet.unanswered:
        sentences.append(f"Còn {len(codes)} chỉ tiêu chưa có số liệu: {', '.join(codes)}.")
    if sheet.untold:
        sentences.append(
            f"Còn {sheet.untold} nội dung (khâu đột phá, nhóm nhiệm vụ) chưa ghi hoặc chưa chọn"
            " “Không có”."
        )
    if codes := sheet.unexplained:
        sentences.append(
            f"Còn {len(codes)} chỉ tiêu có số liệu khác thường chưa giải trình: {', '.join(codes)}."
            " Hãy sửa số liệu hoặc ghi một câu vào ô “Giải trình” của chỉ tiêu rồi lưu."
        )
    if unmended := sheet.unmended:
        sentences.append(
            f"Còn {len(unmended)} mục bị yêu cầu sửa mà chưa đổi: {', '.join(unmended)}. Hãy sửa,"
            " hoặc nếu số liệu đúng thì ghi một câu vào ô “Giải trình” rồi lưu."
        )
    if sheet.submission.estimate and sheet.submission.final_asked_at:
        sentences.append(_FINAL_NOW)
    return sentences


def check_entry(submission: Submission, *, by: User | None) -> None:
    """Stop unless `by` may save this submission now."""
    entrants.must_be_allowed(by, Permission.ENTER_FIGURES, submission)
    closures.must_be_open(submission)


TAKE: dict[str, Callable[..., Submission]] = {
    workflow.SUBMIT.code: submit,
    workflow.VERIFY.code: verify,
    workflow.APPROVE.code: approve,
    workflow.SEND_BACK.code: send_back,
}


def _begin(
    submission: Submission,
    step: Step,
    *,
    by: User | None,
    reason: str = "",
    revision: int | None,
) -> Submission:
    submission = moves.begin(submission, step, by=by, reason=reason, allow=entrants.must_be_allowed)
    doing = step.label.lower()
    _must_be_as_shown(submission, revision, by=by, doing=doing, then=_LOOK_AGAIN)
    submission.revision += 1
    return submission


def _must_be_as_shown(
    submission: Submission, revision: int | None, *, by: User | None, doing: str, then: str
) -> None:
    if revision in {None, submission.revision}:
        return
    changed = changed_since(submission, by=by)
    raise Outdated(f"Chưa {doing}: {changed}, sau khi bạn mở trang. {then}")


_TOLD = Prepared(lambda submission: Narrative.objects.filter(submission=submission).order_by(), int)


def _tell(submission: Submission, words: Sequence[Words], opening: Opening) -> None:
    before = {(row.task_group_id, row.breakthrough_id): row for row in _TOLD(submission.pk)}
    now = {(row.task_group_id, row.breakthrough_id): row for row in _rows(submission, words)}
    new = [row for key, row in now.items() if key not in before]
    changed = [row for key, row in before.items() if key in now and now[key].text != row.text]
    for row in changed:
        row.text = now[row.task_group_id, row.breakthrough_id].text
    left_out = [row.pk for key, row in before.items() if key not in now and opening.holds(*key)]
    if left_out:
        submission.narratives.filter(pk__in=left_out).delete()
    if changed:
        Narrative.objects.bulk_update(changed, ["text"])
    if new:
        Narrative.objects.bulk_create(new)


def _rows(submission: Submission, words: Sequence[Words]) -> list[Narrative]:
    return [
        Narrative(
            submission=submission,
            task_group=said.subject if isinstance(said.subject, TaskGroup) else None,
            breakthrough=said.subject if isinstance(said.subject, Breakthrough) else None,
            text=trimmed(said.text),
        )
        for said in words
    ]
