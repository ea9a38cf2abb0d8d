"""One step for many submissions at once, looked at before; for the way back see bulk_back."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from indicators.models import BulkAct, BulkTaken, OnBehalf, Submission
from indicators.services import entrants, finals, on_behalf, submissions
from indicators.workflow import APPROVE, ASK_FINAL, VERIFY
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import holders
from unions.services import journal, notices
from unions.services.claims import claimant, is_gone
from unions.workflow import Step

logger = logging.getLogger(__name__)

STEPS = {step.code: step for step in (VERIFY, APPROVE, ASK_FINAL)}
# so many are taken while the person waits: about half a second
AT_ONCE = 50
_BATCH = 500
# what is noted of a row before the step; unchanged since it was read, if its revision is
_NOTED = (
    "state",
    "reason",
    "stands",
    "verified_at",
    "verified_by_id",
    "approved_at",
    "approved_by_id",
    "final_asked_at",
    "final_due_on",
)
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
    rows: Sequence[tuple[Submission, int]],
    step: Step,
    *,
    by: User,
    narrowed_by: str = "",
    note: str = "",
    due_on: date | None = None,
) -> Taken:
    """The step for each row as it was when it was looked at (its revision), each on its own.

    What changed since, or does not fit any more, is refused. Of more than AT_ONCE nothing is taken
    yet: the act is under way, and is left to `work`. The `note` goes to the unions with a request
    for final figures, and `due_on`, by when. PermissionDenied if `by` may take the step
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
        note=note,
        due_on=due_on,
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
    rows = rows_of_acts().in_bulk([key for key, _ in act.left])
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
    rows = rows_of_acts().in_bulk([key for key, _ in act.refused]) if act.refused else {}
    return [Refused(rows[key], why) for key, why in act.refused if key in rows]


def _refusal(row: Submission, step: Step, by: User, *, entered: bool) -> str:
    """Why the step cannot be taken with this row, in a sentence; empty if it can.

    `entered` of one that was ever entered on behalf; no statement for any other.
    """
    if not entrants.may(by, step.needs, row):
        return f"Bạn không có quyền {step.label.lower()} phiếu của đơn vị này."
    try:
        step.check(row)
        if step is ASK_FINAL:
            finals.must_be_an_estimate(row)
        elif step is APPROVE:
            submissions.must_not_have_verified(row, by=by)
        if entered and step is not ASK_FINAL:
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
    before = _noted(row)
    try:
        with transaction.atomic():
            done = _TAKE[act.step](row, act, shown)
            BulkTaken.objects.create(
                act=act, submission=done, revision=done.revision, before=before
            )
    except (RuleBroken, PermissionDenied) as problem:
        return str(problem)
    except Exception:
        # one row is not to keep all others waiting for ever
        logger.exception("submission %s of bulk act %s failed", row.pk, act.pk)
        return _UNFORESEEN
    return ""


def _noted(row: Submission) -> dict[str, Any]:
    """How it stands before the step; days, and moments to the last digit, as JSON keeps them."""
    values = ((name, getattr(row, name)) for name in _NOTED)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def _verify(row: Submission, act: BulkAct, shown: int) -> Submission:
    return submissions.verify(row, by=act.by, revision=shown, told=False)


def _approve(row: Submission, act: BulkAct, shown: int) -> Submission:
    return submissions.approve(row, by=act.by, revision=shown)


def _ask_final(row: Submission, act: BulkAct, shown: int) -> Submission:
    return finals.ask(row, by=act.by, note=act.note, due_on=act.due_on, revision=shown)


_TAKE = {VERIFY.code: _verify, APPROVE.code: _approve, ASK_FINAL.code: _ask_final}


def _tell(act: BulkAct, count: int) -> None:
    """One line in the journal and one notice for whoever is next, not one for each row.

    Each union is told of its approval, or what it is asked, by the step itself.
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


def rows_of_acts() -> QuerySet[Submission]:
    """Submissions with all that a step for many asks of each."""
    return Submission.objects.select_related("placement", "period__programme", "union", "caretaker")
