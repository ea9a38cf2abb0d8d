"""The portal's URL map, and beside it the bare views it is measured against."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from config.urls import urlpatterns as portal
from unions.models import JournalEntry

# what the bare page runs and shows, taken from the page it is measured against
STATEMENTS: list[str] = []
PAGES: list[Template] = []


def page(request: HttpRequest) -> HttpResponse:
    """The same HTML after the same statements, with nothing between."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(PAGES[0].render(Context()))


@transaction.atomic
def insert(request: HttpRequest) -> HttpResponse:
    """One row, written by whoever is logged in."""
    JournalEntry.objects.create(by=request.user, sentence="Một dòng")
    return HttpResponse()


urlpatterns = [*portal, path("tran/trang/", page), path("tran/ghi/", insert)]
