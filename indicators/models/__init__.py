"""The rows of this app, by their public names."""

from indicators.models.document import ProgrammeDocument
from indicators.models.indicator import Audience, Denominator, Horizon, Indicator, Target
from indicators.models.submission import Answer, Figure, Narrative, Submission

__all__ = [
    "Answer",
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
