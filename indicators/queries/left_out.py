"""Which years a mean of years leaves out: whoever adds up again has to know."""

from collections.abc import Iterable

from indicators.aggregation import Years
from indicators.queries.results import Result


def years_left_out(result: Result) -> list[int]:
    """The years that a mean leaves out because nobody's answer stands in them.

    Empty where none of them has a value: then nothing is left out of anything.
    """
    asked = [one for one in result.years if one.outcome.total.expected]
    if result.how is not Years.MEAN or all(one.outcome.exact is None for one in asked):
        return []
    return [one.year for one in asked if one.outcome.exact is None]


def told_of_left_out(results: Iterable[Result]) -> list[str]:
    """A sentence for each indicator of whose years one has no answer at all; no statement."""
    return [
        f"Chỉ tiêu {result.indicator.code}: bình quân các năm không tính năm"
        f" {', '.join(map(str, years))} vì chưa có số liệu nào được duyệt."
        for result in results
        if (years := years_left_out(result))
    ]
