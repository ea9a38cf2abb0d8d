"""One step for many submissions at once: looked at before, taken back as a whole afterwards."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from indicators.models import BulkAct, BulkTaken, OnBehalf, Submission
from indicators.services import entrants, on_behalf, submissions
from indicators.workflow import APPROVE, VERIFY
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import JournalEntry, User
from unions.queries import holders
from unions.services import journal, notices
from unions.services.claims import claimant, is_gone
from unions.services.readmission import readmit
from unions.workflow import Step

logger = logging.getLogger(__name__)

STEPS = {step.code: step for step in (VERIFY, APPROVE)}
# so many are taken while the person waits: about half a second
AT_ONCE = 50
_BATCH = 500
_UNFORESEEN = "Lỗi ngoài dự kiến. Hãy báo quản trị hệ thống."


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that is left as it is, and why in a sentence."""

    submission: Submission
    why: str


@dataclass(slots=True)
class Sorted:
    """Which submissions would be taken along, and which not."""

    fit: list[Submission] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(slots=True)
class Taken:
    """What came of it: the act, None if nothing was fit, and what was refused on the way.

    Nothing as yet where the act is still under way.
    """

    act: BulkAct | None
    count: int = 0
    refused: list[Refused] = field(default_factory=list)


def look_at(rows: Iterable[Submission], step: Step, *, by: User) -> Sorted:
    """Which of the rows the step would take, by the same rules, and writing nothing."""
    found, looked = Sorted(), list(rows)
    entered = OnBehalf.objects.filter(submission__in=[row.pk for row in looked])
    apart = set(entered.values_list("submission", flat=True))
    for row in looked:
        if why := _refusal(row, step, by, entered=row.pk in apart):
            found.refused.append(Refused(row, why))
        else:
            found.fit.append(row)
    return found


def take(
    rows: Sequence[tuple[Submission, int]], step: Step, *, by: User, narrowed_by: str = ""
) -> Taken:
    """The step for each row as it was when it was looked at (its revision), each on its own.

    What changed since, or does not fit any more, is refused. Of more than AT_ONCE nothing is taken
    yet: the act is under way, and is left to `work`. PermissionDenied if `by` may take the step
    with none of the rows.
    """
    if not rows:
        raise RuleBroken("Chưa có phiếu nào để xử lý. Hãy chọn phiếu trong danh sách.")
    if not any(entrants.may(by, step.needs, row) for row, _ in rows):
        raise PermissionDenied(f"Bạn không có quyền {step.label.lower()} các phiếu này.")
    act = BulkAct.objects.create(
        union=rows[0][0].period.programme.union,
        step=step.code,
        narrowed_by=narrowed_by,
        by=by,
        planned=[[row.pk, shown] for row, shown in rows],
        under_way=True,
    )
    return Taken(act) if len(rows) > AT_ONCE else _at_once(act)


def work(act_pk: int) -> None:
    """Take what is left of an act that is under way; a second message about it finds nothing."""
    claim = {"claimed_at": timezone.now(), "claimed_by": claimant()}
    waiting = BulkAct.objects.filter(pk=act_pk, under_way=True, claimed_by="")
    if not waiting.update(**claim):
        return
    act = BulkAct.objects.select_related("union__current", "by").get(pk=act_pk)
    rows = _submissions().in_bulk([key for key, _ in act.left])
    for key, shown in act.left:
        if key in rows and (why := _take_one(act, rows[key], shown)):
            act.refused.append([key, why])
            act.save(update_fields=["refused"])
    act.under_way, act.claimed_by = False, ""
    act.save(update_fields=["under_way", "claimed_by"])
    if count := act.taken.count():
        _tell(act, count)


def work_waiting() -> None:
    """Go on with the acts that were left lying, oldest first; what a gone process had, too."""
    running = BulkAct.objects.filter(under_way=True)
    overdue = Q(claimed_at__lt=timezone.now() - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT))
    gone = [one for one in running.values_list("claimed_by", flat=True) if one and is_gone(one)]
    running.filter(overdue | Q(claimed_by__in=gone)).update(claimed_by="")
    for key in list(running.filter(claimed_by="").order_by("pk").values_list("pk", flat=True)):
        work(key)


def refused_of(act: BulkAct) -> list[Refused]:
    """What an act left as it was, and why. One statement, none where it left nothing."""
    rows = _submissions().in_bulk([key for key, _ in act.refused]) if act.refused else {}
    return [Refused(rows[key], why) for key, why in act.refused if key in rows]


def look_back(act: BulkAct, *, by: User) -> Sorted:
    """Which rows of a bulk act would go back: those to which nothing else happened since."""
    found = Sorted()
    for one in _taken(act):
        if why := _kept_because(one, act, by):
            found.refused.append(Refused(one.submission, why))
        else:
            found.fit.append(one.submission)
    return found


@transaction.atomic
def undo(act: BulkAct, *, by: User) -> Taken:
    """Take back that very bulk act (hoàn tác): each of its rows to which nothing happened since.

    RuleBroken if it was taken back before, or if no row can go back any more.
    """
    act = BulkAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.undone_at:
        raise RuleBroken("Lượt xử lý này đã được hoàn tác.")
    if act.under_way:
        raise RuleBroken("Lượt xử lý này đang thực hiện. Hãy đợi xong rồi hoàn tác.")
    refused, back = [], []
    held = _submissions().select_for_update(of=("self",))
    now = held.in_bulk(list(act.taken.values_list("submission", flat=True)))
    for one in act.taken.all():
        one.submission = now[one.submission_id]
        if why := _kept_because(one, act, by):
            refused.append(Refused(one.submission, why))
        else:
            back.append(one)
    if not back:
        raise RuleBroken("Không còn phiếu nào hoàn tác được: các phiếu đều đã có thay đổi khác.")
    _put_back(act, back, by)
    return Taken(act, len(back), refused)


def _refusal(row: Submission, step: Step, by: User, *, entered: bool) -> str:
    """Why the step cannot be taken with this row, in a sentence; empty if it can.

    `entered` of one that was ever entered on behalf; no statement for any other.
    """
    if not entrants.may(by, step.needs, row):
        return f"Bạn không có quyền {step.label.lower()} phiếu của đơn vị này."
    try:
        step.check(row)
        if step is APPROVE:
            submissions.must_not_have_verified(row, by=by)
        if entered:
            on_behalf.must_be_judged_by_another(row, step, by=by)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _at_once(act: BulkAct) -> Taken:
    work(act.pk)
    act.refresh_from_db()
    count, refused = act.taken.count(), refused_of(act)
    if not count:
        act.delete()
    return Taken(act if count else None, count, refused)


def _take_one(act: BulkAct, row: Submission, shown: int) -> str:
    """Why it was refused, in a sentence; empty if the step was taken."""
    step = STEPS[act.step]
    untold = {"told": False} if step is VERIFY else {}
    try:
        with transaction.atomic():
            done = submissions.TAKE[step.code](row, by=act.by, revision=shown, **untold)
            BulkTaken.objects.create(act=act, submission=done, revision=done.revision)
    except (RuleBroken, PermissionDenied) as problem:
        return str(problem)
    except Exception:
        # one row is not to keep all others waiting for ever
        logger.exception("submission %s of bulk act %s failed", row.pk, act.pk)
        return _UNFORESEEN
    return ""


def _tell(act: BulkAct, count: int) -> None:
    """One line in the journal and one notice for whoever is next, not one for each row.

    Each union is told of its approval by the step itself.
    """
    step = STEPS[act.step]
    with transaction.atomic():
        journal.record(
            f"{step.label} hàng loạt {count} phiếu số liệu",
            by=act.by,
            about=act,
            reason=act.narrowed_by,
        )
        if step is VERIFY:
            tell = holders(Permission.APPROVE_FIGURES, act.union)
            notices.send("bulk_verify", tell, about=act, count=count)


def _submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related("placement", "period__programme", "union", "caretaker")


def _taken(act: BulkAct) -> list[BulkTaken]:
    rows = act.taken.select_related(
        "submission__placement", "submission__period", "submission__union", "submission__caretaker"
    )
    return list(rows)


def _kept_because(one: BulkTaken, act: BulkAct, by: User) -> str:
    """Why a row cannot go back, in a sentence; empty if it can."""
    row, step = one.submission, STEPS[act.step]
    if not entrants.may(by, step.needs, row):
        return "Bạn không có quyền với phiếu của đơn vị này."
    if (row.revision, row.state) != (one.revision, step.target):
        return f"Phiếu đã có thay đổi khác sau lượt này, hiện “{row.standing}”."
    return ""


def _put_back(act: BulkAct, back: list[BulkTaken], by: User) -> None:
    rows = [one.submission for one in back]
    _to_before(rows, STEPS[act.step], by)
    BulkTaken.objects.filter(pk__in=[one.pk for one in back]).update(undone=True)
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])
    journal.record(f"Hoàn tác {act}: {len(back)} phiếu số liệu", by=by, about=act)


def _to_before(rows: list[Submission], step: Step, by: User) -> None:
    """The state before the step; a union that ended owes its approval again, with its people."""
    (state,) = step.sources
    before: dict[str, Any] = {"state": state, "approved_at": None, "approved_by": None}
    if step is VERIFY:
        before |= {"verified_at": None, "verified_by": None}
    held = Submission.objects.filter(pk__in=[row.pk for row in rows])
    held.update(**before, revision=F("revision") + 1)
    told = f"Hoàn tác {step.label.lower()}"
    lines = [journal.entry(f"{told} {row}", by=by, about=row) for row in rows]
    JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)
    if step is APPROVE:
        for row in rows:
            if row.union.ended_on is not None:
                readmit(row.union)
        entrants.tell_each("undo_approval", rows)
