"""Saving one card of a submission as it is typed: one answer, one text, or the mark of estimates.

Each is the save of the whole page (`indicators.services.submissions.save`) for a part of it: the
same permission, lock and rules. `revision` is that of the submission when the card was read and
held against what was typed; Outdated if it changed since, and then nothing was written.
"""

from datetime import timedelta

from django.db import transaction

from actionplan.models import Breakthrough, TaskGroup
from indicators.models import Indicator, Narrative, Submission
from indicators.models.subject import field_of, key_of
from indicators.services import figures, objections, submissions
from indicators.services.figures import Entry
from indicators.services.submissions import Words
from unions.models import User
from unions.services import journal, moves
from unions.vietnamese import trimmed

# so long one person's saves, with nobody's in between, are one line of the journal
BURST = timedelta(minutes=15)


@transaction.atomic
def keep_answer(
    submission: Submission,
    indicator: Indicator,
    entry: Entry | None,
    *,
    by: User | None,
    revision: int,
) -> Submission:
    """Keep the answer to one indicator; None takes it away."""
    submission = _begin(submission, by=by, revision=revision)
    objections.must_be_open(submission, indicator)
    figures.keep_one(submission, indicator, entry, by=by)
    return _finish(submission, by=by)


@transaction.atomic
def keep_words(
    submission: Submission,
    subject: TaskGroup | Breakthrough,
    words: Words | None,
    *,
    by: User | None,
    revision: int,
) -> Submission:
    """Keep what is told of one task group or breakthrough; None takes it away."""
    submission = _begin(submission, by=by, revision=revision)
    objections.must_be_open(submission, subject)
    about = {field_of(subject): subject}
    rows = submission.narratives.filter(**about)
    if words is None:
        rows.delete()
    elif not rows.update(text=trimmed(words.text)):
        Narrative.objects.create(submission=submission, text=trimmed(words.text), **about)
    objections.remark_on(submission, {key_of(subject): words.remark if words else ""})
    return _finish(submission, by=by)


@transaction.atomic
def keep_estimate(
    submission: Submission, estimate: bool, *, by: User | None, revision: int
) -> Submission:
    """Keep whether the figures are estimates; of what came back in part it is not asked."""
    submission = _begin(submission, by=by, revision=revision)
    objections.must_be_whole(submission)
    submission.estimate = estimate
    return _finish(submission, by=by)


def _begin(submission: Submission, *, by: User | None, revision: int) -> Submission:
    submission = moves.lock(submission)
    submissions.check_entry(submission, by=by)
    if submission.revision != revision:
        raise submissions.Outdated("Chưa lưu: phiếu vừa được người khác lưu. Hãy thử lại.")
    return submission


def _finish(submission: Submission, *, by: User | None) -> Submission:
    submission.revision += 1
    submission.save(update_fields=["estimate", "revision"])
    journal.record_burst(submission.told("Lưu", by), by=by, about=submission, within=BURST)
    return submission
