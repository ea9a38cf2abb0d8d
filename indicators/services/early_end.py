"""A programme that ends before its term does, as far as figures are concerned."""

from datetime import date

from django.db import transaction
from django.db.models import Count

from actionplan.models import Programme
from actionplan.services import programmes
from indicators.models import Submission
from indicators.workflow import State
from unions.errors import RuleBroken
from unions.models import User


@transaction.atomic
def close_early(programme: Programme, on: date, reason: str, *, by: User | None) -> list[str]:
    """As `programmes.close_early`; RuleBroken where a year that is lost has approved figures."""
    told = programmes.close_early(programme, on, reason, by=by)
    _must_lose_nothing_approved(programme, on)
    return told


def preview(programme: Programme, on: date) -> list[str]:
    """What closing on a day would mean, in sentences, or RuleBroken as closing itself."""
    told = programmes.closing_preview(programme, on)
    _must_lose_nothing_approved(programme, on)
    return told


def _must_lose_nothing_approved(programme: Programme, on: date) -> None:
    rows = Submission.objects.filter(
        period__programme=programme,
        period__year__in=[year for year in programme.years if year > on.year],
        state=State.APPROVED,
    )
    counts = rows.order_by("period__year").values_list("period__year").annotate(Count("pk"))
    if found := list(counts):
        years = ", ".join(f"năm {year} có {count} phiếu" for year, count in found)
        raise RuleBroken(
            f"Không kết thúc chương trình từ ngày {on:%d/%m/%Y} được, vì đã có số liệu được duyệt"
            f" của các năm sau: {years}. Hãy chọn ngày từ 01/01/{found[-1][0]} trở đi, hoặc trả lại"
            " các phiếu đó trước.",
            about="on",
        )
