"""What unions did to make the programme known, so that the people come to what they answered."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from actionplan.models import BriefingForm, BriefingSession, Dissemination, Programme
from indicators.models import CountedFrom, Figure
from reports.demonstration.province import Member, Province
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Calendar

_WHAT = (
    "Nghị quyết Đại hội XVII Công đoàn tỉnh và Chương trình hành động của Công đoàn Viên chức tỉnh",
    "Kế hoạch năm và các chỉ tiêu thực hiện Chương trình hành động",
)
# how long before the cut-off, in days, and in a hundred of those reached
_SESSIONS = ((200, 70, BriefingForm.IN_PERSON), (95, 55, BriefingForm.WITHIN))
# in a hundred: who has written its sessions down but not yet stated the people
_UNSTATED = 12
# one in so many of those that have not answered yet has no session either
_SILENT = 4
_BEGUN = (5, 15)


def write(province: Province, programme: Programme, random: Random, traces: Traces) -> None:
    """Two sessions of every union and year that has answered how many people were reached."""
    members = {member.union.pk: member for member in province.members}
    figures = Figure.objects.filter(
        indicator__programme=programme,
        indicator__counted_from=CountedFrom.DISSEMINATION,
        submission__union__in=members,
        numerator__gte=3,
    ).select_related("submission__period")
    rows: list[Dissemination] = []
    sessions: list[BriefingSession] = []
    for figure in figures.order_by("submission__period__year", "submission__union"):
        member = members[figure.submission.union_id]
        row = _of(programme, member, figure, random)
        held = list(_held(row, member, figure))
        if len(held) == len(_SESSIONS):
            rows.append(row)
            sessions += held
    begun = _begun(province, programme, rows)
    rows += [session.dissemination for session in begun]
    sessions += begun
    Dissemination.objects.bulk_create(rows, batch_size=BATCH)
    BriefingSession.objects.bulk_create(sessions, batch_size=BATCH)
    for session in sessions:
        _trace(session, traces)


def _of(programme: Programme, member: Member, figure: Figure, random: Random) -> Dissemination:
    period = figure.submission.period
    row = Dissemination(union=member.union, programme=programme, year=period.year, revision=3)
    stated = random.randint(1, 100) > _UNSTATED
    # who reported more people than its last headcount has to have that counted anew first
    if stated and figure.answers["done"] <= member.headcount:
        row.people, row.stated_by = figure.answers["done"], member.chair
        row.stated_at = at(period.cut_off_on, 9)
    return row


def _held(row: Dissemination, member: Member, figure: Figure) -> Iterator[BriefingSession]:
    """Of those reached most came to the first session, and many of them to the second again."""
    people, union = figure.answers["done"], member.union
    for (before, share, form), what in zip(_SESSIONS, _WHAT, strict=True):
        day = figure.submission.period.cut_off_on - timedelta(before)
        if _in_place(day, union.founded_on, union.ended_on):
            yield BriefingSession(
                dissemination=row,
                held_on=day,
                form=form,
                what=what,
                attended=-(-people * share // 100),
                expected=people,
                recorded_at=at(day, 16),
                recorded_by=member.chair,
            )


def _begun(
    province: Province, programme: Programme, rows: list[Dissemination]
) -> list[BriefingSession]:
    """In the last year, one session of most unions that have not answered yet."""
    year = rows[-1].year if rows else 0
    told = {row.union.pk for row in rows if row.year == year}
    day = date(year or 1, *_BEGUN)
    return [
        BriefingSession(
            dissemination=Dissemination(union=one.union, programme=programme, year=year),
            held_on=day,
            form=BriefingForm.IN_PERSON,
            what=_WHAT[0],
            attended=-(-one.headcount * _SESSIONS[0][1] // 100),
            expected=one.headcount,
            recorded_at=at(day, 16),
            recorded_by=one.chair,
        )
        for one in province.members
        if one.union.pk not in told
        and one.number % _SILENT
        and _in_place(day, one.union.founded_on, one.union.ended_on)
        and one.name.calendar == Calendar.CALENDAR_YEAR
    ]


def _in_place(day: date, founded: date, ended: date | None) -> bool:
    return founded <= day and (ended is None or ended > day)


def _trace(session: BriefingSession, traces: Traces) -> None:
    traces.record(
        f"Ghi {session} của {session.dissemination.union}:"
        f" {session.attended}/{session.expected} người dự",
        session.recorded_at,
        by=session.recorded_by,
        about=session.dissemination,
    )
