"""Background work of this app."""

from celery import shared_task

from reports.services import issuing


@shared_task(acks_late=True)
def render_report(rendering_pk: int) -> None:
    """Make the file of one rendering."""
    issuing.render(rendering_pk)


@shared_task
def render_waiting() -> None:
    """Make the files that were left lying."""
    issuing.render_waiting()
