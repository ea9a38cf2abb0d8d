"""A Celery worker as production has it, on the database of the running test."""

import os
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


@dataclass
class Worker:
    """A running worker."""

    process: Popen[bytes]
    log: Path

    @classmethod
    @contextmanager
    def started(cls, app: Celery, settings, **told: str) -> Iterator["Worker"]:
        """Run a worker until the block ends; what `app` sends meanwhile goes to it.

        `told` are variables of its environment, besides those of the test.
        """
        log = Path(settings.VAR) / "worker.log"
        log.write_bytes(b"")
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=1"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": _address_of_the_test_database(),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            **told,
        }
        process = processes.start([*command, "--loglevel=INFO"], log, env=environment)
        try:
            processes.wait_for(lambda: b"ready." in log.read_bytes(), "the worker")
            with _sending(app):
                yield cls(process, log)
        except processes.NotInTimeError as problem:
            raise AssertionError(f"{problem}\n{log.read_text()}") from problem
        finally:
            processes.stop(process)


@contextmanager
def _sending(app: Celery) -> Iterator[None]:
    """Let `app` send its tasks instead of doing them at once."""
    app.conf.task_always_eager = False
    try:
        yield
    finally:
        app.control.purge()
        app.conf.task_always_eager = True


def _address_of_the_test_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = quote(database["HOST"], safe="")
    return f"postgres://{database['USER']}@{host}/{database['NAME']}"
