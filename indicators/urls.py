"""Addresses of the pages where figures are entered and read."""

from django.urls import path

from indicators.views import closed, entry, submissions

app_name = "indicators"
urlpatterns = [
    path("", submissions.index, name="submissions"),
    path("<int:pk>/", entry.edit, name="submission"),
    path("<int:pk>/gia-han/", closed.ask_extension, name="submission-ask-extension"),
    path("<int:pk>/nop/", entry.submit, name="submission-submit"),
]
