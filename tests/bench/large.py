"""A province of any size, written by PostgreSQL itself: services would take hours for it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import connection

from actionplan.calendar import Days
from actionplan.models import Programme
from actionplan.services import periods
from indicators.programme_file import IndicatorSpec, TargetSpec
from indicators.services import programmes
from tests.builders import client_programme, make_province

YEARS = (2024, 2025, 2026, 2027, 2028)
# eight indicators that every union answers, of every way to count
_ASKED = (
    ("share_of_people", "reported", "0.85"),
    ("share_of_unions", "in_place", "1"),
    ("average_per_union", "in_place", "1"),
    ("share_of_people", "reported", "0.9"),
    ("share_of_unions_rated", "gradable", "0.85"),
    ("count_per_year", "reported", "500000"),
    ("amount_of_money", "reported", "1000000000"),
    ("minimum_per_union", "in_place", "1"),
)
# everything under a hundred upper unions, spread over types, clusters and two thirds of answers
_UNIONS = """
INSERT INTO unions_union (id, code, founded_on)
SELECT %(first)s + n, 'U' || n, DATE '2020-01-01' FROM generate_series(1, %(unions)s) AS n;
INSERT INTO unions_placement
    (id, union_id, name, short_name, name_folded, level, type, calendar, parent_id, cluster, place,
     path, valid_from, suspended)
SELECT %(first)s + n, %(first)s + n, 'Đơn vị ' || n, '', 'don vi ' || n,
       CASE WHEN n <= 100 THEN 'upper' ELSE 'grassroots' END,
       (ARRAY['agency', 'public_service_full', 'public_service_partial', 'state_enterprise',
              'non_state', 'non_public'])[1 + n %% 6],
       'calendar_year',
       CASE WHEN n <= 100 THEN %(root)s ELSE %(first)s + 1 + n %% 100 END,
       'Cụm ' || n %% 20, '',
       CASE WHEN n <= 100 THEN '' ELSE (%(first)s + 1 + n %% 100) || '.' END,
       DATE '2020-01-01', false
FROM generate_series(1, %(unions)s) AS n;
UPDATE unions_placement
SET path = %(path)s || path || union_id || '.' WHERE id > %(first)s;
UPDATE unions_union SET current_id = id WHERE id > %(first)s;
"""
_SUBMISSIONS = """
INSERT INTO indicators_submission
    (union_id, period_id, placement_id, audience, gradable, state, reason, estimate, revision,
     closing, excuse, kept_open)
SELECT at.union_id, p.id, at.id, 'grassroots', at.union_id %% 40 <> 0,
       CASE WHEN (at.union_id + p.year) %% 10 = 0 THEN 'draft' ELSE 'approved' END, '', false, 1,
       false, '', '[]'
FROM unions_placement at CROSS JOIN actionplan_period p WHERE at.level = 'grassroots';
"""
_FIGURES = """
INSERT INTO indicators_figure
    (submission_id, indicator_id, answer, answers, numerator, denominator, reason, remark)
SELECT s.id, i.id, 'number', '{}', (s.id * 7 + i.id) %% 90,
       CASE WHEN i.kind = 'share_of_people' THEN 90 + s.id %% 50 ELSE 1 END, '', ''
FROM indicators_submission s CROSS JOIN indicators_indicator i
WHERE s.audience = 'grassroots';
"""


def make(unions: int) -> Programme:
    """`unions` grassroots unions, each with eight figures a year; nine tenths are approved."""
    root = make_province()
    spec = replace(client_programme(), indicators=tuple(_indicators()))
    programme = programmes.load(spec, "large", root, by=None).programme
    for year in YEARS:
        days = Days(date(year, 1, 1), date(year, 11, 30), date(year, 12, 10), date(year, 12, 31))
        periods.open(programme, year, "calendar_year", days, by=None)
    values = {"unions": 100 + unions, "root": root.pk, "path": root.path, "first": root.pk + 1000}
    with connection.cursor() as cursor:
        # four million rows that were made to fit need not be held against their keys one by one
        cursor.execute("SET session_replication_role = replica")
        for statement in (_UNIONS, _SUBMISSIONS, _FIGURES):
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
    return programme


def _indicators() -> list[IndicatorSpec]:
    return [
        IndicatorSpec(
            code=str(number),
            name=f"Chỉ tiêu {number}",
            text="",
            question="",
            kind=kind,
            audience="grassroots",
            horizon="annual",
            unit="",
            denominator=denominator,
            targets=(TargetSpec(">=", Decimal(low)),),
        )
        for number, (kind, denominator, low) in enumerate(_ASKED, start=1)
    ]
