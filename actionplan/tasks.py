"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from actionplan.services import directive_reminders, plan_places


@shared_task
def remind_of_directives() -> None:
    """Tell unions of directives that are soon due, and of those that are late."""
    directive_reminders.remind(timezone.localdate())


@shared_task
def settle_plans() -> None:
    """Let plans stand where their unions stand since a planned change has come."""
    plan_places.settle()
