"""What a report says, block by block: text and quantities, never markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, TypeAlias

from reports.letterhead import Letterhead, Recipients, Signature, enumerated
from unions.quantities import Quantity

# A year is text: as a number it would be written 2.025.
Cell: TypeAlias = str | int | Decimal | Quantity | None

END_MARK = "./."


class Align(StrEnum):
    """Where the text of a cell stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Density(StrEnum):
    """How much is to stand on a page; all but the usual set the text smaller (NĐ 30: 13-14 pt)."""

    USUAL = "usual"
    COMPACT = "compact"
    DENSE = "dense"


class Written(NamedTuple):
    """A cell as the reader sees it."""

    text: str
    align: Align


class HeaderCell(NamedTuple):
    """A heading that stands over so many columns and takes so many of the heading's rows."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a Mục (I.), 2 a Khoản (1.), 3 a Điểm (a)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; each line of it is a paragraph on paper."""

    text: str

    def lines(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points under one another, each after a hyphen."""

    items: tuple[str, ...]

    def lines(self) -> list[str]:
        """The points that say something."""
        return [item.strip() for item in self.items if item.strip()]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `width` is its share of the table in percent; columns without one share the rest evenly.
    Without `align` numbers stand right and text left. Neighbours of one `group` share a heading
    above theirs.
    """

    title: str
    width: int | None = None
    align: Align | None = None
    group: str = ""

    def write(self, cell: Cell) -> Written:
        """The cell's text and where it stands."""
        if isinstance(cell, str) or cell is None:
            return Written(cell or "", self.align or Align.LEFT)
        quantity = cell if isinstance(cell, Quantity) else Quantity(cell)
        return Written(str(quantity), self.align or Align.RIGHT)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `totals` close it, `notes` stand below (rules of counting)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.totals):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns: {row!r}")

    def header(self) -> list[list[HeaderCell]]:
        """The heading's one or two rows."""
        if not any(column.group for column in self.columns):
            return [[HeaderCell(column.title, 1, 1) for column in self.columns]]
        grouped = [(group, list(run)) for group, run in groupby(self.columns, _group)]
        upper = [cell for group, run in grouped for cell in _upper(group, run)]
        return [upper, [HeaderCell(column.title, 1, 1) for column in self.columns if column.group]]

    def written_rows(self) -> Iterator[list[Written]]:
        """The rows as the reader sees them."""
        return (self._written(row) for row in self.rows)

    def written_totals(self) -> Iterator[list[Written]]:
        """The closing rows as the reader sees them."""
        return (self._written(row) for row in self.totals)

    def _written(self, row: tuple[Cell, ...]) -> list[Written]:
        return [column.write(cell) for column, cell in zip(self.columns, row, strict=True)]


Block: TypeAlias = Heading | Paragraph | BulletList | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (phụ lục): on pages of its own, counted from one; a wide one lies on its side."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code for the camera that says `address`, with lines to be read beneath it."""

    address: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An official document with a named type (văn bản có tên loại, NĐ 30/2020 model 1.4).

    `subject` is the trích yếu. `closing` is the last sentence; the end mark is set here. `title`
    is what a reader program shows in its window, the type and subject unless given. `code` stands
    beneath the recipients: by it the paper is found again.
    """

    kind_name: str
    subject: str
    letterhead: Letterhead
    signature: Signature
    recipients: Recipients
    blocks: tuple[Block, ...]
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    closing: str = ""
    annexes: tuple[Annex, ...] = ()
    title: str = ""
    language: str = "vi"
    code: QrCode | None = None
    density: Density = Density.USUAL

    def heading(self) -> str:
        """The title of the file."""
        return self.title or f"{self.kind_name.capitalize()} {self.subject}".strip()

    def addressed_to(self) -> list[str]:
        """One addressee stands on the line of "Kính gửi", several under one another."""
        if len(self.addressees) == 1:
            return [self.addressees[0]]
        return [f"- {line}" for line in enumerated(self.addressees)]

    def bases(self) -> list[str]:
        """The legal bases (căn cứ), one a line."""
        return enumerated(self.legal_bases)

    def ending(self) -> str:
        """The last sentence with the mark that nothing follows."""
        return f"{self.closing.strip().rstrip(' ./')}{END_MARK}"

    def numbered_annexes(self) -> list[tuple[str, Annex]]:
        """Each annex with its name; a single one has no number."""
        if len(self.annexes) == 1:
            return [("Phụ lục", self.annexes[0])]
        return [(f"Phụ lục {_roman(n)}", annex) for n, annex in enumerate(self.annexes, start=1)]

    def annex_reference(self) -> str:
        """The line under an annex's title that names this document."""
        return self.letterhead.reference(self.kind_name.capitalize())


def _group(column: Column) -> str:
    return column.group


def _upper(group: str, run: list[Column]) -> list[HeaderCell]:
    if group:
        return [HeaderCell(group, len(run), 1)]
    return [HeaderCell(column.title, 1, 2) for column in run]


def _roman(number: int) -> str:
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]
