"""What unions note of the items of their plans: what was done by a day, and where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.calendar import first_day
from actionplan.models import Plan, PlanItem, Progress
from actionplan.services import changes, plans
from actionplan.workflow import PlanState, Status
from unions.errors import RuleBroken
from unions.models import User
from unions.services import evidence, journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of an item: the text is the result, or the reason why it is dropped."""

    on: date
    status: Status
    text: str
    uploads: Sequence["UploadedFile[bytes]"] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands by all that was noted of it."""

    status: str = Status.NOT_STARTED
    done_on: date | None = None
    because: str = ""


@transaction.atomic
def report(row: PlanItem, note: Note, *, by: User | None) -> Progress:
    """Note what was done of an item (ghi nhận tiến độ); the item stands as the newest note says.

    That an item of an accepted plan is dropped, or taken up again, the desk is shown as a change.
    """
    plan = plans.locked(row.plan, by=by)
    row = PlanItem.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _must_be_told(plan, note)
    # what is sent twice is noted once
    told, _ = Progress.objects.get_or_create(
        item=row, on=note.on, text=trimmed(note.text), status=note.status, by=by
    )
    for upload in note.uploads:
        told.evidence.add(evidence.keep(plan.union, upload, by=by, beside=told.evidence.all()))
    label = Status(note.status).label.lower()
    journal.record(
        f"Ghi tiến độ ngày {written(note.on)} của việc “{row.what}”: {label} ({plan})",
        by=by,
        about=plan,
    )
    _stand(plan, row, told, by=by)
    return told


def standing(notes: Iterable[Progress]) -> Standing:
    """Where an item stands: as the note of the last day says, of several that day the last.

    It was done on the first day from which on every note says so.
    """
    stands = Standing()
    for note in sorted(notes, key=lambda one: (one.on, one.pk)):
        still = note.status == stands.status == Status.DONE
        done_on = (stands.done_on if still else note.on) if note.status == Status.DONE else None
        because = note.text[:500] if note.status == Status.DROPPED else ""
        stands = Standing(note.status, done_on, because)
    return stands


def _stand(plan: Plan, row: PlanItem, told: Progress, *, by: User | None) -> None:
    before, now = row.status, standing(row.progress.all())
    row.status, row.done_on, row.dropped_because = now.status, now.done_on, now.because
    row.save(update_fields=["status", "done_on", "dropped_because"])
    dropped = Status.DROPPED in {before, now.status}
    if plan.state == PlanState.ACCEPTED and before != now.status and dropped:
        labels = Status(before).label, Status(now.status).label
        verb = "Thôi làm" if now.status == Status.DROPPED else "Làm tiếp"
        changes.keep(
            plan,
            row,
            f"{verb} việc “{row.what}”",
            told.text[:1000],
            by=by,
            differences=(("tình trạng", *labels),),
        )


def _must_be_told(plan: Plan, note: Note) -> None:
    must_be_of_our_time(note.on, "Ngày ghi nhận", about="on")
    if note.on > timezone.localdate():
        raise RuleBroken(
            f"Ngày ghi nhận {written(note.on)} chưa đến. Hãy ghi ngày việc đã làm.", about="on"
        )
    first = first_day(plan.year, plan.placement.calendar)
    if note.on < first:
        raise RuleBroken(
            f"Ngày ghi nhận {written(note.on)} ở trước năm của kế hoạch, bắt đầu từ"
            f" {written(first)}.",
            about="on",
        )
    _must_be_readable(note)


def _must_be_readable(note: Note) -> None:
    said = trimmed(note.text)
    if len(said) > _LONGEST:
        raise RuleBroken(
            f"Nội dung dài {len(said)} ký tự; nhiều nhất {_LONGEST}. Hãy viết ngắn lại.",
            about="text",
        )
    if not said and note.status == Status.DROPPED:
        raise RuleBroken("Hãy ghi lý do thôi làm việc này.", about="text")
    if not said:
        raise RuleBroken("Hãy ghi một câu về kết quả đã làm được.", about="text")
