"""What a programme file says, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from indicators.aggregation import Operator, Years
from unions.errors import RuleBroken
from unions.quantities import Style

AUDIENCES = ("grassroots", "province")
HORIZONS = ("annual", "term", "by_year", "unspecified")
YEARS = ("last", "mean", "sum", "pooled", "all_met")
# as unions.models.UnionType has them; this file is read without a database
TYPES = (
    "agency",
    "public_service_full",
    "public_service_partial",
    "state_enterprise",
    "non_state",
    "non_public",
)
DENOMINATORS = ("in_place", "reported", "gradable", "own")
COUNTING_DENOMINATORS = ("in_place", "gradable")
# as unions.models.People has them
HEADCOUNTS = ("members", "female", "workers", "committee")
# as indicators.models.CountedFrom has them
COUNTED_FROM = ("dissemination",)
OPERATORS = {
    ">=": ("low",),
    ">": ("low",),
    "<=": ("high",),
    "=": ("low",),
    "range": ("low", "high"),
}


class Traits(Protocol):
    """What a programme file must know of a kind of indicator."""

    style: Style
    counts_unions: bool
    additive: bool
    cumulative: bool
    own_only: bool
    most: Decimal | None
    implied: Decimal | None
    years: Years
    takes: frozenset[str]
    takes_years: frozenset[Years]
    takes_operators: frozenset[Operator]
    least_assigned: int

    def measured_in(self, unit: str) -> bool:
        """True if the unit makes sense."""

    def held_per(self, unit: str) -> int:
        """How many of what is held are one of the unit."""

    def runs_on(self, years: str, *, later: bool) -> bool:
        """True where a year shows everything since the first."""

    def in_words(self, value: Decimal, unit: str, scale: str = "") -> str:
        """A number of the kind with its unit, as offices write it."""

    def assigned_in(self, unit: str) -> str:
        """What assigned amounts are counted in."""

    def question_names(self, *, threshold: bool) -> list[str]:
        """What an indicator may word anew, with a threshold or without."""


Kinds = Mapping[str, Traits]


class ProgrammeFileError(RuleBroken):
    """A programme file cannot be used: the line, the field, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class SignerSpec:
    """Who signed: "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", the name."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing to do (nhiệm vụ, giải pháp); `text` is the full wording, or empty."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroupSpec:
    """A group of actions (nhóm nhiệm vụ)."""

    number: int
    title: str
    actions: tuple[ActionSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakthroughSpec:
    """A breakthrough (khâu đột phá)."""

    number: int
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DutySpec:
    """What one level has to do to carry the programme out."""

    level: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraSpec:
    """A number asked beside the indicator, without a target of its own."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """A target (mức phấn đấu): shares as fractions, grades as ranks, money in đồng.

    Without a year it holds in every year; a `group` is of the unions of its `types` alone.
    """

    operator: str
    low: Decimal | None = None
    high: Decimal | None = None
    year: int | None = None
    group: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeastSpec:
    """A number that is asked, and from which on a union counts: 15.000 đồng, 25 workers."""

    asks: str
    least: int


@dataclass(frozen=True, slots=True)
class AssignmentSpec:
    """What one union is to bring in a year (số giao), with the decision; `line` of the file.

    Of several for one union and year the one decided last is in force.
    """

    union: str
    year: int
    amount: Decimal
    decision_number: str = ""
    decided_on: date | None = None
    line: int = field(default=0, compare=False)

    @property
    def union_code(self) -> str:
        """The code as unions have it, however it was typed."""
        return self.union.strip().upper()


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """An indicator (chỉ tiêu): `text` as the document words it, `question` as a chair is asked.

    `years` says how years are put together; empty, as its kind does. `parent` is the code of the
    indicator that it is a part of (trong đó), `headcount` whose number the denominator starts from,
    `counted_from` where the numerator can be taken from, `line` where it stands in the file.
    """

    code: str
    name: str
    text: str
    question: str
    kind: str
    audience: str
    horizon: str
    unit: str
    denominator: str
    not_arising: bool = False
    extras: tuple[ExtraSpec, ...] = ()
    targets: tuple[TargetSpec, ...] = ()
    due_year: int | None = None
    years: str = ""
    parent: str = ""
    shares_answer: bool = False
    condition: str = ""
    basis: LeastSpec | None = None
    threshold: LeastSpec | None = None
    labels: tuple[tuple[str, str], ...] = ()
    scale: str = ""
    grade: str = ""
    jump: Decimal | None = None
    headcount: str = ""
    counted_from: str = ""
    assignments: tuple[AssignmentSpec, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ProgrammeSpec:
    """A whole programme. `number_proposed` is the proper form of a misspelt number, else empty.

    `opening` is the sentence that leads over from the legal bases to the first part, `closing`
    the paragraph between the last part and the signature; both may be empty.
    """

    title: str
    subject: str
    number: str
    number_proposed: str
    issued_on: date
    place: str
    issuer: str
    parent_body: str
    term_from: int
    term_to: int
    reporting_years: tuple[int, ...]
    legal_bases: tuple[str, ...]
    purposes: tuple[str, ...]
    objectives: tuple[str, ...]
    indicators: tuple[IndicatorSpec, ...]
    breakthroughs: tuple[BreakthroughSpec, ...]
    task_groups: tuple[TaskGroupSpec, ...]
    duties: tuple[DutySpec, ...]
    recipients: tuple[str, ...]
    signer: SignerSpec
    opening: str = ""
    closing: str = ""
    # where the reporting years stand in the file
    years_line: int = field(default=0, compare=False)
    # what a person should look at though the file can be used, each with its line
    warnings: tuple[str, ...] = field(default=(), compare=False)
