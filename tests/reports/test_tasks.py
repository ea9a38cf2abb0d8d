"""Background work: a message, a sweep, a queue out of reach."""

import pytest
from celery import current_app

from reports import tasks
from reports.models import Rendering
from reports.services import issuing
from tests.builders import Province
from tests.support.processes import wait_for

State = Rendering.State


@pytest.fixture
def rendering(province: Province) -> Rendering:
    """A report that somebody asked for."""
    return issuing.request("annual", province.root, 2025, "pdf", by=province.leader)


def state_of(rendering: Rendering) -> str:
    return Rendering.objects.get(pk=rendering.pk).state


def test_a_message_makes_the_file_and_a_second_one_nothing(rendering: Rendering):
    tasks.render_report.delay(rendering.pk)
    assert state_of(rendering) == State.DONE
    tasks.render_report.delay(rendering.pk)
    assert Rendering.objects.get().tries == 1


def test_the_sweep_makes_what_no_message_spoke_of(rendering: Rendering):
    tasks.render_waiting.delay()
    assert state_of(rendering) == State.DONE


def test_a_worker_is_woken_only_when_the_row_stands(
    rendering: Rendering, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake_a_worker(rendering.pk)
        assert state_of(rendering) == State.WAITING
    assert state_of(rendering) == State.DONE


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
