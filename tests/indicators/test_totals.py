"""Totals: worked out by hand, and equal to whoever adds the exported pairs up again."""

import io
import json
import random
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators import queries
from indicators.aggregation import Goal, Operator, Verdict
from indicators.models import Denominator, Figure, Submission, Target
from indicators.queries import Cut
from indicators.services import submissions
from indicators.services.assignments import Assigned, assign
from indicators.services.periods import open_period
from tests.builders import (
    Province,
    approve,
    hand_in,
    make_period,
    make_programme,
    make_province,
    make_union,
)
from tests.crowd import make_unions
from tests.support.replay import replayed
from unions.models import Calendar, Level, Placement, Union
from unions.queries import node
from unions.services import unions
from unions.services.unions import Decision


@pytest.fixture
def six_unions(db):
    """Six unions: three approved, one only handed in, one silent, one too young to be graded."""
    return replayed(_make_six_unions)


def _make_six_unions():
    root = make_province()
    names = ["Sở Y tế", "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Xây dựng"]
    members = [
        make_union(root, code=f"U{number}", name=name) for number, name in enumerate(names, start=1)
    ]
    members.append(make_union(root, code="U6", name="Ban Quản lý mới", founded_on=date(2025, 6, 1)))
    programme = make_programme(root)
    period = make_period(programme)
    of = {row.union.code: row for row in Submission.objects.filter(period=period)}
    approve(
        of["U1"],
        i2_1_1={"done": 90, "total": 100},
        i2_1_2={"done": "yes", "paper": "01/QC"},
        i2_1_3={"number": 3, "extra_admitted": 1},
        i2_1_4={"done": 9, "total": 9},
        i2_1_5b={"grade": "excellent"},
    )
    approve(
        of["U2"],
        i2_1_1={"done": 0, "total": 20},
        i2_1_2={"done": "no", "paper": ""},
        i2_1_3="Không có nguồn đoàn viên ưu tú",
        i2_1_4={"done": 4, "total": 5},
        i2_1_5b={"grade": "completed"},
    )
    approve(
        of["U3"],
        i2_1_1={"done": 30, "total": 30},
        i2_1_2={"done": "yes", "paper": "03/QC"},
        i2_1_3={"number": 0, "extra_admitted": 0},
        i2_1_4={"done": 3, "total": 3},
        i2_1_5b="Tách ra từ tháng 9",
    )
    hand_in(of["U4"])
    approve(of["CDVC"], i2_1_6={"collected": 999, "assigned": 1000})
    return programme, root, members


# code: numerator, denominator, verdict, answered, expected, how many said “không phát sinh”
BY_HAND = {
    # 90 + 0 + 30 of 100 + 20 + 30 people: 80%
    "2.1.1": (120, 150, Verdict.NOT_MET, 3, 6, 0),
    # two say yes; all six unions in place stand in the denominator
    "2.1.2": (2, 6, Verdict.NOT_MET, 3, 6, 0),
    # 3 + 0 over U1, U3 and the three silent ones; U2 left with a reason
    "2.1.3": (3, 5, Verdict.NOT_MET, 3, 6, 1),
    "2.1.4": (16, 17, Verdict.NOT_MET, 3, 6, 0),
    # rank of “tốt”
    "2.1.5a": (3, 1, Verdict.MET, 1, 1, 0),
    # U1 of U1, U2, U4, U5: U3 said it cannot be graded, U6 is too young
    "2.1.5b": (1, 4, Verdict.NOT_MET, 3, 6, 1),
    "2.1.6": (999, 1000, Verdict.NOT_MET, 1, 1, 0),
}


def test_a_scorecard_worked_out_by_hand(six_unions):
    programme, root, _ = six_unions
    results = queries.scorecard(programme, Cut.of_year(node(root), 2025))
    assert {
        result.indicator.code: (
            result.total.numerator,
            result.total.denominator,
            result.verdict,
            result.total.answered,
            result.total.expected,
            result.left,
        )
        for result in results
    } == BY_HAND
    shown = {result.indicator.code: str(result.quantity) for result in results}
    assert shown["2.1.1"] == "80%"
    assert shown["2.1.6"] == "99,90%"
    assert shown["2.1.5a"] == "Hoàn thành tốt nhiệm vụ"


def _added_up(addends):
    sums = defaultdict(lambda: [0, 0])
    for addend in addends:
        if addend.denominator is not None:
            sums[addend.indicator_code][0] += addend.numerator
            sums[addend.indicator_code][1] += addend.denominator
    return {code: tuple(pair) for code, pair in sums.items()}


def test_the_exported_pairs_add_up_to_the_scorecard(six_unions):
    programme, root, _ = six_unions
    expected = {code: row[:2] for code, row in BY_HAND.items()}
    assert _added_up(queries.addends(programme, Cut.of_year(node(root), 2025))) == expected


def test_every_union_of_the_audience_stands_in_the_export_once(six_unions):
    programme, root, _ = six_unions
    rows = queries.addends(programme, Cut.of_year(node(root), 2025))
    second = [
        (row.union_code, row.numerator, row.denominator, row.answer)
        for row in rows
        if row.indicator_code == "2.1.2"
    ]
    assert sorted(second) == [
        ("U1", 1, 1, "number"),
        ("U2", 0, 1, "number"),
        ("U3", 1, 1, "number"),
        ("U4", 0, 1, "none"),
        ("U5", 0, 1, "none"),
        ("U6", 0, 1, "none"),
    ]
    left = {
        row.union_code: row.reason
        for row in rows
        if row.indicator_code == "2.1.3" and row.denominator is None
    }
    assert left == {"U2": "Không có nguồn đoàn viên ưu tú"}


def test_a_union_sees_its_own_figures_as_a_total_of_one(six_unions):
    programme, _, members = six_unions
    results = {
        result.indicator.code: result
        for result in queries.scorecard(programme, Cut.of_year(node(members[1]), 2025))
    }
    assert results["2.1.4"].total.ratio == Fraction(4, 5)
    assert results["2.1.4"].total.expected == 1
    assert results["2.1.3"].verdict is Verdict.NOT_APPLICABLE
    assert results["2.1.6"].verdict is Verdict.NOT_APPLICABLE


def test_nobody_has_answered_is_no_failure(six_unions):
    programme, _, members = six_unions
    silent = members[4]
    results = queries.scorecard(programme, Cut.of_year(node(silent), 2025))
    assert {result.verdict for result in results if result.total.expected} == {Verdict.NO_DATA}


def test_only_approved_figures_count(six_unions):
    programme, root, members = six_unions
    submission = Submission.objects.get(union=members[0])
    submissions.send_back(submission, by=submission.approved_by, reason="Nhầm số")
    first = queries.scorecard(programme, Cut.of_year(node(root), 2025))[0]
    assert (first.total.numerator, first.total.denominator) == (30, 50)
    assert first.total.answered == 2


@pytest.mark.parametrize("size", [3, 30])
def test_a_total_takes_three_statements_whatever_the_size(db, size: int):
    root = make_province()
    programme = make_programme(root)
    make_unions(root, {f"U{number}": f"Công đoàn cơ sở số {number}" for number in range(size)})
    make_period(programme)
    scope = node(root)
    with CaptureQueriesContext(connection) as counted:
        queries.scorecard(programme, Cut.of_year(scope, 2025))
    assert len(counted) == 3
    with CaptureQueriesContext(connection) as counted:
        queries.addends(programme, Cut.of_year(scope, 2025))
    assert len(counted) == 3


def test_a_year_adds_the_periods_of_both_calendars(db):
    root = make_province()
    programme = make_programme(root)
    make_union(root, code="THPT", name="Trường THPT", calendar=Calendar.SCHOOL_YEAR)
    make_union(root, code="SYT", name="Sở Y tế")
    make_period(programme, calendar=Calendar.SCHOOL_YEAR)
    make_period(programme)
    for submission in Submission.objects.filter(audience="grassroots"):
        approve(submission, i2_1_1={"done": 10, "total": 40})
    first = queries.scorecard(programme, Cut.of_year(node(root), 2025))[0]
    assert (first.total.numerator, first.total.denominator) == (20, 80)
    assert (first.total.answered, first.total.expected) == (2, 2)


def test_a_union_that_ended_later_keeps_its_place_in_the_year_it_reported(province: Province):
    approve(province.health_submission, i2_1_1={"done": 1, "total": 2})
    before = queries.scorecard(province.programme, Cut.of_year(node(province.root), 2025))
    unions.dissolve(province.health, Decision(date(2026, 2, 1)), by=None)
    assert queries.scorecard(province.programme, Cut.of_year(node(province.root), 2025)) == before
    later = open_period(province.programme, 2026, by=None)
    asked = later.submissions.filter(audience="grassroots").values_list("union__code", "closing")
    assert set(asked) == {("SNV", False), ("SYT", True)}


@pytest.mark.parametrize("seed", range(5))
def test_any_figures_add_up_to_the_same_whatever_the_order(db, seed: int):
    chance = random.Random(seed)
    root = make_province()
    programme = make_programme(root)
    make_unions(root, {f"U{number}": f"Đơn vị {number}" for number in range(8)})
    make_period(programme)
    owed = list(Submission.objects.filter(audience="grassroots"))
    chance.shuffle(owed)
    by_brute_force = [0, 0]
    for submission in owed[: chance.randint(0, 8)]:
        total = chance.randint(1, 400)
        done = chance.randint(0, total)
        by_brute_force[0] += done
        by_brute_force[1] += total
        approve(submission, i2_1_1={"done": done, "total": total})
    first = queries.scorecard(programme, Cut.of_year(node(root), 2025))[0]
    assert [first.total.numerator, first.total.denominator] == by_brute_force
    exported = _added_up(queries.addends(programme, Cut.of_year(node(root), 2025)))
    assert exported.get("2.1.1", (0, 0)) == tuple(by_brute_force)


def test_the_rule_of_the_denominator_is_said_in_words(six_unions):
    programme, root, _ = six_unions
    rules = {
        result.indicator.code: result.rule_text
        for result in queries.scorecard(programme, Cut.of_year(node(root), 2025))
    }
    assert rules["2.1.2"] == Denominator.IN_PLACE.label
    assert rules["2.1.5b"] == Denominator.GRADABLE.label


@pytest.mark.parametrize(
    ("first", "last", "statements"), [(2024, 2024, 2), (2025, 2025, 3), (2024, 2028, 3)]
)
def test_a_range_of_years_takes_no_more_statements_than_one(
    six_unions, first: int, last: int, statements: int
):
    programme, root, _ = six_unions
    scope = node(root)
    with CaptureQueriesContext(connection) as counted:
        queries.scorecard(programme, Cut(scope, first, last))
    assert len(counted) == statements


def test_a_year_that_was_not_opened_has_no_verdict(six_unions):
    programme, root, _ = six_unions
    results = queries.scorecard(programme, Cut.of_year(node(root), 2024))
    assert {result.total.expected for result in results} == {0}
    assert {result.verdict for result in results} == {Verdict.NOT_APPLICABLE}


# 789 unions, of which 19 are too new to be graded; of the other 770 all answered, 700 “tốt”
PUBLISHED = {
    # 700/789 = 0,88719…, as it was published
    "in_place": (789, "88,72%", "Mọi đơn vị đang hoạt động tại ngày chốt số liệu"),
    # 700/770 = 0,90909…
    "gradable": (770, "90,91%", "Các đơn vị đủ điều kiện xếp loại tại ngày chốt số liệu"),
}


@pytest.fixture
def many_unions(db):
    """The case of 789 unions, written as rows; the grades are asked in “2.1.5b”."""
    root = make_province()
    programme = make_programme(root)
    period = make_period(programme)
    indicator = programme.indicators.get(code="2.1.5b")
    unions = Union.objects.bulk_create(
        [Union(code=f"U{number}", founded_on=date(2020, 1, 1)) for number in range(789)]
    )
    places = Placement.objects.bulk_create(
        [
            Placement(
                union=union,
                name=union.code,
                name_folded=union.code,
                type="agency",
                parent=root,
                path=f"{root.path}{union.pk}.",
                valid_from=date(2020, 1, 1),
            )
            for union in unions
        ]
    )
    rows = Submission.objects.bulk_create(
        [
            Submission(
                union=place.union,
                period=period,
                placement=place,
                audience="grassroots",
                gradable=number < 770,
                state="approved",
            )
            for number, place in enumerate(places)
        ]
    )
    Figure.objects.bulk_create(
        [
            Figure(
                submission=row,
                indicator=indicator,
                answer="number",
                answers={"grade": "good" if number < 700 else "completed"},
                numerator=number < 700,
                denominator=1,
            )
            for number, row in enumerate(rows[:770])
        ]
    )
    # a database that has held its rows for a minute knows how many they are
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return programme, root, indicator


@pytest.mark.parametrize("rule", PUBLISHED)
def test_the_same_grades_are_two_percentages_and_each_says_by_which_rule(many_unions, rule: str):
    programme, root, indicator = many_unions
    indicator.denominator = rule
    indicator.save()
    bottom, written, words = PUBLISHED[rule]
    found = queries.scorecard(programme, Cut.of_year(node(root), 2025))
    (result,) = [one for one in found if one.indicator == indicator]
    assert result.exact == Fraction(700, bottom)
    assert (str(result.quantity), result.verdict) == (written, Verdict.EXCEEDED)
    assert result.rule_text == words
    lines = _printed("scorecard", "--union", "CDVC", "--year", "2025").splitlines()
    (line,) = [line for line in lines if line.startswith("2.1.5b")]
    assert f"700/{bottom} = {written}" in line
    assert line.endswith(f"; mẫu số: {words[0].lower()}{words[1:]}")
    rows = json.loads(_printed("scorecard", "--union", "CDVC", "--year", "2025", "--json"))
    (row,) = [row for row in rows if row["code"] == "2.1.5b"]
    assert (row["numerator"], row["denominator"], row["rule"]) == (700, bottom, words)
    exported = _added_up(queries.addends(programme, Cut.of_year(node(root), 2025)))
    assert exported["2.1.5b"] == (700, bottom)


def _printed(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_who_cannot_be_graded_leaves_the_denominator_whatever_it_answers(six_unions):
    programme, root, _ = six_unions
    young = Submission.objects.get(union__code="U6")
    approve(young, i2_1_5b={"grade": "excellent"}, i2_1_2={"done": "yes", "paper": "06/QC"})
    results = {
        one.indicator.code: one
        for one in queries.scorecard(programme, Cut.of_year(node(root), 2025))
    }
    # U1 of U1, U2, U4 and U5, as before; U3 and now U6 left with a reason
    assert (results["2.1.5b"].total.ratio, results["2.1.5b"].left) == (Fraction(1, 4), 2)
    figure = young.figures.get(indicator__code="2.1.5b")
    assert str(figure) == (
        "2.1.5b: Chưa đủ điều kiện xếp loại (chưa đủ thời gian hoạt động để xếp loại)"
    )
    # its other answers count: U1, U3 and U6 of six
    assert results["2.1.2"].total.ratio == Fraction(1, 2)


def test_an_amount_that_was_replaced_counts_no_more(six_unions):
    programme, root, members = six_unions
    programme.indicators.filter(code="2.1.4").update(kind="count_per_year")
    indicator = programme.indicators.get(code="2.1.4")
    for amount, year in ((5, 2024), (7, 2025), (9, 2025)):
        assign(indicator, members[0], year, Assigned(Decimal(amount), f"{amount}/QĐ"), by=None)
    for union in members[1:]:
        assign(indicator, union, 2025, Assigned(Decimal(2)), by=None)
    Target.objects.filter(indicator=indicator).delete()
    cut = Cut(node(root), 2024, 2025)
    with CaptureQueriesContext(connection) as counted:
        results = queries.scorecard(programme, cut)
    assert len(counted) == 3
    (result,) = [one for one in results if one.indicator == indicator]
    # 5 for 2024, which no period asks, then 9 and five times 2: the 7 were replaced
    assert result.goal == Goal(Operator.AT_LEAST, Fraction(24))


@pytest.fixture
def department(db):
    """A department with two unions that were assigned 40 and 60 for each of 2024 to 2026.

    2024 and 2025 were opened; the province aims at 100 a year.
    """
    return replayed(_make_department)


def _make_department():
    root = make_province()
    programme = make_programme(root)
    programme.indicators.filter(code="2.1.4").update(kind="count_per_year", years="sum")
    indicator = programme.indicators.get(code="2.1.4")
    Target.objects.filter(indicator=indicator).delete()
    indicator.targets.create(operator=">=", low=100)
    above = make_union(root, code="NGANH", name="Công đoàn ngành")
    # it stands above grassroots unions and is asked nothing itself
    above.placements.update(level=Level.UPPER)
    members = [make_union(above, code=code, name=f"Công đoàn {code}") for code in ("A", "B")]
    for year in (2024, 2025, 2026):
        for union, amount in zip(members, (40, 60), strict=True):
            assign(indicator, union, year, Assigned(Decimal(amount)), by=None)
    for year in (2024, 2025):
        make_period(programme, year=year)
    return programme, root, above, members


def _aimed(programme, union, first: int, last: int, **narrowed: str) -> Goal | None:
    results = queries.scorecard(programme, Cut(node(union), first, last, **narrowed))
    (result,) = [one for one in results if one.indicator.code == "2.1.4"]
    return result.goal


def _floor(low: int) -> Goal:
    return Goal(Operator.AT_LEAST, Fraction(low))


def test_a_year_that_is_still_to_be_asked_stands_in_the_target_of_every_node(department):
    programme, root, above, (first, second) = department
    assert _aimed(programme, root, 2024, 2026) == _floor(300)
    assert _aimed(programme, above, 2024, 2026) == _floor(300)
    assert _aimed(programme, above, 2024, 2026, type="agency") == _floor(300)
    assert _aimed(programme, above, 2024, 2026, type="non_state") is None
    assert _aimed(programme, first, 2024, 2026) == _floor(120)
    assert _aimed(programme, second, 2025, 2026) == _floor(120)
    assert _aimed(programme, above, 2026, 2026) == _floor(100)
    # once it is opened it counts once
    make_period(programme, year=2026)
    assert _aimed(programme, above, 2024, 2026) == _floor(300)


def test_what_was_assigned_to_a_union_that_was_absorbed_counts_in_its_own_years(department):
    programme, _, above, (first, second) = department
    unions.merge_into(first, second, Decision(date(2025, 12, 1)), by=None)
    # 40 + 60 of 2024 and 2025, and the 60 of 2026: the 40 of a union that is no more are gone
    assert _aimed(programme, above, 2024, 2026) == _floor(260)
    assert _aimed(programme, above, 2024, 2025) == _floor(200)
    assert _aimed(programme, first, 2024, 2025) == _floor(80)
    make_period(programme, year=2026)
    assert _aimed(programme, above, 2024, 2026) == _floor(260)


def test_years_that_a_programme_closed_early_does_not_reach_are_told(department, capsys):
    programme, *_ = department
    programme.closed_on = date(2025, 12, 31)
    programme.closed_because = "Sáp nhập tỉnh"
    programme.save()
    _printed("scorecard", "--union", "CDVC", "--from", "2024", "--to", "2026")
    ended = "Chương trình kết thúc sớm ngày 31/12/2025: không tính năm 2026.\n"
    assert capsys.readouterr().err == ended
    _printed("scorecard", "--union", "CDVC", "--from", "2024", "--to", "2025")
    assert capsys.readouterr().err == ""
