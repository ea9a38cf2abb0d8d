"""Sessions that make the programme known (quán triệt), and how many people they reached."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.attendance import Attendance
from actionplan.calendar import first_day, last_day
from actionplan.models import BriefingSession, Dissemination
from actionplan.queries.briefings import attendance_of
from actionplan.queries.programmes import programme_for
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.quantities import Quantity
from unions.services import evidence, journal
from unions.services.days import must_be_of_our_time
from unions.services.placing import must_be_in_place
from unions.vietnamese import tidy

# more than any union has: what is typed beyond it is a slip
MOST = 1_000_000


class Outdated(RuleBroken):
    """The sessions changed after the page was opened from which this is saved."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A session as it is typed; files come with `uploads` and go by the keys in `removed`."""

    held_on: date
    form: str
    what: str
    attended: int
    expected: int
    uploads: Sequence["UploadedFile[bytes]"] = ()
    removed: Collection[int] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """What stands in the row."""
        said = ("held_on", "form", "attended", "expected")
        return {name: getattr(self, name) for name in said} | {"what": tidy(self.what)}


@transaction.atomic
def add(union: Union, year: int, briefing: Briefing, *, by: User | None) -> BriefingSession:
    """Write down a session of a union (ghi buổi quán triệt).

    RuleBroken for what cannot be (see `must_be_possible`), and for one that is there already.
    """
    require(by, Permission.RECORD_BRIEFINGS, union)
    must_be_possible(union, year, briefing)
    dissemination = _begun(union, year)
    _must_be_another(dissemination, briefing)
    session = BriefingSession.objects.create(
        dissemination=dissemination, recorded_by=by, **briefing.fields
    )
    _keep_files(session, union, briefing, by=by)
    _tell(f"Ghi {_told(session)}", dissemination, by=by)
    settle(dissemination, by=by)
    return session


@transaction.atomic
def change(
    session: BriefingSession, briefing: Briefing, *, by: User | None, revision: int | None = None
) -> BriefingSession:
    """Let a session say something else (sửa); the journal keeps what it said."""
    dissemination = _held(session, by=by, revision=revision)
    session, union = _there(session, dissemination), dissemination.union
    must_be_possible(union, dissemination.year, briefing)
    _must_be_another(dissemination, briefing, than=session)
    was = _told(session)
    for name, value in briefing.fields.items():
        setattr(session, name, value)
    session.save()
    _keep_files(session, union, briefing, by=by)
    _tell(f"Sửa {_told(session)}", dissemination, by=by, details={"trước": was})
    settle(dissemination, by=by)
    return session


@transaction.atomic
def remove(session: BriefingSession, *, by: User | None, revision: int | None = None) -> None:
    """Take out what was written down by mistake (bỏ); journal and archive keep it."""
    dissemination = _held(session, by=by, revision=revision)
    session = _there(session, dissemination)
    _tell(f"Bỏ {_told(session)}", dissemination, by=by)
    session.delete()
    settle(dissemination, by=by)


@transaction.atomic
def state_people(
    dissemination: Dissemination, people: int, *, by: User | None, revision: int | None = None
) -> Dissemination:
    """State how many people (người) the sessions reached, each counted once.

    RuleBroken, with the numbers, unless the fullest session ≤ people ≤ the smaller of the sum of
    attendances (lượt) and the headcount on record on the day of the last session; Outdated if the
    sessions changed since the page that shows `revision`.
    """
    require(by, Permission.STATE_BRIEFED, dissemination.union)
    if dissemination.pk is None:
        raise RuleBroken(Attendance().fault(people), about="people")
    dissemination = _locked(dissemination)
    _must_be_as_shown(dissemination, revision)
    attendance = attendance_of(dissemination)
    if fault := attendance.fault(people):
        raise RuleBroken(fault, about="people")
    before = dissemination.people
    dissemination.people, dissemination.unsound = people, ""
    dissemination.stated_at, dissemination.stated_by = timezone.now(), by
    dissemination.revision += 1
    dissemination.save()
    _tell(
        f"Nêu {dissemination}: {Quantity(people)} người, {Quantity(attendance.sum)} lượt",
        dissemination,
        by=by,
        details={} if before is None else {"trước": before},
    )
    return dissemination


def settle(dissemination: Dissemination, *, by: User | None) -> None:
    """Hold what was stated against the sessions as they are now; it is marked if it cannot be."""
    people, unsound = dissemination.people, ""
    if people is not None:
        unsound = attendance_of(dissemination).fault(people)
    if unsound and not dissemination.unsound:
        _tell(f"Số người của {dissemination} cần nêu lại", dissemination, by=by, reason=unsound)
    dissemination.unsound = unsound
    dissemination.revision += 1
    dissemination.save(update_fields=["unsound", "revision"])


def must_be_possible(union: Union, year: int, briefing: Briefing) -> None:
    """RuleBroken for a day to come, of another year or on which the union was not there.

    And for more who attended than were to, none at all, and numbers that are slips.
    """
    day = briefing.held_on
    must_be_of_our_time(day, "Ngày tổ chức", about="held_on")
    if day > timezone.localdate():
        raise RuleBroken(
            f"Ngày tổ chức {day:%d/%m/%Y} chưa đến: chỉ ghi buổi đã tổ chức.", about="held_on"
        )
    must_be_in_place(union, day, about="held_on")
    _must_be_of_the_year(union, year, day)
    _must_be_sound(briefing)


def _must_be_of_the_year(union: Union, year: int, day: date) -> None:
    calendar = union.current.calendar if union.current else ""
    first, last = first_day(year, calendar), last_day(year, calendar)
    if not first <= day <= last:
        raise RuleBroken(
            f"Ngày {day:%d/%m/%Y} không thuộc năm {year} ({first:%d/%m/%Y} đến {last:%d/%m/%Y})."
            " Hãy kiểm tra lại ngày, hoặc ghi vào đúng năm.",
            about="held_on",
        )


def _must_be_sound(briefing: Briefing) -> None:
    attended, expected = briefing.attended, briefing.expected
    if not tidy(briefing.what):
        raise RuleBroken("Hãy ghi nội dung của buổi quán triệt.", about="what")
    if not 1 <= attended <= MOST:
        raise RuleBroken(
            f"Số người dự là {Quantity(attended)}: phải từ 1 đến {Quantity(MOST)}.",
            about="attended",
        )
    if expected > MOST:
        raise RuleBroken(
            f"Số người phải dự là {Quantity(expected)}: nhiều nhất {Quantity(MOST)}.",
            about="expected",
        )
    if attended > expected:
        raise RuleBroken(
            f"Có {Quantity(attended)} người dự, nhiều hơn {Quantity(expected)} người phải dự. Nếu"
            " có người dự thêm, hãy tính cả họ vào số phải dự.",
            about="attended",
        )


def _begun(union: Union, year: int) -> Dissemination:
    """The row of the union and year, held until the transaction ends."""
    programme = programme_for(union, year)
    row, _ = Dissemination.objects.get_or_create(union=union, programme=programme, year=year)
    return _locked(row)


def _locked(dissemination: Dissemination) -> Dissemination:
    """The row as it stands now, held until the transaction ends."""
    rows = Dissemination.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "union__current").get(pk=dissemination.pk)


def _held(session: BriefingSession, *, by: User | None, revision: int | None) -> Dissemination:
    dissemination = _locked(session.dissemination)
    require(by, Permission.RECORD_BRIEFINGS, dissemination.union)
    _must_be_as_shown(dissemination, revision)
    return dissemination


def _there(session: BriefingSession, dissemination: Dissemination) -> BriefingSession:
    """As it stands now; Outdated if it was taken out meanwhile."""
    found = BriefingSession.objects.filter(pk=session.pk).first()
    if found is None:
        raise Outdated("Buổi quán triệt này vừa được bỏ. Chưa ghi gì vào cổng.")
    found.dissemination = dissemination
    return found


def _must_be_as_shown(dissemination: Dissemination, revision: int | None) -> None:
    if revision is not None and revision != dissemination.revision:
        raise Outdated(
            "Chưa lưu: các buổi quán triệt của đơn vị vừa thay đổi sau khi bạn mở trang. Hãy đối"
            " chiếu với số hiện nay rồi bấm lại."
        )


def _must_be_another(
    dissemination: Dissemination, briefing: Briefing, than: BriefingSession | None = None
) -> None:
    said = briefing.fields
    same = dissemination.sessions.filter(
        **{name: said[name] for name in ("held_on", "form", "what")}
    )
    if (same.exclude(pk=than.pk) if than else same).exists():
        raise RuleBroken(
            f"Buổi ngày {briefing.held_on:%d/%m/%Y} với hình thức và nội dung này đã được ghi."
            " Nếu cùng ngày có hai buổi, hãy ghi nội dung khác nhau.",
            about="what",
        )


def _keep_files(
    session: BriefingSession, union: Union, briefing: Briefing, *, by: User | None
) -> None:
    for file in session.evidence.filter(pk__in=briefing.removed):
        session.evidence.remove(file)
        _tell(f"Gỡ tệp “{file}” khỏi {session}", session.dissemination, by=by)
    for upload in briefing.uploads:
        kept = evidence.keep(union, upload, by=by, beside=session.evidence.all())
        session.evidence.add(kept)


def _told(session: BriefingSession) -> str:
    return (
        f"{session} của {session.dissemination.union}: {session.get_form_display().lower()},"
        f" {Quantity(session.attended)}/{Quantity(session.expected)} người dự"
    )


def _tell(sentence: str, dissemination: Dissemination, *, by: User | None, **more: Any) -> None:
    journal.record(sentence, by=by, about=dissemination, **more)
