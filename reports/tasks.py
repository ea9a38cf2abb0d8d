"""Background work of this app."""

from celery import shared_task
from django.db import transaction

from reports.services import issuing


@shared_task(acks_late=True)
def render_report(rendering_pk: int) -> None:
    """Make the file of one rendering."""
    issuing.render(rendering_pk)


@shared_task
def render_waiting() -> None:
    """Make the files that were left lying."""
    issuing.render_waiting()


def wake_a_worker(rendering_pk: int) -> None:
    """Send the rendering to the queue once its row stands.

    A queue out of reach is logged and nothing is lost: `render_waiting` finds the row.
    """
    transaction.on_commit(lambda: render_report.delay(rendering_pk), robust=True)
