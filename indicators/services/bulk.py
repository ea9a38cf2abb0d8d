"""One step for many submissions at once: looked at before, taken back as a whole afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from indicators.models import BulkAct, BulkTaken, Submission
from indicators.services import entrants, submissions
from indicators.workflow import APPROVE, VERIFY
from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import User
from unions.queries import holders
from unions.services import journal, moves, notices
from unions.services.readmission import readmit
from unions.workflow import Step

STEPS = {step.code: step for step in (VERIFY, APPROVE)}


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
    """What came of it: the act, None if nothing was fit, and what was refused on the way."""

    act: BulkAct | None
    count: int = 0
    refused: list[Refused] = field(default_factory=list)


def look_at(rows: Iterable[Submission], step: Step, *, by: User) -> Sorted:
    """Which of the rows the step would take, by the same rules, and writing nothing."""
    found = Sorted()
    for row in rows:
        if why := _refusal(row, step, by):
            found.refused.append(Refused(row, why))
        else:
            found.fit.append(row)
    return found


def take(
    rows: Sequence[tuple[Submission, int]], step: Step, *, by: User, narrowed_by: str = ""
) -> Taken:
    """The step for each row as it was when it was looked at (its revision), each on its own.

    What changed since, or does not fit any more, is refused. PermissionDenied if `by` may take
    the step with none of the rows.
    """
    if not rows:
        raise RuleBroken("Chưa có phiếu nào để xử lý. Hãy chọn phiếu trong danh sách.")
    if not any(entrants.may(by, step.needs, row) for row, _ in rows):
        raise PermissionDenied(f"Bạn không có quyền {step.label.lower()} các phiếu này.")
    union = rows[0][0].period.programme.union
    act = BulkAct.objects.create(union=union, step=step.code, narrowed_by=narrowed_by, by=by)
    refused = [found for row, shown in rows if (found := _take_one(act, row, shown, step, by))]
    count = len(rows) - len(refused)
    if not count:
        act.delete()
        return Taken(None, 0, refused)
    _tell(act, step, count)
    return Taken(act, count, refused)


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
    refused, back = [], []
    for one in _taken(act):
        one.submission = moves.lock(one.submission)
        if why := _kept_because(one, act, by):
            refused.append(Refused(one.submission, why))
        else:
            back.append(one)
    if not back:
        raise RuleBroken("Không còn phiếu nào hoàn tác được: các phiếu đều đã có thay đổi khác.")
    _put_back(act, back, by)
    return Taken(act, len(back), refused)


def _refusal(row: Submission, step: Step, by: User) -> str:
    """Why the step cannot be taken with this row, in a sentence; empty if it can."""
    if not entrants.may(by, step.needs, row):
        return f"Bạn không có quyền {step.label.lower()} phiếu của đơn vị này."
    try:
        step.check(row)
        if step is APPROVE:
            submissions.must_not_have_verified(row, by=by)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _take_one(act: BulkAct, row: Submission, shown: int, step: Step, by: User) -> Refused | None:
    untold = {"told": False} if step is VERIFY else {}
    try:
        with transaction.atomic():
            done = submissions.TAKE[step.code](row, by=by, revision=shown, **untold)
            BulkTaken.objects.create(act=act, submission=done, revision=done.revision)
    except (RuleBroken, PermissionDenied) as problem:
        return Refused(row, str(problem))
    return None


def _tell(act: BulkAct, step: Step, count: int) -> None:
    """One line in the journal and one notice for whoever is next, not one for each row.

    Each union is told of its approval by the step itself.
    """
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
    for one in back:
        _put_one_back(one.submission, STEPS[act.step], by)
    BulkTaken.objects.filter(pk__in=[one.pk for one in back]).update(undone=True)
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])
    journal.record(f"Hoàn tác {act}: {len(back)} phiếu số liệu", by=by, about=act)


def _put_one_back(row: Submission, step: Step, by: User) -> None:
    """The state before the step; a union that ended owes its approval again, with its people."""
    (row.state,) = step.sources
    row.revision += 1
    row.approved_at = row.approved_by = None
    if step is VERIFY:
        row.verified_at = row.verified_by = None
    row.save()
    journal.record(f"Hoàn tác {step.label.lower()} {row}", by=by, about=row)
    if step is APPROVE:
        readmit(row.union)
        notices.send("undo_approval", entrants.entrants(row), about=row)
