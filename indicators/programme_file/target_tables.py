"""The targets of an indicator: for which years and unions, within the range of their unit."""

from decimal import Decimal

from indicators.grades import Scale
from indicators.programme_file.assignments import MOST_ASSIGNED
from indicators.programme_file.kind_rules import refuse_aimless
from indicators.programme_file.specs import OPERATORS, TYPES, TargetSpec, Traits
from indicators.programme_file.tables import Table
from unions.quantities import Quantity, Style
from unions.vietnamese import tidy, trimmed

_YEARS = range(1900, 2200)


def read_targets(
    indicator: Table, kind: Traits, scale: Scale, years: tuple[int, ...], unit: str
) -> tuple[TargetSpec, ...]:
    """The targets as they stand, or the one that a kind implies where none is named."""
    tables = indicator.tables("targets", f"{indicator.label}, mức phấn đấu")
    specs = tuple(_target(table, kind, scale, years, unit) for table in tables)
    _refuse_overlaps(tables, specs)
    if not specs and kind.implied is not None:
        return (TargetSpec(">=", kind.implied),)
    return specs


def _target(
    table: Table, kind: Traits, scale: Scale, years: tuple[int, ...], unit: str
) -> TargetSpec:
    operator = table.choice("operator", OPERATORS, ">=")
    bounds = {key: _bound(table, key, kind, scale, unit) for key in ("low", "high")}
    for key, value in bounds.items():
        if (value is not None) != (key in OPERATORS[operator]):
            wanted = " và ".join(f"“{name}”" for name in OPERATORS[operator])
            table.refuse(None if value is None else key, f"với “{operator}” phải có đúng {wanted}")
    group, types = _group(table), table.texts("types")
    spec = TargetSpec(
        operator, **bounds, year=_year(table, years), group=group, types=_types(table, group, types)
    )
    table.finish()
    if not table.draft:
        refuse_aimless(table, spec, kind, top=max(grade.rank for grade in scale.grades))
    return _ordered(table, spec)


def _bound(table: Table, key: str, kind: Traits, scale: Scale, unit: str) -> Decimal | None:
    if not table.holds(key):
        return None
    if kind.style is Style.GRADE:
        levels = [grade.code for grade in scale.grades]
        return Decimal(scale.grade(table.choice(key, levels)).rank)
    most = f"{kind.most}" if kind.most else f"{Quantity(MOST_ASSIGNED)} {kind.assigned_in(unit)}"
    value = table.decimal(key, most)
    if value is not None and kind.most is not None and value > kind.most:
        hint = "; tỷ lệ 85% phải ghi là 0.85" if kind.style is Style.PERCENT else ""
        table.refuse(key, f"có “{key}” lớn hơn {kind.most}{hint}")
    return value


def _year(table: Table, years: tuple[int, ...]) -> int | None:
    if not table.holds("year"):
        return None
    year = table.whole("year", _YEARS)
    if year not in years:
        table.refuse("year", f"đặt cho năm {year}, không phải một năm báo cáo của chương trình")
    return year


def _group(table: Table) -> str:
    """The name of a group of unions, tidied: two that look the same are the same."""
    typed = table.text("group", "", most=100)
    if typed and not trimmed(typed):
        table.refuse("group", "để trống tên nhóm trong “group”; hãy ghi tên hoặc bỏ trường này")
    return tidy(typed)


def _types(table: Table, group: str, types: tuple[str, ...]) -> tuple[str, ...]:
    """Types of unions, known ones; they and the name of their group go together."""
    for name in types:
        if name not in TYPES:
            table.refuse("types", f"có loại hình “{name}”, phải là một trong: {', '.join(TYPES)}")
    if len(set(types)) < len(types):
        table.refuse("types", "ghi một loại hình hai lần")
    if bool(group) != bool(types):
        table.refuse(None, "cần cả “group” (tên nhóm đơn vị) và “types” (các loại hình của nhóm)")
    return types


def _ordered(table: Table, target: TargetSpec) -> TargetSpec:
    if target.low is not None and target.high is not None and target.low > target.high:
        table.refuse("high", "có “high” nhỏ hơn “low”")
    return target


def _refuse_overlaps(tables: list[Table], specs: tuple[TargetSpec, ...]) -> None:
    """One target of a year for all, and one for each group; a type stands in one group alone."""
    seen: set[tuple[int | None, str]] = set()
    groups: dict[str, tuple[str, ...]] = {}
    for table, spec in zip(tables, specs, strict=True):
        if (spec.year, spec.group) in seen:
            whom = f"nhóm “{spec.group}”" if spec.group else "mọi đơn vị"
            when = f"năm {spec.year}" if spec.year else "mọi năm"
            table.refuse(None, f"là mức thứ hai cho {whom}, {when}")
        seen.add((spec.year, spec.group))
        if spec.group:
            _refuse_another_group(table, spec, groups)
            groups[spec.group] = spec.types


def _refuse_another_group(
    table: Table, spec: TargetSpec, groups: dict[str, tuple[str, ...]]
) -> None:
    if groups.get(spec.group, spec.types) != spec.types:
        table.refuse("types", f"khác các loại hình đã ghi cho nhóm “{spec.group}” ở trên")
    for group, types in groups.items():
        for name in spec.types:
            if group != spec.group and name in types:
                table.refuse("types", f"có loại hình “{name}” đã thuộc nhóm “{group}” ở trên")
