"""Grading at the desk and on the portal, as people click through it."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from indicators.admin.grading_deciding import mark_of
from indicators.grading import Score, parse
from indicators.models import Grading, GradingDecision, GradingSheet
from indicators.services import grading_sheets, gradings
from indicators.services.gradings import Given
from tests.builders import GRADING_SHEET, PDF, Province, fill_in
from tests.support.forms import SentForm
from unions.errors import RuleBroken

CODES = [*("1.1", "1.2", "1.3", "1.4"), *("2.1", "2.2", "2.3", "2.4"), *("3.1", "3.2", "4.1")]
MOST = ["10"] * 8 + ["8", "7", "5"]


# why the level is lower than the points
HELD = "vì có điểm liệt: tiêu chí 1.1 dưới 50%"


@pytest.fixture
def grading(province: Province) -> Grading:
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    gradings.open_gradings(province.period, by=None)
    return Grading.objects.get(submission__union=province.health)


def points(**other: str) -> dict[str, str]:
    """The fields of all points, the most of each but the `other`."""
    return {f"d{place}": most for place, most in enumerate(MOST)} | other


def handed_in(grading: Grading) -> Grading:
    given = dict(zip(CODES, map(Decimal, MOST), strict=True))
    gradings.save(grading, Given(Score(given)), by=None)
    return gradings.hand_in(grading, by=None)


def act(grading: Grading, name: str) -> str:
    return reverse(f"admin:indicators_grading_{name}", args=[grading.pk])


def drawn_of(page) -> dict[str, str]:
    """What the form of the page, at the portal or at the desk, would send untouched."""
    own = "phieu-cham" if "phieu-cham" in page.content.decode() else None
    return SentForm(page.content.decode(), own).fields


def drawn(client, address: str) -> dict[str, str]:
    """The same of the page at an address."""
    return drawn_of(client.get(address))


def chosen(grading: Grading) -> dict[str, object]:
    """The tick of this one, as the page shows it now."""
    return {"mark": mark_of([grading]), "chosen": [str(grading.pk)]}


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_chair_scores_and_hands_in_with_commas_and_a_file(client, province: Province, grading):
    client.force_login(province.chair_of_health)
    home = client.get(reverse("home")).content.decode()
    assert grading.get_absolute_url() in home
    address = grading.get_absolute_url()
    sent = drawn(client, address) | points(d0="4,5", r0="Đã ban hành", hand_in="1")
    file = SimpleUploadedFile("quy chế.pdf", PDF)
    page = client.post(address, sent | {"f0": file}, follow=True)
    assert told(page)[0].startswith("Đã nộp điểm tự chấm lúc")
    shown = page.content.decode()
    assert "94,50 điểm" in shown
    assert f"Hoàn thành tốt nhiệm vụ ({HELD})" in shown
    assert "quy chế.pdf" in shown
    assert "/thu-nho/" in shown
    assert grading.get_absolute_url() not in client.get(reverse("home")).content.decode()


def test_what_cannot_be_is_told_by_criterion_and_nothing_is_lost(client, province, grading):
    client.force_login(province.chair_of_health)
    address = grading.get_absolute_url()
    page = client.post(address, drawn(client, address) | points(d0="12", d1="mười", r2="Tốt"))
    form = page.context["form"]
    shown = page.content.decode()
    assert [(one.where, one.anchor) for one in form.mistakes] == [
        ("Tiêu chí 1.1, điểm", "id_d0"),
        ("Tiêu chí 1.2, điểm", "id_d1"),
    ]
    assert form.errors["d0"] == ["Điểm phải từ 0 đến 10."]
    assert "“mười” không phải là số" in form.errors["d1"][0]
    assert "Chưa ô nào được lưu" in shown
    assert 'value="mười"' in shown
    assert form["r2"].value() == "Tốt"
    grading.refresh_from_db()
    assert grading.own == {}


def test_part_is_kept_and_what_is_missing_is_told(client, province, grading):
    client.force_login(province.chair_of_health)
    sent = drawn(client, grading.get_absolute_url()) | {"d0": "10", "hand_in": "1"}
    page = client.post(grading.get_absolute_url(), sent, follow=True)
    assert "Điểm đã lưu nhưng chưa nộp: còn 10 tiêu chí" in told(page)[0]
    grading.refresh_from_db()
    assert (grading.own["points"], grading.state) == ({"1.1": "10"}, "draft")


def test_two_who_score_at_once_lose_nothing_of_each_other(client, province, grading):
    address = grading.get_absolute_url()
    client.force_login(province.chair_of_health)
    first = Score({"1.1": Decimal(5), "1.2": Decimal("6.5")}, frozenset("b"))
    gradings.save(grading, Given(first, {"1.2": "Có"}), by=None)
    begun = drawn(client, address)
    # the clerk changes 1.1, adds 1.3 and a remark, takes the tick away
    second = Score({"1.1": Decimal(7), "1.2": Decimal("6.5"), "1.3": Decimal(0)})
    gradings.save(grading, Given(second, {"1.2": "Có", "1.3": "Mới"}), by=province.clerk_of_health)
    # the chair changes 1.1 and 1.4, and a wrong number tells no newer state than it was begun from
    typed = {"d0": "10", "d1": "6,50", "d3": "11", "r1": "Có", "k0": "on"}
    wrong = client.post(address, begun | typed)
    assert "Tiêu chí 1.4, điểm" in wrong.content.decode()
    page = client.post(address, drawn_of(wrong) | {"d3": "8"})
    form, shown = page.context["form"], page.content.decode()
    assert "Hà Thị Ân đã sửa" in shown
    assert [(one.where, one.text) for one in form.clashes] == [
        ("Tiêu chí 1.1, điểm", "7; bạn nhập: 10")
    ]
    assert [(one.where, one.text) for one in form.taken_over] == [
        ("Tiêu chí 1.3, điểm", "0"),
        ("Tiêu chí 1.3, thuyết minh", "Mới"),
        (f"Điểm liệt “{grading.sheet.criteria.ticked[0].text}”", "không"),
    ]
    # sent again, it is meant
    answer = client.post(address, drawn_of(page))
    assert answer.status_code == 302
    grading.refresh_from_db()
    assert grading.own == {
        "points": {"1.1": "10", "1.2": "6.5", "1.3": "0", "1.4": "8"},
        "knocked": [],
        "remarks": {"1.2": "Có", "1.3": "Mới"},
    }


def test_what_was_cut_off_on_its_way_saves_nothing(client, province, grading):
    gradings.save(grading, Given(Score({"1.2": Decimal(7)}), {"1.1": "Đủ"}), by=None)
    client.force_login(province.chair_of_health)
    page = client.post(grading.get_absolute_url(), {"d0": "9", "revision": "1"})
    form = page.context["form"]
    assert "chưa trọn" in page.content.decode()
    assert [form[name].value() for name in ("d0", "r0", "d1")] == ["9", "Đủ", "7"]
    grading.refresh_from_db()
    assert grading.own["points"] == {"1.2": "7"}


def test_what_the_form_says_otherwise_is_told_to_who_may_change_it(client, province, grading):
    fill_in(province.health_submission, by=None, i2_1_5b={"grade": "good"})
    address = grading.get_absolute_url()
    client.force_login(province.chair_of_health)
    sent = drawn(client, address) | points(hand_in="1")
    shown = client.post(address, sent, follow=True).content.decode()
    assert "đang ghi “Hoàn thành tốt nhiệm vụ”" in shown
    assert f'href="{grading.submission.get_absolute_url()}"' in shown
    client.force_login(province.leader)
    assert "đang ghi" not in client.get(address).content.decode()


def test_two_who_verify_at_once_lose_nothing_of_each_other(client, province, grading):
    handed_in(grading)
    client.force_login(province.officer)
    address = act(grading, "verify")
    begun = drawn(client, address)
    given = Score(dict(zip(CODES, map(Decimal, MOST), strict=True)) | {"1.2": Decimal(6)})
    gradings.verify(grading, Given(given, {"1.1": "Đủ"}), "good", "Đơn", by=province.administrator)
    page = client.post(address, begun | {"d0": "9"})
    form = page.context["form"]
    assert "đã sửa phiếu chấm điểm này" in str(form.non_field_errors())
    assert "Tiêu chí 1.2, điểm (đã lưu: 6)" in str(form.non_field_errors())
    assert "Mức xếp loại (đã lưu: Hoàn thành tốt nhiệm vụ)" in str(form.non_field_errors())
    assert client.post(address, drawn_of(page)).status_code == 302
    grading.refresh_from_db()
    kept = grading.verified
    assert (kept["points"]["1.1"], kept["points"]["1.2"], kept["remarks"]) == (
        "9",
        "6",
        {"1.1": "Đủ"},
    )


def test_the_clerk_has_no_button_to_hand_in(client, province, grading):
    client.force_login(province.clerk_of_health)
    assert 'name="hand_in"' not in client.get(grading.get_absolute_url()).content.decode()
    client.force_login(province.chair_of_health)
    assert 'name="hand_in"' in client.get(grading.get_absolute_url()).content.decode()


def test_the_desk_opens_verifies_and_recognises(client, province: Province):
    grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    client.force_login(province.officer)
    opening = reverse("admin:indicators_grading_open_gradings")
    page = client.post(opening, {"period": province.period.pk}, follow=True)
    assert told(page) == ["Đã mở chấm điểm năm 2025 cho 2 đơn vị."]
    grading = handed_in(Grading.objects.get(submission__union=province.health))

    cluster = points(d0="9", note="Cụm 1", revision=grading.revision)
    page = client.post(act(grading, "note_cluster"), cluster, follow=True)
    assert told(page) == ["Đã ghi điểm của cụm."]
    grading.refresh_from_db()
    verified = points(d0="4", level="", level_reason="", revision=grading.revision)
    page = client.post(act(grading, "verify"), verified, follow=True)
    # 94 points, but 4 of 10 is below half
    assert told(page) == ["Đã thẩm định: Hoàn thành tốt nhiệm vụ."]
    assert f"<p>{HELD.capitalize()}</p>" in page.content.decode()

    deciding = reverse("admin:indicators_grading_decide")
    offered = client.get(deciding).content.decode()
    assert "Công đoàn cơ sở Sở Y tế (năm 2025): 94 điểm, Hoàn thành tốt nhiệm vụ" in offered
    assert "Sở Nội vụ (năm" not in offered
    grading.refresh_from_db()
    sent = {"number": "15/QĐ-CĐVC", "signed_on": "20/12/2025"} | chosen(grading)
    page = client.post(deciding, sent, follow=True)
    assert told(page)[0].startswith("Đã công nhận 1 đơn vị theo Quyết định số 15/QĐ-CĐVC")
    results = GradingDecision.objects.get().pk
    shown = client.get(reverse("admin:indicators_gradingdecision_change", args=[results]))
    for said in ("94 điểm", HELD.capitalize()):
        assert said in shown.content.decode()


def test_the_list_of_a_decision_is_a_workbook(client, province, grading):
    handed_in(grading)
    given = Given(Score(dict(zip(CODES, map(Decimal, MOST), strict=True))))
    grading = gradings.verify(grading, given, "good", "Đơn thư", by=province.officer)
    client.force_login(province.officer)
    deciding = reverse("admin:indicators_grading_decide")
    sent = {"number": "15", "signed_on": "20/12/2025"} | chosen(grading)
    client.post(deciding, sent)
    decision = GradingDecision.objects.get()
    address = reverse("admin:indicators_grading_excel")
    answer = client.get(address, {"decision__id__exact": decision.pk})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len([row for row in rows if "SYT" in row]) == 1
    [row] = [row for row in rows if "SYT" in row]
    assert row[1] == "Công đoàn cơ sở Sở Y tế"
    assert 100 in row
    assert "Hoàn thành tốt nhiệm vụ" in row
    assert not [one for one in rows if "SNV" in one]


def test_only_what_the_state_allows_has_a_button(client, province, grading):
    client.force_login(province.officer)
    page = reverse("admin:indicators_grading_change", args=[grading.pk])
    assert act(grading, "verify") not in client.get(page).content.decode()
    handed_in(grading)
    shown = client.get(page).content.decode()
    assert act(grading, "verify") in shown
    assert act(grading, "take_back") not in shown


def test_the_administrator_edits_a_sheet_line_by_line(client, province: Province):
    sheet = grading_sheets.load(parse(GRADING_SHEET.read_bytes()), province.root, by=None)
    client.force_login(province.administrator)
    address = reverse("admin:indicators_gradingsheet_amend", args=[sheet.pk])
    form = client.get(address).context["form"]
    sent = {field.html_name: field.value() for field in form}
    sent = {name: value for name, value in sent.items() if value is not None and value is not False}
    # a criterion goes, another comes; the last group has one line and two spare ones
    sent |= {"name": "Mẫu của tỉnh", "g3c0_text": "", "g3c1_code": "4.2"}
    sent |= {"g3c1_text": "Chuyển đổi số", "g3c1_most": "4,5"}
    page = client.post(address, sent, follow=True)
    assert told(page) == ["Đã lưu mẫu phiếu chấm điểm “Mẫu của tỉnh”."]
    changed = GradingSheet.objects.get()
    assert [one.code for one in changed.criteria.groups[3].criteria] == ["4.2"]
    assert changed.criteria.most == Decimal("99.5")
    assert changed.criteria.knock_outs == sheet.criteria.knock_outs
    refused = client.post(address, sent | {"least_good": "95"})
    assert "“Hoàn thành tốt nhiệm vụ”" in refused.content.decode()


def test_the_shipped_example_and_a_file_are_taken_in_at_the_desk(client, province: Province):
    client.force_login(province.administrator)
    address = reverse("admin:indicators_gradingsheet_load")
    assert not client.get(address).context["form"].is_bound
    assert client.post(address, {}).context["form"].has_error("file", "required")
    page = client.post(address, {"example": "1"}, follow=True)
    assert told(page)[0].startswith("Đã nạp mẫu phiếu chấm điểm “Ví dụ theo thang điểm HD 1294")
    content = GRADING_SHEET.read_bytes().replace(b"excellent = 90", b"excellent = 95")
    file = SimpleUploadedFile("mau.toml", content)
    client.post(address, {"file": file})
    assert dict(GradingSheet.objects.get().criteria.least)["excellent"] == 95
    wrong = SimpleUploadedFile("mau.toml", b"code = 5")
    assert "Thang xếp loại" in client.post(address, {"file": wrong}).content.decode()


def test_a_sheet_is_loaded_by_command_and_what_is_wrong_is_told(province: Province, tmp_path):
    said = io.StringIO()
    call_command("load_grading", str(GRADING_SHEET), stdout=said)
    assert said.getvalue().startswith("Đã nạp mẫu phiếu chấm điểm “Ví dụ theo thang điểm HD 1294")
    wrong = tmp_path / "sai.toml"
    wrong.write_text("code = 5", encoding="utf-8")
    with pytest.raises((RuleBroken, CommandError), match=r"sai\.toml"):
        call_command("load_grading", str(wrong))
    assert GradingSheet.objects.count() == 1


def test_the_entry_page_says_that_the_decision_answers(client, province, grading):
    handed_in(grading)
    given = Given(Score(dict(zip(CODES, map(Decimal, MOST), strict=True))))
    grading = gradings.verify(grading, given, "", by=province.officer)
    client.force_login(province.chair_of_health)
    entry = grading.submission.get_absolute_url()
    assert "Câu trả lời lấy theo quyết định" not in client.get(entry).content.decode()
    client.force_login(province.officer)
    sent = {"number": "15", "signed_on": "20/12/2025"} | chosen(grading)
    client.post(reverse("admin:indicators_grading_decide"), sent)
    client.force_login(province.chair_of_health)
    shown = client.get(entry).content.decode()
    assert "Quyết định số 15 ngày 20/12/2025 đã xếp loại đơn vị: Hoàn thành xuất sắc" in shown
