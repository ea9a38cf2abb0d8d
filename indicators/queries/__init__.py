"""Reads of submissions and totals, each with a stated number of statements."""

from indicators.queries.addends import NO_ANSWER, Addend, addends, addends_of
from indicators.queries.alone import AskedAlone, ToldAlone, asked_alone, told_alone
from indicators.queries.cuts import Cut, Structure, counted, owed
from indicators.queries.definitions import Defined, asked_of, definitions, goal_for
from indicators.queries.differences import Difference, Effect, differences
from indicators.queries.estimates import made_final
from indicators.queries.heading import Heading, heading, level_told
from indicators.queries.inheritance import Inheritance, inheritance, told_of_heirs
from indicators.queries.objected import (
    correction_requests,
    objections_told,
    open_objections,
    settled_objections,
)
from indicators.queries.off_plan import off_plan, told_off_plan
from indicators.queries.presence import Other, others
from indicators.queries.question import Question, Sheet, Subject
from indicators.queries.record import Record, records
from indicators.queries.results import Outcome, Part, Result, Yearly
from indicators.queries.sheet import asked, questions, sheet, sheet_with_versions, with_versions
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
from indicators.queries.versions import Version, versions_of

__all__ = [
    "EXTRA",
    "NO_ANSWER",
    "Addend",
    "AskedAlone",
    "Coverage",
    "Cut",
    "Defined",
    "Difference",
    "Effect",
    "Heading",
    "Inheritance",
    "Other",
    "Outcome",
    "Part",
    "Question",
    "Record",
    "Result",
    "Sheet",
    "Structure",
    "Subject",
    "Told",
    "ToldAlone",
    "Unasked",
    "Version",
    "Yearly",
    "addends",
    "addends_of",
    "asked",
    "asked_alone",
    "asked_of",
    "correction_requests",
    "counted",
    "coverage",
    "definitions",
    "differences",
    "goal_for",
    "heading",
    "inheritance",
    "level_told",
    "made_final",
    "objections_told",
    "off_plan",
    "open_objections",
    "others",
    "owed",
    "questions",
    "records",
    "scorecard",
    "settled_objections",
    "sheet",
    "sheet_with_versions",
    "told_alone",
    "told_of_ended",
    "told_of_heirs",
    "told_of_unasked",
    "told_off_plan",
    "unasked",
    "versions_of",
    "why_not_asked",
    "with_versions",
    "words",
]
