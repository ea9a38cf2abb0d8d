"""The provincial desk for programmes as a whole, their periods, and the work of a union."""

from indicators.admin.assignments import AssignmentAdmin
from indicators.admin.bulk import BulkActAdmin
from indicators.admin.documents import ProgrammeDocumentAdmin
from indicators.admin.grading_sheets import GradingSheetAdmin
from indicators.admin.gradings import GradingAdmin
from indicators.admin.gradings_decided import GradingDecisionAdmin
from indicators.admin.indicators import IndicatorAdmin
from indicators.admin.periods import PeriodAdmin
from indicators.admin.programmes import ProgrammeAdmin
from indicators.admin.revenues import RevenueAdmin
from indicators.admin.submissions import SubmissionAdmin
from indicators.admin.unions import UnionAdmin

__all__ = [
    "AssignmentAdmin",
    "BulkActAdmin",
    "GradingAdmin",
    "GradingDecisionAdmin",
    "GradingSheetAdmin",
    "IndicatorAdmin",
    "PeriodAdmin",
    "ProgrammeAdmin",
    "ProgrammeDocumentAdmin",
    "RevenueAdmin",
    "SubmissionAdmin",
    "UnionAdmin",
]
