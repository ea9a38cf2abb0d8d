"""What every request passes: composed text, a content policy, and broken rules told in words."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from config.charset import is_utf_8
from unions.errors import Gone, RuleBroken
from unions.vietnamese import composed

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ADMIN_PATH = "/quan-tri/"


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under the admin's path what its theme cannot do without."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Relax styles and Alpine's expressions for the desk alone (docs/adr/0005)."""
        if request.path.startswith(ADMIN_PATH):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_EVAL],
                "style-src": [SELF, UNSAFE_INLINE],
            }
        return super().process_response(request, response)


class PrivatePageMiddleware:
    """What a signed-in person was shown is kept by no browser: computers of offices are shared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class ComposedTextMiddleware:
    """Typed text arrives composed (NFC), whatever the keyboard or the phone sends.

    It arrives in UTF-8, as every page of the portal is; another encoding is a bad request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_utf_8(request.META.get("CONTENT_TYPE", "")):
            raise BadRequest("The portal's pages are sent back in UTF-8.")
        request.GET = _composed(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _composed(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _composed(query: QueryDict) -> QueryDict:
    fresh = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in query.lists():
        fresh.setlist(composed(name), [composed(value) for value in values])
    fresh._mutable = False
    return fresh


class RuleBrokenMiddleware:
    """Tell the user which rule stopped them, on the page they came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A broken rule becomes a message, or an alert fragment with status 422 for htmx."""
        if not isinstance(exception, RuleBroken):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "components/_alert.html", {"text": str(exception)}, status=422)
        messages.error(request, str(exception))
        gone = isinstance(exception, Gone)
        return redirect(reverse("home") if gone else _page_before(request))


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    here = request.method == "GET" and page == request.build_absolute_uri()
    safe = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if safe and not here else reverse("home")
