"""A person's own account: what the portal knows, the roles, and a copy of it all."""

from django.http import HttpResponse
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
def export(request: SignedInRequest) -> HttpResponse:
    """The person's own data, packed."""
    packed = personal_data.export(request.user, by=request.user)
    return as_file(packed)


def as_file(packed: bytes) -> HttpResponse:
    """A ZIP to be kept."""
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="du-lieu-ca-nhan.zip"'
    return answer
