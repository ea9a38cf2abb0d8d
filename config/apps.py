"""The app that wires the others: it holds the operator's commands."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigApp(AppConfig):
    name = "config"
    verbose_name = "Cấu hình"


class DeskApp(AdminConfig):
    """Django's admin, on the desk's own site."""

    default_site = "config.admin.DeskSite"
