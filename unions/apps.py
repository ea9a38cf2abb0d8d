"""The app in Django's register."""

from django.apps import AppConfig


class UnionsApp(AppConfig):
    name = "unions"
    verbose_name = "Đơn vị và con người"
