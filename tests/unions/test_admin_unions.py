"""The list of unions at the desk: what it finds, what it filters by, how it says they stand."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import Province, make_union
from unions.models import Union
from unions.services import changes, unions
from unions.services.events import Decision

PAST = date(2025, 7, 1)


@pytest.fixture
def desk(client: Client, province: Province) -> Client:
    client.force_login(province.officer)
    return client


def listed(desk: Client, **asked: str) -> list[str]:
    """The codes of the unions that the list shows."""
    page = desk.get(reverse("admin:unions_union_changelist"), asked)
    return [union.code for union in page.context["cl"].result_list]


@pytest.mark.parametrize(
    ("term", "found"),
    [("nganh y te", ["SYT"]), ("so y te", ["SYT"]), ("so noi vu", ["SNV"]), ("khong co", [])],
)
def test_a_union_is_found_by_the_name_it_bears_and_by_those_it_bore(
    desk: Client, province: Province, term, found
):
    changes.rename(province.health, "Công đoàn Ngành Y tế", Decision(PAST), by=None)
    assert listed(desk, q=term) == found


def test_a_union_that_bore_a_name_twice_is_listed_once(desk: Client, province: Province):
    changes.suspend(province.health, Decision(PAST), by=None)
    assert listed(desk, q="y te") == ["SYT"]


def test_unions_are_listed_by_whether_they_work_today(desk: Client, province: Province):
    later = timezone.localdate() + timedelta(30)
    leaving = make_union(province.root, code="DI", name="Công đoàn sắp kết thúc")
    unions.dissolve(leaving, Decision(later), by=None)
    unions.dissolve(province.health, Decision(PAST), by=None)
    changes.suspend(province.interior, Decision(PAST), by=None)
    assert listed(desk, **{"hoat-dong": "con"}) == ["DI", "CDVC"]
    assert listed(desk, **{"hoat-dong": "nghi"}) == ["SNV"]
    assert listed(desk, **{"hoat-dong": "het"}) == ["SYT"]
    assert len(listed(desk)) == 4
    assert {one.code: one.standing for one in Union.objects.all()} == {
        "CDVC": "Đang hoạt động",
        "SNV": "Đang tạm dừng",
        "SYT": "Đã kết thúc từ 01/07/2025",
        "DI": f"Sẽ kết thúc từ {later:%d/%m/%Y}",
    }


def test_unions_are_listed_by_level_and_cluster(desk: Client):
    assert listed(desk, current__level__exact="upper") == ["CDVC"]
    assert listed(desk, current__cluster="Cụm 1") == ["SYT"]
