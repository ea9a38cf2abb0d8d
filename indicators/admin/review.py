"""What the review page shows of one submission, in a handful of statements."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from actionplan.models import Breakthrough, TaskGroup
from indicators import queries
from indicators.aggregation import Goal, Total
from indicators.models import Answer, Figure, Indicator, Submission
from indicators.workflow import STEPS
from unions.access import can
from unions.models import Evidence, JournalEntry, User
from unions.quantities import Quantity
from unions.queries import history_of
from unions.workflow import Step, offered


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what the union answered, beside last year's answer and the target."""

    indicator: Indicator
    figure: Figure | None
    before: Figure | None
    goal: str
    meets: bool | None
    evidence: list[Evidence]

    @property
    def written(self) -> str:
        """The answer, or that there is none."""
        return self.figure.written() if self.figure else "Chưa trả lời"

    @property
    def zero(self) -> bool:
        """True where nought was confirmed as such."""
        return self.figure is not None and self.figure.answer == Answer.ZERO

    @property
    def extras(self) -> list[tuple[str, str]]:
        """The figures asked beside the answer, by their labels."""
        given = self.figure.answers if self.figure else {}
        named = [(one["label"], given.get(f"extra_{one['code']}")) for one in self.indicator.extras]
        return [(label, str(Quantity(value))) for label, value in named if value is not None]

    @property
    def last_year(self) -> str:
        """The answer of the year before, if there was one."""
        return self.before.written() if self.before else "–"


@dataclass(frozen=True, slots=True)
class Review:
    """Everything on the page."""

    submission: Submission
    lines: list[Line]
    words: list[tuple[str, str]]
    history: list[JournalEntry]
    steps: list[Step]

    @property
    def days_late(self) -> int:
        """How many days after the due day it was handed in; 0 in time or not yet."""
        handed_in = self.submission.submitted_at
        if handed_in is None:
            return 0
        return max((timezone.localdate(handed_in) - self.submission.period.due_on).days, 0)


def review(submission: Submission, reader: User) -> Review:
    """The submission as an officer judges it."""
    return Review(
        submission,
        _lines(submission),
        _words(submission),
        list(history_of("indicators.submission", submission.pk)),
        [step for step in offered(STEPS, submission.state) if can(reader, step.needs, submission)],
    )


def _lines(submission: Submission) -> list[Line]:
    figures = {figure.indicator_id: figure for figure in _figures(submission.pk)}
    before = {figure.indicator.code: figure for figure in _figures(_year_before(submission))}
    return [
        _line(
            defined.indicator,
            queries.goal_for(defined, submission.period, submission.placement.type),
            figures.get(defined.indicator.pk),
            before.get(defined.indicator.code),
        )
        for defined in queries.asked_of(submission)
    ]


def _figures(key: int | None) -> list[Figure]:
    rows = Figure.objects.filter(submission=key).select_related("indicator")
    return list(rows.prefetch_related("evidence"))


def _year_before(submission: Submission) -> int | None:
    period = submission.period
    earlier = Submission.objects.filter(
        union=submission.union_id, period__programme=period.programme_id
    )
    found = earlier.filter(period__year=period.year - 1, audience=submission.audience)
    return found.values_list("pk", flat=True).first()


def _line(
    indicator: Indicator, goal: Goal | None, figure: Figure | None, before: Figure | None
) -> Line:
    value = None
    if figure is not None and figure.denominator:
        pair = Decimal(figure.numerator or 0), Decimal(figure.denominator)
        value = indicator.rule.value(Total.of(pair))
    return Line(
        indicator,
        figure,
        before,
        indicator.rule.goal_text(goal) if goal else "",
        goal.met_by(value) if goal and value is not None else None,
        list(figure.evidence.all()) if figure else [],
    )


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
