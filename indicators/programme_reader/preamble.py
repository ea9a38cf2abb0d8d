"""Plain: what stands before the first part: letterhead, number, date, title, legal bases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from indicators.programme_reader.marks import Style, mark
from indicators.programme_reader.outline import Line
from indicators.programme_reader.wording import capitals, ended, fold, starts_low

_NUMBER = re.compile(r"Số\s*[:.]?\s*(\d*)\s*/\s*([^\W\d_]+(?:\s*[-–]\s*[^\W\d_]+)*)", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:/\d]*?)\s*,\s*ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{0,2})"
    r"[\s.…]*năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_TYPE = re.compile(r"chuong trinh|ke hoach|de an|bao cao|quyet dinh|nghi quyet|thong bao|to trinh")
_FULL_TYPE = "chuong trinh hanh dong"
_UNION = re.compile(r"\b((tong )?lien doan|cong doan|cdcs|cdvc|ldld|ban chap hanh)\b")
_BASIS = re.compile(r"(can cu|thuc hien|thi hanh|xet|theo) ")
_RESOLUTION = re.compile(
    r"(nhu sau|(ban hanh|xay dung|de ra) (va trien khai )?chuong trinh)", re.DOTALL
)
_BROKEN = re.compile(
    r"^Số\s*:?\s*\d*$|^[^:;/\d]{2,40},\s*(ngày(\s*\d+(\s*tháng(\s*\d+(\s*năm)?)?)?)?)?$",
    re.IGNORECASE,
)
_STAMP = re.compile(r"du thao|mat|tuyet mat|toi mat|hoa toc|(thuong )?khan|ban sao|sao y|phu luc")
_REST_OF_NAME = re.compile(r"[^\W\d_]+( [^\W\d_]+){0,5}")
_LONGEST_DATE_LINE = 200
_LONGEST_PLACE = 40
_SHORTEST_SENTENCE = 60
_SENTENCE = re.compile(
    r"(?<=[.;,])\s+(?=(?:Ban |Công đoàn |Liên đoàn |Đoàn Chủ tịch )"
    r"[^,;]*(?:ban hành|xây dựng|đề ra))"
)


@dataclass(slots=True)
class Preamble:
    """What was found, as written; empty where nothing was."""

    bodies: list[str] = field(default_factory=list)
    number: str = ""
    place: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    kind: str = ""
    subject: str = ""
    legal_bases: list[str] = field(default_factory=list)
    resolution: str = ""
    unplaced: list[Line] = field(default_factory=list)


def read_preamble(lines: Iterable[Line]) -> Preamble:
    """Sort the lines before the first part; what says nothing known is in `unplaced`."""
    walk = _Walk(Preamble())
    for line in _mended(lines):
        walk.take(line)
    walk.finish()
    return walk.found


def _mended(lines: Iterable[Line]) -> list[Line]:
    """A number or a date that a narrow column broke over two lines, in one."""
    mended: list[Line] = []
    for line in lines:
        if mended and _BROKEN.search(mended[-1].text):
            mended[-1] = Line(mended[-1].number, f"{mended[-1].text} {line.text}")
        else:
            mended.append(line)
    return mended


@dataclass(slots=True)
class _Walk:
    found: Preamble
    paragraphs: list[tuple[str, list[Line]]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        short = not self.paragraphs and len(line.text) <= _LONGEST_DATE_LINE
        rest = self._without_number_and_date(line.text) if short else line.text
        if not any(letter.isalnum() for letter in rest):
            return
        if self.paragraphs:
            self._body(Line(line.number, rest))
        elif not self.found.kind:
            self._above_title(Line(line.number, rest))
        elif _begins_body(rest, bool(self.found.subject)):
            self._body(Line(line.number, rest))
        else:
            self._below_title(rest)

    def _without_number_and_date(self, text: str) -> str:
        found = self.found
        if not found.number and (number := _NUMBER.match(text)):
            symbol = re.sub(r"\s*[-–]\s*", "-", number[2])
            found.number = f"{number[1]}/{symbol}"
            text = text[number.end() :].strip()
        if not found.year and (date := _DATE.search(text)) and _stands_alone(date, text):
            found.place, found.day = date["place"].strip(), date["day"]
            found.month, found.year = date["month"], date["year"]
            text = text[: date.start()].strip()
        return text

    def _above_title(self, line: Line) -> None:
        if _TYPE.match(fold(line.text)) and not ended(line.text):
            self.found.kind = line.text
        elif _UNION.search(fold(line.text)) and not ended(line.text):
            self.found.bodies.append(line.text)
        elif self._is_rest_of_body(line.text):
            self.found.bodies[-1] = f"{self.found.bodies[-1]} {line.text}"
        elif _begins_body(line.text, titled=True):
            self._body(line)
        else:
            self.found.unplaced.append(line)

    def _is_rest_of_body(self, text: str) -> bool:
        """The end of a body's name, where a narrow column broke it: "TỈNH PHÚ / THỌ"."""
        nothing_between = not (self.found.number or self.found.year or self.found.unplaced)
        named = bool(self.found.bodies) and capitals(self.found.bodies[-1])
        fits = capitals(text) and bool(_REST_OF_NAME.fullmatch(text))
        return nothing_between and named and fits and not _STAMP.match(fold(text))

    def _below_title(self, text: str) -> None:
        if self.found.kind and not self.found.subject and _is_rest_of_type(self.found.kind, text):
            self.found.kind = f"{self.found.kind} {text}"
        else:
            self.found.subject = f"{self.found.subject} {text}".strip()

    def _body(self, line: Line) -> None:
        found = mark(line.text)
        text = line.text if found.style in {Style.NONE, Style.ROMAN} else found.text
        if self.paragraphs:
            before, lines = self.paragraphs[-1]
            if starts_low(text) or not (ended(before) or _BASIS.match(fold(text))):
                self.paragraphs[-1] = (f"{before} {line.text}", [*lines, line])
                return
        self.paragraphs.append((text, [line]))

    def finish(self) -> None:
        for text, lines in self.paragraphs:
            for sentence in _SENTENCE.split(text):
                self._sentence(sentence, lines)

    def _sentence(self, text: str, lines: list[Line]) -> None:
        if _BASIS.match(fold(text)):
            self.found.legal_bases.append(re.sub(r"\s*[.;,]+$", "", text))
        elif not self.found.resolution and _RESOLUTION.search(fold(text)):
            self.found.resolution = text
        else:
            self.found.unplaced.extend(line for line in lines if line not in self.found.unplaced)


def _stands_alone(date: re.Match[str], text: str) -> bool:
    """A date line, not a date cited in a sentence: a short place and nothing behind it."""
    return len(date["place"]) <= _LONGEST_PLACE and len(text) - date.end() <= 1


def _is_rest_of_type(kind: str, text: str) -> bool:
    whole = fold(f"{kind} {text}")
    short = len(fold(kind)) < len(_FULL_TYPE)
    return short and (whole.startswith(_FULL_TYPE) or _FULL_TYPE.startswith(whole))


def _begins_body(text: str, titled: bool) -> bool:
    """Whether the title is over: a legal basis, or a sentence of the issuing body."""
    folded = fold(text)
    if folded.startswith(("can cu ", "- can cu ", "thi hanh ", "xet de nghi ", "thuc hien chi")):
        return True
    if (
        titled
        and mark(text).style is not Style.NONE
        and not folded.startswith(("- nhiem ky", "- giai doan"))
    ):
        return ended(text)
    sentence = re.match(r"(de |nham |ban thuong vu|ban chap hanh|cong doan vien chuc)", folded)
    return titled and bool(sentence) and not capitals(text) and len(text) > _SHORTEST_SENTENCE
