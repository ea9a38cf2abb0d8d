"""Plain: the lines of a programme sorted into its parts; every line ends up somewhere."""

from dataclasses import dataclass, field

from indicators.programme_reader.marks import Mark, Style


@dataclass(frozen=True, slots=True)
class Line:
    """A cleaned line of the document, its number there counted from 1, and its page."""

    number: int
    text: str
    page: int = 0


@dataclass(slots=True)
class Entry:
    """A paragraph put together from its lines."""

    mark: Mark
    text: str
    lines: list[Line]
    heading: bool = False
    final: bool = False
    subentries: list["Entry"] = field(default_factory=list)

    @classmethod
    def of(cls, mark: Mark, line: Line, *, heading: bool = False) -> "Entry":
        return cls(mark, mark.text, [line], heading)

    def extend(self, line: Line) -> None:
        self.text = f"{self.text} {line.text}".strip()
        self.lines.append(line)

    @property
    def whole(self) -> str:
        """The text with its subentries, each on a line of its own under its mark."""
        return "\n".join(
            [self.text, *(f"{_sign(sub.mark)} {sub.whole}" for sub in self.subentries)]
        )


def _sign(mark: Mark) -> str:
    if mark.style is Style.PLUS:
        return "+"
    return f"{mark.label})" if mark.label else "-"


@dataclass(slots=True)
class Group:
    """A titled list: a task group with its actions, a level with its duties."""

    heading: Entry
    items: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class IndicatorLine:
    """An indicator's paragraph, and what the headings above say: its code, annual, term, a year."""

    code: str
    horizon: str
    entry: Entry


@dataclass(slots=True)
class Outline:
    """A programme's paragraphs by what they are; the titles of its parts are not kept."""

    preamble: list[Line] = field(default_factory=list)
    purposes: list[Entry] = field(default_factory=list)
    objectives: list[Entry] = field(default_factory=list)
    indicators: list[IndicatorLine] = field(default_factory=list)
    breakthroughs: list[Entry] = field(default_factory=list)
    task_groups: list[Group] = field(default_factory=list)
    duties: list[Group] = field(default_factory=list)
    closing: list[Entry] = field(default_factory=list)
    ending: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
