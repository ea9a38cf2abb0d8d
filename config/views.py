"""Pages that belong to no app."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health import problems


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy and whoever watches: `ok`, or 503 with what is wrong."""
    found = problems()
    return HttpResponse(
        "\n".join(found) or "ok", status=503 if found else 200, content_type="text/plain"
    )


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the sign of a site on pages that name none."""
    return redirect(static("img/portal.svg"))
