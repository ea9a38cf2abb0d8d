"""One decision about the organisation at a time."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from unions.models import Union

Given = ParamSpec("Given")
Result = TypeVar("Result")


def one_at_a_time(act: Callable[Given, Result]) -> Callable[Given, Result]:
    """`act` in a transaction, beside which no other of these acts runs.

    What one decision reads, another may be about to change: who stands beneath, what ends, which
    codes are taken. Whoever comes second waits until the first is done, and reads what it left.
    """

    @wraps(act)
    def alone(*given: Given.args, **named: Given.kwargs) -> Result:
        with transaction.atomic():
            wait_for_turn()
            return act(*given, **named)

    return alone


def wait_for_turn() -> None:
    """Hold the first of all unions until the transaction ends. One statement.

    Events are rare, and may reach from one province into another. Rows that point at the union are
    written meanwhile.
    """
    Union.objects.select_for_update(of=("self",), no_key=True).order_by("pk").only("pk").first()
