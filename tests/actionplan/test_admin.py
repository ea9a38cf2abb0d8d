"""Programmes at the desk: readable as a whole, their titles to be corrected."""

import pytest
from django.urls import reverse

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from tests.builders import Province, make_programme, make_province
from unions.models import JournalEntry


def test_the_page_of_a_programme_holds_all_its_parts(
    client, province: Province, django_assert_max_num_queries
):
    client.force_login(province.inspector)
    with django_assert_max_num_queries(30):
        address = reverse("admin:actionplan_programme_change", args=[province.programme.pk])
        page = client.get(address).content.decode()
    assert page.count("admin/actionplan/action") == 0
    for part in [TaskGroup.objects.get(number=10), Breakthrough.objects.get(number=3)]:
        assert str(part) in page
    for said in ["≥ 85%", "Hoàn thành tốt nhiệm vụ trở lên", "TT LĐLĐ tỉnh", "13/03/2024"]:
        assert said in page


@pytest.mark.parametrize("model", [Programme, TaskGroup, Action, Breakthrough])
def test_a_title_is_corrected_by_the_administrator_alone(client, province: Province, model):
    part = model.objects.first()
    name = f"admin:actionplan_{model._meta.model_name}_rename"
    address = reverse(name, args=[part.pk])
    old = part.title
    client.force_login(province.officer)
    assert client.post(address, {"title": "Tên khác"}).status_code == 403
    part.refresh_from_db()
    assert part.title == old
    client.force_login(province.administrator)
    client.post(address, {"title": "  Tên   mới "})
    part.refresh_from_db()
    assert part.title == "Tên mới"
    entry = JournalEntry.objects.first()
    assert entry.sentence.startswith(f"Đổi tên {model._meta.verbose_name}")
    assert entry.details == {"trước": old, "sau": "Tên mới"}


@pytest.mark.parametrize("empty", [" ", "\u200b\ufe0f"])
def test_a_title_is_not_emptied(client, province: Province, empty: str):
    group = TaskGroup.objects.first()
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_taskgroup_rename", args=[group.pk])
    assert client.post(address, {"title": empty}).context["form"].errors
    old = group.title
    group.refresh_from_db()
    assert group.title == old


def test_parts_of_another_provinces_programme_do_not_exist_here(client, province: Province):
    foreign = make_programme(make_province(code="CDVC2", name="Tỉnh khác"), code="tinh-khac")
    client.force_login(province.administrator)
    for name, own, theirs in [
        ("programme", province.programme, foreign),
        ("taskgroup", province.programme.task_groups.first(), foreign.task_groups.first()),
        ("breakthrough", province.programme.breakthroughs.first(), foreign.breakthroughs.first()),
        (
            "action",
            *(
                Action.objects.filter(group__programme=one).first()
                for one in (province.programme, foreign)
            ),
        ),
    ]:
        address = f"admin:actionplan_{name}_change"
        assert client.get(reverse(address, args=[own.pk])).status_code == 200
        assert client.get(reverse(address, args=[theirs.pk])).status_code == 404


def test_the_list_of_periods_names_the_programme_by_number_and_term(client, province: Province):
    client.force_login(province.inspector)
    address = reverse("admin:actionplan_period_changelist")
    page = client.get(address).content.decode()
    assert "01/CTr-CDVC, 2023-2028" in page
    assert province.programme.title not in page
    Programme.objects.update(number="")
    assert "Nhiệm kỳ 2023-2028" in client.get(address).content.decode()
