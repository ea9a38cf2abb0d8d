"""Plain: how a union is graded by points: sheets of criteria, and what points come to."""

from pathlib import Path

from indicators.grading.criteria import Criteria, Criterion, Group, KnockOut
from indicators.grading.parsing import LARGEST, SheetSpec, criteria_of, parse, plain
from indicators.grading.rules import Judgement, Score, judged

# the sheet that is shipped, for a province to look through and edit
EXAMPLE = Path(__file__).with_name("vi-du-hd-1294.toml")

__all__ = [
    "EXAMPLE",
    "LARGEST",
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
