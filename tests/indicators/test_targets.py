"""Targets at the desk: for a year, for a group of unions, changed and taken away."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from indicators.aggregation import Goal, Operator
from indicators.models import Indicator, Target
from indicators.services import indicators, seen
from indicators.services.indicators import Whom
from tests.builders import Province, make_indicator
from unions.errors import RuleBroken
from unions.models import JournalEntry

STATE = ("agency", "state_enterprise")
EIGHTY = Goal(Operator.AT_LEAST, Decimal("0.8"))


@pytest.fixture
def indicator(province: Province) -> Indicator:
    return Indicator.objects.get(code="2.1.2")


def _address(indicator: Indicator) -> str:
    return reverse("admin:indicators_indicator_aim", args=[indicator.pk])


def _aim(client, indicator: Indicator, **typed: object):
    return client.post(
        _address(indicator),
        {"shown": seen.of_targets(indicator), "operator": ">=", "first": "", "last": ""} | typed,
    )


def _targets(indicator: Indicator) -> list[tuple]:
    rows = indicator.targets.order_by("year", "group")
    return sorted(rows.values_list("year", "group", "low"), key=str)


def test_a_year_and_a_group_have_targets_of_their_own(client, province: Province, indicator):
    client.force_login(province.administrator)
    _aim(client, indicator, year="2025", first="90")
    _aim(client, indicator, group="Nhà nước", types=STATE, first="95")
    assert _targets(indicator) == [
        (2025, "", Decimal("0.9")),
        (None, "", Decimal(1)),
        (None, "Nhà nước", Decimal("0.95")),
    ]
    told = list(JournalEntry.objects.values_list("sentence", flat=True)[:2])
    assert told == [
        "Mức phấn đấu của chỉ tiêu 2.1.2, Nhà nước: không đặt thành ≥ 95%",
        "Mức phấn đấu của chỉ tiêu 2.1.2, năm 2025: không đặt thành ≥ 90%",
    ]
    page = client.get(reverse("admin:indicators_indicator_change", args=[indicator.pk]))
    assert "năm 2025: ≥ 90%" in page.content.decode()


def test_a_target_is_filled_in_changed_and_taken_away(client, province: Province, indicator):
    client.force_login(province.administrator)
    _aim(client, indicator, group="Nhà nước", types=STATE, first="95")
    of_state = indicator.targets.get(group="Nhà nước")
    page = client.get(_address(indicator), {"muc": of_state.pk})
    initial = page.context["form"].initial
    assert (initial["group"], initial["types"], initial["first"]) == (
        "Nhà nước",
        list(STATE),
        "95%",
    )
    assert f"?muc={of_state.pk}" in page.content.decode()
    _aim(client, indicator, group="Nhà nước", types=STATE, first="97")
    _aim(client, indicator, group="Nhà nước", types=STATE)
    assert _targets(indicator) == [(None, "", Decimal(1))]
    history = Target.history.filter(group="Nhà nước").order_by("history_id")
    assert [(row.history_type, row.low) for row in history] == [
        ("+", Decimal("0.95")),
        ("~", Decimal("0.97")),
        ("-", Decimal("0.97")),
    ]


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        (Whom(year=2031), "Năm 2031 không phải năm báo cáo"),
        (Whom(group="Nhà nước"), "cần cả tên nhóm và các loại hình"),
        (Whom(types=STATE), "cần cả tên nhóm và các loại hình"),
        (Whom(group="Khác", types=("agency", "non_state")), "đã thuộc nhóm “Nhà nước”"),
        (Whom(2025, "Nhà nước", ("agency",)), "ở năm khác gồm các loại hình khác"),
    ],
)
def test_a_year_or_group_that_cannot_be_is_refused(province: Province, indicator, whom, sentence):
    by = province.administrator
    indicators.set_target(indicator, EIGHTY, Whom(group="Nhà nước", types=STATE), by=by)
    with pytest.raises(RuleBroken, match=sentence):
        indicators.set_target(indicator, EIGHTY, whom, by=by)
    indicators.set_target(indicator, EIGHTY, Whom(2025, "Nhà nước", STATE), by=by)
    assert indicator.targets.count() == 3


@pytest.mark.parametrize(
    ("changed", "goal", "whom", "sentence"),
    [
        ({"kind": "count_per_year"}, "4.5", Whom(), "phải là số nguyên"),
        ({"kind": "milestone"}, "0", Whom(), "chỉ có thể đặt mức “đã đạt”"),
        ({"horizon": "by_year", "due_year": 2025}, "0.8", Whom(2026), "đến hạn năm 2025"),
    ],
)
def test_the_desk_refuses_what_a_file_is_refused_for(
    province: Province, indicator, changed, goal, whom, sentence
):
    Indicator.objects.filter(pk=indicator.pk).update(**changed)
    row = Indicator.objects.get(pk=indicator.pk)
    before = list(row.targets.values_list("low", "year"))
    wanted = Goal(Operator.AT_LEAST, Decimal(goal))
    with pytest.raises(RuleBroken, match=sentence):
        indicators.set_target(row, wanted, whom, by=province.administrator)
    assert list(row.targets.values_list("low", "year")) == before


@pytest.mark.parametrize(
    "goal",
    [
        Goal(Operator.AT_MOST, None, Decimal(3)),
        Goal(Operator.EQUAL, Decimal(1)),
        Goal(Operator.RANGE, Decimal(1), Decimal(3)),
    ],
)
def test_a_minimum_in_each_union_is_a_minimum_at_the_desk_too(province: Province, goal):
    least = make_indicator(province.programme, "9", "minimum_per_union", unit="vụ", years="all_met")
    by = province.administrator
    with pytest.raises(RuleBroken, match="chỉ so sánh bằng >= hoặc >; mức tối đa, mức bằng"):
        indicators.set_target(least, goal, by=by)
    assert not least.targets.exists()
    indicators.set_target(least, Goal(Operator.ABOVE, Decimal(1)), by=by)
    assert least.targets.get().operator == ">"


def test_a_group_of_unions_has_no_target_where_only_the_province_answers(province: Province):
    own, goal = province.programme.indicators.get(code="2.1.6"), Goal(Operator.AT_LEAST, Decimal(1))
    group = Whom(None, "Cơ quan", ("agency",))
    with pytest.raises(RuleBroken, match="chỉ có chính công đoàn cấp tỉnh trả lời"):
        indicators.set_target(own, goal, group, by=province.administrator)
    assert not own.targets.exclude(group="").exists()
    indicators.set_target(own, goal, Whom(2025), by=province.administrator)
    assert own.targets.filter(year=2025).exists()


def test_a_grade_that_the_scale_does_not_have_is_refused(province: Province):
    graded = Indicator.objects.get(code="2.1.5a")
    with pytest.raises(RuleBroken, match="không có trong thang xếp loại"):
        indicators.set_target(
            graded, Goal(Operator.AT_LEAST, Decimal(7)), by=province.administrator
        )


def test_money_is_aimed_at_in_its_unit(client, province: Province, indicator):
    Indicator.objects.filter(pk=indicator.pk).update(kind="amount_of_money", unit="triệu đồng")
    client.force_login(province.administrator)
    _aim(client, indicator, first="1.500,5")
    assert indicator.targets.get().low == Decimal(1_500_500_000)
    assert client.get(_address(indicator)).context["form"].initial["first"] == "1.500,5"


def test_only_who_manages_programmes_sets_targets(province: Province, indicator):
    for person in (province.officer, province.leader):
        with pytest.raises(PermissionDenied):
            indicators.set_target(indicator, EIGHTY, by=person)
    indicators.set_target(indicator, EIGHTY, by=province.administrator)
    assert indicator.targets.get().low == Decimal("0.8")


def test_an_older_page_does_not_overwrite_a_target_set_since(client, province, indicator):
    client.force_login(province.administrator)
    shown = client.get(_address(indicator)).context["form"].shown
    _aim(client, indicator, year="2025", first="90", shown=shown)
    page = _aim(client, indicator, year="2025", first="80", shown=shown)
    (told,) = page.context["form"].non_field_errors()
    assert "mức phấn đấu của chỉ tiêu 2.1.2 đã thay đổi sau khi bạn mở trang" in told
    assert "không đặt thành ≥ 90%" in told
    assert page.context["form"]["first"].value() == "80"
    assert _targets(indicator) == [(2025, "", Decimal("0.9")), (None, "", Decimal(1))]
    _aim(client, indicator, year="2025", first="80", shown=page.context["form"].shown)
    assert _targets(indicator)[0] == (2025, "", Decimal("0.8"))


def test_a_mistake_on_an_older_page_does_not_make_it_fresh(client, province, indicator):
    client.force_login(province.administrator)
    shown = client.get(_address(indicator)).context["form"].shown
    _aim(client, indicator, year="2025", first="90", shown=shown)
    page = _aim(client, indicator, year="2025", first="8x", shown=shown)
    assert page.context["form"].shown == shown
    assert f'name="shown" value="{shown}"' in page.content.decode()


def test_a_target_without_the_mark_of_its_page_is_refused(client, province, indicator):
    client.force_login(province.administrator)
    before = _targets(indicator)
    typed = {"operator": ">=", "first": "90", "last": ""}
    page = client.post(_address(indicator), typed)
    (told,) = page.context["form"].non_field_errors()
    assert "đã thay đổi sau khi bạn mở trang" in told
    assert _targets(indicator) == before
    client.post(_address(indicator), typed | {"shown": page.context["form"].shown})
    assert _targets(indicator) != before
