"""The app in Django's register."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from unions.vietnamese import COLLATION, compare


class UnionsApp(AppConfig):
    name = "unions"
    verbose_name = "Đơn vị và con người"

    def ready(self) -> None:
        """Teach SQLite the order of the Vietnamese alphabet under PostgreSQL's name for it."""
        connection_created.connect(_teach_order, dispatch_uid="vietnamese order")


def _teach_order(connection: Any, **_sent: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
