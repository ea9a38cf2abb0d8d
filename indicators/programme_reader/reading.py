"""A published programme into the values of a programme file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.programme_file import (
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    IndicatorSpec,
    ProgrammeSpec,
    SignerSpec,
    TaskGroupSpec,
)
from indicators.programme_reader import proposals
from indicators.programme_reader.doubts import doubts_of, tells_twice
from indicators.programme_reader.ending import Ending, read_ending
from indicators.programme_reader.levels import level_and_first
from indicators.programme_reader.outline import Entry, Group, IndicatorLine, Outline
from indicators.programme_reader.preamble import Preamble, read_preamble
from indicators.programme_reader.sorting import sort_lines
from indicators.programme_reader.sources import lines_of
from indicators.programme_reader.timing import When, own_horizon, when
from indicators.programme_reader.titles import Heading, heading_of
from indicators.programme_reader.wording import short_title, without_end
from indicators.programme_reader.yearly import goals_of_years
from unions.errors import RuleBroken

_ORDINAL = re.compile(
    r"^(?:khâu\s+)?đột phá\s+(?:thứ\s+)?(?:nhất|hai|ba|tư|bốn|năm|\d+)\s*[:.,–-]\s*", re.IGNORECASE
)
_END_MARK = re.compile(r"[\s.]*\./\.$")
_PER_UNION = ("average_per_union", "minimum_per_union")
_LETTERS = "abcdeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, the lines that found no place, and what a person should look at."""

    spec: ProgrammeSpec
    unplaced: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An indicator as it is proposed, the line it was made from, and by when."""

    line: IndicatorLine
    spec: IndicatorSpec
    when: When


def read(source: Path | str | bytes, name: str = "") -> Reading:
    """Read a programme from a path or from bytes; `name` tells the format of bytes.

    RuleBroken says what is wrong with a file that is no programme or cannot be read.
    """
    lines = lines_of(source, name)
    outline = sort_lines(lines)
    preamble, ending = read_preamble(outline.preamble), read_ending(outline.ending)
    _refuse_what_is_no_programme(outline, preamble)
    heading = heading_of(preamble, outline, lines)
    indicators = _indicators(outline.indicators, heading.term)
    spec = replace(
        _spec(outline, heading, ending),
        indicators=tuple(one.spec for one in indicators),
        reporting_years=_reporting_years(heading.term, [one.spec for one in indicators]),
        opening=preamble.resolution,
        closing=_closing(outline.closing),
    )
    unplaced = {
        (line.number, line.text)
        for line in (*preamble.unplaced, *outline.unplaced, *ending.unplaced)
    }
    return Reading(
        spec,
        tuple(sorted(unplaced)),
        (*heading.notes, *_doubts(indicators), *_of_breakthroughs(outline)),
    )


def _refuse_what_is_no_programme(outline: Outline, preamble: Preamble) -> None:
    kind = preamble.kind.lower()
    if not outline.indicators and not outline.task_groups:
        raise RuleBroken(
            "Không thấy chỉ tiêu hay nhiệm vụ nào trong tệp: đây không phải một chương trình hành"
            " động; hãy chọn đúng tệp chương trình đã ban hành."
        )
    if kind and "chương trình" not in kind and "kế hoạch" not in kind and "đề án" not in kind:
        raise RuleBroken(
            f"Văn bản này là “{preamble.kind}”, không phải chương trình hành động;"
            " hãy chọn đúng tệp chương trình đã ban hành."
        )


def _spec(outline: Outline, heading: Heading, ending: Ending) -> ProgrammeSpec:
    return ProgrammeSpec(
        title=heading.title,
        subject=heading.subject,
        number=heading.number,
        number_proposed=heading.number_proposed,
        issued_on=heading.issued_on,
        place=heading.place,
        issuer=heading.issuer,
        parent_body=heading.parent_body,
        term_from=heading.term[0],
        term_to=heading.term[1],
        reporting_years=(),
        legal_bases=heading.legal_bases,
        purposes=tuple(entry.whole for entry in outline.purposes),
        objectives=tuple(entry.whole for entry in outline.objectives),
        indicators=(),
        breakthroughs=_breakthroughs(outline.breakthroughs),
        task_groups=_task_groups(outline.task_groups),
        duties=tuple(_duty(group) for group in outline.duties),
        recipients=tuple(ending.recipients),
        signer=SignerSpec(ending.authority, ending.position, ending.name),
    )


def _closing(entries: Sequence[Entry]) -> str:
    """The closing words; the end mark "./." belongs to the sheet."""
    return "\n".join(_END_MARK.sub(".", entry.text) for entry in entries)


def _reporting_years(term: tuple[int, int], indicators: Iterable[IndicatorSpec]) -> tuple[int, ...]:
    """A term from congress to congress, 2023-2028, is told of in the five years after the first.

    Where the first has targets of its own, it is told of too.
    """
    aimed = {target.year for one in indicators for target in one.targets if target.year}
    return tuple(sorted(aimed.union(range(min(term[0] + 1, term[1]), term[1] + 1))))


def _indicators(lines: Sequence[IndicatorLine], term: tuple[int, int]) -> list[Proposal]:
    """Every proposal beside the line it was made from."""
    found: list[Proposal] = []
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.code] = counts.get(line.code, 0) + 1
        code = _code(line, counts[line.code], {one.spec.code for one in found})
        found += _single_indicators(line, code, term)
    return found


def _doubts(indicators: Iterable[Proposal]) -> list[str]:
    return [
        f"Dòng {one.line.entry.lines[0].number}, chỉ tiêu {one.spec.code}: {doubt}."
        for one in indicators
        for doubt in (*doubts_of(one.spec), *_doubts_of_time(one))
    ]


def _of_breakthroughs(outline: Outline) -> list[str]:
    return [
        f"Dòng {entry.lines[0].number}, khâu đột phá {number}: có hơn một câu; hãy xem câu sau có"
        " thuộc khâu đột phá này không."
        for number, entry in enumerate(outline.breakthroughs, 1)
        if tells_twice(entry.text)
    ]


def _doubts_of_time(one: Proposal) -> Iterator[str]:
    yield from one.when.doubts
    said = one.line.horizon or own_horizon(one.spec.text) or goals_of_years(one.spec.text)
    if one.spec.kind == "count_per_year" and not said:
        yield "không rõ là số của từng năm hay của cả nhiệm kỳ; hãy xem lại loại chỉ tiêu"
    if one.spec.kind in _PER_UNION and one.spec.horizon != "annual":
        yield "là mức mỗi đơn vị cho nhiều năm; hãy xem lại cách gộp các năm"


def _code(line: IndicatorLine, count: int, taken: Iterable[str]) -> str:
    own = line.entry.mark.label
    code = own if "." in own else f"{line.code}.{count}".lstrip(".")
    return f"{code}.{count}" if code in taken else code


def _single_indicators(line: IndicatorLine, code: str, term: tuple[int, int]) -> list[Proposal]:
    """One proposal, or one for each target of a compound line: 2.1.5a, 2.1.5b."""
    texts = proposals.split(line.entry.text)
    for sub in line.entry.subentries:
        if proposals.has_target(sub.text):
            texts += proposals.split(sub.text)
        else:
            texts[-1] = f"{texts[-1]}; {without_end(sub.text)}"
    signs = [""] if len(texts) == 1 else [_letter(at) for at in range(len(texts))]
    found: list[Proposal] = []
    for sign, text in zip(signs, texts, strict=True):
        above = found[-1].spec if found else None
        time = when(text, own_horizon(line.entry.text) or line.horizon, term)
        spec = proposals.propose(f"{code}{sign}", time.horizon, text, above)
        targets = tuple(one for one in spec.targets if _within(one.year, term))
        found.append(Proposal(line, replace(spec, due_year=time.due_year, targets=targets), time))
    return found


def _within(year: int | None, term: tuple[int, int]) -> bool:
    return year is None or term[0] <= year <= term[1]


def _letter(at: int) -> str:
    return _LETTERS[at] if at < len(_LETTERS) else f"-{at + 1}"


def _breakthroughs(entries: Sequence[Entry]) -> tuple[BreakthroughSpec, ...]:
    return tuple(
        BreakthroughSpec(number, without_end(_ORDINAL.sub("", entry.text)), _below(entry))
        for number, entry in enumerate(entries, 1)
    )


def _below(entry: Entry) -> str:
    return entry.whole.removeprefix(entry.text).strip()


def _task_groups(groups: Sequence[Group]) -> tuple[TaskGroupSpec, ...]:
    return tuple(
        TaskGroupSpec(number, without_end(group.heading.text), _actions(group))
        for number, group in enumerate(groups, 1)
    )


def _actions(group: Group) -> tuple[ActionSpec, ...]:
    return tuple(ActionSpec(short_title(item.text), item.whole) for item in group.items)


def _duty(group: Group) -> DutySpec:
    level, first = level_and_first(group.heading.text)
    items = tuple(item.whole for item in group.items)
    return DutySpec(without_end(level), (first, *items) if first else items)
