"""A union's form on paper: one page, signed and stamped, tied by its code to what was entered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils import timezone

from indicators.models import PrintedForm
from indicators.queries.printed import NOTHING_SAID, Content, Line, Words, read_back
from reports.catalogue import Scope
from reports.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Column,
    Density,
    Document,
    Paragraph,
    QrCode,
    Table,
)

_KEPT = "Có nội dung trên hệ thống"
_SHORTENED = "… (đủ trên hệ thống)"
# signs of a text that still fit on its line
_ONE_LINE = 70
# of an indicator's name, by which it is still known
_SHORTEST_NAME = 60
_COLUMNS = (
    Column("TT", 9, Align.CENTRE),
    Column("Chỉ tiêu", 41),
    Column("Mức phấn đấu", 13, Align.CENTRE),
    Column("Kết quả thực hiện", 37),
)


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a form is put onto one page: the density, words by line or by kind, the longest text.

    What is longer is cut with a mark that the whole stands in the system; `joined`, what is said
    of one indicator stands in one paragraph.
    """

    density: Density
    by_line: bool = True
    longest: int | None = None
    joined: bool = False


# from the roomiest
_FITS = (
    _Fit(Density.USUAL, by_line=False),
    _Fit(Density.COMPACT),
    _Fit(Density.COMPACT, by_line=False),
    _Fit(Density.DENSE),
    _Fit(Density.DENSE, by_line=False),
    _Fit(Density.DENSE, by_line=False, longest=240),
    _Fit(Density.DENSE, by_line=False, longest=100),
    _Fit(Density.DENSE, by_line=False, longest=20, joined=True),
)


def wordings(scope: Scope, printed: PrintedForm, address: str) -> list[Document]:
    """The paper of a printed form, from the roomiest wording to the tightest."""
    content = read_back(printed.content)
    lines = (
        f"Mã bản in: {printed.shown_code}",
        f"In lần đầu {timezone.localtime(printed.printed_at):%H:%M %d/%m/%Y}.",
        "Quét mã để đối chiếu với số liệu trên hệ thống.",
    )
    plain = Document(
        kind_name="Báo cáo",
        subject=f"số liệu thực hiện các chỉ tiêu {content.period}",
        letterhead=scope.letterhead(),
        signature=scope.signature(),
        recipients=scope.recipients(),
        blocks=(),
        addressees=scope.addressees(),
        closing=f"Trên đây là số liệu {content.period} của {content.union}",
        code=QrCode(address, lines),
    )
    return [
        replace(plain, density=fit.density, blocks=tuple(_blocks(content, fit))) for fit in _FITS
    ]


def _blocks(content: Content, fit: _Fit) -> Iterator[Block]:
    yield Paragraph(_opening(content))
    yield Table(columns=_COLUMNS, rows=tuple(_row(one, fit) for one in content.lines))
    if content.words:
        yield Paragraph("Khâu đột phá và nhóm nhiệm vụ, giải pháp:")
        by_kind = _by_line if fit.by_line else _by_kind
        yield BulletList(tuple(by_kind(content.words)))


def _opening(content: Content) -> str:
    part = ", phần năm đến khi kết thúc hoạt động" if content.kind.startswith("Phiếu kết") else ""
    estimate = " (số ước thực hiện)" if content.estimate else ""
    return f"Thực hiện {content.programme}, kết quả {content.period}{part}{estimate} như sau:"


def _row(line: Line, fit: _Fit) -> tuple[Cell, ...]:
    name = f"- {line.name}" if line.depth else line.name
    said = [
        _cut(line.written, fit.longest) or NOTHING_SAID,
        *(f"{label}: {number}" for label, number in line.extras),
    ]
    if line.remark:
        said.append(f"Giải trình: {_cut(line.remark, fit.longest)}")
    longest_name = fit.longest and max(fit.longest, _SHORTEST_NAME)
    between = "; " if fit.joined else "\n"
    return line.code, _cut(name, longest_name), line.goal, between.join(said)


def _by_line(words: Sequence[Words]) -> Iterator[str]:
    """One line for each, with its text where that is short."""
    for one in words:
        yield f"{one.named}: {_briefly(one.text)}"


def _by_kind(words: Sequence[Words]) -> Iterator[str]:
    """One line for each kind and what is said of it."""
    order = sorted(enumerate(words), key=lambda pair: (pair[1].kind, _state(pair[1]), pair[0]))
    alike = groupby((one for _, one in order), key=lambda one: (one.kind, _state(one)))
    for (kind, state), found in alike:
        yield f"{kind} {', '.join(one.number for one in found)}: {state}."


def _briefly(text: str | None) -> str:
    short = text is not None and 0 < len(text) <= _ONE_LINE and "\n" not in text
    return str(text) if short else f"{_state_of(text)}."


def _state(words: Words) -> str:
    return _state_of(words.text)


def _state_of(text: str | None) -> str:
    if text is None:
        return NOTHING_SAID
    return _KEPT if text else "Không có"


def _cut(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest + len(_SHORTENED):
        return text
    return f"{text[:longest].rstrip()}{_SHORTENED}"
