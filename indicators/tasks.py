"""Background work of this app."""

from celery import shared_task
from django.db import transaction

from indicators.services import bulk, closing


@shared_task
def release_from_ended() -> None:
    """End the roles at unions that have ended and owe nothing more."""
    closing.release_all()


@shared_task(acks_late=True)
def work_bulk_act(act_pk: int) -> None:
    """Take the rows of one bulk act."""
    bulk.work(act_pk)


@shared_task
def work_waiting_bulk_acts() -> None:
    """Go on with the bulk acts that were left lying."""
    bulk.work_waiting()


def wake_for_bulk_act(act_pk: int) -> None:
    """Send a bulk act to the queue once its row stands; if that is lost, the timetable finds it."""
    transaction.on_commit(lambda: work_bulk_act.delay(act_pk), robust=True)
