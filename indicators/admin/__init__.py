"""The provincial desk for programmes as a whole, indicators, periods and submissions."""

from indicators.admin.documents import ProgrammeDocumentAdmin
from indicators.admin.indicators import IndicatorAdmin
from indicators.admin.periods import PeriodAdmin
from indicators.admin.programmes import ProgrammeAdmin
from indicators.admin.submissions import SubmissionAdmin

__all__ = [
    "IndicatorAdmin",
    "PeriodAdmin",
    "ProgrammeAdmin",
    "ProgrammeDocumentAdmin",
    "SubmissionAdmin",
]
