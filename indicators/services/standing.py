"""The programme in force beside the file that is to amend it."""

from actionplan.models import Programme
from indicators import kinds
from indicators.models import Submission
from indicators.programme_file import ProgrammeFileError, ProgrammeSpec, parse
from unions.errors import RuleBroken
from unions.models import Union
from unions.vietnamese import fold, tidy


def in_force(union: Union, spec: ProgrammeSpec) -> Programme | None:
    """The union's programme of the term that `spec` is for."""
    found = Programme.objects.filter(union=union, term_from=spec.term_from, term_to=spec.term_to)
    return found.first()


def last_loaded(programme: Programme) -> ProgrammeSpec | None:
    """What the programme's file said when it was loaded last; None if it cannot be read."""
    try:
        return parse(programme.source, kinds.REGISTRY, draft=True) if programme.source else None
    except ProgrammeFileError:
        return None


def another(spec: ProgrammeSpec, union: Union) -> str:
    """A sentence if the programme in force of that term has another issuer and number; else ""."""
    live = in_force(union, spec)
    if live is None or not live.issuer:
        return ""
    numbers = {fold(tidy(one)) for one in (live.number, live.number_proposed) if one}
    said = {fold(tidy(one)) for one in (spec.number, spec.number_proposed) if one}
    if numbers & said or fold(tidy(live.issuer)) == fold(tidy(spec.issuer)):
        return ""
    return (
        f"Đây là chương trình khác: số {spec.number} của {spec.issuer}, sẽ thay chương trình đang"
        f" có hiệu lực số {live.number} của {live.issuer}, nhiệm kỳ {live.term}."
    )


def refuse_years_gone(live: Programme | None, spec: ProgrammeSpec) -> None:
    """A year of which there are submissions is reported on."""
    if live is None:
        return
    gone = set(live.reporting_years).difference(spec.reporting_years)
    opened = Submission.objects.filter(period__programme=live, period__year__in=gone)
    years = opened.order_by("period__year").values_list("period__year", flat=True).distinct()
    if years:
        line = f"Dòng {spec.years_line}: " if spec.years_line else ""
        named = ", ".join(map(str, years))
        raise RuleBroken(
            f"{line}chương trình bỏ năm {named} khỏi các năm báo cáo, nhưng năm đó đã có phiếu số"
            " liệu. Hãy giữ lại năm đó."
        )
