"""One submission as its page asks and shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from django.db.models import F, FilteredRelation, Q, QuerySet

from actionplan.models import Breakthrough, TaskGroup
from indicators.models import Figure, Indicator, Submission
from indicators.models.subject import key_of
from indicators.queries.decisions import told
from indicators.queries.definitions import Defined, asked_of, goal_for
from indicators.queries.estimates import estimates
from indicators.queries.objected import open_objections
from indicators.queries.question import File, Question, Sheet, Subject, written
from indicators.queries.starts import starts
from indicators.queries.unusual import unusual
from indicators.queries.versions import versions_of
from indicators.workflow import State
from unions.models import Evidence

_Told = TypeVar("_Told", TaskGroup, Breakthrough)


def asked(submission: Submission) -> Sheet:
    """What a submission asks, without targets and answers: enough to read what was filled in.

    Three statements: indicators, breakthroughs, task groups. What was sent back is read whole:
    what of it is open depends on the answers.
    """
    if submission.state == State.RETURNED:
        return sheet(submission)
    questions = [
        Question(defined.indicator, depth=defined.depth)
        for defined in asked_of(submission)
        if not defined.indicator.shares_answer
    ]
    return _sheet(submission, questions)


def sheet(submission: Submission) -> Sheet:
    """What a submission asks, and all that was answered.

    Six statements: those of the questions (four), breakthroughs, task groups. Of what was sent
    back one more: the objections.
    """
    asked = [one for one in questions(submission) if not one.indicator.shares_answer]
    return _narrowed(_sheet(submission, asked, words=True))


def questions(submission: Submission) -> list[Question]:
    """Every indicator that a submission asks or counts, parts beneath their parents.

    Four statements: what is asked, figures, evidence (if there are figures), headcounts (if an
    indicator starts from one); one more where final figures were asked for after estimates.
    """
    now, before = figures_of(submission)
    files = files_of([figure.pk for figure in now.values()]) if now else {}
    asked = asked_of(submission)
    for defined in asked:
        bind(defined.indicator, now, before)
    begun = starts(submission, [defined.indicator for defined in asked])
    sentences = unusual(asked, now, before, begun)
    estimated = estimates(submission, [defined.indicator for defined in asked])
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
            estimate=estimated.get(defined.indicator.pk, ""),
        )
        for defined in asked
    ]


def _plan(defined: Defined) -> str:
    """The amount assigned, with its unit and the decision that assigned it."""
    if defined.assigned is None:
        return ""
    return told(defined.indicator, defined.assigned, defined.decision)


def bind(indicator: Indicator, *years: dict[int, Figure]) -> None:
    """Spare each figure the statement by which it would look for its indicator."""
    for figures in years:
        if figure := figures.get(indicator.pk):
            figure.indicator = indicator


def _sheet(submission: Submission, questions: list[Question], *, words: bool = False) -> Sheet:
    """The questions, the task groups and breakthroughs, with `words` what is told of them."""
    programme = submission.period.programme_id
    breakthroughs = Breakthrough.objects.filter(programme=programme, dropped=False)
    groups = TaskGroup.objects.filter(programme=programme, dropped=False)
    if words:
        breakthroughs = with_words(breakthroughs, submission)
        groups = with_words(groups, submission)
    return Sheet(submission, questions, subjects(breakthroughs), subjects(groups))


def with_words(rows: "QuerySet[_Told]", submission: Submission) -> "QuerySet[_Told]":
    """The same rows, each with the words of this submission; None while nothing was said."""
    own = FilteredRelation("narrative", condition=Q(narrative__submission=submission))
    return rows.annotate(own=own, said=F("own__text"))


def subjects(rows: "QuerySet[_Told]") -> list[Subject]:
    """The rows as a page asks them. One statement."""
    return [Subject(one, getattr(one, "said", None)) for one in rows]


def with_versions(submission: Submission, questions: Sequence[Question]) -> list[Question]:
    """The same questions with every answer that was ever saved. One statement."""
    found = versions_of(submission, [one.indicator for one in questions])
    return [replace(one, versions=found.get(one.indicator.pk, ())) for one in questions]


def sheet_with_versions(sheet: Sheet) -> Sheet:
    """The same sheet with every answer that was ever saved. One statement."""
    return replace(sheet, questions=with_versions(sheet.submission, sheet.questions))


def _narrowed(sheet: Sheet) -> Sheet:
    """The sheet with what is objected to, and with all else closed; whole if nothing asked is."""
    objections = open_objections(sheet.submission)
    asked = {key_of(one.indicator) for one in sheet.questions}
    if asked.union(key_of(one.subject) for one in sheet.subjects).isdisjoint(objections):
        return sheet
    return Sheet(
        sheet.submission,
        [one.under(objections) for one in sheet.questions],
        [one.under(objections) for one in sheet.breakthroughs],
        [one.under(objections) for one in sheet.task_groups],
    )


def figures_of(submission: Submission) -> tuple[dict[int, Figure], dict[int, Figure]]:
    """This submission's figures, and those of the same union approved a year before.

    Each by the key of its indicator. One statement.
    """
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


def files_of(figures: Sequence[int]) -> dict[int, list[File]]:
    """The evidence of these figures, by their keys. One statement."""
    rows = Evidence.objects.filter(figure__in=figures).order_by("pk")
    files = defaultdict(list)
    kept = rows.values_list("figure", "pk", "name", "content_type", "size")
    for figure, pk, name, content_type, size in kept:
        files[figure].append(File(pk, name, content_type, size))
    return files
