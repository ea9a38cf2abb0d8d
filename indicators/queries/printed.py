"""What a form on paper says: the content of a submission, its digest, and what changed since."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from indicators.models.subject import named
from indicators.queries.question import Question, Sheet, Subject

NOTHING_SAID = "Chưa nhập"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what was asked, aimed at and answered. `extras` are pairs of label, number."""

    code: str
    name: str
    depth: int
    goal: str
    written: str
    extras: Sequence[Sequence[str]]
    remark: str


@dataclass(frozen=True, slots=True)
class Words:
    """One breakthrough or task group; the text is empty for “không có”, None if nothing was said.

    `number` is its place among its like: the form names it so where room is short.
    """

    kind: str
    number: str
    title: str
    text: str | None

    @property
    def named(self) -> str:
        """Khâu đột phá 1."""
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a printed form says of a submission."""

    kind: str
    union: str
    period: str
    programme: str
    estimate: bool
    lines: Sequence[Line]
    words: Sequence[Words]

    def stored(self) -> dict[str, Any]:
        """As a row keeps it: plain values, the same after they were read back."""
        plain: dict[str, Any] = json.loads(_written(self))
        return plain

    @property
    def digest(self) -> str:
        """SHA-256 of it: two versions that say the same have the same."""
        return hashlib.sha256(_written(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """Where what stands now differs from what was printed."""

    where: str
    printed: str
    now: str


_FIELDS = {
    "written": "",
    "extras": ", số liệu kèm theo",
    "remark": ", giải trình",
    "goal": ", mức phấn đấu",
    "name": ", tên chỉ tiêu",
}
_HEAD = {
    "union": "Tên đơn vị",
    "period": "Kỳ báo cáo",
    "programme": "Tên chương trình",
    "kind": "Loại phiếu",
}


def content(sheet: Sheet) -> Content:
    """What is printed of a submission as it stands. No statement."""
    submission = sheet.submission
    return Content(
        kind=submission.kind,
        union=submission.placement.name,
        period=str(submission.period),
        programme=submission.period.programme.title,
        estimate=submission.estimate,
        lines=[_line(one) for one in sheet.questions],
        words=[_words(one) for one in sheet.subjects],
    )


def read_back(stored: Mapping[str, Any]) -> Content:
    """The content as a row keeps it."""
    lines = [Line(**one) for one in stored["lines"]]
    words = [Words(**one) for one in stored["words"]]
    return Content(**{**stored, "lines": lines, "words": words})


def changes(printed: Content, now: Content) -> list[Change]:
    """Everything in which the two differ, in the order of the form."""
    return [*_of_head(printed, now), *_of_lines(printed, now), *_of_words(printed, now)]


def _of_head(printed: Content, now: Content) -> Iterator[Change]:
    for name, where in _HEAD.items():
        was, is_now = getattr(printed, name), getattr(now, name)
        if was != is_now:
            yield Change(where, was, is_now)
    if printed.estimate != now.estimate:
        yield Change("Số ước thực hiện", _ticked(printed.estimate), _ticked(now.estimate))


def _of_lines(printed: Content, now: Content) -> Iterator[Change]:
    was, is_now = ({one.code: one for one in each.lines} for each in (printed, now))
    for code in dict.fromkeys([*was, *is_now]):
        where = f"Chỉ tiêu {code}"
        if code not in was or code not in is_now:
            yield _whole(where, code in was)
            continue
        for name, told in _FIELDS.items():
            before, after = (_said(getattr(each[code], name)) for each in (was, is_now))
            if before != after:
                yield Change(f"{where}{told}", before, after)


def _of_words(printed: Content, now: Content) -> Iterator[Change]:
    was, is_now = ({one.named: one for one in each.words} for each in (printed, now))
    for where in dict.fromkeys([*was, *is_now]):
        if where not in was or where not in is_now:
            yield _whole(where, where in was)
            continue
        before, after = was[where], is_now[where]
        if before.title != after.title:
            yield Change(f"{where}, tên", before.title, after.title)
        if before.text != after.text:
            yield Change(where, _told(before.text), _told(after.text))


def _whole(where: str, was: bool) -> Change:
    return Change(where, *(("có", "không còn") if was else ("không có", "mới có")))


def _line(question: Question) -> Line:
    indicator = question.indicator
    return Line(
        code=indicator.code,
        name=indicator.name,
        depth=question.depth,
        goal=question.goal_text,
        written=question.written,
        extras=[[extra.label, extra.written] for extra in question.extras],
        remark=question.remark,
    )


def _words(told: Subject) -> Words:
    kind, _, number = named(told.subject).rpartition(" ")
    return Words(kind, number, told.subject.title, told.text)


def _written(content: Content) -> str:
    return json.dumps(asdict(content), sort_keys=True, ensure_ascii=False)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value or NOTHING_SAID
    return "; ".join(f"{label}: {number}" for label, number in value) or NOTHING_SAID


def _told(text: str | None) -> str:
    return NOTHING_SAID if text is None else text or "Không có"


def _ticked(estimate: bool) -> str:
    return "có đánh dấu" if estimate else "không đánh dấu"
