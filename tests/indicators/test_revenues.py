"""Revenue month by month: recorded, corrected, summed up beside the plan, proposed as an answer."""

import io
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from indicators.models import Revenue
from indicators.models.revenue import months_until
from indicators.queries import revenues as queries
from indicators.queries.revenues import Looked, Taken
from indicators.resources.revenues import MONTH, RevenueResource, prefilled
from indicators.services import assignments, revenues
from indicators.services.assignments import Assigned
from indicators.services.revenues import Taking
from indicators.services.seen import Stale
from tests.builders import Province, fill_in, make_union
from tests.support.forms import SentForm
from unions.errors import RuleBroken
from unions.models import Intake, JournalEntry
from unions.resources import exports, intakes
from unions.services import changes, unions
from unions.services.events import Decision
from unions.workbooks import write

TODAY = timezone.localdate()
HEADS = ["Mã đơn vị", "Năm", "Tháng", "KPCĐ", "Đoàn phí", "Thu khác", "Nguồn", "Lý do sửa"]


@pytest.mark.parametrize(
    ("year", "day", "over"),
    [
        (2025, date(2025, 11, 30), 11),
        (2025, date(2025, 11, 29), 10),
        (2025, date(2025, 12, 31), 12),
        (2024, date(2024, 2, 28), 1),
        (2024, date(2024, 2, 29), 2),
        (2025, date(2026, 1, 15), 12),
        (2025, date(2024, 12, 31), 0),
    ],
)
def test_a_month_counts_once_it_is_over(year, day, over):
    assert months_until(year, day) == range(1, over + 1)


def test_the_share_of_the_plan_is_compared_unrounded():
    almost = Taken({1: 400_000_000, 3: 599_999_999}, 1_000_000_000)
    assert (almost.reached, str(almost.share)) == (False, "99,9999999%")
    assert str(Taken({1: 1_000_000_000}, 1_000_000_000).share) == "100%"
    assert Taken({1: 1_000_000_000}, 1_000_000_000).reached is True
    nothing = Taken({}, 5)
    assert (str(nothing.total), nothing.reached, str(Taken({1: 5}).share)) == ("–", False, "–")
    months = [str(one) for one in Taken({2: 1_500_000, 4: 500_000}, per=1_000_000).running]
    assert months == ["–", "1,50", "1,50", "2", *["–"] * 8]


@given(st.dictionaries(st.integers(1, 12), st.integers(-(10**12), 10**12), min_size=1))
def test_the_last_running_sum_is_the_year(by_month):
    taken = Taken(by_month)
    assert taken.running[max(by_month) - 1].value == taken.sum == sum(by_month.values())


def said(refused) -> str:
    return str(refused.value)


def took(union, month, amount, kind="fund", **more) -> Taking:
    return Taking(union, 2025, month, kind, amount, **more)


def test_a_month_is_recorded_then_corrected_only_with_a_reason(province: Province):
    health, officer = province.health, province.officer
    first = [took(health, 3, 9_000_000, note="Sổ thu  3"), took(health, 3, 2_000_000, "dues")]
    assert revenues.record(first, by=officer).added == 2
    assert revenues.record(first, by=officer).same == 2
    with pytest.raises(RuleBroken, match="muốn sửa hoặc bỏ, hãy ghi lý do"):
        revenues.record([took(health, 3, 8_500_000)], by=officer)
    corrected = took(health, 3, 8_500_000, note="Sổ thu 3", reason="Trừ khoản nộp nhầm")
    assert revenues.record([corrected], by=officer).corrected == 1
    gone = took(health, 3, None, "dues", reason="Ghi nhầm đơn vị")
    revenues.record([gone], by=province.administrator)
    last, earlier = queries.corrections(health, 2025)
    assert (last.was, last.now, last.row.history_user) == (
        "2.000.000 đồng",
        "không ghi",
        province.administrator,
    )
    assert (earlier.was, earlier.now) == ("9.000.000 đồng", "8.500.000 đồng")
    assert earlier.row.history_change_reason == "Trừ khoản nộp nhầm"
    lines = JournalEntry.objects.filter(union=health, sentence__contains="số thu").order_by("pk")
    assert [line.sentence.partition(":")[0] for line in lines] == [
        "Ghi số thu năm 2025 của Công đoàn cơ sở Sở Y tế",
        *["Sửa số thu năm 2025 của Công đoàn cơ sở Sở Y tế"] * 2,
    ]
    assert lines[1].details["trước"] == {"Kinh phí công đoàn tháng 3/2025": "9.000.000 đồng"}


def test_what_cannot_be_is_refused_and_its_neighbour_is_not(province: Province):
    root, officer = province.root, province.officer
    young = make_union(root, code="MOI", name="Công đoàn mới", founded_on=date(2025, 3, 31))
    old = make_union(root, code="CU", name="Công đoàn cũ")
    unions.dissolve(old, Decision(date(2025, 6, 1)), by=None)
    old.refresh_from_db()
    soon = TODAY.replace(day=28) + timedelta(days=10)
    refused = {
        "mới thành lập ngày 31/03/2025": took(young, 2, 1000),
        "đã kết thúc hoạt động từ ngày 01/06/2025": took(old, 6, 1000),
        "chưa đến": Taking(root, TODAY.year, soon.month, "fund", 1000)
        if soon.year == TODAY.year
        else Taking(root, soon.year - 1, 13, "fund", 1000),
        "Tháng 13 không có": took(root, 13, 1000),
        "Năm 1999": Taking(root, 1999, 1, "fund", 1000),
        "quá lớn": took(root, 1, revenues.MOST + 1),
        "chỉ ghi số âm khi điều chỉnh giảm": took(root, 1, -1),
    }
    for sentence, taking in refused.items():
        with pytest.raises(RuleBroken) as broken:
            revenues.record([took(root, 5, 7000), taking], by=officer)
        assert sentence in said(broken) or "Tháng 13" in said(broken)
    assert not Revenue.objects.exists()
    taken = [
        took(young, 3, 1000),
        took(old, 5, 1000),
        Taking(root, TODAY.year, TODAY.month, "fund", 1000),
        took(root, 1, revenues.MOST),
        took(root, 2, -1, reason="Hoàn trả kinh phí thu thừa"),
    ]
    assert revenues.record(taken, by=officer).added == 5
    assert revenues.months_open(old, 2025) == [1, 2, 3, 4, 5]
    assert revenues.months_open(young, 2025) == list(range(3, 13))
    assert revenues.doubts(took(root, 1, 999))
    assert not revenues.doubts(took(root, 1, 1000))


def test_officers_of_the_province_record_and_nobody_else(province: Province):
    others = [province.leader, province.inspector, province.chair_of_health, province.viewer]
    for person in others:
        with pytest.raises(PermissionDenied):
            revenues.record([took(province.health, 1, 1000)], by=person)
    for month, person in enumerate([province.officer, province.administrator], 1):
        assert revenues.record([took(province.health, month, 1000)], by=person).added == 1


def sent(province: Province, *rows) -> Intake:
    file = SimpleUploadedFile("thu.xlsx", write("Thu", HEADS, rows))
    day = Decision(TODAY)
    return intakes.receive(Intake.Kind.REVENUES, file, day, by=province.officer)


def told(intake: Intake) -> list[tuple]:
    return [
        (row["number"], row["verdict"], row["told"] or row["faults"])
        for row in intake.findings["rows"]
    ]


def test_a_workbook_shows_old_and_new_and_is_written_when_confirmed(client, province: Province):
    revenues.record([took(province.health, 1, 5000)], by=None)
    intake = sent(
        province,
        ["SYT", 2025, 1, 6000, 2000, None, "UNC 5", "Kế toán đối chiếu"],
        ["SYT", 2025, 2, None, None, None, None, None],
        ["SNV", 2025, 1, 7000, "-", None, None, None],
    )
    assert told(intake) == [
        (
            2,
            "changed",
            "Công đoàn cơ sở Sở Y tế (SYT), tháng 1/2025: kinh phí công đoàn 5.000 → 6.000;"
            " đoàn phí công đoàn 2.000.",
        ),
        (4, "new", "Công đoàn cơ sở Sở Nội vụ (SNV), tháng 1/2025: kinh phí công đoàn 7.000."),
    ]
    client.force_login(province.officer)
    assert "Ghi vào cổng" in client.get(intake.get_absolute_url()).content.decode()
    client.post(reverse("admin:unions_intake_confirm", args=[intake.pk]))
    intake.refresh_from_db()
    assert intake.state == Intake.State.WRITTEN
    rows = Revenue.objects.filter(year=2025, month=1).order_by("amount")
    assert [(row.union.code, row.amount, row.note) for row in rows] == [
        ("SYT", 2000, "UNC 5"),
        ("SYT", 6000, "UNC 5"),
        ("SNV", 7000, ""),
    ]
    assert rows[1].history.first().history_change_reason == "Kế toán đối chiếu"
    # the prefilled workbook of these months, sent in again, changes nothing
    book = RevenueResource().workbook(prefilled(2025, [1, 2], by=province.officer))
    assert load_workbook(io.BytesIO(book)).active.max_row == 1 + 3 * 2
    again = SimpleUploadedFile("lại.xlsx", book)
    same = intakes.receive(Intake.Kind.REVENUES, again, Decision(TODAY), by=province.officer)
    assert same.counts == {"new": 0, "changed": 0, "same": 6, "wrong": 0}


def test_every_fault_of_a_workbook_names_its_row_and_cell(province: Province):
    revenues.record([took(province.health, 1, 5000)], by=None)
    wrong = {
        "fund": ["SYT", 2025, 2, "5 triệu", None, None, None, None],
        "dues": ["SYT", 2025, 3, None, 1.5, None, None, None],
        "union": ["XX", 2025, 3, 1000, None, None, None, None],
        "month": ["SYT", 2025, 13, 1000, None, None, None, None],
        "year": ["SYT", "năm nay", 3, 1000, None, None, None, None],
        "other": ["SYT", 2025, 4, None, None, -1000, None, None],
        "reason": ["SYT", 2025, 1, 6000, None, None, None, None],
    }
    intake = sent(province, *wrong.values(), *[["SNV", 2025, 5, 1000, *[None] * 5]] * 2)
    found = {row["number"]: row["faults"][0][0] for row in intake.findings["rows"] if row["faults"]}
    assert found == dict(enumerate(wrong, 2)) | {10: "month"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [(12, 12), ("03", 3), ("tháng 12", 12), ("Tháng 3", 3), ("T12", 12), ("thg.7", 7)],
)
def test_a_month_is_read_as_offices_write_it(typed, read):
    assert MONTH.read(typed) == read


@pytest.mark.parametrize("typed", [0, 13, "tháng 13", "mười hai", True, Decimal("1.5"), "quý 4"])
def test_what_is_no_month_is_told_what_a_month_is(typed):
    with pytest.raises(RuleBroken, match="ghi tháng bằng số từ 1 đến 12"):
        MONTH.read(typed)


def test_a_tick_of_a_spreadsheet_is_no_amount(province: Province):
    intake = sent(province, ["SYT", "năm 2025", "tháng 2", True, None, None, None, None])
    [(_, verdict, [[column, sentence]])] = told(intake)
    assert (verdict, column) == ("wrong", "fund")
    assert sentence.startswith("“TRUE” không phải là số")


@pytest.fixture
def year(province: Province) -> Province:
    """Health took in 30 and 12 millions, interior 8, the province itself 5; the plan is 100."""
    plan = province.programme.indicators.get(kind="plan_fulfilment")
    assignments.assign(plan, province.root, 2025, Assigned(90_000_000), by=None)
    later = Assigned(100_000_000, "9/QĐ-LĐLĐ", date(2025, 7, 1))
    assignments.assign(plan, province.root, 2025, later, by=None)
    million = 1_000_000
    takings = [
        took(province.health, 1, 20 * million),
        took(province.health, 1, 10 * million, "dues"),
        took(province.health, 12, 12 * million),
        took(province.interior, 2, 8 * million, "other"),
        took(province.root, 2, 5 * million),
    ]
    revenues.record(takings, by=None)
    return province


def test_the_year_is_summed_up_beside_the_plan(year: Province):
    changes.rename(year.health, "Công đoàn Ngành Y tế", Decision(date(2025, 8, 1)), by=None)
    table = queries.table(Looked(2025), year.officer, TODAY)
    assert [(line.placement.name, line.taken.sum) for line in table.lines] == [
        ("Công đoàn Viên chức tỉnh Phú Thọ", 5_000_000),
        ("Công đoàn cơ sở Sở Nội vụ", 8_000_000),
        ("Công đoàn Ngành Y tế", 42_000_000),
    ]
    assert table.whole.by_month == {1: 30_000_000, 2: 13_000_000, 12: 12_000_000}
    assert (table.whole.sum, table.whole.assigned) == (55_000_000, 100_000_000)
    assert (table.whole.share.value, table.whole.reached) == (Fraction(55, 100), False)
    chosen = queries.table(Looked(2025, cluster="Cụm 1", kind="dues"), year.officer, TODAY)
    assert (chosen.chosen.sum, chosen.whole.assigned, chosen.unions) == (10_000_000, None, 3)
    assert [line.placement.union.code for line in chosen.lines] == ["SYT"]
    found = queries.table(Looked(2025, q="noi  vu"), year.officer, TODAY)
    assert [line.placement.union.code for line in found.lines] == ["SNV"]
    assert queries.table(Looked(2024), year.officer, TODAY).silent == 3
    assert not queries.table(Looked(2025), year.chair_of_health, TODAY).lines


def test_a_union_that_ended_stays_in_the_sum_of_its_year(year: Province):
    unions.dissolve(year.health, Decision(date(2025, 12, 31)), by=None)
    assert queries.table(Looked(2025), year.officer, TODAY).whole.sum == 55_000_000
    codes = {
        line.placement.union.code
        for line in queries.table(Looked(2026), year.officer, date(2026, 2, 1)).lines
    }
    assert codes == {"CDVC", "SNV"}
    own = year.own_submission
    assert (own.collected.months, own.collected.amount) == (11, 43_000_000)


def test_the_pages_of_the_desk_show_it_in_a_constant_number_of_statements(client, year: Province):
    client.force_login(year.officer)
    pages = [
        reverse("admin:indicators_revenue_table") + "?nam=2025",
        reverse("admin:indicators_revenue_year", args=["SYT", 2025]),
    ]

    def asked() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as statements:
                assert client.get(page).status_code == 200
            counts.append(len(statements))
        return counts

    few = asked()
    for number in range(5):
        one = make_union(year.root, code=f"CD{number}", name=f"Công đoàn số {number}")
        revenues.record([took(one, month, 1000) for month in range(1, 13)], by=None)
    assert asked() == few
    with CaptureQueriesContext(connection) as statements:
        revenues.record([took(year.interior, month, 1000) for month in range(5, 13)], by=None)
    assert len(statements) <= 8
    shown = client.get(pages[0] + "&tinh=dong").content.decode()
    assert "Số dư đầu kỳ và kinh phí cấp trên cấp không phải là thu" in shown
    assert "Năm 2024 chưa ghi số thu nào" in client.get(pages[0][:-1] + "4").content.decode()
    answer = client.get(reverse("admin:indicators_revenue_table_excel") + "?nam=2025&cum=Cụm 2")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows] == ["Tên đơn vị", "Toàn tỉnh", "Công đoàn cơ sở Sở Nội vụ"]
    assert rows[2][5] == rows[2][16] - 8000 == 8_000_000


def test_the_list_is_taken_out_in_numbers_that_can_be_summed(client, year: Province):
    client.force_login(year.officer)
    answer = client.get(
        reverse("admin:indicators_revenue_excel") + "?union__current__cluster=Cụm 2"
    )
    heads, *listed = load_workbook(io.BytesIO(answer.content)).active.values
    assert (heads[1], heads[4]) == ("Năm", "Số thu (đồng)")
    assert {row[1] for row in listed} == {2025}
    assert sum(row[4] for row in listed) == 8_000_000


def drawn(client, page) -> dict[str, str]:
    """What a browser sends of the grid if it is left alone."""
    form = client.get(page).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"shown": form.shown}


def test_a_year_is_typed_in_a_grid_that_nobody_overwrites(client, year: Province):
    client.force_login(year.officer)
    page = reverse("admin:indicators_revenue_year", args=["SNV", 2025])
    typed = drawn(client, page)
    answer = client.post(page, typed | {"fund_3": "1.500.000", "note_3": "UNC 7"}, follow=True)
    assert "Đã ghi 1 khoản thu" in answer.content.decode()
    row = Revenue.objects.get(union=year.interior, month=3)
    assert (row.amount, row.note, row.recorded_by) == (1_500_000, "UNC 7", year.officer)
    typed = drawn(client, page)
    bad = typed | {"fund_3": "", "fund_5": "một triệu", "other_4": "-7"}
    told = client.post(page, bad).content.decode()
    assert "không phải là số" in told
    assert "muốn sửa hoặc bỏ, hãy ghi lý do" in told
    assert "chỉ ghi số âm khi điều chỉnh giảm" in told
    following = client.post(page, typed | {"next": "1"})
    assert following.url == reverse("admin:indicators_revenue_year", args=["SYT", 2025])
    with pytest.raises(Stale):
        revenues.record([took(year.interior, 4, 5)], by=None, shown="cũ")


def test_two_who_type_the_same_year_see_each_others_cells_and_lose_nothing(client, year: Province):
    """The page was drawn before another wrote April and May; its person typed April and June."""
    client.force_login(year.officer)
    page = reverse("admin:indicators_revenue_year", args=["SNV", 2025])
    typed = drawn(client, page) | {"fund_4": "1.000.000", "dues_6": "một triệu", "fund_7": "3000"}
    elsewhere = [took(year.interior, month, 5000 * month) for month in (4, 5)]
    revenues.record(elsewhere, by=year.administrator)
    revenues.record([took(year.interior, 7, 3000, note="UNC 9")], by=year.officer)
    form = client.post(page, typed).context["form"]
    [sentence] = form.non_field_errors()
    both, theirs = sentence.split("Ô bạn không sửa")
    assert "Kinh phí công đoàn tháng 4 (đã lưu: 20.000, Đỗ Quản Trị ghi lúc" in both
    assert both.endswith("; bạn nhập: 1.000.000). ")
    assert "tháng 7" not in both
    for told in ("tháng 5 (đã lưu: 25.000, Đỗ Quản Trị ghi lúc", "UNC 9, bạn ghi lúc"):
        assert told in theirs
    assert [form[name].value() for name in ("fund_4", "fund_5", "dues_6")] == [
        *("1.000.000", "25.000", "một triệu")
    ]
    assert "không phải là số" in form.errors["dues_6"][0]
    assert "đã ghi 20.000 đồng: muốn sửa" in form.errors["reason"][0]
    again = {name: form[name].value() or "" for name in form.fields} | {"shown": form.shown}
    again |= {"dues_6": "", "reason": "Đối chiếu lại"}
    assert client.post(page, again).status_code == 302
    rows = Revenue.objects.filter(union=year.interior, month__gte=4)
    assert dict(rows.values_list("month", "amount")) == {4: 1_000_000, 5: 25_000, 7: 3000}
    # a page that does not say what it showed overwrites nothing
    lost = client.post(page, again | {"fund_4": "9", "shown": ""}).context["form"]
    assert "tháng 4 (đã lưu: 1.000.000, bạn ghi lúc" in lost.non_field_errors()[0]


def test_the_months_are_proposed_and_taken_only_when_asked_for(client, year: Province):
    """Health's December is after the cut-off of 30 November."""
    own, officer = year.own_submission, year.officer
    plan = year.programme.indicators.get(kind="plan_fulfilment")
    client.force_login(officer)
    page = client.get(own.get_absolute_url())
    shown = page.content.decode()
    assert "43.000.000 đồng" in shown
    assert "Lấy số này" in shown
    assert not own.figures.filter(indicator=plan).exists()
    take = reverse("indicators:submission-take-revenue", args=[own.pk, plan.pk])
    # what was assigned stands in its box already: by itself it is no answer
    untouched = SentForm(shown, "phieu").fields
    assert untouched[f"i{plan.pk}-assigned"] == "100.000.000"
    assert "Dự toán đã điền sẵn theo số được giao." in shown
    assert client.post(own.get_absolute_url(), untouched).status_code == 302
    assert not own.figures.filter(indicator=plan).exists()
    untouched = SentForm(client.get(own.get_absolute_url()).content.decode(), "phieu").fields
    assert client.post(take, untouched).status_code == 302
    assert own.figures.get(indicator=plan).answers == {
        "collected": 43_000_000,
        "assigned": 100_000_000,
    }
    fill_in(own, by=officer, i2_1_6={"collected": 44_000_000, "assigned": 100_000_000})
    review = client.get(reverse("admin:indicators_submission_change", args=[own.pk]))
    assert "Khác số theo tháng" in review.content.decode()
    assert (
        "Lấy số này" not in client.get(year.health_submission.get_absolute_url()).content.decode()
    )


def test_assigned_amounts_come_from_a_workbook_too(year: Province):
    """The decision in force is superseded and kept; a later one counts from its day."""
    plan = year.programme.indicators.get(kind="plan_fulfilment")
    heads = ["Mã đơn vị", "Chỉ tiêu", "Năm", "Dự toán giao", "Số quyết định", "Ngày quyết định"]

    def receive(*rows) -> Intake:
        file = SimpleUploadedFile("giao.xlsx", write("Giao", heads, rows))
        kind, administrator = Intake.Kind.ASSIGNMENTS, year.administrator
        return intakes.receive(kind, file, Decision(TODAY), by=administrator)

    wrong = receive(
        ["CDVC", "2.1.6", 2025, 0, None, None],
        ["CDVC", "2.1.1", 2025, 5, None, None],
        ["SYT", "2.1.6", 2025, 5, None, None],
        ["CDVC", "2.1.6", 2031, 5, None, None],
        ["XX", "2.1.6", 2025, 5, None, None],
    )
    assert [row["faults"][0][0] for row in wrong.findings["rows"]] == [
        *("amount", "indicator", "amount", "indicator", "union")
    ]
    intake = receive(["CDVC", "2.1.6", 2025, 110_000_000, "15/QĐ-LĐLĐ", date(2025, 12, 15)])
    [(_, verdict, sentence)] = told(intake)
    assert verdict == "changed"
    assert sentence.endswith(
        "chỉ tiêu 2.1.6 năm 2025: 100.000.000 đồng → 110.000.000 đồng, quyết định 15/QĐ-LĐLĐ."
    )
    intakes.confirm(intake, good_only=False, by=year.administrator)
    kept = plan.assignments.order_by("pk").values_list("amount", "in_force")
    assert list(kept) == [(90_000_000, False), (100_000_000, False), (110_000_000, True)]
    assert (
        queries.table(Looked(2025), year.officer, date(2025, 12, 14)).whole.assigned == 100 * 10**6
    )
    assert (
        queries.table(Looked(2025), year.officer, date(2025, 12, 15)).whole.assigned == 110 * 10**6
    )
    file = SimpleUploadedFile("lại.xlsx", exports.export("assignments", by=year.administrator))
    again = intakes.receive("assignments", file, Decision(TODAY), by=year.administrator)
    assert again.counts == {"new": 0, "changed": 0, "same": 1, "wrong": 0}
    with pytest.raises(PermissionDenied):
        exports.export("assignments", by=year.officer)
