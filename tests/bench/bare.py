"""The portal's URL map, and beside it the bare views it is measured against."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from actionplan.models import TaskGroup
from config.urls import urlpatterns as portal
from unions.models import JournalEntry

# how many statements the bare page asks, and what it shows: taken from the page it stands beside
STATEMENTS: list[int] = []
PAGES: list[Template] = []


def page(request: HttpRequest) -> HttpResponse:
    """The same HTML after the same number of statements, with nothing between."""
    for key in range(STATEMENTS[0]):
        list(TaskGroup.objects.filter(pk=key))
    return HttpResponse(PAGES[0].render(Context()))


def greet(request: HttpRequest) -> HttpResponse:
    """Who is logged in, and nothing else; what was sent is read by the middleware alone."""
    return HttpResponse(str(request.user.pk))


@transaction.atomic
def insert(request: HttpRequest) -> HttpResponse:
    """One row, written by whoever is logged in; what was sent is read by the middleware alone."""
    JournalEntry.objects.create(by=request.user, sentence="Một dòng")
    return HttpResponse()


urlpatterns = [
    *portal,
    path("tran/chao/", greet),
    path("tran/trang/", page),
    path("tran/ghi/", insert),
]
