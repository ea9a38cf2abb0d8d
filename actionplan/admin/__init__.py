"""Programmes, their parts and their periods at the desk."""

from actionplan.admin.briefings import UnionBriefingsAdmin
from actionplan.admin.directive_copies import DirectiveCopyAdmin
from actionplan.admin.directives import DirectiveAdmin
from actionplan.admin.library import LibraryDocumentAdmin
from actionplan.admin.milestones import ContributionAdmin, MilestoneAdmin
from actionplan.admin.model_plans import ModelItemAdmin, ModelPlanAdmin
from actionplan.admin.parts import ActionAdmin, BreakthroughAdmin, TaskGroupAdmin
from actionplan.admin.periods import PeriodDesk
from actionplan.admin.plans import PlanAdmin
from actionplan.admin.programmes import ProgrammeDesk
from actionplan.admin.readings import ReadingAdmin

__all__ = [
    "ActionAdmin",
    "BreakthroughAdmin",
    "ContributionAdmin",
    "DirectiveAdmin",
    "DirectiveCopyAdmin",
    "LibraryDocumentAdmin",
    "MilestoneAdmin",
    "ModelItemAdmin",
    "ModelPlanAdmin",
    "PeriodDesk",
    "PlanAdmin",
    "ProgrammeDesk",
    "ReadingAdmin",
    "TaskGroupAdmin",
    "UnionBriefingsAdmin",
]
