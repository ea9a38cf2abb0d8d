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

    @property
    def told(self) -> str:
        """The sum, as it is written."""
        return f"{Quantity(self.total, exact=True)} điểm"


def judged(criteria: Criteria, score: Score) -> Judgement:
    """What a score comes to; a criterion without points brings none.

    Points alone do not decide: a knock-out holds the union at its level (HD 1931/HD-TLĐ: no
    criterion below half of its points, whatever the sum).
    """
    total = sum((score.points.get(one.code, Decimal(0)) for one in criteria.each()), Decimal(0))
    first = criteria.by_points(total)
    met = tuple(one for one in criteria.knock_outs if _is_met(criteria, score, one))
    caps = (criteria.scale.grade(one.at_most) for one in met)
    return Judgement(total, first, min([first, *caps], key=lambda grade: grade.rank), met)


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


def _is_met(criteria: Criteria, score: Score, one: KnockOut) -> bool:
    if one.below is None:
        return one.code in score.knocked
    return any(
        score.points.get(criterion.code, Decimal(0)) * _PERCENT < one.below * criterion.most
        for group in criteria.groups
        if not group.bonus
        for criterion in group.criteria
    )
