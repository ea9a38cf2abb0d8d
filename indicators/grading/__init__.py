"""Plain: how a union is graded by points: sheets of criteria, and what points come to."""

from indicators.grading.criteria import Criteria, Criterion, Group, KnockOut
from indicators.grading.parsing import SheetSpec, criteria_of, parse, plain
from indicators.grading.rules import Judgement, Score, judged

__all__ = [
    "Criteria",
    "Criterion",
    "Group",
    "Judgement",
    "KnockOut",
    "Score",
    "SheetSpec",
    "criteria_of",
    "judged",
    "parse",
    "plain",
]
