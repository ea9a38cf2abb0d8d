"""The scorecard beside the best single statement by hand."""

from decimal import Decimal
from typing import Any

from django.db import connection

from actionplan.models import Programme
from indicators import queries
from indicators.queries import Result
from tests.bench.measuring import Ratio, in_turn
from unions.queries import find_union, node

YEARS = (2024, 2025, 2026, 2027, 2028)

BY_HAND = """
WITH owed AS (
    SELECT s.id, s.audience, s.gradable, s.state, p.year
    FROM indicators_submission s
    JOIN actionplan_period p ON p.id = s.period_id
    JOIN unions_placement at ON at.id = s.placement_id
    WHERE p.programme_id = %(programme)s AND p.year = ANY(%(years)s) AND at.path LIKE %(beneath)s
), sums AS (
    SELECT o.year, f.indicator_id, sum(f.numerator) AS top, sum(f.denominator) AS bottom,
           count(*) AS answered, count(f.denominator) AS paired,
           count(*) FILTER (WHERE o.gradable) AS gradable
    FROM owed o JOIN indicators_figure f ON f.submission_id = o.id
    WHERE o.state = 'approved' GROUP BY o.year, f.indicator_id
), expected AS (
    SELECT year, audience, count(*) AS all_of_them, count(*) FILTER (WHERE gradable) AS gradable
    FROM owed GROUP BY year, audience
)
SELECT y.year, i.code, coalesce(s.top, 0),
       coalesce(s.bottom, 0) + CASE i.denominator
           WHEN 'in_place' THEN coalesce(e.all_of_them, 0) - coalesce(s.answered, 0)
           WHEN 'gradable' THEN coalesce(e.gradable, 0) - coalesce(s.gradable, 0)
           ELSE 0 END,
       coalesce(s.answered, 0), coalesce(e.all_of_them, 0),
       coalesce(s.answered - s.paired, 0), t.operator, t.low
FROM unnest(%(years)s) AS y(year) CROSS JOIN indicators_indicator i
LEFT JOIN indicators_target t ON t.indicator_id = i.id
LEFT JOIN sums s ON s.indicator_id = i.id AND s.year = y.year
LEFT JOIN expected e ON e.audience = i.audience AND e.year = y.year
WHERE i.programme_id = %(programme)s AND NOT i.dropped
ORDER BY y.year, i.position
"""


def ratios() -> list[Ratio]:
    """One ratio, over five years of 1,300 unions; both sides give the same rows."""
    province = find_union("CDVC")
    programme, scope = Programme.objects.get(union=province), node(province)

    def ours() -> list[tuple[Any, ...]]:
        cards = queries.scorecards(programme, YEARS, scope)
        return [_row(year, result) for year, card in cards.items() for result in card]

    def by_hand() -> list[tuple[Any, ...]]:
        return _asked(BY_HAND, programme.pk, scope.paths[0])

    assert ours() == by_hand(), "the scorecard and the statement by hand differ"
    for line in _asked(f"EXPLAIN (ANALYZE, BUFFERS) {BY_HAND}", programme.pk, scope.paths[0]):
        print(line[0])
    times = in_turn(ours, by_hand, repeat=21, warm=3)
    return [Ratio("scorecard, 1.300 đơn vị × 5 năm", *times, times[0] / times[1], at_most=1.3)]


def _row(year: int, result: Result) -> tuple[Any, ...]:
    total, goal = result.total, result.goal
    whole = (total.numerator, total.denominator, total.answered, total.expected, result.left)
    bound = (goal.operator.value, goal.low) if goal else (None, None)
    return (year, result.indicator.code, *map(Decimal, whole), *bound)


def _asked(statement: str, programme: int, path: str) -> list[tuple[Any, ...]]:
    values = {"programme": programme, "years": list(YEARS), "beneath": f"{path}%"}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
