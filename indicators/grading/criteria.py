"""Plain: the criteria of a grading sheet: groups, points, knock-outs, and the points of a level."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.grades import SCALES, Grade, Scale
from unions.errors import RuleBroken
from unions.quantities import Quantity

# what one criterion can bring at most, and how exactly points are given
MOST = Decimal(1000)
PLACES = 2
_LONG = 500
_CODE = 20


@dataclass(frozen=True, slots=True)
class Criterion:
    """Tiêu chí: what is judged, and the most points that it brings."""

    code: str
    text: str
    most: Decimal

    @property
    def told_most(self) -> str:
        """The most points, as they are written."""
        return str(Quantity(self.most))


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm tiêu chí; one of bonus points (điểm thưởng) is no reason to be knocked out."""

    code: str
    name: str
    criteria: tuple[Criterion, ...]
    bonus: bool = False

    @property
    def most(self) -> Decimal:
        """The most points that the group brings."""
        return sum((one.most for one in self.criteria), Decimal(0))

    @property
    def told_most(self) -> str:
        """The same as it is written."""
        return str(Quantity(self.most))


@dataclass(frozen=True, slots=True)
class KnockOut:
    """Điểm liệt: what holds a union at a level, whatever its points are.

    It is ticked by a person, unless it holds by itself for whoever has a criterion with less than
    `below` percent of its points.
    """

    code: str
    text: str
    at_most: str
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Criteria:
    """All that decides: groups, knock-outs, and the least points of each level but the lowest."""

    groups: tuple[Group, ...]
    knock_outs: tuple[KnockOut, ...]
    least: tuple[tuple[str, Decimal], ...]
    scale_code: str

    @property
    def scale(self) -> Scale:
        """The levels that can be given."""
        return SCALES[self.scale_code]

    @property
    def most(self) -> Decimal:
        """The most points that there are, bonus included."""
        return sum((group.most for group in self.groups), Decimal(0))

    @property
    def ticked(self) -> list[KnockOut]:
        """The knock-outs that a person ticks."""
        return [one for one in self.knock_outs if one.below is None]

    def each(self) -> Iterator[Criterion]:
        """Every criterion, in order."""
        return (one for group in self.groups for one in group.criteria)

    def by_points(self, total: Decimal) -> Grade:
        """The level that so many points bring."""
        for code, least in self.least:
            if total >= least:
                return self.scale.grade(code)
        return self.scale.grades[-1]

    def check(self) -> None:
        """Raise RuleBroken, with what to mend, unless the sheet can be graded by."""
        if not any(True for _ in self.each()):
            raise RuleBroken("Mẫu phiếu chưa có tiêu chí nào: hãy thêm ít nhất một tiêu chí.")
        for group in self.groups:
            _check_group(group)
        _check_twins([one.code for one in self.each()], "tiêu chí")
        _check_twins([one.code for one in self.groups], "nhóm")
        _check_twins([one.code for one in self.knock_outs], "điểm liệt")
        for one in self.knock_outs:
            _check_knock_out(one, self.scale)
        _check_least(self)


def _check_group(group: Group) -> None:
    _check_text(f"Nhóm {group.code}", group.name)
    if not group.criteria:
        raise RuleBroken(f"Nhóm {group.code} chưa có tiêu chí: hãy thêm tiêu chí hoặc bỏ nhóm.")
    for one in group.criteria:
        _check_text(f"Tiêu chí {one.code}", one.text)
        if not 0 < one.most <= MOST or one.most != round(one.most, PLACES):
            raise RuleBroken(
                f"Tiêu chí {one.code}: điểm tối đa phải lớn hơn 0, không quá {MOST} và có nhiều"
                f" nhất {PLACES} chữ số thập phân."
            )


def _check_text(named: str, text: str) -> None:
    if not text or len(text) > _LONG:
        raise RuleBroken(f"{named}: cần ghi nội dung, không quá {_LONG} chữ.")


def _check_twins(codes: list[str], of: str) -> None:
    for code in codes:
        if not 0 < len(code) <= _CODE or codes.count(code) > 1:
            raise RuleBroken(
                f"Ký hiệu {of} “{code}” bị trống, trùng hoặc quá {_CODE} chữ: mỗi ký hiệu dùng một"
                " lần."
            )


def _check_knock_out(one: KnockOut, scale: Scale) -> None:
    _check_text(f"Điểm liệt {one.code}", one.text)
    if one.at_most not in {grade.code for grade in scale.grades[1:]}:
        raise RuleBroken(f"Điểm liệt {one.code}: hãy chọn mức cao nhất còn được xếp.")
    if one.below is not None and not 0 < one.below <= 100:  # noqa: PLR2004 - percent
        raise RuleBroken(f"Điểm liệt {one.code}: tỷ lệ điểm phải từ 1 đến 100%.")


def _check_least(criteria: Criteria) -> None:
    levels = [grade.code for grade in criteria.scale.grades[:-1]]
    if [code for code, _ in criteria.least] != levels:
        raise RuleBroken("Cần ghi số điểm tối thiểu của từng mức, trừ mức thấp nhất.")
    above = criteria.most
    for code, least in criteria.least:
        if not 0 < least <= above:
            label = criteria.scale.grade(code).label
            raise RuleBroken(
                f"Điểm tối thiểu của mức “{label}” phải lớn hơn 0 và không quá mức trên nó hoặc"
                f" tổng điểm của phiếu ({above.normalize():f})."
            )
        above = least
