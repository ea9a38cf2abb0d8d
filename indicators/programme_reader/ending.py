"""Plain: what stands at the end: recipients and the signature, in one column or two."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from indicators.programme_reader.marks import BULLETS, mark
from indicators.programme_reader.outline import Line
from indicators.programme_reader.wording import capitals, ended, fold, without_end

_AUTHORITY = re.compile(r"(TM|T/M|KT|TL|TUQ|Q)\s*\.?\s*[^\W\d_].*")
_POSITION = re.compile(r"(pho |quyen )?(chu tich|truong ban|tong thu ky|giam doc)( thuong truc)?")
_POSITION_AT_END = re.compile(r"(?<! ĐOÀN)\s+((?:PHÓ |QUYỀN )?CHỦ TỊCH(?: THƯỜNG TRỰC)?)$")
_WORDS_OF_A_NAME = range(2, 7)
_WORD = r"[^\W\d_]+"
_DEGREE = re.compile(r"^(?:(?:ThS|TS|GS|PGS|CN|KS|BS)\.?\s*)+(?=[^\W\d_])")


@dataclass(slots=True)
class Ending:
    recipients: list[str] = field(default_factory=list)
    authority: str = ""
    position: str = ""
    name: str = ""
    unplaced: list[Line] = field(default_factory=list)
    listing: bool = False
    open_recipient: bool = False


def read_ending(lines: Iterable[Line]) -> Ending:
    """Sort the lines after the closing sentence; what is neither is in `unplaced`."""
    found = Ending()
    for line in lines:
        if not (_takes_signature(found, line.text) or _takes_recipient(found, line.text)):
            found.unplaced.append(line)
    return found


def _takes_signature(found: Ending, text: str) -> bool:
    if not found.authority and _AUTHORITY.fullmatch(text) and capitals(text):
        position = _POSITION_AT_END.search(text) if text.startswith("T") else None
        found.authority = text[: position.start()] if position else text
        found.position = position[1] if position else ""
    elif not found.position and _POSITION.fullmatch(fold(text)):
        found.position = text
    elif found.position and not found.name and _is_name(text):
        found.name = _DEGREE.sub("", text)
    else:
        return False
    return True


def _is_name(text: str) -> bool:
    words = _DEGREE.sub("", text).split()
    return len(words) in _WORDS_OF_A_NAME and all(
        re.fullmatch(_WORD, word) and word[0].isupper() for word in words
    )


def _takes_recipient(found: Ending, text: str) -> bool:
    if fold(text).startswith("noi nhan"):
        found.listing = True
        text = text[len("Nơi nhận") :].lstrip(" :")
        if not text:
            return True
    marked = mark(text)
    if not found.listing or (found.name and marked.style not in BULLETS):
        return False
    if found.open_recipient and marked.style not in BULLETS:
        found.recipients[-1] = f"{found.recipients[-1]} {without_end(text)}"
    else:
        found.recipients.append(without_end(marked.text))
    found.open_recipient = not ended(text)
    return True
