"""One submission as its page asks and shows it."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.models import Submission
from indicators.models.subject import key_of
from indicators.queries.answered import bind, figures_of
from indicators.queries.briefed import proposed_people
from indicators.queries.decisions import told
from indicators.queries.definitions import Defined, asked_of, goal_for
from indicators.queries.estimates import estimates
from indicators.queries.objected import open_objections
from indicators.queries.question import Question, Sheet, written
from indicators.queries.starts import starts
from indicators.queries.telling import subjects_of
from indicators.queries.unusual import unusual
from indicators.queries.versions import versions_of
from indicators.workflow import State


def asked(submission: Submission) -> Sheet:
    """What a submission asks, without targets and answers: enough to read what was filled in.

    Two statements: indicators, subjects; see `asked_of`. What was sent back is read whole: what of
    it is open depends on the answers.
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

    Four statements: those of the questions (three), subjects. Of what was sent back one more: the
    objections.
    """
    asked = [one for one in questions(submission) if not one.indicator.shares_answer]
    whole = _sheet(submission, asked)
    # known by now, so that its page need not ask
    vars(submission)["begun"] = whole.is_begun
    return _narrowed(whole)


def questions(submission: Submission) -> list[Question]:
    """Every indicator that a submission asks or counts, parts beneath their parents.

    Three statements: what is asked, figures with their evidence, headcounts (if an indicator starts
    from one); one more each where amounts are assigned to single unions, and where final figures
    were asked for after estimates.
    """
    now, before, files = figures_of(submission)
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
            files.get(defined.indicator.pk, ()),
            defined.depth,
            _plan(defined),
            sentences.get(defined.indicator.pk, []),
            written(figure) if figure else "",
            begun.get(defined.indicator.pk),
            defined.assigned,
            briefed=proposed_people(submission, defined.indicator),
            estimate=estimated.get(defined.indicator.pk, ""),
        )
        for defined in asked
    ]


def _plan(defined: Defined) -> str:
    """The amount assigned, with its unit and the decision that assigned it."""
    if defined.assigned is None:
        return ""
    return told(defined.indicator, defined.assigned, defined.decision)


def _sheet(submission: Submission, questions: list[Question]) -> Sheet:
    """The questions, and the breakthroughs and task groups with what is told of them."""
    return Sheet(submission, questions, *subjects_of(submission))


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
    kept = sheet.submission.kept_open
    return Sheet(
        sheet.submission,
        [one.under(objections, kept) for one in sheet.questions],
        [one.under(objections, kept) for one in sheet.breakthroughs],
        [one.under(objections, kept) for one in sheet.task_groups],
    )
