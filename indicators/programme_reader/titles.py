"""Plain: title, number, date, term and issuing body, from wherever the document says them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators.programme_reader.outline import Line, Outline
from indicators.programme_reader.preamble import Preamble
from indicators.programme_reader.wording import capitals, first_capital, fold

_TERM = re.compile(r"(?:nhiem ky|giai doan)\s*:?\s*(20\d\d)\s*[-–—]\s*(20\d\d)")
_BODY = re.compile(
    r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Đoàn Chủ tịch)\s+"
    r"((?:Công đoàn|Liên đoàn|CĐVC|LĐLĐ)[^.;:,]*?)"
    r"(?=\s+(?:xây dựng|ban hành|đề ra|triển khai|về|yêu cầu|đề nghị|thực hiện|tổ chức|khóa|khoá)\b"
    r"|[.;:,]|$)"
)
_PARENT = re.compile(r"Liên đoàn Lao động tỉnh\s+((?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?)+)")
_PROPER = {"CDVC": "CĐVC", "LDLD": "LĐLĐ", "CDCS": "CĐCS", "CD": "CĐ", "CDN": "CĐN", "CTR": "CTr"}
_OF_TRADE = re.compile(
    r"\b(Công đoàn (?:ngành )?|tổng công ty |tập đoàn )"
    r"(?!các |tỉnh|thành phố|cơ sở|khu |khối |ngành |cấp )([^\W\d_]+)"
)
_OF_BODY = re.compile(r".*?\bcủa (công đoàn[^\d]*?)(?:\s+nhiệm kỳ.*)?$", re.IGNORECASE)
_TERM_YEARS = 5
_LOOKED_AT = 2000  # letters: a name stands at the beginning
_MONTHS = range(1, 13)
_WORDS_OF_TYPE = 4  # "Chương trình hành động"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the document says of itself; `notes` are sentences on what was guessed."""

    title: str
    subject: str
    number: str
    number_proposed: str
    issued_on: date
    place: str
    issuer: str
    parent_body: str
    term: tuple[int, int]
    legal_bases: tuple[str, ...]
    notes: tuple[str, ...]


def heading_of(preamble: Preamble, outline: Outline, lines: Sequence[Line]) -> Heading:
    """Put together the heading; what the document does not say is proposed with a note."""
    notes: list[str] = []
    term = _term(preamble, lines)
    issued_on = _date(preamble, term, notes)
    if not preamble.number:
        notes.append("Không thấy số, ký hiệu văn bản; hãy điền vào trường “number”.")
    issuer = _issuer(preamble, outline)
    if not issuer:
        notes.append("Không thấy cơ quan ban hành; hãy điền vào trường “issuer”.")
    if term is None:
        notes.append("Không thấy nhiệm kỳ; đề xuất năm năm kể từ năm ban hành.")
        term = (issued_on.year, issued_on.year + _TERM_YEARS)
    proposed = proper_number(preamble.number)
    return Heading(
        title=_title(preamble),
        subject=preamble.subject,
        number=preamble.number,
        number_proposed="" if proposed == preamble.number else proposed,
        issued_on=issued_on,
        place=preamble.place,
        issuer=issuer,
        parent_body=_parent(preamble),
        term=term,
        legal_bases=tuple(preamble.legal_bases),
        notes=tuple(notes),
    )


def proper_number(number: str) -> str:
    """ "1/Ctr-CDVC" as it should be written: two digits, Đ with its bar, CTr."""
    figure, slash, symbol = number.partition("/")
    words = [_PROPER.get(word.upper(), word) for word in symbol.split("-")]
    return f"{figure.zfill(2) if figure else ''}{slash}{'-'.join(words)}"


def _title(preamble: Preamble) -> str:
    kind = preamble.kind or "Chương trình hành động"
    if capitals(kind) and len(kind.split()) <= _WORDS_OF_TYPE:
        kind = kind.capitalize()
    subject = preamble.subject
    if subject and not capitals(subject.split()[0]):
        subject = subject[:1].lower() + subject[1:]
    return f"{kind} {subject}".strip()


def _term(preamble: Preamble, lines: Sequence[Line]) -> tuple[int, int] | None:
    for text in (preamble.subject, preamble.kind, " ".join(line.text for line in lines)):
        found = _TERM.search(fold(text))
        if found and int(found[1]) <= int(found[2]):
            return int(found[1]), int(found[2])
    return None


def _date(preamble: Preamble, term: tuple[int, int] | None, notes: list[str]) -> date:
    year = preamble.year or (str(term[0]) if term else "2000")
    try:
        return date(int(year), int(preamble.month), int(preamble.day))
    except ValueError:
        notes.append("Ngày ban hành thiếu hoặc sai; hãy sửa trường “issued_on”.")
        month = int(preamble.month or 1)
        return date(int(year), month if month in _MONTHS else 1, 1)


def _issuer(preamble: Preamble, outline: Outline) -> str:
    if preamble.bodies:
        return _in_small_letters(preamble.bodies[-1], preamble.place)
    texts = [preamble.resolution, *(entry.text for entry in outline.closing)]
    for text in texts:
        if found := _BODY.search(text[:_LOOKED_AT]):
            return _with_place(found[1].strip(), preamble.place)
    if found := _OF_BODY.match(f"{preamble.kind} {preamble.subject}"[:_LOOKED_AT]):
        return _in_small_letters(found[1], preamble.place)
    return ""


def _with_place(body: str, place: str) -> str:
    return f"{body} {place}" if place and re.search(r"(tỉnh|thành phố)$", body) else body


def _parent(preamble: Preamble) -> str:
    if len(preamble.bodies) > 1:
        return _in_small_letters(preamble.bodies[0], preamble.place)
    for text in preamble.legal_bases:
        if found := _PARENT.search(text):
            return f"Liên đoàn Lao động tỉnh {found[1].strip()}"
    return ""


def _in_small_letters(body: str, place: str) -> str:
    """ "CÔNG ĐOÀN VIÊN CHỨC TỈNH" as it stands in a sentence; names keep their capitals."""
    if not capitals(body):
        return _with_place(body, place)
    small = first_capital(body.lower())
    for name in ("Công đoàn", "Liên đoàn", "Lao động", "Viên chức", "Việt Nam", "Ban", place):
        small = (
            re.sub(rf"\b{re.escape(name)}\b", name, small, flags=re.IGNORECASE) if name else small
        )
    small = _OF_TRADE.sub(lambda name: name[1] + first_capital(name[2]), small)
    small = re.sub(r"(?:(?<=tỉnh )|(?<=thành phố ))(.+)$", lambda name: name[1].title(), small)
    return _with_place(small, place)
