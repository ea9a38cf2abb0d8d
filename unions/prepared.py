"""Reads that are asked on every page, put together once: a call only fills in its values.

To build a queryset and write it as SQL takes Django longer than the database takes to answer it.
Here the ORM writes each statement on its first use; what it reads, and of whom, stays its matter.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")

Kind = type[int] | type[str] | type[date]
Value = int | str | date

# small enough for every column of whole numbers
_NUMBERS = (30_011, 31_013)
_DAYS = (date(1917, 11, 7), date(1929, 7, 28))
_TEXTS = ("~tic~", "~tac~")


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with its parameters; `places` says which value stands at each, and what follows it."""

    rows: "QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, str] | None, ...]

    def filled(self, given: list[Any]) -> tuple[Any, ...]:
        """The parameters with these values in their places."""
        return tuple(
            own if place is None else given[place[0]] + place[1] if place[1] else given[place[0]]
            for own, place in zip(self.parameters, self.places, strict=True)
        )


class Prepared(Generic[Row]):
    """The rows of the queryset that `build` returns for some values, written as SQL only once.

    `kinds` are the types of the values in order; a text may be one that others begin with, if it
    has none of the signs that LIKE knows. What `build` writes must not depend on the values
    otherwise than as parameters (AssertionError where it does), nor on what changes by itself:
    today is a value like others.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]", *kinds: Kind) -> None:
        self._build, self._kinds = build, kinds
        self._written: dict[str, _Statement] = {}

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values. One statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(connection.vendor) or self._write(connection)
        parameters = written.filled([_adapted(value, connection) for value in values])
        filled = copy.copy(written.compiler)
        filled.connection = connection
        filled.as_sql = lambda *_args, **_named: (written.sql, parameters)  # type: ignore[method-assign]
        rows = written.rows.all()
        rows.query.get_compiler = lambda *_args, **_named: filled  # type: ignore[method-assign]
        return list(rows)

    def _write(self, connection: Any) -> _Statement:
        """Written twice with different values: what differs then is where they belong."""
        (rows, compiler, sql, first), (_, _, again, second) = (
            self._with(which, connection) for which in range(2)
        )
        assert sql == again, f"the statement depends on its values: {sql}"
        values = [_adapted(value, connection) for value in self._stand_ins(0)]
        places = tuple(
            _place(one, values) if one != other else None
            for one, other in zip(first, second, strict=True)
        )
        written = _Statement(rows, compiler, sql, first, places)
        self._written[connection.vendor] = written
        return written

    def _with(self, which: int, connection: Any) -> tuple[Any, SQLCompiler, str, tuple[Any, ...]]:
        rows = self._build(*self._stand_ins(which))
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        return rows, compiler, sql, tuple(parameters)

    def _stand_ins(self, which: int) -> list[Value]:
        return [_stand_in(kind, place, which) for place, kind in enumerate(self._kinds)]


def _stand_in(kind: Kind, place: int, which: int) -> Value:
    """A value that no statement names by itself, another one for each place."""
    if kind is int:
        return _NUMBERS[which] + place
    if kind is str:
        return f"{_TEXTS[which]}{place}~"
    day = _DAYS[which] + timedelta(days=place)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if kind is datetime else day


def _place(parameter: Any, values: list[Any]) -> tuple[int, str]:
    """Which of the values a parameter is or begins with, and what follows."""
    if parameter in values:
        return values.index(parameter), ""
    begun = next(one for one in values if isinstance(one, str) and parameter.startswith(one))
    return values.index(begun), parameter.removeprefix(begun)


def _adapted(value: Value, connection: Any) -> Any:
    """The value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
