"""Programmes, their parts and their periods at the desk."""

from actionplan.admin.directive_copies import DirectiveCopyAdmin
from actionplan.admin.directives import DirectiveAdmin
from actionplan.admin.milestones import ContributionAdmin, MilestoneAdmin
from actionplan.admin.parts import ActionAdmin, BreakthroughAdmin, TaskGroupAdmin
from actionplan.admin.periods import PeriodDesk
from actionplan.admin.programmes import ProgrammeDesk

__all__ = [
    "ActionAdmin",
    "BreakthroughAdmin",
    "ContributionAdmin",
    "DirectiveAdmin",
    "DirectiveCopyAdmin",
    "MilestoneAdmin",
    "PeriodDesk",
    "ProgrammeDesk",
    "TaskGroupAdmin",
]
