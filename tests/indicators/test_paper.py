"""Handing in by paper: a version is printed, its signed copy is checked, kept and handed in."""

import io
import re

import pytest
import segno
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from indicators.models import PrintedForm, SignedCopy, Submission
from indicators.models.printed_form import has_signed_copy
from indicators.services import printed_forms, signed_copies, submissions
from indicators.services.signed_copies import Sent
from tests.builders import PDF, Province, explain, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import Evidence, JournalEntry
from unions.services.codes import codes_in


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def scan(*addresses: str, kind: str = "PNG", name: str = "ban-ky.png") -> SimpleUploadedFile:
    """A photograph of a sheet with these QR codes, a little askew, on a table."""
    sheet = Image.new("RGB", (800, 1130), "white")
    for place, address in enumerate(addresses):
        drawn = io.BytesIO()
        segno.make(address, error="m").save(drawn, kind="png", scale=4)
        sheet.paste(Image.open(drawn).convert("RGB"), (60, 60 + 400 * place))
    table = Image.new("RGB", (1000, 1300), "tan")
    table.paste(sheet.rotate(3, expand=True, fillcolor="tan"), (60, 60))
    written = io.BytesIO()
    table.save(written, kind)
    return SimpleUploadedFile(name, written.getvalue())


def scan_of(printed: PrintedForm, **how: str) -> SimpleUploadedFile:
    return scan(printed_forms.address(printed), **how)


@pytest.fixture
def filled(province: Province) -> Submission:
    return explain(fill_in(province.health_submission, by=province.chair_of_health))


def _refusal(submission: Submission, sent: Sent, by) -> str:
    with pytest.raises(RuleBroken) as refused:
        signed_copies.attach(submission, sent, by=by)
    assert not SignedCopy.objects.exists()
    assert not Evidence.objects.exists()
    return str(refused.value)


def test_the_same_content_printed_again_keeps_its_code(province: Province, filled):
    chair = province.chair_of_health
    first = printed_forms.print_form(filled, by=chair)
    assert printed_forms.print_form(filled, by=province.officer) == first
    fill_in(filled, by=chair, i2_1_1={"done": 80, "total": 100})
    other = printed_forms.print_form(filled, by=chair)
    assert (other.code != first.code, PrintedForm.objects.count()) == (True, 2)
    fill_in(filled, by=chair)
    explain(filled)
    assert printed_forms.print_form(filled, by=chair) == first
    lines = JournalEntry.objects.filter(sentence__startswith="In phiếu", by=chair)
    assert lines.count() == 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_photograph_or_a_scan_is_known_by_its_code(province: Province, filled, kind):
    printed = printed_forms.print_form(filled, by=province.chair_of_health)
    suffix = {"PNG": "png", "JPEG": "jpg", "PDF": "pdf"}[kind]
    upload = scan_of(printed, kind=kind, name=f"ban-ky.{suffix}")
    copy = signed_copies.attach(filled, Sent([upload]), by=province.clerk_of_health)
    assert (copy.printed, copy.code_read, copy.receipt) == (printed, True, None)
    assert [file.union for file in copy.files.all()] == [province.health]


def test_several_pictures_of_one_paper_and_a_code_that_is_typed(province: Province, filled):
    printed = printed_forms.print_form(filled, by=province.chair_of_health)
    blurred = [scan(name="1.png"), scan("https://vidu.vn/khac", name="2.png")]
    typed = f" {printed.shown_code.lower()} "
    copy = signed_copies.attach(filled, Sent(blurred, typed, True), by=province.officer)
    assert (copy.printed, copy.code_read, copy.files.count()) == (printed, False, 2)


def test_what_cannot_be_the_paper_of_this_form_is_refused(province: Province, filled):
    chair, stranger = province.chair_of_health, province.chair_of_interior
    own = printed_forms.print_form(filled, by=chair)
    other = printed_forms.print_form(province.interior_submission, by=stranger)
    word = SimpleUploadedFile("a.txt", b"chu")

    def refused(*uploads, code="", confirmed=False, by=chair) -> str:
        return _refusal(filled, Sent(uploads, code, confirmed), by)

    assert "Hãy chọn ảnh" in refused()
    assert "nhiều nhất 10 tệp" in refused(*[scan()] * 11)
    assert "không thuộc loại nhận được" in refused(word)
    assert "Không đọc được mã QR" in refused(scan(), code=own.code)
    assert "Không đọc được mã QR" in refused(SimpleUploadedFile("a.pdf", PDF), confirmed=True)
    assert "2 bản in khác nhau" in refused(scan_of(own), scan_of(other))
    for garbled in ("0O1I", "ABCDEFGO", own.code[:7]):
        told = refused(scan(), code=garbled, confirmed=True)
        assert told.startswith("Mã bản in gồm 8 chữ hoặc số")
    assert "khác mã đã nhập" in refused(scan_of(own), code=other.code)
    told = refused(scan_of(other))
    assert f"{other} không phải của" in told
    assert "Sở Nội vụ" not in told  # whose it is, is not for its neighbours
    assert "Sở Nội vụ" in refused(scan_of(other), by=province.officer)
    assert "không phải của" in refused(scan(), code="ZZZZZZZZ", confirmed=True)


def test_a_form_that_changed_since_is_to_be_printed_again(province: Province, filled):
    chair = province.chair_of_health
    printed = printed_forms.print_form(filled, by=chair)
    fill_in(filled, by=chair, i2_1_1={"done": 80, "total": 100})
    told = _refusal(filled, Sent([scan_of(printed)]), chair)
    assert "Chỉ tiêu 2.1.1: 90/100 = 90% → 80/100 = 80%" in told
    assert "Hãy in lại" in told
    again = printed_forms.print_form(filled, by=chair)
    assert signed_copies.attach(filled, Sent([scan_of(again)]), by=chair).printed == again


def test_who_neither_enters_nor_enters_on_behalf_prints_and_sends_nothing(province, filled):
    printed = printed_forms.print_form(filled, by=None)
    for person in (province.leader, province.inspector, province.chair_of_interior):
        with pytest.raises(PermissionDenied):
            printed_forms.print_form(filled, by=person)
        with pytest.raises(PermissionDenied):
            signed_copies.attach(filled, Sent([scan_of(printed)]), by=person)


def _has_copy(submission: Submission) -> bool:
    return Submission.objects.filter(has_signed_copy(), pk=submission.pk).exists()


def test_the_paper_is_handed_in_with_the_form_both_or_neither(province: Province, filled):
    chair, clerk = province.chair_of_health, province.clerk_of_health
    filled.refresh_from_db()
    printed = printed_forms.print_form(filled, by=chair)
    sent = Sent([scan_of(printed)])
    with pytest.raises(PermissionDenied):
        signed_copies.hand_in(filled, sent, by=clerk, revision=filled.revision)
    with pytest.raises(submissions.Outdated):
        signed_copies.hand_in(filled, sent, by=chair, revision=filled.revision - 1)
    assert not SignedCopy.objects.exists()
    done = signed_copies.hand_in(filled, sent, by=chair, revision=filled.revision)
    assert (done.state, SignedCopy.objects.get().receipt) == ("submitted", done.receipts.get())
    assert _has_copy(done)


def test_the_paper_may_come_after_the_form_and_is_that_of_what_was_handed_in(province: Province):
    handed_in = hand_in(province.health_submission)
    printed = printed_forms.print_form(handed_in, by=province.officer)
    assert not _has_copy(handed_in)
    signed_copies.attach(handed_in, Sent([scan_of(printed)]), by=province.officer)
    assert _has_copy(handed_in)
    submissions.send_back(handed_in, by=province.officer, reason="Nhầm")
    again = hand_in(handed_in, i2_1_1={"done": 80, "total": 100})
    assert not _has_copy(again)
    submissions.send_back(again, by=province.officer, reason="Nhầm")
    assert _has_copy(hand_in(again))  # what was signed is what was handed in once more


def test_the_page_of_the_code_tells_what_was_printed_and_whether_it_stands(
    client, province, filled
):
    chair = province.chair_of_health
    printed = printed_forms.print_form(filled, by=chair)
    client.force_login(chair)

    def page() -> str:
        response = client.get(printed.get_absolute_url())
        assert response.status_code == 200
        return response.content.decode()

    for told in (printed.shown_code, "90/100 = 90%", "đúng như bản in này", "Chưa có bản ký"):
        assert told in page()
    fill_in(filled, by=chair, i2_1_1={"done": 80, "total": 100})
    assert "đã khác bản in này" in page()
    assert "<strong>80/100 = 80%</strong>" in page()
    assert client.get(f"/so-lieu/ban-in/{printed.shown_code.lower()}/").status_code == 200
    client.force_login(province.chair_of_interior)
    assert client.get(printed.get_absolute_url()).status_code == 404


def test_paper_is_sent_on_its_page_and_seen_everywhere_after(client, province: Province, filled):
    printed = printed_forms.print_form(filled, by=province.chair_of_health)
    filled.refresh_from_db()
    client.force_login(province.chair_of_health)
    address = reverse("indicators:signed-copy", args=[filled.pk])
    typed = {"scans": [scan(name="mo.png")], "code": "", "revision": filled.revision}
    again = client.post(address, typed)
    assert "Không đọc được mã QR" in again.content.decode()
    sent = {"scans": [scan_of(printed)], "revision": filled.revision, "submit": "1"}
    receipt = client.post(address, sent, follow=True).content.decode()
    assert "Đúng số liệu đã nộp" in receipt
    client.force_login(province.officer)
    desk = reverse("admin:indicators_submission_changelist")
    review = client.get(reverse("admin:indicators_submission_change", args=[filled.pk]))
    assert "Có bản ký, đóng dấu" in review.content.decode()
    file = re.search(r'<img src="(/[^"]+)"\s+alt="Bản ký', review.content.decode())
    assert len(b"".join(client.get(file[1]).streaming_content)) > 1000
    assert "có bản ký, đóng dấu" in client.get(f"{desk}?ban-ky=co").content.decode()
    assert "Sở Y tế" not in client.get(f"{desk}?ban-ky=chua").content.decode()
    client.force_login(province.chair_of_interior)
    assert client.get(file[1]).status_code == 404


def test_a_see_through_picture_of_a_code_is_read_too():
    drawn = io.BytesIO()
    segno.make("mã", error="m").save(drawn, kind="png", scale=6, light=None)
    assert codes_in(drawn.getvalue(), "image/png") == {"mã"}
    assert codes_in(PDF, "application/pdf") == set()
