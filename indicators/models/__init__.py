"""The rows of this app, by their public names."""

from indicators.models.bulk_act import BulkAct, BulkTaken
from indicators.models.correction_request import CorrectionRequest
from indicators.models.document import ProgrammeDocument
from indicators.models.extension import Extension, ExtensionRequest
from indicators.models.figure import Answer, Figure, Narrative
from indicators.models.grading import Grading, GradingDecision, GradingEvidence, GradingSheet
from indicators.models.indicator import Audience, CountedFrom, Denominator, Horizon, Indicator
from indicators.models.objection import Objection
from indicators.models.on_behalf import OnBehalf
from indicators.models.plan_item import ServedIndicator
from indicators.models.presence import Presence
from indicators.models.printed_form import PrintedForm, SignedCopy
from indicators.models.receipt import Receipt
from indicators.models.revenue import Revenue, RevenueKind
from indicators.models.submission import Submission
from indicators.models.target import Assignment, Target

__all__ = [
    "Answer",
    "Assignment",
    "Audience",
    "BulkAct",
    "BulkTaken",
    "CorrectionRequest",
    "CountedFrom",
    "Denominator",
    "Extension",
    "ExtensionRequest",
    "Figure",
    "Grading",
    "GradingDecision",
    "GradingEvidence",
    "GradingSheet",
    "Horizon",
    "Indicator",
    "Narrative",
    "Objection",
    "OnBehalf",
    "Presence",
    "PrintedForm",
    "ProgrammeDocument",
    "Receipt",
    "Revenue",
    "RevenueKind",
    "ServedIndicator",
    "SignedCopy",
    "Submission",
    "Target",
]
