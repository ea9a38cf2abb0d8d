"""One submission as its page asks and shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from actionplan.models import Breakthrough, Programme, TaskGroup
from indicators.aggregation import Goal
from indicators.kinds import BASIS
from indicators.models import Figure, Indicator, Narrative, Submission
from indicators.plausibility import explains
from indicators.queries.decisions import told
from indicators.queries.definitions import Defined, asked_of, goal_for
from indicators.queries.starts import Start, starts
from indicators.queries.unusual import EXTRA, unusual
from indicators.workflow import State
from unions.models import Evidence, User
from unions.quantities import Quantity, Style

# the keys of a task group and of a breakthrough, one of them None
_Key = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Extra:
    """One of the figures asked beside an answer."""

    label: str
    written: str


@dataclass(frozen=True, slots=True)
class File:
    """A piece of evidence kept with an answer."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator: its target, the answer so far, and last year's approved answer.

    `depth` is how far beneath another it stands, `unusual` what the checks say of the answer.
    """

    indicator: Indicator
    goal: Goal | None = None
    figure: Figure | None = None
    last: Figure | None = None
    files: Sequence[File] = ()
    depth: int = 0
    # what was assigned to the union, and by which decision
    plan: str = ""
    unusual: Sequence[str] = ()
    # the answer as it stands in a table; the page shows it twice
    written: str = ""
    # the headcount that the denominator starts from
    start: Start | None = None

    @property
    def goal_text(self) -> str:
        """The target as it is written, with its unit; empty if there is none."""
        if self.goal is None:
            return ""
        return self.indicator.rule.goal_text(self.goal) + _unit(self.indicator, self.indicator.unit)

    @property
    def last_written(self) -> str:
        """Last year's answer as it stands in a table; empty if there was none."""
        return written(self.last) if self.last else ""

    @property
    def remark(self) -> str:
        """The reason given for what is unusual; empty if there is none."""
        return self.figure.remark if self.figure else ""

    @property
    def unexplained(self) -> bool:
        """True where something is unusual and no reason was given, or one that says nothing."""
        return bool(self.unusual and not explains(self.remark))

    @property
    def outside(self) -> str:
        """Why the answer's own number leaves the union out of account; empty if it does not."""
        answers = self.figure.answers if self.figure else {}
        return self.indicator.rule.outside(answers) if BASIS in answers else ""

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
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is asked on the page of a submission, with what was answered."""

    submission: Submission
    questions: list[Question]
    breakthroughs: list[Subject]
    task_groups: list[Subject]

    @property
    def unanswered(self) -> list[str]:
        """Codes of the indicators still without an answer, in order."""
        return [one.indicator.code for one in self.questions if one.figure is None]

    @property
    def unexplained(self) -> list[str]:
        """Codes of the indicators whose answer is unusual and without a reason, in order."""
        return [one.indicator.code for one in self.questions if one.unexplained]

    @property
    def untold(self) -> int:
        """How many breakthroughs and task groups are neither told of nor “không có”."""
        return sum(one.text is None for one in (*self.breakthroughs, *self.task_groups))


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


def asked(submission: Submission) -> Sheet:
    """What a submission asks, without targets and answers: enough to read what was filled in.

    Three statements: indicators, breakthroughs, task groups.
    """
    questions = [
        Question(defined.indicator, depth=defined.depth)
        for defined in asked_of(submission)
        if not defined.indicator.shares_answer
    ]
    return _sheet(submission, questions, {})


def sheet(submission: Submission) -> Sheet:
    """What a submission asks, and all that was answered.

    Seven statements: those of the questions (four), breakthroughs, task groups, narratives.
    """
    asked = [one for one in questions(submission) if not one.indicator.shares_answer]
    return _sheet(submission, asked, _words(submission))


def questions(submission: Submission) -> list[Question]:
    """Every indicator that a submission asks or counts, parts beneath their parents.

    Four statements: what is asked, figures, evidence (if there are figures), headcounts (if an
    indicator starts from one).
    """
    now, before = _figures(submission)
    files = _files([figure.pk for figure in now.values()]) if now else {}
    asked = asked_of(submission)
    for defined in asked:
        _bind(defined.indicator, now, before)
    begun = starts(submission, [defined.indicator for defined in asked])
    sentences = unusual(asked, now, before, begun)
    return [
        Question(
            defined.indicator,
            goal_for(defined, submission.period, submission.placement.type),
            figure := now.get(defined.indicator.pk),
            before.get(defined.indicator.pk),
            files.get(figure.pk, []) if figure else [],
            defined.depth,
            _plan(defined),
            sentences.get(defined.indicator.pk, []),
            written(figure) if figure else "",
            begun.get(defined.indicator.pk),
        )
        for defined in asked
    ]


def written(figure: Figure) -> str:
    """An answer with its unit, where a number alone would not say of what."""
    if figure.denominator is None or figure.indicator.rule.style is Style.MONEY:
        return figure.written()
    # of so many people a union (người/CĐCS), one union has people
    return figure.written() + _unit(figure.indicator, figure.indicator.unit.partition("/")[0])


def _unit(indicator: Indicator, unit: str) -> str:
    """The unit of an amount or a count as it follows the number; a share writes its own."""
    amount = indicator.rule.style in {Style.NUMBER, Style.MONEY}
    return f" {unit}" if amount and unit else ""


def _plan(defined: Defined) -> str:
    """The amount assigned, with its unit and the decision that assigned it."""
    if defined.assigned is None:
        return ""
    return told(defined.indicator, defined.assigned, defined.decision)


def _bind(indicator: Indicator, *years: dict[int, Figure]) -> None:
    """Spare each figure the statement by which it would look for its indicator."""
    for figures in years:
        if figure := figures.get(indicator.pk):
            figure.indicator = indicator


def _sheet(submission: Submission, questions: list[Question], words: dict[_Key, str]) -> Sheet:
    programme = submission.period.programme_id
    breakthroughs = Breakthrough.objects.filter(programme=programme, dropped=False)
    groups = TaskGroup.objects.filter(programme=programme, dropped=False)
    return Sheet(
        submission,
        questions,
        [Subject(one, words.get((None, one.pk))) for one in breakthroughs],
        [Subject(one, words.get((one.pk, None))) for one in groups],
    )


def _words(submission: Submission) -> dict[_Key, str]:
    rows = Narrative.objects.filter(submission=submission)
    told = rows.values_list("task_group_id", "breakthrough_id", "text")
    return {(group, breakthrough): text for group, breakthrough, text in told}


def _figures(submission: Submission) -> tuple[dict[int, Figure], dict[int, Figure]]:
    """This submission's figures, and those of the same union approved a year before."""
    period = submission.period
    last_year = Q(submission__period__year=period.year - 1, submission__state=State.APPROVED)
    rows = Figure.objects.filter(
        Q(submission=submission) | last_year,
        # already said by the first alternative, said again so that the index on unions serves both
        submission__union=submission.union_id,
        submission__period__programme=period.programme_id,
    )
    now: dict[int, Figure] = {}
    before: dict[int, Figure] = {}
    for row in rows.order_by():
        (now if row.submission_id == submission.pk else before)[row.indicator_id] = row
    return now, before


def _files(figures: Sequence[int]) -> dict[int, list[File]]:
    rows = Evidence.objects.filter(figure__in=figures).order_by("pk")
    files = defaultdict(list)
    for figure, pk, name in rows.values_list("figure", "pk", "name"):
        files[figure].append(File(pk, name))
    return files


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
