"""The cascade matrix beside the best single statement by hand: 1,300 unions, ten groups."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import Programme, TaskGroup
from actionplan.queries.matrix import matrix
from actionplan.queries.matrix_cells import Matrix
from tests.bench import large
from tests.bench.large import YEARS
from tests.bench.measuring import Ratio, in_turn
from unions.models import Placement

TODAY = date(2028, 7, 1)
# nine of ten have a plan; one of ten moved to another cluster in the midst of the years
_PLANS = """
UPDATE unions_placement SET valid_to = DATE '2026-05-01'
WHERE union_id %% 10 = 3 AND id > %(first)s;
INSERT INTO unions_placement
    (union_id, name, short_name, name_folded, level, type, calendar, parent_id, cluster, place,
     path, valid_from, suspended)
SELECT union_id, name, '', name_folded, level, type, calendar, parent_id, 'Cụm mới', '', path,
       valid_to, false
FROM unions_placement WHERE valid_to IS NOT NULL;
UPDATE unions_union u SET current_id = p.id FROM unions_placement p
WHERE p.union_id = u.id AND p.valid_to IS NULL;
INSERT INTO actionplan_plan (union_id, programme_id, year, placement_id, state, reason, revision)
SELECT p.union_id, %(programme)s, y.year, p.id,
       CASE WHEN (p.union_id + y.year) %% 3 = 0 THEN 'draft' ELSE 'accepted' END, '', 0
FROM unnest(%(years)s) AS y(year) JOIN unions_placement p
    ON p.valid_from <= make_date(y.year, 12, 31)
    AND coalesce(p.valid_to > make_date(y.year, 12, 31), true)
WHERE (p.union_id + y.year) %% 10 <> 0;
INSERT INTO actionplan_planitem
    (plan_id, group_id, what, who, starts_on, due_on, expected, status, done_on, dropped_because,
     position)
SELECT plan.id, g.id, 'Tổ chức tuyên truyền, phổ biến pháp luật cho đoàn viên, đợt ' || n,
       'Ban Chấp hành', make_date(plan.year, 1, 1),
       make_date(plan.year, (1 + (plan.id + n) %% 12)::int, 20),
       'Toàn thể đoàn viên, người lao động tham gia đầy đủ, có biên bản', s.status,
       CASE WHEN s.status = 'done' THEN make_date(plan.year, 6, 1) END,
       CASE WHEN s.status = 'dropped' THEN 'Không còn kinh phí' ELSE '' END, n
FROM actionplan_plan plan CROSS JOIN actionplan_taskgroup g
CROSS JOIN generate_series(1, 3) AS n
CROSS JOIN LATERAL (SELECT (ARRAY['done', 'under_way', 'not_started', 'done', 'dropped'])
    [1 + (plan.id + g.id + n) %% 5] AS status) s
WHERE (plan.id * 7 + g.id * 3) %% 11 > n;
INSERT INTO actionplan_groupreason (plan_id, group_id, text)
SELECT plan.id, g.id, 'Đơn vị không có đối tượng'
FROM actionplan_plan plan CROSS JOIN actionplan_taskgroup g
WHERE (plan.id * 7 + g.id * 3) %% 11 = 0;
"""
_BY_HAND = """
WITH stands AS (
    SELECT DISTINCT ON (y.year, at.union_id) y.year, at.union_id, u.code, at.name, at.name_folded,
           at.level, at.type, at.cluster, at.suspended, u.ended_on, d.day
    FROM unnest(%(years)s) AS y(year)
    JOIN unions_placement at ON at.path LIKE %(beneath)s
    CROSS JOIN LATERAL (SELECT least(%(today)s, CASE at.calendar
        WHEN 'school_year' THEN make_date(y.year, 8, 31)
        ELSE make_date(y.year, 12, 31) END) AS day) d
    JOIN unions_union u ON u.id = at.union_id
    WHERE at.valid_from <= d.day
    ORDER BY y.year, at.union_id, at.valid_from DESC
), plans AS (
    SELECT id, union_id, year, state FROM actionplan_plan
    WHERE programme_id = %(programme)s AND year = ANY(%(years)s)
), cells AS (
    SELECT plan_id, {sums} FROM (
        SELECT plan_id, group_id, CASE WHEN status = 'done' THEN 32769
            WHEN due_on < %(today)s THEN 1073741825 ELSE 1 END AS packed
        FROM actionplan_planitem
        WHERE status <> 'dropped' AND plan_id IN (SELECT id FROM plans)) items
    GROUP BY plan_id
), reasons AS (
    SELECT plan_id, array_agg(group_id) AS groups FROM actionplan_groupreason
    WHERE plan_id IN (SELECT id FROM plans) GROUP BY plan_id
)
SELECT s.year, s.union_id, s.code, s.name, s.name_folded, s.level, s.type, s.cluster, s.suspended,
       coalesce(p.state, ''), r.groups, c.*
FROM stands s
LEFT JOIN plans p ON p.union_id = s.union_id AND p.year = s.year
LEFT JOIN cells c ON c.plan_id = p.id
LEFT JOIN reasons r ON r.plan_id = p.id
WHERE p.id IS NOT NULL OR s.level IN ('upper', 'grassroots') AND NOT s.suspended
    AND (s.ended_on IS NULL OR s.ended_on > s.day)
"""
# the quickest that was found: a row for each plan; a row for each of its cells takes half as long
# again, and arrays of them longer still
_SUM = "sum(packed) FILTER (WHERE group_id = {0}) AS group_{0}"


def make() -> Programme:
    """A province of 1,300 unions with five years of plans, a quarter of a million items."""
    programme = large.make(1_200)
    values = {
        "programme": programme.pk,
        "years": list(YEARS),
        "first": programme.union_id + 1000,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLANS, values)
    return programme


def ratios(programme: Programme, *, repeat: int, warm: int) -> list[Ratio]:
    """One ratio for the whole programme, one for a year; both give the same rows."""
    return [
        _of_years(programme, YEARS, "5 năm", repeat=repeat, warm=warm),
        _of_years(programme, YEARS[3:4], "một năm", repeat=repeat, warm=warm),
    ]


def _of_years(
    programme: Programme, years: Sequence[int], name: str, *, repeat: int, warm: int
) -> Ratio:
    groups = list(programme.task_groups.filter(dropped=False))
    values = {
        "programme": programme.pk,
        "years": list(years),
        "today": TODAY,
        "beneath": f"{programme.union.path}%",
    }

    def ours() -> Matrix:
        return matrix(programme, groups, years, Placement.objects.all(), TODAY)

    statement = _BY_HAND.format(sums=", ".join(_SUM.format(group.pk) for group in groups))

    def by_hand() -> list[tuple[Any, ...]]:
        return _asked(statement, values)

    with CaptureQueriesContext(connection) as counted:
        drawn = ours()
    assert len(counted) == 2, "the matrix takes two statements"
    rows = [cell for row in by_hand() for cell in _apart(row, groups)]
    assert sorted(_flat(drawn)) == sorted(rows), "the matrix and the statement by hand differ"
    for one in counted:
        for line in _asked(f"EXPLAIN (ANALYZE, BUFFERS) {one['sql']}", None):
            print(line[0])
    times = in_turn(ours, by_hand, repeat=repeat, warm=warm)
    note = f"{len(rows)} cells, {len(counted)} statements"
    return Ratio(f"ma trận, {name}", *times, times[0] / times[1], at_most=1.3, note=note)


def _flat(drawn: Matrix) -> list[tuple[Any, ...]]:
    return [
        (row.year, *row.stand[:6], *row.stand[7:9], group.number, row.state, *cell)
        for row in drawn.rows
        for group, cell in zip(drawn.groups, row.cells, strict=True)
    ]


def _apart(row: tuple[Any, ...], groups: Sequence[TaskGroup]) -> Iterator[tuple[Any, ...]]:
    """The same of a row by hand: cells are fifteen bits each of items, done and late."""
    *union, state, reasons, _ = row[:12]
    for group, packed in zip(groups, row[12:], strict=True):
        high, items = divmod(packed or 0, 1 << 15)
        late, done = divmod(high, 1 << 15)
        reason = not items and group.pk in (reasons or ())
        yield (*union, group.number, state, items, done, late, reason)


def _asked(statement: str, values: dict[str, Any] | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
