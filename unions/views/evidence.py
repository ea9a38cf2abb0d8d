"""Evidence is handed out as a file, never shown as a page of ours."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from unions.authentication import SignedInRequest
from unions.models import Evidence


@require_safe
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file under the name it came with, for whoever may see the union's figures."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    return FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        headers={"Content-Type": evidence.content_type, "Content-Security-Policy": "sandbox"},
    )
