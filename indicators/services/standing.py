"""The programme in force beside the file that is to amend it."""

import re

from actionplan.models import Programme
from actionplan.services.wordings import Paper
from indicators import kinds
from indicators.models import Figure, Submission
from indicators.programme_file import ProgrammeFileError, ProgrammeSpec, parse
from indicators.workflow import State
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
    """A sentence if `spec` is no amendment of the programme in force of that term; else "".

    It is none if it has another number, which it does not name, and another issuer, title or
    subject; if most of the indicators that have approved figures would go; or if all breakthroughs
    or all task groups would.
    """
    live = in_force(union, spec)
    if live is None:
        return ""
    counted = _counted(live)
    gone = counted.difference(one.code for one in spec.indicators)
    most_go = 2 * len(gone) > len(counted)
    parts = _parts_gone(live, spec)
    if not most_go and not parts and not _of_another_paper(live, spec):
        return ""
    what = "Đây là chương trình khác" if _renumbered(live, spec) else "Chương trình này khác nhiều"
    told = (
        f"{what}: số {spec.number} của {spec.issuer}, sẽ thay chương trình đang có hiệu lực"
        f" số {live.number} của {live.issuer}, nhiệm kỳ {live.term}"
    )
    if gone:
        told += f", và bỏ {len(gone)} trên {len(counted)} chỉ tiêu đã có số liệu được duyệt"
    if parts:
        told += f", và bỏ toàn bộ {' và '.join(parts)} (tệp có thể bị cắt)"
    return f"{told}."


def _counted(live: Programme) -> set[str]:
    """The codes of the indicators in force that have approved figures."""
    figures = Figure.objects.filter(
        indicator__programme=live, indicator__dropped=False, submission__state=State.APPROVED
    )
    return set(figures.order_by().values_list("indicator__code", flat=True).distinct())


def _parts_gone(live: Programme, spec: ProgrammeSpec) -> list[str]:
    """What the programme in force has and a file that was cut off has lost."""
    parts = (
        ("khâu đột phá", live.breakthroughs, spec.breakthroughs),
        ("nhóm nhiệm vụ", live.task_groups, spec.task_groups),
    )
    return [
        name for name, there, said in parts if not said and there.filter(dropped=False).exists()
    ]


def _of_another_paper(live: Programme, spec: ProgrammeSpec) -> bool:
    if not _renumbered(live, spec) or _names(spec, live):
        return False
    said = ((live.issuer, spec.issuer), (live.title, spec.title), (live.subject, spec.subject))
    return any(was and now and fold(tidy(was)) != fold(tidy(now)) for was, now in said)


def _renumbered(live: Programme, spec: ProgrammeSpec) -> bool:
    return not _numbers(live) & _numbers(spec)


def _names(spec: ProgrammeSpec, live: Programme) -> bool:
    """True if it names the number of the programme in force, as a paper that amends it does."""
    said = fold(tidy(" ".join((spec.title, spec.subject, *spec.legal_bases))))
    return any(
        re.search(rf"(?<!\w){re.escape(number)}(?!\w)", said)
        for number in _numbers(live)
        if "/" in number
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
