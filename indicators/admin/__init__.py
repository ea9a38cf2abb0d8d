"""The provincial desk for programmes as a whole, their periods, and the work of a union."""

from indicators.admin.bulk import BulkActAdmin
from indicators.admin.documents import ProgrammeDocumentAdmin
from indicators.admin.indicators import IndicatorAdmin
from indicators.admin.periods import PeriodAdmin
from indicators.admin.programmes import ProgrammeAdmin
from indicators.admin.submissions import SubmissionAdmin
from indicators.admin.unions import UnionAdmin

__all__ = [
    "BulkActAdmin",
    "IndicatorAdmin",
    "PeriodAdmin",
    "ProgrammeAdmin",
    "ProgrammeDocumentAdmin",
    "SubmissionAdmin",
    "UnionAdmin",
]
