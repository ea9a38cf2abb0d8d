"""Background work: a message, a sweep, a queue out of reach."""

from collections.abc import Iterator

import pytest
from celery import current_app

from reports import catalogue, tasks
from reports.models import Rendering
from reports.services import issuing
from tests.builders import Province
from tests.reports.papers import make_document
from tests.support.processes import wait_for

State = Rendering.State


@pytest.fixture
def rendering(province: Province) -> Rendering:
    """A report that somebody asked for."""
    return issuing.request("annual", province.root, 2025, "pdf", by=province.leader)


@pytest.fixture
def brief(province: Province) -> Iterator[Rendering]:
    """The same of a kind that is drawn at once."""
    catalogue.report("brief", "Báo cáo một trang")(lambda _scope: make_document())
    yield issuing.request("brief", province.root, 2025, "pdf", by=province.leader)
    del catalogue._CATALOGUE["brief"]


def state_of(rendering: Rendering) -> str:
    return Rendering.objects.get(pk=rendering.pk).state


def test_a_message_makes_the_file_and_a_second_one_nothing(brief: Rendering):
    tasks.render_report.delay(brief.pk)
    assert state_of(brief) == State.DONE
    tasks.render_report.delay(brief.pk)
    assert Rendering.objects.get().tries == 1


def test_the_sweep_makes_what_no_message_spoke_of(brief: Rendering):
    tasks.render_waiting.delay()
    assert state_of(brief) == State.DONE


def test_a_worker_is_woken_only_when_the_row_stands(
    brief: Rendering, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake_a_worker(brief.pk)
        assert state_of(brief) == State.WAITING
    assert state_of(brief) == State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_message_that_cannot_be_sent_is_logged_and_the_row_goes_on_waiting(
    rendering: Rendering, caplog
):
    current_app.conf.task_always_eager = False
    try:
        tasks.wake_a_worker(object())  # no queue takes this
    finally:
        current_app.conf.task_always_eager = True
    assert "in on_commit()" in caplog.text
    assert state_of(rendering) == State.WAITING


def test_a_running_worker_makes_the_file(worker, rendering: Rendering):
    tasks.wake_a_worker(rendering.pk)
    wait_for(lambda: state_of(rendering) == State.DONE, "the report")
