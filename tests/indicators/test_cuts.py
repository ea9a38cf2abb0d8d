"""Any tree, any figures, any cut: the scorecard is what the exported pairs add up to."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators import queries
from indicators.aggregation import Verdict
from indicators.queries import Cut, Result
from tests.indicators.forest import (
    ASKED,
    CLUSTERS,
    TYPES,
    YEARS,
    Forest,
    Leaf,
    Planted,
    Where,
    added,
    forests,
    plant,
    value,
)
from tests.support.examples import one_in

few = settings(max_examples=one_in(10), suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Forest, Where]:
    """A forest and a cut of it; of most forests the whole is not asked."""
    forest = draw(forests())
    size = len(next(iter(forest.years.values())))
    first, last = sorted(draw(st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS))))
    return forest, Where(
        number=draw(st.integers(-1, size - 1)),
        first=first,
        last=last,
        cluster=draw(st.sampled_from(("", "", *CLUSTERS))),
        type=draw(st.sampled_from(("", "", *TYPES))),
    )


def _planted(forest: Forest, check: Callable[[Planted], None]) -> None:
    """Write a forest, check it, and leave nothing of it behind."""
    with transaction.atomic():
        check(plant(forest))
        transaction.set_rollback(True)


def _cut(planted: Planted, where: Where) -> Cut:
    return Cut(planted.nodes[where.number], where.first, where.last, where.cluster, where.type)


def _card(planted: Planted, where: Where) -> dict[str, Result]:
    results = queries.scorecard(planted.programme, _cut(planted, where))
    return {result.indicator.code: result for result in results}


def _sums(result: Result) -> Counter[str]:
    total = result.total
    return Counter(
        top=int(total.numerator),
        bottom=int(total.denominator),
        answered=total.answered,
        expected=total.expected,
        paired=total.paired,
    )


def _standing(forest: Forest, where: Where, code: str) -> list[int]:
    """The years whose sums a result shows."""
    kind, how = ASKED[code]
    first = YEARS[0] if kind == "count_over_term" else where.first
    asked = [
        year for year in range(first, where.last + 1) if added(forest, where, code, year).asked
    ]
    return asked[-1:] if how == "last" else asked


@few
@given(cuts())
def test_any_cut_is_what_brute_force_adds_up(db, drawn: tuple[Forest, Where]):
    forest, where = drawn

    def check(planted: Planted) -> None:
        with CaptureQueriesContext(connection) as asked:
            results = queries.scorecard(planted.programme, _cut(planted, where))
        assert len(asked) <= 3
        for result in results:
            code = result.indicator.code
            years = [added(forest, where, code, year) for year in _standing(forest, where, code)]
            assert (result.total.numerator, result.total.denominator) == (
                sum(one.sums[0] for one in years),
                sum(one.sums[1] for one in years),
            )
            assert (result.total.answered, result.total.expected) == (
                sum(one.answered for one in years),
                sum(one.asked for one in years),
            )
            assert result.exact == value(forest, where, code), code

    _planted(forest, check)


Sums = Counter[tuple[str, int, str]]


def _added_up(rows: Iterable[tuple[str, int, int | None, int | None]]) -> Sums:
    """Both columns by indicator and year."""
    sums: Sums = Counter()
    for code, year, top, bottom in rows:
        sums[code, year, "top"] += top or 0
        sums[code, year, "bottom"] += bottom or 0
    return sums


def _check_sums(planted: Planted, where: Where, sums: Sums) -> None:
    for code, result in _card(planted, where).items():
        years = _standing(planted.forest, where, code)
        top, bottom = (
            sum(sums[code, year, column] for year in years) for column in ("top", "bottom")
        )
        assert (result.total.numerator, result.total.denominator) == (top, bottom)


@few
@given(cuts())
def test_the_addends_of_any_cut_add_up_to_its_scorecard(db, drawn: tuple[Forest, Where]):
    forest, where = drawn

    def check(planted: Planted) -> None:
        with CaptureQueriesContext(connection) as asked:
            found = queries.addends(planted.programme, _cut(planted, where))
        assert len(asked) == 3
        rows = ((one.indicator_code, one.year, one.numerator, one.denominator) for one in found)
        _check_sums(planted, where, _added_up(rows))

    _planted(forest, check)


@few
@given(cuts())
def test_the_exported_file_adds_up_to_the_scorecard(db, drawn: tuple[Forest, Where]):
    forest, where = drawn
    where = replace(where, cluster="")
    # years in which nobody was asked are refused on the command line
    assume(any(where.first <= year <= where.last for year in forest.years))

    def check(planted: Planted) -> None:
        out = io.StringIO()
        words = ["--from", where.first, "--to", where.last, "--type", where.type]
        words += ["--union", planted.nodes[where.number].code]
        call_command("export_figures", "--csv", *map(str, words), stdout=out)
        rows = csv.DictReader(io.StringIO(out.getvalue()))
        _check_sums(
            planted,
            where,
            _added_up(
                (
                    row["indicator"],
                    int(row["year"]),
                    int(row["numerator"] or 0),
                    int(row["denominator"] or 0),
                )
                for row in rows
            ),
        )

    _planted(forest, check)


def _together(planted: Planted, parts: Iterable[Where]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {code: Counter() for code in ASKED}
    for part in parts:
        for code, result in _card(planted, part).items():
            sums[code] += _sums(result)
    return sums


@few
@given(cuts())
def test_clusters_and_types_are_parts_of_the_whole(db, drawn: tuple[Forest, Where]):
    forest, where = drawn

    def check(planted: Planted) -> None:
        # the last year that was opened may be another one in each part
        where_of_a_year = replace(where, last=where.first, cluster="", type="")
        whole = _together(planted, [where_of_a_year])
        for parts in (
            [replace(where_of_a_year, cluster=cluster) for cluster in CLUSTERS],
            [replace(where_of_a_year, type=type) for type in TYPES],
        ):
            assert _together(planted, parts) == whole

    _planted(forest, check)


@few
@given(cuts())
def test_years_are_parts_of_a_range(db, drawn: tuple[Forest, Where]):
    forest, where = drawn

    def check(planted: Planted) -> None:
        years = [
            replace(where, first=year, last=year) for year in range(where.first, where.last + 1)
        ]
        whole, parts = _together(planted, [where]), _together(planted, years)
        added_over = [code for code in ASKED if code not in ("G", "T")]
        assert {code: whole[code] for code in added_over} == {
            code: parts[code] for code in added_over
        }
        # a running total is the same whatever year its range begins with
        assert whole["T"] == _together(planted, [replace(where, first=YEARS[0])])["T"]

    _planted(forest, check)


@few
@given(forests())
def test_the_branches_of_a_tree_and_its_root_are_the_tree(db, forest: Forest):
    def check(planted: Planted) -> None:
        # of one year: a union may stand elsewhere in another
        (year, leaves), *_ = forest.years.items()
        branches = [number for number, leaf in enumerate(leaves) if leaf.parent == -1]
        parts = [Where(number, year, year) for number in branches]
        assert _together(planted, parts) == _together(planted, [Where(-1, year, year)])

    _planted(forest, check)


@few
@given(forests(), st.randoms(use_true_random=False))
def test_the_order_in_which_unions_came_changes_nothing(db, forest: Forest, chance: Random):
    size = len(next(iter(forest.years.values())))
    # a forest in which every union stands right beneath the root, in any order
    flat = Forest(
        forest.rules,
        {
            year: [replace(leaf, parent=-1) for leaf in leaves]
            for year, leaves in forest.years.items()
        },
    )
    order = chance.sample(range(size), size)
    shuffled = Forest(
        flat.rules, {year: [leaves[at] for at in order] for year, leaves in flat.years.items()}
    )
    cards: list[list[object]] = []
    where = Where(-1, YEARS[0], YEARS[-1])

    def check(planted: Planted) -> None:
        cards.append(
            [
                (result.total, result.exact, result.verdict)
                for result in _card(planted, where).values()
            ]
        )

    for one in (forest, flat, shuffled):
        _planted(one, check)
    assert cards[0] == cards[1] == cards[2]


def test_a_node_that_moved_keeps_its_unions_in_each_year(db):
    """Union 1 stands beneath 0 in 2024 and beneath the root in 2025; 2 is always beneath 1."""

    def leaf(parent: int, done: int) -> Leaf:
        return Leaf(parent, CLUSTERS[0], TYPES[0], True, True, {"P": (done, 10)})

    forest = Forest(
        {},
        {
            2024: [leaf(-1, 1), leaf(0, 2), leaf(1, 3)],
            2025: [leaf(-1, 4), leaf(-1, 5), leaf(1, 6)],
        },
    )
    planted = plant(forest)

    def done(number: int, first: int, last: int) -> tuple[int, int]:
        total = _card(planted, Where(number, first, last))["P"].total
        return int(total.numerator), int(total.denominator)

    assert done(0, 2024, 2024) == (1 + 2 + 3, 30)
    assert done(0, 2025, 2025) == (4, 10)
    assert done(0, 2024, 2025) == (1 + 2 + 3 + 4, 40)
    assert done(1, 2024, 2025) == (2 + 3 + 5 + 6, 40)
    assert done(2, 2024, 2025) == (3 + 6, 20)
    assert done(-1, 2024, 2026) == (1 + 2 + 3 + 4 + 5 + 6, 60)


def test_a_programme_closed_early_has_no_years_after_it(db):
    def leaf(done: int) -> Leaf:
        return Leaf(-1, CLUSTERS[0], TYPES[0], True, True, {"C": (done, 1), "T": (done, 1)})

    planted = plant(Forest({}, {year: [leaf(year - 2000)] for year in YEARS}))
    planted.programme.closed_on = date(2025, 12, 31)
    planted.programme.closed_because = "Sáp nhập tỉnh"
    planted.programme.save()
    card = _card(planted, Where(-1, 2024, 2030))
    # 24 + 25; the figures of 2026 belong to no year of the programme
    assert [card[code].exact for code in "CT"] == [49, 49]
    assert [one.year for one in card["C"].years] == [2024, 2025]
    assert {result.verdict for result in _card(planted, Where(-1, 2026, 2030)).values()} == {
        Verdict.NOT_APPLICABLE
    }
    assert queries.addends(planted.programme, Cut(planted.nodes[-1], 2026, 2030)) == []
