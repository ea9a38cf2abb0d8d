"""Plain: by when an indicator is to be reached, from its own words or those above it."""

import re
from dataclasses import dataclass

from indicators.programme_reader.wording import fold, without_end

_LOOKED_AT = 1000  # letters: what an indicator asks for stands at its beginning
_BY = r"(?:den|truoc|het|cuoi|vao)(?: het| cuoi)? (?:nam )?"
_AT_ITS_START = re.compile(
    rf"^(?:phan dau )?(?:{_BY}(?P<year>20\d\d)|(?:den |het |cuoi )+nhiem ky)\b"
)
_AT_ITS_END = re.compile(rf"\b{_BY}(?P<year>20\d\d)$|\b(?:den|het|cuoi)(?: het| cuoi)? nhiem ky$")
_WITHIN = re.compile(rf"\b{_BY}(20\d\d)\b")
_YEARLY = re.compile(r"^(hang|moi) nam\b|\b(hang|moi|mot) nam$|/ ?nam\b")


@dataclass(frozen=True, slots=True)
class When:
    """A horizon, the year where one is named, and what a person should look at."""

    horizon: str
    due_year: int | None = None
    doubts: tuple[str, ...] = ()


def when(text: str, above: str, term: tuple[int, int]) -> When:
    """By when: the wording's own words before the heading `above` (annual, term or a year)."""
    own = own_horizon(text)
    found = own or above
    doubts: list[str] = []
    middle = "" if own else _in_the_middle(text)
    if middle:
        doubts.append(f"câu có nêu mốc “đến năm {middle}”; hãy xem lại thời hạn")
    if not found.isdigit():
        return When(found or "annual", None, tuple(doubts))
    year = int(found)
    if term[0] <= year < term[1]:
        return When("by_year", year, tuple(doubts))
    if year != term[1]:
        doubts.append(
            f"năm {year} nằm ngoài nhiệm kỳ {term[0]}-{term[1]}; tạm lấy đến hết nhiệm kỳ"
        )
    return When("term", None, tuple(doubts))


def own_horizon(text: str) -> str:
    """annual, term or a year that an indicator's own wording names, at its beginning or end."""
    folded = without_end(fold(text[:_LOOKED_AT]))
    if _YEARLY.search(folded):
        return "annual"
    found = _AT_ITS_START.search(folded) or _AT_ITS_END.search(folded)
    if not found:
        return ""
    return found["year"] or "term"


def _in_the_middle(text: str) -> str:
    found = _WITHIN.search(fold(text[:_LOOKED_AT]))
    return found[1] if found else ""
