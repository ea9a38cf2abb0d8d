"""Background work of this app."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from unions.models import Heartbeat
from unions.resources import intakes
from unions.services import clearing, invitations, letters, lineage, notices, placing
from unions.services.turns import one_at_a_time


@shared_task
def deliver_notices() -> None:
    """Mail the notices that wait."""
    notices.deliver_waiting()


@shared_task
def deliver_password_letters() -> None:
    """Mail the letters that wait to those who forgot their passwords."""
    letters.deliver_waiting()


@shared_task
def deliver_invitations() -> None:
    """Mail the invitations that wait."""
    invitations.deliver_waiting()


@shared_task(acks_late=True)
def work_intake(intake_pk: int) -> None:
    """Check or write one workbook that was sent in."""
    intakes.work(intake_pk)


@shared_task
def work_waiting_intakes() -> None:
    """Check and write the workbooks that were left lying."""
    intakes.work_waiting()


@shared_task
def clear_overdue_workbooks() -> None:
    """Take away the workbooks that were kept for long enough."""
    clearing.clear_overdue()


@shared_task
@one_at_a_time
def let_planned_changes_arrive() -> None:
    """Let unions stand today where decisions of earlier days put them from today on."""
    placing.arrive(timezone.localdate())
    lineage.redraw()


@shared_task
def beat_was_here() -> None:
    """Leave a sign that the timetable runs and a worker works it off."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})


def wake_for_intake(intake_pk: int) -> None:
    """Send a workbook to the queue once its row stands; if that is lost, the timetable finds it."""
    transaction.on_commit(lambda: work_intake.delay(intake_pk), robust=True)


def wake_for_letters() -> None:
    """Let a worker mail at once, now that the row stands.

    A queue out of reach is logged and nothing is lost: the timetable finds the row.
    """
    transaction.on_commit(deliver_password_letters.delay, robust=True)


def wake_for_invitations() -> None:
    """The same for an invitation."""
    transaction.on_commit(deliver_invitations.delay, robust=True)
