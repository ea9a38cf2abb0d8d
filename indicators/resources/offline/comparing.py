"""What a workbook would change in its submission, question by question, before anything is kept."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from django.http import QueryDict

from indicators.forms import DrawnForm, EntryForm, FigureForm
from indicators.queries import Question, Sheet, Subject
from indicators.queries.frozen import changed
from indicators.resources.offline.blanks import (
    Blank,
    Sent,
    blanks_of,
    mark_of_cells,
    posted,
    rebound,
    sent_of,
)
from indicators.resources.offline.reading import Workbook
from indicators.resources.offline.whole import Asked, asked_in
from indicators.services import offline
from indicators.services.offline import Whole
from unions.errors import RuleBroken
from unions.models import User

# by what name the choice of a page is sent, and what it is to take the value of the file
TAKE, FILE = "take-", "file"


class Fate(StrEnum):
    """What becomes of a question that was touched in the workbook."""

    CHANGED = "changed"
    # somebody changed it since the workbook was taken
    CLASH = "clash"
    SAME = "same"
    CLOSED = "closed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which cell."""

    place: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Touched:
    """One question that was touched: what is sent for it, and what becomes of it."""

    asked: Asked
    fate: Fate
    sent: Sent = field(default_factory=dict)
    faults: Sequence[Fault] = ()

    @property
    def choice(self) -> str:
        """As of Change."""
        return _choice(self.asked)


@dataclass(frozen=True, slots=True)
class Change:
    """What stood and what is to stand, a line each; `unusual` are sentences on the new figure.

    With `clashes` somebody else changed it since the workbook was taken; then it is chosen which
    of the two is `taken`.
    """

    asked: Asked
    before: Sequence[str]
    after: Sequence[str]
    unusual: Sequence[str] = ()
    clashes: bool = False
    taken: bool = False

    @property
    def choice(self) -> str:
        """By what name it is sent which of the two is taken."""
        return _choice(self.asked)


@dataclass(slots=True)
class Comparison:
    """The workbook beside what is stored by now."""

    workbook: Workbook
    touched: list[Touched]
    # how many questions somebody else changed since, and the workbook did not
    elsewhere: int = 0
    changes: list[Change] = field(default_factory=list)
    whole: Whole | None = None
    refused: str = ""

    def of_fate(self, fate: Fate) -> list[Touched]:
        """The questions of this fate."""
        return [one for one in self.touched if one.fate == fate]

    @property
    def wrong(self) -> list[Touched]:
        """What cannot be kept."""
        return self.of_fate(Fate.WRONG)

    @property
    def closed(self) -> list[Touched]:
        """What is only shown in the submission by now."""
        return self.of_fate(Fate.CLOSED)

    @property
    def same(self) -> list[Touched]:
        """What was touched and changes nothing."""
        shown = {one.asked.form.key for one in self.changes}
        silent = (one for one in self.touched if one.fate not in {Fate.WRONG, Fate.CLOSED})
        return [one for one in silent if one.asked.form.key not in shown]


def compare(
    sheet: Sheet,
    workbook: Workbook,
    *,
    by: User | None,
    choices: Mapping[str, str] = MappingProxyType({}),
    only_chosen: bool = False,
) -> Comparison:
    """What the workbook would change; where somebody else changed a question, too, both are shown.

    `choices` says by Change.choice which of the two is taken; with `only_chosen` nothing is shown
    of what is not taken, and what is left is what would be kept.
    """
    found = Comparison(workbook, [])
    for asked in asked_in(sheet):
        fate = _fate(asked, workbook)
        if fate is not None:
            found.touched.append(fate)
        elif workbook.origin.drawn.get(asked.form.key) != asked.form.drawn:
            found.elsewhere += 1
    chosen = {one.asked.form.key for one in found.touched if choices.get(one.choice) == FILE}
    taken = [
        one
        for one in found.touched
        if one.fate == Fate.CHANGED
        or (one.fate == Fate.CLASH and (one.asked.form.key in chosen or not only_chosen))
    ]
    if taken:
        _try_out(found, sheet, taken, chosen, by=by)
    return found


def _choice(asked: Asked) -> str:
    return f"{TAKE}{asked.form.key}"


def _fate(asked: Asked, workbook: Workbook) -> Touched | None:
    """What becomes of a question; None if its cells were left alone."""
    form, origin = asked.form, workbook.origin
    blanks = blanks_of(form)
    names = [blank.name for blank in blanks]
    wrong = {name: workbook.faults[name] for name in names if name in workbook.faults}
    if _left_alone(form, names, workbook) and not wrong:
        return None
    filled = sent_of(form, workbook.texts, origin.proposed.get(form.key))
    again = rebound(form, filled.sent)
    wrong |= filled.faults
    if wrong or not again.is_valid():
        faults = list(_faults(again, blanks, wrong, workbook))
        return Touched(asked, Fate.CLOSED if asked.closed else Fate.WRONG, faults=faults)
    if not again.differs:
        return Touched(asked, Fate.SAME)
    if asked.closed:
        return Touched(asked, Fate.CLOSED)
    elsewhere = origin.drawn.get(form.key) != form.drawn
    return Touched(asked, Fate.CLASH if elsewhere else Fate.CHANGED, filled.sent)


def _left_alone(form: DrawnForm, names: Sequence[str], workbook: Workbook) -> bool:
    texts = {name: workbook.raw[name] for name in names if name in workbook.raw}
    was = workbook.origin.cells.get(form.key)
    return not texts if was is None else mark_of_cells(texts) == was


def _faults(
    form: DrawnForm, blanks: Sequence[Blank], wrong: Mapping[str, str], workbook: Workbook
) -> Iterator[Fault]:
    """What is wrong, cell by cell: unreadable, else what the form says."""
    labels = {blank.name: blank.label for blank in blanks}
    said = {form.add_prefix(name): errors for name, errors in form.errors.items()}
    for name, sentence in wrong.items():
        yield Fault(workbook.places.get(name, ""), labels[name], sentence)
    for name, errors in {} if wrong else said.items():
        for error in errors:
            yield Fault(workbook.places.get(name, ""), labels.get(name, ""), str(error))


def _try_out(
    found: Comparison,
    sheet: Sheet,
    taken: Sequence[Touched],
    chosen: Set[str],
    *,
    by: User | None,
) -> None:
    """Lay what would be stored beside what is; what the form or the save refuses is told."""
    form = _form(sheet, taken)
    if not form.is_valid():
        places = [f"{place.where}: {place.text}" for place in form.mistakes]
        found.refused = f"Phiếu có mục cần sửa ở trang của phiếu trước. {' '.join(places)}"
        return
    whole = Whole(form.entries, form.words, form.is_estimate)
    try:
        after = offline.try_out(sheet.submission, whole, by=by)
    except RuleBroken as refused:
        found.refused = str(refused)
        return
    found.whole = whole
    clashes = {one.asked.form.key for one in taken if one.fate == Fate.CLASH}
    found.changes = list(_changes(sheet, after, clashes, chosen))


def _form(sheet: Sheet, taken: Sequence[Touched]) -> EntryForm:
    """The form of the whole page: what is taken, and everything else as it is stored."""
    sent = {one.asked.form.key: one.sent for one in taken}
    data = QueryDict(mutable=True)
    for asked in asked_in(sheet):
        if not asked.closed:
            data.update(sent.get(asked.form.key, posted(asked.form)))
    return EntryForm(sheet, data)


def _changes(sheet: Sheet, after: Sheet, clashes: Set[str], chosen: Set[str]) -> Iterator[Change]:
    """Every question that would stand otherwise, touched or not."""
    for old, new in zip(asked_in(sheet), asked_in(after), strict=True):
        before, now = _lines(old), _lines(new)
        if _differ(old, new):
            question = new.asked if isinstance(new.form, FigureForm) else None
            unusual = question.unusual if isinstance(question, Question) else ()
            key = old.form.key
            yield Change(old, before, now, unusual, key in clashes, key in chosen)


def _differ(old: Asked, new: Asked) -> bool:
    if old.asked is None or new.asked is None:
        return bool(old.form.stored != new.form.stored)
    return changed(old.asked.frozen(), new.asked.frozen())


def _lines(one: Asked) -> list[str]:
    """What stands, a line each: the answer, what was asked beside it, the reason."""
    if isinstance(one.asked, Subject):
        return ["Chưa ghi" if one.asked.text is None else one.asked.text or "Không có"]
    if one.asked is None:
        return [one.form.stored_in_words]
    lines = [one.asked.written or "Chưa trả lời"]
    lines += [f"{extra.label}: {extra.written}" for extra in one.asked.extras]
    return [*lines, f"Giải trình: {one.asked.remark}"] if one.asked.remark else lines
