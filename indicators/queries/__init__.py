"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.addends import NO_ANSWER, Addend, addends, addends_of
from indicators.queries.cuts import Cut, Structure, counted, owed
from indicators.queries.definitions import Defined, asked_of, definitions, goal_for
from indicators.queries.differences import Difference, Effect, differences
from indicators.queries.heading import Heading, heading
from indicators.queries.inheritance import Inheritance, inheritance, told_of_heirs
from indicators.queries.objected import open_objections, settled_objections
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
from indicators.queries.versions import Version, versions_of

__all__ = [
    "EXTRA",
    "NO_ANSWER",
    "Addend",
    "Coverage",
    "Cut",
    "Defined",
    "Difference",
    "Effect",
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
    "Version",
    "Yearly",
    "addends",
    "addends_of",
    "asked",
    "asked_of",
    "counted",
    "coverage",
    "definitions",
    "differences",
    "goal_for",
    "heading",
    "inheritance",
    "open_objections",
    "owed",
    "questions",
    "records",
    "scorecard",
    "settled_objections",
    "sheet",
    "told_of_ended",
    "told_of_heirs",
    "versions_of",
    "words",
]
