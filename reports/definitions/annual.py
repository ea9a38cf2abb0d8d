"""Báo cáo năm: what a year brought in indicators, breakthroughs and task groups."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actionplan.models import Breakthrough, Period, Programme, TaskGroup
from actionplan.queries import as_in_force
from indicators.aggregation import Verdict
from indicators.models import Answer, Audience, Indicator
from indicators.queries import (
    NO_ANSWER,
    Addend,
    Coverage,
    Cut,
    Inheritance,
    Result,
    Told,
    Unasked,
    addends_of,
    counted,
    coverage,
    inheritance,
    scorecard,
    told_of_ended,
    told_of_heirs,
    told_of_unasked,
    unasked,
    words,
)
from indicators.queries.addends import CLOSED, DIVIDED, EXCUSED
from indicators.queries.gaps import Before, counted_before
from indicators.workflow import State
from reports.catalogue import Scope, report
from reports.definitions.annex import Answered, figures_annex
from reports.definitions.programme_words import basis, named
from reports.definitions.results import (
    ending,
    lowered,
    of_the_union,
)
from reports.definitions.tables import scorecard_table
from reports.definitions.verdicts import judgement
from reports.document import (
    Block,
    Document,
    Heading,
    Paragraph,
)
from reports.letterhead import written_date
from reports.queries import Extra, cut_offs, end_of, estimated, evidence_of, extras
from unions.models import Evidence, Level, OrgEvent
from unions.quantities import Quantity

_TOLD_OF = (
    ("Kết quả thực hiện các khâu đột phá", Breakthrough),
    ("Kết quả thực hiện các nhóm nhiệm vụ, giải pháp", TaskGroup),
)


@dataclass(frozen=True, slots=True)
class Year:
    """All that was read for the report; composing asks for nothing more."""

    scope: Scope
    results: list[Result]
    addends: list[Addend]
    before: dict[str, Before]
    coverage: Coverage
    unasked: list[Unasked]
    inheritance: Inheritance
    words: list[Told]
    periods: list[Period]
    estimated: set[int]
    extras: list[Extra]
    evidence: dict[int, list[Evidence]]
    end: OrgEvent | None

    @property
    def figures(self) -> Answered:
        """What grassroots unions answered in the year itself: a running total has earlier ones."""
        asked = [one for one in self.results if one.indicator.audience == Audience.GRASSROOTS]
        codes = {one.indicator.code for one in asked}
        year = self.scope.year
        parts = [one for one in self.addends if one.year == year and one.indicator_code in codes]
        return Answered(year, asked, parts, self.estimated, self.evidence)

    @property
    def alone(self) -> bool:
        """True where a grassroots union reports for itself, and nobody went on in it."""
        placement = self.scope.union.current
        grassroots = placement is not None and placement.level == Level.GRASSROOTS
        return grassroots and not self.scope.cut.now


@report("annual", "Báo cáo năm")
def compose(scope: Scope) -> Document:
    """The yearly report of a union on its programme: the same numbers as its scorecard.

    It says what the programme said at the cut-off, however it has been amended since.
    """
    year = _read(scope)
    scope = year.scope
    return Document(
        kind_name="Báo cáo",
        subject=_subject(scope),
        letterhead=scope.letterhead(),
        signature=scope.signature(),
        recipients=scope.recipients(),
        addressees=scope.addressees(),
        legal_bases=(basis(scope.programme),),
        blocks=(
            Paragraph(
                f"{scope.node.name} báo cáo kết quả thực hiện năm {scope.year}{_today(scope)} như"
                " sau:"
            ),
            Heading("I. Đặc điểm tình hình"),
            *(Paragraph(text) for text in _situation(year)),
            *_indicators(year),
            *_told(year),
        ),
        closing=f"Trên đây là báo cáo {lowered(_subject(scope))} của {scope.node.name}",
        annexes=(figures_annex(year.figures),),
    )


def _read(scope: Scope) -> Year:
    cut = scope.cut
    own = scope.union.pk == scope.programme.union_id
    results = of_the_union(scorecard(scope.programme, cut), own=own)
    told = words(scope.programme, cut)
    parts = [*(one.indicator for one in results), *(one.subject for one in told)]
    programme = as_in_force(scope.programme, scope.year, parts)
    return Year(
        scope=replace(scope, programme=programme),
        results=results,
        addends=addends_of([one.indicator for one in results], scope.programme, cut),
        before=_before(results, scope.programme, cut),
        coverage=coverage(scope.programme, cut),
        unasked=unasked(scope.programme, cut),
        inheritance=inheritance(scope.programme, cut),
        words=told,
        periods=cut_offs(scope.programme, scope.year),
        estimated=estimated(scope.programme, cut),
        extras=extras(scope.programme, cut),
        evidence=evidence_of(counted(scope.programme, cut).values_list("pk", flat=True)),
        end=end_of(scope.union),
    )


def _before(results: list[Result], programme: Programme, cut: Cut) -> dict[str, Before]:
    """What the silent counted the year before, where that decides if a target can be reached.

    A statement for each such indicator.
    """
    return {
        one.indicator.code: counted_before(programme, cut, one.indicator)
        for one in results
        if one.verdict is Verdict.NOT_MET and _by_people(one.indicator)
    }


def _by_people(indicator: Indicator) -> bool:
    """True where a denominator is not known before it is reported."""
    rule = indicator.rule
    return indicator.audience == Audience.GRASSROOTS and not (rule.counts_unions or rule.additive)


def _subject(scope: Scope) -> str:
    return f"Kết quả thực hiện {named(scope.programme)} năm {scope.year}{_today(scope)}"


def _today(scope: Scope) -> str:
    """By which organisation it is told, unless by that of the cut-off."""
    return f" theo tổ chức {scope.structure.label}" if scope.cut.now else ""


def _situation(year: Year) -> list[str]:
    end = ending(year.scope.node.name, year.end)
    if not year.periods:
        return [*end, f"Năm {year.scope.year} chưa mở kỳ báo cáo nên chưa có số liệu."]
    covered = [_covered(year), *told_of_unasked(year.unasked)]
    return [*end, _cut_off(year), *covered, *_answers(year), *_estimates(year)]


def _cut_off(year: Year) -> str:
    placement = year.scope.union.current
    own = [row for row in year.periods if placement and row.calendar == placement.calendar]
    days = [
        f"{written_date(period.cut_off_on)} ({period.get_calendar_display().lower()})"
        for period in (own if year.alone else year.periods)
    ]
    return f"Số liệu chốt đến {' và '.join(days)}."


def _covered(year: Year) -> str:
    name, found = year.scope.node.name, year.coverage
    if year.alone and found.excused:
        return "Đơn vị được miễn nộp phiếu số liệu của phần năm trước khi kết thúc hoạt động."
    if not found.expected:
        return f"Không có công đoàn cơ sở nào của {name} thuộc diện báo cáo tại ngày chốt số liệu."
    if year.alone:
        state = State(next(iter(found.by_state))).label
        counts = "" if found.approved else " nên chưa có số liệu trong báo cáo này"
        return f"Phiếu số liệu của đơn vị: {state.lower()}{counts}."
    waiting = [
        f"{Quantity(count)} {State(state).label.lower()}"
        for state, count in sorted(found.by_state.items())
        if count and state != State.APPROVED
    ]
    rest = f" Các phiếu còn lại: {', '.join(waiting)}." if waiting else ""
    return (
        f"{name} có {Quantity(found.expected)} công đoàn cơ sở thuộc diện báo cáo;"
        f" {Quantity(found.approved)}/{Quantity(found.expected)} công đoàn cơ sở đã có phiếu số"
        f" liệu được duyệt.{rest}"
    )


def _answers(year: Year) -> list[str]:
    asked = [part for part in year.figures.addends if part.answer not in (CLOSED, DIVIDED, EXCUSED)]
    given = Counter(part.answer for part in asked)
    silent = given.pop(NO_ANSWER, 0)
    if not given:
        return []
    who = "Đơn vị" if year.alone else "Các công đoàn cơ sở"
    return [
        f"{who} đã trả lời {Quantity(given.total())}/{Quantity(given.total() + silent)} câu hỏi của"
        f" các chỉ tiêu: {Quantity(given[Answer.NUMBER])} trả lời có số liệu,"
        f" {Quantity(given[Answer.ZERO])} xác nhận bằng 0, {Quantity(given[Answer.NOT_ARISING])}"
        " không phát sinh hoặc chưa đủ điều kiện xếp loại (có nêu lý do); còn"
        f" {Quantity(silent)} câu chưa có trả lời được duyệt."
    ]


def _estimates(year: Year) -> list[str]:
    if not year.coverage.approved:
        return []
    found = f"Có {Quantity(len(year.estimated))} đơn vị"
    if not year.estimated:
        found = "Không có đơn vị nào"
    told = [f"{found} báo cáo bằng số ước thực hiện."]
    if count := year.coverage.correcting:
        who = f"Có {Quantity(count)} đơn vị đang đính chính số liệu"
        told.append(f"{who}: kết quả tính theo số đã duyệt trước đó.")
    return told


def _indicators(year: Year) -> list[Block]:
    found = year.coverage
    partly = (
        f" Kết quả trên tính theo phiếu đã được duyệt của {Quantity(found.approved)}/"
        f"{Quantity(found.expected)} công đoàn cơ sở."
        if found.approved < found.expected and not year.alone
        else ""
    )
    return [
        Heading("II. Kết quả thực hiện các chỉ tiêu"),
        Paragraph(f"{judgement(year.results)}{partly} Số liệu từng đơn vị tại Phụ lục kèm theo."),
        scorecard_table(year.results, year.addends, year.before, _ended(year), year.unasked),
        *(Paragraph(extra.sentence) for extra in year.extras),
    ]


def _ended(year: Year) -> list[str]:
    """Of a union that reports for itself there is nothing to add up."""
    asked = [] if year.alone else [one.indicator for one in year.results]
    if not asked:
        return []
    return [*told_of_ended(year.coverage, asked), *told_of_heirs(year.inheritance)]


def _told(year: Year) -> Iterator[Block]:
    """Breakthroughs and task groups, as far as the programme has them."""
    numerals = iter(("III", "IV"))
    for title, kind in _TOLD_OF:
        found = [told for told in year.words if isinstance(told.subject, kind)]
        if found:
            yield Heading(f"{next(numerals)}. {title}")
        for told in found:
            yield Heading(f"{told.subject.number}. {told.subject.title}", 2)
            yield from (Paragraph(text) for text in _said(told, year))


def _said(told: Told, year: Year) -> list[str]:
    own = [told.own] if told.own.strip() else []
    if year.alone:
        silence = "Không có nội dung phát sinh." if told.none else "Chưa có nội dung được duyệt."
        return own or [silence]
    if not year.coverage.expected:
        return own or ["Chưa có nội dung được duyệt."]
    return [
        *own,
        f"Có {Quantity(told.told)}/{Quantity(year.coverage.expected)} công đoàn cơ sở báo cáo nội"
        f" dung; {Quantity(told.none)} đơn vị trả lời không có.",
    ]
