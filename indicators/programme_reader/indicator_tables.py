"""Plain: a table of indicators with a column for their targets: every row as one line."""

import re
from collections.abc import Sequence

from indicators.programme_reader.wording import clean, fold

_INDICATOR = re.compile(r".*\bchi tieu\b(?! dat).*|noi dung|muc tieu")
_TARGET = re.compile(
    r".*\b(muc phan dau|muc tieu|phan dau|muc dat|chi tieu dat|can dat|ty le|ke hoach|muc)\b.*"
)
_UNIT = re.compile(r"(don vi( tinh)?|dvt|don vi do)")
_ORDINAL = re.compile(r"(so )?(tt|thu tu)")
_SHORT = re.compile(r"%|[^\W\d_]+( [^\W\d_]+)?")
_OF_ORDINALS = re.compile(r"[\d.]*|[IVX]+|[a-zđ]\)?")


def lines_of_table(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """ "- Tỷ lệ đoàn viên …: ≥ 90%" for every row; None if this is no table of indicators."""
    rows = [[clean(cell) for cell in row] for row in rows]
    header = [fold(cell) for cell in rows[0]] if rows else []
    target = _column(header, _TARGET, without=_column(header, _INDICATOR, None))
    name = _column(header, _INDICATOR, without=target)
    if name is None or target is None:
        return None
    return [_line(rows[0], row, name, target) if any(row) else "" for row in rows[1:]]


def _column(header: Sequence[str], wording: re.Pattern[str], without: int | None) -> int | None:
    found = (at for at, title in enumerate(header) if at != without and wording.fullmatch(title))
    return next(found, None)


def _line(titles: Sequence[str], row: Sequence[str], name: int, target: int) -> str:
    unit = next((at for at, title in enumerate(titles) if _UNIT.fullmatch(fold(title))), None)
    if len(row) != len(titles) or not row[target]:
        return " ".join(cell for cell in row if cell)
    fits = unit is not None and row[target][-1].isdigit() and _SHORT.fullmatch(row[unit])
    measured = row[unit] if unit is not None and fits else ""
    known = {name, target, unit if fits else None}
    goal = f"{row[target]}{'' if measured == '%' else ' '}{measured}".strip()
    rest = [
        f"{title}: {cell}"
        for at, (title, cell) in enumerate(zip(titles, row, strict=True))
        if cell and at not in known and not _counts(title, cell)
    ]
    behind = f" ({', '.join(rest)})" if rest else ""
    return f"- {row[name]}: {goal}{behind}"


def _counts(title: str, cell: str) -> bool:
    """A row's own number, under "TT" or in a column without a title."""
    return bool(_ORDINAL.fullmatch(fold(title)) or not title) and bool(_OF_ORDINALS.fullmatch(cell))
