"""Cells of the table that are merged over several rows: only the first of them has a value."""

from collections.abc import Iterable, Sequence
from typing import Any

from unions.workbooks.headers import Merged

# of a cell beneath the first of a merged one, by (row, column) from 0: the row of the first
Beneath = dict[tuple[int, int], int]


def beneath(
    merged: Merged, rows: Sequence[Sequence[Any]], first: int, columns: Iterable[int]
) -> Beneath:
    """The cells of these columns beneath the first of a merged one that has a value.

    Of the rows from `first` on. Each cell is met once, however merged ranges overlap.
    """
    found: Beneath = {}
    tall = sorted(
        (top, bottom, column)
        for (top, column), (bottom, _) in merged
        if first <= top < bottom and top < len(rows)
    )
    reached = dict.fromkeys(columns, first)
    for top, bottom, column in tall:
        if column in reached and column < len(rows[top]) and rows[top][column] not in {"", None}:
            last = min(bottom, len(rows) - 1)
            for row in range(max(top + 1, reached[column]), last + 1):
                found[row, column] = top
            reached[column] = max(reached[column], last + 1)
    return found
