"""The table of results on paper: the lines of the screen, in columns that fit upright A4."""

from collections.abc import Iterator, Mapping, Sequence

from indicators.queries import Addend, Result, Unasked, told_off_plan
from indicators.queries.gaps import UNKNOWN, Before, shortfalls
from reports.definitions.missing import misleading_means, prospects
from reports.definitions.results import counting_rules, table_rows, years_rules
from reports.document import Align, Column, Table

_COLUMNS = (
    Column("TT", 8, Align.CENTRE),
    Column("Chỉ tiêu", 25),
    Column("ĐVT", 9, Align.CENTRE),
    Column("Chỉ tiêu giao", 10, Align.CENTRE),
    Column("Kết quả", 19, Align.CENTRE),
    Column("Đạt so với chỉ tiêu", 11, Align.CENTRE),
    Column("Đánh giá", 9, Align.CENTRE),
    Column("Đã báo cáo", 9, Align.CENTRE),
)


def scorecard_table(
    results: Sequence[Result],
    addends: Sequence[Addend],
    before: Mapping[str, Before],
    ended: Sequence[str] = (),
    unasked: Sequence[Unasked] = (),
) -> Table:
    """Results as they are printed; what is missing and how it was counted stand below.

    `before` is what the silent counted the year before, by the code of the indicator; `ended` says
    how unions that ended inside the year were counted, `unasked` whom it has not asked.
    """
    return Table(
        columns=_COLUMNS,
        rows=tuple(
            (
                row.code,
                f"- {row.name}" if row.depth else row.name,
                row.unit,
                row.goal,
                row.achieved,
                row.completion,
                row.told_verdict,
                row.reported,
            )
            for row in table_rows(results)
        ),
        notes=(
            *_shortfalls(results, addends, before, unasked),
            *_off_plan(results, addends),
            *ended,
            *counting_rules(results),
            *years_rules(results),
        ),
    )


def _shortfalls(
    results: Sequence[Result],
    addends: Sequence[Addend],
    before: Mapping[str, Before],
    unasked: Sequence[Unasked],
) -> Iterator[str]:
    """What is missing, if it can still be reached, and where a mean would have said otherwise."""
    parts: dict[str, list[Addend]] = {}
    for part in addends:
        parts.setdefault(part.indicator_code, []).append(part)
    for result in results:
        code = result.indicator.code
        of_one = parts.get(code, [])
        found = shortfalls(result, of_one, before.get(code, UNKNOWN), unasked)
        missing = prospects(found)
        for told in (*missing, *misleading_means(result, of_one)):
            yield f"Chỉ tiêu {code}: {told}"


def _off_plan(results: Sequence[Result], addends: Sequence[Addend]) -> list[str]:
    """Where an answer is divided by another amount than was assigned, in the order of the table."""
    order = {one.indicator.code: at for at, one in enumerate(results)}
    found = [
        (one.indicator_code, one.union_name, one.plan)
        for one in addends
        if one.off_plan and one.indicator_code in order
    ]
    return told_off_plan(sorted(found, key=lambda one: order[one[0]]))
