"""A programme's TOML into dataclasses; whatever is wrong is named with its line."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from indicators.programme_file.indicator_tables import Reporting, read_indicators
from indicators.programme_file.lines import locate
from indicators.programme_file.specs import (
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    Kinds,
    ProgrammeFileError,
    ProgrammeSpec,
    SignerSpec,
    TaskGroupSpec,
)
from indicators.programme_file.tables import Table, refuse_twins
from unions.vietnamese import trimmed

_YEARS = range(1900, 2200)
_NUMBERS = range(1, 1000)
# a whole number that Python refuses to read
_LONG = re.compile(r"(?<![\w.])[0-9][0-9_]{4000,}")
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]{0,99}"|'[^'\n]{0,99}')"""
_DEEP = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{50}}")


class _TooLongError(Exception):
    """A number that no decimal holds, as it was typed."""


def parse(source: str | bytes, kinds: Kinds, *, draft: bool = False) -> ProgrammeSpec:
    """The programme that `source` describes; ProgrammeFileError names the line and the field.

    A draft is what a person is still to correct: texts may be blank or too long, and years and
    indicators may be wanting.
    """
    text = source if isinstance(source, str) else _decode(source)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    root = Table(_load(text), (), locate(text), "chương trình", draft)
    spec = _programme(root, kinds)
    root.finish()
    if not draft:
        _refuse_cut_off(spec)
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
    _refuse_depths(text)
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError:
        raise ProgrammeFileError("Tệp chương trình lồng quá nhiều lớp, không đọc được.") from None
    except _TooLongError as error:
        raise _too_long(text, text.find(str(error))) from None
    except (ValueError, ArithmeticError) as error:
        if long := _LONG.search(text):
            raise _too_long(text, long.start()) from None
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ProgrammeFileError(
            f"Dòng {line}: tệp không đúng cú pháp TOML; hãy sửa chỗ này rồi nạp lại."
        ) from error


def _refuse_depths(text: str) -> None:
    """A key of thousands of parts would keep the parser busy for minutes."""
    if found := _DEEP.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ProgrammeFileError(
            f"Dòng {line}: tên trường có quá nhiều phần ngăn bằng dấu chấm; tệp chương trình không"
            " lồng sâu như vậy."
        )


def _decimal(literal: str) -> Decimal:
    try:
        return Decimal(literal)
    except ArithmeticError:
        raise _TooLongError(literal) from None


def _too_long(text: str, at: int) -> ProgrammeFileError:
    line = text.count("\n", 0, at) + 1
    return ProgrammeFileError(
        f"Dòng {line}: có một số quá dài; số trong tệp chương trình có nhiều nhất 15 chữ số."
    )


def _programme(root: Table, kinds: Kinds) -> ProgrammeSpec:
    first, last = _term(root)
    years = _reporting_years(root, first, last)
    indicators, warnings = read_indicators(root, kinds, Reporting(first, last, years))
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
        reporting_years=years,
        legal_bases=root.texts("legal_bases"),
        purposes=root.texts("purposes"),
        objectives=root.texts("objectives"),
        indicators=indicators,
        breakthroughs=_breakthroughs(root),
        task_groups=_task_groups(root),
        duties=_duties(root),
        recipients=root.texts("recipients"),
        signer=_signer(root),
        opening=root.text("opening", ""),
        closing=root.text("closing", ""),
        years_line=root.line_of("reporting_years"),
        warnings=warnings,
    )


def _refuse_cut_off(spec: ProgrammeSpec) -> None:
    """What measures nothing is no programme: over one that is loaded, it would retire all of it."""
    if not spec.indicators:
        raise ProgrammeFileError(
            "Chương trình không có chỉ tiêu nào; tệp có thể bị cắt. Hãy lấy tệp đầy đủ rồi nạp lại."
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
    refuse_twins(tables, "number", (spec.number for spec in specs))
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
    refuse_twins(tables, "number", (spec.number for spec in specs))
    return tuple(specs)


def _actions(group: Table) -> tuple[ActionSpec, ...]:
    written = group.values.get("actions")
    if isinstance(written, list) and any(isinstance(item, str) for item in written):
        titles = group.texts("actions", most=300)
        if not (group.draft or all(map(trimmed, titles))):
            group.refuse("actions", "để trống một nhiệm vụ trong “actions”")
        return tuple(map(ActionSpec, titles))
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
