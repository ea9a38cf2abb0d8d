"""The tree of any day beside its two statements by hand: 5,000 unions, 3,000 events."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.measuring import Ratio, in_turn
from tests.builders import make_province, make_user
from unions.access import Role
from unions.models import User
from unions.queries import Chart, Wanted, chart, tree_faults

UNIONS, EVENTS = 5_000, 3_000
DAYS = (date(2020, 6, 1), date(2023, 7, 1), date(2026, 1, 1))
# a hundred upper unions and those beneath them; a headcount of each in three years
_FOUNDED = """
INSERT INTO unions_union (id, code, founded_on)
SELECT %(first)s + n, 'U' || n, DATE '2020-01-01' FROM generate_series(1, %(unions)s) AS n;
INSERT INTO unions_placement
    (id, union_id, name, short_name, name_folded, level, type, calendar, parent_id, cluster, place,
     path, valid_from, suspended)
SELECT %(first)s + n, %(first)s + n, 'Đơn vị ' || n, '', 'don vi ' || n,
       CASE WHEN n <= 100 THEN 'upper' ELSE 'grassroots' END,
       CASE WHEN n %% 3 = 0 THEN 'agency' ELSE 'non_state' END, 'calendar_year',
       CASE WHEN n <= 100 THEN %(root)s ELSE %(first)s + 1 + n %% 100 END,
       'Cụm ' || n %% 20, '',
       %(path)s || CASE WHEN n <= 100 THEN '' ELSE (%(first)s + 1 + n %% 100) || '.' END
           || (%(first)s + n) || '.',
       DATE '2020-01-01', false
FROM generate_series(1, %(unions)s) AS n;
INSERT INTO unions_headcount (union_id, counted_on, members)
SELECT %(first)s + n, make_date(year, 11, 30), 20 + n %% 50
FROM generate_series(101, %(unions)s) AS n, generate_series(2023, 2025) AS year;
"""
# each of the events ends a union, calls it otherwise or puts it under another one
_CHANGED = """
INSERT INTO unions_orgevent
    (id, kind, effective_on, decision_number, signer, note, recorded_at, story,
     replaced)
SELECT %(first)s + e,
       CASE e %% 5 WHEN 0 THEN 'dissolve' WHEN 1 THEN 'rename' WHEN 2 THEN 'rename'
            ELSE 'transfer' END,
       DATE '2021-01-01' + e %% 1800, e || '/QĐ', '', '', now(), '{}', '[]'
FROM generate_series(1, %(events)s) AS e;
INSERT INTO unions_orgevent_predecessors (orgevent_id, union_id)
SELECT id, id + 100 FROM unions_orgevent WHERE id > %(first)s;
UPDATE unions_placement p SET valid_to = e.effective_on, closed_by_id = e.id
FROM unions_orgevent e WHERE p.union_id = e.id + 100 AND e.id > %(first)s;
INSERT INTO unions_placement
    (id, union_id, name, short_name, name_folded, level, type, calendar, parent_id, cluster, place,
     path, valid_from, suspended, opened_by_id)
SELECT p.id + %(unions)s, p.union_id,
       p.name || CASE WHEN e.kind = 'rename' THEN ' mới' ELSE '' END, '',
       p.name_folded || CASE WHEN e.kind = 'rename' THEN ' moi' ELSE '' END,
       p.level, p.type, p.calendar, at.parent, p.cluster, '',
       %(path)s || at.parent || '.' || p.union_id || '.', e.effective_on, false, e.id
FROM unions_placement p
JOIN unions_orgevent e ON e.id = p.closed_by_id AND e.kind <> 'dissolve'
CROSS JOIN LATERAL (SELECT CASE WHEN e.kind = 'rename' THEN p.parent_id
    ELSE %(first)s + 1 + (p.parent_id - %(first)s) %% 100 END AS parent) at;
UPDATE unions_union u SET ended_on = e.effective_on
FROM unions_orgevent e WHERE u.id = e.id + 100 AND e.kind = 'dissolve';
UPDATE unions_union u SET current_id = p.id
FROM unions_placement p
WHERE p.union_id = u.id AND u.id > %(first)s
  AND (p.valid_to IS NULL OR p.valid_to = u.ended_on);
"""
_BY_HAND = """
SELECT at.union_id, u.code, at.name, at.name_folded, at.type, at.level, at.cluster, at.path,
       at.suspended, at.valid_from, u.ended_on, now.path
FROM unions_placement at
JOIN unions_union u ON u.id = at.union_id JOIN unions_placement now ON now.id = u.current_id
WHERE at.valid_from <= %(day)s AND (at.valid_to IS NULL OR at.valid_to > %(day)s)
  AND (at.path LIKE %(beneath)s OR now.path LIKE %(beneath)s)
"""
_COUNTED = """
SELECT DISTINCT ON (union_id) union_id, members FROM unions_headcount
WHERE counted_on <= %(day)s ORDER BY union_id, counted_on DESC
"""


def make() -> User:
    """The unions, what happened to them, and somebody who may read it all."""
    root = make_province()
    values = {
        "unions": UNIONS,
        "events": EVENTS,
        "root": root.pk,
        "path": root.path,
        "first": root.pk + 1000,
    }
    with connection.cursor() as cursor:
        for statement in (_FOUNDED, _CHANGED):
            cursor.execute(statement, values)
    assert not list(tree_faults()), "the made-up tree contradicts itself"
    return make_user("canbo", Role.OFFICER, root, full_name="Lê Thị Ánh")


def ratios(reader: User, *, repeat: int, warm: int) -> list[Ratio]:
    """One ratio a day: the whole tree, summed up, beside its bare rows."""
    return [_of_day(day, reader, repeat=repeat, warm=warm) for day in DAYS]


def _of_day(day: date, reader: User, *, repeat: int, warm: int) -> Ratio:
    top = reader.roles[0].path
    values = {"day": day, "beneath": f"{top}%"}
    rows = _asked(_BY_HAND, values)

    def ours() -> Chart:
        drawn = chart(day, reader)
        drawn.found(Wanted(term="moi", level="grassroots", cluster="Cụm 7"))
        drawn.children(reader.roles[0].union_id)
        assert drawn.beneath(reader.roles[0].union_id) == len(rows) - 1
        return drawn

    def by_hand() -> None:
        _asked(_BY_HAND, values)
        _asked(_COUNTED, values)

    with CaptureQueriesContext(connection) as counted:
        drawn = ours()
    assert len(counted) == 2, "the tree of a day takes two statements"
    assert drawn.counted == dict(_asked(_COUNTED, values)), "the headcounts differ"
    assert drawn.spots.keys() == {row[0] for row in rows}, "the trees differ"
    times = in_turn(ours, by_hand, repeat=repeat, warm=warm)
    note = f"{len(rows)} unions, {len(counted)} statements"
    name = f"cây ngày {day:%d/%m/%Y}, 5.000 đơn vị"
    return Ratio(name, *times, times[0] / times[1], at_most=4, note=note)


def _asked(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
