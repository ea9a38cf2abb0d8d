"""The URL map of the portal on one page."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("suc-khoe/", views.health, name="health"),
    path("quan-tri/", admin.site.urls),
]
