"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.sheet import EXTRA, Question, Sheet, Subject, sheet
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
)

__all__ = [
    "EXTRA",
    "NO_ANSWER",
    "Addend",
    "Coverage",
    "Question",
    "Result",
    "Sheet",
    "Subject",
    "Told",
    "addends",
    "coverage",
    "goal_of",
    "indicators_of",
    "owed",
    "scorecard",
    "sheet",
    "unanswered",
    "untold",
    "words",
]
