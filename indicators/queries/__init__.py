"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.addends import NO_ANSWER, Addend, addends, addends_of
from indicators.queries.cuts import Cut, Structure, counted, owed
from indicators.queries.definitions import Defined, asked_of, definitions, goal_for
from indicators.queries.inheritance import Inheritance, inheritance, told_of_heirs
from indicators.queries.off_plan import off_plan, told_off_plan
from indicators.queries.record import Record, records
from indicators.queries.results import Outcome, Part, Result, Yearly
from indicators.queries.sheet import (
    Heading,
    Question,
    Sheet,
    Subject,
    asked,
    heading,
    questions,
    sheet,
)
from indicators.queries.submissions import (
    Coverage,
    Told,
    coverage,
    told_of_ended,
    words,
)
from indicators.queries.totals import scorecard
from indicators.queries.unasked import Unasked, told_of_unasked, unasked, why_not_asked
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
    "Unasked",
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
    "off_plan",
    "owed",
    "questions",
    "records",
    "scorecard",
    "sheet",
    "told_of_ended",
    "told_of_heirs",
    "told_of_unasked",
    "told_off_plan",
    "unasked",
    "why_not_asked",
    "words",
]
