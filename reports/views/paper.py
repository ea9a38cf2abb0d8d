"""A union's form as an official page to be signed and stamped."""

import io

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from indicators.models import Submission
from indicators.services import printed_forms
from reports.services import paper_forms
from unions.authentication import SignedInRequest


@require_POST
def print_form(request: SignedInRequest, pk: int) -> FileResponse:
    """The form as it is stored now, as a PDF; its version is kept."""
    rows = Submission.objects.visible_to(request.user)
    submission = get_object_or_404(rows.select_related("union", "period__programme"), pk=pk)
    printed = printed_forms.print_form(submission, by=request.user)
    printed.submission = submission
    drawn = io.BytesIO(paper_forms.draw(printed))
    return FileResponse(drawn, as_attachment=True, filename=paper_forms.file_name(printed))
