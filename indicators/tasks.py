"""Recurring work with submissions."""

from celery import shared_task

from indicators.services import closing


@shared_task
def release_from_ended() -> None:
    """End the roles at unions that have ended and owe nothing more."""
    closing.release_all()
