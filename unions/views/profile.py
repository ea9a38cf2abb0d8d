"""A person's own account: what the portal knows, the roles, and a copy of it all."""

import io

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from unions.authentication import SignedInRequest
from unions.queries.colleagues import roles_of
from unions.services import personal_data


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """What the portal knows of this person, and which roles rest."""
    return render(request, "unions/profile.html", {"colleagues": roles_of(request.user)})


@require_POST
def export(request: SignedInRequest) -> FileResponse:
    """The person's own data, packed."""
    packed = io.BytesIO(personal_data.export(request.user, by=request.user))
    return FileResponse(packed, as_attachment=True, filename=personal_data.ARCHIVE)
