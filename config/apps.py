"""The app that wires the others: it holds the operator's commands."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    verbose_name = "Cấu hình"
