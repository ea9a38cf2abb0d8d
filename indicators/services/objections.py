"""What the province objects to in a submission (yêu cầu sửa): raised, kept apart, settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from actionplan.services.periods import must_be_near
from indicators import queries
from indicators.models import CorrectionRequest, Indicator, Objection, Submission
from indicators.models.subject import AnySubject, field_of, key_of, named
from indicators.queries.frozen import Frozen, pair_of
from indicators.queries.gradings import decided_grading
from indicators.services import figures
from unions.errors import RuleBroken
from unions.models import User
from unions.vietnamese import trimmed


@dataclass(frozen=True, slots=True)
class Point:
    """One answer to be put right: why, and until which day; `request` where the union asked."""

    subject: AnySubject
    reason: str
    due_on: date
    request: CorrectionRequest | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What of a submission may be changed now, by the keys of subjects; None is everything."""

    keys: frozenset[str] | None = None

    def must_cover(self, subject: AnySubject) -> None:
        """RuleBroken for what is not objected to: it stays as it was handed in."""
        if self.keys is not None and key_of(subject) not in self.keys:
            raise RuleBroken(
                f"{named(subject)} không thuộc phần phải sửa nên không đổi được. Hãy mở lại trang"
                " phiếu để xem các mục đang mở."
            )

    def holds(self, task_group: int | None, breakthrough: int | None) -> bool:
        """True if what is told of a task group or a breakthrough may be changed now."""
        key = f"task_group-{task_group}" if task_group else f"breakthrough-{breakthrough}"
        return self.keys is None or key in self.keys

    @property
    def indicators(self) -> frozenset[int] | None:
        """The keys of the indicators among them, with the parts that share their answers."""
        if self.keys is None:
            return None
        pairs = (key.rpartition("-") for key in self.keys)
        return frozenset(int(pk) for field, _, pk in pairs if field == "indicator")


EVERYTHING = Opening()


def opening_of(submission: Submission) -> Opening:
    """What may be changed now: all of it, or what is objected to, missing or unexplained.

    What is missing or unexplained stays open from now on, though it be answered: a slip of the pen
    can be put right until the submission is handed in. Runs inside the transaction of a save, whose
    lock it relies on. No statement unless it was sent back, and one where it was as a whole; else
    those of the sheet and of the parts, and one more where something is open for the first time.
    """
    if not queries.open_objections(submission):
        return EVERYTHING
    sheet = queries.asked(submission)
    if not sheet.narrowed:
        return EVERYTHING
    _keep_open(submission, sheet)
    asked: list[AnySubject] = [one.indicator for one in sheet.questions if not one.closed]
    asked += [one.subject for one in sheet.subjects if not one.closed]
    keys = {key_of(subject) for subject in asked}
    for part in figures.sharing_of(submission):
        if f"indicator-{part.parent_id}" in keys:
            keys.add(key_of(part))
    return Opening(frozenset(keys))


def must_be_open(submission: Submission, subject: AnySubject) -> None:
    """RuleBroken if `subject` is not among what may be changed now."""
    opening_of(submission).must_cover(subject)


def remark_on(submission: Submission, remarks: Mapping[str, str]) -> None:
    """Keep why words stand as they did, by the keys of their subjects; of others nothing.

    Runs inside the transaction of a save, whose lock it relies on. One statement, once sent back.
    """
    for key, objection in queries.open_objections(submission).items():
        remark = trimmed(remarks.get(key, objection.remark))
        if objection.remark != remark:
            objection.remark = remark
            objection.save(update_fields=["remark"])


def must_be_whole(submission: Submission) -> None:
    """RuleBroken where only single answers may be changed: the form as a whole stays what it is."""
    if opening_of(submission).keys is not None:
        raise RuleBroken(
            "Chỉ một số mục được trả lại nên không đổi được dấu “Đây là số ước thực hiện” của cả"
            " phiếu."
        )


def check(submission: Submission, points: Sequence[Point]) -> None:
    """RuleBroken unless each point is of something asked, with a reason and a day to come."""
    if not points:
        raise RuleBroken("Hãy ghi lý do cần sửa ở ít nhất một chỉ tiêu hoặc nội dung.")
    asked = frozen_answers(submission)
    for point in points:
        if key_of(point.subject) not in asked:
            raise RuleBroken(f"{named(point.subject)} không có trong phiếu này.")
        if not trimmed(point.reason):
            raise RuleBroken(f"{named(point.subject)}: cần ghi lý do cần sửa.")
        if point.due_on < timezone.localdate():
            raise RuleBroken(f"{named(point.subject)}: hạn sửa phải từ hôm nay trở đi.")
        must_be_near(point.due_on, f"{named(point.subject)}: hạn sửa", submission.period.programme)
        _must_be_undecided(submission, point.subject)


def raise_points(
    submission: Submission,
    points: Sequence[Point],
    before: dict[str, Frozen],
    *,
    by: User | None,
) -> list[Objection]:
    """Write what is objected to; `before` are the answers as they stood.

    Runs inside the transaction of the sending back, whose lock and permission it relies on.
    """
    at = timezone.now()
    rows = [_objection(submission, point, before, at, by) for point in points]
    return Objection.objects.bulk_create(rows)


def settle(submission: Submission) -> list[Objection]:
    """Note with what answers the open objections were handed in again; those that were open.

    Runs inside the transaction of the handing in, which saves the submission.
    """
    submission.kept_open = []
    rows = list(submission.objections.open().select_related(*_RELATED))
    if not rows:
        return []
    now, at = frozen_answers(submission), timezone.now()
    for row in rows:
        row.after, row.settled_at = now.get(row.key, {}), at
    Objection.objects.bulk_update(rows, ["after", "settled_at"])
    return rows


def frozen_answers(submission: Submission) -> dict[str, Frozen]:
    """All answers as they stand, plainly, by the keys of what is asked.

    An answer names the pairs of the parts that count it by limits of their own.
    """
    found: dict[str, Frozen] = {}
    wholes: dict[int, Frozen] = {}
    for question in queries.questions(submission):
        indicator, answer = question.indicator, question.frozen()
        if not indicator.shares_answer:
            found[key_of(indicator)] = wholes[indicator.pk] = answer
        elif whole := wholes.get(indicator.parent_id or 0):
            whole.setdefault("parts", {})[str(indicator.pk)] = pair_of(answer)
            wholes[indicator.pk] = whole
    return found | _words(submission)


def sentences(points: Sequence[Point]) -> str:
    """What is to be put right, a line for each: what, until when, why."""
    return "\n".join(
        f"{named(one.subject)} ({'đính chính, ' if one.request else ''}hạn sửa"
        f" {one.due_on:%d/%m/%Y}): {trimmed(one.reason)}"
        for one in points
    )


_RELATED = ("indicator", "task_group", "breakthrough", "request")


def _must_be_undecided(submission: Submission, subject: AnySubject) -> None:
    """RuleBroken for the answer that a decision on grading gave: the union cannot change it."""
    grading = isinstance(subject, Indicator) and decided_grading(submission, subject)
    if grading:
        raise RuleBroken(
            f"{named(subject)}: câu trả lời ghi theo {grading.decision} nên đơn vị không sửa được."
            " Cần sửa thì rút công nhận ở phiếu chấm điểm của đơn vị trước, rồi trả lại mục này."
        )


def _keep_open(submission: Submission, sheet: queries.Sheet) -> None:
    """Note what is open although nobody objects to it."""
    missing = {
        key_of(one.indicator) for one in sheet.questions if not (one.closed or one.objection)
    }
    missing |= {key_of(one.subject) for one in sheet.subjects if not (one.closed or one.objection)}
    if not missing <= set(submission.kept_open):
        submission.kept_open = sorted(missing.union(submission.kept_open))
        submission.save(update_fields=["kept_open"])


def _objection(
    submission: Submission,
    point: Point,
    before: dict[str, Frozen],
    at: datetime,
    by: User | None,
) -> Objection:
    about: dict[str, Any] = {field_of(point.subject): point.subject}
    return Objection(
        submission=submission,
        request=point.request,
        reason=trimmed(point.reason),
        due_on=point.due_on,
        raised_at=at,
        raised_by=by,
        before=before.get(key_of(point.subject), {}),
        **about,
    )


def _words(submission: Submission) -> dict[str, Frozen]:
    return {key_of(one.subject): one.frozen() for one in queries.sheet(submission).subjects}
