"""Workbooks as offices make them, read row by row; what is wrong is told, not guessed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from unions.errors import RuleBroken
from unions.workbooks import headers, markup
from unions.workbooks.columns import Column, exact
from unions.workbooks.headers import Header
from unions.workbooks.legacy_fonts import alphabet_of_font
from unions.workbooks.markup import Markup, Place
from unions.workbooks.merged import Beneath, beneath
from unions.workbooks.old_text import Legacy, OldText, Reading, told
from unions.workbooks.unpacking import Limits, pack, unpack


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: its number in the sheet, the values by key, and if it was hidden.

    Of an empty cell and of a wrong one the value is None.
    """

    number: int
    cells: dict[str, Any]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row; `column` is the key of the cell, empty if it is the whole row."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a workbook: rows in their order, and what is wrong with them."""

    title: str
    rows: list[Row]
    faults: list[Fault]
    places: dict[str, int]
    header_row: int
    unknown: tuple[str, ...] = ()
    legacy: Legacy | None = None
    # what is to be known of a row, though nothing is wrong with it
    remarks: tuple[Fault, ...] = ()

    @property
    def hidden(self) -> list[int]:
        """The numbers of the rows that the spreadsheet does not show."""
        return [row.number for row in self.rows if row.hidden]


def open_sheet(
    file: BinaryIO,
    columns: Sequence[Column],
    *,
    convert: bool = False,
    limits: Limits | None = None,
) -> Sheet:
    """The first visible sheet of an .xlsx with these columns, wherever its table begins.

    Text of old fonts is recognised, and turned into Unicode only with `convert`. Hidden rows are
    read and marked. RuleBroken, one sentence: no workbook, another kind, locked, too large, a bomb,
    no known header, a required column missing, a column twice.
    """
    return next(_sheets(file, columns, convert, limits or Limits()))


def open_sheets(
    file: BinaryIO,
    columns: Sequence[Column],
    *,
    convert: bool = False,
    limits: Limits | None = None,
) -> list[Sheet]:
    """Every visible sheet with these columns, in their order; otherwise as `open_sheet`."""
    return list(_sheets(file, columns, convert, limits or Limits()))


def _sheets(
    file: BinaryIO, columns: Sequence[Column], convert: bool, limits: Limits
) -> Iterator[Sheet]:
    members = unpack(file, limits)
    try:
        fonts = markup.fonts_by_style(members)
        with CalamineWorkbook.from_filelike(pack(members)) as workbook:
            tables = _tables(workbook, members, fonts, limits)
            yield from _that_fit(tables, columns, convert)
    except (CalamineError, ParseError, ValueError, KeyError) as broken:
        raise RuleBroken(
            "Tệp bị hỏng nên không đọc được. Hãy mở tệp bằng Excel rồi lưu lại."
        ) from broken


def _tables(
    workbook: CalamineWorkbook,
    members: Mapping[str, bytes],
    fonts: Mapping[int, str],
    limits: Limits,
) -> "Iterator[_Table]":
    for name in _visible(workbook):
        said = markup.read(members, name, limits, _legacy(fonts))
        yield _Table(workbook.get_sheet_by_name(name), said)


def _that_fit(
    tables: "Iterable[_Table]", columns: Sequence[Column], convert: bool
) -> Iterator[Sheet]:
    """The sheets with a header; if none has one, RuleBroken says what the first lacks."""
    refused, found = RuleBroken("Tệp không có trang tính nào. Hãy chọn tệp Excel có số liệu."), 0
    for place, table in enumerate(tables):
        try:
            header = headers.find(table.rows, table.merged, columns)
        except RuleBroken as broken:
            refused = refused if place else broken
            continue
        found += 1
        yield table.sheet(header, columns, convert=convert)
    if not found:
        raise refused


def _visible(workbook: CalamineWorkbook) -> list[str]:
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    return [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]


def _legacy(fonts: Mapping[int, str]) -> dict[int, str]:
    return {style: font for style, font in fonts.items() if alphabet_of_font(font)}


class _Table:
    """The cells of one sheet and what its markup tells of them."""

    def __init__(self, sheet: CalamineSheet, said: Markup) -> None:
        self.title = sheet.name
        self.rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        self.merged = sheet.merged_cell_ranges or []
        self.said = said

    def sheet(self, header: Header, columns: Sequence[Column], *, convert: bool) -> Sheet:
        """What `columns` make of the rows beneath `header`."""
        first = headers.rows_after(header, self.rows)
        read = {column: header.columns.get(column.key) for column in columns}
        known = {column: place for column, place in read.items() if place is not None}
        readings = OldText(self.rows, self.said.fonts).readings(first, list(known.values()))
        covered = beneath(self.merged, self.rows, first, known.values())
        rows: list[Row] = []
        faults: list[Fault] = []
        remarks: list[Fault] = []
        for place in range(first, len(self.rows)):
            row, wrong = self._row(place, known, readings if convert else {})
            if row is not None:
                rows.append(row)
                merged = self._of_merged(place, known, covered)
                faults += [merged.pop(fault.column, fault) for fault in wrong]
                remarks += merged.values()
        return Sheet(
            title=self.title,
            rows=rows,
            faults=faults,
            places={column.key: place + 1 for column, place in known.items()},
            header_row=header.row + 1,
            unknown=header.unknown,
            legacy=told(readings),
            remarks=tuple(remarks),
        )

    def _row(
        self, place: int, columns: Mapping[Column, int], readings: Mapping[Place, Reading]
    ) -> tuple[Row | None, list[Fault]]:
        """The row, or None if it is empty; cells that cannot be read are None and told."""
        values: dict[str, Any] = {}
        faults, filled = [], False
        cells = self.rows[place]
        for column, at in columns.items():
            value, where = (cells[at] if at < len(cells) else ""), (place + 1, at + 1)
            value = readings[where].after if where in readings else value
            values[column.key] = None
            if _is_empty(value) and where not in self.said.failed:
                if column.required:
                    faults.append(Fault(place + 1, column.key, f"Chưa ghi {_lower(column.label)}."))
                continue
            filled = True
            try:
                values[column.key] = self._value(column, value, where)
            except RuleBroken as wrong:
                faults.append(Fault(place + 1, column.key, str(wrong)))
        row = Row(place + 1, values, place + 1 in self.said.hidden)
        return (row, faults) if filled else (None, [])

    def _of_merged(
        self, place: int, columns: Mapping[Column, int], covered: Beneath
    ) -> dict[str, Fault]:
        """What is told of the empty cells of a row whose value stands in a row above."""
        found, cells = {}, self.rows[place]
        for column, at in columns.items():
            top = covered.get((place, at))
            if top is not None and (at >= len(cells) or _is_empty(cells[at])):
                sentence = f"Ô gộp từ dòng {top + 1}: chỉ dòng đầu có giá trị, ô này coi như trống."
                if column.required:
                    sentence += f" Hãy bỏ gộp ô rồi ghi {_lower(column.label)} ở từng dòng."
                found[column.key] = Fault(place + 1, column.key, sentence)
        return found

    def _value(self, column: Column, value: Any, where: Place) -> Any:
        if failed := self.said.failed.get(where):
            raise RuleBroken(f"Công thức trong ô báo lỗi {failed}. Hãy sửa công thức trong ô.")
        if failed is not None:
            raise RuleBroken(
                "Ô có công thức chưa được tính. Hãy mở tệp bằng Excel, lưu lại rồi tải lên lần nữa."
            )
        return column.read(exact(value))


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
