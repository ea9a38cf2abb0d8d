"""What of a submission is objected to, and what was."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.db.models.expressions import Combinable

from indicators.models import CorrectionRequest, Objection, Submission
from indicators.models.objection import ObjectionQuerySet
from indicators.workflow import State
from unions.prepared import Prepared


def open_objections(submission: Submission) -> dict[str, Objection]:
    """What is to be put right now, by the key of its subject, which a sheet binds to it.

    One statement, once sent back.
    """
    if submission.state != State.RETURNED:
        return {}
    return {one.key: one for one in _OPEN(submission.pk)}


_OPEN = Prepared(lambda submission: Objection.objects.filter(submission=submission).open(), int)


def corrects() -> Combinable:
    """Whether a submission is open for nothing but what its union asked to correct."""
    opened = Objection.objects.filter(submission=OuterRef("pk")).open()
    only = Exists(opened.exclude(request=None)) & ~Exists(opened.filter(request=None))
    return ExpressionWrapper(only, output_field=BooleanField())


def objections_told(submission: Submission) -> list[Objection]:
    """The same in order, each with its subject. One statement, once sent back."""
    return list(_of(submission).open()) if submission.state == State.RETURNED else []


def settled_objections(submission: Submission) -> list[Objection]:
    """What was put right, in order: that of the last time, and every correction. One statement."""
    if submission.submitted_at is None:
        return []
    rows = [one for one in _of(submission) if one.settled_at]
    last = max((one.settled_at for one in rows if one.settled_at), default=None)
    return [one for one in rows if one.settled_at == last or one.request_id]


def correction_requests(submission: Submission) -> list[CorrectionRequest]:
    """What the union asked to correct, in order. One statement, once handed in."""
    if submission.submitted_at is None:
        return []
    rows = submission.correction_requests.select_related(
        "indicator", "task_group", "breakthrough", "asked_by"
    )
    return list(rows)


def _of(submission: Submission) -> ObjectionQuerySet:
    related = ("indicator", "task_group", "breakthrough", "request", "raised_by")
    return Objection.objects.filter(submission=submission).select_related(*related)
