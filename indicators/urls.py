"""Addresses of the pages where figures are entered and read."""

from django.urls import path

from indicators.views import entry, submissions

app_name = "indicators"
urlpatterns = [
    path("", submissions.index, name="submissions"),
    path("<int:pk>/", entry.edit, name="submission"),
    path("<int:pk>/nop/", entry.submit, name="submission-submit"),
]
