"""The programme in force beside the file that is to amend it."""

from actionplan.models import Programme
from actionplan.services.wordings import Paper
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
    if _numbers(live) & _numbers(spec) or fold(tidy(live.issuer)) == fold(tidy(spec.issuer)):
        return ""
    return (
        f"Đây là chương trình khác: số {spec.number} của {spec.issuer}, sẽ thay chương trình đang"
        f" có hiệu lực số {live.number} của {live.issuer}, nhiệm kỳ {live.term}."
    )


def later_paper(live: Programme | None, spec: ProgrammeSpec) -> Paper | None:
    """What `spec` amends by, if it is a later document than the one in force: another number."""
    if live is None or spec.issued_on <= live.issued_on or _numbers(live) & _numbers(spec):
        return None
    return Paper(spec.number_proposed or spec.number, spec.issued_on)


def _numbers(one: Programme | ProgrammeSpec) -> set[str]:
    return {fold(tidy(number)) for number in (one.number, one.number_proposed) if number}


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
