"""Plain: a table of indicators with columns for their targets: every row as one line."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indicators.programme_reader.wording import clean, fold

_INDICATOR = re.compile(r".*\bchi tieu\b(?! dat).*|noi dung|muc tieu")
_TARGET = re.compile(
    r".*\b(muc phan dau|muc tieu|phan dau|muc dat|chi tieu dat|can dat|ty le|ke hoach|muc)\b.*"
    r"|chi tieu ((duoc )?giao|(tung |hang )?nam)\b.*"
)
_OF_YEAR = re.compile(r"(?:(?:chi tieu|ke hoach|kh|muc tieu|muc phan dau|muc|giao|nam) )*(20\d\d)")
_UNIT = re.compile(r"(don vi( tinh)?|dvt|don vi do)")
_ORDINAL = re.compile(r"(so )?(tt|thu tu)|stt")
_SHORT = re.compile(r"%|[^\W\d_]+( [^\W\d_]+)?")
_OF_ORDINALS = re.compile(r"[\d.]*|[IVX]+|[a-zđ]\)?")
_LONGEST_FIGURE = 30  # letters: "trên 95,5% số đoàn viên"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what stands: the name, the targets with the year of each, and the unit."""

    titles: Sequence[str]
    name: int
    targets: dict[int, str]
    unit: int | None


def lines_of_table(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """ "- Tỷ lệ đoàn viên …: ≥ 90%" for every row; None if this is no table of indicators.

    Where each year has a column: "- Tỷ lệ …: ≥ 85% (năm 2024), ≥ 90% (năm 2025)".
    """
    rows = [[clean(cell) for cell in row] for row in rows]
    titles = rows[0] if rows else []
    parted = len(rows) > 1 and _parts_the_titles(rows[1], titles)
    if parted:
        titles = [below or above for above, below in zip(titles, rows[1], strict=True)]
    body = rows[1 + parted :]
    columns = _columns(titles, body)
    if columns is None:
        return None
    return [""] * parted + [_line(columns, row) if any(row) else "" for row in body]


def _parts_the_titles(row: Sequence[str], titles: Sequence[str]) -> bool:
    """A second row of titles, the years that stand under one title."""
    said = [cell for cell in row if cell]
    return len(row) == len(titles) and bool(said) and all(map(_year_of, said))


def _year_of(title: str) -> str:
    found = _OF_YEAR.fullmatch(fold(title))
    return found[1] if found else ""


def _columns(titles: Sequence[str], body: Sequence[Sequence[str]]) -> _Columns | None:
    folded = [fold(title) for title in titles]
    targets = {at: year for at, title in enumerate(titles) if (year := _year_of(title))}
    if targets:
        name = _column(folded, _INDICATOR, without=targets)
    else:
        first = _column(folded, _INDICATOR)
        target = _column(folded, _TARGET, without=[first])
        if target is None and first is not None:
            target = _of_figures(folded, body, first)
        name = _column(folded, _INDICATOR, without=[target])
        targets = {} if target is None else {target: ""}
    if name is None or not targets:
        return None
    return _Columns(titles, name, targets, _column(folded, _UNIT))


def _column(
    titles: Sequence[str],
    wording: re.Pattern[str],
    without: Collection[int | None] = (),
) -> int | None:
    found = (
        at for at, title in enumerate(titles) if at not in without and wording.fullmatch(title)
    )
    return next(found, None)


def _of_figures(titles: Sequence[str], body: Sequence[Sequence[str]], name: int) -> int | None:
    """The second column that is called after the indicators, if figures alone stand in it."""
    at = _column(titles, _INDICATOR, without=[name])
    cells = [row[at] for row in body if at is not None and len(row) > at and row[at]]
    short = [cell for cell in cells if len(cell) <= _LONGEST_FIGURE and re.search(r"\d", cell)]
    return at if cells and len(short) == len(cells) else None


def _line(columns: _Columns, row: Sequence[str]) -> str:
    titles = columns.titles
    if len(row) != len(titles) or not any(row[at] for at in columns.targets):
        return " ".join(cell for cell in row if cell)
    fits = all(_takes_unit(row[at], row, columns.unit) for at in columns.targets if row[at])
    measured = row[columns.unit] if columns.unit is not None and fits else ""
    known = {columns.name, *columns.targets, columns.unit if fits else None}
    goals = ", ".join(
        _goal(row[at], measured, year) for at, year in columns.targets.items() if row[at]
    )
    rest = [
        f"{title}: {cell}"
        for at, (title, cell) in enumerate(zip(titles, row, strict=True))
        if cell and at not in known and not _counts(title, cell)
    ]
    behind = f" ({', '.join(rest)})" if rest else ""
    return f"- {row[columns.name]}: {goals}{behind}"


def _takes_unit(cell: str, row: Sequence[str], unit: int | None) -> bool:
    return unit is not None and cell[-1].isdigit() and bool(_SHORT.fullmatch(row[unit]))


def _goal(cell: str, measured: str, year: str) -> str:
    goal = f"{cell}{'' if measured == '%' else ' '}{measured}".strip()
    return f"{goal} (năm {year})" if year else goal


def _counts(title: str, cell: str) -> bool:
    """A row's own number, under "TT" or in a column without a title."""
    return bool(_ORDINAL.fullmatch(fold(title)) or not title) and bool(_OF_ORDINALS.fullmatch(cell))
