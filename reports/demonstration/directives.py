"""What the province directed, what unions answered, and the milestones of the breakthroughs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from actionplan.models import (
    Contribution,
    Directive,
    DirectiveCopy,
    DirectiveResult,
    Milestone,
    Programme,
)
from actionplan.services import reorganisation
from actionplan.workflow import CopyState, DirectiveState, Status
from reports.demonstration.province import Member, Province
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Placement

_DONE = "Đã rà soát, thông qua ở hội nghị Ban Chấp hành và ban hành lại."
_MISSING = "Gửi kèm quy chế đã ban hành."
# how far the unions have come, one after the other
_FAR = (
    CopyState.ACCEPTED,
    CopyState.REPORTED,
    CopyState.GIVEN,
    CopyState.ACCEPTED,
    CopyState.ACKNOWLEDGED,
    CopyState.MORE,
)
_ANSWERED = {CopyState.ACCEPTED, CopyState.REPORTED, CopyState.MORE}


@dataclass(frozen=True, slots=True)
class Said:
    """A directive: when in the last year it was sent, until when, by which letter."""

    title: str
    text: str
    sent: tuple[int, int]
    days: int
    number: str
    group: int


_DIRECTIVES = (
    Said(
        "Rà soát quy chế đối thoại tại nơi làm việc",
        "Rà soát, sửa đổi quy chế đối thoại tại nơi làm việc; báo cáo kết quả và gửi quy chế.",
        (3, 10),
        45,
        "28/CĐVC",
        2,
    ),
    Said(
        "Chăm lo đoàn viên dịp Tết Nguyên đán",
        "Nắm tình hình đời sống, tổ chức thăm hỏi đoàn viên khó khăn trước Tết; báo cáo số người,"
        " số tiền.",
        (12, 5),
        60,
        "112/CĐVC",
        3,
    ),
)

# of which breakthrough; what; who answers for it; in which month of the last year; how it stands
_MILESTONES = (
    (1, "Mọi đơn vị có quy chế đối thoại", "Ban Chính sách pháp luật", 6, Status.DONE),
    (1, "Thỏa ước mẫu cho đơn vị ngoài nhà nước", "Ban Chính sách pháp luật", 12, Status.UNDER_WAY),
    (2, "Bồi dưỡng toàn bộ Chủ tịch công đoàn cơ sở", "Ban Tổ chức", 10, Status.UNDER_WAY),
    (3, "Quản lý đoàn viên bằng phần mềm dùng chung", "Văn phòng", 12, Status.NOT_STARTED),
)
_SHARES = ("Ban hành quy chế, đối thoại định kỳ hai lần.", "Cử Chủ tịch dự lớp bồi dưỡng.")
_ONE_IN = 4


def write(province: Province, programme: Programme, year: int, traces: Traces) -> None:
    """Two directives of a year to all unions in place then, and milestones with contributions."""
    members = {member.union.pk: member for member in province.members}
    for said in _DIRECTIVES:
        directive = _directive(province, programme, said, year)
        places = Placement.objects.on(date(year, *said.sent)).filter(union__in=members)
        copies = [
            _copy(directive, place, members[place.union_id])
            for place in places.filter(suspended=False).order_by("union")
        ]
        DirectiveCopy.objects.bulk_create(copies, batch_size=BATCH)
        results = [one for copy in copies for one in _results(copy, members[copy.union_id])]
        DirectiveResult.objects.bulk_create(results, batch_size=BATCH)
        sent = directive.sent_at
        if sent is not None:
            words = f"Gửi {directive} cho {len(copies)} đơn vị"
            traces.record(words, sent, by=directive.sent_by, about=directive)
    reorganisation.settle()
    _milestones(province, programme, year)


def _directive(province: Province, programme: Programme, said: Said, year: int) -> Directive:
    day, officer = date(year, *said.sent), province.staff.verifier
    return Directive.objects.create(
        union=province.root,
        group=programme.task_groups.get(number=said.group),
        title=said.title,
        text=said.text,
        number=said.number,
        issued_on=day,
        due_on=day + timedelta(said.days),
        everyone=True,
        state=DirectiveState.SENT,
        written_by=officer,
        sent_at=at(day, 9),
        sent_by=officer,
    )


def _copy(directive: Directive, place: Placement, member: Member) -> DirectiveCopy:
    copy = DirectiveCopy(directive=directive, union=member.union, placement=place)
    copy.state = _FAR[(member.number + (directive.group_id or 0)) % len(_FAR)]
    day = directive.due_on - timedelta(member.number % 20 + 3)
    if copy.state != CopyState.GIVEN:
        copy.acknowledged_at, copy.acknowledged_by = at(day, 8), member.chair
    if copy.state in {CopyState.REPORTED, CopyState.ACCEPTED}:
        copy.reported_at = at(day, 15)
    if copy.state == CopyState.ACCEPTED:
        copy.accepted_at = at(directive.due_on, 10)
    if copy.state == CopyState.MORE:
        copy.reason = _MISSING
    # the province of the demonstration reminded by telephone
    copy.reminded_before = copy.reminded_after = directive.due_on
    return copy


def _results(copy: DirectiveCopy, member: Member) -> Iterator[DirectiveResult]:
    if copy.state in _ANSWERED and copy.acknowledged_at is not None:
        given = copy.acknowledged_at + timedelta(hours=7)
        answer = copy.reason
        yield DirectiveResult(
            **{"copy": copy, "text": _DONE, "by": member.chair, "at": given},
            **{"given_at": given, "given_by": member.chair, "answer": answer},
        )


def _milestones(province: Province, programme: Programme, year: int) -> None:
    parts = {part.number: part for part in programme.breakthroughs.all()}
    shares: list[Contribution] = []
    for number, title, owner, month, status in _MILESTONES:
        day = date(year, month, 28)
        reached = status == Status.DONE
        milestone = Milestone.objects.create(
            breakthrough=parts[number],
            title=title,
            owner=owner,
            due_on=day,
            status=status,
            done_on=day if reached else None,
            result="Tất cả đơn vị đã ban hành quy chế." if reached else "",
            asked="Ghi việc đơn vị đã làm, kèm văn bản hoặc hình ảnh nếu có.",
        )
        if status != Status.NOT_STARTED:
            shares += _shares(province, milestone)
    Contribution.objects.bulk_create(shares, batch_size=BATCH)


def _shares(province: Province, milestone: Milestone) -> Iterator[Contribution]:
    text = _SHARES[milestone.breakthrough.number % len(_SHARES) - 1]
    places = Placement.objects.on(milestone.due_on)
    at_day = {place.union_id: place for place in places}
    for member in province.members:
        day = milestone.due_on - timedelta(20 + member.number % 40)
        there = member.union.pk in at_day and member.union.founded_on <= day
        if there and member.number % _ONE_IN == 0:
            yield Contribution(
                milestone=milestone,
                union=member.union,
                placement=at_day[member.union.pk],
                on=day,
                text=text,
                by=member.chair,
                at=at(day, 16),
            )
