"""The Celery app: Redis in production, a folder of messages in the embedded default."""

import os

from celery import Celery
from celery.signals import beat_init, worker_process_init
from kombu.transport import TRANSPORT_ALIASES

from config.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

# addresses that begin with filesystem:// are ours
TRANSPORT_ALIASES["filesystem"] = "config.transport:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _end_with_the_worker(**_sent: object) -> None:
    """A process of the pool does not outlive a worker that was killed."""
    die_with_parent()


@beat_init.connect
def _greet(**_sent: object) -> None:
    """The first sign of life comes at once, not after the first minute."""
    app.send_task("unions.tasks.beat_was_here")
