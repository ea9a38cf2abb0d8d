"""What calamine does not tell of a worksheet: hidden rows, formulas without values, fonts."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from unions.errors import RuleBroken
from unions.workbooks.unpacking import Limits

_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_CELL_NAME = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
# a formula whose cell keeps no value, or an empty one that is not an empty text
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</|(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></))"
)
_TEXT_RESULT = b't="str"'
_FAILED = re.compile(
    rb'<(?:\w+:)?c\b([^<>]*\bt="e"[^<>]*)>(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*'
    rb"<(?:\w+:)?v>([^<]*)<"
)
_WORKBOOK = "xl/workbook.xml"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Markup:
    """Of one worksheet: numbers of rows from 1, places as (row, column) from 1.

    `failed` has the cells without a value: the error that a formula gave, or “” for one that was
    never calculated.
    """

    hidden: frozenset[int]
    failed: dict[Place, str]
    fonts: dict[Place, str]


def read(
    members: Mapping[str, bytes], sheet: str, limits: Limits, fonts: Mapping[int, str]
) -> Markup:
    """What the markup of the worksheet `sheet` tells; `fonts` are those to look for, by style.

    RuleBroken if it reaches further than anybody fills in, which would take all memory to read.
    """
    content = members.get(_paths(members).get(sheet, ""), b"")
    _must_be_of_a_size(content, sheet, limits)
    return Markup(
        hidden=frozenset(_hidden(content)),
        failed=dict(_failed(content)),
        fonts=dict(_fonts(content, fonts)) if fonts else {},
    )


def fonts_by_style(members: Mapping[str, bytes]) -> dict[int, str]:
    """The name of the font of every cell style of the workbook."""
    styles = members.get("xl/styles.xml")
    if styles is None:
        return {}
    tree = ElementTree.fromstring(styles)
    names = [_font_name(font) for font in tree.findall("{*}fonts/{*}font")]
    used = [int(style.get("fontId", 0)) for style in tree.findall("{*}cellXfs/{*}xf")]
    return {style: names[font] for style, font in enumerate(used) if font < len(names)}


def letters(column: int) -> str:
    """The letters of a column, from 1: A, B, … Z, AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _paths(members: Mapping[str, bytes]) -> dict[str, str]:
    """Where each worksheet is kept in the package, by its name."""
    relations = ElementTree.fromstring(members.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations.findall("{*}Relationship")}
    sheets = ElementTree.fromstring(members[_WORKBOOK]).findall("{*}sheets/{*}sheet")
    return {one.get("name", ""): _path(targets.get(_relation(one), "")) for one in sheets}


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _path(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _font_name(font: ElementTree.Element) -> str:
    name = font.find("{*}name")
    return "" if name is None else name.get("val", "")


def _rows(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each row's number, counted on where it is not said, and its attributes."""
    last = 0
    for found in _ROW.finditer(content):
        said = _NUMBER.search(found[1])
        last = int(said[1]) if said else last + 1
        yield last, found[1]


def _hidden(content: bytes) -> Iterator[int]:
    if _HIDDEN.search(content) is not None:
        yield from (number for number, said in _rows(content) if _HIDDEN.search(said))


def _must_be_of_a_size(content: bytes, sheet: str, limits: Limits) -> None:
    """Whoever reads a sheet lays out every cell from the first to the last of rows and columns."""
    last_row = max((number for number, _ in _rows(content)), default=0)
    last_column = nameless = 0
    for found in _CELL.finditer(content):
        name = _CELL_NAME.search(found[1])
        nameless += name is None
        last_row = max(last_row, int(name[2]) if name else 0)
        last_column = max(last_column, _column(name[1]) if name else nameless)
    if last_row > limits.rows or last_row * last_column > limits.cells:
        raise RuleBroken(
            f"Trang “{sheet}” có dữ liệu đến dòng {last_row}, cột {letters(last_column)}, nhiều hơn"
            f" mức được đọc. Hãy xoá các ô thừa ở xa bảng{limits.or_divide}."
        )


def _failed(content: bytes) -> Iterator[tuple[Place, str]]:
    for found in _UNCALCULATED.finditer(content):
        name = _CELL_NAME.search(found[1])
        if name and not (found[2] and _TEXT_RESULT in found[1]):
            yield (int(name[2]), _column(name[1])), ""
    for found in _FAILED.finditer(content):
        if name := _CELL_NAME.search(found[1]):
            yield (int(name[2]), _column(name[1])), found[2].decode(errors="replace")


def _fonts(content: bytes, fonts: Mapping[int, str]) -> Iterator[tuple[Place, str]]:
    for found in _CELL.finditer(content):
        name, style = _CELL_NAME.search(found[1]), _STYLE.search(found[1])
        if name and style and int(style[1]) in fonts:
            yield (int(name[2]), _column(name[1])), fonts[int(style[1])]


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number
