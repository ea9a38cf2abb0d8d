"""Plain: how the words of an official document are compared and cleaned."""

import re
import unicodedata
from itertools import filterfalse

_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_EMPHASIS = re.compile(r"\*\*|(?<!_)__(?=[^\W_])|(?<=[^\s_])__(?!_)|^#{1,6}\s+")
# begin with a capital wherever they stand, though the next word has none
_NAMES = re.compile(r"(Đảng(?! viên)|Nhà nước|Quốc hội|Ủy ban|Uỷ ban|Trung ương|Bác Hồ)\b")
_ENDED = re.compile(r"[.;:!?…][”\"’»)\]]*$")


def clean(text: str) -> str:
    """One composed form, one space between words, no left-over marks of emphasis."""
    text = unicodedata.normalize("NFC", text).translate(_NOTHING)
    return " ".join(_EMPHASIS.sub("", " ".join(text.split())).split())


def fold(text: str) -> str:
    """Lower case without diacritics: what hoá and hóa, Đ and d have in common."""
    marked = unicodedata.normalize("NFD", text.lower())
    bare = "".join(filterfalse(unicodedata.combining, marked))
    return " ".join(bare.replace("đ", "d").split())


def ended(text: str) -> bool:
    """Whether a paragraph may stop here: its last mark closes a sentence or an item."""
    return bool(_ENDED.search(text))


def capitals(text: str) -> bool:
    """Whether all letters are capitals, as in the title of a part."""
    return text.isupper() and sum(letter.isalpha() for letter in text) > 1


def starts_low(text: str) -> bool:
    """Whether the text can only be the middle of a sentence."""
    return text[:1].islower() or text[:1] in {",", ";", ")", "”", ".", "%", "/"}


def closes_quotation(before: str, after: str) -> bool:
    """Whether `after` closes a quotation or a bracket that `before` left open."""
    return any(_closes(before, after, *pair) for pair in ("“”", "()"))


def _closes(before: str, after: str, opening: str, closing: str) -> bool:
    if before.count(opening) <= before.count(closing):
        return False
    end, start = after.find(closing), after.find(opening)
    return end >= 0 and (start < 0 or end < start)


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def inside_a_sentence(text: str) -> str:
    """The text as it goes on in a sentence: abbreviations and proper names keep their capitals."""
    first, *others = text.split(maxsplit=2)[:2] or [""]
    named = _NAMES.match(text) or any(letter.isupper() for letter in first[1:])
    if named or (others and others[0][:1].isupper() and not capitals(others[0])):
        return text
    return text[:1].lower() + text[1:]


def without_end(text: str) -> str:
    """The text without the mark that ends an item."""
    return re.sub(r"[\s.;:,/]+$", "", text)


def short_title(text: str, most: int = 120) -> str:
    """The first sentence, cut where a clause ends if it is longer than `most`."""
    sentence = without_end(re.split(r"(?<=[^\W\d_])[.;:]\s", text, maxsplit=1)[0])
    if len(sentence) <= most:
        return sentence
    cut = sentence[:most]
    return cut[: cut.rfind(",")] if "," in cut[most // 3 :] else cut[: cut.rfind(" ")] + "…"
