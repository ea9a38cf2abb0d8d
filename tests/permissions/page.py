"""The table of permissions as a page of the docs."""

from collections.abc import Callable, Iterator, Sequence

from tests.permissions.table import PEOPLE, TABLES, Line, Table

PAGE = "docs/permissions.md"

_OPENING = """\
# Permissions

Who may do what to a submission or a plan, and when. This page is printed from
`tests/permissions/table.py` (`python -m tests.permissions`). The tests beside that file try every
mark against the running portal, people taking turns from state to state; with `EVERY_CELL=1` each
person tries each act in each state.

Each act has two rows of marks. **Who**: ✓ may; ✗ is refused (“không có quyền”); – is told that
there is no such page (404), or, where a list is sent, that nothing in it is theirs. **When**, for
those who may: ✓ it is done; · it is refused with a sentence that says why; – it is not there yet.
The permission is asked before the state, so a refusal tells nothing about the form. Whoever is not
logged in is led to the log-in, whatever the act (`tests/architecture/policy.py`).

A request for correction or for more time can be answered or taken back while nobody has; those rows
are tried with one waiting. Taking a bulk act back is tried with one that the form was part of. Who
verifies may also approve, unless the province keeps the two apart by
`SEPARATE_VERIFIER_AND_APPROVER`. The people of a union that has *ended* lose its form once it is
approved or excused.
"""

_MARKS = {"+": "✓", "-": "✗", "0": "–", ".": "–"}
_OUTCOMES = {"+": "✓", ".": "·", "0": "–"}


def written() -> str:
    """The whole page."""
    return "\n".join([_OPENING, *(line for table in TABLES.values() for line in _part(table))])


def _part(table: Table) -> Iterator[str]:
    yield f"## {table.title}\n"
    yield "### Who\n"
    yield from _rows(list(PEOPLE.values()), table, lambda line: _of(line.people, _MARKS))
    yield "### When\n"
    yield from _rows(list(table.states.values()), table, lambda line: _of(line.states, _OUTCOMES))


def _rows(heads: Sequence[str], table: Table, marks: Callable[[Line], list[str]]) -> Iterator[str]:
    yield _row(["", *heads])
    yield _row(["---", *[":-:"] * len(heads)])
    for line in table.lines:
        yield _row([line.words, *marks(line)])
    yield ""


def _of(marks: dict[str, str], signs: dict[str, str]) -> list[str]:
    return [signs[mark] for mark in marks.values()]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
