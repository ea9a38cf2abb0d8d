"""Reports and stationery at the desk."""

from datetime import date

from django.urls import reverse

from reports.models import Rendering, Report, Stationery
from tests.builders import Province
from unions.models import JournalEntry

WORDING = {
    "parent_body": "Liên đoàn Lao động tỉnh Phú Thọ",
    "issuer": "Công đoàn Viên chức tỉnh",
    "symbol": "CĐVC",
    "place": "Phú Thọ",
    "addressee": "",
    "authority": "TM. BAN THƯỜNG VỤ",
    "position": "PHÓ CHỦ TỊCH",
    "signer": "Nguyễn Thị Yến",
    "recipients": "Như trên\n\n  Lưu: VP ",
}


def _draft(client, province: Province, **changed: object):
    typed = {"kind": "annual", "union": province.root.pk, "year": "2025"} | changed
    return client.post(reverse("admin:reports_report_draft"), typed)


def test_a_report_is_asked_for_and_its_state_shown(client, province: Province):
    client.force_login(province.officer)
    response = _draft(client, province)
    report = Report.objects.get()
    assert response.url == reverse("admin:reports_report_change", args=[report.pk])
    rendering = Rendering.objects.get()
    assert (rendering.report, rendering.requested_by) == (report, province.officer)
    assert "Đang chờ" in client.get(response.url).content.decode()
    Rendering.objects.update(state="done", file="reports/x.pdf", sha256="0" * 64)
    for page in [response.url, reverse("admin:reports_report_changelist")]:
        shown = client.get(page).content.decode()
        assert reverse("reports:rendering", args=[rendering.pk]) in shown
        assert "Đã xong" in shown


def test_the_list_is_filtered_by_kinds_as_people_call_them(client, province: Province):
    client.force_login(province.officer)
    _draft(client, province)
    address = reverse("admin:reports_report_changelist")
    page = client.get(address).content.decode()
    assert "Báo cáo năm" in page
    assert ">annual<" not in page.replace(" ", "").replace("\n", "")
    for kind, count in [("annual", 1), ("khác", 0)]:
        assert len(client.get(address, {"loai": kind}).context["cl"].result_list) == count


def test_the_inspector_asks_for_no_report(client, province: Province):
    client.force_login(province.inspector)
    assert _draft(client, province).status_code == 403
    assert not Rendering.objects.exists()
    client.force_login(province.officer)
    assert _draft(client, province).status_code == 302


def test_number_and_date_are_those_of_the_register(client, province: Province):
    client.force_login(province.officer)
    _draft(client, province)
    first = Report.objects.get()
    register = {"number": "05", "signed_on": "20/12/2025"}
    address = "admin:reports_report_set_number"
    client.post(reverse(address, args=[first.pk]), register)
    first.refresh_from_db()
    assert (first.number, first.signed_on) == ("5", date(2025, 12, 20))
    page = client.post(reverse(address, args=[first.pk]), register | {"number": "năm"})
    (sentence,) = page.context["form"].non_field_errors()
    assert sentence.startswith("Số “năm” chưa đúng")


def test_stationery_is_put_right_by_the_administrator_alone(client, province: Province):
    paper = Stationery.objects.get()
    address = reverse("admin:reports_stationery_correct", args=[paper.pk])
    client.force_login(province.officer)
    assert client.post(address, WORDING).status_code == 403
    client.force_login(province.administrator)
    client.post(address, WORDING)
    paper.refresh_from_db()
    assert (paper.signer, paper.recipients) == ("Nguyễn Thị Yến", ["Như trên", "Lưu: VP"])
    assert JournalEntry.objects.first().sentence == (
        "Sửa mẫu văn bản: kính gửi, chức vụ người ký, người ký, nơi nhận"
    )


def test_new_stationery_ends_the_one_in_force(client, province: Province):
    client.force_login(province.administrator)
    typed = WORDING | {"union": province.root.pk, "valid_from": "01/01/2026"}
    client.post(reverse("admin:reports_stationery_replace"), typed)
    old, new = Stationery.objects.order_by("valid_from")
    assert (old.valid_to, new.valid_from, new.valid_to) == (
        date(2026, 1, 1),
        date(2026, 1, 1),
        None,
    )
    assert JournalEntry.objects.first().sentence == "Lập mẫu văn bản từ ngày 01/01/2026"


def test_new_stationery_begins_after_the_one_in_force(client, province: Province):
    client.force_login(province.administrator)
    typed = WORDING | {"union": province.root.pk, "valid_from": "01/01/2020"}
    page = client.post(reverse("admin:reports_stationery_replace"), typed)
    assert page.context["form"].non_field_errors() == [
        "Mẫu mới phải bắt đầu sau ngày 01/01/2020 của mẫu đang dùng."
    ]
    assert Stationery.objects.get().valid_to is None
