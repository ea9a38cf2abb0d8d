"""Directives and milestones on the portal, as a telephone without script sends them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import DirectiveCopy
from actionplan.services import directive_answers, directives, milestones
from actionplan.services.directive_answers import Told
from tests.actionplan.directing import copy_of, give
from tests.actionplan.test_milestones import goal
from tests.builders import PDF, Province


@pytest.fixture
def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("biên bản.pdf", PDF)


def _page(client, address: str, sent=None) -> str:
    """What the page says in the end, without the layout's breaks."""
    answer = client.get(address) if sent is None else client.post(address, sent, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def copy(province: Province, settings, tmp_path) -> DirectiveCopy:
    """That of the health union, with a letter and its paper."""
    settings.MEDIA_ROOT = tmp_path
    group = province.programme.task_groups.get(number=4)
    attached = SimpleUploadedFile("công văn.pdf", PDF)
    directive = give(province, number="28/CĐVC", group=group, uploads=[attached])
    return copy_of(directive, province.health)


def test_a_clerk_reads_a_directive_and_drafts_the_result(client, province, copy, paper):
    address = copy.get_absolute_url()
    client.force_login(province.clerk_of_health)
    assert "Chỉ đạo: Rà soát quy chế" in _page(client, reverse("home"))
    page = _page(client, address)
    assert "số 28/CĐVC" in page
    assert "công văn.pdf" in page
    assert "Lưu nháp" in page
    assert "Đã nhận</button>" not in page
    assert 'name="give"' not in page
    page = _page(client, address, {"text": "Đang làm", "uploads": [paper], "seen": ""})
    assert "Đã lưu nháp" in page
    assert "biên bản.pdf" in page


def test_a_chair_receives_a_directive_and_gives_the_result(client, province, copy, paper):
    directive_answers.draft(copy, Told("Đang làm", [paper]), by=province.clerk_of_health)
    address = copy.get_absolute_url()
    client.force_login(province.chair_of_health)
    acknowledge = reverse("actionplan:directive-acknowledge", args=[copy.pk])
    assert "đơn vị đã nhận chỉ đạo" in _page(client, acknowledge, {})
    page = _page(client, address, {"text": "Đã xong", "seen": "", "give": "1"})
    assert "người khác của đơn vị đã lưu bản khác" in page
    assert ">Đang làm</p>" in page
    assert "Đã xong</textarea>" in page
    seen = directive_answers.mark_of(copy)
    page = _page(client, address, {"text": " ", "seen": seen, "give": "1"})
    assert "Hãy ghi kết quả đã làm được" in page
    file = copy.results.get().evidence.get()
    said = {"text": "Đã xong", "seen": seen, "give": "1", "removed": [str(file.pk)]}
    page = _page(client, address, said)
    assert "Đã báo kết quả đến công đoàn tỉnh" in page
    assert "biên bản.pdf" not in page
    assert "Báo kết quả</h2>" not in page
    directive_answers.ask_more(copy, "Thiếu quy chế", by=province.officer)
    page = _page(client, address)
    assert "Cần bổ sung: Thiếu quy chế" in page
    assert "Gửi kết quả đến công đoàn tỉnh" in page


def test_a_withdrawn_directive_says_why_and_asks_for_nothing(client, province: Province):
    directive = give(province)
    directives.withdraw(directive, "Có văn bản thay", by=province.officer)
    copy = copy_of(directive, province.health)
    client.force_login(province.chair_of_health)
    page = _page(client, copy.get_absolute_url())
    assert "Lý do: Có văn bản thay" in page
    assert "<form" not in page.partition("<main")[2]
    assert "đã được thu hồi" in _page(client, copy.get_absolute_url(), {"text": "Xong"})


def test_the_list_says_what_waits_first_and_is_empty_before_anything_was_given(
    client, province: Province
):
    client.force_login(province.chair_of_health)
    address = reverse("actionplan:directives")
    assert "Chưa có chỉ đạo nào" in _page(client, address)
    first = give(province, title="Việc thứ nhất")
    give(province, title="Việc thứ hai")
    copy = copy_of(first, province.health)
    page = _page(client, address)
    assert page.index("Việc thứ nhất") < page.index("Việc thứ hai")
    directive_answers.give(copy, Told("Xong"), by=province.chair_of_health)
    page = _page(client, address)
    assert page.index("Việc thứ hai") < page.index("Việc thứ nhất")


def test_a_union_reads_the_milestones_and_notes_what_it_did(
    client, province: Province, paper, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(province.chair_of_health)
    assert "chưa đặt mốc" in _page(client, reverse("actionplan:breakthroughs"))
    milestone = milestones.set_up(goal(province, asked="Ghi số cuộc"), by=province.officer)
    assert milestone.title in _page(client, reverse("actionplan:breakthroughs"))
    address = milestone.get_absolute_url()
    assert "Ghi số cuộc" in _page(client, address)
    page = _page(client, address, {"on": "31/12/2199", "text": "Đã làm", "uploads": [paper]})
    assert "chưa đến" in page
    assert "Tệp vừa chọn thì cần chọn lại" in page
    paper.seek(0)
    page = _page(client, address, {"on": "01/05/2025", "text": "Hai cuộc", "uploads": [paper]})
    assert "Đã ghi đóng góp của Công đoàn cơ sở Sở Y tế" in page
    assert "Hai cuộc" in page
    assert "biên bản.pdf" in page
    whole = reverse("actionplan:breakthrough", args=[milestone.breakthrough_id])
    assert "1 đơn vị đã ghi 1 đóng góp" in _page(client, whole)
    take_back = reverse(
        "actionplan:contribution-take-back", args=[milestone.contributions.get().pk]
    )
    assert "Chưa có đóng góp nào" in _page(client, take_back, {})
    client.force_login(province.chair_of_interior)
    assert "Ghi đóng góp của đơn vị" in _page(client, address)
    client.force_login(province.leader)
    assert "Ghi đóng góp của đơn vị" not in _page(client, address)
