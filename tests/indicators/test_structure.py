"""Totals as it was and as it is now: by the placement at each cut-off, or through succession."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import kinds, queries
from indicators.aggregation import Gap, Goal, Operator, Total, gap_of
from indicators.models import Assignment, Figure, Submission
from indicators.queries import Cut, Structure
from indicators.queries.addends import DIVIDED
from indicators.queries.gaps import shortfalls
from tests.builders import FOUNDED
from tests.indicators.field import Field
from tests.indicators.forest import ASKED, CLUSTERS, TYPES, YEARS, Forest, Planted, forests, plant
from tests.support.examples import one_in
from tests.support.replay import replayed
from unions.models import WHOLE, Lineage, OrgEvent, Placement, Succession
from unions.services import changes, lineage, unions
from unions.services.events import Decision

THEN, NOW = Structure.THEN, Structure.NOW
DAY = date(2025, 3, 1)
LATER = date(2025, 9, 1)


@pytest.fixture
def field(db) -> Field:
    return replayed(Field)


EVERYTHING = {"P": ("81", "160"), "C": "15", "U": ("2", "3"), "n/m": (3, 3)}
NORTH = {"P": ("71", "150"), "C": "12", "U": ("1", "2"), "n/m": (2, 2)}
SOUTH = {"P": ("10", "10"), "C": "3", "U": ("1", "1"), "n/m": (1, 1)}


def test_where_nothing_happened_then_and_now_are_the_same(field: Field):
    for union, expected in ((field.root, EVERYTHING), (field.north, NORTH), (field.south, SOUTH)):
        assert field.sums(union, THEN) == field.sums(union, NOW) == expected


def test_a_union_that_moved_takes_its_past_along_now_and_left_it_behind_then(field: Field):
    changes.transfer(field.a, field.south, Decision(DAY), by=None)
    assert (field.sums(field.north, THEN), field.sums(field.south, THEN)) == (NORTH, SOUTH)
    assert field.sums(field.north) == {"P": ("30", "50"), "C": "5", "U": ("0", "1"), "n/m": (1, 1)}
    assert field.sums(field.south) == {
        "P": ("51", "110"),
        "C": "10",
        "U": ("2", "2"),
        "n/m": (2, 2),
    }
    assert field.sums(field.root) == EVERYTHING


def test_figures_of_a_union_that_was_merged_stand_with_its_heir(field: Field):
    unions.merge_into(field.a, field.c, Decision(DAY), by=None)
    assert field.sums(field.north, THEN) == NORTH
    assert field.sums(field.south)["P"] == ("51", "110")
    assert field.sums(field.c)["C"] == "10"
    assert field.sums(field.a) == {"P": ("0", "0"), "C": "0", "U": ("0", "0"), "n/m": (0, 0)}
    assert field.sums(field.root) == EVERYTHING


def test_what_is_divided_by_stated_shares_is_counted_by_them(field: Field):
    """41 of 100 people and 7 cases, 30% of them in the north; a part of a union counts nowhere."""
    x, y = field.new(field.north, "X"), field.new(field.south, "Y")
    shares = {x: Decimal("0.3"), y: Decimal("0.7")}
    unions.split(field.a, shares, Decision(DAY), ends=True, by=None)
    assert field.sums(field.north) == {
        "P": ("42.3", "80"),
        "C": "7.1",
        "U": ("0", "1"),
        "n/m": (2, 2),
    }
    assert field.sums(field.south) == {
        "P": ("38.7", "80"),
        "C": "7.9",
        "U": ("1", "1"),
        "n/m": (2, 2),
    }
    assert field.sums(x)["P"] == ("12.3", "30")
    assert field.sums(field.root) == EVERYTHING
    assert field.card(field.north)["L"].exact == 5
    assert queries.told_of_heirs(queries.inheritance(field.programme, field.cut(field.north))) == [
        "1 đơn vị đã chia tách, một phần thuộc phạm vi này: số liệu chia được tính theo tỷ lệ ghi"
        " trong quyết định, chỉ tiêu đếm đơn vị không tính."
    ]
    assert queries.told_of_heirs(queries.inheritance(field.programme, field.cut(field.root))) == []


def test_what_nobody_told_is_never_guessed(field: Field):
    x, y = field.new(field.north, "X"), field.new(field.south, "Y")
    unions.split(field.a, {x: None, y: None}, Decision(DAY), ends=True, by=None)
    assert field.sums(field.north) == {"P": ("30", "50"), "C": "5", "U": ("0", "1"), "n/m": (1, 1)}
    assert field.sums(field.south) == SOUTH
    assert field.sums(field.root) == EVERYTHING
    for union in (field.north, field.south):
        found = queries.inheritance(field.programme, field.cut(union))
        assert found.untold == ("CĐCS A",)
        assert queries.coverage(field.programme, field.cut(union)).expected == 1
    assert queries.told_of_heirs(found) == [
        "1 đơn vị đã chia tách mà quyết định không ghi tỷ lệ, không xác định được phần thuộc phạm"
        " vi này nên không tính: CĐCS A."
    ]


def test_the_rest_of_what_is_told_of_others_is_known(field: Field):
    """A kept 60%; 40% went on and was divided into parts that nobody told, both in the south."""
    y = field.new(field.south, "Y")
    unions.split(field.a, {y: Decimal("0.4")}, Decision(DAY), ends=False, by=None)
    parts = {field.new(field.south, "V"): None, field.new(field.south, "W"): None}
    unions.split(y, parts, Decision(LATER), ends=True, by=None)
    assert field.sums(field.south)["P"] == ("26.4", "50")
    assert field.sums(field.north)["P"] == ("54.6", "110")


def test_a_union_dissolved_without_an_heir_stays_and_is_told(field: Field):
    unions.dissolve(field.b, Decision(DAY), by=None)
    assert field.sums(field.north) == NORTH
    assert field.sums(field.root) == EVERYTHING
    assert queries.told_of_heirs(queries.inheritance(field.programme, field.cut(field.root))) == [
        "1 đơn vị giải thể không có đơn vị kế thừa: số liệu tính ở vị trí cuối cùng của đơn vị."
    ]
    assert queries.inheritance(field.programme, field.cut(field.root, THEN)).ended == 0


@pytest.mark.parametrize(("days", "ended"), [(-1, 1), (0, 1), (1, 0)])
def test_a_union_is_told_as_dissolved_from_its_day_on(field: Field, days: int, ended: int):
    day = timezone.localdate() + timedelta(days=days)
    unions.dissolve(field.b, Decision(day), by=None)
    assert queries.inheritance(field.programme, field.cut(field.root)).ended == ended
    assert field.sums(field.root) == EVERYTHING


def test_two_clusters_that_became_one_are_added_up_in_it(field: Field):
    first = field.member(field.north, "D", cluster="Cụm 1", done=1, total=2, cases=1, did=1)
    second = field.member(field.south, "E", cluster="Cụm 2", done=2, total=4, cases=2, did=0)
    for union in (first, second):
        changes.change_type(union, "non_state", Decision(DAY), by=None, cluster="Cụm mới")
    assert field.sums(field.root, cluster="Cụm mới")["P"] == ("3", "6")
    assert field.sums(field.root, THEN, cluster="Cụm mới")["P"] == ("0", "0")
    assert field.sums(field.root, THEN, cluster="Cụm 1")["P"] == ("1", "2")
    assert field.sums(field.root, cluster="Cụm 1")["P"] == ("0", "0")
    assert field.sums(field.root, type="non_state")["C"] == "3"


def test_a_group_of_types_has_the_figures_of_those_whose_heirs_are_of_it(field: Field):
    """A of the agencies went into an enterprise: its people count with those of enterprises."""
    targets = field.indicators["P"].targets
    targets.all().delete()
    for name, type in (("Khối cơ quan", "agency"), ("Khối doanh nghiệp", "non_state")):
        targets.create(operator=">=", low=Decimal("0.5"), group=name, types=[type])
    heir = field.new(field.south, "X", type="non_state")
    unions.merge_into(field.a, heir, Decision(DAY), by=None)

    def groups(structure: Structure) -> dict[str, tuple[int, int]]:
        parts = field.card(field.root, structure)["P"].parts
        return {
            part.group: (int(part.outcome.total.numerator), int(part.outcome.total.denominator))
            for part in parts
        }

    assert groups(THEN) == {"Khối cơ quan": (81, 160)}
    assert groups(NOW) == {"Khối cơ quan": (40, 60), "Khối doanh nghiệp": (41, 100)}
    card = field.card(field.root)["P"]
    missing = shortfalls(card, queries.addends(field.programme, field.cut(field.root), "P"))
    assert [(one.standing.group, one.gap.amount) for one in missing] == [("Khối doanh nghiệp", 9)]


def test_heirs_of_several_types_leave_a_union_in_its_own(field: Field):
    targets = field.indicators["P"].targets
    targets.create(operator=">=", low=Decimal("0.5"), group="Khối cơ quan", types=["agency"])
    parts = {
        field.new(field.south, "X", type="non_state"): Decimal("0.5"),
        field.new(field.south, "Y", type="non_public"): Decimal("0.5"),
    }
    unions.split(field.a, parts, Decision(DAY), ends=True, by=None)
    [part] = field.card(field.root)["P"].parts
    assert (part.outcome.total.numerator, part.outcome.total.denominator) == (81, 160)


def test_what_was_assigned_follows_as_amounts_do(field: Field):
    given_out = [(field.a, 10, 2024), (field.b, 4, 2024), (field.c, 3, 2024), (field.a, 20, 2026)]
    for union, amount, year in given_out:
        Assignment.objects.create(
            indicator=field.indicators["C"], union=union, year=year, amount=amount
        )
    y = field.new(field.south, "Y")
    unions.split(field.a, {y: Decimal("0.25")}, Decision(DAY), ends=False, by=None)
    assert field.card(field.north, THEN)["C"].goal.low == 14
    assert field.card(field.north)["C"].goal.low == Decimal("11.5")
    assert field.card(field.south)["C"].goal.low == Decimal("5.5")
    ahead = replace(field.cut(field.north), first=2026, last=2026)
    [result] = [
        one for one in queries.scorecard(field.programme, ahead) if one.indicator.code == "C"
    ]
    assert result.goal.low == 20


def test_the_paper_of_a_part_of_a_year_goes_to_the_heir_too(field: Field):
    unions.merge_into(field.a, field.c, Decision(date(2024, 7, 1)), by=None)
    Submission.objects.filter(union=field.a).update(closing=True)
    assert field.sums(field.south)["P"] == ("51", "110")
    assert field.sums(field.south)["U"] == ("1", "1")
    assert field.sums(field.north, THEN)["P"] == ("71", "150")


def test_the_pairs_say_who_reported_with_whom_it_stands_and_how_much(field: Field):
    x, y = field.new(field.north, "X"), field.new(field.south, "Y")
    shares = {x: Decimal("0.3"), y: Decimal("0.7")}
    unions.split(field.a, shares, Decision(DAY), ends=True, by=None)
    found = {
        (one.indicator_code, one.union_code): one
        for one in queries.addends(field.programme, field.cut(field.north))
    }
    people, cases, did = (found[code, "A"] for code in "PCU")
    assert (people.union_name, people.pair) == ("CĐCS A", (Decimal("12.3"), 30))
    assert people.heirs == "nay thuộc CĐCS X (30%), CĐCS Y (70%)"
    assert (cases.pair, cases.share) == ((Decimal("2.1"), Decimal("0.3")), Decimal("0.3"))
    assert (did.pair, did.answer, did.awaited) == (None, DIVIDED, False)
    assert did.reason == "không xác định được phần thuộc phạm vi này"
    assert found["P", "B"].heirs == ""


def added_up(rows: list[dict[str, str]]) -> dict[str, tuple[Fraction, Fraction]]:
    """Both columns of an export, by indicator, as anyone would add them."""
    sums: defaultdict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for row in rows:
        for at, column in enumerate(("numerator", "denominator")):
            sums[row["indicator"]][at] += Fraction(row[column] or 0)
    return {code: (top, bottom) for code, (top, bottom) in sums.items()}


def exported(*words: object) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("export_figures", "--csv", *map(str, words), stdout=out, stderr=io.StringIO())
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_the_commands_know_both_organisations(field: Field, capsys):
    x, y = field.new(field.north, "X"), field.new(field.south, "Y")
    shares = {x: Decimal("0.3"), y: Decimal("0.7")}
    unions.split(field.a, shares, Decision(DAY), ends=True, by=None)
    asked = ("--union", "BAC", "--year", "2024")
    rows = exported(*asked, "--structure", "now")
    assert added_up(rows)["P"] == (Fraction("42.3"), 80)
    told = [row["reason"] for row in rows if (row["union"], row["indicator"]) == ("A", "P")]
    assert told == ["nay thuộc CĐCS X (30%), CĐCS Y (70%)"]
    assert exported(*asked) == exported(*asked, "--structure", "then")
    assert added_up(exported(*asked))["P"] == (71, 150)
    capsys.readouterr()
    call_command("scorecard", *asked, "--structure", "now", "--json")
    out, err = capsys.readouterr()
    assert '"numerator": 42.3' in out
    assert "1 đơn vị đã chia tách, một phần thuộc phạm vi này" in err
    call_command("scorecard", *asked)
    assert "71/150" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("scorecard",), ("export_figures", "--csv")])
def test_a_wrong_word_for_the_organisation_is_told(field: Field, command):
    with pytest.raises(CommandError) as refused:
        call_command(*command, "--union", "BAC", "--year", "2024", "--structure", "bây giờ")
    assert str(refused.value) == (
        "Không có cách tính theo tổ chức “bây giờ”. Hãy ghi then (tại ngày chốt số liệu) hoặc now"
        " (hiện nay)."
    )
    assert refused.value.returncode == 2


def test_either_organisation_takes_three_statements_and_then_asks_no_heirs(field: Field):
    x = field.new(field.south, "X")
    unions.split(field.a, {x: Decimal("0.5")}, Decision(DAY), ends=False, by=None)
    for structure, inherited in ((THEN, 0), (NOW, 2)):
        cut = field.cut(field.north, structure)
        with CaptureQueriesContext(connection) as asked:
            queries.scorecard(field.programme, cut)
        assert len(asked) == 3
        assert sum("unions_lineage" in one["sql"] for one in asked) == inherited
    with CaptureQueriesContext(connection) as asked:
        queries.addends(field.programme, field.cut(field.north, THEN))
    assert sum("unions_lineage" in one["sql"] for one in asked) == 0


DIVISIBLE = {
    "amount_of_money": True,
    "average_per_union": False,
    "count_over_term": True,
    "count_per_year": True,
    "milestone": False,
    "minimum_per_union": False,
    "own_grade": False,
    "plan_fulfilment": True,
    "share_of_people": True,
    "share_of_unions": False,
    "share_of_unions_rated": False,
}


@pytest.mark.parametrize("code", DIVISIBLE)
def test_people_and_amounts_can_be_divided_and_unions_cannot(code: str):
    assert kinds.REGISTRY[code].divisible is DIVISIBLE[code]


def test_of_every_kind_it_is_said_whether_it_can_be_divided():
    assert kinds.REGISTRY.keys() == DIVISIBLE.keys()


@st.composite
def upheavals(draw: st.DrawFn) -> tuple[Forest, list[tuple[int, int, str | None, int]], str, str]:
    """A forest, and who gave how much of itself to whom in which year; a cluster and a type."""
    forest = draw(forests())
    size = len(next(iter(forest.years.values())))
    happened = draw(
        st.lists(
            st.tuples(
                st.integers(0, size - 1),
                st.integers(0, size - 1),
                st.sampled_from(("1", "0.25", "0.3", "0.123457", None)),
                st.sampled_from(YEARS),
            ),
            max_size=6,
        )
    )
    return (
        forest,
        happened,
        draw(st.sampled_from(("", *CLUSTERS))),
        draw(st.sampled_from(("", *TYPES))),
    )


def happen(planted: Planted, happened: list[tuple[int, int, str | None, int]]) -> None:
    """Write down who gave what to whom, in the summer of each year; nobody ends."""
    for giver, heir, share, year in sorted(happened, key=lambda one: one[3]):
        if giver != heir:
            event = OrgEvent.objects.create(kind="split", effective_on=date(year, 7, 1))
            Succession.objects.create(
                event=event,
                predecessor_id=planted.nodes[giver].union_id,
                successor_id=planted.nodes[heir].union_id,
                share=share and Decimal(share),
            )
    lineage.redraw()


def planted_with(drawn, check: Callable[[Planted], None]) -> None:
    forest, happened, _, _ = drawn
    with transaction.atomic():
        planted = plant(forest)
        happen(planted, happened)
        check(planted)
        transaction.set_rollback(True)


few = settings(max_examples=one_in(10), suppress_health_check=[HealthCheck.function_scoped_fixture])


def by_hand(planted: Planted, cut: Cut, code: str, year: int) -> tuple[Fraction, Fraction]:
    """Every approved pair of a year, by the lines of its union, one union after the other."""
    kind, _ = ASKED[code]
    top = bottom = Fraction(0)
    rows = Figure.objects.filter(
        indicator__code=code,
        submission__state="approved",
        submission__period__year=year,
        numerator__isnull=False,
    )
    for figure in rows.select_related("submission__union", "submission__period"):
        part = part_by_hand(figure.submission, cut)
        if part is not None and (part == 1 or kinds.REGISTRY[kind].divisible):
            top += part * figure.numerator
            bottom += part * figure.denominator
    return top, bottom


def part_by_hand(submission: Submission, cut: Cut) -> Fraction | None:
    day = submission.period.cut_off_on
    lines = [
        (line.heir, line.share)
        for line in Lineage.objects.filter(union=submission.union)
        if line.since <= day < line.until
    ] or [(submission.union, WHOLE)]
    places = {
        heir.pk: Placement.objects.filter(union=heir).latest("valid_from") for heir, _ in lines
    }
    here = {
        pk
        for pk, place in places.items()
        if place.path.startswith(cut.node.path)
        and cut.cluster in ("", place.cluster)
        and cut.type in ("", place.type)
    }
    if len(here) == len(lines):
        return Fraction(1)
    inside = [share for heir, share in lines if heir.pk in here]
    outside = [share for heir, share in lines if heir.pk not in here]
    if None not in inside:
        return Fraction(sum(inside), WHOLE)
    return None if None in outside else 1 - Fraction(sum(outside), WHOLE)


@few
@given(upheavals())
def test_any_cut_now_is_what_the_lines_add_up_to_by_hand(db, drawn):
    """The counting denominators apart, in which the silent stand too."""

    def check(planted: Planted) -> None:
        year = min(planted.forest.years)
        for point in planted.nodes:
            cut = Cut(point, year, year, drawn[2], drawn[3], NOW)
            for result in queries.scorecard(planted.programme, cut):
                code = result.indicator.code
                if code == "T" or result.indicator.denominator != "reported":
                    continue
                total = result.total
                assert (total.numerator, total.denominator) == by_hand(planted, cut, code, year)

    planted_with(drawn, check)


@few
@given(upheavals())
def test_the_export_adds_up_to_the_scorecard_of_today(db, drawn):
    def check(planted: Planted) -> None:
        year = max(planted.forest.years)
        for point in planted.nodes:
            cut = Cut(point, year, year, "", drawn[3], NOW)
            words = ["--union", point.code, "--year", year, "--structure", "now"]
            sums = added_up(exported(*words, "--type", drawn[3]))
            for result in queries.scorecard(planted.programme, cut):
                total = result.total
                there = sums.get(result.indicator.code, (0, 0))
                assert (total.numerator, total.denominator) == there

    planted_with(drawn, check)


@few
@given(upheavals())
def test_the_branches_of_today_are_the_province_where_all_shares_are_told(db, drawn):
    """Of people and amounts; every union is a branch of its own, those beneath it apart."""

    def check(planted: Planted) -> None:
        year = max(planted.forest.years)
        root = planted.nodes[-1]
        tops = [
            point
            for point in planted.nodes[:-1]
            if point.path.count(".") == root.path.count(".") + 1
        ]
        sums: defaultdict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
        for point in tops:
            for code, total in divisible(planted, Cut.of_year(point, year, NOW)).items():
                sums[code][0] += total[0]
                sums[code][1] += total[1]
        # the province itself reports nothing in a forest
        for structure in (THEN, NOW):
            whole = divisible(planted, Cut.of_year(root, year, structure))
            assert whole == {code: tuple(sums[code]) for code in whole}

    known = [one for one in drawn[1] if one[2] is not None]
    planted_with((drawn[0], known, "", ""), check)


def divisible(planted: Planted, cut: Cut) -> dict[str, tuple[Fraction, Fraction]]:
    """The sums of what can be divided."""
    return {
        one.indicator.code: (Fraction(one.total.numerator), Fraction(one.total.denominator))
        for one in queries.scorecard(planted.programme, cut)
        if one.indicator.rule.divisible and one.indicator.code != "T"
    }


def test_a_union_founded_later_has_no_part_in_the_past(field: Field):
    x = field.new(field.north, "X")
    assert x.founded_on > FOUNDED
    assert field.sums(x)["n/m"] == (0, 0)


@pytest.mark.parametrize(
    ("top", "bottom", "low", "missing"),
    [
        # 85% of 81 are 68.85: from 42.9 on 25.95 are missing, so 26 people
        ("42.9", "81", "0.85", 26),
        ("42", "81", "0.85", 27),
        ("42.3", "80", "0.9", 30),
        ("0.5", "0.6", "0.9", 1),
    ],
)
def test_what_is_missing_to_a_part_is_whole_and_no_more_than_it_takes(top, bottom, low, missing):
    total = Total(Decimal(top), Decimal(bottom), 1, 1, 1)
    gap = gap_of(Goal(Operator.AT_LEAST, Decimal(low)), total, ratio=True)
    assert gap == Gap(missing)
