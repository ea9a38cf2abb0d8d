"""The rows of this app, by their public names."""

from indicators.models.document import ProgrammeDocument
from indicators.models.figure import Answer, Figure, Narrative
from indicators.models.indicator import Audience, Denominator, Horizon, Indicator
from indicators.models.submission import Submission
from indicators.models.target import Assignment, Target

__all__ = [
    "Answer",
    "Assignment",
    "Audience",
    "Denominator",
    "Figure",
    "Horizon",
    "Indicator",
    "Narrative",
    "ProgrammeDocument",
    "Submission",
    "Target",
]
