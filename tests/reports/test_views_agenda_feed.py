"""The agenda on a telephone: an address told once, revoked, and silent for who may not read."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from actionplan.models import CalendarFeed
from actionplan.queries.agenda import Entry, EntryKind
from reports.render.agenda import as_ics
from tests.actionplan.directing import give, soon
from tests.builders import Province
from unions.models import JournalEntry
from unions.services import people

ADDRESS = re.compile(r"http://testserver/lich-rieng/([\w-]{43})\.ics")


def asked(client, province: Province) -> str:
    """The page that the button brings."""
    answer = client.post(reverse("reports:feed", args=[province.health.code]))
    assert answer["Cache-Control"] == "private, no-store"
    return unescape(answer.content.decode())


@pytest.fixture
def address(client, province: Province) -> str:
    """That of the chair of the health union, which has a directive to answer."""
    give(province)
    client.force_login(province.chair_of_health)
    return ADDRESS.search(asked(client, province)).group()


def told(address: str):
    return Client().get(address)


def test_whoever_has_the_address_reads_the_agenda_and_no_more(address: str, province: Province):
    answer = told(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=21600"
    calendar = Calendar.from_ical(answer.content)
    assert str(calendar["x-wr-calname"]) == f"Lịch {province.health}"
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    event = events["Hạn báo kết quả: Rà soát quy chế"]
    assert event["dtstart"].dt == soon(10)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(1)
    assert str(event["url"]).startswith("http://testserver/ke-hoach/chi-dao/")
    text = answer.content.decode()
    assert province.chair_of_health.full_name not in text
    assert "sessionid" not in answer.cookies


def test_the_address_is_told_once_and_only_its_hash_is_kept(client, address, province: Province):
    secret = ADDRESS.search(address).group(1)
    feed = CalendarFeed.objects.get()
    assert secret not in str(vars(feed))
    shown = client.get(reverse("reports:feed", args=[province.health.code])).content.decode()
    assert secret not in shown
    assert "Tạo địa chỉ mới, bỏ địa chỉ cũ" in shown
    lines = JournalEntry.objects.filter(subject="actionplan.calendarfeed")
    assert [line.sentence for line in lines] == [f"Tạo địa chỉ lịch của {province.health}"]
    assert secret not in str([vars(line) for line in lines])


def test_made_anew_or_revoked_the_old_address_is_gone(client, address: str, province: Province):
    again = ADDRESS.search(asked(client, province)).group()
    assert [told(one).status_code for one in (address, again)] == [404, 200]
    client.post(reverse("reports:feed-revoke", args=[province.health.code]))
    assert told(again).status_code == 404
    assert not CalendarFeed.objects.exists()
    last = JournalEntry.objects.filter(subject="actionplan.calendarfeed").earliest("-pk")
    assert last.sentence == f"Thu hồi địa chỉ lịch của {province.health}"
    assert last.by == province.chair_of_health


def test_who_may_no_longer_read_of_the_union_has_no_address(address: str, province: Province):
    chair = province.chair_of_health
    for active, status in ((False, 404), (True, 200)):
        chair.is_active = active
        chair.save()
        assert told(address).status_code == status
    people.relieve(chair.appointments.get(), by=province.administrator)
    assert told(address).status_code == 404


def test_an_address_that_nobody_made_is_not_found(address: str):
    assert told(address.replace(".ics", "x.ics")).status_code == 404
    assert told(address).status_code == 200


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(title=TEXT, name=TEXT, day=st.dates())
def test_any_words_come_back_from_the_file_as_they_were(title, name, day):
    if day.year == 9999:
        day = day.replace(year=9998)
    entry = Entry(day, EntryKind.ITEM, "Đến hạn", title, "/a/", "viec-1-den")
    file = as_ics(name, [entry], timezone.now(), "vidu.vn", lambda path: f"https://vidu.vn{path}")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    calendar = Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == entry.words
    assert str(calendar["x-wr-calname"]) == name
    assert event["dtstart"].dt == day
