"""Plain: what an indicator adds to its kind in its own words."""

from dataclasses import dataclass

from indicators.grades import SCALES, SINCE_2019, Grade, Scale
from unions.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Least:
    """A number that a union is asked, and from which on it counts: 15.000 đồng, 25 workers."""

    asks: str
    least: int

    @property
    def told(self) -> str:
        """From which number on, with the unit that the question names: từ 15.000 đồng trở lên."""
        asked, bracket, unit = self.asks.removesuffix(")").rpartition(" (")
        named = bracket and self.asks.endswith(")")
        of_unit = f" {unit}" if named else ""
        return f"{asked if named else self.asks} từ {Quantity(self.least)}{of_unit} trở lên"


@dataclass(frozen=True, slots=True)
class Definition:
    """The words and limits that make a kind this indicator.

    `labels` replaces the kind's own wording of a question, by the name of the question. Only who
    fulfils `condition` stands in the denominator; `basis`, where it is given, decides that by a
    number. `threshold` decides whether a union has done it. `grade` is the level from which on a
    union counts, on `scale`.
    """

    unit: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    threshold: Least | None = None
    condition: str = ""
    basis: Least | None = None
    scale_code: str = SINCE_2019.code
    grade_code: str = ""

    @property
    def scale(self) -> Scale:
        """The scale of grades."""
        return SCALES[self.scale_code]

    @property
    def grade(self) -> Grade:
        """The level from which on a union counts; “tốt” unless another was named."""
        return self.scale.grade(self.grade_code or self.scale.good)


PLAIN = Definition()
