"""Chairs who type at the same time, each in a thread: a process of its own beside the server's."""

import json
import math
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from tests.support.forms import SentForm

_PATIENCE = 30
_ANSWER = re.compile(r'data-answer="(\w+)"\s+data-mark="(\w+)"\s+data-revision="(\d*)"')


@dataclass(frozen=True)
class Seat:
    """One chair before an open page: who, which page, which card of it."""

    person: int
    session: str
    page: str
    card: str


@dataclass(frozen=True)
class Plan:
    """What is sent: `turns` saves of each seat, `every` so many seconds, spread over these.

    Who still waits for an answer lets a turn pass, as the page does: what is typed meanwhile goes
    with the next. To `instead` where that is named, else to where the card is saved. Before the
    first of them each sends one more that is not timed. `origin` is the portal's address, `port`
    where it listens.
    """

    port: int
    origin: str
    seats: list[Seat]
    turns: int
    every: float
    instead: str = ""


@dataclass(frozen=True)
class Sent:
    """One save: by which seat, what was typed, the answer (0: none).

    `waited` is how long the chair did, in milliseconds, negative where it is not timed; `at` the
    second of the answer since all began.
    """

    seat: int
    typed: int
    status: int
    result: str
    waited: float = -1
    at: float = 0


class Browser:
    """A seat's cookies and marks, and one connection for each request."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan, self.number, self.seat = plan, number, plan.seats[number]
        self.token = ""
        answer, page = self._ask("GET", self.seat.page, None)
        assert answer.status == 200, f"{self.seat.page}: {answer.status}"
        fields = SentForm(page, "phieu").fields
        self.token = _token(answer)
        marks = dict(mark.split(":") for mark in fields["drawn"].split())
        own = {name: value for name, value in fields.items() if name.startswith(self._prefix)}
        self.sends = own | {
            "drawn": marks[self.seat.card],
            "revision": fields["revision"],
            "person": str(self.seat.person),
            "whole": fields["whole"],
        }

    def save(self, typed: int) -> tuple[int, str]:
        """Send the card with this number; the status and what the answer says became of it."""
        self.sends |= {f"{self._prefix}done": str(typed), f"{self._prefix}total": "100000"}
        address = self.plan.instead or f"{self.seat.page}luu/{self.seat.card}/"
        try:
            answer, text = self._ask("POST", address, urlencode(self.sends))
        except (OSError, HTTPException) as problem:
            return 0, repr(problem)
        if told := _ANSWER.search(text):
            self.sends |= {"drawn": told[2], "revision": told[3]}
        return answer.status, told[1] if told else ""

    @property
    def _prefix(self) -> str:
        return f"{self.seat.card}-"

    def _ask(self, method: str, address: str, body: str | None) -> tuple[HTTPResponse, str]:
        asked = HTTPConnection("127.0.0.1", self.plan.port, timeout=_PATIENCE)
        try:
            asked.request(method, address, body, self._headers())
            answer = asked.getresponse()
            return answer, answer.read().decode()
        finally:
            asked.close()

    def _headers(self) -> dict[str, str]:
        scheme, _, host = self.plan.origin.partition("://")
        return {
            "Host": host,
            "Origin": self.plan.origin,
            "X-Forwarded-Proto": scheme,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.seat.session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
            "HX-Request": "true",
        }


def run(plan: Plan) -> list[Sent]:
    """Every save of every seat, in no order."""
    found: list[Sent] = []
    ready = threading.Barrier(len(plan.seats) + 1)
    threads = [
        threading.Thread(target=_sit, args=(plan, number, ready, found), daemon=True)
        for number, _ in enumerate(plan.seats)
    ]
    for thread in threads:
        thread.start()
    ready.wait(_PATIENCE * 2)
    for thread in threads:
        thread.join((plan.turns + 1) * (plan.every + _PATIENCE))
    return found


def _sit(plan: Plan, number: int, ready: threading.Barrier, found: list[Sent]) -> None:
    try:
        browser = Browser(plan, number)
        found.append(Sent(number, 1, *browser.save(1)))
    except BaseException:
        ready.abort()  # nobody waits for one who will not come
        raise
    ready.wait(_PATIENCE * 2)
    begun = time.monotonic()
    due = begun + plan.every * number / len(plan.seats)
    for typed in range(2, plan.turns + 2):
        time.sleep(max(0, due - time.monotonic()))
        sent = time.monotonic()
        answered = browser.save(typed)
        now = time.monotonic()
        found.append(Sent(number, typed, *answered, (now - sent) * 1000, now - begun))
        due += plan.every * max(1, math.ceil((now - due) / plan.every))


def _token(answer: HTTPResponse) -> str:
    cookies = answer.headers.get_all("Set-Cookie") or []
    given = (re.match(r"csrftoken=(\w+)", cookie) for cookie in cookies)
    return next(match[1] for match in given if match)


def plan_of(written: dict[str, Any]) -> Plan:
    """A plan as it comes to this process."""
    return Plan(**written | {"seats": [Seat(**seat) for seat in written["seats"]]})


if __name__ == "__main__":
    json.dump([asdict(sent) for sent in run(plan_of(json.load(sys.stdin)))], sys.stdout)
