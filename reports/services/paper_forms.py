"""Drawing a union's form on paper."""

from django.utils import timezone

from indicators.models import PrintedForm
from indicators.services import printed_forms
from reports import queries
from reports.catalogue import Scope
from reports.definitions.paper_form import wordings
from reports.render.pdf import to_pdf_of_one_page
from unions.queries import node as node_of


def draw(printed: PrintedForm) -> bytes:
    """The printed form as a PDF of one page, on the union's stationery of today."""
    today = timezone.localdate()
    submission = printed.submission
    union, period = submission.union, submission.period
    node = node_of(union, today)
    scope = Scope(
        union=union,
        node=node,
        programme=period.programme,
        year=period.year,
        stationery=queries.stationery_of(union, node, today),
    )
    return to_pdf_of_one_page(wordings(scope, printed, printed_forms.address(printed)))


def file_name(printed: PrintedForm) -> str:
    """phieu-so-lieu-2025-SYT-7K3M9QXT.pdf"""
    submission = printed.submission
    year, union = submission.period.year, submission.union.code
    return f"phieu-so-lieu-{year}-{union}-{printed.code}.pdf"
