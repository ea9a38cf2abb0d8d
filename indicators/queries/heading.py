"""What stands above the page of a submission."""

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


def heading(submission: Submission) -> Heading:
    """The head of a submission's page; no statement where the submission was read with all that.

    One more once it was handed in, for the receipt.
    """
    programme = submission.period.programme
    province = programme.union.current
    return Heading(
        programme.title, province.name if province else "", _acts(submission), _receipt(submission)
    )


def _receipt(submission: Submission) -> Receipt | None:
    return submission.receipts.first() if submission.submitted_at else None


def _acts(submission: Submission) -> list[Act]:
    taken = [
        ("Nộp lần gần nhất", submission.submitted_at, submission.submitted_by),
        ("Thẩm định", submission.verified_at, submission.verified_by),
        ("Duyệt", submission.approved_at, submission.approved_by),
    ]
    return [Act(label, at, person.full_name) for label, at, person in taken if at and person]
