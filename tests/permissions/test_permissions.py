"""The portal keeps to the table of permissions, and the page in the docs is that table."""

import os
from pathlib import Path

import pytest

from tests.permissions.acts import ACTS
from tests.permissions.page import PAGE, written
from tests.permissions.table import MAY, TABLES
from tests.permissions.trying import faults
from tests.permissions.worlds import make_world

# each act by each person in each state takes minutes: EVERY_CELL=1 asks for it
EVERY = bool(os.environ.get("EVERY_CELL"))

CELLS = [(name, state) for name, table in TABLES.items() for state in table.states]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("name", "state"), CELLS)
def test_everybody_is_told_what_the_table_says(name: str, state: str):
    table, world = TABLES[name], make_world(name, state)
    found = [fault for line in table.lines for fault in faults(world, line, state, every=EVERY)]
    assert not found, "\n".join(["see tests/permissions/table.py:", *found])


@pytest.mark.parametrize("name", TABLES)
def test_everybody_tries_every_act_and_every_state_is_tried_by_some_who_may(name: str):
    table = TABLES[name]
    for line in table.lines:
        tried = [set(line.tries(state)) for state in table.states]
        there = [people for people in tried if people]
        may = {who for who, mark in line.people.items() if mark == MAY}
        assert set.union(*there) == set(line.people), line.act
        assert all(may & people for people in there) or not may, line.act


def test_every_act_has_its_line():
    assert {line.act for table in TABLES.values() for line in table.lines} == set(ACTS)


def test_the_page_in_the_docs_is_what_the_table_prints():
    """If it is not: python -m tests.permissions"""
    assert Path(PAGE).read_text(encoding="utf-8") == written()
