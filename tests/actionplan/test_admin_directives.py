"""Directives and milestones at the desk: written, looked at, sent, followed, taken out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from actionplan.models import Directive, DirectiveCopy, Milestone
from actionplan.services import directives
from tests.actionplan.directing import answer, copy_of, give, order, soon
from tests.actionplan.test_directives import larger
from tests.builders import PDF, Province, make_union
from unions.models import UnionType

__all__ = ["larger"]


@pytest.fixture
def desk(client, province: Province, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(province.officer)
    return client


def _page(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _at(act: str, *keys: int) -> str:
    return reverse(f"admin:actionplan_{act}", args=keys)


def test_a_directive_is_written_looked_at_and_amended(desk, larger: Province):
    said = {"title": "Rà soát", "text": "Gửi quy chế", "due_on": f"{soon(9):%d/%m/%Y}"}
    page = _page(desk.post(_at("directive_write"), said))
    assert "Hãy chọn nơi nhận" in page
    chosen = {"clusters": ["Cụm 1"], "named": [larger.interior.pk]}
    upload = SimpleUploadedFile("công văn.pdf", PDF)
    sent = said | chosen | {"uploads": [upload]}
    page = _page(desk.post(_at("directive_write"), sent, follow=True))
    assert "Đơn vị nhận nếu gửi hôm nay: 3" in page
    assert "Đang tạm dừng hoạt động, không nhận: 1" in page
    assert "công văn.pdf" in page
    draft = Directive.objects.get()
    assert "Cụm 1" in _page(desk.get(_at("directive_amend", draft.pk)))
    paper = draft.papers.get()
    changed = said | {"types": [UnionType.PUBLIC_SERVICE_FULL], "removed": [paper.pk]}
    page = _page(desk.post(_at("directive_amend", draft.pk), changed, follow=True))
    assert "Đơn vị nhận nếu gửi hôm nay: 1" in page
    assert "công văn.pdf" not in page


def test_it_is_sent_to_those_that_its_page_showed(desk, province: Province):
    draft = directives.write(province.root, order(), by=province.officer)
    page = _page(desk.get(_at("directive_send", draft.pk)))
    assert "Gửi cho 2 đơn vị" in page
    make_union(province.root, code="MOI", name="Đơn vị mới")
    page = _page(desk.post(_at("directive_send", draft.pk), _shown(page)))
    assert "danh sách đơn vị nhận đã thay đổi" in page
    assert "Gửi cho 3 đơn vị" in page
    page = _page(desk.post(_at("directive_send", draft.pk), _shown(page), follow=True))
    assert "cho 3 đơn vị" in page
    assert DirectiveCopy.objects.count() == 3


def _shown(page: str) -> dict[str, str]:
    """The mark that a page brings along."""
    return {"shown": page.partition('name="shown" value="')[2].partition('"')[0]}


def test_the_list_is_narrowed_searched_without_accents_and_taken_out(desk, province: Province):
    directive, other = give(province), give(province, title="Việc khác", due_on=soon(0))
    answer(copy_of(directive, province.health), province.chair_of_health)
    DirectiveCopy.objects.filter(directive=other).update(extended_until=None)
    Directive.objects.filter(pk=other.pk).update(due_on=soon(-1))
    list_of = _at("directivecopy_changelist")
    for asked, expected in (
        ({}, 4),
        ({"chi-dao": directive.pk}, 2),
        ({"chi-dao": directive.pk, "tinh-hinh": "chua-nhan"}, 1),
        ({"tinh-hinh": "qua-han"}, 2),
        ({"tinh-hinh": "da-bao", "q": "so y te"}, 1),
        ({"q": "viec khac"}, 2),
    ):
        shown = desk.get(list_of, asked)
        assert shown.context["cl"].result_count == expected, asked
    excel = desk.get(_at("directivecopy_excel"), {"chi-dao": directive.pk})
    rows = list(load_workbook(io.BytesIO(excel.content)).active.iter_rows(values_only=True))
    assert [str(one).lower() for one in rows[0]] == [
        *("đơn vị", "chỉ đạo", "tình hình", "hạn", "nhận lúc", "người nhận"),
        *("báo kết quả lúc", "kết quả"),
    ]
    assert [row[0] for row in rows[1:]] == ["Công đoàn cơ sở Sở Nội vụ", "Công đoàn cơ sở Sở Y tế"]
    assert rows[2][2] == "Đã báo kết quả"
    assert rows[2][5] == "Nguyễn Văn Ước"
    assert rows[2][7] == "Đã rà soát, ban hành lại."
    page = _page(desk.get(_at("directive_change", directive.pk)))
    assert f"chi-dao={directive.pk}&amp;tinh-hinh=da-bao" in page


def test_the_first_page_of_the_desk_counts_results_that_wait_and_late_unions(
    desk, province: Province
):
    directive = give(province)
    assert "<h2>Chỉ đạo</h2>" not in _page(desk.get(reverse("admin:index")))
    answer(copy_of(directive, province.health), province.chair_of_health)
    Directive.objects.update(due_on=soon(-1))
    page = _page(desk.get(reverse("admin:index")))
    assert "<strong>1</strong> kết quả chỉ đạo chờ chấp nhận" in page
    assert "<strong>1</strong> đơn vị quá hạn báo kết quả chỉ đạo" in page


def test_the_desk_gives_more_time_asks_for_more_and_accepts(desk, province: Province):
    copy = copy_of(give(province), province.health)
    until = {"until": f"{soon(9):%d/%m/%Y}", "reason": "Bão số 3"}
    page = _page(desk.post(_at("directivecopy_extend", copy.pk), until))
    assert "không sau hạn hiện nay" in page
    until["until"] = f"{soon(20):%d/%m/%Y}"
    page = _page(desk.post(_at("directivecopy_extend", copy.pk), until, follow=True))
    assert "Lý do: Bão số 3" in page
    answer(copy, province.chair_of_health, "Đã rà soát")
    assert "Đã rà soát" in _page(desk.get(_at("directivecopy_accept", copy.pk)))
    why = {"reason": "Thiếu quy chế"}
    page = _page(desk.post(_at("directivecopy_ask_more", copy.pk), why, follow=True))
    assert "Thiếu quy chế" in page
    answer(copy, province.chair_of_health, "Đã gửi quy chế")
    page = _page(desk.post(_at("directivecopy_accept", copy.pk), {}, follow=True))
    assert "Đã chấp nhận kết quả" in page
    assert "Đã gửi quy chế" in page


def test_a_milestone_is_set_and_reached_at_the_desk(desk, province: Province):
    breakthrough = province.programme.breakthroughs.get(number=2)
    said = {"breakthrough": breakthrough.pk, "title": "Bồi dưỡng", "owner": "Ban Tổ chức"}
    page = _page(desk.post(_at("milestone_add_milestone"), said | {"due_on": "01/01/2030"}))
    assert "ngoài nhiệm kỳ" in page
    said["due_on"] = "31/12/2026"
    page = _page(desk.post(_at("milestone_add_milestone"), said, follow=True))
    assert "Chưa đơn vị nào ghi đóng góp" in page
    milestone = Milestone.objects.get()
    reached = {"status": "done", "done_on": "01/06/2025", "result": "Đã mở 12 lớp"}
    proof = SimpleUploadedFile("danh sách lớp.pdf", PDF)
    page = _page(
        desk.post(_at("milestone_stand", milestone.pk), reached | {"uploads": [proof]}, follow=True)
    )
    assert "Đã mở 12 lớp" in page
    assert "danh sách lớp.pdf" in page
