"""The web server's entry point."""

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.charset import is_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def readable(serve: Application) -> Application:
    """`serve`, which then meets no charset that it would fail at.

    Django reads the address in the charset that the request names, before any middleware could
    refuse it. What is not UTF-8 comes in as a text that nobody reads, in a charset that nobody
    knows: ComposedTextMiddleware answers it with a page.
    """

    def guarded(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not is_utf_8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = "text/plain; charset=unknown"
        return serve(environ, start_response)

    return guarded


application = readable(get_wsgi_application())
# every page before the first request, so that nobody waits and the workers share what was read
import_module(settings.ROOT_URLCONF)
