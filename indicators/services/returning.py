"""Sending a submission back answer by answer (trả lại theo từng số liệu)."""

from collections.abc import Sequence

from django.db import transaction

from indicators.models import Submission
from indicators.services import objections, stand_ins, submissions
from indicators.services.objections import Point
from indicators.workflow import State
from unions.models import User
from unions.services import moves


@transaction.atomic
def send_back_points(
    submission: Submission,
    points: Sequence[Point],
    *,
    by: User | None,
    revision: int | None = None,
    told: bool = True,
) -> Submission:
    """Return single answers to the union, each with its reason and the day until it is due.

    Everything else stays as it was handed in and cannot be changed; if it was approved it goes on
    counting, as it stood, until it is approved again (adr/0023). `revision` and errors as in
    `submissions.send_back`; RuleBroken too for what is not asked, without a reason, or due in the
    past. Without `told` no notice is sent: the caller has one of its own.
    """
    submission = moves.lock(submission)
    before = objections.frozen_answers(submission)
    if submission.state == State.APPROVED:
        stand_ins.keep(submission)
    submission = submissions.send_back(
        submission,
        by=by,
        reason=objections.sentences(points),
        revision=revision,
        told=told,
    )
    objections.check(submission, points)
    objections.raise_points(submission, points, before, by=by)
    return submission
