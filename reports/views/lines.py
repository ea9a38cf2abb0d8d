"""What pages of results show: an indicator in the same words as on paper, a year to turn to."""

from dataclasses import dataclass

from indicators.models import Audience
from indicators.queries import Result
from reports.definitions.results import achieved, reported


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of the programme and the page that shows it."""

    year: int
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A result with what the page writes of it."""

    result: Result

    @property
    def achieved(self) -> str:
        """The sums and what they come to."""
        return achieved(self.result)

    @property
    def reported(self) -> str:
        """Answered out of asked."""
        return reported(self.result)

    @property
    def badge(self) -> str:
        """The code of the verdict's badge."""
        return self.result.verdict.name.lower()


def lines(results: list[Result], *, own: bool) -> list[Line]:
    """The lines of a page; what only the province answers stands on the province's page."""
    return [
        Line(result)
        for result in results
        if own or result.indicator.audience == Audience.GRASSROOTS
    ]
