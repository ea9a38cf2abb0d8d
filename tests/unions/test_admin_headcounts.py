"""Headcounts at the desk."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.builders import Province
from unions.models import Headcount, Union

DAY = date(2025, 11, 30)
NUMBERS = {"members": "1.040", "female": "600", "workers": "1 100", "committee": ""}


def _act(name: str, row: Headcount | None = None) -> str:
    return reverse(f"admin:unions_headcount_{name}", args=[row.pk] if row else [])


def _record(client, union: Union, **changed: str):
    typed = NUMBERS | {"union": union.pk, "counted_on": "30/11/2025"} | changed
    return client.post(_act("record"), typed)


def _stored() -> list[tuple[object, ...]]:
    fields = ("union__code", "members", "female", "workers", "committee")
    return list(Headcount.objects.values_list(*fields))


def _said(response) -> list[tuple[str, str]]:
    return [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)]


def test_numbers_are_read_as_offices_write_them(client, province: Province):
    client.force_login(province.administrator)
    response = _record(client, province.health)
    assert _stored() == [("SYT", 1040, 600, 1100, None)]
    assert _said(response) == [
        ("success", "Đã ghi số đoàn viên, người lao động của Công đoàn cơ sở Sở Y tế.")
    ]


def test_what_is_odd_is_warned_of(client, province: Province):
    client.force_login(province.administrator)
    response = _record(client, province.health, members="90", female="", workers="80")
    assert [tag for tag, _ in _said(response)] == ["warning", "success"]
    assert _stored() == [("SYT", 90, None, 80, None)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"members": ""}, "Mục này là bắt buộc."),
        ({"members": "1,040"}, "ô này chỉ nhận số nguyên"),
        ({"members": "85,5"}, "không phải số nguyên"),
        ({"members": "bốn mươi"}, "không phải là số"),
        ({"female": "1.041"}, "là 1.041, lớn hơn 1.040 đoàn viên"),
        ({"counted_on": "30/11/2019"}, "mới thành lập ngày 01/01/2020"),
    ],
)
def test_a_mistake_is_told_above_what_was_typed(client, province: Province, changed, sentence):
    client.force_login(province.administrator)
    response = _record(client, province.health, **changed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert _stored() == []


def test_a_count_is_corrected_and_taken_back(client, province: Province):
    client.force_login(province.administrator)
    row = Headcount.objects.create(union=province.health, counted_on=DAY, members=1200, female=6)
    form = client.get(_act("correct", row)).context["form"]
    assert (form["members"].value(), form["workers"].value()) == ("1.200", None)
    client.post(_act("correct", row), NUMBERS)
    assert _stored() == [("SYT", 1040, 600, 1100, None)]
    unchanged = client.post(_act("correct", row), NUMBERS)
    assert ("success", "Số liệu không có gì thay đổi.") in _said(unchanged)
    client.post(_act("take_back", row), {})
    assert _stored() == []


def test_the_page_of_a_union_shows_its_headcounts(client, province: Province):
    Headcount.objects.create(union=province.health, counted_on=DAY, members=1234)
    Headcount.objects.create(union=province.interior, counted_on=DAY, members=987)
    client.force_login(province.officer)
    page = client.get(reverse("admin:unions_union_change", args=[province.health.pk]))
    assert "1.234" in page.content.decode()
    assert "987" not in page.content.decode()
