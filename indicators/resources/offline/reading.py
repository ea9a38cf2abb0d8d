"""A workbook that was sent in: from which submission it was taken, and what its cells say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Self

from django.core import signing

from indicators.models import Submission
from indicators.resources.offline.blanks import ESTIMATE
from indicators.resources.offline.origin import ROW, Origin
from indicators.resources.offline.writing import NAME, VALUE
from unions import workbooks
from unions.errors import RuleBroken
from unions.vietnamese import composed, tidy
from unions.workbooks import Column, Limits, Sheet, letters
from unions.workbooks.columns import Cell

_MEGABYTE = 1 << 20
LIMITS = Limits(
    packed=5 * _MEGABYTE,
    unpacked=60 * _MEGABYTE,
    kept=10 * _MEGABYTE,
    rows=2000,
    cells=100_000,
    divisible=False,
)
# all that a cell of a workbook holds: what is too long is told with its true length
_LONGEST = 32_767
_MOST_STRANGERS = 20
_PURPOSE = "what the cells of a workbook say"
_HOLDS = 24 * 3600
_NO_ORIGIN = (
    "Tệp không phải là tệp tải về từ trang này, hoặc thiếu dòng “Mã của tệp”. Hãy tải tệp ở bước 1,"
    " điền vào chính tệp đó rồi tải lên."
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook says: text and place (Chỉ tiêu!C12) of the cells that are not empty, by name.

    `raw` is the text before old fonts were read as Unicode; `strangers` are places of what belongs
    to no question, `faults` sentences by name.
    """

    origin: Origin
    file: str
    # that of the submission when the changes were shown
    shown: int
    texts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)

    @property
    def packed(self) -> str:
        """As one field of the page that shows the changes; the server keeps nothing."""
        return signing.dumps(asdict(self), salt=_PURPOSE, compress=True)

    def beside(self, submission: Submission) -> Self:
        """The same, to be shown beside what is stored by now."""
        return replace(self, shown=submission.revision)

    @classmethod
    def unpacked(cls, packed: str, submission: Submission) -> Self:
        """What `packed` wrote within a day for this submission; RuleBroken if it did not."""
        try:
            said = signing.loads(packed, salt=_PURPOSE, max_age=_HOLDS)
            found = cls(**said | {"origin": Origin(**said["origin"])})
        except (signing.BadSignature, TypeError) as broken:
            raise RuleBroken(
                "Chưa lưu: trang xem trước đã quá một ngày hoặc gửi lên chưa trọn. Hãy tải tệp lên"
                " lần nữa."
            ) from broken
        found.origin.must_be_of(submission)
        return found


def read(file: BinaryIO, name: str, submission: Submission) -> Workbook:
    """What a workbook of this submission says.

    RuleBroken, one sentence, for what is no workbook, is damaged, too large, was not taken from
    the portal, or from another submission.
    """
    sheets = workbooks.open_sheets(file, _COLUMNS, limits=LIMITS)
    origin = _origin(sheets)
    origin.must_be_of(submission)
    found = Workbook(origin, tidy(name)[:200], submission.revision)
    _sort(found, _cells(sheets))
    found.fonts.extend({font for one in sheets if one.legacy for font in one.legacy.alphabets})
    if found.fonts:
        _convert(found, file)
    return found


def said(cell: Cell) -> str:
    """The text of a cell as somebody would type it, ends of lines kept.

    RuleBroken for a tick of a spreadsheet, which says neither a number nor words.
    """
    if isinstance(cell, bool):
        raise RuleBroken(
            f"Ô ghi {str(cell).upper()} (giá trị đúng, sai của Excel), không phải là chữ hay số."
            " Hãy ghi lại nội dung của ô."
        )
    if isinstance(cell, Decimal):
        # a comma, since one dot before three digits would be thousands
        return format(cell, "f").replace(".", ",")
    if isinstance(cell, date):
        return workbooks.text(cell)
    return composed(str(cell).replace("\r\n", "\n").strip())


_COLUMNS = [Column("value", VALUE, read=said), Column("name", NAME)]


def _origin(sheets: Sequence[Sheet]) -> Origin:
    for sheet in sheets:
        for row in sheet.rows:
            if row.cells["name"] == ROW and row.cells["value"]:
                return Origin.unpacked(row.cells["value"])
    raise RuleBroken(_NO_ORIGIN)


@dataclass(frozen=True, slots=True)
class _Said:
    place: str
    name: str
    text: str
    fault: str


def _cells(sheets: Sequence[Sheet]) -> Iterator[_Said]:
    """Every row that names a cell or says something, but that of the origin."""
    for sheet in sheets:
        column = letters(sheet.places["value"])
        wrong = {fault.row: fault.sentence for fault in sheet.faults}
        for row in sheet.rows:
            name, text = row.cells["name"] or "", row.cells["value"] or ""
            if name != ROW:
                place = f"{sheet.title}!{column}{row.number}"
                yield _Said(place, name, text, wrong.get(row.number, ""))


def _sort(found: Workbook, cells: Iterable[_Said]) -> None:
    for cell in cells:
        if not _is_known(cell.name, found.origin):
            if cell.text and len(found.strangers) < _MOST_STRANGERS:
                found.strangers.append(cell.place)
        elif other := found.places.get(cell.name):
            found.faults[cell.name] = f"Tệp có hai dòng cho ô này, dòng kia ở {other}."
        else:
            found.places[cell.name] = cell.place
            if cell.text:
                found.texts[cell.name] = found.raw[cell.name] = cell.text[:_LONGEST]
            if cell.fault:
                found.faults[cell.name] = cell.fault


def _is_known(name: str, origin: Origin) -> bool:
    """Whether a cell of this name was in the workbook as it was taken."""
    return name == ESTIMATE or name.rpartition("-")[0] in origin.drawn


def _convert(found: Workbook, file: BinaryIO) -> None:
    """Read text of old fonts as Unicode."""
    file.seek(0)
    cells = _cells(workbooks.open_sheets(file, _COLUMNS, convert=True, limits=LIMITS))
    read = {cell.name: cell.text[:_LONGEST] for cell in cells if cell.text}
    found.texts.update({name: read.get(name, text) for name, text in found.texts.items()})
