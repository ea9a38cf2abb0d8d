"""The library: found and read by unions, kept by the province, confirmed as read."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplan.models import LibraryDocument, Reading
from actionplan.services import library
from actionplan.services.library import Asked
from tests.actionplan.briefing import paper, pdf, soon
from tests.builders import PDF, Province, make_province, make_union
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice, UnionType


@pytest.fixture
def guidance(province: Province) -> LibraryDocument:
    return library.add(province.root, paper(), pdf(), by=province.officer)


def listed(client, **asked: str) -> list[str]:
    answer = client.get(reverse("actionplan:documents"), asked)
    return [document.title for document in answer.context["page"]]


def test_unions_find_documents_by_kind_and_without_accents(client, province: Province, guidance):
    add = library.add
    add(province.root, paper("Luật Công đoàn", kind="legal_basis", position=2), pdf(), by=None)
    add(province.root, paper("Luật Dân chủ ở cơ sở", kind="legal_basis"), pdf(), by=None)
    add(province.root, paper("Chương trình", kind="programme", number="01/CTr"), pdf(), by=None)
    stranger = make_province(code="KHAC", name="Công đoàn tỉnh khác")
    add(stranger, paper("Của tỉnh khác"), pdf(), by=None)
    client.force_login(province.chair_of_health)
    # kinds in the library's order, then by place
    whole = ["Chương trình", "Hướng dẫn lập kế hoạch năm", "Luật Dân chủ ở cơ sở", "Luật Công đoàn"]
    assert listed(client) == whole
    assert listed(client, q="luat dan chu") == ["Luật Dân chủ ở cơ sở"]
    assert listed(client, q="01/ctr") == ["Chương trình"]
    assert listed(client, loai="legal_basis") == whole[2:]
    assert listed(client, q="khong co") == []


def test_a_union_downloads_the_file_under_its_name(client, province: Province, guidance):
    client.force_login(province.chair_of_interior)
    answer = client.get(reverse("actionplan:document-file", args=[guidance.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert 'filename="huong-dan.pdf"' in answer["Content-Disposition"]


def test_what_is_replaced_leads_on_and_what_is_withdrawn_is_gone(client, province, guidance):
    officer = province.officer
    new = library.replace(guidance, paper("Hướng dẫn mới"), pdf(), by=officer)
    client.force_login(province.chair_of_health)
    assert listed(client) == ["Hướng dẫn mới"]
    old = client.get(guidance.get_absolute_url()).content.decode()
    assert f'<a href="{new.get_absolute_url()}">Hướng dẫn mới' in old
    assert "Thay thế <a" in client.get(new.get_absolute_url()).content.decode()
    with pytest.raises(RuleBroken, match="đã được thay bằng"):
        library.replace(guidance, paper("Hướng dẫn khác"), pdf(), by=officer)
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        library.withdraw(new, " ", by=officer)
    library.withdraw(new, "Sai số văn bản", by=officer)
    assert client.get(new.get_absolute_url()).status_code == 404
    assert listed(client) == []
    library.bring_back(new, by=officer)
    assert listed(client) == ["Hướng dẫn mới"]


def test_a_document_is_corrected_with_what_it_said_in_the_journal(province: Province, guidance):
    library.amend(guidance, paper(number="12/HD-CĐVC"), by=province.officer)
    line = JournalEntry.objects.latest("pk")
    assert line.details == {"trước": {"number": "11/HD-CĐVC"}}
    library.amend(guidance, paper(number="12/HD-CĐVC"), by=province.officer)
    assert JournalEntry.objects.latest("pk") == line
    with pytest.raises(RuleBroken, match="chưa đến") as refused:
        library.add(province.root, replace(paper(), issued_on=soon(1)), pdf(), by=None)
    assert refused.value.about == "issued_on"


def test_only_the_province_keeps_the_library(province: Province, guidance):
    for who in (province.chair_of_health, province.leader, province.inspector, province.viewer):
        with pytest.raises(PermissionDenied):
            library.add(province.root, paper(), pdf(), by=who)
        with pytest.raises(PermissionDenied):
            library.ask_reading(guidance, Asked(soon()), by=who)
    library.ask_reading(guidance, Asked(soon()), by=province.administrator)


def test_reading_is_asked_of_chosen_types_and_clusters_and_told_once(province: Province, guidance):
    school = make_union(
        province.root,
        code="TH",
        name="Công đoàn Trường Chính trị",
        type=UnionType.PUBLIC_SERVICE_FULL,
        cluster="Cụm 1",
    )
    officer = province.officer
    asked = library.ask_reading(guidance, Asked(soon(), clusters=["Cụm 1"]), by=officer)
    assert asked == 2
    assert readers_asked(guidance) == {province.health.pk, school.pk}
    told = Notice.objects.filter(title__startswith="Đọc văn bản")
    people = {province.chair_of_health, province.clerk_of_health}
    assert {notice.recipient for notice in told} == people
    # another choice: who is asked again is not told again, who is asked no more need not
    narrowed = Asked(soon(20), types=[UnionType.AGENCY])
    assert library.ask_reading(guidance, narrowed, by=officer) == 2
    assert readers_asked(guidance) == {province.health.pk, province.interior.pk}
    assert told.all().count() == 3
    assert {row.due_on for row in guidance.readings.all()} == {soon(20)}
    with pytest.raises(RuleBroken, match="Không có đơn vị nào"):
        library.ask_reading(guidance, Asked(soon(), clusters=["Cụm 9"]), by=officer)
    with pytest.raises(RuleBroken, match="đã qua") as refused:
        library.ask_reading(guidance, Asked(soon(-1)), by=officer)
    assert refused.value.about == "due_on"
    library.stop_asking(guidance, by=officer)
    assert not guidance.readings.exists()


def readers_asked(document: LibraryDocument) -> set[int]:
    return set(document.readings.values_list("union", flat=True))


def test_reading_is_confirmed_by_the_button_and_never_by_opening(client, province, guidance):
    library.ask_reading(guidance, Asked(soon()), by=province.officer)
    chair = province.chair_of_health
    client.force_login(chair)
    page = client.get(reverse("actionplan:documents")).content.decode()
    assert "Cần đọc và xác nhận" in page
    assert "Văn bản cần đọc" in client.get(reverse("home")).content.decode()
    client.get(guidance.get_absolute_url())
    file = client.get(reverse("actionplan:document-file", args=[guidance.pk]))
    assert b"".join(file.streaming_content) == PDF
    assert not Reading.objects.exclude(read_at=None).exists()
    for _ in range(2):
        client.post(reverse("actionplan:document-read", args=[guidance.pk]), {"union": "SYT"})
    # the first who said so stands
    library.confirm_read(guidance, province.health, by=province.clerk_of_health)
    (reading,) = Reading.objects.exclude(read_at=None)
    assert (reading.union, reading.read_by, reading.due_on) == (province.health, chair, soon())
    assert JournalEntry.objects.filter(sentence__contains="xác nhận đã đọc").count() == 1 + 1
    page = client.get(reverse("actionplan:documents")).content.decode()
    assert "Cần đọc và xác nhận" not in page
    page = client.get(guidance.get_absolute_url()).content.decode()
    assert "Nguyễn Văn Ước xác nhận đã đọc" in page


def test_who_was_not_asked_may_confirm_too_and_nobody_for_others(province: Province, guidance):
    reading = library.confirm_read(guidance, province.health, by=province.chair_of_health)
    assert (reading.due_on, reading.read_by) == (None, province.chair_of_health)
    for who in (province.officer, province.administrator, province.chair_of_interior):
        with pytest.raises(PermissionDenied):
            library.confirm_read(guidance, province.health, by=who)
    library.withdraw(guidance, "Sai số", by=province.officer)
    with pytest.raises(RuleBroken, match="đã được thu hồi"):
        library.confirm_read(guidance, province.interior, by=province.chair_of_interior)


def test_the_desk_lists_who_has_read_and_who_is_late(client, province: Province, guidance):
    library.ask_reading(guidance, Asked(soon()), by=province.officer)
    library.confirm_read(guidance, province.health, by=province.chair_of_health)
    Reading.objects.filter(union=province.interior).update(
        due_on=timezone.localdate() - timedelta(1)
    )
    client.force_login(province.officer)
    desk = reverse("admin:actionplan_reading_changelist")
    for asked, codes in (
        ({}, ["SNV", "SYT"]),
        ({"doc": "roi"}, ["SYT"]),
        ({"doc": "chua"}, ["SNV"]),
        ({"doc": "qua-han"}, ["SNV"]),
        ({"q": "noi vu"}, ["SNV"]),
        ({"document__id__exact": str(guidance.pk)}, ["SNV", "SYT"]),
    ):
        rows = client.get(desk, asked).context["cl"].result_list
        assert sorted(row.union.code for row in rows) == codes
    sheet = load_workbook(io.BytesIO(client.get(f"{desk}tai-excel/?doc=roi").content)).active
    assert sheet["A2"].value == "SYT"
    assert "Nguyễn Văn Ước" in {cell.value for cell in sheet[2]}
    documents = reverse("admin:actionplan_librarydocument_changelist")
    assert "1/2 đơn vị" in client.get(documents, {"q": "huong dan"}).content.decode()


def test_the_officer_puts_replaces_and_asks_at_the_desk(client, province: Province):
    client.force_login(province.officer)

    def act(name: str, *keys: int, **said: object):
        return client.post(reverse(f"admin:actionplan_librarydocument_{name}", args=keys), said)

    typed = {"kind": "plan", "title": "Kế hoạch 2026", "issued_on": "10/01/2025", "position": "1"}
    faulty = act("add_document", **typed, issuer="Công đoàn tỉnh", union=province.root.pk)
    assert "file" in faulty.context["form"].errors
    whole = typed | {"issuer": "Công đoàn tỉnh", "union": province.root.pk}
    act("add_document", **whole, file=pdf())
    document = LibraryDocument.objects.get()
    act("amend", document.pk, **whole | {"title": "Kế hoạch năm 2026"})
    act("ask_reading", document.pk, due_on=f"{soon():%d/%m/%Y}", clusters=["Cụm 1"])
    document.refresh_from_db()
    assert (document.title, document.read_clusters) == ("Kế hoạch năm 2026", ["Cụm 1"])
    assert readers_asked(document) == {province.health.pk}
    page = client.get(reverse("admin:actionplan_librarydocument_change", args=[document.pk]))
    acts = ("thu-hoi", "thay-the", "thoi-thu-hoi")
    offered = [name for name in acts if f"/{name}" in page.content.decode()]
    assert offered == ["thu-hoi", "thay-the"]
    act("replace", document.pk, **whole | {"title": "Kế hoạch sửa"}, file=pdf())
    document.refresh_from_db()
    assert document.replaced_by.title == "Kế hoạch sửa"
