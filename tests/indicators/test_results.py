"""What sums say of their indicator: ranges, groups, assigned amounts, gaps, worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from actionplan.models import Programme
from indicators.aggregation import Gap, Goal, Operator, Total, Verdict, Years, together
from indicators.kinds import REGISTRY
from indicators.models import Indicator
from indicators.queries import Cut
from indicators.queries.aims import Aims
from indicators.queries.definitions import RUNNING, Aim, Defined, told_how
from indicators.queries.results import Result, result_of
from unions.scoping import Node

STATE = frozenset({"agency", "public_service_full", "public_service_partial", "state_enterprise"})
NON_STATE = frozenset({"non_state", "non_public"})


def _indicator(kind: str = "share_of_people", **changed: object) -> Indicator:
    given = {
        "code": "1",
        "kind": kind,
        "audience": "grassroots",
        "denominator": "reported",
        "horizon": "annual",
        "years": REGISTRY[kind].years.value,
    }
    return Indicator(**(given | changed))


def _goal(low: str, operator: str = ">=") -> Goal:
    return Goal(Operator(operator), Decimal(low))


def _total(top: int, bottom: int, answered: int = 1, expected: int = 1, least: int = 0) -> Total:
    return Total(Decimal(top), Decimal(bottom), answered, expected, answered, Decimal(least))


NOT_OPENED = Total(Decimal(0), Decimal(0), 0, 0)
SILENT = Total(Decimal(0), Decimal(0), 0, 4)


def _result(
    indicator: Indicator,
    aims: list[Aim],
    totals: dict[int, Total] | dict[int, dict[str, Total]],
    *,
    assigned: dict[tuple[int, str], Decimal] | None = None,
    whole: bool = True,
    reported: tuple[int, ...] = (),
) -> Result:
    """The result of a cut; totals without a type are those of agencies."""
    sums = {
        year: total if isinstance(total, dict) else {"agency": total}
        for year, total in totals.items()
    }
    defined = Defined(indicator, aims)
    aimed = Aims(defined, "", assigned or {}, whole, reported=reported)
    return result_of(defined, sums, sorted(sums), aimed, split=True)


def _said(result: Result) -> tuple[str, str, Verdict]:
    return str(result.quantity), result.goal_text, result.verdict


@pytest.mark.parametrize(
    ("kind", "aim", "total", "written", "verdict", "completion"),
    [
        # the published case: 8.865 introduced of 6.000 that were planned
        ("count_per_year", _goal("6000"), (8865, 90), "8.865", Verdict.EXCEEDED, "147,75%"),
        ("share_of_people", _goal("0.85"), (84996, 100000), "84,996%", Verdict.NOT_MET, "99,995%"),
        # published as 20%: 7 of 34 is 20,588…%
        ("share_of_unions", _goal("0.2"), (7, 34), "20,59%", Verdict.EXCEEDED, "102,94%"),
        # published as 89,07%: 161.636 of 181.469 is 89,0708…%, of 90% it is 98,9675…%
        ("share_of_people", _goal("0.9"), (161636, 181469), "89,07%", Verdict.NOT_MET, "98,97%"),
        ("share_of_unions", _goal("1"), (789, 789), "100%", Verdict.MET, "100%"),
        ("plan_fulfilment", _goal("1"), (1050, 1000), "105%", Verdict.EXCEEDED, "105%"),
        ("average_per_union", _goal("1"), (83, 47), "1,77", Verdict.EXCEEDED, "176,60%"),
        ("average_per_union", _goal("1", ">"), (47, 47), "1", Verdict.NOT_MET, None),
        ("count_per_year", _goal("3", "="), (4, 9), "4", Verdict.NOT_MET, None),
    ],
)
def test_a_value_is_written_judged_and_held_against_its_target(
    kind, aim, total, written, verdict, completion
):
    result = _result(_indicator(kind), [Aim(aim)], {2025: _total(*total)})
    assert (str(result.quantity), result.verdict) == (written, verdict)
    assert (str(result.completion) if result.completion else None) == completion


def test_a_mean_of_years_is_exact_where_decimals_would_miss_the_target():
    # (2/3 + 11/15) / 2 = 21/30: exactly 70%
    result = _result(
        _indicator(years="mean"), [Aim(_goal("0.7"))], {2024: _total(2, 3), 2025: _total(11, 15)}
    )
    assert (result.exact, result.verdict) == (Fraction(7, 10), Verdict.MET)
    assert str(result.quantity) == "70%"


def test_a_mean_of_targets_that_never_ends_is_written_like_any_number():
    # targets of 80%, 80% and 90% have the mean 83,333…%; so have values of 80%, 80% and 90%
    aims = [Aim(_goal(low), year) for low, year in (("0.8", 2024), ("0.8", 2025), ("0.9", 2026))]
    totals = {2024: _total(8, 10), 2025: _total(4, 5), 2026: _total(9, 10)}
    result = _result(_indicator(years="mean"), aims, totals)
    assert _said(result) == ("83,33%", "≥ 83,33%", Verdict.MET)


# 80, 120 and 130 of 300 in three years; targets of 100, 110 and 120
COUNTS = {2024: _total(80, 3), 2025: _total(120, 3), 2026: _total(130, 3)}
COUNTED = [Aim(_goal(low), year) for low, year in (("100", 2024), ("110", 2025), ("120", 2026))]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        # 330 of 330
        ("sum", ("330", "≥ 330", Verdict.MET)),
        # 110 of 110
        ("mean", ("110", "≥ 110", Verdict.MET)),
        ("last", ("130", "≥ 120", Verdict.EXCEEDED)),
        # 80 of 100 fails the first year
        ("all_met", ("330", "≥ 120", Verdict.NOT_MET)),
    ],
)
def test_counts_of_years_with_targets_of_their_own(years, said):
    result = _result(_indicator("count_per_year", years=years), COUNTED, COUNTS)
    assert _said(result) == said
    assert [one.outcome.verdict for one in result.years] == [
        Verdict.NOT_MET,
        Verdict.EXCEEDED,
        Verdict.EXCEEDED,
    ]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        # 8/10, 18/20, 9/10 against 80%, 85%, 95%
        ("pooled", ("87,50%", "≥ 95%", Verdict.NOT_MET)),
        # 0,8 + 0,9 + 0,9 is 2,6, and so is 0,8 + 0,85 + 0,95
        ("mean", ("86,67%", "≥ 86,67%", Verdict.MET)),
        ("last", ("90%", "≥ 95%", Verdict.NOT_MET)),
        ("all_met", ("87,50%", "≥ 95%", Verdict.NOT_MET)),
    ],
)
def test_shares_of_years_with_targets_of_their_own(years, said):
    aims = [Aim(_goal(low), year) for low, year in (("0.8", 2024), ("0.85", 2025), ("0.95", 2026))]
    totals = {2024: _total(8, 10), 2025: _total(18, 20), 2026: _total(9, 10)}
    assert _said(_result(_indicator(years=years), aims, totals)) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        # two years of the term so far, held against the two
        ("last", ("120", "≥ 110", Verdict.EXCEEDED)),
        ("mean", ("100", "≥ 105", Verdict.NOT_MET)),
        # what is still to be added counts
        ("sum", ("200", "≥ 330", Verdict.NOT_MET)),
    ],
)
def test_a_year_that_was_not_opened_lends_its_target_to_a_sum_alone(years, said):
    indicator = _indicator("count_per_year", years=years)
    assert _said(_result(indicator, COUNTED, COUNTS | {2026: NOT_OPENED})) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("last", ("–", "≥ 120", Verdict.NO_DATA)),
        ("mean", ("100", "≥ 105", Verdict.NOT_MET)),
        ("sum", ("200", "≥ 330", Verdict.NOT_MET)),
    ],
)
def test_a_year_that_nobody_has_answered_is_no_year_of_nothing(years, said):
    indicator = _indicator("count_per_year", years=years)
    assert _said(_result(indicator, COUNTED, COUNTS | {2026: SILENT})) == said


def test_nobody_asked_in_any_year_is_no_verdict():
    result = _result(_indicator(), [Aim(_goal("0.85"))], {2024: NOT_OPENED, 2025: NOT_OPENED})
    assert _said(result) == ("–", "≥ 85%", Verdict.NOT_APPLICABLE)
    assert _result(_indicator(), [Aim(_goal("0.85"))], {}).verdict is Verdict.NOT_APPLICABLE


def test_all_years_met_needs_every_year_and_says_which_failed():
    aims = [Aim(_goal("0.85"))]
    totals = {2024: _total(84, 100), 2025: _total(90, 100)}
    result = _result(_indicator(years="all_met"), aims, totals)
    # together 174 of 200 are 87%
    assert _said(result) == ("87%", "≥ 85%", Verdict.NOT_MET)
    assert [str(one.outcome.gap.amount) for one in result.years if one.outcome.gap] == ["1"]
    totals[2024] = _total(85, 100)
    assert _result(_indicator(years="all_met"), aims, totals).verdict is Verdict.MET
    totals[2024] = _total(86, 100)
    # more than enough in each year is still no more than was asked: that each be met
    assert _result(_indicator(years="all_met"), aims, totals).verdict is Verdict.MET
    # of one year alone it is
    alone = _result(_indicator(years="all_met"), aims, totals | {2024: NOT_OPENED})
    assert alone.verdict is Verdict.EXCEEDED


REPORTED = (2024, 2025, 2026)


@pytest.mark.parametrize(
    ("kind", "years", "horizon", "early"),
    [
        # 84% of 85% in the first year: no later year mends it
        ("share_of_people", "all_met", "term", False),
        ("plan_fulfilment", "all_met", "term", False),
        # where the term counts as a whole, or its last year, two more may
        ("share_of_people", "pooled", "term", True),
        ("share_of_people", "last", "term", True),
        # by a named year it need not have been there before
        ("share_of_people", "all_met", "by_year", True),
    ],
)
def test_a_year_that_had_to_be_met_and_was_not_has_failed(kind, years, horizon, early):
    due = 2026 if horizon == "by_year" else None
    indicator = _indicator(kind, years=years, horizon=horizon, due_year=due)
    totals = {2024: _total(84, 100)}
    result = _result(indicator, [Aim(_goal("0.85"))], totals, reported=REPORTED)
    assert (result.verdict, result.ahead, result.early) == (Verdict.NOT_MET, 2, early)
    assert result.years[0].outcome.early is early


def test_the_least_of_each_year_is_held_against_that_years_target():
    # at least 1 in each union in 2024, at least 2 in 2025
    aims = [Aim(_goal("1"), 2024), Aim(_goal("2"), 2025)]
    indicator = _indicator("minimum_per_union")
    totals = {2024: _total(9, 3, 3, 3, least=1), 2025: _total(11, 3, 3, 3, least=2)}
    result = _result(indicator, aims, totals)
    assert (result.exact, result.verdict) == (1, Verdict.MET)
    totals[2025] = _total(11, 3, 3, 3, least=1)
    assert _result(indicator, aims, totals).verdict is Verdict.NOT_MET


def test_what_is_due_by_a_year_need_not_have_been_there_before():
    indicator = _indicator(
        "own_grade", audience="province", denominator="own", horizon="by_year", due_year=2026
    )
    aims = [Aim(_goal("3"))]
    totals = {2025: _total(2, 1, least=2), 2026: _total(3, 1, least=3)}
    defined = Defined(indicator, aims)
    sums = {year: {"agency": total} for year, total in totals.items()}
    aimed = Aims(defined, "", {}, whole=True)
    result = result_of(defined, sums, [2025, 2026], aimed, split=True)
    assert result.verdict is Verdict.MET
    assert str(result.quantity) == "Hoàn thành tốt nhiệm vụ"
    assert result.goal_text == "Hoàn thành tốt nhiệm vụ trở lên (đến năm 2026)"


def test_the_grade_of_every_year_counts_where_no_year_was_named():
    indicator = _indicator("own_grade", audience="province", denominator="own")
    totals = {2025: _total(2, 1, least=2), 2026: _total(3, 1, least=3)}
    assert _result(indicator, [Aim(_goal("3"))], totals).verdict is Verdict.NOT_MET


TERM = Aim(_goal("300"))


@pytest.mark.parametrize("kind", ["count_per_year", "amount_of_money"])
@pytest.mark.parametrize(
    ("years", "horizon", "due", "low", "said"),
    [
        # 80 + 120 + 130
        ("sum", "term", None, "300", ("330", "≥ 300 (đến hết nhiệm kỳ)", Verdict.EXCEEDED)),
        ("pooled", "term", None, "300", ("330", "≥ 300 (đến hết nhiệm kỳ)", Verdict.EXCEEDED)),
        # the last year has 130, whatever came before
        ("last", "term", None, "130", ("130", "≥ 130 (đến hết nhiệm kỳ)", Verdict.MET)),
        ("last", "term", None, "300", ("130", "≥ 300 (đến hết nhiệm kỳ)", Verdict.NOT_MET)),
        # in the year that was named there were 120
        ("last", "by_year", 2025, "125", ("120", "≥ 125 (đến năm 2025)", Verdict.NOT_MET)),
        ("last", "by_year", 2025, "120", ("120", "≥ 120 (đến năm 2025)", Verdict.MET)),
        # 80 is less than 100, and no year makes up for it
        ("all_met", "term", None, "100", ("330", "≥ 100 (đến hết nhiệm kỳ)", Verdict.NOT_MET)),
        ("all_met", "term", None, "80", ("330", "≥ 80 (đến hết nhiệm kỳ)", Verdict.MET)),
        ("all_met", "by_year", 2025, "100", ("200", "≥ 100 (đến năm 2025)", Verdict.NOT_MET)),
        ("all_met", "by_year", 2025, "80", ("200", "≥ 80 (đến năm 2025)", Verdict.MET)),
    ],
)
def test_an_amount_of_several_years_is_put_together_as_its_programme_says(
    kind, years, horizon, due, low, said
):
    indicator = _indicator(kind, years=years, horizon=horizon, due_year=due)
    result = _result(indicator, [Aim(_goal(low))], COUNTS)
    assert _said(result) == said
    running = years in ("sum", "pooled")
    shown = [str(one.outcome.quantity) for one in result.years]
    assert shown == (["80", "200", "330"] if running else ["80", "120", "130"])
    told = RUNNING if running else Years(years).label
    assert told_how(indicator) == told


@pytest.mark.parametrize("years", ["sum", "last", "mean", "pooled", "all_met"])
def test_a_running_total_is_a_sum_whatever_else_is_said(years):
    indicator = _indicator("count_over_term", horizon="term", years=years)
    result = _result(indicator, [TERM], COUNTS)
    assert _said(result) == ("330", "≥ 300 (đến hết nhiệm kỳ)", Verdict.EXCEEDED)
    # 80, then 80 + 120, then 80 + 120 + 130
    assert [str(one.outcome.quantity) for one in result.years] == ["80", "200", "330"]
    assert [one.outcome.verdict for one in result.years] == [
        Verdict.NOT_MET,
        Verdict.NOT_MET,
        Verdict.EXCEEDED,
    ]
    assert result.years[1].outcome.gap == Gap(100)


def test_a_running_total_is_held_against_the_step_of_its_year():
    indicator = _indicator("count_over_term", horizon="term")
    steps = [Aim(_goal("80"), 2024), Aim(_goal("210"), 2025), Aim(_goal("330"), 2026)]
    result = _result(indicator, steps, COUNTS)
    assert [one.outcome.verdict for one in result.years] == [
        Verdict.MET,
        Verdict.NOT_MET,
        Verdict.MET,
    ]
    assert _said(result) == ("330", "≥ 330 (đến hết nhiệm kỳ)", Verdict.MET)


def _split(state: Total, other: Total, third: Total = NOT_OPENED) -> Result:
    """All state unions and 85% of the others, of which enterprises have a target of their own."""
    aims = [
        Aim(_goal("1"), group="Khu vực nhà nước", types=STATE),
        Aim(_goal("0.85"), group="Ngoài nhà nước", types=frozenset({"non_state"})),
        Aim(_goal("0.6"), group="Ngoài công lập", types=frozenset({"non_public"})),
    ]
    totals = {"agency": state, "non_state": other, "non_public": third}
    return _result(_indicator("share_of_unions", denominator="in_place"), aims, {2025: totals})


@pytest.mark.parametrize(
    ("state", "other", "third", "verdicts", "whole"),
    [
        # 45/45, 17/20
        ((45, 45), (17, 20), None, [Verdict.MET, Verdict.MET], Verdict.MET),
        # 18/20 is above 85%, but 100% cannot be exceeded
        ((45, 45), (18, 20), None, [Verdict.MET, Verdict.EXCEEDED], Verdict.MET),
        # 44/45 is 97,8%: more than enough elsewhere does not help
        ((44, 45), (20, 20), None, [Verdict.NOT_MET, Verdict.EXCEEDED], Verdict.NOT_MET),
        # three ways
        ((45, 45), (17, 20), (2, 3), [Verdict.MET, Verdict.MET, Verdict.EXCEEDED], Verdict.MET),
        (
            (45, 45),
            (17, 20),
            (1, 3),
            [Verdict.MET, Verdict.MET, Verdict.NOT_MET],
            Verdict.NOT_MET,
        ),
    ],
)
def test_the_worst_group_decides_for_the_whole(state, other, third, verdicts, whole):
    result = _split(
        _total(*state, *state),
        _total(*other, *other),
        _total(*third, *third) if third else NOT_OPENED,
    )
    assert [part.outcome.verdict for part in result.parts] == verdicts
    assert (result.verdict, result.goal) == (whole, None)
    parts = [part.outcome.total for part in result.parts]
    assert sum(one.numerator for one in parts) == result.total.numerator
    assert sum(one.denominator for one in parts) == result.total.denominator


def test_a_group_nobody_has_answered_for_leaves_the_whole_open():
    result = _split(_total(45, 45), _total(0, 20, 0, 20))
    assert [part.outcome.verdict for part in result.parts] == [Verdict.MET, Verdict.NO_DATA]
    assert result.verdict is Verdict.NO_DATA
    assert result.goal_text == "Khu vực nhà nước: ≥ 100%; Ngoài nhà nước: ≥ 85%"


def test_what_is_missing_is_told_group_by_group():
    result = _split(_total(43, 45, 45, 45), _total(15, 20, 20, 20))
    assert result.gap is None
    # 45 less 43; 17 less 15
    assert [part.outcome.gap for part in result.parts] == [Gap(2), Gap(2)]


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ([Verdict.EXCEEDED, Verdict.EXCEEDED], Verdict.EXCEEDED),
        ([Verdict.EXCEEDED, Verdict.MET], Verdict.MET),
        ([Verdict.EXCEEDED, Verdict.NO_DATA, Verdict.MET], Verdict.NO_DATA),
        ([Verdict.NO_DATA, Verdict.NOT_MET], Verdict.NOT_MET),
        ([Verdict.NOT_APPLICABLE, Verdict.MET], Verdict.MET),
        ([Verdict.NOT_APPLICABLE], Verdict.NOT_APPLICABLE),
        ([], Verdict.NOT_APPLICABLE),
    ],
)
def test_the_worst_verdict_stands_for_all(verdicts, whole):
    assert together(verdicts) is whole
    assert together(verdicts[::-1]) is whole


ASSIGNED = {
    (2024, "agency"): Decimal(60),
    (2024, "non_state"): Decimal(30),
    (2025, "agency"): Decimal(100),
    (2026, "agency"): Decimal(120),
}


@pytest.mark.parametrize(
    ("kind", "horizon", "said"),
    [
        # 60 + 30, 100 and 120 were assigned: 310 in all, of which 330 were brought
        ("count_per_year", "annual", ("330", "≥ 310", Verdict.EXCEEDED)),
        # what was assigned up to a year is due in it, not at the end of the term
        ("count_per_year", "term", ("330", "≥ 310 (đến hết năm 2026)", Verdict.EXCEEDED)),
        ("count_over_term", "term", ("330", "≥ 310 (đến hết năm 2026)", Verdict.EXCEEDED)),
    ],
)
def test_beneath_the_province_the_assigned_amounts_of_all_years_count(kind, horizon, said):
    indicator = _indicator(kind, horizon=horizon)
    result = _result(indicator, [Aim(_goal("5000"))], COUNTS, assigned=ASSIGNED, whole=False)
    assert _said(result) == said


def test_a_running_total_is_held_against_what_was_assigned_so_far():
    indicator = _indicator("count_over_term", horizon="term")
    result = _result(indicator, [TERM], COUNTS, assigned=ASSIGNED, whole=False)
    # 80 of 90, 200 of 190, 330 of 310
    assert [(str(one.outcome.quantity), one.outcome.goal_text) for one in result.years] == [
        ("80", "≥ 90"),
        ("200", "≥ 190"),
        ("330", "≥ 310"),
    ]


@pytest.mark.parametrize(
    ("aims", "whole", "goal"),
    [
        ([Aim(_goal("300"))], True, "≥ 300"),
        # the programme names no number: what was assigned holds everywhere
        ([], True, "≥ 100"),
        ([], False, "≥ 100"),
        ([Aim(_goal("300"))], False, "≥ 100"),
    ],
)
def test_the_province_has_the_programmes_number_and_others_what_was_assigned(aims, whole, goal):
    result = _result(
        _indicator("count_per_year"), aims, {2025: _total(90, 3)}, assigned=ASSIGNED, whole=whole
    )
    assert (result.goal_text, result.verdict) == (goal, Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("kind", "horizon", "goal", "of_years"),
    [
        # the programme names 100 of 2024 alone; of 2025 and 2026 100 and 120 were assigned
        ("count_per_year", "annual", "≥ 320", ["≥ 100", "≥ 100", "≥ 120"]),
        # a running total has 100 in 2024; then all that was assigned until the year
        (
            "count_over_term",
            "term",
            "≥ 310 (đến hết năm 2026)",
            ["≥ 100", "≥ 190", "≥ 310"],
        ),
    ],
)
def test_in_a_year_without_a_number_of_the_programme_what_was_assigned_holds(
    kind, horizon, goal, of_years
):
    indicator = _indicator(kind, horizon=horizon)
    aims = [Aim(_goal("100"), 2024)]
    result = _result(indicator, aims, COUNTS, assigned=ASSIGNED)
    assert result.goal_text == goal
    assert [one.outcome.goal_text for one in result.years] == of_years
    beneath = _result(indicator, aims, COUNTS, assigned=ASSIGNED, whole=False)
    assert [one.outcome.goal_text for one in beneath.years][1:] == of_years[1:]


def test_nothing_assigned_is_no_target_beneath_the_province():
    result = _result(
        _indicator("count_per_year"), [Aim(_goal("300"))], {2025: _total(90, 3)}, whole=False
    )
    assert _said(result) == ("90", "", Verdict.NOT_APPLICABLE)


def test_a_share_is_aimed_at_everywhere():
    result = _result(_indicator(), [Aim(_goal("0.85"))], {2025: _total(9, 10)}, whole=False)
    assert _said(result) == ("90%", "≥ 85%", Verdict.EXCEEDED)


@pytest.mark.parametrize(
    ("years", "gap"),
    [
        # (160 of 200) lacks 10 of 170
        ("pooled", Gap(10)),
        # of the last year alone: 70 of 100 lack 15
        ("last", Gap(15)),
        # a mean of years, and years each for itself, are not mended by one sum
        ("mean", None),
        ("all_met", None),
    ],
)
def test_a_gap_is_told_only_where_the_sum_is_the_value(years, gap):
    totals = {2024: _total(45, 50), 2025: _total(70, 100)}
    totals |= {2023: _total(45, 50)} if years == "pooled" else {}
    result = _result(_indicator(years=years), [Aim(_goal("0.85"))], totals)
    assert (result.verdict, result.gap) == (Verdict.NOT_MET, gap)


def test_a_range_is_written_on_the_side_where_it_stands():
    # 200,004 classes to a union is more than 200
    goal = Goal(Operator.RANGE, Decimal(100), Decimal(200))
    result = _result(_indicator("average_per_union"), [Aim(goal)], {2025: _total(50_001, 250)})
    assert _said(result) == ("200,004", "100 – 200", Verdict.NOT_MET)
    # and 99,996 is less than 100
    result = _result(_indicator("average_per_union"), [Aim(goal)], {2025: _total(24_999, 250)})
    assert _said(result) == ("99,996", "100 – 200", Verdict.NOT_MET)


def test_years_that_each_have_to_be_met_come_to_no_completion():
    # 60% of 50%, 95% of 90%: both met; together 155 of 200 are 77,5%, which is aimed at nowhere
    aims = [Aim(_goal("0.5"), 2024), Aim(_goal("0.9"), 2025)]
    totals = {2024: _total(60, 100), 2025: _total(95, 100)}
    result = _result(_indicator(years="all_met"), aims, totals)
    assert (result.verdict, result.completion, result.summed) == (Verdict.MET, None, "2/2 năm đạt")
    assert [str(one.outcome.completion) for one in result.years] == ["120%", "105,56%"]
    # 70 and 70 of 100 each are no 140%
    short = {2024: _total(70, 2), 2025: _total(70, 2)}
    result = _result(_indicator("count_per_year", years="all_met"), [Aim(_goal("100"))], short)
    said = (result.verdict, result.completion, result.summed)
    assert said == (Verdict.NOT_MET, None, "0/2 năm đạt")


def test_a_count_that_is_pooled_is_added_up_with_its_targets():
    # 70 + 70 of 100 + 100
    indicator = _indicator("count_per_year", years="pooled")
    totals = {2024: _total(70, 2), 2025: _total(70, 2)}
    result = _result(indicator, [Aim(_goal("100"))], totals)
    assert _said(result) == ("140", "≥ 200", Verdict.NOT_MET)
    assert (str(result.completion), result.gap) == ("70%", Gap(60))


def test_what_comes_after_the_year_in_which_it_is_due_does_not_count():
    indicator = _indicator("count_per_year", horizon="by_year", due_year=2024)
    totals = {2024: _total(60, 2), 2025: _total(60, 2)}
    result = _result(indicator, [Aim(_goal("100"))], totals)
    assert _said(result) == ("60", "≥ 100 (đến năm 2024)", Verdict.NOT_MET)
    # the year after shows what came together, against nothing
    later = result.years[1].outcome
    assert (str(later.quantity), later.goal, later.verdict) == (
        "120",
        None,
        Verdict.NOT_APPLICABLE,
    )


@pytest.mark.parametrize("kind", ["milestone", "share_of_people", "own_grade"])
def test_what_was_there_in_time_is_not_asked_again(kind):
    indicator = _indicator(kind, horizon="by_year", due_year=2024, years="last")
    totals = {2024: _total(1, 1, least=1), 2025: SILENT}
    assert _result(indicator, [Aim(_goal("1"))], totals).verdict is Verdict.MET
    # of the year after alone nothing is known
    late = _result(indicator, [Aim(_goal("1"))], {2025: SILENT})
    assert late.verdict is Verdict.NO_DATA
    # where nobody was asked in time, the year after says how it stands
    late = _result(indicator, [Aim(_goal("1"))], totals | {2024: NOT_OPENED, 2025: totals[2024]})
    assert late.verdict is Verdict.MET


@pytest.mark.parametrize(
    "goal",
    [
        _goal("1"),
        _goal("0", ">"),
        Goal(Operator.AT_MOST, None, Decimal(1)),
        Goal(Operator.AT_MOST, None, Decimal(0)),
        _goal("0"),
        _goal("1", ">"),
        _goal("0", "="),
        Goal(Operator.RANGE, Decimal(0), Decimal(1)),
    ],
)
def test_a_milestone_is_reached_or_not_whatever_the_target_says(goal):
    indicator = _indicator("milestone")
    reached, not_yet = _total(1, 1, least=1), _total(0, 1)
    assert _result(indicator, [Aim(goal)], {2025: reached}).verdict is Verdict.MET
    assert _result(indicator, [Aim(goal)], {2025: not_yet}).verdict is Verdict.NOT_MET


@pytest.mark.parametrize("years", ["pooled", "mean", "sum", "last"])
def test_a_milestone_of_several_years_is_that_of_the_last(years):
    totals = {2024: _total(1, 1, least=1), 2025: _total(0, 1)}
    result = _result(_indicator("milestone", years=years), [Aim(_goal("1"))], totals)
    assert (str(result.quantity), result.verdict) == ("Chưa đạt", Verdict.NOT_MET)


@pytest.mark.parametrize("kind", ["count_per_year", "count_over_term", "amount_of_money"])
def test_a_sum_that_did_not_arise_for_anybody_is_no_zero(kind):
    left = Total(Decimal(0), Decimal(0), 3, 3)
    result = _result(_indicator(kind), [Aim(_goal("100"))], {2025: left})
    assert (str(result.quantity), result.verdict) == ("–", Verdict.NOT_APPLICABLE)
    # one that answered nought makes it one
    zero = left + Total.of((Decimal(0), Decimal(1)))
    result = _result(_indicator(kind), [Aim(_goal("100"))], {2025: zero})
    assert (str(result.quantity), result.verdict) == ("0", Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("agency", "other", "verdicts", "whole"),
    [
        # 90 of 100 of all, but 8 of 10 of the agencies
        ((8, 10), (82, 90), [Verdict.NOT_MET], Verdict.NOT_MET),
        # all agencies, but 80 of 100
        ((10, 10), (70, 90), [Verdict.MET], Verdict.NOT_MET),
        ((10, 10), (82, 90), [Verdict.MET], Verdict.MET),
    ],
)
def test_a_whole_with_a_target_of_its_own_is_no_better_than_its_groups(
    agency, other, verdicts, whole
):
    aims = [Aim(_goal("0.85")), Aim(_goal("1"), group="Cơ quan", types=frozenset({"agency"}))]
    sums = {"agency": _total(*agency), "non_state": _total(*other)}
    result = _result(_indicator(), aims, {2025: sums})
    assert [part.outcome.verdict for part in result.parts] == verdicts
    assert result.verdict is whole


@pytest.mark.parametrize(
    ("types", "goal"),
    [
        # the group is made of agencies alone: its target is theirs
        ({"agency"}, "≥ 40"),
        # one of two types has no number of its own, and nothing was assigned
        ({"agency", "public_service_full"}, ""),
        # nor has a type without a group
        ({"non_state"}, ""),
    ],
)
def test_the_target_of_a_group_is_that_of_its_only_type(types, goal):
    aims = [Aim(_goal("100")), Aim(_goal("40"), group="Nhóm", types=frozenset(types))]
    defined = Defined(_indicator("count_per_year"), aims)
    programme = Programme(union_id=1, reporting_years=[2025])
    cut = Cut(Node(1, "CDVC", "Công đoàn", ()), 2025, 2025, type="agency")
    aimed = Aims.of(defined, programme, cut, {}, {})
    result = result_of(defined, {2025: {"agency": _total(30, 3)}}, [2025], aimed, split=False)
    assert result.goal_text == goal
    beneath = replace(cut, node=Node(2, "SNV", "Sở Nội vụ", ()))
    assert Aims.of(defined, programme, beneath, {}, {}).of_year(2025) is None
    clustered = replace(cut, cluster="Cụm 1")
    assert Aims.of(defined, programme, clustered, {}, {}).of_year(2025) is None
