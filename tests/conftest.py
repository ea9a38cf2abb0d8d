"""What every test can ask for: the small province, a database that can be emptied, a worker."""

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import TransactionTestCase

from config.celery import app
from tests.builders import Province, make_small_province
from tests.support.worker import Worker

# the desk's pages are there for every test, as where the portal is served
importlib.import_module(portal.ROOT_URLCONF)
_journal = importlib.import_module("unions.migrations.0002_journal_is_append_only")
_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_and_journal(self: TransactionTestCase) -> None:
    """Only the test runner lifts the journal's guard, and puts it back at once."""
    with connection.schema_editor() as editor:
        _journal.lift(None, editor)
    _empty_tables(self)
    with connection.schema_editor() as editor:
        _journal.guard(None, editor)


TransactionTestCase._fixture_teardown = _empty_tables_and_journal  # type: ignore[method-assign]


@pytest.fixture
def province(db: Any) -> Province:
    """One upper union, two grassroots unions, one person for each role, one open period."""
    return make_small_province()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where the runner has migrated a database, the tests begin with a copy of it."""
    migrated, test = os.environ.get("MIGRATED"), connection.settings_dict["TEST"]
    if migrated and connection.vendor == "sqlite":
        shutil.copyfile(migrated, test["NAME"])
    elif migrated:
        test["TEMPLATE"] = migrated


@pytest.fixture(scope="session")
def _worker(django_db_setup: Any) -> Iterator[Worker]:
    """One for all tests of this process: to start it takes longer than what it does."""
    with Worker.started(Path(portal.VAR) / "media" / "worker") as running:
        yield running


@pytest.fixture
def worker(_worker: Worker, transactional_db: Any, settings: Any) -> Iterator[Worker]:
    """A real Celery worker on the test's database; tasks sent in the test are its work."""
    settings.MEDIA_ROOT = _worker.media_root
    with _worker.at_the_service_of(app):
        yield _worker


def pytest_itemcollected(item: pytest.Item) -> None:
    """One of the parallel runs has the worker, not each."""
    if "worker" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("worker"))
