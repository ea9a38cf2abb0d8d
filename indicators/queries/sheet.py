"""One submission as its page asks and shows it."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from actionplan.models import Breakthrough, TaskGroup
from indicators.aggregation import Goal
from indicators.models import Figure, Indicator, Narrative, Submission
from indicators.queries.totals import goal_of, indicators_of
from indicators.workflow import State
from unions.models import Evidence
from unions.quantities import Quantity

# how answers name a figure that is asked beside the kind's own
EXTRA = "extra_"


@dataclass(frozen=True, slots=True)
class Extra:
    """One of the figures asked beside an answer."""

    label: str
    written: str


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator asked: its target, the answer so far, and last year's approved answer."""

    indicator: Indicator
    goal: Goal | None
    figure: Figure | None
    last: Figure | None

    @property
    def goal_text(self) -> str:
        """The target as it is written; empty if there is none."""
        return self.indicator.rule.goal_text(self.goal) if self.goal else ""

    @property
    def files(self) -> list[Evidence]:
        """The evidence kept with the answer."""
        return list(self.figure.evidence.all()) if self.figure else []

    @property
    def extras(self) -> list[Extra]:
        """The figures asked beside the answer, as far as they were given."""
        given = self.figure.answers if self.figure else {}
        return [
            Extra(extra["label"], str(Quantity(given[f"{EXTRA}{extra['code']}"])))
            for extra in self.indicator.extras
            if f"{EXTRA}{extra['code']}" in given
        ]


@dataclass(frozen=True, slots=True)
class Subject:
    """A breakthrough or a task group; `text` is None while nothing was said of it."""

    subject: TaskGroup | Breakthrough
    text: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the page of a submission."""

    submission: Submission
    questions: list[Question]
    breakthroughs: list[Subject]
    task_groups: list[Subject]

    @property
    def unanswered(self) -> list[str]:
        """Codes of the indicators still without an answer, in order."""
        return [one.indicator.code for one in self.questions if one.figure is None]

    @property
    def untold(self) -> int:
        """How many breakthroughs and task groups are neither told of nor “không có”."""
        return sum(one.text is None for one in (*self.breakthroughs, *self.task_groups))


def sheet(submission: Submission) -> Sheet:
    """The page of a submission.

    Six statements: indicators, figures, evidence, narratives, breakthroughs, task groups.
    """
    programme = submission.period.programme
    now, before = _figures(submission)
    told = {
        (row.task_group_id, row.breakthrough_id): row.text
        for row in Narrative.objects.filter(submission=submission)
    }
    return Sheet(
        submission,
        [
            _question(indicator, now, before)
            for indicator in indicators_of(programme).filter(audience=submission.audience)
        ],
        [
            Subject(one, told.get((None, one.pk)))
            for one in programme.breakthroughs.filter(dropped=False)
        ],
        [
            Subject(one, told.get((one.pk, None)))
            for one in programme.task_groups.filter(dropped=False)
        ],
    )


def _question(indicator: Indicator, now: dict[int, Figure], before: dict[int, Figure]) -> Question:
    figure, last = now.get(indicator.pk), before.get(indicator.pk)
    for row in (figure, last):
        if row is not None:
            row.indicator = indicator
    return Question(indicator, goal_of(indicator), figure, last)


def _figures(submission: Submission) -> tuple[dict[int, Figure], dict[int, Figure]]:
    """This submission's figures, and those of the same union approved a year before."""
    period = submission.period
    last_year = Q(
        submission__union=submission.union_id,
        submission__period__programme=period.programme_id,
        submission__period__year=period.year - 1,
        submission__state=State.APPROVED,
    )
    files = Prefetch("evidence", Evidence.objects.order_by("pk"))
    rows = Figure.objects.filter(Q(submission=submission) | last_year).prefetch_related(files)
    now: dict[int, Figure] = {}
    before: dict[int, Figure] = {}
    for row in rows:
        (now if row.submission_id == submission.pk else before)[row.indicator_id] = row
    return now, before
