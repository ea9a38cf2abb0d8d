"""The app in Django's register."""

from django.apps import AppConfig


class ActionplanApp(AppConfig):
    name = "actionplan"
    verbose_name = "Chương trình hành động"
