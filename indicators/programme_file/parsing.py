"""A programme's TOML into dataclasses; whatever is wrong is named with its line."""

import re
import tomllib
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from indicators.grades import Grade
from indicators.programme_file.lines import locate
from indicators.programme_file.specs import (
    AUDIENCES,
    COUNTING_DENOMINATORS,
    DENOMINATORS,
    GRADED_KINDS,
    HORIZONS,
    KINDS,
    OPERATORS,
    PLAIN_KINDS,
    SHARE_KINDS,
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    ExtraSpec,
    IndicatorSpec,
    ProgrammeFileError,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
    TaskGroupSpec,
)
from indicators.programme_file.tables import Table

_YEARS = range(1900, 2200)
_NUMBERS = range(1, 1000)


def parse(
    source: str | bytes, kinds: Collection[str] = KINDS, *, draft: bool = False
) -> ProgrammeSpec:
    """The programme that `source` describes; ProgrammeFileError names the line and the field.

    A draft is what a person is still to correct: texts may be blank or too long, and years may
    be wanting.
    """
    text = source if isinstance(source, str) else _decode(source)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    root = Table(_load(text), (), locate(text), "chương trình", draft)
    spec = _programme(root, kinds)
    root.finish()
    return spec


def _decode(source: bytes) -> str:
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise ProgrammeFileError(
            f"Dòng {line}: tệp chương trình không phải văn bản UTF-8; hãy lưu lại bằng mã UTF-8."
        ) from error


def _load(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise ProgrammeFileError("Tệp chương trình lồng quá nhiều lớp, không đọc được.") from None
    except (ValueError, ArithmeticError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ProgrammeFileError(
            f"Dòng {line}: tệp không đúng cú pháp TOML; hãy sửa chỗ này rồi nạp lại."
        ) from error


def _programme(root: Table, kinds: Collection[str]) -> ProgrammeSpec:
    first, last = _term(root)
    return ProgrammeSpec(
        title=root.text("title", most=500),
        subject=root.text("subject", "", most=500),
        number=root.text("number", most=60),
        number_proposed=root.text("number_proposed", "", most=60),
        issued_on=root.day("issued_on"),
        place=root.text("place", "", most=80),
        issuer=root.text("issuer", most=200),
        parent_body=root.text("parent_body", "", most=200),
        term_from=first,
        term_to=last,
        reporting_years=_reporting_years(root, first, last),
        legal_bases=root.texts("legal_bases"),
        purposes=root.texts("purposes"),
        objectives=root.texts("objectives"),
        indicators=_indicators(root, kinds),
        breakthroughs=_breakthroughs(root),
        task_groups=_task_groups(root),
        duties=_duties(root),
        recipients=root.texts("recipients"),
        signer=_signer(root),
        opening=root.text("opening", ""),
        closing=root.text("closing", ""),
    )


def _term(root: Table) -> tuple[int, int]:
    term = root.table("term", "nhiệm kỳ")
    first, last = term.whole("from", _YEARS), term.whole("to", _YEARS)
    if first >= last:
        term.refuse("from", f"không thể từ năm {first} đến năm {last}")
    term.finish()
    return first, last


def _reporting_years(root: Table, first: int, last: int) -> tuple[int, ...]:
    years = root.wholes("reporting_years", _YEARS)
    if not years and not root.draft:
        root.refuse("reporting_years", "chưa có năm báo cáo trong “reporting_years”")
    for before, year in zip((first - 1, *years), years, strict=False):
        if not first <= year <= last or year <= before:
            root.refuse(
                "reporting_years", f"có năm báo cáo {year} ngoài nhiệm kỳ hoặc không tăng dần"
            )
    return years


def _signer(root: Table) -> SignerSpec:
    table = root.table("signer", "người ký")
    signer = SignerSpec(
        table.text("authority", ""), table.text("position", ""), table.text("name", "")
    )
    table.finish()
    return signer


def _breakthroughs(root: Table) -> tuple[BreakthroughSpec, ...]:
    tables = root.tables("breakthroughs", "khâu đột phá", "number")
    specs = []
    for table in tables:
        specs.append(
            BreakthroughSpec(
                table.whole("number", _NUMBERS),
                table.text("title", most=500),
                table.text("text", ""),
            )
        )
        table.finish()
    _refuse_twins(tables, "number", (spec.number for spec in specs))
    return tuple(specs)


def _task_groups(root: Table) -> tuple[TaskGroupSpec, ...]:
    tables = root.tables("task_groups", "nhóm nhiệm vụ", "number")
    specs = []
    for table in tables:
        specs.append(
            TaskGroupSpec(
                table.whole("number", _NUMBERS), table.text("title", most=300), _actions(table)
            )
        )
        table.finish()
    _refuse_twins(tables, "number", (spec.number for spec in specs))
    return tuple(specs)


def _actions(group: Table) -> tuple[ActionSpec, ...]:
    written = group.values.get("actions")
    if isinstance(written, list) and any(isinstance(item, str) for item in written):
        return tuple(ActionSpec(title) for title in group.texts("actions", most=300))
    specs = []
    for table in group.tables("actions", f"{group.label}, nhiệm vụ"):
        specs.append(ActionSpec(table.text("title", most=300), table.text("text", "")))
        table.finish()
    return tuple(specs)


def _duties(root: Table) -> tuple[DutySpec, ...]:
    specs = []
    for table in root.tables("duties", "trách nhiệm của cấp", "level"):
        specs.append(DutySpec(table.text("level"), table.texts("items")))
        table.finish()
    return tuple(specs)


def _indicators(root: Table, kinds: Collection[str]) -> tuple[IndicatorSpec, ...]:
    tables = root.tables("indicators", "chỉ tiêu", "code")
    specs = tuple(_indicator(table, kinds) for table in tables)
    _refuse_twins(tables, "code", (spec.code for spec in specs))
    return specs


def _indicator(table: Table, kinds: Collection[str]) -> IndicatorSpec:
    code, kind = table.text("code", most=20), table.choice("kind", kinds)
    spec = IndicatorSpec(
        code=code,
        name=table.text("name", most=500),
        text=table.text("text", ""),
        question=table.text("question", ""),
        kind=kind,
        audience=table.choice("audience", AUDIENCES),
        horizon=table.choice("horizon", HORIZONS),
        unit=table.text("unit", "", most=40),
        denominator=table.choice("denominator", DENOMINATORS),
        not_arising=table.flag("not_arising", default=False),
        extras=_extras(table),
        targets=_targets(table, kind),
    )
    if not table.draft:
        _countable(table, spec)
    table.finish()
    return spec


def _countable(table: Table, spec: IndicatorSpec) -> None:
    """Refuse a denominator that the kind cannot count, or that is not the answering union's."""
    own = spec.audience == "province"
    if spec.kind in GRADED_KINDS and not own:
        table.refuse(
            "audience",
            f"có “{spec.kind}” là xếp loại của chính công đoàn cấp tỉnh,"
            " phải do “province” trả lời",
        )
    if own != (spec.denominator == "own"):
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” không hợp với đơn vị trả lời “{spec.audience}”",
        )
    if spec.kind in PLAIN_KINDS and spec.denominator in COUNTING_DENOMINATORS:
        table.refuse(
            "denominator",
            f"có mẫu số “{spec.denominator}” đếm đơn vị, không hợp với cách tính “{spec.kind}”",
        )


def _extras(indicator: Table) -> tuple[ExtraSpec, ...]:
    tables = indicator.tables("extras", f"{indicator.label}, số liệu kèm theo", "code")
    specs = []
    for table in tables:
        specs.append(ExtraSpec(table.text("code"), table.text("label")))
        table.finish()
    _refuse_twins(tables, "code", (spec.code for spec in specs))
    return tuple(specs)


def _targets(indicator: Table, kind: str) -> tuple[TargetSpec, ...]:
    tables = indicator.tables("targets", f"{indicator.label}, mức phấn đấu")
    if len(tables) > 1:
        indicator.refuse("targets", "có hơn một mức phấn đấu")
    return tuple(_target(table, kind) for table in tables)


def _target(table: Table, kind: str) -> TargetSpec:
    operator = table.choice("operator", OPERATORS, ">=")
    read = _rank if kind in GRADED_KINDS else Table.decimal
    bounds = {key: read(table, key) for key in ("low", "high")}
    for key, value in bounds.items():
        if (value is not None) != (key in OPERATORS[operator]):
            wanted = " và ".join(f"“{name}”" for name in OPERATORS[operator])
            table.refuse(None if value is None else key, f"với “{operator}” phải có đúng {wanted}")
        if value is not None and value > 1 and kind in SHARE_KINDS:
            table.refuse(key, f"có “{key}” lớn hơn 1; tỷ lệ 85% phải ghi là 0.85")
    table.finish()
    return _ordered(table, TargetSpec(operator, **bounds))


def _ordered(table: Table, target: TargetSpec) -> TargetSpec:
    if target.low is not None and target.high is not None and target.low > target.high:
        table.refuse("high", "có “high” nhỏ hơn “low”")
    return target


def _rank(table: Table, key: str) -> Decimal | None:
    if key not in table.values:
        table.read.add(key)
        return None
    return Decimal(Grade(table.choice(key, [grade.value for grade in Grade])).rank)


def _refuse_twins(tables: list[Table], key: str, values: Iterable[object]) -> None:
    seen: set[object] = set()
    for table, value in zip(tables, values, strict=True):
        if value in seen:
            table.refuse(key, f"trùng “{key}” với một mục ở trên")
        seen.add(value)
