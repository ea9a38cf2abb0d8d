"""Every line of the timetable names a task that exists."""

import pytest
from django.conf import settings

from config.celery import app


@pytest.mark.parametrize("line", settings.CELERY_BEAT_SCHEDULE, ids=str)
def test_a_scheduled_task_exists(line):
    """Misspelt, or its module is not called tasks.py."""
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE[line]
    assert entry["task"] in app.tasks
    assert entry["schedule"]
