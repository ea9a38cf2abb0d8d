"""The app that wires the others: it holds the operator's commands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks

Check = Callable[..., list[checks.CheckMessage]]


class ConfigApp(AppConfig):
    name = "config"
    verbose_name = "Cấu hình"


class DeskApp(SimpleAdminConfig):
    """Django's admin, on the desk's own site.

    Its pages are imported with the URL map. They are nearly half of all that the portal imports,
    and neither the timetable nor a question about a service's health shows any.
    """

    default_site = "config.admin.DeskSite"

    def ready(self) -> None:
        """The desk is checked with its pages, as if they were always there."""
        for check in (check_dependencies, check_admin_app):
            checks.register(_with_its_pages(check), checks.Tags.admin)


def _with_its_pages(check: Check) -> Check:
    @wraps(check)
    def checked(**asked: Any) -> list[checks.CheckMessage]:
        admin.autodiscover()
        return check(**asked)

    return checked
