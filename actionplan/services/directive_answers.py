"""What happens to a union's copy of a directive: received, answered, judged, given more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from actionplan import workflow
from actionplan.models import DirectiveCopy, DirectiveResult
from actionplan.services.answering import must_be_allowed, people_of_each, tell_each
from actionplan.workflow import OWED, CopyState
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Evidence, User
from unions.queries import holders
from unions.services import evidence, journal, moves
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written
from unions.workflow import stated_reason


class Outdated(RuleBroken):
    """Somebody else saved the draft since the page was opened from which it is saved."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a union tells of its work; `seen` is the mark of the draft that its page showed."""

    text: str
    uploads: Sequence["UploadedFile[bytes]"] = ()
    removed: Sequence[Evidence] = ()
    seen: str | None = None


@transaction.atomic
def acknowledge(copy: DirectiveCopy, *, by: User | None) -> DirectiveCopy:
    """Note that the union has received the directive (đã nhận), by whom and when, once."""
    copy = _held(copy, Permission.ANSWER_DIRECTIVES, by=by)
    if copy.acknowledged_at is None:
        _receive(copy, by=by)
        copy.save()
        journal.record(f"Đã nhận {copy}", by=by, about=copy)
    return copy


@transaction.atomic
def draft(copy: DirectiveCopy, told: Told, *, by: User | None) -> DirectiveResult:
    """Keep what is to become the result, while the union still owes one."""
    copy = _held(copy, Permission.DRAFT_ANSWERS, by=by)
    result = _written(copy, told, by=by)
    journal.record(f"Lưu nháp kết quả {copy}", by=by, about=copy)
    return result


@transaction.atomic
def give(copy: DirectiveCopy, told: Told, *, by: User | None) -> DirectiveCopy:
    """Give the result to the province (báo kết quả), in words; whoever does has received it."""
    copy = moves.begin(copy, workflow.REPORT, by=by, allow=must_be_allowed)
    _must_stand(copy)
    if not trimmed(told.text):
        raise RuleBroken("Hãy ghi kết quả đã làm được.", about="text")
    result = _written(copy, told, by=by)
    result.given_at, result.given_by = timezone.now(), by
    result.save()
    if copy.acknowledged_at is None:
        _receive(copy, by=by)
    copy.reported_at = result.given_at
    return moves.finish(copy, workflow.REPORT, by=by, tell=holders(Permission.DIRECT, copy))


@transaction.atomic
def accept(copy: DirectiveCopy, *, by: User | None) -> DirectiveCopy:
    """Let the result stand (chấp nhận): the union is done with the directive."""
    copy = moves.begin(copy, workflow.TAKE_RESULT, by=by)
    _must_stand(copy)
    copy.accepted_at = timezone.now()
    return moves.finish(copy, workflow.TAKE_RESULT, by=by, tell=people_of_each([copy])[copy.pk])


@transaction.atomic
def ask_more(copy: DirectiveCopy, reason: str, *, by: User | None) -> DirectiveCopy:
    """Ask for more than the result says (yêu cầu bổ sung), with what is missing."""
    copy = moves.begin(copy, workflow.ASK_MORE, by=by, reason=reason)
    _must_stand(copy)
    stated = stated_reason(reason, "yêu cầu bổ sung")
    last = copy.results.filter(given_at__isnull=False).order_by("-pk").first()
    if last is not None:
        last.answer = stated
        last.save(update_fields=["answer"])
    copy.reported_at = copy.accepted_at = None
    people = people_of_each([copy])[copy.pk]
    return moves.finish(copy, workflow.ASK_MORE, by=by, tell=people, reason=stated)


@transaction.atomic
def extend(copy: DirectiveCopy, until: date, reason: str, *, by: User | None) -> DirectiveCopy:
    """Give one union more time (gia hạn), with a reason; the others keep the day they have."""
    copy = moves.lock(copy)
    require(by, Permission.DIRECT, copy)
    _must_stand(copy)
    _must_be_more_time(copy, until)
    copy.extended_until = until
    copy.extended_because = stated_reason(reason, "gia hạn")
    copy.save()
    journal.record(
        f"Gia hạn {copy} đến ngày {written(until)}",
        by=by,
        about=copy,
        reason=copy.extended_because,
    )
    tell_each("directive_extended", [copy], reason=copy.extended_because)
    return copy


def mark_of(copy: DirectiveCopy) -> str:
    """The mark of the draft as it stands: another as soon as somebody saves it; empty without."""
    last = copy.results.filter(given_at=None).values_list("at", flat=True).first()
    return last.isoformat() if last else ""


def _held(copy: DirectiveCopy, permission: Permission, *, by: User | None) -> DirectiveCopy:
    copy = moves.lock(copy)
    must_be_allowed(by, permission, copy)
    _must_stand(copy)
    return copy


def _must_stand(copy: DirectiveCopy) -> None:
    if not copy.directive.stands:
        raise RuleBroken(
            f"{capfirst(str(copy.directive))} đã được thu hồi: {copy.directive.reason}. Không"
            " phải làm gì nữa."
        )


def _receive(copy: DirectiveCopy, *, by: User | None) -> None:
    copy.acknowledged_at, copy.acknowledged_by = timezone.now(), by
    if copy.state == CopyState.GIVEN:
        copy.state = CopyState.ACKNOWLEDGED


def _written(copy: DirectiveCopy, told: Told, *, by: User | None) -> DirectiveResult:
    if copy.state not in OWED:
        raise RuleBroken(
            f"Kết quả của {copy} đã báo, không sửa được. Khi công đoàn tỉnh yêu cầu bổ sung, đơn vị"
            " ghi tiếp ở đây."
        )
    if told.seen is not None and told.seen != mark_of(copy):
        raise Outdated(
            "Từ lúc bạn mở trang, người khác của đơn vị đã lưu bản khác. Bản đó ở ngay dưới đây:"
            " hãy ghép vào phần của bạn rồi lưu lại."
        )
    result, _ = DirectiveResult.objects.get_or_create(copy=copy, given_at=None)
    result.text, result.by, result.at = trimmed(told.text), by, timezone.now()
    result.save()
    result.evidence.remove(*told.removed)
    for upload in told.uploads:
        kept = evidence.keep(copy.union, upload, by=by, beside=result.evidence.all())
        result.evidence.add(kept)
    return result


def _must_be_more_time(copy: DirectiveCopy, until: date) -> None:
    must_be_of_our_time(until, "Ngày gia hạn", about="until")
    if copy.state == CopyState.ACCEPTED:
        raise RuleBroken(f"{capfirst(str(copy))} đã xong nên không cần gia hạn.")
    if until <= copy.due:
        raise RuleBroken(
            f"Ngày gia hạn {written(until)} không sau hạn hiện nay {written(copy.due)}.",
            about="until",
        )
    if until < timezone.localdate():
        raise RuleBroken(f"Ngày gia hạn {written(until)} đã qua.", about="until")
