"""A report's page, its button, and its files."""

from datetime import date

import pytest
from django.test import Client

from reports.models import Rendering, Report
from reports.services import issuing
from tests.builders import Province

HTMX = {"HX-Request": "true"}
WISH = {"kind": "annual", "union": "CDVC", "year": "2025", "format": "pdf"}


@pytest.fixture
def rendering(province: Province) -> Rendering:
    """The yearly report of 2025 that the leader asked for."""
    return issuing.request("annual", province.root, 2025, "pdf", by=province.leader)


def test_the_button_without_a_script_leads_to_the_reports_page(
    client: Client, province: Province, django_capture_on_commit_callbacks
):
    client.force_login(province.leader)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/bao-cao/lap/", WISH)
    report = Report.objects.get()
    assert response.status_code == 302
    assert response.url == f"/bao-cao/{report.pk}/"
    assert report.renderings.get().state == Rendering.State.DONE
    assert "Tải PDF" in client.get(response.url).content.decode()


def test_the_button_with_htmx_becomes_the_state(client: Client, province: Province):
    client.force_login(province.leader)
    page = client.post("/bao-cao/lap/", WISH, headers=HTMX).content.decode()
    rendering = Rendering.objects.get()
    assert f'hx-get="/bao-cao/tep/{rendering.pk}/trang-thai/"' in page
    assert "Đang chờ" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 302), ("inspector", 403), ("viewer", 403), ("chair_of_health", 404)],
)
def test_who_may_ask_for_the_provinces_report(client: Client, province: Province, who, status):
    client.force_login(getattr(province, who))
    assert client.post("/bao-cao/lap/", WISH).status_code == status
    assert Report.objects.exists() == (status == 302)


@pytest.mark.parametrize("wrong", [{"year": "hai"}, {"format": "odt"}, {"union": ""}, {"kind": ""}])
def test_a_wish_that_no_button_makes_is_a_bad_request(client: Client, province: Province, wrong):
    client.force_login(province.leader)
    assert client.post("/bao-cao/lap/", WISH | wrong).status_code == 400


def test_a_wish_that_a_rule_forbids_is_told_in_place(client: Client, province: Province):
    client.force_login(province.leader)
    response = client.post("/bao-cao/lap/", WISH | {"year": "2035"}, headers=HTMX)
    assert response.status_code == 422
    assert "Năm 2035 không thuộc" in response.content.decode()


def test_the_state_is_asked_until_there_is_a_file(client: Client, province: Province, rendering):
    client.force_login(province.leader)
    address = f"/bao-cao/tep/{rendering.pk}/trang-thai/"
    assert "hx-trigger" in client.get(address, headers=HTMX).content.decode()
    issuing.render(rendering.pk)
    done = client.get(address, headers=HTMX).content.decode()
    assert "hx-trigger" not in done
    assert f'href="/bao-cao/tep/{rendering.pk}/">Tải PDF</a>' in done


def test_the_state_without_a_script_is_the_reports_page(client, province: Province, rendering):
    client.force_login(province.leader)
    response = client.get(f"/bao-cao/tep/{rendering.pk}/trang-thai/")
    assert response.url == f"/bao-cao/{rendering.report_id}/"


def test_a_file_comes_under_its_name(client: Client, province: Province, rendering):
    issuing.render(rendering.pk)
    client.force_login(province.inspector)
    response = client.get(f"/bao-cao/tep/{rendering.pk}/")
    assert response["Content-Disposition"] == 'attachment; filename="bao-cao-nam-2025-CDVC.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_a_file_that_is_not_made_is_not_found(client: Client, province: Province, rendering):
    client.force_login(province.leader)
    assert client.get(f"/bao-cao/tep/{rendering.pk}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/bao-cao/{0}/", "/bao-cao/tep/{1}/", "/bao-cao/tep/{1}/trang-thai/"]
)
@pytest.mark.parametrize("who", ["chair_of_health", "clerk_of_health", "viewer"])
def test_an_unissued_report_of_the_province_is_nobody_elses(
    client: Client, province: Province, rendering, address, who
):
    finish(rendering)
    client.force_login(getattr(province, who))
    assert client.get(address.format(rendering.report_id, rendering.pk)).status_code == 404


def test_an_issued_report_is_open_to_the_upper_federation(client, province: Province, rendering):
    issuing.set_number(rendering.report, "5", date(2026, 1, 5), by=province.leader)
    client.force_login(province.viewer)
    page = client.get(f"/bao-cao/{rendering.report_id}/").content.decode()
    assert "Số 05, ngày 05/01/2026." in " ".join(page.split())
    assert "Ghi số và ngày" not in page


def test_a_chair_reads_the_own_unions_report(client: Client, province: Province):
    own = issuing.request("annual", province.health, 2025, "pdf", by=province.officer)
    client.force_login(province.chair_of_health)
    assert client.get(f"/bao-cao/{own.report_id}/").status_code == 200
    client.force_login(province.chair_of_interior)
    assert client.get(f"/bao-cao/{own.report_id}/").status_code == 404


def test_number_and_date_are_typed_on_the_page(client: Client, province: Province, rendering):
    client.force_login(province.leader)
    page = f"/bao-cao/{rendering.report_id}/"
    assert client.post(page, {"number": "05", "signed_on": "05/01/2026"}).url == page
    report = Report.objects.get()
    assert (report.number, report.signed_on) == ("5", date(2026, 1, 5))
    assert 'value="05"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "5/BC", "signed_on": ""}, "Hãy nhập số thứ tự trong sổ văn bản"),
        ({"number": "5", "signed_on": "31/02/2026"}, "ngày"),
        ({"number": "5", "signed_on": "05/01/2099"}, "muộn hơn hôm nay quá 60 ngày"),
        ({"number": "5", "signed_on": "05/01/1999"}, "trước ngày chốt số liệu"),
    ],
)
def test_what_is_typed_wrongly_is_told_beside_the_field(
    client: Client, province: Province, rendering, typed, sentence
):
    client.force_login(province.leader)
    response = client.post(f"/bao-cao/{rendering.report_id}/", typed)
    errors = [str(error) for found in response.context["form"].errors.values() for error in found]
    assert len(errors) == 1
    assert sentence in errors[0]
    assert Report.objects.get().number == ""


def test_a_number_used_before_is_told_on_the_page_with_what_was_typed(
    client: Client, province: Province, rendering
):
    other = issuing.request("annual", province.root, 2026, "pdf", by=province.officer).report
    issuing.set_number(other, "5", None, by=province.officer)
    Report.objects.filter(pk=other.pk).update(year=2024, signed_on=date(2025, 12, 30))
    client.force_login(province.leader)
    typed = {"number": "5", "signed_on": "31/12/2025"}
    page = client.post(f"/bao-cao/{rendering.report_id}/", typed).content.decode()
    assert "Số 05 đã dùng cho báo cáo năm 2024" in page
    assert 'value="31/12/2025"' in page


def test_a_file_has_a_code_to_check_it_by_and_says_what_it_is(
    client: Client, province: Province, rendering
):
    finish(rendering)
    code = Rendering.objects.get().sha256
    client.force_login(province.leader)
    page = client.get(f"/bao-cao/{rendering.report_id}/").content.decode()
    assert "Mã kiểm tra tệp (SHA-256)" in page
    assert "giống hệt bản lưu ở cổng" in page
    assert code in page


def test_only_those_who_draft_type_the_number(client: Client, province: Province, rendering):
    client.force_login(province.inspector)
    page = f"/bao-cao/{rendering.report_id}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"number": "5", "signed_on": ""}).status_code == 403


def test_a_failed_one_is_started_again_by_its_button(client: Client, province: Province, rendering):
    Rendering.objects.update(state="failed", problem="một câu")
    address = f"/bao-cao/tep/{rendering.pk}/thu-lai/"
    client.force_login(province.inspector)
    assert client.post(address).status_code == 403
    client.force_login(province.leader)
    assert "Đang chờ" in client.post(address, headers=HTMX).content.decode()
    assert Rendering.objects.get().state == Rendering.State.WAITING


def test_seven_statements_however_many_files(
    client: Client, province: Province, rendering, django_assert_num_queries
):
    client.force_login(province.leader)
    page = f"/bao-cao/{rendering.report_id}/"
    for _ in range(2):
        finish(rendering)
        rendering = issuing.request("annual", province.root, 2025, "pdf", by=province.leader)
        with django_assert_num_queries(7):
            client.get(page)


def finish(rendering: Rendering) -> None:
    """As a worker leaves it that was done with it."""
    Rendering.objects.filter(pk=rendering.pk).update(
        state="done", file="reports/xong.pdf", sha256="0" * 64
    )
