"""The app in Django's register."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Let every definition enter the catalogue."""
        definitions = import_module("reports.definitions")
        for module in iter_modules(definitions.__path__):
            import_module(f"{definitions.__name__}.{module.name}")
