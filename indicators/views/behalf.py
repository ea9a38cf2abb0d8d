"""What is entered on behalf, on the portal's side: ended by who enters, answered by the union."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from indicators.services import on_behalf
from indicators.views.finding import visible
from unions.authentication import SignedInRequest


@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """End entering on behalf without handing in."""
    submission = on_behalf.take_back(visible(request, pk), by=request.user)
    messages.success(request, "Đã thôi nhập thay. Số liệu đã nhập vẫn còn trong phiếu.")
    return redirect(submission)


@require_POST
def contest(request: SignedInRequest, pk: int) -> HttpResponse:
    """The union does not agree to what was handed in for it, or takes that back."""
    submission = visible(request, pk)
    if "agree" in request.POST:
        on_behalf.agree(submission, by=request.user)
        messages.success(request, "Đã rút ý kiến không đồng ý.")
    else:
        on_behalf.contest(submission, request.POST.get("reason", ""), by=request.user)
        messages.success(request, "Đã gửi ý kiến không đồng ý đến công đoàn tỉnh.")
    return redirect(submission)
