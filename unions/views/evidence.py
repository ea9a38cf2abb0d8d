"""Evidence is handed out as a file, never shown as a page of ours."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from unions.authentication import SignedInRequest
from unions.models import Evidence
from unions.services import pictures
from unions.services.pages import first_page


@require_safe
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file under the name it came with, for whoever may see the union's figures."""
    return handed_out(get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk))


def handed_out(evidence: Evidence) -> FileResponse:
    """A file to be kept, not opened as a page of ours, for somebody who may have it."""
    return FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        headers={"Content-Type": evidence.content_type, "Content-Security-Policy": "sandbox"},
    )


@require_safe
def page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first page of a PDF as a picture, for whoever may have the file itself."""
    known = Evidence.objects.visible_to(request.user).filter(content_type="application/pdf")
    evidence = get_object_or_404(known, pk=pk)
    with evidence.file.open("rb") as file:
        drawn = first_page(file.read())
    kept = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "sandbox"}
    return HttpResponse(drawn, content_type="image/jpeg", headers=kept)


@require_safe
def thumbnail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A small picture of a picture or of a PDF's first page, for whoever may have the file."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    if not evidence.content_type.startswith(("image/", "application/pdf")):
        raise Http404
    with evidence.file.open("rb") as file:
        content = file.read()
    drawn = first_page(content) if evidence.content_type == "application/pdf" else content
    kept = {"Content-Security-Policy": "sandbox"}
    return HttpResponse(pictures.thumbnail(drawn), content_type="image/jpeg", headers=kept)
