"""Every address against everyone who might ask for it."""

import os
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from tests.architecture.policy import DESK, PEOPLE, PORTAL, ROWS, SENT
from tests.architecture.routes import all_routes
from tests.architecture.world import World, make_world

OF_THE_JOURNAL = ["inspector", "administrator"]
AT_A_DESK = ["inspector", "officer", "administrator", "stranger"]
# Shortcuts of Django's admin that lead nowhere else than to the addresses above.
DETOURS = ["admin:view_on_site", "admin:app_list"]
# what is refused is tried by everyone; a page that several get is drawn for one of them in turn,
# EVERY_CELL=1 draws it for each
EVERY = bool(os.environ.get("EVERY_CELL"))
REFUSALS = {"in", "no", "404", "405"}


@dataclass(frozen=True)
class Line:
    """What everyone is told at one address by one method."""

    method: str
    route: str
    address: str
    told: dict[str, str]


@pytest.fixture
def world(db: Any) -> World:
    return make_world()


def lines_of(table: str, world: World) -> list[Line]:
    """The lines of a table, with the addresses of this world."""
    head, *rows = [row.split() for row in table.strip().splitlines()]
    lines = []
    for method, target, *words in rows:
        route, *things = target.split("/")
        address = reverse(route, args=[world.things.get(thing, thing) for thing in things])
        lines.append(Line(method, route, address, dict(zip(head[1:], words, strict=True))))
    return lines


def desk_lines(world: World) -> list[Line]:
    """The lines of the desk's own pages and of everything it does with rows."""
    rows = ROWS.strip().splitlines()[1:]
    lines = lines_of(DESK, world) + [line for row in rows for line in lines_of_rows(row)]
    return [_with_one_of_the_others(line, turn) for turn, line in enumerate(lines)]


def _with_one_of_the_others(line: Line, turn: int) -> Line:
    others = [who for who in PEOPLE if who not in {*AT_A_DESK, "anonymous"}]
    told = dict(line.told)
    return replace(line, told=told | {others[turn % len(others)]: told.pop("others")})


def lines_of_rows(row: str) -> list[Line]:
    """What the desk shows of one table of rows and does with it, address by address."""
    label, readers, actors, rest = row.split(maxsplit=3)
    of_all, of_one = (part.split() for part in rest.split("|"))
    key = apps.get_model(label.replace("_", ".")).objects.earliest("pk").pk
    may_read, may_act = readers.split(","), actors.split(",")

    def line(suffix: str, told: dict[str, str], *keys: int) -> Line:
        route = f"admin:{label}_{suffix}"
        return Line("GET", route, reverse(route, args=keys), told)

    def told(allowed: list[str], stranger: str, refused: str = "no") -> dict[str, str]:
        words = {who: "ok" if who in allowed else refused for who in AT_A_DESK}
        return {"anonymous": "in", "others": "no"} | words | {"stranger": stranger}

    return [
        line("changelist", told(may_read, "ok")),
        line("excel", told(may_read, "ok")),
        line("add", told([], "no")),
        line("change", told(may_read, "404"), key),
        line(
            "history",
            told(OF_THE_JOURNAL, "404", refused="no" if "officer" in may_read else "404"),
            key,
        ),
        line("delete", told([], "no"), key),
        *(line(act, told(may_act, "ok")) for act in of_all),
        *(line(act, told(may_act, "404"), key) for act in of_one),
    ]


def check(world: World, lines: list[Line]) -> None:
    """Everyone is told what the table says; every difference is named."""
    found = []
    for turn, line in enumerate(lines):
        for who, word in line.told.items() if EVERY else tried(line, turn).items():
            told = world.ask(who, line.method, line.address, SENT.get(line.route, {}))
            if told != word:
                found.append(f"{line.method} {line.route}: {who} is told {told}, not {word}")
    assert not found, "\n".join(["see tests/architecture/policy.py:", *found])


def tried(line: Line, turn: int) -> dict[str, str]:
    """Everyone who is refused, and of those who are let in for each answer one in turn."""
    refused = {who: word for who, word in line.told.items() if word in REFUSALS}
    of_one_answer: dict[str, list[str]] = {}
    for who in line.told.keys() - refused.keys():
        of_one_answer.setdefault(line.told[who], []).append(who)
    let_in = {sorted(people)[turn % len(people)]: word for word, people in of_one_answer.items()}
    return refused | let_in


def test_every_address_has_its_line_in_the_table(world):
    """No line? Say in tests/architecture/policy.py who gets what at the new address."""
    lined = {line.route for line in lines_of(PORTAL, world) + desk_lines(world)}
    unnamed = {route.name for route in all_routes() if route.name == route.pattern}
    known = {route.name for route in all_routes()} - unnamed - set(DETOURS)
    assert not known - lined, f"addresses without a policy: {sorted(known - lined)}"
    assert not lined - known, f"lines without an address: {sorted(lined - known)}"
    assert all(name.startswith("quan-tri/") for name in unnamed), "give every address a name"


def test_everyone_gets_at_every_page_of_the_portal_what_the_table_says(world):
    check(world, lines_of(PORTAL, world))


def test_everyone_gets_at_every_page_of_the_desk_what_the_table_says(world):
    check(world, desk_lines(world))


def test_what_may_not_be_looked_at_at_the_desk_may_not_be_sent_either(world):
    """The form of an act is no guard: the act itself refuses."""
    refusals = REFUSALS - {"in"}
    pages = [line for line in desk_lines(world) if line.method == "GET"]
    accepted = [
        f"POST {line.route}: {who} is told {told}"
        for line in pages
        for who, word in line.told.items()
        if who in AT_A_DESK and word in refusals
        if (told := world.ask(who, "POST", line.address, {})) not in refusals
    ]
    assert not accepted, "\n".join(accepted)


def test_a_method_without_a_line_is_refused(world):
    """Nothing is written by a GET, nothing is posted to a page that only shows."""
    lines = lines_of(PORTAL, world)
    taken = {(line.method, line.route) for line in lines}
    check(
        world,
        [
            replace(line, method=method, told={"chair": "405"})
            for line in lines
            for method in ("GET", "POST")
            if (method, line.route) not in taken
        ],
    )
