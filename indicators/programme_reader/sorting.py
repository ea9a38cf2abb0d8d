"""Plain: walks over a programme's lines once and sorts them into an Outline."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from indicators.programme_reader.furniture import without_furniture
from indicators.programme_reader.joining import goes_on, is_landmark, reunited
from indicators.programme_reader.levels import level_and_first
from indicators.programme_reader.marks import (
    BULLETS,
    HEADINGS,
    SECTIONS,
    Mark,
    Style,
    code_of,
    mark,
)
from indicators.programme_reader.outline import Entry, Group, IndicatorLine, Line, Outline
from indicators.programme_reader.parts import (
    Part,
    horizon,
    is_horizon,
    names_carrying_out,
    opened_by,
)
from indicators.programme_reader.wording import capitals, ended, fold, starts_low

_MARKED_GOALS = frozenset({Part.PURPOSES, Part.OBJECTIVES, Part.INDICATORS, Part.BREAKTHROUGHS})
_LONGEST_LEVEL = 90
_STUMP = 20
_FORESIGHT = 12  # lines looked at beyond the one that is sorted


def sort_lines(lines: Sequence[Line]) -> Outline:
    """The outline of a programme; a line that fits nowhere is in its `unplaced`."""
    text, numbers = without_furniture(lines)
    outline = _Sorter(reunited(text)).run()
    outline.unplaced += numbers
    return outline


class _Sorter:
    """Where the walk stands: the part, its open heading, and the paragraph being read."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.outline = Outline()
        self.part = Part.PREAMBLE
        self.section_style: Style | None = None
        self.group_style: Style | None = None
        self.item_style: Style | None = None
        self.current: Entry | None = None
        self.owner: Entry | None = None
        self.sections: list[Entry] = []
        self.plus_is_below = not any(map(_begins_list_with_plus, pairwise(lines)))
        self.code = ""
        self.horizon = ""
        self.begin: dict[Part, Callable[[Mark, Sequence[Line]], None]] = {
            Part.TASKS: self._task,
            Part.DUTIES: self._duty,
        }

    def run(self) -> Outline:
        for at, line in enumerate(self.lines):
            self._take(line, self.lines[at : at + _FORESIGHT])
        for section in self.sections:
            if opened_by(section.text) is None:
                self.outline.unplaced += section.lines
        return self.outline

    def _take(self, line: Line, following: list[Line]) -> None:
        if self.part is Part.ENDING or self._ends(line):
            self.part = Part.ENDING
            self.outline.ending.append(line)
        elif self.current and self._goes_on(self.current, following):
            self.current.extend(line)
            self._reconsider(self.current)
        elif fold(line.text).startswith("tren day la "):
            self.part = Part.CLOSING
            self._closing(line)
        elif section := self._section(line, following):
            self._open_section(section)
        elif self.part is Part.PREAMBLE:
            self.outline.preamble.append(line)
        elif self.part in {Part.CLOSING, Part.UNKNOWN}:
            self._unplace(Entry.of(mark(line.text), line))
        else:
            self.begin.get(self.part, self._goal)(mark(line.text), following)

    def _goes_on(self, entry: Entry, following: list[Line]) -> bool:
        if self.part is Part.CLOSING:
            return "./." not in entry.text and not is_landmark(following[0].text)
        return (entry.heading or self.part is not Part.UNKNOWN) and goes_on(entry, following)

    def _ends(self, line: Line) -> bool:
        if self.part is Part.PREAMBLE or not is_landmark(line.text):
            return False
        return not fold(line.text).startswith(("tren day", "so"))

    # --- sections ---

    def _section(self, line: Line, following: list[Line]) -> Entry | None:
        """The line as a section's title, if it is one."""
        found = mark(line.text)
        if found.style is Style.NONE:
            opens = capitals(found.text) and opened_by(found.text) and self._may_open(found)
        elif found.style in SECTIONS:
            ends_tasks = self.part is Part.TASKS and names_carrying_out(_title(found, following))
            opens = ends_tasks or self._is_numbered_section(found)
        else:
            opens = False
        return Entry.of(found, line, heading=True) if opens else None

    def _may_open(self, found: Mark) -> bool:
        """Inside the task groups, whose titles use every word there is, only duties may open."""
        return self.part is not Part.TASKS or opened_by(found.text) is Part.DUTIES

    def _is_numbered_section(self, found: Mark) -> bool:
        part = opened_by(found.text)
        if found.style is Style.PART and not found.text:
            return True
        if self.section_style is None:
            return part is not None or (found.style is not Style.ARABIC and capitals(found.text))
        if found.style is self.section_style:  # no part is known for "V. KINH PHÍ"
            return part is not None or found.style is not Style.ARABIC
        return part is not None and capitals(found.text) and self._may_open(found)

    def _open_section(self, section: Entry) -> None:
        self.section_style = self.section_style or section.mark.style
        self.sections.append(section)
        self._enter(section, opened_by(section.text) or Part.UNKNOWN)

    def _enter(self, heading: Entry, part: Part) -> None:
        if part is not self.part or part not in _MARKED_GOALS:
            self.group_style = None
        self.part, self.current, self.owner = part, heading, None
        self.item_style = None
        self.code = code_of(heading.mark.label) or self.code
        self.horizon = horizon(heading.text) or self.horizon

    def _reconsider(self, entry: Entry) -> None:
        """A title that went on over a line end may open another part than it seemed to."""
        if self.sections and entry is self.sections[-1]:
            self._enter(entry, opened_by(entry.text) or Part.UNKNOWN)
        elif entry.heading and self.part in _MARKED_GOALS:
            self._enter(entry, opened_by(entry.text) or self.part)

    # --- purposes, objectives, indicators, breakthroughs ---

    def _goal(self, found: Mark, following: Sequence[Line]) -> None:
        title = _title(found, following)
        part = self.part if self._names_horizon(title) else opened_by(title)
        entry = Entry.of(found, following[0])
        if part in _MARKED_GOALS and not self._is_item(found):
            entry.heading, entry.final = True, True
            self._enter(entry, part)
        elif self._is_lead(entry):
            self._unplace(entry)
        else:
            self._item(entry, self._add_goal)

    def _names_horizon(self, title: str) -> bool:
        return self.part is Part.INDICATORS and is_horizon(title)

    def _is_item(self, found: Mark) -> bool:
        """A paragraph that begins like a title but says something: it has a number or a verb."""
        return ended(found.text) or "%" in found.text or ": " in found.text

    def _is_lead(self, entry: Entry) -> bool:
        marked_list = self.part in {Part.INDICATORS, Part.BREAKTHROUGHS}
        return marked_list and entry.mark.style is Style.NONE and entry.text.endswith(":")

    def _add_goal(self, entry: Entry) -> None:
        if self.part is Part.INDICATORS:
            self.outline.indicators.append(IndicatorLine(self.code, self.horizon, entry))
        elif self.part is Part.BREAKTHROUGHS:
            self.outline.breakthroughs.append(entry)
        elif self.part is Part.PURPOSES:
            self.outline.purposes.append(entry)
        else:
            self.outline.objectives.append(entry)

    # --- task groups and duties ---

    def _task(self, found: Mark, following: Sequence[Line]) -> None:
        entry = Entry.of(found, following[0])
        self._grouped(self.outline.task_groups, entry, self._titles_group(found))

    def _titles_group(self, found: Mark) -> bool:
        return found.style in HEADINGS and self.group_style in {None, found.style}

    def _duty(self, found: Mark, following: Sequence[Line]) -> None:
        entry = Entry.of(found, following[0])
        self._grouped(self.outline.duties, entry, self._titles_level(found))

    def _titles_level(self, found: Mark) -> bool:
        if self.group_style not in {None, found.style}:
            return False
        if found.style is Style.NONE:
            return level_and_first(found.text)[1] != ""
        return found.style in HEADINGS or self.group_style is None or _names_level(found.text)

    def _grouped(self, groups: list[Group], entry: Entry, titles: bool) -> None:
        if titles:
            self.group_style = entry.mark.style
            entry.heading = not ended(entry.text) or entry.text.endswith(":")
            groups.append(Group(entry))
            self.current, self.owner, self.item_style = entry, None, None
        elif not groups and self.part is Part.TASKS and entry.mark.style is Style.NONE:
            self._unplace(entry)
        else:
            if not groups:
                groups.append(Group(self.sections[-1]))
                self.group_style = self.group_style or Style.NONE
            self._item(entry, groups[-1].items.append)

    # --- items ---

    def _item(self, entry: Entry, add: Callable[[Entry], None]) -> None:
        """File an item, or hang it under the one it belongs to."""
        style = entry.mark.style
        if self.owner and self._is_nested(style):
            self.owner.subentries.append(entry)
        else:
            self.item_style = style
            self.owner = entry
            add(entry)
        self.current = entry

    def _is_nested(self, style: Style) -> bool:
        if self.owner is None or style is self.item_style or style is Style.NONE:
            return False
        if self.owner.subentries:
            return style is self.owner.subentries[0].mark.style
        if style is Style.PLUS and self.plus_is_below:
            return True
        return style in BULLETS and not ended(self.owner.text.removesuffix(":"))

    # --- the rest ---

    def _closing(self, line: Line) -> None:
        self.current = Entry.of(Mark(Style.NONE, "", line.text), line)
        self.outline.closing.append(self.current)

    def _unplace(self, entry: Entry) -> None:
        self.outline.unplaced.append(entry.lines[0])
        self.current = None


def _begins_list_with_plus(pair: tuple[Line, Line]) -> bool:
    """Whether "+" comes first under a title: then it is not the sign of a lower level."""
    title, item = (mark(line.text) for line in pair)
    return item.style is Style.PLUS and title.style in HEADINGS and not ended(title.text)


def _title(found: Mark, following: Sequence[Line]) -> str:
    """A title with the rest of it, where a line ended in the middle: "1. Mục / tiêu"."""
    rest = following[1].text if len(following) > 1 else ""
    cut = starts_low(rest) and mark(rest).style is Style.NONE and len(found.text) < _STUMP
    return f"{found.text} {rest}" if cut else found.text


def _names_level(text: str) -> bool:
    name, colon, _ = text.partition(":")
    return (bool(colon) or not ended(text)) and len(name) <= _LONGEST_LEVEL
