"""Where in a sheet the table begins: the row of headers, beneath titles, over merged cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unions.errors import RuleBroken
from unions.workbooks.columns import Column, heading
from unions.workbooks.legacy_fonts import ALPHABETS
from unions.workbooks.markup import letters

_SEARCHED = 40
_DEEPEST = 4
_FEWEST = 2

Row = Sequence[Any]
# of merged cells: the first and the last corner, as (row, column) from 0
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Header:
    """The last row of the headers and the column of each key, from 0; and what was not known."""

    row: int
    columns: dict[str, int]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Band:
    """One row that may be the header, or several that merged cells make one."""

    first: int
    last: int


def find(rows: Sequence[Row], merged: Merged, columns: Sequence[Column]) -> Header:
    """The header that knows most of the columns.

    RuleBroken if there is none, if a required column is missing, or one stands there twice.
    """
    names = {name: column.key for column in columns for name in column.names()}
    spans = {first: last for first, last in merged if first[0] < _SEARCHED}
    best: Header | None = None
    for band in _bands(rows, spans):
        header = _read(band, rows, spans, names)
        if best is None or len(header.columns) > len(best.columns):
            best = header
    if best is None or len(best.columns) < min(_FEWEST, len(columns)):
        wanted = ", ".join(f"“{column.label}”" for column in columns if column.required)
        raise RuleBroken(f"Không tìm thấy dòng tiêu đề của bảng. Bảng cần có các cột {wanted}.")
    _must_be_whole(best, columns)
    return best


def rows_after(header: Header, rows: Sequence[Row]) -> int:
    """The row where the table itself begins, from 0: past a row that only numbers the columns."""
    first = header.row + 1
    return first + 1 if first < len(rows) and _numbers_columns(rows[first]) else first


def _bands(
    rows: Sequence[Row], spans: Mapping[tuple[int, int], tuple[int, int]]
) -> Iterator[_Band]:
    for row in range(min(len(rows), _SEARCHED)):
        if not any(isinstance(cell, str) and cell.strip() for cell in rows[row]):
            continue
        yield _Band(row, row)
        ends = [
            last[0] if last[0] > row else row + 1
            for first, last in spans.items()
            if first[0] == row and first != last
        ]
        if ends and row < max(ends) < min(row + _DEEPEST, len(rows)):
            yield _Band(row, max(ends))


def _read(
    band: _Band,
    rows: Sequence[Row],
    spans: Mapping[tuple[int, int], tuple[int, int]],
    names: Mapping[str, str],
) -> Header:
    found: dict[str, int] = {}
    unknown: list[str] = []
    for column in range(max(len(row) for row in rows[band.first : band.last + 1])):
        said = [_label(rows, row, column) for row in range(band.last, band.first - 1, -1)]
        known = [key for text in said for key in _keys(text, names)]
        if known and known[0] in found:
            _refuse_double(column, found[known[0]], said[0] or said[-1])
        if known:
            found[known[0]] = column
        elif label := next(filter(None, said), ""):
            unknown.append(label)
    return Header(_last_row(band, spans), found, tuple(unknown))


def _last_row(band: _Band, spans: Mapping[tuple[int, int], tuple[int, int]]) -> int:
    """A header of one row may be merged with empty rows beneath."""
    ends = [last[0] for first, last in spans.items() if first[0] == band.first]
    return max([band.last, *(end for end in ends if end < band.first + _DEEPEST)])


def _label(rows: Sequence[Row], row: int, column: int) -> str:
    cell = rows[row][column] if column < len(rows[row]) else ""
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _keys(said: str, names: Mapping[str, str]) -> list[str]:
    """The key that goes by this name, read as it stands or in one of the old fonts."""
    readings = [said, *(alphabet.read(said) for alphabet in ALPHABETS if not said.isascii())]
    return [names[heading(one)] for one in readings if heading(one) in names][:1]


def _refuse_double(column: int, other: int, said: str) -> None:
    raise RuleBroken(
        f"Bảng có hai cột cùng là “{said}”: cột {letters(other + 1)} và cột {letters(column + 1)}."
        " Hãy xoá hoặc đổi tên một cột."
    )


def _must_be_whole(header: Header, columns: Sequence[Column]) -> None:
    missing = [one.label for one in columns if one.required and one.key not in header.columns]
    if missing:
        wanted = ", ".join(f"“{label}”" for label in missing)
        raise RuleBroken(f"Bảng thiếu cột {wanted} (dòng tiêu đề là dòng {header.row + 1}).")


def _numbers_columns(row: Row) -> bool:
    """A, B, 1, 2, 3 or (1), (2), (3) beneath the headers."""
    said = [_plain_number(cell) for cell in row if cell not in {"", None}]
    words = [text for text in said if text.isalpha()]
    numbers = [text for text in said if text.isdigit()]
    in_order = words == [chr(ord("A") + place) for place in range(len(words))]
    counted = numbers == [str(place + 1) for place in range(len(numbers))]
    return len(said) > _FEWEST and in_order and counted and said == words + numbers


def _plain_number(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().strip("()")
