"""The rows of this app, by their public names."""

from actionplan.models.period import Period
from actionplan.models.plan import GroupReason, Plan, PlanItem
from actionplan.models.programme import Action, Breakthrough, Programme, TaskGroup
from actionplan.models.progress import PlanChange, Progress
from actionplan.models.wording import Amendment, Wording

__all__ = [
    "Action",
    "Amendment",
    "Breakthrough",
    "GroupReason",
    "Period",
    "Plan",
    "PlanChange",
    "PlanItem",
    "Programme",
    "Progress",
    "TaskGroup",
    "Wording",
]
