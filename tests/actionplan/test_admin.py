"""Programmes at the desk: readable as a whole, their titles to be corrected."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

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
    assert entry.details == {"trước": {"title": old}, "sau": {"title": "Tên mới"}}


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


AMENDED = {"number": "05/CTr-CĐVC", "in_force_on": "01/03/2026"}


@pytest.mark.parametrize("model", [Programme, TaskGroup, Action, Breakthrough])
def test_the_page_of_a_part_shows_what_it_said_before(client, province: Province, model):
    part = model.objects.first()
    name = model._meta.model_name
    old = part.title
    client.force_login(province.administrator)
    client.post(
        reverse(f"admin:actionplan_{name}_rename", args=[part.pk]), {"title": "Tên mới"} | AMENDED
    )
    client.force_login(province.inspector)
    page = client.get(reverse(f"admin:actionplan_{name}_change", args=[part.pk])).content.decode()
    told = " ".join(page.split())
    assert "Trước ngày 01/03/2026 (sửa theo văn bản số 05/CTr-CĐVC)" in told
    assert "người sửa: Đỗ Quản Trị" in told
    assert f"<q>{escape(old)}</q>" in told


def test_the_objectives_are_amended_and_the_old_ones_stay(client, province: Province):
    address = reverse("admin:actionplan_programme_rename", args=[province.programme.pk])
    client.force_login(province.administrator)
    old = province.programme.objectives
    typed = client.get(address).context["form"].initial
    assert typed["objectives"] == "\n".join(old)
    sent = typed | {"objectives": " Mục tiêu  một\r\n\r\nMục tiêu hai "} | AMENDED
    client.post(address, sent)
    province.programme.refresh_from_db()
    assert province.programme.objectives == ["Mục tiêu một", "Mục tiêu hai"]
    page = client.get(
        reverse("admin:actionplan_programme_change", args=[province.programme.pk])
    ).content.decode()
    assert escape(old[0]) in page
    assert "Văn bản số 05/CTr-CĐVC, có hiệu lực từ ngày 01/03/2026" in page


def test_half_a_document_is_told_above_the_form(client, province: Province):
    group = TaskGroup.objects.first()
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_taskgroup_rename", args=[group.pk])
    answer = client.post(address, {"title": "Tên mới", "number": "05"})
    assert "ghi cả số và ngày có hiệu lực" in answer.content.decode()
    assert TaskGroup.objects.get(pk=group.pk).title == group.title


def test_a_title_that_the_column_does_not_hold_is_refused(client, province: Province):
    group = TaskGroup.objects.first()
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_taskgroup_rename", args=[group.pk])
    answer = client.post(address, {"title": "x" * 301})
    assert "Tên gọi dài 301 ký tự; nhiều nhất 300." in answer.content.decode()
    client.post(address, {"title": "x" * 300})
    assert TaskGroup.objects.get(pk=group.pk).title == "x" * 300


def _act(name: str, programme: Programme) -> str:
    return reverse(f"admin:actionplan_programme_{name}", args=[programme.pk])


def _offered(client, programme: Programme) -> set[str]:
    page = client.get(_act("change", programme)).content.decode()
    names = ("close", "take_back_closing", "succeed", "take_back_succession")
    return {name for name in names if f'href="{_act(name, programme)}"' in page}


def test_a_programme_is_closed_at_the_desk_after_a_look_at_what_it_means(
    client, province: Province
):
    programme, sent = province.programme, {"on": "30/06/2025", "reason": "Sáp nhập tỉnh"}
    client.force_login(province.administrator)
    assert _offered(client, programme) == {"close", "succeed"}
    looked = client.post(_act("close", programme), sent | {"preview": "1"})
    assert "Không còn báo cáo các năm 2026, 2027, 2028." in looked.content.decode()
    assert looked.context["form"].initial["reason"] == "Sáp nhập tỉnh"
    assert Programme.objects.get().closed_on is None
    late = client.post(_act("close", programme), sent | {"preview": "1", "on": "01/01/2030"})
    assert "phải từ ngày ban hành 13/03/2024" in late.content.decode()
    done = client.post(_act("close", programme), sent, follow=True).content.decode()
    assert "Đã ghi kết thúc sớm chương trình phu-tho-2023-2028." in done
    told = "Chương trình kết thúc sớm ngày 30/06/2025 (Sáp nhập tỉnh); không báo cáo năm 2026,"
    assert told in done
    assert _offered(client, programme) == {"take_back_closing", "succeed"}
    client.post(_act("take_back_closing", programme), {})
    assert Programme.objects.get().closed_on is None


def test_a_programme_succeeds_another_at_the_desk_and_both_pages_say_so(client, province: Province):
    old = province.programme
    later = Programme.objects.create(
        code="sau",
        union=province.root,
        title="Chương trình nhiệm kỳ sau",
        issued_on=date(2028, 9, 1),
        term_from=2028,
        term_to=2033,
        reporting_years=[2029, 2030],
    )
    client.force_login(province.administrator)
    refused = client.post(_act("succeed", old), {"other": later.pk})
    assert "phải ban hành sau ngày" in refused.content.decode()
    client.post(_act("succeed", later), {"other": old.pk})
    for one, other in ((old, later), (later, old)):
        page = client.get(_act("change", one)).content.decode()
        assert f'href="{_act("change", other)}"' in page
    assert _offered(client, later) == {"close", "succeed", "take_back_succession"}
    client.post(_act("take_back_succession", later), {"other": old.pk})
    old.refresh_from_db()
    assert old.succeeded_by is None


@pytest.mark.parametrize("name", ["close", "take_back_closing", "succeed", "take_back_succession"])
def test_who_only_reads_changes_no_programme(client, province: Province, name):
    client.force_login(province.officer)
    sent = {"on": "30/06/2025", "reason": "Vì", "other": province.programme.pk}
    assert client.post(_act(name, province.programme), sent).status_code == 403
    assert Programme.objects.get().closed_on is None
