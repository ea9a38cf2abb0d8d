"""Rows that many tests begin with: made by the services once, then put back as they were."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

from unions.models import Union

OURS = ("unions", "actionplan", "indicators", "reports")

Made = TypeVar("Made")


@dataclass
class Kept:
    """What was made, every row it left, and the statements that put them back, once known."""

    made: bytes
    rows: bytes
    statements: list[tuple[str, Any]] = field(default_factory=list)


# by the function that makes it
_kept: dict[Callable[[], Any], Kept] = {}


def replayed(make: Callable[[], Made]) -> Made:
    """What `make` makes in an empty database; its services run once in a process.

    Rows come back under the keys they had: no sequence ever goes back behind them.
    """
    if Union.objects.exists():
        return make()
    if make not in _kept:
        made = make()
        _kept[make] = Kept(pickle.dumps(made), pickle.dumps(_rows()))
        return made
    kept = _kept[make]
    with transaction.atomic():  # rows point at one another both ways
        again = _say_again if kept.statements else _put_back
        again(kept)
    made_again: Made = pickle.loads(kept.made)
    return made_again


def _put_back(kept: Kept) -> None:
    """Insert the rows, and keep what was said to the database for the next time."""

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        kept.statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        for label, of_it in pickle.loads(kept.rows):
            model = apps.get_model(label)
            model._base_manager.bulk_create(model(**values) for values in of_it)


def _say_again(kept: Kept) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(kept.statements) > 1:
            # one way there and back instead of dozens
            script = b";".join(cursor.mogrify(sql, params) for sql, params in kept.statements)
            kept.statements[:] = [(script, None)]
        for sql, params in kept.statements:
            cursor.execute(sql, params)


def _rows() -> list[tuple[str, list[dict[str, Any]]]]:
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS and not model._meta.proxy
    ]
    found = ((model._meta.label, list(model._base_manager.values())) for model in models)
    return [(label, rows) for label, rows in found if rows]
