"""Cells that take away what stands: by a word, never by being empty."""

from unions.errors import RuleBroken
from unions.services.lists.lines import Erasure
from unions.vietnamese import fold, tidy
from unions.workbooks.columns import Cell, Read, text

_WORDS = {"xoa", "-", "–", "—"}
_LONGEST = max(map(len, _WORDS))


def erasable(read: Read = text) -> Read:
    """As `read`; “xoá” and “-” take away what stands."""

    def told(cell: Cell) -> object:
        return Erasure(text(cell)) if _erases(cell) else read(cell)

    return told


def lasting(read: Read = text) -> Read:
    """As `read`; RuleBroken for “xoá” and “-”, of what is never without a value."""

    def told(cell: Cell) -> object:
        if _erases(cell):
            raise RuleBroken("Không xoá được nội dung này. Hãy để trống ô nếu muốn giữ nguyên.")
        return read(cell)

    return told


def _erases(cell: Cell) -> bool:
    # most cells are longer, and told apart by that alone
    if not isinstance(cell, str) or len(cell.strip()) > _LONGEST + 1:
        return False
    return fold(tidy(cell)) in _WORDS
