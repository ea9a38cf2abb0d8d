"""The worker of a test is a real one: it does what the test sends, on the test's database."""

from tests.support import processes
from unions.models import Heartbeat
from unions.tasks import beat_was_here


def test_a_task_that_is_sent_is_done_by_the_worker(worker):
    beat_was_here.delay()
    processes.wait_for(lambda: Heartbeat.objects.filter(name="beat").exists(), "the beat's row")
    assert "unions.tasks.beat_was_here" in worker.log.read_text()


def test_without_a_worker_a_task_is_done_at_once(db):
    beat_was_here.delay()
    assert Heartbeat.objects.filter(name="beat").exists()
