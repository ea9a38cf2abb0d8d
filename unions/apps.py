"""The app in Django's register."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from unions.vietnamese import COLLATION, FOLD, compare, fold


class UnionsApp(AppConfig):
    name = "unions"
    verbose_name = "Đơn vị và con người"

    def ready(self) -> None:
        """Teach SQLite the order of the Vietnamese alphabet, and to set its accents aside."""
        connection_created.connect(_teach, dispatch_uid="vietnamese order")


def _teach(connection: Any, **_sent: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
        connection.connection.create_function(FOLD, 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else fold(text)
