"""Plain: targets named year by year: "…: ≥ 85% (năm 2024), ≥ 90% (năm 2025)"."""

import re

# of a wording with diacritics or without
_OF_YEAR = r"\(n[ăa]m (20\d\d)\)"
_TAIL = re.compile(rf"\s*:\s*(?:[^():;]+{_OF_YEAR})+")
_GOAL = re.compile(rf"([^():;]+?)\s*{_OF_YEAR}")


def goals_of_years(text: str) -> list[tuple[str, int]]:
    """What is said of each year, and the year; none where no year has a target of its own."""
    tail = _TAIL.search(text)
    found = _GOAL.findall(tail[0].lstrip(" :")) if tail else []
    return [(goal.lstrip(" ,"), int(year)) for goal, year in found]


def before_years(text: str) -> str:
    """The wording without its targets by the year, and without what stands behind them."""
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail else text
