"""The list of submissions."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.models import Submission
from indicators.queries.begun import begun
from indicators.views.standing import standing
from unions.authentication import SignedInRequest
from unions.queries import in_vietnamese_order

A_PAGE = 20
_ORDER = ("-period__year", in_vietnamese_order("placement__name"), "pk")


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The submissions that this person may see, the newest year first, unions by their names."""
    rows = Submission.objects.visible_to(request.user).select_related("period", "placement")
    rows = rows.annotate(begun=begun())
    page = Paginator(rows.order_by(*_ORDER), A_PAGE).get_page(request.GET.get("trang"))
    today = timezone.localdate()
    standings = [standing(row, today) for row in page]
    return render(
        request, "indicators/submission_list.html", {"page": page, "standings": standings}
    )
