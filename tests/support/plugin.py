"""What every test may lean on: folders of its own, servers on demand, a browser.

Loaded by pytest before the settings are: those read the folder of this run from the environment.
"""

import gc
import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Context, Template, engines
from django.test.utils import _TestState
from django.utils.safestring import SafeString
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.support import examples
from tests.support.browsing import open_page
from tests.support.servers import Redis
from tests.support.strict_templates import UnknownVariable

_PARALLEL = os.environ.get("PYTEST_XDIST_WORKER")
_PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
_LONG = (
    "tests/journeys/",
    "tests/config/test_up.py",
    "tests/config/test_compose.py",
    "tests/architecture/test_routes.py",
    "tests/architecture/test_query_counts.py",
    "tests/permissions/",
)
_TURNS = itertools.count()
_NAME = 120  # characters of a value in the name of its case
VAR = Path(os.environ["PORTAL_VAR"], _PARALLEL) if _PARALLEL else Path(tempfile.mkdtemp("-portal"))
for folder in ("media", "static", "redis"):
    (VAR / folder).mkdir(parents=True)
os.environ["PORTAL_VAR"] = str(VAR)
os.environ["CELERY_BROKER_URL"] = f"redis+socket://{VAR / 'redis' / 'socket'}"
# Playwright's loop runs in the thread of the test, which also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
examples.take("some")


def pytest_sessionstart() -> None:
    """The collector passes over what lasts as long as the run, and comes seldom for the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure() -> None:
    """Take the folder of this run away."""
    shutil.rmtree(VAR, ignore_errors=True)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A case is not named by a file's content or a very long text, but by what it is given as.

    Archives carry the second they were packed in: processes would not name the same cases.
    """
    long = isinstance(val, str) and len(val) > _NAME
    return argname if long or isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: begun last, one process would wait for the other's end."""
    if _PROCESSES > 1:
        items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


@pytest.fixture(scope="session", autouse=True)
def _told_once() -> None:
    """A refusal is seen by its status, not by a log line with a traceback for each."""
    logging.getLogger("django.request").setLevel(logging.ERROR)


@pytest.fixture(scope="session", autouse=True)
def _told_of_whole_pages(django_test_environment: None) -> None:
    """Tests look into what a page was given; of each of its parts Django would keep a copy too."""
    told, plain = Template._render, _TestState.saved_data.template_render

    def drawn(template: Template, context: Context) -> SafeString:
        return (told if context.template is template else plain)(template, context)

    Template._render = drawn


@pytest.fixture(scope="session", autouse=True)
def _strict_templates() -> None:
    """An unknown variable in a template of ours fails the test that drew it."""
    engines["django"].engine.string_if_invalid = UnknownVariable()


@pytest.fixture(autouse=True)
def _own_media(settings) -> None:
    """Uploaded files of one test are not there for the next; the folder is made by the first."""
    settings.MEDIA_ROOT = VAR / "media" / str(next(_TURNS))


@pytest.fixture(scope="session", autouse=True)
def _redis() -> Iterator[None]:
    """The broker that the settings name; only a real worker takes anything from it."""
    server = Redis(VAR / "redis")
    yield
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the running portal that may ask nobody else and may break no policy."""
    with open_page(browser, live_server.url) as opened:
        yield opened
