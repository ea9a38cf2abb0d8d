"""A form of the portal's own pages: shown, filled in, and a broken rule told above it."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from unions.authentication import SignedInRequest
from unions.errors import RuleBroken

Done = TypeVar("Done")


def typed(request: SignedInRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def once_right(form: forms.Form, do: Callable[[], Done]) -> Done | None:
    """What `do` brings once the form is filled in right; None where it must be shown (again)."""
    if not form.is_valid():
        return None
    try:
        return do()
    except RuleBroken as broken:
        form.add_error(broken.about if broken.about in form.fields else None, str(broken))
        return None


def ask(request: SignedInRequest, form: forms.Form, **texts: str) -> HttpResponse:
    """The page of a form; `texts`: title, button, back, and if wanted under and note."""
    return render(request, "unions/form.html", {"form": form} | texts)
