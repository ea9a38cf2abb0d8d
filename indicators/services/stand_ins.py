"""What was approved goes on counting while something better is awaited (adr/0023)."""

from collections.abc import Collection

from django.db.models import QuerySet

from indicators.models import Figure, Narrative, Submission
from indicators.services import figures
from indicators.workflow import State

_BATCH = 500

# All of it runs inside the transaction of the step that it is part of, and under its lock.


def keep(submission: Submission) -> Submission:
    """Let a copy of an approved submission stand in the totals in its place; the copy.

    What stood in for it once, before it was approved again, is not kept any longer.
    """
    _remove(Submission.every.filter(stands_for=submission))
    submission.stands = False
    submission.save(update_fields=["stands"])
    copy = Submission.every.get(pk=submission.pk)
    copy.pk, copy.stands_for, copy.stands = None, submission, True
    copy.save(force_insert=True)
    _copy_figures(submission, copy)
    told = list(submission.narratives.all())
    for row in told:
        row.pk, row.submission = None, copy
    Narrative.objects.bulk_create(told)
    return copy


def of(submission: Submission) -> list[Submission]:
    """What counts in its place now, if anything does. No statement where it counts itself."""
    if submission.stands:
        return []
    rows = Submission.every.filter(stands_for=submission, stands=True)
    return list(rows.select_related("period", "union"))


def put_aside(submission: Submission) -> None:
    """Let what is approved now stand; what stood in for it is kept and counts no more.

    The submission is left for the caller to save. No statement if nothing stood in for it.
    """
    if not submission.stands:
        aside = Submission.every.filter(stands_for=submission)
        aside.update(stands=False, state=State.RETURNED)
        submission.stands = True


def bring_back(submissions: Collection[int]) -> None:
    """Let what was put aside stand again; two statements, by keys."""
    Submission.objects.filter(pk__in=submissions).update(stands=False)
    back = Submission.every.filter(stands_for__in=submissions)
    back.update(stands=True, state=State.APPROVED)


def drop(submissions: Collection[int]) -> None:
    """Remove the copies of submissions, by keys, that are approved themselves once more."""
    _remove(Submission.every.filter(stands_for__in=submissions))
    Submission.objects.filter(pk__in=submissions).update(stands=True)


def follow(changed: Collection[Submission], regraded: Collection[Submission]) -> None:
    """Let stand-ins stand where their submissions have come to stand, and count by the same rules.

    No statement where nothing changed or nothing stands in for it.
    """
    asked = {row.pk: row for row in changed if not row.stands}
    if not asked:
        return
    copies = list(Submission.every.filter(stands_for__in=asked).select_related("period", "union"))
    for copy in copies:
        row = asked[copy.stands_for_id or 0]
        copy.placement, copy.closing = row.placement, row.closing
        copy.gradable, copy.audience = row.gradable, row.audience
    fields = ["placement", "closing", "gradable", "audience"]
    Submission.every.bulk_update(copies, fields, batch_size=_BATCH)
    anew = {row.pk for row in regraded}
    for copy in copies:
        if copy.stands_for_id in anew:
            figures.regrade(copy, by=None)


def _remove(copies: QuerySet[Submission]) -> None:
    Figure.objects.filter(submission__in=copies).delete()
    Narrative.objects.filter(submission__in=copies).delete()
    copies.delete()


def _copy_figures(submission: Submission, copy: Submission) -> None:
    """The answers, and the files that prove them."""
    rows = list(submission.figures.all())
    old = {row.indicator_id: row.pk for row in rows}
    for row in rows:
        row.pk, row.submission = None, copy
    new = {old[row.indicator_id]: row.pk for row in Figure.objects.bulk_create(rows)}
    files = list(Figure.evidence.through.objects.filter(figure__in=old.values()))
    for file in files:
        file.pk, file.figure_id = None, new[file.figure_id]
    Figure.evidence.through.objects.bulk_create(files)
