"""Amounts for single unions: pasted from a spreadsheet, versioned, compared with the target."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from indicators import queries
from indicators.models import Assignment, Indicator, Submission
from indicators.queries.assigned import distribution
from indicators.services import assignments, seen
from indicators.services.assignment_lists import read_list
from indicators.services.assignments import Assigned
from reports.definitions.tables import scorecard_table
from tests.builders import Province, approve, make_province
from unions.errors import RuleBroken
from unions.models import Intake, JournalEntry
from unions.queries import node
from unions.resources import exports


@pytest.fixture
def counted(province: Province) -> Indicator:
    """People to be taken in: 220 a year by the programme."""
    indicator = Indicator.objects.create(
        programme=province.programme,
        code="3",
        position=9,
        name="Kết nạp đoàn viên",
        kind="count_per_year",
        audience="grassroots",
        unit="người",
        denominator="reported",
        years="sum",
    )
    indicator.targets.create(operator=">=", low=220)
    return indicator


def _assign(client, indicator: Indicator, amounts: str, **typed: str):
    address = reverse("admin:indicators_indicator_assign", args=[indicator.pk])
    shown = {"shown": seen.of_amounts(indicator)}
    return client.post(address, shown | {"year": "2025", "amounts": amounts} | typed, follow=True)


def _assigning(indicator: Indicator) -> str:
    return reverse("admin:indicators_indicator_assign", args=[indicator.pk])


def _cut(province: Province) -> queries.Cut:
    return queries.Cut.of_year(node(province.root), 2025)


def _in_force(indicator: Indicator) -> dict[str, Decimal]:
    rows = indicator.assignments.filter(in_force=True)
    return dict(rows.values_list("union__code", "amount"))


@pytest.mark.parametrize(
    "pasted",
    [
        "SYT; 120\nSNV; 100",
        "SYT\t120\r\nSNV\t100\r\n",
        "Mã đơn vị\tSố giao\nsyt\t120\nSnv\t100",
        "\nSYT;120\n\n  SNV ;  100 \n",
    ],
)
def test_a_pasted_list_is_assigned_at_once(client, province: Province, counted, pasted):
    client.force_login(province.administrator)
    before = JournalEntry.objects.count()
    page = _assign(client, counted, pasted, decision_number="12/QĐ", decided_on="15/01/2025")
    assert _in_force(counted) == {"SYT": 120, "SNV": 100}
    row = counted.assignments.get(union__code="SYT")
    assert (row.decision_number, row.decided_on) == ("12/QĐ", date(2025, 1, 15))
    assert row.recorded_by == province.administrator
    assert [str(told) for told in page.context["messages"]] == ["Đã giao cho 2 đơn vị."]
    assert JournalEntry.objects.count() == before + 1
    assert JournalEntry.objects.first().sentence == (
        "Giao chỉ tiêu 3 năm 2025 cho 2 đơn vị, tổng số 220 người"
    )


def test_every_bad_line_is_named_with_its_number_and_nothing_is_half_saved(
    client, province: Province, counted
):
    client.force_login(province.administrator)
    page = _assign(
        client, counted, "SYT; 120\nKHONGCO; 5\nSNV; nhiều\nSYT; 7\nSNV\nSNV; 1; 2\nCDVC; -3"
    )
    assert page.context["form"].errors["amounts"] == [
        "Dòng 2: không có đơn vị trực thuộc nào mang mã “KHONGCO”.",
        "Dòng 3: “nhiều” không phải là số: hãy viết như 1.234.",
        "Dòng 4: đơn vị “SYT” đã có ở dòng trên.",
        "Dòng 5: cần đúng hai ô, mã đơn vị và số giao, cách nhau bằng dấu “;” hoặc tab.",
        "Dòng 6: cần đúng hai ô, mã đơn vị và số giao, cách nhau bằng dấu “;” hoặc tab.",
        "Dòng 7: Công đoàn Viên chức tỉnh Phú Thọ không trả lời chỉ tiêu 3: chỉ giao được cho"
        " công đoàn cơ sở.",
    ]
    assert not Assignment.objects.exists()


def test_an_earlier_amount_is_kept_and_shown(client, province: Province, counted):
    client.force_login(province.administrator)
    _assign(client, counted, "SYT; 120\nSNV; 100", decision_number="12/QĐ")
    page = _assign(client, counted, "SYT; 90", decision_number="40/QĐ")
    assert _in_force(counted) == {"SYT": 90, "SNV": 100}
    shown = page.context["distribution"]
    given = {one.row.union.code: one for one in shown.given}
    earlier = [(row.decision_number, str(amount)) for row, amount in given["SYT"].earlier]
    assert (str(given["SYT"].amount), earlier) == ("90", [("12/QĐ", "120")])
    assert given["SNV"].earlier == []
    assert (str(shown.total), shown.target) == ("190", "≥ 220")
    text = "Tổng số giao cho các đơn vị năm 2025 là 190 người, khác mức phấn đấu ≥ 220 người."
    assert text in page.content.decode()
    page = _assign(client, counted, "SYT; 120", decision_number="41/QĐ")
    assert "khác mức phấn đấu" not in page.content.decode()


def test_what_was_given_by_mistake_is_taken_back_and_kept(client, province: Province, counted):
    client.force_login(province.administrator)
    _assign(client, counted, "SYT; 120\nSNV; 100", decision_number="12/QĐ")
    before = JournalEntry.objects.count()
    page = _assign(client, counted, "SYT; bỏ\nSNV; 110")
    assert _in_force(counted) == {"SNV": 110}
    assert [str(told) for told in page.context["messages"]] == [
        "Đã giao cho 1 đơn vị. Đã thu hồi của 1 đơn vị: nay không có số giao nào năm 2025."
    ]
    assert "đã thu hồi" in page.content.decode()
    shown = page.context["distribution"]
    given = {one.row.union.code: one for one in shown.given}
    assert (given["SYT"].amount, str(given["SYT"].earlier[0][1])) == (None, "120")
    assert str(shown.total) == "110"
    taken, assigned = JournalEntry.objects.all()[: JournalEntry.objects.count() - before]
    assert taken.sentence == f"Thu hồi số giao chỉ tiêu 3 năm 2025 của {province.health}"
    assert taken.details == {"số đã giao": {"SYT": "120"}}
    assert assigned.sentence == f"Giao {province.interior} chỉ tiêu 3 năm 2025: 110 người"
    page = _assign(client, counted, "SYT; thu hồi")
    assert [str(told) for told in page.context["messages"]] == [
        "Không có gì thay đổi: các đơn vị đã được giao đúng số này."
    ]
    assert _assign(client, counted, "SYT; 90").status_code == 200
    assert _in_force(counted) == {"SYT": 90, "SNV": 110}


def test_the_same_list_again_changes_nothing(province: Province, counted):
    given = {province.health: Assigned(Decimal(120), "12/QĐ")}
    by = province.administrator
    assert assignments.assign_all(counted, 2025, given, by=by) == [province.health]
    lines = JournalEntry.objects.count()
    assert assignments.assign_all(counted, 2025, given, by=by) == []
    assert (Assignment.objects.count(), JournalEntry.objects.count()) == (1, lines)


def test_money_is_typed_in_the_unit_of_its_indicator(client, province: Province, counted):
    Indicator.objects.filter(pk=counted.pk).update(kind="amount_of_money", unit="triệu đồng")
    money = Indicator.objects.get(pk=counted.pk)
    assert read_list(money, "SYT; 12,5").amounts == {province.health: Decimal(12_500_000)}
    assignments.assign(
        money, province.health, 2025, Assigned(Decimal(12_500_000)), by=province.administrator
    )
    (given,) = distribution(money, 2025).given
    assert str(given.amount) == "12,50"
    client.force_login(province.administrator)
    answer = client.get(reverse("admin:indicators_assignment_excel"))
    heads, row = load_workbook(io.BytesIO(answer.content)).active.values
    assert (heads[1], row[1]) == ("Năm", 2025)
    assert (heads[3:5], row[3:5]) == (("Số giao", "Đơn vị tính"), (12.5, "triệu đồng"))


def test_amounts_of_a_target_over_the_years_are_added_up_over_them(province: Province, counted):
    Indicator.objects.filter(pk=counted.pk).update(kind="count_over_term", horizon="term")
    term = Indicator.objects.get(pk=counted.pk)
    for year, amount in [(2024, 100), (2025, 90)]:
        assigned = Assigned(Decimal(amount))
        assignments.assign(term, province.health, year, assigned, by=province.administrator)
    assert (str(distribution(term, 2025).total), distribution(term, 2025).warning) == ("190", "")
    last = Assigned(Decimal(40))
    assignments.assign(term, province.health, 2026, last, by=province.administrator)
    assert distribution(term, 2026).warning.startswith(
        "Tổng số giao cho các đơn vị đến hết năm 2026 là 230 người, khác mức phấn đấu ≥ 220 người."
    )


@pytest.mark.parametrize(
    ("years", "year", "total", "warned"),
    [
        # 100 in 2024 and 220 in 2028, the last of the term: 220 are asked for
        ("last", 2024, "100", False),
        ("last", 2028, "220", False),
        ("all_met", 2024, "100", True),
        ("all_met", 2028, "220", False),
        ("sum", 2028, "320", True),
    ],
)
def test_amounts_stand_beside_the_target_as_the_years_are_put_together(
    province: Province, counted, years, year, total, warned
):
    Indicator.objects.filter(pk=counted.pk).update(horizon="term", years=years)
    term = Indicator.objects.get(pk=counted.pk)
    last = max(term.programme.reporting_years)
    for of, amount in [(2024, 100), (last, 220)]:
        given = Assigned(Decimal(amount))
        assignments.assign(term, province.health, of, given, by=province.administrator)
    found = distribution(term, last if year == 2028 else year)
    assert (str(found.total), bool(found.warning)) == (total, warned)


@pytest.mark.parametrize(
    ("year", "amount", "sentence"),
    [
        (2031, 5, "Năm 2031 không phải năm báo cáo của chương trình."),
        (
            2025,
            -5,
            "Công đoàn cơ sở Sở Y tế: số giao -5 người chưa đúng: phải là số nguyên, từ 0 đến"
            " 999.999.999.999.999 người.",
        ),
        (2025, "120.5", "số giao 120,50 người chưa đúng: phải là số nguyên"),
        (2025, 10**15, "số giao 1.000.000.000.000.000 người chưa đúng"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(province: Province, counted, year, amount, sentence):
    assigned = Assigned(Decimal(amount))
    with pytest.raises(RuleBroken, match=sentence):
        assignments.assign(counted, province.health, year, assigned, by=province.administrator)
    assert not Assignment.objects.exists()


def test_a_union_of_another_province_is_refused(province: Province, counted):
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    with pytest.raises(RuleBroken, match="không trực thuộc"):
        assignments.assign(
            counted, elsewhere, 2025, Assigned(Decimal(1)), by=province.administrator
        )


def test_a_share_is_not_assigned_and_a_plan_is(province: Province):
    share, plan = (province.programme.indicators.get(code=code) for code in ("2.1.1", "2.1.6"))
    given = Assigned(Decimal(900), "7/QĐ")
    by = province.administrator
    with pytest.raises(RuleBroken, match="không tính theo số giao"):
        assignments.assign(share, province.health, 2025, given, by=by)
    assert assignments.assign(plan, province.root, 2025, given, by=by)


@pytest.mark.parametrize("amount", ["0", "1000.5"])
def test_a_plan_is_of_whole_dong_from_one_on(province: Province, amount):
    plan = province.programme.indicators.get(code="2.1.6")
    with pytest.raises(RuleBroken, match=r"phải là số nguyên, từ 1 đến 999\.999\..* đồng"):
        assignments.assign(
            plan, province.root, 2025, Assigned(Decimal(amount)), by=province.administrator
        )
    assert not Assignment.objects.exists()


def test_a_decision_is_of_our_time(province: Province):
    plan, by = province.programme.indicators.get(code="2.1.6"), province.administrator
    late = Assigned(Decimal(5), "7/QĐ", date(9999, 1, 1))
    with pytest.raises(RuleBroken, match="Ngày quyết định 01/01/9999 không thể đúng"):
        assignments.assign(plan, province.root, 2025, late, by=by)
    assert not Assignment.objects.exists()


def test_a_decision_that_was_not_signed_yet_is_not_in_force(client, province: Province, counted):
    client.force_login(province.administrator)
    today = timezone.localdate()
    tomorrow = today + timedelta(1)
    page = _assign(client, counted, "SYT; 120", decided_on=f"{tomorrow:%d/%m/%Y}")
    told = f"Ngày quyết định {tomorrow:%d/%m/%Y} chưa đến"
    assert page.context["form"].errors["decided_on"][0].startswith(told)
    assert not Assignment.objects.exists()
    _assign(client, counted, "SYT; 120", decided_on=f"{today:%d/%m/%Y}")
    assert _in_force(counted) == {"SYT": 120}


def test_a_union_is_assigned_only_what_it_is_asked(province: Province, counted):
    plan, by = province.programme.indicators.get(code="2.1.6"), province.administrator
    with pytest.raises(RuleBroken, match="chỉ giao được cho công đoàn cấp tỉnh"):
        assignments.assign(plan, province.health, 2025, Assigned(Decimal(1)), by=by)
    with pytest.raises(RuleBroken, match="chỉ giao được cho công đoàn cơ sở"):
        assignments.assign(counted, province.root, 2025, Assigned(Decimal(1)), by=by)
    assert assignments.assign(plan, province.root, 2025, Assigned(Decimal(1)), by=by)
    assert assignments.assign(counted, province.health, 2025, Assigned(Decimal(1)), by=by)


def test_only_who_manages_programmes_assigns(client, province: Province, counted):
    for person in (province.officer, province.leader, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            assignments.assign(counted, province.health, 2025, Assigned(Decimal(1)), by=person)
    client.force_login(province.officer)
    assert _assign(client, counted, "SYT; 1").status_code == 403
    assert not Assignment.objects.exists()
    client.force_login(province.administrator)
    assert _assign(client, counted, "SYT; 1").status_code == 200
    assert _in_force(counted) == {"SYT": 1}


def test_an_older_page_does_not_overwrite_amounts_given_since(client, province: Province, counted):
    client.force_login(province.administrator)
    address = reverse("admin:indicators_indicator_assign", args=[counted.pk])
    shown = client.get(address).context["form"].shown
    _assign(client, counted, "SYT; 120", shown=shown)
    page = _assign(client, counted, "SYT; 90", shown=shown)
    (told,) = page.context["form"].non_field_errors()
    assert "số giao của chỉ tiêu 3 đã thay đổi sau khi bạn mở trang" in told
    assert page.context["form"]["amounts"].value() == "SYT; 90"
    assert _in_force(counted) == {"SYT": 120}
    _assign(client, counted, "SYT; 90", shown=page.context["form"].shown)
    assert _in_force(counted) == {"SYT": 90}


def test_what_was_taken_back_since_is_not_given_again_by_an_older_page(
    client, province: Province, counted
):
    client.force_login(province.administrator)
    _assign(client, counted, "SYT; 120")
    address = reverse("admin:indicators_indicator_assign", args=[counted.pk])
    shown = client.get(address).context["form"].shown
    _assign(client, counted, "SYT; bỏ", shown=shown)
    page = _assign(client, counted, "SYT; 130", shown=shown)
    assert "Thu hồi số giao" in page.context["form"].non_field_errors()[0]
    assert _in_force(counted) == {}


def _collected(province: Province, *, collected: int, assigned: int) -> Submission:
    """The province's own approved answer to its plan."""
    answers = {"collected": collected, "assigned": assigned}
    return approve(province.own_submission, i2_1_6=answers)


def _given(province: Province, amount: int, number: str, day: date) -> Indicator:
    plan = province.programme.indicators.get(code="2.1.6")
    decided = Assigned(Decimal(amount), number, day)
    assignments.assign(plan, province.root, 2025, decided, by=province.administrator)
    return plan


@pytest.mark.parametrize(
    ("amount", "told", "off"),
    [
        (1000, "Số được giao: 1.000 đồng, theo quyết định 7/QĐ ngày 02/01/2025", False),
        (
            1200,
            "Phiếu ghi số được giao 1.000; số đã giao là 1.200 đồng, theo quyết định 7/QĐ ngày"
            " 02/01/2025",
            True,
        ),
    ],
)
def test_what_was_assigned_stands_beside_an_approved_answer_which_stays(
    province: Province, amount: int, told: str, *, off: bool
):
    _collected(province, collected=900, assigned=1000)
    _given(province, amount, "7/QĐ", date(2025, 1, 2))
    (own,) = queries.addends(province.programme, _cut(province), "2.1.6")
    assert (own.plan, own.off_plan) == (told, off)
    assert (own.numerator, own.denominator) == (900, 1000)


def test_what_was_assigned_after_the_cut_off_is_not_held_against_an_answer(province: Province):
    _collected(province, collected=900, assigned=1000)
    _given(province, 1000, "7/QĐ", date(2025, 1, 2))
    day = province.period.cut_off_on
    plan = _given(province, 1500, "90/QĐ", day + timedelta(days=1))
    (own,) = queries.addends(province.programme, _cut(province), "2.1.6")
    assert own.plan == "Số được giao: 1.000 đồng, theo quyết định 7/QĐ ngày 02/01/2025"
    assert distribution(plan, 2025).unlike == ""
    plan = _given(province, 1500, "91/QĐ", day)
    (own,) = queries.addends(province.programme, _cut(province), "2.1.6")
    assert own.off_plan
    assignments.assign_all(plan, 2025, {province.root: None}, by=province.administrator)
    (own,) = queries.addends(province.programme, _cut(province), "2.1.6")
    assert own.plan == ""


def test_the_desk_names_the_approved_answers_that_say_another_amount(client, province: Province):
    _collected(province, collected=900, assigned=1000)
    client.force_login(province.administrator)
    plan = _given(province, 1200, "7/QĐ", date(2025, 1, 2))
    told = (
        "1 phiếu đã duyệt năm 2025 ghi số khác: Công đoàn Viên chức tỉnh Phú Thọ (ghi 1.000, được"
        " giao 1.200 đồng). Số liệu đã duyệt giữ nguyên; cần sửa thì trả lại phiếu."
    )
    assert distribution(plan, 2025).unlike == told
    assert told in client.get(f"{_assigning(plan)}?nam=2025").content.decode()
    assert distribution(plan, 2024).unlike == ""


@pytest.mark.parametrize(("amount", "off"), [(1000, False), (1200, True)])
def test_wherever_a_plan_is_shown_another_amount_than_assigned_is_told(
    client, province: Province, amount: int, *, off: bool
):
    _collected(province, collected=900, assigned=1000)
    plan = _given(province, amount, "7/QĐ", date(2025, 1, 2))
    told = (
        "Chỉ tiêu 2.1.6, Công đoàn Viên chức tỉnh Phú Thọ: phiếu ghi số được giao 1.000; số đã giao"
        " là 1.200 đồng, theo quyết định 7/QĐ ngày 02/01/2025."
    )
    client.force_login(province.officer)
    assert (told in client.get("/ket-qua/CDVC/2025/").content.decode()) is off
    aside = io.StringIO()
    words = ("scorecard", "--union", "CDVC", "--year", "2025")
    call_command(*words, stdout=io.StringIO(), stderr=aside)
    assert (told in aside.getvalue()) is off
    cut = _cut(province)
    results = queries.scorecard(province.programme, cut)
    paper = scorecard_table(results, queries.addends(province.programme, cut), {})
    assert (told in paper.notes) is off
    with CaptureQueriesContext(connection) as asked:
        queries.off_plan(province.programme, cut, [plan])
    assert len(asked) == 1


def test_of_many_that_name_another_amount_the_first_are_told():
    found = [("6", f"CĐCS {at}", "Phiếu ghi số được giao 1") for at in range(7)]
    told = queries.told_off_plan([*found, ("7", "CĐCS A", "Phiếu ghi số được giao 2")])
    assert told[0] == "Chỉ tiêu 6, CĐCS 0: phiếu ghi số được giao 1."
    assert told[5:] == [
        "Chỉ tiêu 6: còn 2 phiếu khác ghi số được giao khác quyết định.",
        "Chỉ tiêu 7, CĐCS A: phiếu ghi số được giao 2.",
    ]


def test_the_opened_sum_and_the_review_name_the_decision(client, province: Province):
    own = _collected(province, collected=900, assigned=1000)
    _given(province, 1200, "7/QĐ", date(2025, 1, 2))
    client.force_login(province.officer)
    decision = "1.200 đồng, theo quyết định 7/QĐ ngày 02/01/2025"
    opened = client.get("/ket-qua/CDVC/2025/2.1.6/").content.decode()
    assert f"Phiếu ghi số được giao 1.000; số đã giao là {decision}" in opened
    review = client.get(reverse("admin:indicators_submission_change", args=[own.pk]))
    assert f"Số được giao: {decision}" in review.content.decode()


def test_a_list_without_the_mark_of_its_page_is_refused(client, province: Province, counted):
    client.force_login(province.administrator)
    page = client.post(_assigning(counted), {"year": "2025", "amounts": "SYT; 1"})
    (told,) = page.context["form"].non_field_errors()
    assert "đã thay đổi sau khi bạn mở trang" in told
    assert _in_force(counted) == {}
    again = {"year": "2025", "amounts": "SYT; 1", "shown": page.context["form"].shown}
    client.post(_assigning(counted), again)
    assert _in_force(counted) == {"SYT": 1}


def test_what_was_taken_back_alone_is_all_that_is_told(client, province: Province, counted):
    client.force_login(province.administrator)
    _assign(client, counted, "SYT; 120")
    page = _assign(client, counted, "SYT; bỏ")
    assert [str(told) for told in page.context["messages"]] == [
        "Đã thu hồi của 1 đơn vị: nay không có số giao nào năm 2025."
    ]


def test_the_decision_before_one_that_is_taken_back_is_named_to_be_assigned_anew(
    client, province: Province, counted
):
    client.force_login(province.administrator)
    _assign(client, counted, "SYT; 120", decision_number="12/QĐ", decided_on="15/01/2025")
    page = _assign(client, counted, "SYT; 9000", decision_number="40/QĐ")
    assert "Quyết định trước không tự có hiệu lực lại" in page.content.decode()
    page = _assign(client, counted, "SYT; bỏ")
    assert [str(told) for told in page.context["messages"]] == [
        "Đã thu hồi của 1 đơn vị: nay không có số giao nào năm 2025. Quyết định trước không tự có"
        " hiệu lực lại; nếu vẫn dùng, hãy giao lại: SYT 120 người, quyết định 12/QĐ ngày"
        " 15/01/2025."
    ]
    assert _in_force(counted) == {}


def test_a_number_that_may_have_decimals_or_not_is_asked_for_as_a_whole_one(
    province: Province, counted
):
    assert read_list(counted, "SYT; 1,250").faults == [
        "Dòng 1: “1,250” chưa rõ: ô này chỉ nhận số nguyên, nếu đúng là vậy hãy viết 1.250."
    ]
    Indicator.objects.filter(pk=counted.pk).update(kind="amount_of_money", unit="tỷ đồng")
    money = Indicator.objects.get(pk=counted.pk)
    assert list(read_list(money, "SYT; 1,5").amounts.values()) == [1_500_000_000]


@pytest.fixture
def listed(province: Province, counted) -> Assignment:
    """Health is to take in very many; interior by a decision."""
    by = province.administrator
    decided = Assigned(7, "9/QĐ-LĐLĐ", date(2025, 1, 5))
    assignments.assign(counted, province.interior, 2025, decided, by=by)
    assignments.assign(counted, province.health, 2025, Assigned(1_234_567), by=by)
    return Assignment.objects.get(union=province.health)


def test_the_desk_lists_every_decision_by_one_name(client, province: Province, listed):
    client.force_login(province.administrator)
    page = client.get(reverse("admin:indicators_assignment_change", args=[listed.pk]))
    shown = page.content.decode()
    assert f"Giao {province.health} chỉ tiêu 3 năm 2025" in shown
    assert "1.234.567 người" in shown
    assert "1234567" not in shown
    # the menu, the way back
    assert shown.count("Chỉ tiêu, dự toán giao") >= 2
    page = client.get(reverse("admin:indicators_assignment_changelist")).content.decode()
    for told in ("9/QĐ-LĐLĐ ngày 05/01/2025", "Nhập từ Excel", "Giao chỉ tiêu"):
        assert told in page
    answer = client.get(reverse("admin:indicators_assignment_excel"))
    heads, *_ = load_workbook(io.BytesIO(answer.content)).active.values
    assert heads[5:] == ("Quyết định số", "Ngày quyết định", "Hiệu lực", "Người ghi", "Ghi lúc")


def test_the_list_leads_to_assigning(client, province: Province, counted, listed):
    """By the page of an indicator of which amounts are assigned, or by a workbook."""
    client.force_login(province.administrator)
    page = reverse("admin:indicators_assignment_assign")
    offered = dict(client.get(page).context["form"].fields["indicator"].choices)
    assert offered[str(counted.pk)].startswith("3. Kết nạp đoàn viên")
    assert not [label for label in offered.values() if label.startswith("2.1.1.")]
    assert client.post(page, {"indicator": str(counted.pk)}).url == _assigning(counted)
    book = exports.export("assignments", by=province.administrator)
    sent = SimpleUploadedFile("giao.xlsx", book)
    answer = client.post(reverse("admin:indicators_assignment_send_in"), {"file": sent})
    [intake] = Intake.objects.all()
    assert answer.url == intake.get_absolute_url()
    assert (intake.kind, intake.counts["same"]) == (Intake.Kind.ASSIGNMENTS, 2)
