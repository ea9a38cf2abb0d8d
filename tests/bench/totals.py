"""The scorecard beside the best single statement by hand."""

from decimal import Decimal
from typing import Any

from django.db import connection

from actionplan.models import Programme
from indicators import queries
from indicators.queries import Cut, Outcome
from tests.bench.large import YEARS
from tests.bench.measuring import Ratio, in_turn
from unions.queries import find_union, node

BY_HAND = """
WITH sums AS (
    SELECT p.year, f.indicator_id, sum(f.numerator) AS top, sum(f.denominator) AS bottom,
           min(f.numerator) AS least, count(*) AS answered, count(f.denominator) AS paired,
           count(*) FILTER (WHERE s.gradable) AS gradable
    FROM indicators_figure f
    JOIN indicators_submission s ON s.id = f.submission_id AND s.state = 'approved'
    JOIN actionplan_period p ON p.id = s.period_id
        AND p.programme_id = %(programme)s AND p.year = ANY(%(years)s)
    JOIN unions_placement at ON at.id = s.placement_id AND at.path LIKE %(beneath)s
        AND at.cluster LIKE %(cluster)s
    WHERE NOT s.closing OR f.indicator_id NOT IN (
        SELECT id FROM indicators_indicator WHERE denominator IN ('in_place', 'gradable'))
    GROUP BY p.year, f.indicator_id
), expected AS (
    SELECT p.year, s.audience, count(*) FILTER (WHERE NOT s.closing) AS everyone,
           count(*) FILTER (WHERE s.gradable AND NOT s.closing) AS gradable,
           count(*) FILTER (WHERE s.closing) AS closing
    FROM indicators_submission s
    JOIN actionplan_period p ON p.id = s.period_id
        AND p.programme_id = %(programme)s AND p.year = ANY(%(years)s)
    JOIN unions_placement at ON at.id = s.placement_id AND at.path LIKE %(beneath)s
        AND at.cluster LIKE %(cluster)s
    WHERE s.excuse = '' AND s.stands
    GROUP BY p.year, s.audience
)
SELECT y.year, i.code, coalesce(s.top, 0), coalesce(s.bottom, 0) + q.silent,
       CASE WHEN q.silent > 0 THEN 0 ELSE s.least END,
       coalesce(s.answered, 0), coalesce(e.everyone, 0) + CASE
           WHEN i.denominator IN ('in_place', 'gradable') THEN 0 ELSE coalesce(e.closing, 0) END,
       coalesce(s.answered - s.paired, 0)
FROM unnest(%(years)s) AS y(year) CROSS JOIN indicators_indicator i
LEFT JOIN sums s ON s.indicator_id = i.id AND s.year = y.year
LEFT JOIN expected e ON e.audience = i.audience AND e.year = y.year
CROSS JOIN LATERAL (SELECT CASE i.denominator
    WHEN 'in_place' THEN coalesce(e.everyone, 0) - coalesce(s.answered, 0)
    WHEN 'gradable' THEN coalesce(e.gradable, 0) - coalesce(s.gradable, 0)
    ELSE 0 END AS silent) q
WHERE i.programme_id = %(programme)s AND NOT i.dropped
ORDER BY y.year, i.position
"""


def ratios(size: str, *, repeat: int, warm: int, cluster: str = "") -> list[Ratio]:
    """One ratio, over five years of a whole province or a cluster; both give the same rows."""
    province = find_union("CDVC")
    programme = Programme.objects.get(union=province)
    cut = Cut(node(province), YEARS[0], YEARS[-1], cluster)
    values = {
        "programme": programme.pk,
        "years": list(YEARS),
        "beneath": f"{cut.node.paths[0]}%",
        "cluster": cluster or "%",
    }

    def ours() -> list[tuple[Any, ...]]:
        card = queries.scorecard(programme, cut)
        rows = [_row(one.year, one.outcome) for result in card for one in result.years]
        # a statement gives year by year what the scorecard gives indicator by indicator
        return [row for year in YEARS for row in rows if row[0] == year]

    def by_hand() -> list[tuple[Any, ...]]:
        return _asked(BY_HAND, values)

    assert ours() == by_hand(), "the scorecard and the statement by hand differ"
    for line in _asked(f"EXPLAIN (ANALYZE, BUFFERS) {BY_HAND}", values):
        print(line[0])
    times = in_turn(ours, by_hand, repeat=repeat, warm=warm)
    return [Ratio(f"scorecard, {size}", *times, times[0] / times[1], at_most=1.3)]


def _row(year: int, outcome: Outcome) -> tuple[Any, ...]:
    total = outcome.total
    whole = (total.numerator, total.denominator, total.least)
    counts = (total.answered, total.expected, total.left)
    return (year, outcome.indicator.code, *map(_plain, whole), *counts)


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _asked(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
