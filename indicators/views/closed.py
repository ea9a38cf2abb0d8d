"""The part of a submission's page that says why it is closed, and whom to ask for more time."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from indicators.models import ExtensionRequest, Submission
from indicators.services import extensions
from indicators.services.closures import Closure
from indicators.services.entrants import may
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.models import User


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """Why, in the province's own words too; the officers to ask; what was asked last."""

    closure: Closure
    officers: QuerySet[User]
    request: ExtensionRequest | None
    may_ask: bool


def closed_part(user: User, submission: Submission, closure: Closure) -> ClosedPart:
    """What the page shows. Two statements: officers, and the last request where time is short."""
    asked = extensions.latest_request(submission) if closure.extendable else None
    enters = may(user, Permission.ENTER_FIGURES, submission)
    waits = asked is not None and asked.waits
    return ClosedPart(
        closure,
        extensions.officers(submission),
        asked,
        closure.extendable and enters and not waits,
    )


@require_POST
def ask_extension(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the province a request for more time."""
    rows = Submission.objects.visible_to(request.user)
    submission = get_object_or_404(rows, pk=pk)
    extensions.ask(submission, request.POST.get("reason", ""), by=request.user)
    messages.success(request, "Đã gửi đề nghị gia hạn tới công đoàn tỉnh.")
    return redirect(submission)
