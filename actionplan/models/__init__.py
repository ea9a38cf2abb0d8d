"""The rows of this app, by their public names."""

from actionplan.models.period import Period
from actionplan.models.programme import Action, Breakthrough, Programme, TaskGroup
from actionplan.models.wording import Amendment, Wording

__all__ = ["Action", "Amendment", "Breakthrough", "Period", "Programme", "TaskGroup", "Wording"]
