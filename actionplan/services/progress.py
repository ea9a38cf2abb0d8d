"""What unions note of the items of their plans: what was done by a day, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.models import PlanItem, Progress
from actionplan.services import plans
from actionplan.workflow import Status
from unions.errors import RuleBroken
from unions.models import User
from unions.services import evidence, journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of an item: the text is the result, or the reason why it is dropped."""

    on: date
    status: Status
    text: str
    uploads: Sequence["UploadedFile[bytes]"] = ()


@transaction.atomic
def report(row: PlanItem, note: Note, *, by: User | None) -> Progress:
    """Note what was done of an item (ghi nhận tiến độ); the item stands as the newest note says."""
    plan = plans.locked(row.plan, by=by)
    row = PlanItem.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _must_be_told(note)
    newest = row.progress.order_by("-on", "-pk").first()
    told = Progress.objects.create(
        item=row, on=note.on, text=trimmed(note.text), status=note.status, by=by
    )
    for upload in note.uploads:
        told.evidence.add(evidence.keep(plan.union, upload, by=by, beside=told.evidence.all()))
    if newest is None or newest.on <= note.on:
        _stand(row, told)
    label = Status(note.status).label.lower()
    journal.record(
        f"Ghi tiến độ ngày {written(note.on)} của việc “{row.what}”: {label} ({plan})",
        by=by,
        about=plan,
    )
    return told


def _stand(row: PlanItem, told: Progress) -> None:
    row.status = told.status
    row.done_on = told.on if told.status == Status.DONE else None
    row.dropped_because = told.text[:500] if told.status == Status.DROPPED else ""
    row.save(update_fields=["status", "done_on", "dropped_because"])


def _must_be_told(note: Note) -> None:
    must_be_of_our_time(note.on, "Ngày ghi nhận", about="on")
    if note.on > timezone.localdate():
        raise RuleBroken(
            f"Ngày ghi nhận {written(note.on)} chưa đến. Hãy ghi ngày việc đã làm.", about="on"
        )
    if trimmed(note.text):
        return
    if note.status == Status.DROPPED:
        raise RuleBroken("Hãy ghi lý do thôi làm việc này.", about="text")
    raise RuleBroken("Hãy ghi một câu về kết quả đã làm được.", about="text")
