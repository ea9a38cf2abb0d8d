"""Plain: what the points of a union come to: their sum, the knock-outs met, the level."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.grades import Grade
from indicators.grading.criteria import PLACES, Criteria, KnockOut
from unions.errors import RuleBroken
from unions.quantities import Quantity

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Score:
    """Points by the code of the criterion, and the codes of the knock-outs ticked."""

    points: Mapping[str, Decimal] = field(default_factory=dict)
    knocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The points, the level that they bring, and the level once knock-outs are counted."""

    total: Decimal
    by_points: Grade
    grade: Grade
    knocked: tuple[KnockOut, ...]
    # how those are met that hold it at a lower level than its points, in words
    held_by: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The sum, as it is written."""
        return f"{Quantity(self.total, exact=True)} điểm"

    @property
    def why_lower(self) -> str:
        """Why the level is lower than the points; empty where it is not."""
        return f"vì có điểm liệt: {'; '.join(self.held_by)}" if self.held_by else ""

    @property
    def told_level(self) -> str:
        """The level, with why it is lower than the points."""
        return f"{self.grade.label} ({self.why_lower})" if self.held_by else self.grade.label


def judged(criteria: Criteria, score: Score) -> Judgement:
    """What a score comes to; a criterion without points brings none.

    Points alone do not decide: a knock-out holds the union at its level (HD 1931/HD-TLĐ: no
    criterion below half of its points, whatever the sum).
    """
    total = sum((score.points.get(one.code, Decimal(0)) for one in criteria.each()), Decimal(0))
    first = criteria.by_points(total)
    met = {one: how for one in criteria.knock_outs if (how := _how_met(criteria, score, one))}
    caps = {one: criteria.scale.grade(one.at_most) for one in met}
    level = min([first, *caps.values()], key=lambda grade: grade.rank)
    held_by = tuple(how for one, how in met.items() if caps[one].rank < first.rank)
    return Judgement(total, first, level, tuple(met), held_by)


def missing(criteria: Criteria, score: Score) -> list[str]:
    """Codes of the criteria without points, in order; zero is points."""
    return [one.code for one in criteria.each() if one.code not in score.points]


def check(criteria: Criteria, score: Score) -> None:
    """Raise RuleBroken for points that there cannot be, and for what the sheet does not ask."""
    most = {one.code: one.most for one in criteria.each()}
    for code, given in score.points.items():
        if code not in most:
            raise RuleBroken(f"Mẫu phiếu không có tiêu chí {code}. Hãy mở lại trang rồi chấm.")
        if not 0 <= given <= most[code] or given != round(given, PLACES):
            raise RuleBroken(
                f"Điểm tiêu chí {code} phải từ 0 đến {Quantity(most[code])}, nhiều nhất {PLACES}"
                f" chữ số thập phân; đã nhập {Quantity(given, exact=True)}.",
                about=code,
            )
    if unknown := score.knocked - {one.code for one in criteria.ticked}:
        raise RuleBroken(f"Mẫu phiếu không có điểm liệt {', '.join(sorted(unknown))}.")


def _how_met(criteria: Criteria, score: Score, one: KnockOut) -> str:
    """How a knock-out is met, in words; empty if it is not."""
    if one.below is None:
        return one.text if one.code in score.knocked else ""
    low = [
        criterion.code
        for group in criteria.groups
        if not group.bonus
        for criterion in group.criteria
        if score.points.get(criterion.code, Decimal(0)) * _PERCENT < one.below * criterion.most
    ]
    return f"tiêu chí {', '.join(low)} dưới {one.below}%" if low else ""
