"""What stands before a page: the log-in, and an address that was opened in a way it is not for."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from config.middleware import GetResponse
from unions.views.account import ask_again
from unions.views.interrupted import Interrupted

# The page on which the button stands that sends to an address which only takes what is sent.
BUTTONS = {
    "logout": "home",
    "notices-read": "notices",
    "notice": "notices",
    "profile-export": "profile",
    "invitation-again": "people-index",
    "invitation-withdraw": "people-index",
    "absence-end": "profile",
    "indicators:correction-withdraw": "indicators:submission",
    "indicators:submission-ask-extension": "indicators:submission",
    "indicators:submission-card": "indicators:submission",
    "indicators:submission-presence": "indicators:submission",
    "indicators:submission-take-revenue": "indicators:submission",
    "indicators:workbook-confirm": "indicators:workbook",
    "indicators:behalf-take-back": "indicators:submission",
    "indicators:behalf-contest": "indicators:submission",
    "indicators:submission-take-people": "indicators:submission",
    "actionplan:plan-begin": "actionplan:plans",
    "actionplan:document-read": "actionplan:document",
    "actionplan:directive-acknowledge": "actionplan:directive",
    "actionplan:contribution-take-back": "actionplan:breakthroughs",
    "reports:feed-revoke": "reports:feed",
    "reports:paper-form": "indicators:submission",
    "reports:report-request": "reports:dashboard",
    "reports:rendering-restart": "reports:dashboard",
    "admin:indicators_submission_objections": "admin:indicators_submission_changelist",
    "admin:indicators_submission_corrections": "admin:indicators_submission_changelist",
    "admin:indicators_submission_bulk": "admin:indicators_submission_changelist",
    "admin:indicators_submission_step": "admin:indicators_submission_changelist",
}


class LogInMiddleware(LoginRequiredMiddleware):
    """Nobody gets further than the log-in; what they sent is carried through it, never lost.

    The first request has passed the check of its token; nothing of it is done before the person
    has logged in and sends it once more with a new token.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], *of_the_view: Any
    ) -> HttpResponseBase | None:
        """The log-in page, with what was sent; a part of a page lets the whole page log in."""
        refused = super().process_view(request, view_func, *of_the_view)
        if refused is None:
            return None
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            response["HX-Redirect"] = redirect_to_login(_whole_page(request))["Location"]
            return response
        interrupted = Interrupted.of(request) if request.method == "POST" else None
        return ask_again(request, interrupted) if interrupted else refused


def _whole_page(request: HttpRequest) -> str:
    page = request.headers.get("HX-Current-URL", "")
    ours = url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    return urlsplit(page)._replace(scheme="", netloc="").geturl() if ours else resolve_url("home")


class WrongMethodMiddleware:
    """An address that only takes what a button sends says so, and where the button is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not isinstance(
            response, HttpResponse
        ):
            return response
        shown = {"page": _page_with_the_button(request)}
        page = render(request, "405.html", shown, status=response.status_code)
        page["Allow"] = response.get("Allow", "")
        return page


def _page_with_the_button(request: HttpRequest) -> str:
    match = request.resolver_match
    name = BUTTONS.get(match.view_name, "home") if match else "home"
    given = match.kwargs if match else {}
    # the page of a row is found by its key alone, whatever else the address names
    for kwargs in (given, {key: given[key] for key in given if key == "pk"}):
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=kwargs)
    return reverse(name)
