"""Items of plans serve an indicator of their programme."""

import pytest
from django.urls import reverse

from actionplan.models import PlanChange
from actionplan.services import items
from indicators.models import Indicator, ServedIndicator
from indicators.services import served
from tests.actionplan.planning import accepted, drawn_up, now
from tests.builders import Province, make_programme, make_province
from unions.errors import RuleBroken


def test_an_item_serves_an_indicator_of_its_programme_that_holds(client, province: Province):
    plan, row = drawn_up(province)
    first, gone = province.programme.indicators.order_by("position")[:2]
    Indicator.objects.filter(pk=gone.pk).update(dropped=True)
    elsewhere = make_programme(make_province(code="KHAC", name="Tỉnh khác"), code="khac")
    gone.refresh_from_db()
    for indicator, sentence in (
        (gone, "không còn chỉ tiêu"),
        (elsewhere.indicators.first(), "chương trình khác"),
    ):
        with pytest.raises(RuleBroken, match=sentence) as refused:
            served.serve(row, indicator, by=province.chair_of_health)
        assert refused.value.about == "indicator"
    client.force_login(province.chair_of_health)
    address = reverse("indicators:item-indicator", args=[plan.pk, row.pk])
    sent = {"indicator": str(first.pk), "revision": str(now(plan).revision)}
    assert client.post(address, sent)["Location"] == row.get_absolute_url()
    assert first.name in client.get(row.get_absolute_url()).content.decode()
    again = client.post(address, sent | {"indicator": ""})
    assert again.context["form"].errors
    items.remove(row, by=province.chair_of_health)
    assert not ServedIndicator.objects.exists()


def test_of_an_accepted_plan_that_is_a_change_with_its_reason(province: Province):
    _, row = accepted(province)
    indicator, by = province.programme.indicators.earliest("position"), province.chair_of_health
    with pytest.raises(RuleBroken, match="lý do"):
        served.serve(row, indicator, by=by)
    served.serve(row, indicator, by=by, reason="Gắn đúng chỉ tiêu")
    assert PlanChange.objects.get().differences == [["chỉ tiêu", "để trống", str(indicator)]]
    served.serve(row, indicator, by=by)
    served.serve(row, None, by=by, reason="Bỏ")
    assert not ServedIndicator.objects.exists()
    assert PlanChange.objects.count() == 2
