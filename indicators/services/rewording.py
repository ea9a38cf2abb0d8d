"""A document read again: what people reworded stays, where the document's own words did."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators.programme_file import (
    ActionSpec,
    BreakthroughSpec,
    IndicatorSpec,
    ProgrammeSpec,
    TaskGroupSpec,
)

Numbered = TypeVar("Numbered", TaskGroupSpec, BreakthroughSpec)
Part = TypeVar("Part", ProgrammeSpec, IndicatorSpec, ActionSpec, TaskGroupSpec, BreakthroughSpec)


def keep(
    spec: ProgrammeSpec, programme: Programme, since: ProgrammeSpec | None = None
) -> ProgrammeSpec:
    """`spec` with the titles, names and questions of `programme` where the wording is the same.

    `since` is what was loaded last: what differs from it was typed anew and wins. Titles that
    are the document's own words are kept only against it. Two to four statements.
    """
    spec = replace(
        spec,
        indicators=_indicators(spec, programme, since),
        task_groups=_with_actions(spec, programme, since),
    )
    if since is not None:
        spec = replace(
            spec,
            task_groups=_titled(spec.task_groups, since.task_groups, programme.task_groups.all()),
            breakthroughs=_titled(
                spec.breakthroughs, since.breakthroughs, programme.breakthroughs.all()
            ),
        )
    if spec.subject and spec.subject == programme.subject:
        return _kept(spec, programme, since, "title", anew=since is None)
    return spec


def _indicators(
    spec: ProgrammeSpec, programme: Programme, since: ProgrammeSpec | None
) -> tuple[IndicatorSpec, ...]:
    rows = {(row.code, row.text): row for row in programme.indicators.exclude(text="")}
    known = {one.code: one for one in since.indicators} if since else {}
    return tuple(
        _kept(one, row, known.get(one.code), "name", "question", anew=since is None)
        if (row := rows.get((one.code, one.text)))
        else one
        for one in spec.indicators
    )


def _with_actions(
    spec: ProgrammeSpec, programme: Programme, since: ProgrammeSpec | None
) -> tuple[TaskGroupSpec, ...]:
    actions = Action.objects.filter(group__programme=programme).exclude(text="")
    rows = {row.text: row for row in actions}
    known = {one.text: one for group in since.task_groups for one in group.actions} if since else {}

    def kept(one: ActionSpec) -> ActionSpec:
        if one.text not in rows:
            return one
        return _kept(one, rows[one.text], known.get(one.text), "title", anew=since is None)

    return tuple(
        replace(group, actions=tuple(map(kept, group.actions))) for group in spec.task_groups
    )


def _titled(
    parts: Iterable[Numbered], since: Iterable[Numbered], rows: Iterable[TaskGroup | Breakthrough]
) -> tuple[Numbered, ...]:
    live = {row.number: row for row in rows}
    known = {one.number: one for one in since}
    return tuple(
        _kept(one, live[one.number], known.get(one.number), "title") if one.number in live else one
        for one in parts
    )


def _kept(part: Part, row: object, since: Part | None, *names: str, anew: bool = False) -> Part:
    """`part` with the row's words, unless a person typed others since they were loaded."""
    words: dict[str, Any] = {
        name: getattr(row, name)
        for name in names
        if anew or (since is not None and getattr(since, name) == getattr(part, name))
    }
    return replace(part, **words)
