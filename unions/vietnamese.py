"""Vietnamese text: composed (NFC), folded to search by, sorted by its alphabet; days as written."""

import functools
import unicodedata
from datetime import date
from itertools import filterfalse

# the rank of a letter of the alphabet, after spaces, other signs and digits
_IS_LETTER, _FIRST = 3, 100
_LETTERS = {
    letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=_FIRST)
}
# không dấu, huyền, hỏi, ngã, sắc, nặng: the dictionary's order of tones
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# breve, circumflex and horn make another letter, not another tone
_SHAPES = {"\u0306", "\u0302", "\u031b"}

# letters and marks by their class, but drawn as nothing: Hangul's fillers, the empty Braille cell,
# Khmer's inherent vowels, and what only chooses the shape of the letter before it
_BLANKS = {
    *"\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f",
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}

# in the key of a person: no letter is written so, and all stand after it
_END = "00"

# PostgreSQL's name for the order of `compare`; SQLite is taught it (unions/apps.py)
COLLATION = "vi-x-icu"
# what SQLite calls `fold` (unions/apps.py); PostgreSQL does it letter by letter
FOLD = "vi_fold"

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...]]


def composed(text: str) -> str:
    """`text` with every letter in its composed form (NFC), the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """`text` trimmed, with every run of white space (no-break spaces too) made one space."""
    return " ".join(trimmed(text).split())


def trimmed(text: str) -> str:
    """`text` composed, without what nobody sees at its ends; empty if there is nothing to read."""
    start = next((place for place, sign in enumerate(text) if _is_seen(sign)), len(text))
    after = next((place for place, sign in enumerate(reversed(text)) if _is_seen(sign)), 0)
    return composed(text[start : len(text) - after])


def fold(text: str) -> str:
    """`text` without accents and in lower case: what people type when they search."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(filterfalse(unicodedata.combining, plain))


def sought(term: str) -> str:
    """What is typed to search by: folded, with every run of white space made one space."""
    return tidy(fold(term))


def written(day: date | None) -> str:
    """As 05/01/0024: with four digits of any year, which strftime leaves out; – where none is."""
    return f"{day:%d/%m}/{day.year:04}" if day else "–"


def letters_to_fold() -> tuple[str, str]:
    """Every letter that `fold` changes, small and capital, and beside it what it becomes."""
    marks = ["", *_TONES]
    small = [composed(letter + mark) for letter in _LETTERS for mark in marks]
    every = [one for one in small if len(one) == 1]
    changed = [one for one in (*every, *map(str.upper, every)) if fold(one) != one]
    return "".join(changed), "".join(map(fold, changed))


@functools.lru_cache(maxsize=50_000)
def sort_key(text: str) -> SortKey:
    """Where `text` stands in Vietnamese order: letters first, tones and capitals as tie-breaks."""
    letters, tones, capitals = [], [], []
    for sign in composed(text):
        parts = unicodedata.normalize("NFD", sign)
        shape = composed(parts[0] + "".join(mark for mark in parts[1:] if mark in _SHAPES))
        letters.append(_rank(shape.lower()))
        tones.append(next((_TONES[mark] for mark in parts[1:] if mark in _TONES), 0))
        capitals.append(shape != shape.lower())
    return tuple(letters), tuple(tones), tuple(capitals)


def person_key(full_name: str) -> str:
    """Where a person stands in a list: by given name (tên), middle names (đệm), family name (họ).

    Digits alone, which every database sorts alike.
    """
    *before, given = full_name.split() or [""]
    family, middle = before[:1], before[1:]
    return "".join([*map(_word_key, [given, *middle]), _END, *map(_word_key, family)])


def compare(left: str, right: str) -> int:
    """-1, 0 or 1 as `left` stands before, with or after `right` (a database collation)."""
    first, second = sort_key(left), sort_key(right)
    return (first > second) - (first < second)


def _is_seen(sign: str) -> bool:
    return sign.isprintable() and not sign.isspace() and sign not in _BLANKS


def _word_key(word: str) -> str:
    """Two digits a letter, the end, a digit a tone: tones decide only between equal letters."""
    letters, tones, _ = sort_key(word)
    return "".join([*map(_two_digits, letters), _END, *map(str, tones)])


def _two_digits(rank: tuple[int, int]) -> str:
    kind, place = rank
    return str(place - _FIRST + 10) if kind == _IS_LETTER else f"0{kind + 1}"


def _rank(letter: str) -> tuple[int, int]:
    if letter in _LETTERS:
        return _IS_LETTER, _LETTERS[letter]
    if letter.isdigit():
        return 2, ord(letter)
    return (0, 32) if letter.isspace() else (1, ord(letter[0]) if letter else 0)
