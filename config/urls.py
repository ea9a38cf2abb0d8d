"""The URL map of the portal on one page."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health, views
from indicators.views.home import home

# the desk's pages, which only who asks for an address needs
admin.autodiscover()

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("unions.urls")),
    path("so-lieu/", include("indicators.urls")),
    path("ke-hoach/", include("actionplan.urls")),
    path("", include("reports.urls")),
    path(health.ADDRESS, views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("quan-tri/", admin.site.urls),
]
