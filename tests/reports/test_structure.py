"""Reports by the organisation of today, beside those of the cut-off."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from indicators.queries import Structure
from reports.models import Report
from reports.services import issuing
from tests.builders import make_stationery, make_user
from tests.indicators.field import Field
from tests.reports.years import text_of
from unions.models import User
from unions.services import unions
from unions.services.events import Decision


@pytest.fixture
def divided(db) -> Field:
    """A union of the north became three parts in the north and seven in the south."""
    field = Field()
    make_stationery(field.root)
    x, y = field.new(field.north, "X"), field.new(field.south, "Y")
    parts = {x: Decimal("0.3"), y: Decimal("0.7")}
    unions.split(field.a, parts, Decision(date(2025, 3, 1)), ends=True, by=None)
    make_user("lanhdao", "leader", field.root, full_name="Trần Văn Lãnh")
    return field


def test_the_report_of_today_says_so_and_counts_with_the_heirs(divided: Field):
    then = text_of(issuing.draw("annual", divided.north, 2024, "pdf"))
    assert "71/150" in then
    assert "hiện nay" not in then
    now = text_of(issuing.draw("annual", divided.north, 2024, "pdf", Structure.NOW))
    assert "báo cáo kết quả thực hiện năm 2024 theo tổ chức hiện nay như sau" in now
    assert "42,30/80" in now
    assert "CĐCS A (nay thuộc CĐCS X (30%), CĐCS Y (70%))" in now
    assert "41/100 = 41% (tính 30%)" in now
    assert "1 đơn vị đã chia tách, một phần thuộc phạm vi này" in now


def test_both_reports_of_a_year_are_kept_apart(divided: Field):
    by = User.objects.get(username="lanhdao")
    then = issuing.request("annual", divided.root, 2024, "pdf", by=by)
    now = issuing.request("annual", divided.root, 2024, "pdf", by=by, structure=Structure.NOW)
    again = issuing.request("annual", divided.root, 2024, "pdf", by=by, structure=Structure.NOW)
    assert (now.report != then.report, again.report) == (True, now.report)
    assert str(now.report).endswith("của Công đoàn Viên chức tỉnh Phú Thọ theo tổ chức hiện nay")
    assert set(Report.objects.values_list("structure", flat=True)) == {"then", "now"}


def test_the_leaders_page_asks_for_either(client: Client, divided: Field):
    client.force_login(User.objects.get(username="lanhdao"))
    page = client.get("/lanh-dao/?nam=2024").content.decode()
    assert '<option value="now">Hiện nay</option>' in page
    asked = {"kind": "annual", "union": "CDVC", "year": "2024", "format": "pdf"}
    for structure, status in (("", 302), ("now", 302), ("mai", 400)):
        response = client.post("/bao-cao/lap/", {**asked, "structure": structure})
        assert response.status_code == status, structure
    assert set(Report.objects.values_list("structure", flat=True)) == {"then", "now"}


def test_the_command_writes_either_and_refuses_a_third(divided: Field, tmp_path):
    words = ["annual", "--union", "BAC", "--year", "2024"]
    output = tmp_path / "nay.pdf"
    call_command("render_report", *words, "--structure", "now", "--output", str(output))
    assert "42,30/80" in text_of(output.read_bytes())
    with pytest.raises(CommandError, match="Không có cách tính theo tổ chức “mai”") as refused:
        call_command("render_report", *words, "--structure", "mai", "--output", str(output))
    assert refused.value.returncode == 2
