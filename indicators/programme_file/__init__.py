"""Plain: a programme's TOML into dataclasses and back."""

from indicators.programme_file.parsing import parse
from indicators.programme_file.specs import (
    AUDIENCES,
    DENOMINATORS,
    GRADED_KINDS,
    HORIZONS,
    KINDS,
    OPERATORS,
    PLAIN_KINDS,
    SHARE_KINDS,
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    ExtraSpec,
    IndicatorSpec,
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
    "GRADED_KINDS",
    "HORIZONS",
    "KINDS",
    "OPERATORS",
    "PLAIN_KINDS",
    "SHARE_KINDS",
    "ActionSpec",
    "BreakthroughSpec",
    "DutySpec",
    "ExtraSpec",
    "IndicatorSpec",
    "ProgrammeFileError",
    "ProgrammeSpec",
    "SignerSpec",
    "TargetSpec",
    "TaskGroupSpec",
    "parse",
    "write",
]
