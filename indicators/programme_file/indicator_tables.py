"""The indicators of a programme's TOML: each field against its kind, its unit and its term."""

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.grades import SCALES, SINCE_2019
from indicators.programme_file.assignments import read_assignments, unequal_sums
from indicators.programme_file.kind_rules import refuse_uncountable, too_small
from indicators.programme_file.parts import read_parts
from indicators.programme_file.specs import (
    AUDIENCES,
    COUNTED_FROM,
    DENOMINATORS,
    HEADCOUNTS,
    HORIZONS,
    YEARS,
    ExtraSpec,
    IndicatorSpec,
    Kinds,
    LeastSpec,
)
from indicators.programme_file.tables import Table, refuse_twins
from indicators.programme_file.target_tables import read_targets
from unions.vietnamese import trimmed

_CODE = re.compile(r"[^\W_]+([.-][^\W_]+)*")
_LARGEST_LEAST = 10**15
_LARGEST_JUMP = 999
_PLACES_OF_JUMP = 2


@dataclass(frozen=True, slots=True)
class Reporting:
    """The term, and the years of it that are reported on."""

    first: int
    last: int
    years: tuple[int, ...]


def read_indicators(
    root: Table, kinds: Kinds, reporting: Reporting
) -> tuple[tuple[IndicatorSpec, ...], tuple[str, ...]]:
    """Every indicator, and what in them a person should look at."""
    tables = root.tables("indicators", "chỉ tiêu", "code")
    specs = tuple(_indicator(table, kinds, reporting) for table in tables)
    refuse_twins(tables, "code", (spec.code for spec in specs))
    warnings = read_parts(tables, specs, kinds)
    for table, spec in zip(tables, specs, strict=True):
        warnings += too_small(table, spec, kinds[spec.kind])
        told = unequal_sums(spec, kinds[spec.kind], reporting.years)
        warnings += [f"Dòng {table.line_of('assignments')}: {one}" for one in told]
    return specs, tuple(warnings)


def _indicator(table: Table, kinds: Kinds, reporting: Reporting) -> IndicatorSpec:
    code, kind = _code(table), table.choice("kind", kinds)
    unit = table.text("unit", "", most=40)
    horizon, scale = table.choice("horizon", HORIZONS), table.choice("scale", ("", *SCALES), "")
    levels = SCALES[scale or SINCE_2019.code]
    spec = IndicatorSpec(
        code=code,
        name=table.text("name", most=500),
        text=table.text("text", ""),
        question=table.text("question", ""),
        kind=kind,
        audience=table.choice("audience", AUDIENCES),
        horizon=horizon,
        unit=unit,
        denominator=table.choice("denominator", DENOMINATORS),
        not_arising=table.flag("not_arising", default=False),
        extras=_extras(table),
        targets=read_targets(table, kinds[kind], levels, reporting.years, unit),
        due_year=_due_year(table, horizon, reporting),
        years=table.choice("years", ("", *YEARS), ""),
        parent=table.text("parent", "", most=20),
        shares_answer=table.flag("shares_answer", default=False),
        condition=table.text("condition", "", most=200),
        basis=_least(table, "basis"),
        threshold=_least(table, "threshold"),
        labels=_labels(table),
        scale=scale,
        grade=table.choice("grade", ("", *(grade.code for grade in levels.grades)), ""),
        jump=_jump(table),
        headcount=table.choice("headcount", ("", *HEADCOUNTS), ""),
        counted_from=table.choice("counted_from", ("", *COUNTED_FROM), ""),
        assignments=read_assignments(table, reporting.years, kinds[kind].assigned_in(unit)),
        line=table.line_of(None),
    )
    if not table.draft:
        refuse_uncountable(table, spec, kinds[kind])
    table.finish()
    return spec


def _code(table: Table) -> str:
    """What an indicator is known by, also in addresses: letters and digits, dots and hyphens."""
    code = table.text("code", most=20)
    sound = _CODE.fullmatch(code) and all(map(trimmed, code))
    if not (sound or table.draft):
        table.refuse(
            "code",
            "có “code” không dùng được: chỉ gồm chữ và số, ngăn nhau bằng một dấu chấm hoặc gạch"
            " nối, ví dụ 2.1.5a",
        )
    return code


def _due_year(table: Table, horizon: str, reporting: Reporting) -> int | None:
    named = table.holds("due_year")
    if named != (horizon == "by_year"):
        table.refuse(
            "due_year" if named else "horizon",
            "cần “due_year” khi “horizon” là “by_year”, và chỉ khi đó",
        )
    if not named:
        return None
    year = table.whole("due_year", range(reporting.first, reporting.last + 1))
    first = min(reporting.years, default=year)
    if year < first and not table.draft:
        table.refuse("due_year", f"có “due_year” là {year}, trước năm báo cáo đầu tiên {first}")
    return year


def _jump(table: Table) -> Decimal | None:
    """A share of last year's figure, 0.5 for a half; as wide as its column."""
    jump = table.decimal("jump")
    if jump is not None and (jump > _LARGEST_JUMP or jump != round(jump, _PLACES_OF_JUMP)):
        table.refuse(
            "jump", "có “jump” lớn hơn 999 hoặc quá 2 chữ số thập phân; một nửa ghi là 0.5"
        )
    return jump


def _extras(indicator: Table) -> tuple[ExtraSpec, ...]:
    tables = indicator.tables("extras", f"{indicator.label}, số liệu kèm theo", "code")
    specs = []
    for table in tables:
        specs.append(ExtraSpec(table.text("code"), table.text("label")))
        table.finish()
    refuse_twins(tables, "code", (spec.code for spec in specs))
    return tuple(specs)


def _least(indicator: Table, key: str) -> LeastSpec | None:
    if not indicator.holds(key):
        return None
    table = indicator.table(key, f"{indicator.label}, “{key}”")
    least = LeastSpec(table.text("asks", most=200), table.whole("least", range(1, _LARGEST_LEAST)))
    table.finish()
    return least


def _labels(indicator: Table) -> tuple[tuple[str, str], ...]:
    if not indicator.holds("labels"):
        return ()
    table = indicator.table("labels", f"{indicator.label}, “labels”")
    return tuple((name, table.text(name, most=200)) for name in sorted(table.values))
