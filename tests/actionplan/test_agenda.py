"""The agenda of a union and of the province: what stands on which day, and for whom."""

import io
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from actionplan.calendar import Month
from actionplan.queries.agenda import Span
from actionplan.services import directive_answers, items, library, milestones
from actionplan.services.library import Asked
from actionplan.services.milestones import Goal
from actionplan.workflow import Status
from indicators.queries.agenda import agenda_of
from indicators.services import extensions
from tests.actionplan.briefing import held, paper, pdf, soon
from tests.actionplan.directing import copy_of, give
from tests.actionplan.planning import an_item, health_plan
from tests.builders import Province

AGENDA = "admin:actionplan_plan_agenda"
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_month_is_whole_weeks_and_lies_between_its_neighbours(day):
    month = Month.of(day)
    days = [one for week in month.weeks for one in week]
    assert len(days) % 7 == 0
    assert days[0].weekday() == 0
    assert days == sorted(set(days))
    assert {one for one in days if Month.of(one) == month} >= {day, month.first, month.last}
    assert month.before.after == month == month.after.before
    assert (month.first - month.before.last).days == 1


@pytest.fixture
def busy(province: Province, settings, tmp_path) -> Province:
    """A union with something of every kind; the interior has an item of its own."""
    settings.MEDIA_ROOT = tmp_path
    chair, officer = province.chair_of_health, province.officer
    plan = health_plan(province)
    items.add(plan, an_item(province, 1, what="Hội nghị người lao động"), by=chair)
    day = date(2025, 3, 31)
    plan.refresh_from_db()
    items.add(plan, an_item(province, 2, what="Ra quân", starts_on=day, due_on=day), by=chair)
    held(province.health, 5)
    goal = Goal(
        *(province.programme.breakthroughs.get(number=1), "Đối thoại ở mọi đơn vị"),
        *("Ban Chính sách", date(2025, 6, 30)),
    )
    milestones.set_up(goal, by=officer)
    return province


def told(province: Province, span: Span = YEAR, by=None) -> list[tuple[date, str, str]]:
    found = agenda_of(province.health, span, by or province.chair_of_health)
    return [(one.day, one.words, one.standing[1]) for one in found]


def test_each_day_says_what_begins_is_due_or_was_held(busy: Province):
    period = busy.period
    assert told(busy, Span(date(2025, 1, 1), date(2025, 9, 30))) == [
        (date(2025, 2, 1), "Bắt đầu: Hội nghị người lao động", "Quá hạn"),
        (date(2025, 3, 5), "Quán triệt: Nghị quyết", ""),
        (date(2025, 3, 31), "Đến hạn: Hội nghị người lao động", "Quá hạn"),
        (date(2025, 3, 31), "Đến hạn: Ra quân", "Quá hạn"),
        (date(2025, 6, 30), "Mốc: Đối thoại ở mọi đơn vị", "Quá hạn"),
    ]
    forms = [line[:2] for line in told(busy, Span(period.due_on, period.closes_on))]
    assert forms == [
        (period.due_on, f"Hạn nộp: phiếu số liệu {period}"),
        (period.closes_on, f"Khoá kỳ: phiếu số liệu {period}"),
    ]


def test_a_unions_own_later_day_stands_in_place_of_the_periods(busy: Province):
    until, union = soon(30), Span(busy.period.due_on, soon(60))
    extensions.extend(busy.health_submission, until, "Mất điện", by=busy.officer)
    days = [day for day, words, _ in told(busy, union) if words.startswith("Hạn nộp")]
    assert days == [max(until, busy.period.due_on)]


def test_a_directive_and_a_document_stand_on_the_day_that_holds_for_the_union(busy: Province):
    chair, officer = busy.chair_of_health, busy.officer
    copy = copy_of(give(busy), busy.health)
    document = library.add(busy.root, paper(), pdf(), by=officer)
    library.ask_reading(document, Asked(soon(12)), by=officer)
    around = Span(soon(0), soon(25))

    def of_now() -> list[tuple[date, str, str]]:
        return [line for line in told(busy, around) if "phiếu số liệu" not in line[1]]

    reading = (soon(12), f"Hạn đọc: {document}", "Chưa đọc")
    assert of_now() == [(soon(10), "Hạn báo kết quả: Rà soát quy chế", "Chưa nhận"), reading]
    directive_answers.extend(copy, soon(20), "Mưa lũ", by=officer)
    assert of_now() == [reading, (soon(20), "Hạn báo kết quả: Rà soát quy chế", "Chưa nhận")]
    library.confirm_read(document, busy.health, by=chair)
    assert of_now()[0] == (soon(12), f"Hạn đọc: {document}", "Đã đọc")
    library.withdraw(document, "Sai số", by=officer)
    assert len(of_now()) == 1


def test_another_unions_chair_reads_nothing_of_it(busy: Province):
    mine = {line[1] for line in told(busy)}
    theirs = {line[1] for line in told(busy, by=busy.chair_of_interior)}
    assert mine - theirs >= {"Đến hạn: Ra quân", "Quán triệt: Nghị quyết"}
    assert theirs == {"Mốc: Đối thoại ở mọi đơn vị"}


def page(client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_the_month_of_a_union_is_a_table_and_a_list_that_lead_on(client, busy: Province):
    client.force_login(busy.chair_of_health)
    march = reverse("reports:agenda-of-month", args=[busy.health.code, 2025, 3])
    shown = page(client, march)
    item = items.PlanItem.objects.get(what="Ra quân")
    assert shown.count(f'href="{item.get_absolute_url()}"') == 2
    assert "Thứ 2, 31/03/2025" in shown
    assert 'class="agenda-month"' in shown
    assert f"/lich/{busy.health.code}/2025/2/" in shown
    assert f"/lich/{busy.health.code}/2025/4/" in shown
    assert 'class="agenda-month"' not in page(client, march, xem="danh-sach")
    july = reverse("reports:agenda-of-month", args=[busy.health.code, 2025, 7])
    assert "Tháng này chưa có gì trong lịch" in page(client, july)
    for year, number in ((1999, 1), (2101, 1), (2025, 0), (2025, 13)):
        where = reverse("reports:agenda-of-month", args=[busy.health.code, year, number])
        assert client.get(where).status_code == 404
    assert client.get(reverse("reports:agendas")).url == f"/lich/{busy.health.code}/"


def test_the_desk_counts_by_day_and_opens_each_number(client, busy: Province):
    client.force_login(busy.officer)
    march = {"thang": "3", "nam": "2025"}
    shown = page(client, reverse(AGENDA), **march)
    assert "3 mục, 2 quá hạn." in shown
    assert "2 việc trong kế hoạch, <span" in shown
    assert "ngay=2025-03-31&muc=viec" in shown or "muc=viec&ngay=2025-03-31" in shown
    listed = page(client, reverse(AGENDA), **march, ngay="2025-03-31", muc="viec")
    assert "Ngày 31/03/2025: 2 mục, 2 quá hạn." in listed
    assert "Đến hạn: Ra quân" in listed
    assert "Công đoàn cơ sở Sở Y tế" in listed
    for asked, number in (
        ({"muc": "quan-triet"}, 1),
        ({"cum": "Cụm 1"}, 3),
        ({"cum": "-"}, 0),
        ({"loai": "non_state"}, 0),
        ({"thang": "6"}, 1),
        ({"thang": "mười"}, None),
    ):
        shown = page(client, reverse(AGENDA), **march | asked)
        assert number is None or f"{number} mục, " in shown, asked
    book = client.get(reverse(f"{AGENDA}_excel"), march).content
    lines = list(load_workbook(io.BytesIO(book)).active.values)[1:]
    assert [line[2] for line in lines] == [
        "Quán triệt: Nghị quyết",
        "Đến hạn: Hội nghị người lao động",
        "Đến hạn: Ra quân",
    ]


def test_a_directive_is_one_line_at_the_desk_with_how_many_have_answered(client, busy: Province):
    give(busy)
    client.force_login(busy.officer)
    due = soon(10)
    asked = {"thang": str(due.month), "nam": str(due.year), "xem": "danh-sach", "muc": "chi-dao"}
    shown = page(client, reverse(AGENDA), **asked)
    assert "1 mục, 0 quá hạn." in shown
    assert "0/2 đã báo" in shown


def test_what_was_dropped_is_in_nobodys_agenda(busy: Province):
    items.PlanItem.objects.update(status=Status.DROPPED, dropped_because="Hết kinh phí")
    assert not [words for _, words, _ in told(busy) if "Ra quân" in words]
