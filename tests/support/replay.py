"""Rows that many tests begin with: made by the services once, then put back as they were."""

import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction

from unions.models import Union

OURS = ("unions", "actionplan", "indicators", "reports")

Made = TypeVar("Made")

# what was made, with every row it left, by the function that makes it
_kept: dict[Callable[[], Any], bytes] = {}


def replayed(make: Callable[[], Made]) -> Made:
    """What `make` makes in an empty database; its services run once in a process.

    Rows come back under the keys they had: no sequence ever goes back behind them.
    """
    if Union.objects.exists():
        return make()
    if make not in _kept:
        made = make()
        _kept[make] = pickle.dumps((made, _rows()))
        return made
    made, rows = pickle.loads(_kept[make])
    with transaction.atomic():  # rows point at one another both ways
        for label, of_it in rows:
            model = apps.get_model(label)
            model._base_manager.bulk_create(model(**values) for values in of_it)
    return made


def _rows() -> list[tuple[str, list[dict[str, Any]]]]:
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
    ]
    found = ((model._meta.label, list(model._base_manager.values())) for model in models)
    return [(label, rows) for label, rows in found if rows]
