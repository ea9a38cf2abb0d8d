"""A Celery worker as production has it, on the database of the running tests."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from urllib.parse import quote

from celery import Celery
from django.db import connection

from tests.support import processes
from unions.models import Heartbeat
from unions.tasks import beat_was_here


@dataclass
class Worker:
    """A running worker."""

    process: Popen[bytes]
    log: Path
    media_root: Path

    @classmethod
    @contextmanager
    def started(cls, media_root: Path, **told: str) -> Iterator["Worker"]:
        """Run a worker until the block ends.

        `told` are variables of its environment, besides those of the tests.
        """
        log = Path(f"{media_root}.worker.log")
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=1"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": _address_of_the_test_database(),
            "MEDIA_ROOT": str(media_root),
            **told,
        }
        process = processes.start([*command, "--loglevel=INFO"], log, env=environment)
        try:
            processes.wait_for(lambda: b"ready." in log.read_bytes(), "the worker")
            yield cls(process, log, media_root)
        except processes.NotInTimeError as problem:
            raise AssertionError(f"{problem}\n{log.read_text()}") from problem
        finally:
            # it has nothing left to do, and to end in peace takes it two seconds
            processes.stop(process, signal.SIGKILL)

    @contextmanager
    def at_the_service_of(self, app: Celery) -> Iterator[None]:
        """Let `app` send its tasks here instead of doing them at once, until none is under way."""
        os.truncate(self.log, 0)
        with sending(app):
            try:
                yield
            finally:
                app.control.purge()
                self._finish()

    @staticmethod
    def _finish() -> None:
        """It does one after the other: what was begun is done when one more is."""
        beats = Heartbeat.objects.filter(name="beat")
        beats.delete()
        beat_was_here.delay()
        processes.wait_for(beats.exists, "the end of what the worker was at")


@contextmanager
def sending(app: Celery) -> Iterator[None]:
    """Let `app` send its tasks instead of doing them at once."""
    app.conf.task_always_eager = False
    try:
        yield
    finally:
        app.conf.task_always_eager = True


def _address_of_the_test_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = quote(database["HOST"], safe="")
    return f"postgres://{database['USER']}@{host}/{database['NAME']}"
