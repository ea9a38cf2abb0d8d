"""The yearly report beside bare WeasyPrint on the same HTML."""

import gc

import weasyprint

from actionplan.queries import programme_for
from reports import catalogue
from reports.models import Report
from reports.render import html, pdf
from tests.bench.measuring import Ratio, in_turn
from unions.queries import find_union


def ratios(size: str, *, repeat: int = 5, warm: int = 1) -> list[Ratio]:
    """One ratio: read, compose and draw, beside drawing alone; both warm, collector off."""
    definition = catalogue.find("annual")
    province = find_union("CDVC")
    report = Report(
        kind="annual", union=province, programme=programme_for(province, 2025), year=2025
    )
    text = html.to_html(definition.compose(catalogue.scope_of(report)))

    def ours() -> bytes:
        return pdf.to_pdf(definition.compose(catalogue.scope_of(report)))

    def bare() -> bytes:
        gc.disable()
        try:
            drawn: bytes = weasyprint.HTML(string=text).write_pdf(
                stylesheets=[weasyprint.CSS(string=pdf.style_sheet())], pdf_variant=pdf.VARIANT
            )
        finally:
            gc.enable()
        return drawn

    times = in_turn(ours, bare, repeat=repeat, warm=warm)
    return [Ratio(f"báo cáo năm, {size}", *times, times[0] / times[1], at_most=1.05)]
