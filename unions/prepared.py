"""Reads that are asked on every page, put together once: a call only fills in its values.

To build a queryset and write it as SQL takes Django longer than the database takes to answer it.
Here the ORM writes each statement on its first use; what it reads, and of whom, stays its matter.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")

# small enough for every column of whole numbers
_NUMBERS = (30_011, 31_013)
_DAYS = (date(1917, 11, 7), date(1929, 7, 28))


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with its parameters, and which of the values stands at which of them."""

    rows: "QuerySet[Any, Any]"
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]


class Prepared(Generic[Row]):
    """The rows of the queryset that `build` returns for some values, written as SQL only once.

    `kinds` are the types of the values in order: int, date or datetime. What `build` writes must
    not depend on them otherwise than as parameters; AssertionError where it does.
    """

    def __init__(
        self, build: "Callable[..., QuerySet[Any, Row]]", *kinds: type[int] | type[date]
    ) -> None:
        self._build, self._kinds = build, kinds
        self._written: dict[str, _Statement] = {}

    def __call__(self, *values: int | date) -> list[Row]:
        """The rows for these values. One statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(connection.vendor) or self._write(connection)
        given = [_adapted(value, connection) for value in values]
        filled = copy.copy(written.compiler)
        filled.connection = connection
        parameters = tuple(
            own if place is None else given[place]
            for own, place in zip(written.parameters, written.places, strict=True)
        )
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
            values.index(one) if one != other else None
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

    def _stand_ins(self, which: int) -> Sequence[int | date]:
        return [_stand_in(kind, place, which) for place, kind in enumerate(self._kinds)]


def _stand_in(kind: type[int] | type[date], place: int, which: int) -> int | date:
    """A value that no statement names by itself, another one for each place."""
    if kind is int:
        return _NUMBERS[which] + place
    day = _DAYS[which] + timedelta(days=place)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if kind is datetime else day


def _adapted(value: int | date, connection: Any) -> Any:
    """The value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
