"""Gradings to be read: the criteria of one side by side, and what it settles elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from indicators.grading import Criterion, Group, Judgement, KnockOut
from indicators.grading.steps import GradingState
from indicators.kinds.share_of_unions_rated import ShareOfUnionsRated
from indicators.models import (
    Audience,
    Grading,
    GradingEvidence,
    Indicator,
    Submission,
)
from indicators.queries.question import File
from unions.prepared import Prepared
from unions.quantities import NOTHING, Quantity
from unions.queries import in_vietnamese_order
from unions.scoping import Node

WHOSE = ("own", "cluster", "verified")


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion with the points of each side and what was said and sent with them."""

    criterion: Criterion
    own: str
    cluster: str
    verified: str
    remark: str
    desk_remark: str
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class Part:
    """A group with its rows."""

    group: Group
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Ticked:
    """A knock-out, and which sides found it to be met."""

    knock_out: KnockOut
    own: bool
    cluster: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class GradingPage:
    """Everything that a page shows of one grading."""

    grading: Grading
    parts: Sequence[Part]
    ticked: Sequence[Ticked]
    own: Judgement | None
    cluster: Judgement | None
    verified: Judgement | None

    @property
    def most(self) -> str:
        """The most points of the whole sheet, as they are written."""
        return str(Quantity(self.grading.sheet.criteria.most))

    @property
    def told_least(self) -> str:
        """From how many points on each level is given, best first."""
        criteria = self.grading.sheet.criteria
        levels = [
            f"{criteria.scale.grade(code).label} từ {Quantity(least)}"
            for code, least in criteria.least
        ]
        return "; ".join([*levels, f"{criteria.scale.grades[-1].label}: dưới mức trên"])


def grading_page(grading: Grading) -> GradingPage:
    """The grading with its files. One statement."""
    files = files_of(grading)
    criteria = grading.sheet.criteria
    sides = {whose: grading.judgement(whose) for whose in WHOSE}
    met = {whose: set(found.knocked) if found else set() for whose, found in sides.items()}
    return GradingPage(
        grading,
        [
            Part(group, [_row(grading, one, files.get(one.code, [])) for one in group.criteria])
            for group in criteria.groups
        ],
        [Ticked(one, *(one in met[whose] for whose in WHOSE)) for one in criteria.knock_outs],
        sides["own"],
        sides["cluster"],
        sides["verified"],
    )


def files_of(grading: Grading) -> dict[str, list[File]]:
    """The files of each criterion, by its code. One statement."""
    found: defaultdict[str, list[File]] = defaultdict(list)
    kept = ("file", "file__name", "file__content_type", "file__size")
    rows = GradingEvidence.objects.filter(grading=grading)
    for criterion, *file in rows.values_list("criterion", *kept):
        found[criterion].append(File(*file))
    return dict(found)


def rated_indicators(submission: Submission, scale: str) -> list[Indicator]:
    """The indicators of a submission that the level on this scale answers. One statement."""
    rows = Indicator.objects.filter(
        programme=submission.period.programme_id,
        kind=ShareOfUnionsRated.code,
        audience=submission.audience,
        dropped=False,
        shares_answer=False,
    )
    return [one for one in rows if one.rule.definition.scale.code == scale]


def recognised(node: Node, programme: int, year: int) -> list[Grading]:
    """The results beneath a union that decisions recognised for a year, by number and name.

    One statement.
    """
    rows = Grading.objects.filter(
        state=GradingState.DECIDED,
        submission__in=Submission.objects.under(node),
        submission__period__programme=programme,
        submission__period__year=year,
    ).select_related(*Grading.reads_with, "decision")
    name = in_vietnamese_order("submission__placement__name")
    return list(rows.order_by("decision__signed_on", "decision__number", name, "pk"))


def unrecognised(node: Node, programme: int, year: int) -> tuple[int, int]:
    """How many unions beneath wait for a level, and how many cannot be graded (chưa xếp loại).

    One statement.
    """
    rows = Submission.objects.under(node).filter(
        period__programme=programme, period__year=year, audience=Audience.GRASSROOTS, closing=False
    )
    open_ones = Q(gradable=True) & ~Q(grading__state=GradingState.DECIDED)
    waits = Count("pk", filter=open_ones | Q(gradable=True, grading=None))
    counted = rows.aggregate(waits=waits, young=Count("pk", filter=Q(gradable=False)))
    return counted["waits"], counted["young"]


def decided_level(submission: Submission, indicator: Indicator) -> str:
    """The level that a decision settled for this indicator; empty if none did.

    Statements as of `decided_grading`.
    """
    grading = decided_grading(submission, indicator)
    return grading.level if grading else ""


def decided_grading(submission: Submission, indicator: Indicator) -> Grading | None:
    """The result, with its decision, that settles the answer to this indicator; None without one.

    One statement, and none for an indicator of another kind.
    """
    if indicator.kind != ShareOfUnionsRated.code:
        return None
    grading = next(iter(_DECIDED(submission.pk)), None)
    if grading is None or grading.sheet.criteria.scale != indicator.rule.definition.scale:
        return None
    return grading


_DECIDED = Prepared(
    lambda submission: Grading.objects.filter(
        submission=submission, state=GradingState.DECIDED
    ).select_related("sheet", "decision"),
    int,
)


def _row(grading: Grading, one: Criterion, files: Sequence[File]) -> Row:
    code = one.code
    return Row(
        one,
        own=_points(grading.own, code),
        cluster=_points(grading.cluster, code),
        verified=_points(grading.verified, code),
        remark=grading.own.get("remarks", {}).get(code, ""),
        desk_remark=grading.verified.get("remarks", {}).get(code, ""),
        files=files,
    )


def _points(stored: dict[str, dict[str, str]], code: str) -> str:
    given = stored.get("points", {}).get(code)
    return NOTHING if given is None else str(Quantity(Decimal(given)))
