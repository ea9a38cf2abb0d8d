"""Programmes, their parts and their periods at the desk."""

from actionplan.admin.parts import ActionAdmin, BreakthroughAdmin, TaskGroupAdmin
from actionplan.admin.periods import PeriodDesk
from actionplan.admin.programmes import ProgrammeDesk

__all__ = ["ActionAdmin", "BreakthroughAdmin", "PeriodDesk", "ProgrammeDesk", "TaskGroupAdmin"]
