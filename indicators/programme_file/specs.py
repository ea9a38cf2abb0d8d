"""What a programme file says, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from unions.errors import RuleBroken

SHARE_KINDS = ("share_of_people", "share_of_unions", "share_of_unions_rated")
GRADED_KINDS = ("own_grade",)
KINDS = (*SHARE_KINDS, *GRADED_KINDS, "average_per_union", "plan_fulfilment")
# known not to count unions: no silent union can stand in the denominator of these
PLAIN_KINDS = ("share_of_people", *GRADED_KINDS, "plan_fulfilment")
AUDIENCES = ("grassroots", "province")
HORIZONS = ("annual", "term")
DENOMINATORS = ("in_place", "reported", "gradable", "own")
COUNTING_DENOMINATORS = ("in_place", "gradable")
OPERATORS = {
    ">=": ("low",),
    ">": ("low",),
    "<=": ("high",),
    "=": ("low",),
    "range": ("low", "high"),
}


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
    """A target (mức phấn đấu): shares as fractions, grades as ranks, money in đồng."""

    operator: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """An indicator (chỉ tiêu): `text` as the document words it, `question` as a chair is asked."""

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
