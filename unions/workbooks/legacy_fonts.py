"""Vietnamese typed in the alphabets of old fonts: TCVN3 (.VnTime) and VNI (VNI-Times).

Both draw Vietnamese letters over signs of Latin-1, so a spreadsheet without the font shows
“C«ng ®oµn” or “Coâng ñoaøn” for “Công đoàn”. TCVN3 has no toned capitals: they are small letters
drawn as capitals by fonts whose names end in H.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from unions.vietnamese import composed

_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏ\u00d0ÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
# what a sign after a vowel draws over it; the first five stand after any vowel
_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROUND = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_SHORT = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_BASES = {"ô": "ơ", "ö": "ư"}
_SINGLE = {
    **{"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"},
    **_BASES,
}
_SIGNS_OF = {
    **dict.fromkeys("aeo", _TONES | {sign: _CIRCUMFLEX + tone for sign, tone in _ROUND.items()}),
    **dict.fromkeys("uyôö", _TONES),
}
_SIGNS_OF["a"] = _SIGNS_OF["a"] | {sign: _BREVE + tone for sign, tone in _SHORT.items()}
_VNI_LETTER = re.compile(r"([aeouyôö])([ùøûõïâáàåãäêéèúüë])|[íìæóòîñôö]", re.IGNORECASE)

_TONE_MARKS = {_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT}
_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    r"(?:i[êa]?u?|y[êa]?u?|ê[u]?|e[o]?|a[iouy]?|ă|â[uy]?|o[aăe]?[iouy]?|ô[i]?|ơ[i]?"
    r"|u[aâêôơyi]?[êiuya]?|ư[aơ]?[iu]?)"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"[A-ZĐƯ]+")
# signs of a cell that belong to words in these fonts, though Unicode counts them as none
_TEXT = re.compile(r"[^\s\d.,;:!?()\[\]{}/\\\"'“”‘’+=_*&%$#@<>|~^-]+")
_FEWEST_CAPITALS = 2
_LAST_SIGN = "\u00ff"


@dataclass(frozen=True, slots=True)
class Alphabet:
    """One way to draw Vietnamese over Latin-1, and the fonts that do."""

    name: str
    fonts: str
    read: Callable[[str], str]


def is_vietnamese(word: str) -> bool:
    """True if `word` could be a syllable of Vietnamese, whatever its capitals."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if mark in _TONE_MARKS]
    plain = composed("".join(mark for mark in parts if mark not in _TONE_MARKS))
    return len(tones) <= 1 and _SYLLABLE.fullmatch(plain) is not None


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """`text` of a .Vn font in Unicode; `capitals` for fonts that draw small letters as capitals.

    Where the certain letters of the whole, or of one word, are all capitals, and at least two, the
    toned letters among them were drawn as capitals too.
    """
    plain = text.translate(_TCVN3)
    if capitals or _is_capital(text):
        return plain.upper()
    return re.sub(r"\S+", lambda word: _word_from_tcvn3(word[0]), text)


def from_vni(text: str) -> str:
    """`text` of a VNI font in Unicode."""
    return composed(_VNI_LETTER.sub(_vni_letter, text))


TCVN3 = Alphabet("TCVN3", ".vn", from_tcvn3)
VNI = Alphabet("VNI", "vni-", from_vni)
ALPHABETS = (TCVN3, VNI)


def alphabet_of_font(font: str) -> Alphabet | None:
    """The alphabet that a font by this name draws, if it is one of the old fonts."""
    name = font.strip().casefold()
    return next((one for one in ALPHABETS if name.startswith(one.fonts)), None)


def draws_capitals(font: str) -> bool:
    """True for .VnTimeH and its like, which draw every letter as a capital."""
    return alphabet_of_font(font) is TCVN3 and font.strip().endswith("H")


def may_be_legacy(text: str) -> bool:
    """True if `text` has signs that those fonts draw over, and none that proves it Unicode."""
    return not text.isascii() and max(text) <= _LAST_SIGN


def recognise(text: str) -> Alphabet | None:
    """The alphabet in which every word of `text` is Vietnamese, if it is none as it stands."""
    if not may_be_legacy(text) or _reads(text):
        return None
    return next((one for one in ALPHABETS if _reads(one.read(text))), None)


def _reads(text: str) -> bool:
    """True if each word with more than ASCII in it is Vietnamese."""
    words = [word for word in _TEXT.findall(text) if not word.isascii()]
    return all(map(_is_word, words))


def _is_word(word: str) -> bool:
    if _ABBREVIATION.fullmatch(word):
        return True
    return _WORD.fullmatch(word) is not None and is_vietnamese(word)


def _is_capital(text: str) -> bool:
    """True if every letter that tells is a capital, and at least two do."""
    certain = [sign for sign in text if (sign.isascii() and sign.isalpha()) or sign in "¡¢£¤¥¦§"]
    capitals = [sign for sign in certain if not sign.islower()]
    return len(capitals) == len(certain) >= _FEWEST_CAPITALS


def _word_from_tcvn3(word: str) -> str:
    plain = word.translate(_TCVN3)
    return plain.upper() if _is_capital(word) else plain


def _vni_letter(found: re.Match[str]) -> str:
    vowel, sign = found[1], found[2]
    if vowel is None:
        return _in_case(_SINGLE[found[0].lower()], found[0])
    marks = _SIGNS_OF[vowel.lower()].get(sign.lower())
    base = _in_case(_BASES.get(vowel.lower(), vowel), vowel)
    if marks is None:
        return base + _VNI_LETTER.sub(_vni_letter, sign)
    return base + marks


def _in_case(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter
