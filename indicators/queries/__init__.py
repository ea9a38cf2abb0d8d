"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.addends import NO_ANSWER, Addend, addends, addends_of
from indicators.queries.cuts import Cut, Structure, counted, owed
from indicators.queries.definitions import Defined, asked_of, definitions, goal_for
from indicators.queries.heading import Heading, heading
from indicators.queries.inheritance import Inheritance, inheritance, told_of_heirs
from indicators.queries.question import Question, Sheet, Subject
from indicators.queries.record import Record, records
from indicators.queries.results import Outcome, Part, Result, Yearly
from indicators.queries.sheet import asked, questions, sheet
from indicators.queries.submissions import (
    Coverage,
    Told,
    coverage,
    told_of_ended,
    words,
)
from indicators.queries.totals import scorecard
from indicators.queries.unusual import EXTRA

__all__ = [
    "EXTRA",
    "NO_ANSWER",
    "Addend",
    "Coverage",
    "Cut",
    "Defined",
    "Heading",
    "Inheritance",
    "Outcome",
    "Part",
    "Question",
    "Record",
    "Result",
    "Sheet",
    "Structure",
    "Subject",
    "Told",
    "Yearly",
    "addends",
    "addends_of",
    "asked",
    "asked_of",
    "counted",
    "coverage",
    "definitions",
    "goal_for",
    "heading",
    "inheritance",
    "owed",
    "questions",
    "records",
    "scorecard",
    "sheet",
    "told_of_ended",
    "told_of_heirs",
    "words",
]
