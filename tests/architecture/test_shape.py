"""Modules, functions, views and tasks stay small and are called by what they are."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, modules, named
from tests.support.processes import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Names that say nothing about what is inside; the reader would have to open it.
EMPTY_WORDS = {
    *("base", "common", "core", "data", "func", "functions", "general", "handlers", "helper"),
    *("helpers", "lib", "manager", "managers", "misc", "processor", "stuff", "tools", "util"),
    *("utility", "utils"),
}
EMPTY_VERBS = ("handle_", "process_", "do_", "manage_")
OF_DJANGO = {"process_view", "process_response", "process_exception"}
SETTINGS = "config/settings/"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def lines(node: Function) -> int:
    """The lines of a function from its def on."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def inside(node: Function) -> int:
    """The lines of a function without its head and its docstring."""
    first = node.body[1 if ast.get_docstring(node) and node.body[1:] else 0]
    return (node.end_lineno or first.lineno) - first.lineno + 1


def too_long(app: str, place: str, most: int) -> list[str]:
    """Public functions of a module or folder called `place` with more than `most` lines inside."""
    return [
        f"{named(path)}:{node.lineno} {node.name} has {inside(node)} lines inside, not {most}"
        for path in modules(app)
        if place in {path.stem, path.parent.name}
        for node in functions(path)
        if inside(node) > most and not node.name.startswith("_")
    ]


def test_a_module_and_a_folder_are_called_by_what_is_inside():
    """Another name, or a place in the module that knows the thing."""
    found = [
        named(path)
        for path in modules()
        if not named(path).startswith(SETTINGS)
        and {*path.relative_to(ROOT).with_suffix("").parts} & EMPTY_WORDS
    ]
    assert not found, "\n".join(found)


def test_a_function_is_called_by_what_it_does():
    found = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in functions(path)
        if node.name.lstrip("_").startswith(EMPTY_VERBS) and node.name not in OF_DJANGO
    ]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for():
    found = [
        named(path)
        for path in modules()
        if path.stat().st_size and ast.get_docstring(tree(path)) is None
    ]
    assert not found, "\n".join(found)


def test_no_file_has_more_than_300_lines():
    """It has become a folder: one file a noun; a script of a page, two scripts."""
    found = [
        f"{named(path)} has {count} lines"
        for path in [*modules(), *(ROOT / "static").rglob("*.js")]
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert not found, "\n".join(found)


def test_functions_are_short():
    """At most 40 lines, half of them at most 8, nine of ten at most 20."""
    every = [(path, node) for path in modules() for node in functions(path)]
    found = [f"{named(path)}:{node.lineno} {node.name}" for path, node in every if lines(node) > 40]
    assert not found, "\n".join(found)
    lengths = sorted(lines(node) for _, node in every)
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 20


@pytest.mark.parametrize("app", APPS)
def test_a_view_finds_the_row_and_calls_one_service(app):
    """At most 15 lines; a rule belongs into services, a list of things into queries."""
    found = too_long(app, "views", 15)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", APPS)
def test_a_task_calls_one_service(app):
    """At most 5 lines: a task is a view without a browser."""
    found = too_long(app, "tasks", 5)
    assert not found, "\n".join(found)
