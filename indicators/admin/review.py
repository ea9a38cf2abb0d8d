"""What the review page shows of one submission, in a handful of statements."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from actionplan.models import Breakthrough, TaskGroup
from indicators import queries
from indicators.admin.own_time import OwnTime, own_time
from indicators.aggregation import Total
from indicators.models import Answer, Submission
from indicators.queries import Question
from indicators.services import on_behalf
from indicators.services.entrants import may
from indicators.workflow import JUDGING, STEPS
from unions.access import Permission, can
from unions.models import JournalEntry, User
from unions.quantities import NOTHING
from unions.queries import history_of
from unions.workflow import Step, offered


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as an officer weighs it: the question with all that was answered."""

    question: Question
    meets: bool | None

    @property
    def written(self) -> str:
        """The answer, or that there is none."""
        return self.question.written or "Chưa trả lời"

    @property
    def zero(self) -> bool:
        """True where nought was confirmed as such."""
        figure = self.question.figure
        return figure is not None and figure.answer == Answer.ZERO

    @property
    def last_year(self) -> str:
        """The answer of the year before, if it was handed in."""
        return self.question.last_written or NOTHING


@dataclass(frozen=True, slots=True)
class Review:
    """Everything on the page."""

    submission: Submission
    lines: list[Line]
    words: list[tuple[str, str]]
    history: list[JournalEntry]
    steps: list[Step]
    time: OwnTime
    # why this reader is not offered to judge what was entered on behalf, in a sentence
    barred: str = ""
    may_excuse: bool = False
    # how the level stands that its grading brought
    level: str = ""
    # when it was handed in first: being sent back and mended makes nobody late
    arrived_at: datetime | None = None

    @property
    def excusable(self) -> bool:
        """True where the union may be let off now, by this reader."""
        return self.may_excuse and self.submission.closing and self.submission.editable

    @property
    def askable(self) -> bool:
        """True where it was let off, and this reader may ask it again."""
        return self.may_excuse and bool(self.submission.excuse)

    @property
    def days_late(self) -> int:
        """How many days after the due day it was first handed in; 0 in time or not yet."""
        if self.arrived_at is None:
            return 0
        return max((timezone.localdate(self.arrived_at) - self.submission.due_on).days, 0)


def review(submission: Submission, reader: User) -> Review:
    """The submission as an officer judges it."""
    asked = queries.with_versions(submission, queries.questions(submission))
    steps = [] if submission.excuse else _steps(submission, reader)
    barred = _barred(submission, steps, reader)
    return Review(
        submission,
        [Line(question, _meets(question)) for question in asked],
        _words(submission),
        list(history_of("indicators.submission", submission.pk)),
        [step for step in steps if not (barred and step in JUDGING)],
        own_time(submission, reader),
        barred,
        can(reader, Permission.VERIFY_FIGURES, submission),
        queries.level_told(submission),
        _arrived_at(submission),
    )


def _arrived_at(submission: Submission) -> datetime | None:
    """By its first receipt. One statement once it was handed in."""
    if submission.submitted_at is None:
        return None
    first = submission.receipts.order_by("pk").values_list("at", flat=True).first()
    return first or submission.submitted_at


def _steps(submission: Submission, reader: User) -> list[Step]:
    return [
        step for step in offered(STEPS, submission.state) if may(reader, step.needs, submission)
    ]


def _barred(submission: Submission, steps: list[Step], reader: User) -> str:
    """One statement while it is to be judged by this reader."""
    judging = next((step for step in steps if step in JUDGING), None)
    return on_behalf.why_not_judged(submission, judging, by=reader) if judging else ""


def _meets(question: Question) -> bool | None:
    """Whether the answer reaches the union's own target; None if that cannot be said."""
    figure, goal = question.figure, question.goal
    if figure is None or goal is None or not figure.denominator:
        return None
    pair = Decimal(figure.numerator or 0), Decimal(figure.denominator)
    value = question.indicator.rule.value(Total.of(pair))
    return None if value is None else goal.met_by(value)


def _words(submission: Submission) -> list[tuple[str, str]]:
    rows = submission.narratives.select_related("task_group", "breakthrough")
    told = {(row.task_group_id, row.breakthrough_id): row.text or "Không có" for row in rows}
    programme = submission.period.programme_id
    subjects = [
        *Breakthrough.objects.filter(programme=programme, dropped=False),
        *TaskGroup.objects.filter(programme=programme, dropped=False),
    ]
    return [(_named(one), told.get(_key(one), "Chưa ghi")) for one in subjects]


def _named(subject: TaskGroup | Breakthrough) -> str:
    kind = "Khâu đột phá" if isinstance(subject, Breakthrough) else "Nhóm nhiệm vụ"
    return f"{kind} {subject}"


def _key(subject: TaskGroup | Breakthrough) -> tuple[int | None, int | None]:
    return (subject.pk, None) if isinstance(subject, TaskGroup) else (None, subject.pk)
