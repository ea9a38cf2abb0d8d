"""Plain: what is printed around the text of every page: running titles, dates, addresses, n/m."""

import re
from collections import Counter
from collections.abc import Sequence

from indicators.programme_reader.wording import fold

_DEEPEST = 3  # lines of a header or a footer
_DATE, _TIME = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", r"\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?"
_STAMP = re.compile(rf"({_DATE},? {_TIME}|{_TIME},? {_DATE})\b.*")
_ADDRESS = re.compile(r"file://\S+.*|https?://\S+\s+\d{1,3}\s*/\s*\d{1,3}")


def is_stamp(text: str) -> bool:
    """Whether a browser prints such a line around a page: day and time, or the address."""
    folded = fold(text)
    return bool(_STAMP.fullmatch(folded) or _ADDRESS.fullmatch(folded))


def margins(pages: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """How many lines above and below each page's text repeat those of the other pages.

    Numbers may differ, and one page (the first) may have none; two pages must agree at least.
    """
    above, below = _repeated(pages), _repeated([page[::-1] for page in pages])
    return list(zip(above, below, strict=True))


def _repeated(pages: Sequence[Sequence[str]]) -> list[int]:
    depths = [0] * len(pages)
    needed = max(2, sum(map(bool, pages)) - 1)
    for _ in range(_DEEPEST):
        outer = [
            _masked(page[at]) if at < len(page) else ""
            for page, at in zip(pages, depths, strict=True)
        ]
        counts = Counter(filter(None, outer))
        depths = [
            at + (counts[text] >= needed or is_stamp(page[at]) if text else 0)
            for page, at, text in zip(pages, depths, outer, strict=True)
        ]
    return depths


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)
