"""An agenda as the file that telephones subscribe to (RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from icalendar import Calendar, Event

_A_DAY = timedelta(days=1)
# how often a telephone may ask again
ASKED_AGAIN = timedelta(hours=6)


class Line(Protocol):
    """What an agenda says of a day."""

    @property
    def day(self) -> date: ...

    @property
    def mark(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def standing(self) -> tuple[str, str]: ...


def as_ics(
    name: str, lines: Iterable[Line], now: datetime, host: str, whole: Callable[[str], str]
) -> bytes:
    """One event of a whole day for each line; `whole` makes an address of the portal absolute."""
    calendar = Calendar()
    calendar.add("prodid", "-//Chuong trinh hanh dong cong doan//Lich cong tac//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_AGAIN)
    for line in lines:
        calendar.add_component(_event(line, now, host, whole))
    return bytes(calendar.to_ical())


def _event(line: Line, now: datetime, host: str, whole: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{line.mark}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", line.day)
    event.add("dtend", line.day + _A_DAY)
    event.add("summary", line.words)
    event.add("url", whole(line.address))
    event.add("transp", "TRANSPARENT")
    if line.standing[1]:
        event.add("description", line.standing[1])
    return event
