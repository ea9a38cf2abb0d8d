"""A programme as a Word document: its paragraphs in order, with the numbers Word keeps apart."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from string import ascii_lowercase
from typing import Any

import docx
from docx.oxml.ns import qn

from indicators.programme_reader.indicator_tables import lines_of_table
from unions.errors import RuleBroken

_LARGEST_UNPACKED = 50_000_000
_MOST_PARAGRAPHS = 20_000
_MOST_COLUMNS = 63  # as many as Word draws
_BROKEN = "Tệp Word bị hỏng, không mở được; hãy mở bằng Word, lưu lại dạng .docx rồi tải lại."
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


def lines_of_word(content: bytes) -> list[str]:
    """Every paragraph of body, tables and text boxes; RuleBroken if the file cannot be opened."""
    _refuse_bomb(content)
    try:
        document = docx.Document(io.BytesIO(content))
        _refuse_length(document)
        numbering = _Numbering(document)
        return list(_lines_within(document.element.body, numbering))
    except RuleBroken:
        raise
    except Exception as error:  # python-docx lets every fault of the XML through
        raise RuleBroken(_BROKEN) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except Exception as error:  # a package may ask for a version or a packing nobody knows
        raise RuleBroken(_BROKEN) from error
    if any(part.flag_bits & 1 for part in parts):
        raise RuleBroken("Tệp Word có đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.")
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise RuleBroken(
            "Tệp Word giải nén ra quá lớn (trên 50 MB); hãy bỏ bớt hình ảnh rồi tải lại."
        )


def _refuse_length(document: Any) -> None:
    """Before the paragraphs are looked at one by one, which takes a minute for a whole book."""
    paragraphs = document.element.body.iter(qn("w:p"))
    if next(islice(paragraphs, _MOST_PARAGRAPHS, None), None) is not None:
        raise RuleBroken(
            f"Tệp Word dài quá {_MOST_PARAGRAPHS // 1000}.000 đoạn, không phải một chương trình"
            " hành động; hãy chọn đúng tệp."
        )


def _lines_within(element: Any, numbering: "_Numbering") -> Iterator[str]:
    """Lines in the order of the page; what was deleted under tracking is not there."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:p"):
            yield from _lines(child, numbering)
        elif child.tag == qn("w:tbl") and (lines := lines_of_table(_rows(child))) is not None:
            yield from lines
            continue
        yield from _lines_within(child, numbering)


def _rows(table: Any) -> list[list[str]]:
    return [
        [text for cell in _cells(row) for text in _cell_texts(cell)]
        for row in table.iter(qn("w:tr"))
    ]


def _cell_texts(cell: Any) -> list[str]:
    """A cell that is as wide as three columns is followed by two empty ones."""
    text = " ".join("".join(_pieces(p)) for p in cell.iter(qn("w:p")))
    properties = cell.find(qn("w:tcPr"))
    width = "" if properties is None else _value(properties, "w:gridSpan")
    columns = int(width) if width.isdecimal() else 1
    return [text, *[""] * (min(columns, _MOST_COLUMNS) - 1)]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]


def _lines(paragraph: Any, numbering: "_Numbering") -> list[str]:
    text = numbering.sign(paragraph) + "".join(_pieces(paragraph))
    return text.split("\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag not in _SKIPPED and child.tag not in {qn("w:p"), qn("w:pPr")}:
            yield from _pieces(child)


class _Numbering:
    """Counts Word's automatic lists, whose numbers are not in the text."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self.styles = document.styles
        self.counts: Counter[tuple[str, int]] = Counter()
        root = _numbering_root(document)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        abstracts = {
            item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            abstract = abstracts.get(_value(num, "w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")) if abstract is not None else ():
                key = (num.get(qn("w:numId")), level.get(qn("w:ilvl")))
                start = _value(level, "w:start") or "1"
                self.levels[key] = (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    int(start),
                )

    def sign(self, paragraph: Any) -> str:
        """The number or bullet Word shows before this paragraph, with a space; often nothing."""
        properties = self._properties(paragraph)
        if properties is None:
            return ""
        number, depth = _value(properties, "w:numId"), _value(properties, "w:ilvl") or "0"
        if (number, depth) not in self.levels:
            return ""
        self._count(number, int(depth))
        if self.levels[number, depth][0] == "bullet":
            return "- " if depth == "0" else "+ "
        return self._written(number, depth) + " "

    def _properties(self, paragraph: Any) -> Any:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = paragraph.style if own is None else None
        if style is None:
            return own
        found = self.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']")
        return None if found is None else found.find(f"{qn('w:pPr')}/{qn('w:numPr')}")

    def _count(self, number: str, depth: int) -> None:
        self.counts[number, depth] += 1
        for deeper in range(depth + 1, 9):
            self.counts[number, deeper] = 0

    def _written(self, number: str, depth: str) -> str:
        text = self.levels[number, depth][1]
        for level in range(int(depth) + 1):
            form, _, start = self.levels.get((number, str(level)), ("decimal", "", 1))
            count = max(self.counts[number, level], 1) + start - 1
            text = text.replace(f"%{level + 1}", _figure(count, form))
        return text


def _numbering_root(document: Any) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None


def _value(element: Any, tag: str) -> str:
    found = element.find(qn(tag))
    return "" if found is None else found.get(qn("w:val"), "")


def _figure(count: int, form: str) -> str:
    if form == "upperRoman" and count < len(_ROMAN):
        return _ROMAN[count]
    if form in {"lowerLetter", "upperLetter"} and count <= len(ascii_lowercase):
        letter = ascii_lowercase[count - 1]
        return letter if form == "lowerLetter" else letter.upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)
