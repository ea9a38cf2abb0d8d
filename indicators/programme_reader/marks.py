"""Plain: the marks paragraphs begin with (I. 1. 2.1/ a) (1) - + •), and what they open."""

import re
from dataclasses import dataclass
from enum import Enum, auto

DASHES = "-–—−‒‐"
DOTS = "•·●▪■*◦○‣⁃➢➤✓►\uf0b7\uf02d\uf0a7\uf076"


class Style(Enum):
    """How a paragraph is marked. Those of HEADINGS may stand before a title."""

    PART = auto()
    ARTICLE = auto()
    UPPER = auto()
    ROMAN = auto()
    ARABIC = auto()
    ARABIC_2 = auto()
    ARABIC_3 = auto()
    LETTER = auto()
    BRACKET = auto()
    DASH = auto()
    DOT = auto()
    PLUS = auto()
    NONE = auto()


BULLETS = frozenset({Style.DASH, Style.DOT, Style.PLUS})
HEADINGS = frozenset(Style) - BULLETS - {Style.NONE}
SECTIONS = frozenset({Style.PART, Style.ARTICLE, Style.UPPER, Style.ROMAN, Style.ARABIC})


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark's style, its number or letter as written, and the text behind it."""

    style: Style
    label: str
    text: str


_COUNTED = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
_ORDINALS = r"nhất|một|hai|ba|bốn|tư|năm|sáu|bảy"
_PATTERNS = (
    (
        Style.PART,
        rf"(?:phần|chương|mục)\s+((?:thứ\s+)?(?:[IVXL]+|\d+|{_ORDINALS}))\b\s*[.:/–-]?\s*",
    ),
    (Style.ARTICLE, r"điều\s+(\d{1,2})\s*[.:/]\s*"),
    (Style.BRACKET, r"\((\d{1,2}|[a-zđ])\)\s*"),
)
_EXACT_PATTERNS = (
    (Style.ROMAN, r"([IVX]{1,5})\s*(?:[.)/:]|[–-]\s)\s*(?=\S)"),
    (Style.UPPER, r"([A-HĐ])\s*[.)/]\s+(?=\S)"),
    (Style.ARABIC_3, r"(\d{1,2}\.\d{1,2}\.\d{1,2})\s*(?:[.):]|/(?=\s)|(?=\s))\s*(?=[^\W\d_])"),
    (Style.ARABIC_3, r"(\d{1,2}\.\d{1,2}\.\d{1,2})\s*[.):]\s+(?=\S)"),
    (Style.ARABIC_2, r"(\d{1,2}\.\d{1,2})\s*(?:[.):]|/(?=\s)|(?=\s))\s*(?=[^\W\d_])"),
    (Style.ARABIC_2, r"(\d{1,2}\.\d{1,2})\s*[.):]\s+(?=\S)"),
    (Style.ARABIC, r"(\d{1,2})\s*(?:[.):]\s*(?=[^\W\d_“\"])|[.)/:]\s+(?=\S))"),
    (Style.LETTER, r"([a-zđ])\s*(?:\)\s*|[./]\s+)(?=\S)"),
    (Style.PLUS, r"()\+\s*(?=\S)"),
    (Style.DASH, rf"()[{DASHES}]+\s*(?=\S)"),
    (Style.DOT, rf"()[{re.escape(DOTS)}]\s*(?=\S)"),
)
_COMPILED = [(style, re.compile(pattern, re.IGNORECASE)) for style, pattern in _PATTERNS]
_COMPILED += [(style, re.compile(pattern)) for style, pattern in _EXACT_PATTERNS]


def code_of(label: str) -> str:
    """A label as the beginning of a code: "thứ hai" counts as 2."""
    word = label.lower().removeprefix("thứ").strip()
    return str(_COUNTED[word]) if word in _COUNTED else label


def mark(text: str) -> Mark:
    """The mark at the start of `text`; a bullet before a number, as in "- (1)", keeps both."""
    found = _first(text)
    if found.style in BULLETS:
        inner = _first(found.text)
        if inner.style in {Style.BRACKET, Style.LETTER, Style.ARABIC}:
            return Mark(found.style, inner.label, inner.text)
    return found


def _first(text: str) -> Mark:
    for style, pattern in _COMPILED:
        if found := pattern.match(text):
            return Mark(style, found[1], text[found.end() :])
    return Mark(Style.NONE, "", text)
