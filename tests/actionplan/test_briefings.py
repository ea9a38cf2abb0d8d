"""Sessions of unions, and the people whom they reached: services, the chair's pages, the desk."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplan.models import BriefingSession, Dissemination
from actionplan.queries.briefings import nearest_roll
from actionplan.services import briefings
from actionplan.services.briefings import Outdated
from tests.actionplan.briefing import JUNE, MARCH, briefed, briefing, held, pdf
from tests.builders import Province, make_small_province
from unions.errors import RuleBroken
from unions.models import Evidence, Headcount, JournalEntry
from unions.services import unions
from unions.services.events import Decision


def counted(province: Province, members: int, workers: int | None, on: date = MARCH) -> None:
    Headcount.objects.create(union=province.health, counted_on=on, members=members, workers=workers)


def row_of(province: Province) -> Dissemination:
    return Dissemination.objects.get(union=province.health)


def address(province: Province, name: str = "briefings-of-year") -> str:
    return reverse(f"actionplan:{name}", args=[province.health.code, 2025])


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([], None),
        # the last until the day; of the day itself too
        ([(date(2024, 11, 30), 40, 50), (date(2025, 2, 1), 41, 60)], (60, "người lao động")),
        ([(date(2025, 3, 5), 41, 60), (date(2025, 3, 6), 41, 70)], (60, "người lao động")),
        # none until then: the first after it
        ([(date(2025, 4, 1), 41, 60), (date(2025, 11, 30), 41, 70)], (60, "người lao động")),
        # workers were not told, or there are more members than those
        ([(date(2025, 1, 1), 41, None)], (41, "đoàn viên")),
        ([(date(2025, 1, 1), 41, 30)], (41, "đoàn viên")),
        # nobody is no number
        ([(date(2024, 1, 1), 41, 30), (date(2025, 1, 1), 0, None)], (41, "đoàn viên")),
    ],
)
def test_the_headcount_on_record_is_the_last_until_the_day(counts, told):
    roll = nearest_roll(counts, MARCH)
    assert (roll and (roll.number, roll.whom)) == told


@pytest.mark.parametrize(
    ("said", "about", "told"),
    [
        ({"on": date(2024, 12, 31)}, "held_on", "không thuộc năm 2025 (01/01/2025 đến 31/12/2025)"),
        ({"on": date(1025, 3, 5)}, "held_on", "năm phải từ 1900"),
        ({"on": timezone.localdate() + timedelta(1)}, "held_on", "chưa đến"),
        ({"on": date(2019, 12, 31)}, "held_on", "mới thành lập ngày 01/01/2020"),
        ({"attended": 0}, "attended", "phải từ 1"),
        ({"attended": 31, "expected": 30}, "attended", "nhiều hơn 30 người phải dự"),
        ({"attended": 30, "expected": 2_000_000}, "expected", "nhiều nhất 1.000.000"),
        ({"what": "\u00a0"}, "what", "nội dung"),
    ],
)
def test_a_session_that_cannot_be_is_refused_at_its_field(province, said, about, told):
    with pytest.raises(RuleBroken) as refused:
        briefings.add(province.health, 2025, briefing(**{"attended": 30} | said), by=None)
    assert told in str(refused.value)
    assert refused.value.about == about
    assert not BriefingSession.objects.exists()


def test_a_union_that_has_ended_holds_no_session_afterwards(province: Province):
    unions.dissolve(province.health, Decision(date(2025, 5, 1)), by=province.administrator)
    province.health.refresh_from_db()
    briefings.add(province.health, 2025, briefing(30, MARCH), by=None)
    with pytest.raises(RuleBroken, match="đã kết thúc hoạt động từ ngày 01/05/2025"):
        briefings.add(province.health, 2025, briefing(30, JUNE), by=None)


def test_people_are_stated_within_their_bounds_and_the_journal_has_both_numbers(province: Province):
    counted(province, 80, 90)
    held(province.health, 60, 50)
    chair, row = province.chair_of_health, row_of(province)
    for people, told in ((59, "buổi đông nhất"), (91, "90 người lao động"), (111, "110 lượt")):
        with pytest.raises(RuleBroken, match=told) as refused:
            briefings.state_people(row, people, by=chair)
        assert refused.value.about == "people"
    briefings.state_people(row, 85, by=chair)
    row = row_of(province)
    assert (row.people, row.reached, row.stated_by) == (85, 85, chair)
    assert JournalEntry.objects.latest("pk").sentence == (
        "Nêu quán triệt năm 2025 của Công đoàn cơ sở Sở Y tế: 85 người, 110 lượt"
    )


def test_what_was_stated_stays_but_does_not_stand_while_the_sessions_say_otherwise(province):
    first, second = held(province.health, 60, 50)
    briefings.state_people(row_of(province), 70, by=province.chair_of_health)
    third = briefings.add(province.health, 2025, briefing(75, JUNE), by=None)
    row = row_of(province)
    assert (row.people, row.reached) == (70, None)
    assert "ít hơn buổi đông nhất (75 người dự)" in row.unsound
    assert JournalEntry.objects.filter(sentence__contains="cần nêu lại").count() == 1
    briefings.change(third, briefing(65, JUNE), by=None)
    assert row_of(province).reached == 70
    briefings.remove(third, by=None)
    briefings.remove(second, by=None)
    assert "60 lượt" in row_of(province).unsound
    briefings.remove(first, by=None)
    assert row_of(province).unsound.startswith("Chưa ghi buổi")


def test_one_session_is_written_down_once_however_often_the_button_is_pressed(province: Province):
    briefings.add(province.health, 2025, briefing(30), by=None)
    with pytest.raises(RuleBroken, match="đã được ghi"):
        briefings.add(province.health, 2025, briefing(31, what=" Nghị  quyết "), by=None)
    other = briefings.add(province.health, 2025, briefing(31, what="Kế hoạch"), by=None)
    with pytest.raises(RuleBroken, match="đã được ghi"):
        briefings.change(other, briefing(31), by=None)
    assert BriefingSession.objects.count() == 2


def test_a_page_opened_before_another_change_overwrites_nothing(province: Province):
    (session,) = held(province.health, 60)
    row = row_of(province)
    held_since = briefings.add(province.health, 2025, briefing(50, JUNE), by=None)
    assert held_since.dissemination.revision > row.revision
    for late in (
        lambda: briefings.state_people(row, 60, by=None, revision=row.revision),
        lambda: briefings.change(session, briefing(61), by=None, revision=row.revision),
        lambda: briefings.remove(session, by=None, revision=row.revision),
    ):
        with pytest.raises(Outdated, match="vừa thay đổi"):
            late()
    briefings.remove(session, by=None)
    with pytest.raises(Outdated, match="vừa được bỏ"):
        briefings.change(session, briefing(61), by=None)


def test_only_the_unions_own_people_write_and_only_its_head_states(province: Province):
    (session,) = held(province.health, 60)
    row = row_of(province)
    for who in (province.officer, province.administrator, province.leader, province.viewer):
        with pytest.raises(PermissionDenied):
            briefings.add(province.health, 2025, briefing(30, JUNE), by=who)
        with pytest.raises(PermissionDenied):
            briefings.remove(session, by=who)
    with pytest.raises(PermissionDenied):
        briefings.state_people(row, 60, by=province.clerk_of_health)
    briefings.change(session, briefing(61), by=province.clerk_of_health)
    briefings.state_people(row, 61, by=province.chair_of_health)
    # the province has sessions of its own
    own = briefings.add(province.root, 2025, briefing(12), by=province.officer)
    briefings.state_people(own.dissemination, 12, by=province.officer)


def test_papers_come_and_go_and_stay_in_the_archive(province: Province):
    chair = province.chair_of_health
    session = briefings.add(province.health, 2025, briefing(30, uploads=[pdf()]), by=chair)
    (file,) = session.evidence.all()
    said = briefing(30, uploads=[pdf("khac.pdf")], removed={file.pk})
    briefings.change(session, said, by=chair)
    assert [str(one) for one in session.evidence.all()] == ["khac.pdf"]
    assert Evidence.objects.filter(pk=file.pk).exists()
    assert JournalEntry.objects.filter(sentence__startswith="Gỡ tệp “huong-dan.pdf”").exists()


def test_a_chair_writes_sessions_down_and_states_the_people(client, province: Province):
    client.force_login(province.chair_of_health)
    said = {"held_on": "05/03/2025", "form": "within", "what": "Nghị quyết", "expected": "1.200"}
    answer = client.post(address(province, "briefing-add"), said | {"attended": "1201"})
    assert {"05/03/2025", "Nghị quyết", "1.200", "1201"} <= typed_in(answer)
    assert "nhiều hơn 1.200 người phải dự" in told_at(answer, "attended")
    client.post(address(province, "briefing-add"), said | {"attended": "1200"})
    page = client.get(address(province)).content.decode()
    assert "1.200/1.200 người dự" in page
    assert "1.200 lượt" in page
    answer = client.post(address(province), {"people": "1300"})
    assert "1.300 người là nhiều hơn tổng số lượt dự (1.200 lượt)" in told_at(answer, "people")
    assert "1300" in typed_in(answer)
    client.post(address(province), {"people": "1.200"})
    assert row_of(province).people == 1200
    stale = client.post(address(province), {"people": "1199", "revision": "1"})
    assert "vừa thay đổi" in " ".join(stale.context["form"].non_field_errors())


def typed_in(answer) -> set[str]:
    """What the form that came back still holds."""
    form = answer.context["form"]
    return {str(form[name].value()) for name in form.fields}


def told_at(answer, field: str) -> str:
    return " ".join(answer.context["form"].errors[field])


def test_the_desk_lists_unions_with_what_they_did_and_those_with_nothing(client, province):
    counted(province, 80, 100)
    held(province.health, 60, 50)
    briefings.state_people(row_of(province), 85, by=province.chair_of_health)
    client.force_login(province.officer)
    desk = reverse("admin:actionplan_unionbriefings_changelist")
    page = client.get(desk, {"nam": "2025"}).content.decode()
    told = " ".join(page.split())
    assert "<strong>3</strong> đơn vị, 2 buổi, <strong>110 lượt</strong> dự" in told
    assert "2 đơn vị chưa ghi buổi nào" in told
    assert "85/100 người, bằng 85%" in told
    # no accents, and those with nothing alone
    for asked, found in (
        ({"q": "so y te"}, ["SYT"]),
        ({"tinh-hinh": "chua"}, ["CDVC", "SNV"]),
        ({"tinh-hinh": "da-neu"}, ["SYT"]),
        ({"tinh-hinh": "chua-neu"}, []),
        ({"nam": "2024", "q": "so y te", "tinh-hinh": "chua"}, ["SYT"]),
    ):
        rows = client.get(desk, {"nam": "2025"} | asked).context["cl"].result_list
        assert sorted(row.code for row in rows) == found
    excel = client.get(f"{desk}tai-excel/", {"nam": "2025", "q": "so y te"})
    sheet = load_workbook(io.BytesIO(excel.content)).active
    assert [cell.value for cell in sheet[2]][2:7] == [2, 110, 85, "85%", 100]


def test_the_desk_shows_the_sessions_of_one_union_and_their_history(client, province: Province):
    briefed(province)
    client.force_login(province.administrator)
    desk = reverse("admin:actionplan_unionbriefings_change", args=[province.health.pk])
    page = client.get(desk, {"_changelist_filters": "nam=2025"}).content.decode()
    assert "05/03/2025" in page
    assert "huong-dan.pdf" in page
    assert "Đơn vị chưa ghi buổi nào" in client.get(desk, {"nam": "2024"}).content.decode()
    history = reverse("admin:actionplan_unionbriefings_history", args=[province.health.pk])
    assert "Ghi buổi quán triệt ngày 05/03/2025" in client.get(history).content.decode()


def at_once(*acts) -> list[str]:
    """What came of acts that began in the same moment: the refusal, or nothing."""

    start = Barrier(len(acts))

    def take(act) -> str:
        start.wait()
        try:
            act()
        except RuleBroken as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(take, acts))


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_first_the_number_that_stands_is_possible():
    province = make_small_province()
    held(province.health, 60)
    row, chair = row_of(province), province.chair_of_health
    told = at_once(
        lambda: briefings.state_people(row, 60, by=chair),
        lambda: briefings.add(province.health, 2025, briefing(75, JUNE), by=chair),
    )
    # stated first it does not stand afterwards; stated last it is refused
    row = row_of(province)
    assert row.reached is None
    assert (row.people == 60, bool(row.unsound), told[0] == "") in {
        (True, True, True),
        (False, False, False),
    }
    assert told[1] == ""


@pytest.mark.django_db(transaction=True)
def test_one_session_sent_twice_at_once_is_written_down_once():
    province = make_small_province()
    add = partial(briefings.add, province.health, 2025, briefing(30), by=province.chair_of_health)
    told = at_once(add, add)
    assert BriefingSession.objects.count() == 1
    assert sorted(bool(one) for one in told) == [False, True]
