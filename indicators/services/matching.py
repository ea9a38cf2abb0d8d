"""Rows against what is wanted of them: what to add, to change and to leave, each told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from actionplan.services.programmes import programme_of
from actionplan.services.wordings import Keeper
from indicators.models import Figure, Indicator, Target
from indicators.services.telling import Teller, label
from unions.errors import RuleBroken

Row = TypeVar("Row", bound=Model)
Key = tuple[Any, ...]

# what figures were counted by: it stays once there are any
_COUNTED_BY = ("kind", "audience", "denominator", "threshold", "basis", "scale", "grade")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that the file asks for: what it is found by, what it holds, what it is called.

    `line` is where the file asks for it, 0 where that is not known.
    """

    key: Mapping[str, Any]
    values: Mapping[str, Any]
    what: str
    line: int = 0

    @property
    def found_by(self) -> Key:
        return tuple(self.key.values())


@dataclass(slots=True)
class Told:
    """Where sentences about changes go, how they are worded, and who keeps the old words."""

    changes: list[str]
    teller: Teller = field(default_factory=Teller)
    keeper: Keeper | None = None

    def amended(self, what: str, row: Model, was: Mapping[str, Any]) -> None:
        """Tell of it, and keep what it said."""
        self.changes.append(self.teller.amended(what, row, was))
        self._keep(what, row, was)

    def left(self, row: Model) -> None:
        """Tell that it is no more in the file."""
        self.changes.append(self.teller.left(row))
        self._keep(str(row), row, {"dropped": False})

    def _keep(self, what: str, row: Any, was: Mapping[str, Any]) -> None:
        if self.keeper is not None:
            self.keeper.keep(row, was, programme_of(row), what)


def match(
    model: type[Row],
    existing: Iterable[Row],
    wanted: Sequence[Wanted],
    told: Told,
    since: Sequence[Wanted] | None = None,
    **new_only: Any,
) -> list[Row]:
    """The rows of `wanted`, created or changed, each change told.

    `since` is what the file asked for when it was loaded last: what it asks for as it did then
    stays as people have made it since, and so does what it never spoke of. Without it, rows that
    are not wanted go. `new_only` is what a row gets when it is created, and keeps.
    """
    names = list((*wanted, *(since or ()))[0].key) if wanted or since else ["pk"]
    before = {tuple(getattr(row, name) for name in names): row for row in existing}
    known = {one.found_by: one for one in since or ()}
    rows: list[Row] = []
    for one in wanted:
        row = before.pop(one.found_by, None)
        changed = _changed(one, known.get(one.found_by))
        if row is not None:
            rows.append(_amended(row, changed, told))
        elif changed.values:
            rows.append(model(**one.key, **one.values, **new_only))
            told.changes.append(told.teller.added(one.what, rows[-1]))
    _create(model, [row for row in rows if row.pk is None])
    for key, left in before.items():
        if since is None or key in known:
            _leave(left, told)
    return rows


def _changed(one: Wanted, known: Wanted | None) -> Wanted:
    """What the file asks for otherwise than it did."""
    if known is None:
        return one
    values = {name: value for name, value in one.values.items() if value != known.values[name]}
    return replace(one, values=values)


def _create(model: type[Row], rows: list[Row]) -> None:
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model)
    else:
        model._default_manager.bulk_create(rows)


def _amended(row: Row, one: Wanted, told: Told) -> Row:
    was = {name: old for name in one.values if (old := getattr(row, name)) != one.values[name]}
    if was:
        if isinstance(row, Indicator):
            refuse_recount(row, [name for name in was if name in _COUNTED_BY], one.line)
        for name in was:
            setattr(row, name, one.values[name])
        row.save()
        told.amended(one.what, row, was)
    return row


def refuse_recount(row: Indicator, changed: Sequence[str], line: int) -> None:
    """Once there are figures, another way to count them needs another indicator."""
    if changed and Figure.objects.filter(indicator=row).exists():
        labels = ", ".join(label(row, name) for name in changed)
        where = f"Dòng {line}: chỉ" if line else "Chỉ"
        raise RuleBroken(
            f"{where} tiêu {row.code} đã có số liệu nên không đổi được: {labels}. Hãy đặt chỉ tiêu"
            " mới với ký hiệu khác."
        )


def _leave(row: Any, told: Told) -> None:
    """A target goes; anything that figures or words may point at is only marked."""
    if isinstance(row, Target):
        told.changes.append(told.teller.left(row))
        row.delete()
    elif not row.dropped:
        row.dropped = True
        row.save(update_fields=["dropped"])
        told.left(row)
