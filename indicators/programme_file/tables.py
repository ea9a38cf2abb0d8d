"""A TOML table that is read field by field, and says on which line a field is wrong."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TypeGuard, TypeVar

from indicators.programme_file.lines import Path
from indicators.programme_file.specs import ProgrammeFileError
from unions.quantities import Quantity
from unions.vietnamese import trimmed

T = TypeVar("T")
# a field, a field of a table in it, or the whole table
Key = str | tuple[str | int, ...] | None

_LARGEST = Decimal(10) ** 15
_MOST_PLACES = 6
_LONGEST_LABEL = 40


@dataclass(slots=True)
class Table:
    """The values at `path`, called `label` in sentences, with the line of everything.

    A draft is still to be corrected: its texts may be blank or too long.
    """

    values: dict[str, Any]
    path: Path
    lines: dict[Path, int]
    label: str
    draft: bool = False
    read: set[str] = field(default_factory=set)

    def line_of(self, key: Key) -> int:
        """The line of a field, or of the table where there is no such field."""
        keys = () if key is None else key if isinstance(key, tuple) else (key,)
        return self.lines.get((*self.path, *keys)) or self.lines.get(self.path, 1)

    def refuse(self, key: Key, what: str) -> NoReturn:
        """Stop with the line of `key` (or of the table), the table's name and what is wrong."""
        raise ProgrammeFileError(f"Dòng {self.line_of(key)}: {self.label} {what}.")

    def finish(self) -> None:
        """Refuse a field that nobody asked for: it is misspelt."""
        for key in self.values:
            if key not in self.read:
                self.refuse(key, f"có trường “{key}” không được dùng")

    def text(self, key: str, default: str | None = None, *, most: int | None = None) -> str:
        """Text in composed form, at most `most` signs; without a default it must not be blank."""
        value = unicodedata.normalize("NFC", self._value(key, str, "chuỗi ký tự", default))
        if default is None and not trimmed(value) and not self.draft:
            self.refuse(key, f"để trống trường “{key}”")
        self._sound(key, value, most)
        return value

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            choices = ", ".join(filter(None, allowed))
            self.refuse(key, f"có “{key}” là “{value}”, phải là một trong: {choices}")
        return value

    def whole(self, key: str, allowed: range) -> int:
        value = self._value(key, int, "số nguyên")
        self._within(key, value, allowed)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        return self._value(key, bool, "true hoặc false", default)

    def day(self, key: str) -> date:
        return self._value(key, date, "ngày, ví dụ 2024-03-13")

    def holds(self, key: str) -> bool:
        """True if the field is there; it then counts as read."""
        self.read.add(key)
        return key in self.values

    def decimal(self, key: str, most: str = "") -> Decimal | None:
        """A number of at most 15 digits and 6 places; None if it is not there.

        `most` says in words up to what it makes sense.
        """
        if not self.holds(key):
            return None
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(key, f"có “{key}” không phải là số")
        return self._sane(key, Decimal(value), most)

    def texts(self, key: str, *, most: int | None = None) -> tuple[str, ...]:
        items = self._list(key, str, "chuỗi ký tự")
        for at, item in enumerate(items):
            self._sound(key, item, most, at)
        return tuple(unicodedata.normalize("NFC", item) for item in items)

    def wholes(self, key: str, allowed: range) -> tuple[int, ...]:
        items = self._list(key, int, "số nguyên")
        for at, item in enumerate(items):
            self._within(key, item, allowed, at)
        return items

    def table(self, key: str, label: str) -> "Table":
        values = self._value(key, dict, "bảng")
        return Table(values, (*self.path, key), self.lines, label, self.draft)

    def tables(self, key: str, name: str, labelled_by: str = "") -> list["Table"]:
        """The tables of an array, each called by its own number or code where it has one."""
        return [
            Table(
                row,
                (*self.path, key, at),
                self.lines,
                _label(name, row.get(labelled_by), at),
                self.draft,
            )
            for at, row in enumerate(self._list(key, dict, "bảng"))
        ]

    def _value(self, key: str, kind: type[T], wanted: str, default: T | None = None) -> T:
        self.read.add(key)
        value: object = self.values.get(key, default)
        if value is None:
            self.refuse(None, f"thiếu trường “{key}”")
        if not _is(value, kind):
            self.refuse(key, f"có “{key}” sai kiểu, phải là {wanted}")
        return value

    def _list(self, key: str, kind: type[T], wanted: str) -> tuple[T, ...]:
        items = self._value(key, list, "danh sách", [])
        for at, item in enumerate(items):
            if not _is(item, kind):
                self._refuse_item(key, at, f"có “{key}” sai kiểu, mỗi mục phải là {wanted}")
        return tuple(items)

    def _refuse_item(self, key: str, at: int | None, what: str) -> NoReturn:
        """`refuse` with the line of one item of a list."""
        if at is None:
            self.refuse(key, what)
        line = self.lines.get((*self.path, key, at), 1)
        raise ProgrammeFileError(f"Dòng {line}: {self.label} {what}.")

    def _sound(self, key: str, value: str, most: int | None, at: int | None = None) -> None:
        """No longer than its column; a database keeps no NUL, and no paper shows a bell."""
        if self.draft:
            return
        if most is not None and len(value) > most:
            self._refuse_item(key, at, f"có “{key}” dài hơn {most} ký tự")
        if value.strip() and not trimmed(value):
            self._refuse_item(key, at, f"chỉ có ký tự không nhìn thấy trong “{key}”; hãy xoá đi")
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in value):
            self._refuse_item(key, at, f"có ký tự điều khiển trong “{key}”; hãy xoá đi")

    def _within(self, key: str, value: int, allowed: range, at: int | None = None) -> None:
        if value not in allowed:
            first, last = allowed[0], allowed[-1]
            self._refuse_item(key, at, f"có “{key}” ngoài khoảng từ {first} đến {last}")

    def _sane(self, key: str, value: Decimal, most: str) -> Decimal:
        if not value.is_finite() or not 0 <= value < _LARGEST:
            self.refuse(key, f"có “{key}” ngoài khoảng từ 0 đến {most or Quantity(_LARGEST - 1)}")
        if int(value.as_tuple().exponent) < -_MOST_PLACES:
            self.refuse(key, f"có “{key}” quá {_MOST_PLACES} chữ số thập phân")
        return value


def _is(value: object, kind: type[T]) -> TypeGuard[T]:
    """isinstance, but a truth value is no number and a moment is no day."""
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, kind) and not isinstance(value, datetime)


def _label(name: str, own: object, at: int) -> str:
    """What the table calls itself; its place, where it has no name or one too long to print."""
    if (isinstance(own, int) and abs(own) < _LARGEST) or (
        isinstance(own, str) and trimmed(own) and len(own) <= _LONGEST_LABEL
    ):
        return f"{name} {own}"
    return f"{name} thứ {at + 1}"


def refuse_twins(tables: list[Table], key: str, values: Iterable[object]) -> None:
    """Refuse the second table that has the same value of `key`."""
    seen: set[object] = set()
    for table, value in zip(tables, values, strict=True):
        if value in seen:
            table.refuse(key, f"trùng “{key}” với một mục ở trên")
        seen.add(value)
