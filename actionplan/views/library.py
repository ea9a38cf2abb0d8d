"""The library on the portal: what there is to read, each document, its file, “đã đọc”."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actionplan.forms.library import SeekForm
from actionplan.models import LibraryDocument
from actionplan.models.library import LibraryQuerySet
from actionplan.queries import library as queries
from actionplan.services import library
from unions.authentication import SignedInRequest
from unions.models import Union

A_PAGE = 20


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The documents in force, by kind and order; above them those that are still to be read."""
    form = SeekForm(request.GET)
    found = form.narrow(_readable(request).filter(replaced_by=None).in_order())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    waiting = list(queries.waiting_for(request.user))
    asked = request.GET.copy()
    asked.pop("trang", None)
    shown = {"page": page, "form": form, "waiting": waiting, "asked": asked.urlencode()}
    return render(request, "actionplan/document_list.html", shown)


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document: what it is, what it replaced, who of one's unions has read it."""
    document = get_object_or_404(_readable(request).select_related("file", "replaced_by"), pk=pk)
    own = Union.objects.filter(pk__in=queries.confirming(request.user)).select_related("current")
    readings = {row.union_id: row for row in _readings(document, own)}
    unions = [(union, readings.get(union.pk)) for union in own.order_by("code")]
    replaces = document.replaces.filter(withdrawn_at=None)
    shown = {"document": document, "unions": unions, "replaces": replaces}
    return render(request, "actionplan/document.html", shown)


@require_safe
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file under the name it came with."""
    file = get_object_or_404(_readable(request).select_related("file"), pk=pk).file
    return FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        headers={"Content-Type": file.content_type, "Content-Security-Policy": "sandbox"},
    )


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a union has read it."""
    document = get_object_or_404(_readable(request), pk=pk)
    seen = Union.objects.visible_to(request.user).select_related("current")
    union = get_object_or_404(seen, code=request.POST.get("union", ""))
    library.confirm_read(document, union, by=request.user)
    messages.success(request, f"Đã xác nhận {union} đã đọc “{document}”.")
    return redirect(document)


def _readable(request: SignedInRequest) -> LibraryQuerySet:
    return LibraryDocument.objects.readable_by(request.user)


def _readings(document: LibraryDocument, unions: QuerySet[Union]) -> QuerySet:
    return document.readings.filter(union__in=unions).select_related("read_by")
