"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.sheet import (
    EXTRA,
    Heading,
    Question,
    Sheet,
    Subject,
    asked,
    heading,
    sheet,
)
from indicators.queries.submissions import (
    Coverage,
    Told,
    coverage,
    unanswered,
    untold,
    words,
)
from indicators.queries.totals import (
    NO_ANSWER,
    Addend,
    Result,
    addends,
    goal_of,
    indicators_of,
    owed,
    scorecard,
    scorecards,
)

__all__ = [
    "EXTRA",
    "NO_ANSWER",
    "Addend",
    "Coverage",
    "Heading",
    "Question",
    "Result",
    "Sheet",
    "Subject",
    "Told",
    "addends",
    "asked",
    "coverage",
    "goal_of",
    "heading",
    "indicators_of",
    "owed",
    "scorecard",
    "scorecards",
    "sheet",
    "unanswered",
    "untold",
    "words",
]
