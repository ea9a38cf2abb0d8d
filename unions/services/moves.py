"""Taking a workflow step: the same three questions, the same two traces, for every row."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import ClassVar, Protocol, TypeVar, cast

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from unions.access import Permission, require
from unions.errors import Gone
from unions.models import User
from unions.prepared import Prepared
from unions.services import journal, notices
from unions.vietnamese import trimmed
from unions.workflow import Step


class Movable(Protocol):
    """A row with a state and a reason that stands at a place in the tree."""

    pk: int
    state: str
    reason: str
    # rows that every step reads too, fetched with the lock
    reads_with: ClassVar[tuple[str, ...]]

    @property
    def union_id(self) -> int: ...

    @property
    def path(self) -> str: ...

    def get_state_display(self) -> str: ...

    def save(self) -> None: ...


Row = TypeVar("Row", bound=Movable)


def lock(row: Row) -> Row:
    """The row as it stands now, held until the transaction ends. One statement.

    Gone if it was removed since it was read.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a row is held until its transaction ends")
    model = cast(type[Model], type(row))
    found = _held(model, row.reads_with)(row.pk)
    if not found:
        what = str(model._meta.verbose_name).capitalize()
        raise Gone(f"{what} này không còn nữa: kỳ báo cáo vừa được huỷ. Chưa ghi gì vào cổng.")
    return cast(Row, found[0])


@cache
def _held(model: type[Model], reads_with: tuple[str, ...]) -> Prepared[Model]:
    rows = model._base_manager.select_related(*reads_with).select_for_update(of=("self",))
    return Prepared(lambda pk: rows.filter(pk=pk).order_by(), int)


def begin(
    row: Row,
    step: Step,
    *,
    by: User | None,
    reason: str = "",
    allow: Callable[[User | None, Permission, Row], None] = require,
) -> Row:
    """Lock the row, then ask: may this person, from this state, with this reason?

    `allow` stops who may not; an app in which more than one place decides gives its own.
    """
    row = lock(row)
    allow(by, step.needs, row)
    step.check(row, reason)
    return row


def finish(row: Row, step: Step, *, by: User | None, tell: Iterable[User], reason: str = "") -> Row:
    """Move on; leave a sentence in the journal and a notice for whoever is next."""
    row.state, row.reason = step.target, trimmed(reason)
    row.save()
    about = cast(Model, row)
    journal.record(f"{step.label} {row}", by=by, about=about, reason=reason)
    notices.send(step.code, tell, about=row, by=by, reason=reason)
    return row
