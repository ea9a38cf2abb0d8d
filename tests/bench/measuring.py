"""Times of two ways to the same thing, taken in turn so that noise falls on both."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Ours beside a yardstick, in milliseconds, and what was aimed at."""

    name: str
    ours: float
    yardstick: float
    ratio: float
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """True if the ratio is on the right side of its target."""
        if self.at_most is not None:
            return self.ratio <= self.at_most
        return self.at_least is not None and self.ratio >= self.at_least

    def __str__(self) -> str:
        aim = f"≤ {self.at_most}" if self.at_most is not None else f"≥ {self.at_least}"
        verdict = "met" if self.met else "MISSED"
        return (
            f"{self.name:<34} {self.ours:9.1f} ms {self.yardstick:9.1f} ms"
            f"  ratio {self.ratio:5.2f}  aim {aim:<7} {verdict}  {self.note}"
        )


def in_turn(
    ours: Callable[[], object], yardstick: Callable[[], object], *, repeat: int, warm: int = 1
) -> tuple[float, float]:
    """Medians in milliseconds of `repeat` runs of each, after `warm` runs that do not count."""
    for _ in range(warm):
        ours()
        yardstick()
    times = [(_milliseconds(ours), _milliseconds(yardstick)) for _ in range(repeat)]
    first, second = zip(*times, strict=True)
    return statistics.median(first), statistics.median(second)


def _milliseconds(act: Callable[[], object]) -> float:
    gc.collect()  # what the other side left behind is not this one's to clear away
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
