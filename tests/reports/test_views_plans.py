"""What leaders see of the plans: in short beside the results, and by group with what is missing."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.services import items
from tests.actionplan.planning import YEAR, an_item, health_plan
from tests.builders import Province, make_union


@pytest.fixture
def planned(province: Province) -> Province:
    """The health union has one item, which is late."""
    items.add(health_plan(province), an_item(province, 1), by=province.chair_of_health)
    return province


def page(client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def plans_of(code: str = "CDVC") -> str:
    return reverse("reports:plans", args=[code, YEAR])


def test_the_leaders_page_sums_up_the_plans_by_cluster(client, planned: Province):
    client.force_login(planned.leader)
    shown = page(client, reverse("reports:dashboard"), nam=str(YEAR))
    assert "<strong>1/3</strong> đơn vị có kế hoạch năm" in shown
    assert '<td data-label="Có kế hoạch">1/1</td>' in shown
    assert f"{plans_of()}?chuong-trinh={planned.programme.code}" in shown
    client.force_login(planned.chair_of_health)
    assert "Kế hoạch năm của các đơn vị" not in page(client, reverse("reports:dashboard"))


def test_it_opens_to_the_task_groups_and_to_the_unions_with_gaps(client, planned: Province):
    client.force_login(planned.leader)
    whole = page(client, plans_of())
    assert "Công đoàn cơ sở Sở Nội vụ" in whole
    assert "29 nhóm nhiệm vụ của các đơn vị còn trống" in whole
    assert '<td data-label="Nhóm còn trống">2, 3, 4, 5, 6, 7, 8, 9, 10</td>' in whole
    one = page(client, plans_of(), cum="Cụm 1")
    assert "Công đoàn cơ sở Sở Nội vụ" not in one
    assert "Tất cả các cụm" in one
    plan = planned.health.plans.get()
    assert reverse("actionplan:plan", args=[plan.pk]) in one
    client.force_login(planned.chair_of_health)
    assert "<strong>1/1</strong> đơn vị có kế hoạch năm" in page(client, plans_of("SYT"))
    assert client.get(plans_of("SNV")).status_code == 404


def test_who_reads_totals_alone_is_shown_no_union(client, planned: Province):
    client.force_login(planned.viewer)
    shown = page(client, plans_of())
    assert "Theo nhóm nhiệm vụ" in shown
    assert "Công đoàn cơ sở Sở Y tế" not in shown


def test_it_takes_as_many_statements_for_thirty_unions(client, planned: Province):
    client.force_login(planned.leader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            page(client, plans_of())
        return len(statements)

    few = asked()
    for number in range(27):
        make_union(planned.root, code=f"CD{number}", name=f"Công đoàn số {number}")
    assert asked() == few
