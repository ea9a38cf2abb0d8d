"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from unions.forms import ForgottenPasswordForm
from unions.models import Heartbeat
from unions.services import notices, placing


@shared_task
def deliver_notices() -> None:
    """Mail the notices that wait."""
    notices.deliver_waiting()


@shared_task
def mail_reset_link(email: str) -> None:
    """Mail a link to set a password to whoever has this address."""
    form = ForgottenPasswordForm({"email": email})
    if form.is_valid():
        form.mail()


@shared_task
def let_planned_changes_arrive() -> None:
    """Let unions stand today where decisions of earlier days put them from today on."""
    placing.arrive(timezone.localdate())


@shared_task
def beat_was_here() -> None:
    """Leave a sign that the timetable runs and a worker works it off."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})
