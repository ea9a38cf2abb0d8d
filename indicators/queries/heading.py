"""What stands above the page of a submission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from indicators.models import Receipt, Submission


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


_RECEIPT = ("id", "number", "revision", "at", "by_id")
_STEPS = {"submitted": "Nộp lần gần nhất", "verified": "Thẩm định", "approved": "Duyệt"}


def heading(submission: Submission) -> Heading:
    """The head of a submission's page. One statement."""
    row = Submission.objects.filter(pk=submission.pk).order_by("-receipts__pk")[:1]
    taken = [f"{step}_by__full_name" for step in _STEPS]
    handed_in = [f"receipts__{name}" for name in _RECEIPT]
    about = ("period__programme__title", "period__programme__union__current__name")
    programme, province, *found = row.values_list(*about, *taken, *handed_in).get()
    names, receipt = found[: len(taken)], dict(zip(_RECEIPT, found[len(taken) :], strict=True))
    return Heading(
        programme,
        province or "",
        _acts(submission, names),
        Receipt(submission=submission, **receipt) if receipt["id"] else None,
    )


def _acts(submission: Submission, names: Sequence[str | None]) -> list[Act]:
    steps = zip(_STEPS.items(), names, strict=True)
    taken = [(label, getattr(submission, f"{step}_at"), name) for (step, label), name in steps]
    return [Act(label, at, name) for label, at, name in taken if at and name]
