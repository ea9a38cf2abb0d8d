"""The app in Django's register."""

from django.apps import AppConfig


class ReportsApp(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"
