"""The rows of this app, by their public names."""

from actionplan.models.period import Period
from actionplan.models.programme import Action, Breakthrough, Programme, TaskGroup

__all__ = ["Action", "Breakthrough", "Period", "Programme", "TaskGroup"]
