"""The indicators of a programme's TOML: each field against its kind, its unit and its term."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.grades import SCALES, SINCE_2019
from indicators.programme_file.assignments import read_assignments, unequal_sums
from indicators.programme_file.specs import (
    AUDIENCES,
    COUNTING_DENOMINATORS,
    DENOMINATORS,
    HORIZONS,
    YEARS,
    ExtraSpec,
    IndicatorSpec,
    Kinds,
    LeastSpec,
    Traits,
)
from indicators.programme_file.tables import Table, refuse_twins
from indicators.programme_file.target_tables import read_targets

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
    warnings: list[str] = []
    for at, (table, spec) in enumerate(zip(tables, specs, strict=True)):
        _part_of_one_above(table, spec, specs[:at])
        if kinds[spec.kind].additive:
            over_years = kinds[spec.kind].cumulative or spec.horizon in ("term", "by_year")
            warnings += unequal_sums(table, spec, over_years=over_years)
    return specs, tuple(warnings)


def _indicator(table: Table, kinds: Kinds, reporting: Reporting) -> IndicatorSpec:
    code, kind = table.text("code", most=20), table.choice("kind", kinds)
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
        unit=table.text("unit", "", most=40),
        denominator=table.choice("denominator", DENOMINATORS),
        not_arising=table.flag("not_arising", default=False),
        extras=_extras(table),
        targets=read_targets(table, kinds[kind], levels, reporting.years),
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
        assignments=read_assignments(table, reporting.years),
    )
    if not table.draft:
        _countable(table, spec, kinds)
    table.finish()
    return spec


def _countable(table: Table, spec: IndicatorSpec, kinds: Kinds) -> None:
    """Refuse a denominator that the kind cannot count, or that is not the answering union's."""
    own, kind = spec.audience == "province", kinds[spec.kind]
    if kind.own_only and not own:
        table.refuse(
            "audience",
            f"có “{spec.kind}” là của chính công đoàn cấp tỉnh, phải do “province” trả lời",
        )
    if own != (spec.denominator == "own"):
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” không hợp với đơn vị trả lời “{spec.audience}”",
        )
    if not kind.counts_unions and spec.denominator in COUNTING_DENOMINATORS:
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” đếm đơn vị, không hợp với cách tính “{spec.kind}”",
        )
    _of_its_kind(table, spec, kind)
    if spec.basis and not spec.condition:
        table.refuse("basis", "có “basis” mà thiếu “condition” nói chỉ tính đơn vị nào")


def _of_its_kind(table: Table, spec: IndicatorSpec, kind: Traits) -> None:
    """Refuse a threshold, a scale, a grade or the wording of a question that the kind has not."""
    for name in ("threshold", "scale", "grade"):
        if getattr(spec, name) and name not in kind.takes:
            table.refuse(name, f"có “{name}” mà cách tính “{spec.kind}” không dùng")
    if spec.assignments and not (kind.additive or "assignments" in kind.takes):
        table.refuse("assignments", f"có số giao mà cách tính “{spec.kind}” không dùng")
    asked = kind.question_names(threshold=spec.threshold is not None)
    for name, _ in spec.labels:
        if name not in asked:
            table.refuse(
                ("labels", name),
                f"đặt tên cho ô “{name}” mà cách tính “{spec.kind}” không hỏi; các ô là:"
                f" {', '.join(asked)}",
            )


def _part_of_one_above(table: Table, spec: IndicatorSpec, above: tuple[IndicatorSpec, ...]) -> None:
    """A part stands beneath an indicator of the file; one that shares its answer is of its kind."""
    if spec.parent == spec.code:
        table.refuse("parent", "không thể là một phần của chính nó")
    found = next((one for one in above if one.code == spec.parent), None)
    if spec.parent and found is None:
        table.refuse(
            "parent",
            f"là một phần của “{spec.parent}” nhưng phía trên không có chỉ tiêu nào mang mã đó",
        )
    if spec.shares_answer and (found is None or found.kind != spec.kind):
        table.refuse(
            "shares_answer",
            "chỉ lấy được câu trả lời của chỉ tiêu cha (“parent”) có cùng cách tính",
        )
    if spec.shares_answer and found is not None:
        _answered_above(table, spec, found)
    if found is not None and found.audience != spec.audience:
        table.refuse("audience", f"có đơn vị trả lời khác với chỉ tiêu “{found.code}” ở trên")


def _answered_above(table: Table, spec: IndicatorSpec, found: IndicatorSpec) -> None:
    """Refuse a part that needs a number or a level which the answer to its whole has not."""
    wrong = [
        name
        for name, differs in (
            ("threshold", (spec.threshold is None) != (found.threshold is None)),
            ("basis", spec.basis is not None and found.basis is None),
            ("scale", (spec.scale or SINCE_2019.code) != (found.scale or SINCE_2019.code)),
        )
        if differs
    ]
    if wrong:
        table.refuse(
            "shares_answer",
            f"lấy câu trả lời của chỉ tiêu “{found.code}” nhưng “{wrong[0]}” của hai chỉ tiêu không"
            " hợp nhau",
        )


def _due_year(table: Table, horizon: str, reporting: Reporting) -> int | None:
    named = table.holds("due_year")
    if named != (horizon == "by_year"):
        table.refuse(
            "due_year" if named else "horizon",
            "cần “due_year” khi “horizon” là “by_year”, và chỉ khi đó",
        )
    if not named:
        return None
    return table.whole("due_year", range(reporting.first, reporting.last + 1))


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
