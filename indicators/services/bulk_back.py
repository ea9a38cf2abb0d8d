"""The way back from a step for many: all to which nothing else happened since, at once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.models import BulkAct, BulkTaken, Submission
from indicators.services import closing, entrants, stand_ins
from indicators.services.bulk import STEPS, Refused, Sorted, Taken, rows_of_acts
from indicators.workflow import APPROVE, ASK_FINAL, VERIFY, State
from unions.errors import RuleBroken
from unions.models import JournalEntry, User
from unions.services import journal
from unions.services.readmission import readmit
from unions.workflow import Step

_BATCH = 500
# the notices of what the union has to know
_TOLD = {APPROVE.code: "undo_approval", ASK_FINAL.code: "undo_ask_final"}


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
    held = rows_of_acts().select_for_update(of=("self",))
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
    rows, step = [one.submission for one in back], STEPS[act.step]
    if step is ASK_FINAL:
        _unask(back)
    else:
        _to_before(back, step)
    told = f"Hoàn tác {step.label.lower()}"
    lines = [journal.entry(f"{told} {row}", by=by, about=row) for row in rows]
    JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)
    if step is not VERIFY:
        # as they stand by now
        after = rows_of_acts().in_bulk([row.pk for row in rows])
        entrants.tell_each(_TOLD[step.code], [after[row.pk] for row in rows])
    BulkTaken.objects.filter(pk__in=[one.pk for one in back]).update(undone=True)
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])
    journal.record(f"Hoàn tác {act}: {len(back)} phiếu số liệu", by=by, about=act)


def _to_before(back: list[BulkTaken], step: Step) -> None:
    """The state before the step; a union that ended owes its approval again, with its people.

    What counted until that approval counts once more.
    """
    (state,) = step.sources
    before: dict[str, Any] = {"state": state, "approved_at": None, "approved_by": None}
    if step is VERIFY:
        before |= {"verified_at": None, "verified_by": None}
    held = Submission.objects.filter(pk__in=[one.submission_id for one in back])
    held.update(**before, revision=F("revision") + 1)
    if step is APPROVE:
        replaced = [one.submission_id for one in back if not one.before.get("stands", True)]
        if replaced:
            stand_ins.bring_back(replaced)
        for one in back:
            if one.submission.union.ended_on is not None:
                readmit(one.submission.union)


def _unask(back: list[BulkTaken]) -> None:
    """Let estimates be as they were handed in, and approved where they had been.

    Where something stood in for them before, it goes on doing so.
    """
    kept = [one for one in back if one.before.get("stands", True) and not one.submission.stands]
    stand_ins.drop([one.submission_id for one in kept])
    for one in back:
        row = Submission.objects.filter(pk=one.submission_id)
        row.update(**one.before, revision=F("revision") + 1)
        if one.before["state"] == State.APPROVED:
            closing.release(one.submission.union)
