"""A chart on its way to the page: rows, what is unfolded beneath them, and where links lead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from unions.access import Actor, Permission, can
from unions.queries import Chart, Spot, Wanted
from unions.vietnamese import written

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One union as the page shows it: where its links lead, and what is unfolded beneath it."""

    spot: Spot
    beneath: int
    members: int | None
    page: str
    turn: str
    current: bool
    badges: list[str]
    inner: "Branch | None"
    above: tuple["Row", ...] = ()

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return _anchor(self.spot.union_id)


@dataclass(frozen=True, slots=True)
class Branch:
    """One level, or all that was found: a page of its rows, and the pages around it."""

    rows: list[Row]
    page: Page
    before: str
    after: str


class Drawing:
    """Who looks at a chart, and what was asked of it."""

    def __init__(self, drawn: Chart, reader: Actor, asked: dict[str, str]) -> None:
        self.chart, self.reader, self.asked = drawn, reader, asked
        self.today = timezone.localdate()
        tops = drawn.children()
        self.sole = tops[0].union_id if len(tops) == 1 else None

    def tree(self, opened: int | None, number: str) -> Branch:
        """The tree from the top, unfolded down to a union, or to the only one at the top.

        `number` is the page of what stands directly beneath that union.
        """
        key = self.sole if opened is None else opened
        line = [] if key is None else [spot.union_id for spot in self.chart.line(key)]
        return self._branch(None, line, number)

    def hits(self, wanted: Wanted, number: str) -> Branch:
        """What was found in the whole tree, each with those above it."""
        page = Paginator(self.chart.found(wanted), PER_PAGE).get_page(number)
        rows = [self._found(spot) for spot in page]
        return _around(page, rows, lambda other: f"?{urlencode(self.asked | {'p': str(other)})}")

    def _branch(self, parent: int | None, line: list[int], number: str) -> Branch:
        """The children of a union on the page of the one that is unfolded, or on page `number`."""
        children = self.chart.children(parent)
        if line:
            place = [spot.union_id for spot in children].index(line[0])
            page = Paginator(children, PER_PAGE).page(place // PER_PAGE + 1)
        else:
            page = Paginator(children, PER_PAGE).get_page(number)
        rows = [
            self._row(spot, line == [spot.union_id], inner=self._inner(spot, line, number))
            for spot in page
        ]
        return _around(page, rows, lambda other: self._address(parent, p=str(other)))

    def _inner(self, spot: Spot, line: list[int], number: str) -> Branch | None:
        if line[:1] != [spot.union_id] or not self.chart.beneath(spot.union_id):
            return None
        return self._branch(spot.union_id, line[1:], number)

    def _found(self, spot: Spot) -> Row:
        above = tuple(self._row(one) for one in self.chart.line(spot.union_id)[:-1])
        return replace(self._row(spot), turn=self._address(spot.union_id), above=above)

    def _row(self, spot: Spot, current: bool = False, *, inner: Branch | None = None) -> Row:
        key = spot.union_id
        known = can(self.reader, Permission.USE_DESK, spot)
        return Row(
            spot,
            self.chart.beneath(key),
            self.chart.members(key),
            reverse("admin:unions_union_change", args=[key]) if known else "",
            self._turn(key, opened=inner is not None),
            current,
            list(self._badges(spot)),
            inner,
        )

    def _turn(self, key: int, *, opened: bool) -> str:
        """The address that unfolds what is beneath a union, or folds it again."""
        if opened:
            line = self.chart.line(key)[:-1]
            return "" if key == self.sole else self._address(line[-1].union_id if line else None)
        return self._address(key) if self.chart.beneath(key) else ""

    def _address(self, key: int | None, **more: str) -> str:
        opened = {} if key is None else {"open": str(key)}
        fragment = "" if key is None else f"#{_anchor(key)}"
        return f"?{urlencode({'day': self.asked['day']} | opened | more)}{fragment}"

    def _badges(self, spot: Spot) -> Iterator[str]:
        if spot.suspended:
            yield "Tạm dừng hoạt động"
        if spot.since > self.today:
            yield f"Dự kiến từ {written(spot.since)}"
        if spot.ended_on is not None:
            word = "Đã" if spot.ended_on <= self.today else "Sẽ"
            yield f"{word} kết thúc từ {written(spot.ended_on)}"


def _anchor(key: int) -> str:
    return f"u{key}"


def _around(page: Page, rows: list[Row], address: Callable[[int], str]) -> Branch:
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return Branch(rows, page, before, after)
