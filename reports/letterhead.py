"""What stands around the text of an official document: heading, number, date, signer, recipients.

Wording and spacing follow Nghị định 30/2020/NĐ-CP, Appendix I, which QĐ 933/QĐ-TLĐ rests on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

# Room to write in by hand; ordinary spaces would fall together in HTML.
BLANK = "\N{NO-BREAK SPACE}" * 6

# Capitals of 12 pt that fit beside the national heading.
_ROOM_OF_THE_ISSUER = 29
_BEFORE_A_PLACE = re.compile(r"\s+(?=TỈNH |THÀNH PHỐ |VIỆT NAM)")
_LAST_PADDED_MONTH = 2


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the document, where, under which number and when.

    `issuer_in_text` is the issuer's full name as running text has it, where it differs from the
    short one of the heading. `number` and `signed_on` stay blank until the office has typed them.
    """

    issuer: str
    symbol: str
    place: str
    parent_body: str = ""
    issuer_in_text: str = ""
    number: str = ""
    signed_on: date | None = None

    def parent_lines(self) -> list[str]:
        """The parent body in capitals; a long one is broken before the name of its place."""
        return _lines(self.parent_body)

    def issuer_lines(self) -> list[str]:
        """The issuer likewise."""
        return _lines(self.issuer)

    def number_line(self) -> str:
        """Số: 05/BC-CĐVC; a number below ten gets a leading zero."""
        return f"Số: {self._number()}/{self.symbol}"

    def place_and_date(self) -> str:
        """Phú Thọ, ngày 05 tháng 01 năm 2026."""
        return f"{self.place}, {written_date(self.signed_on)}"

    def reference(self, kind_name: str) -> str:
        """What an annex says of the document it belongs to (kèm theo)."""
        number = f"số {self._number()}/{self.symbol}"
        issuer = self.issuer_in_text or self.issuer
        return f"(Kèm theo {kind_name} {number} {written_date(self.signed_on)} của {issuer})"

    def _number(self) -> str:
        return self.number.strip().zfill(2) if self.number.strip() else BLANK


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: TM. BAN THƯỜNG VỤ, CHỦ TỊCH and a name without title or honour."""

    position: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận; a report to a superior begins with "Như trên", the last is the file copy (Lưu)."""

    names: tuple[str, ...]

    def lines(self) -> list[str]:
        """- Như trên; - Lưu: CĐVC tỉnh."""
        return [f"- {line}" for line in enumerated(self.names)]


def _lines(name: str) -> list[str]:
    capitals = name.upper()
    if len(capitals) <= _ROOM_OF_THE_ISSUER:
        return wrap(capitals)
    parts = _BEFORE_A_PLACE.split(capitals)
    return [line for part in parts for line in wrap(part, _ROOM_OF_THE_ISSUER)]


def written_date(day: date | None) -> str:
    """A day below 10 and the months 1 and 2 get a leading zero, later months do not."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    month = f"{day.month:02}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def enumerated(lines: Sequence[str]) -> list[str]:
    """The lines that say something, each closed by a semicolon and the last by a full stop."""
    said = [line.strip().lstrip("-").strip().rstrip(";.") for line in lines]
    kept = [line for line in said if line]
    return [f"{line};" for line in kept[:-1]] + [f"{line}." for line in kept[-1:]]
