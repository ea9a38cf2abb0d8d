"""What stands above the page of a submission."""

from dataclasses import dataclass
from datetime import datetime

from actionplan.models import Programme
from indicators.models import Submission
from unions.models import User


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


def heading(submission: Submission) -> Heading:
    """The head of a submission's page. Two statements: programme, people."""
    programme = Programme.objects.filter(pk=submission.period.programme_id)
    title, province = programme.values_list("title", "union__current__name").get()
    return Heading(title, province, _acts(submission))


def _acts(submission: Submission) -> list[Act]:
    taken = [
        ("Nộp lần gần nhất", submission.submitted_at, submission.submitted_by_id),
        ("Thẩm định", submission.verified_at, submission.verified_by_id),
        ("Duyệt", submission.approved_at, submission.approved_by_id),
    ]
    people = {person for _, _, person in taken if person}
    if not people:
        return []
    names = dict(User.objects.filter(pk__in=people).order_by().values_list("pk", "full_name"))
    return [Act(label, at, names[person]) for label, at, person in taken if at and person]
