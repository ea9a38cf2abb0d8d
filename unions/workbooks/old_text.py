"""Cells of a table that were typed in old fonts: which they are, and how they would read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unions.workbooks.legacy_fonts import (
    TCVN3,
    Alphabet,
    alphabet_of_font,
    draws_capitals,
    from_tcvn3,
    may_be_legacy,
    recognise,
)
from unions.workbooks.markup import Place

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell: the alphabet it was typed in, as it stands, and as it reads in Unicode."""

    alphabet: Alphabet
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Legacy:
    """Text typed in old fonts: which, in how many cells, and how some of them would read."""

    alphabets: tuple[str, ...]
    cells: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OldText:
    """What is looked through: rows from 0, and fonts by (row, column) from 1."""

    rows: Sequence[Sequence[Any]]
    fonts: Mapping[Place, str]

    def readings(self, first: int, columns: Sequence[int]) -> dict[Place, Reading]:
        """The cells beneath row `first` in `columns` that are old text."""
        found: dict[Place, Reading] = {}
        for column in columns:
            found |= self._of_column(first, column)
        return found

    def _of_column(self, first: int, column: int) -> dict[Place, Reading]:
        """Cells that tell, and with them those that could be read either way, if most tell."""
        told = {where: self._alphabet(where, said) for where, said in self._cells(first, column)}
        certain = Counter(alphabet for alphabet in told.values() if alphabet is not None)
        if not certain:
            return {}
        usual, times = certain.most_common(1)[0]
        return {
            where: self._reading(alphabet or usual, where)
            for where, alphabet in told.items()
            if alphabet is not None or 2 * times > len(told)
        }

    def _cells(self, first: int, column: int) -> Iterator[tuple[Place, str]]:
        for place in range(first, len(self.rows)):
            row = self.rows[place]
            said = row[column] if column < len(row) else ""
            if isinstance(said, str) and may_be_legacy(said):
                yield (place + 1, column + 1), said

    def _alphabet(self, where: Place, said: str) -> Alphabet | None:
        return alphabet_of_font(self.fonts.get(where, "")) or recognise(said)

    def _reading(self, alphabet: Alphabet, where: Place) -> Reading:
        said = str(self.rows[where[0] - 1][where[1] - 1])
        if alphabet is TCVN3 and draws_capitals(self.fonts.get(where, "")):
            return Reading(alphabet, said, from_tcvn3(said, capitals=True))
        return Reading(alphabet, said, alphabet.read(said))


def told(readings: Mapping[Place, Reading]) -> Legacy | None:
    """The whole in few words, or None if there is no old text."""
    if not readings:
        return None
    examples = dict.fromkeys((one.before, one.after) for one in readings.values())
    return Legacy(
        alphabets=tuple(sorted({one.alphabet.name for one in readings.values()})),
        cells=len(readings),
        examples=tuple(examples)[:_EXAMPLES],
    )
