"""The app in Django's register."""

from django.apps import AppConfig


class IndicatorsApp(AppConfig):
    name = "indicators"
    verbose_name = "Chỉ tiêu và số liệu"
