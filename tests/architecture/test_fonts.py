"""A report is set in one family of type, and carries it along."""

import io

import pikepdf

from reports.services import issuing


def test_the_yearly_report_embeds_one_family(province):
    """Another family: a sign that the family lacks, or a style sheet that names another."""
    content = issuing.draw("annual", province.root, province.period.year, "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        names = {str(font.FontName).lstrip("/") for font in fonts}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    families = {name.partition("+")[2].partition("-")[0] for name in names}
    assert len(families) == 1, names
