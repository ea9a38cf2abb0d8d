"""The application that the production server serves, with the bare views beside the portal's."""

from django.conf import settings

from config.wsgi import application

settings.ROOT_URLCONF = "tests.bench.bare"

__all__ = ["application"]
