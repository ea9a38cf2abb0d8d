"""What stands above the page of a submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from indicators.grades import Scale
from indicators.grading.steps import GradingState
from indicators.models import Grading, Receipt, Submission
from indicators.queries.objected import corrects
from indicators.workflow import State
from unions.models import Union, User
from unions.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Act:
    """A step that was taken: what it is called, when, and who took it."""

    label: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a submission's questions: whose programme it is, and the steps taken."""

    programme: str
    province: str
    acts: list[Act]
    # of what was handed in last; None before
    receipt: Receipt | None = None
    # who of the province enters it for the union now; empty if nobody does
    acting: str = ""
    # it came back for nothing but what the union asked to correct
    corrects: bool = False
    # how the level stands that its grading on the portal brought; empty without one
    level: str = ""
    # the scale on which a decision settled its level; None before
    settled: Scale | None = None


_RECEIPT = ("id", "number", "revision", "at", "by_id")
_STEPS = {"submitted": "Nộp lần gần nhất", "verified": "Thẩm định", "approved": "Duyệt"}


def heading(submission: Submission) -> Heading:
    """The head of a submission's page. One statement, and one for a grading that was verified."""
    ((programme, province, acting, corrected, grading, *found),) = _ROW(submission.pk)
    steps = len(_STEPS)
    names, receipt = found[:steps], dict(zip(_RECEIPT, found[steps:], strict=True))
    graded = _graded(submission, grading)
    return Heading(
        programme,
        province or "",
        _acts(submission, names),
        Receipt(submission=submission, **receipt) if receipt["id"] else None,
        acting or "",
        submission.state == State.RETURNED and corrected,
        _level(grading, graded),
        graded.sheet.criteria.scale if graded and grading == GradingState.DECIDED else None,
    )


def _row(submission: int) -> QuerySet[Any, Any]:
    row = Submission.objects.filter(pk=submission).order_by("-receipts__pk")
    # looked up one by one: to plan a join of eleven tables takes longer than to read from them
    province = Union.objects.filter(programmes=OuterRef("period__programme"))
    about = ("period__programme__title", Subquery(province.values("current__name")))
    acting, *taken = (_named(who) for who in ("acting", *(f"{step}_by" for step in _STEPS)))
    handed_in = [f"receipts__{name}" for name in _RECEIPT]
    return row.values_list(*about, acting, corrects(), "grading__state", *taken, *handed_in)[:1]


_ROW = Prepared(_row, int)

_SETTLES = (
    "Không cần đánh dấu số ước: có quyết định công nhận thì mức theo quyết định tự ghi vào chỉ tiêu"
    " này."
)


def _named(who: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(who)).values("full_name"))


def level_told(submission: Submission) -> str:
    """How the level stands that its grading brought; empty without one. At most two statements."""
    states = Grading.objects.filter(submission=submission).values_list("state", flat=True)
    state = states.first()
    return _level(state, _graded(submission, state))


def _graded(submission: Submission, state: str | None) -> Grading | None:
    """The grading once it was verified."""
    if state not in {GradingState.VERIFIED, GradingState.DECIDED}:
        return None
    return Grading.objects.select_related("sheet", "decision").get(submission=submission)


def _level(state: str | None, row: Grading | None) -> str:
    if state == GradingState.HANDED_IN:
        return f"Mức đơn vị tự xếp, công đoàn tỉnh chưa thẩm định. {_SETTLES}"
    if row is None:
        return ""
    level = row.grade.label if row.grade else ""
    if row.decision:
        return f"{row.decision} đã xếp loại đơn vị: {level}. Câu trả lời lấy theo quyết định."
    verified = f"Công đoàn tỉnh đã thẩm định mức “{level}”, chưa có quyết định công nhận."
    return f"{verified} {_SETTLES}"


def _acts(submission: Submission, names: Sequence[str | None]) -> list[Act]:
    steps = zip(_STEPS.items(), names, strict=True)
    taken = [(label, getattr(submission, f"{step}_at"), name) for (step, label), name in steps]
    return [Act(label, at, name) for label, at, name in taken if at and name]
