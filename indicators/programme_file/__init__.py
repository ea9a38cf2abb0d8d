"""Plain: a programme's TOML into dataclasses and back."""

from indicators.programme_file.assignments import adds_up, amount_fault, unequal_sums, versions
from indicators.programme_file.kind_rules import ONLY_A_MINIMUM
from indicators.programme_file.parsing import parse
from indicators.programme_file.specs import (
    AUDIENCES,
    DENOMINATORS,
    HORIZONS,
    OPERATORS,
    TYPES,
    YEARS,
    ActionSpec,
    AssignmentSpec,
    BreakthroughSpec,
    DutySpec,
    ExtraSpec,
    IndicatorSpec,
    Kinds,
    LeastSpec,
    ProgrammeFileError,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
    TaskGroupSpec,
)
from indicators.programme_file.writing import write

__all__ = [
    "AUDIENCES",
    "DENOMINATORS",
    "HORIZONS",
    "ONLY_A_MINIMUM",
    "OPERATORS",
    "TYPES",
    "YEARS",
    "ActionSpec",
    "AssignmentSpec",
    "BreakthroughSpec",
    "DutySpec",
    "ExtraSpec",
    "IndicatorSpec",
    "Kinds",
    "LeastSpec",
    "ProgrammeFileError",
    "ProgrammeSpec",
    "SignerSpec",
    "TargetSpec",
    "TaskGroupSpec",
    "adds_up",
    "amount_fault",
    "parse",
    "unequal_sums",
    "versions",
    "write",
]
