"""Plain: a grading sheet from and to plain values: the tables of a TOML file, and of a row."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from indicators.grades import SCALES
from indicators.grading.criteria import Criteria, Criterion, Group, KnockOut
from unions.errors import RuleBroken
from unions.vietnamese import tidy, trimmed

# bytes of a file; no sheet is longer
LARGEST = 500_000
_FIELDS = {"code", "name", "basis", "types", "first_year", "last_year", "scale"}
_TABLES = {"groups", "knock_outs", "least"}


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """What a file says of a sheet; `types` are the types of unions, none of them means all."""

    code: str
    name: str
    basis: str
    types: tuple[str, ...]
    first_year: int
    last_year: int | None
    criteria: Criteria


def parse(source: bytes) -> SheetSpec:
    """The sheet of a TOML file; RuleBroken says in a sentence what is wrong with it."""
    if len(source) > LARGEST:
        raise RuleBroken("Tệp lớn hơn 500 KB, không phải một mẫu phiếu. Hãy chọn đúng tệp.")
    try:
        table = tomllib.loads(source.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidOperation) as problem:
        raise RuleBroken(f"Tệp không phải TOML viết bằng UTF-8: {problem}.") from problem
    if unknown := set(table) - _FIELDS - _TABLES:
        raise RuleBroken(f"Mẫu phiếu không có mục “{'”, “'.join(sorted(unknown))}”.")
    criteria = criteria_of(table)
    criteria.check()
    last = table.get("last_year")
    return SheetSpec(
        code=_text(table, "code"),
        name=_text(table, "name"),
        basis=trimmed(str(table.get("basis", ""))),
        types=tuple(str(one) for one in _list(table, "types")),
        first_year=_year(table, "first_year"),
        last_year=None if last is None else _year(table, "last_year"),
        criteria=criteria,
    )


def criteria_of(table: Mapping[str, Any]) -> Criteria:
    """The criteria that plain values describe; see `plain`. RuleBroken where they cannot be read.

    It does not say whether they can be graded by: that is `Criteria.check`.
    """
    scale = str(table.get("scale", ""))
    if scale not in SCALES:
        raise RuleBroken(f"Thang xếp loại (scale) phải là một trong: {', '.join(SCALES)}.")
    least = _table(table, "least")
    levels = [grade.code for grade in SCALES[scale].grades[:-1]]
    return Criteria(
        groups=tuple(_group(one) for one in _tables(table, "groups")),
        knock_outs=tuple(_knock_out(one) for one in _tables(table, "knock_outs")),
        least=tuple((code, _points(least, code)) for code in levels if code in least),
        scale_code=scale,
    )


def plain(criteria: Criteria) -> dict[str, Any]:
    """The same as values that JSON keeps exactly; `criteria_of` reads them again."""
    return {
        "scale": criteria.scale_code,
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "bonus": group.bonus,
                "criteria": [
                    {"code": one.code, "text": one.text, "most": str(one.most)}
                    for one in group.criteria
                ],
            }
            for group in criteria.groups
        ],
        "knock_outs": [
            {"code": one.code, "text": one.text, "at_most": one.at_most}
            | ({} if one.below is None else {"below": one.below})
            for one in criteria.knock_outs
        ],
        "least": {code: str(points) for code, points in criteria.least},
    }


def _group(table: Mapping[str, Any]) -> Group:
    return Group(
        _text(table, "code"),
        _text(table, "name"),
        tuple(
            Criterion(_text(one, "code"), _text(one, "text"), _points(one, "most"))
            for one in _tables(table, "criteria")
        ),
        table.get("bonus", False) is True,
    )


def _knock_out(table: Mapping[str, Any]) -> KnockOut:
    below = table.get("below")
    if below is not None and (not isinstance(below, int) or isinstance(below, bool)):
        raise RuleBroken("Tỷ lệ điểm của điểm liệt (below) phải là số nguyên phần trăm.")
    return KnockOut(_text(table, "code"), _text(table, "text"), _text(table, "at_most"), below)


def _text(table: Mapping[str, Any], name: str) -> str:
    text = tidy(table[name]) if isinstance(table.get(name), str) else ""
    if not text:
        raise RuleBroken(f"Mẫu phiếu thiếu “{name}”: hãy ghi bằng chữ, trong dấu ngoặc kép.")
    return text


def _year(table: Mapping[str, Any], name: str) -> int:
    year = table.get(name)
    if not isinstance(year, int) or isinstance(year, bool) or not 2000 <= year <= 2100:  # noqa: PLR2004
        raise RuleBroken(f"Năm “{name}” phải là số từ 2000 đến 2100.")
    return year


def _points(table: Mapping[str, Any], name: str) -> Decimal:
    given = table.get(name)
    try:
        if isinstance(given, int | str | Decimal) and not isinstance(given, bool):
            points = Decimal(given)
            if points.is_finite():
                return points
    except InvalidOperation:
        pass
    raise RuleBroken(f"Số điểm “{name}” phải là một số, ví dụ 10 hoặc 7.5.")


def _list(table: Mapping[str, Any], name: str) -> list[Any]:
    found = table.get(name, [])
    if not isinstance(found, list):
        raise RuleBroken(f"Mục “{name}” phải là một danh sách.")
    return found


def _table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise RuleBroken(f"Mục “{name}” phải là một bảng.")
    return found


def _tables(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = _list(table, name)
    if not all(isinstance(one, dict) for one in found):
        raise RuleBroken(f"Mục “{name}” phải là một danh sách các bảng.")
    return found
