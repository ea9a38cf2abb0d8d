"""What a submission asks, piece by piece: each question with all that was answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from actionplan.models import Breakthrough, TaskGroup
from indicators.aggregation import Goal
from indicators.kinds import BASIS
from indicators.models import Figure, Indicator, Objection, Submission
from indicators.models.subject import AnySubject, field_of, key_of
from indicators.plausibility import explains
from indicators.queries.frozen import Frozen, changed, frozen_answer, frozen_words
from indicators.queries.starts import Start
from indicators.queries.unusual import EXTRA
from indicators.queries.versions import Version
from unions.quantities import Quantity, Style


@dataclass(frozen=True, slots=True)
class Extra:
    """One of the figures asked beside an answer."""

    label: str
    written: str


@dataclass(frozen=True, slots=True)
class File:
    """A piece of evidence kept with an answer; its size in bytes."""

    pk: int
    name: str
    content_type: str = ""
    size: int = 0

    @property
    def drawn(self) -> bool:
        """True for what a page can show in place: a picture, or the first page of a PDF."""
        return self.content_type.startswith("image/") or self.paged

    @property
    def paged(self) -> bool:
        """True for a PDF, whose first page is shown."""
        return self.content_type == "application/pdf"


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator: its target, the answer so far, and last year's.

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
    # what was assigned to the union by the decision in force
    assigned: int | None = None
    # what is to be put right, and whether only something else is: then it is shown, not asked
    objection: Objection | None = None
    closed: bool = False
    versions: Sequence[Version] = ()
    # how many people the union has stated elsewhere, to be taken as the numerator
    briefed: int | None = None
    # what was handed in as an estimate, before the final figure was asked for
    estimate: str = ""

    @property
    def goal_text(self) -> str:
        """The target as it is written, with its unit; empty if there is none."""
        if self.goal is None:
            return ""
        return self.indicator.rule.goal_text(self.goal) + _unit(self.indicator, self.indicator.unit)

    @property
    def last_written(self) -> str:
        """Last year's answer as it stands in a table, and how; empty if there was none."""
        if self.last is None:
            return ""
        standing = self.last.standing
        return f"{written(self.last)} ({standing})" if standing else written(self.last)

    @property
    def proposed(self) -> int | None:
        """The number to begin with until there is an answer: of people, or what was assigned."""
        if self.figure or not self.indicator.rule.known:
            return None
        return self.start.number if self.start else self.assigned

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

    def under(self, objections: Mapping[str, Objection], kept: Collection[str]) -> "Question":
        """The question while only what is objected to, missing or unexplained is open.

        What is kept open (`Submission.kept_open`) stays so, answered or not.
        """
        objection = _bound(objections, self.indicator)
        settled = self.figure is not None and not self.unexplained
        closed = settled and objection is None and key_of(self.indicator) not in kept
        return replace(self, objection=objection, closed=closed)

    def frozen(self) -> Frozen:
        """The answer as it stands, plainly."""
        return frozen_answer(self.figure, [file.pk for file in self.files], self.written)

    @property
    def unmended(self) -> bool:
        """True where it is objected to and still stands as it did."""
        return bool(self.objection and not changed(self.objection.before, self.frozen()))


@dataclass(frozen=True, slots=True)
class Subject:
    """A breakthrough or a task group; `text` is None while nothing was said of it."""

    subject: TaskGroup | Breakthrough
    text: str | None = None
    objection: Objection | None = None
    closed: bool = False

    def under(self, objections: Mapping[str, Objection], kept: Collection[str]) -> "Subject":
        """The same while only what is objected to, untold or kept open is open."""
        objection = _bound(objections, self.subject)
        closed = self.told and objection is None and key_of(self.subject) not in kept
        return replace(self, objection=objection, closed=closed)

    @property
    def told(self) -> bool:
        """True once something was said of it, “không có” included."""
        return self.text is not None

    def frozen(self) -> Frozen:
        """The words as they stand, plainly."""
        return frozen_words(self.text, self.remark)

    @property
    def remark(self) -> str:
        """Why the words stand although they were objected to; empty if nothing was said."""
        return self.objection.remark if self.objection else ""

    @property
    def unmended(self) -> bool:
        """True where it is objected to and still stands as it did."""
        return bool(self.objection and not changed(self.objection.before, self.frozen()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is asked on the page of a submission, with what was answered."""

    submission: Submission
    questions: list[Question]
    breakthroughs: list[Subject]
    task_groups: list[Subject]

    @property
    def is_begun(self) -> bool:
        """Whether anything of it is answered or told."""
        answered = any(one.figure is not None for one in self.questions)
        return answered or any(one.told for one in self.subjects)

    @property
    def unanswered(self) -> list[str]:
        """Codes of the indicators still without an answer, in order."""
        return [one.indicator.code for one in self.questions if one.figure is None]

    @property
    def unexplained(self) -> list[str]:
        """Codes of the indicators whose answer is unusual and without a reason, in order."""
        return [one.indicator.code for one in self.questions if one.unexplained]

    @property
    def subjects(self) -> list[Subject]:
        """The breakthroughs and the task groups, in the order of the page."""
        return [*self.breakthroughs, *self.task_groups]

    @property
    def asked(self) -> list[Question | Subject]:
        """Everything that is asked, in the order of the page."""
        return [*self.questions, *self.subjects]

    @property
    def narrowed(self) -> bool:
        """True while only a part of it is open: what is objected to."""
        return any(one.closed for one in self.asked)

    @property
    def opened(self) -> int:
        """How many answers and texts can be changed."""
        return sum(not one.closed for one in self.asked)

    @property
    def unmended(self) -> list[str]:
        """What is objected to and still stands as it did, as the page names it."""
        return [one.objection.named for one in self.asked if one.objection and one.unmended]

    @property
    def untold(self) -> int:
        """How many breakthroughs and task groups are neither told of nor “không có”."""
        return sum(not one.told for one in self.subjects)


def _bound(objections: Mapping[str, Objection], subject: AnySubject) -> Objection | None:
    """What is objected to in a subject, spared the statement by which it would look for it."""
    if objection := objections.get(key_of(subject)):
        setattr(objection, field_of(subject), subject)
    return objection


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
