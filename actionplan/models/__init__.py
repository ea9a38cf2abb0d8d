"""The rows of this app, by their public names."""

from actionplan.models.directive import Directive
from actionplan.models.directive_copy import DirectiveCopy, DirectiveResult
from actionplan.models.dissemination import (
    BriefingForm,
    BriefingSession,
    Dissemination,
    UnionBriefings,
)
from actionplan.models.feed import CalendarFeed
from actionplan.models.library import DocumentKind, LibraryDocument, Reading
from actionplan.models.milestone import Contribution, Milestone
from actionplan.models.model_plan import ModelItem, ModelPlan, ModelReason
from actionplan.models.period import Period
from actionplan.models.plan import GroupReason, Plan, PlanItem
from actionplan.models.programme import Action, Breakthrough, Programme, TaskGroup
from actionplan.models.progress import PlanChange, Progress
from actionplan.models.wording import Amendment, Wording

__all__ = [
    "Action",
    "Amendment",
    "Breakthrough",
    "BriefingForm",
    "BriefingSession",
    "CalendarFeed",
    "Contribution",
    "Directive",
    "DirectiveCopy",
    "DirectiveResult",
    "Dissemination",
    "DocumentKind",
    "GroupReason",
    "LibraryDocument",
    "Milestone",
    "ModelItem",
    "ModelPlan",
    "ModelReason",
    "Period",
    "Plan",
    "PlanChange",
    "PlanItem",
    "Programme",
    "Progress",
    "Reading",
    "TaskGroup",
    "UnionBriefings",
    "Wording",
]
