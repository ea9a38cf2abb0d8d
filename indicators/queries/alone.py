"""One thing that a submission asks, read by itself: as lightly as a save while typing needs it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q

from actionplan.models import Breakthrough, TaskGroup
from indicators.models import Figure, Indicator, Objection, Submission
from indicators.models.subject import key_of
from indicators.queries.answered import Figures, Files, bind, figures_of
from indicators.queries.decisions import assigned_to, divides
from indicators.queries.definitions import Defined, held_against
from indicators.queries.objected import open_objections
from indicators.queries.question import File, Question, Subject, written
from indicators.queries.starts import Start, starts
from indicators.queries.telling import subjects, with_words
from indicators.queries.unusual import unusual


@dataclass(frozen=True, slots=True)
class AskedAlone:
    """One indicator with all that its answer is held against.

    That is: the others of its programme, their answers, last year's, and the headcount.
    """

    submission: Submission
    indicator: Indicator
    all: Sequence[Defined]
    now: Mapping[int, Figure]
    before: Mapping[int, Figure]
    begun: Mapping[int, Start]
    objections: Mapping[str, Objection]
    files: Sequence[File] = ()
    # what stays open though it be answered
    kept: Collection[str] = ()

    @property
    def asked(self) -> Question:
        """The question as it stands, without its target; no statement."""
        key = self.indicator.pk
        figure = self.now.get(key)
        question = Question(
            self.indicator,
            figure=figure,
            last=self.before.get(key),
            files=self.files,
            unusual=unusual(self.all, self.now, self.before, self.begun).get(key, ()),
            written=written(figure) if figure else "",
            start=self.begun.get(key),
        )
        return question.under(self.objections, self.kept) if self.objections else question

    def again(self) -> Self:
        """The same once the answer was saved: it stays open. One statement."""
        now, before, files = _figures_of(self.submission, [one.indicator for one in self.all])
        mine, kept = files.get(self.indicator.pk, ()), {*self.kept, key_of(self.indicator)}
        return replace(self, now=now, before=before, files=mine, kept=kept)


@dataclass(frozen=True, slots=True)
class ToldAlone:
    """One task group or breakthrough with what was told of it."""

    submission: Submission
    asked: Subject
    objections: Mapping[str, Objection]

    def again(self) -> "ToldAlone | None":
        """The same once the words were saved: they stay open. One statement."""
        subject = self.asked.subject
        return told_alone(self.submission, type(subject), subject.pk, {key_of(subject)})


def asked_alone(submission: Submission, key: int) -> AskedAlone | None:
    """The indicator with this key, if the submission asks it.

    Two statements: indicators, figures; three more where they apply: assigned amount, headcounts,
    objections.
    """
    every = held_against(submission)
    asked = {one.indicator.pk: one for one in every if not one.indicator.shares_answer}.get(key)
    if asked is None:
        return None
    indicator = asked.indicator
    now, before, files = _figures_of(submission, [one.indicator for one in every])
    if divides(indicator) and (decision := assigned_to(submission, [indicator]).get(key)):
        asked.assigned = decision.amount
    return AskedAlone(
        submission,
        indicator,
        every,
        now,
        before,
        starts(submission, [indicator]),
        open_objections(submission),
        files.get(key, ()),
        submission.kept_open,
    )


def told_alone(
    submission: Submission,
    of: type[TaskGroup] | type[Breakthrough],
    key: int,
    kept: Collection[str] = (),
) -> ToldAlone | None:
    """The task group or breakthrough with this key, if the submission asks of it.

    What is `kept` stays open, as what the submission itself keeps open does.
    One statement, and one for the objections of what was sent back.
    """
    asked = Q(programme=submission.period.programme_id, dropped=False, pk=key)
    if of is TaskGroup:
        found = subjects(with_words(TaskGroup.objects.filter(asked), submission))
    else:
        found = subjects(with_words(Breakthrough.objects.filter(asked), submission))
    if not found:
        return None
    told = found[0]
    objections = open_objections(submission)
    if objections:
        told = told.under(objections, {*submission.kept_open, *kept})
    return ToldAlone(submission, told, objections)


def _figures_of(
    submission: Submission, indicators: Iterable[Indicator]
) -> tuple[Figures, Figures, Files]:
    now, before, files = figures_of(submission)
    for indicator in indicators:
        bind(indicator, now, before)
    return now, before, files
