"""Everything that happens to a workbook that was sent in: checked, confirmed, written, dropped."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from unions import workbooks
from unions.access import require
from unions.errors import RuleBroken
from unions.models import Intake, Union, User
from unions.resources.engine import ListResource, dataset_of
from unions.resources.findings import found
from unions.resources.tables import register_of, resource_of
from unions.services import clearing, journal, plans
from unions.services.claims import claimant, is_gone
from unions.services.events import Decision
from unions.services.lists.lines import Outcome, Register, Verdict
from unions.vietnamese import tidy
from unions.workbooks import Fault, Limits, Sheet

# more than these a worker checks and writes
AT_ONCE = 1000
TRIES = 3
State = Intake.State
_UNFORESEEN = "Có lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn không được, hãy báo quản trị hệ thống."
_CUT_OFF = f"Việc này bị ngắt {TRIES} lần. Hãy thử lại hoặc báo quản trị hệ thống."
_CHANGED = (
    "Dữ liệu trên cổng đã thay đổi từ lúc kiểm tra nên chưa ghi gì. Hãy xem lại kết quả kiểm tra"
    " mới rồi xác nhận lần nữa."
)
_MOVED_ON = "Tệp đang ở bước khác hoặc đã được xử lý. Hãy tải lại trang."

logger = logging.getLogger(__name__)


def receive(kind: str, upload: "UploadedFile[bytes]", decision: Decision, *, by: User) -> Intake:
    """Take in a workbook to be checked; what is no such workbook is refused at once.

    A small one is checked on the spot, a large one waits for a worker.
    """
    union = home(kind, by)
    sheet = workbooks.open_sheet(
        cast(BinaryIO, upload.file), resource_of(kind).columns, limits=limits()
    )
    upload.seek(0)
    if not sheet.rows:
        raise RuleBroken("Bảng không có dòng số liệu nào bên dưới dòng tiêu đề.")
    with transaction.atomic():
        intake = Intake.objects.create(
            union=union,
            kind=kind,
            file=upload,
            name=tidy(upload.name or "")[-200:],
            effective_on=decision.effective_on,
            decision_number=tidy(decision.number),
            total=len(sheet.rows),
            sent_by=by,
        )
        journal.record(f"Tải lên tệp Excel “{intake.name}”", by=by, about=intake)
    return _at_once(intake)


def convert(intake: Intake, *, converts: bool, by: User) -> Intake:
    """Read text of old fonts as Unicode, or as it stands again; checked anew."""
    _must_be_theirs(intake, by)
    _step(intake, State.CHECKED, state=State.TO_CHECK, converts=converts, done=0)
    return _at_once(intake)


def confirm(intake: Intake, *, good_only: bool, by: User) -> Intake:
    """Let the rows be written as they were shown: all, or with `good_only` those without fault."""
    _must_be_theirs(intake, by)
    counts = intake.counts
    if counts.get(Verdict.WRONG) and not good_only:
        raise RuleBroken(
            "Tệp còn dòng có lỗi. Hãy sửa tệp rồi tải lên lại, hoặc đánh dấu đồng ý chỉ ghi các"
            " dòng đúng."
        )
    if not counts.get(Verdict.NEW) and not counts.get(Verdict.CHANGED):
        raise RuleBroken("Không có dòng nào cần ghi.")
    _step(intake, State.CHECKED, state=State.TO_WRITE, good_only=good_only)
    return _at_once(intake)


def drop(intake: Intake, *, by: User) -> Intake:
    """Leave a workbook unwritten (bỏ); the file is removed, the row stays."""
    _must_be_theirs(intake, by)
    clearing.drop(intake, by=by)
    intake.refresh_from_db()
    return intake


def marked(intake: Intake) -> bytes:
    """The workbook with every wrong cell marked, as it was last checked; RuleBroken once gone."""
    if not intake.file:
        raise RuleBroken("Tệp này đã được xoá khỏi cổng. Hãy đánh dấu trên tệp gốc, rồi tải lên.")
    with intake.file.open("rb") as file:
        sheet = _sheet(intake, file)
        faults = [
            Fault(row["number"], key, sentence)
            for row in intake.findings.get("rows", [])
            for key, sentence in row["faults"]
        ]
        return workbooks.mark(cast(BinaryIO, file), sheet, faults, limits())


def work(intake_pk: int) -> None:
    """Check or write a workbook that waits; a second message about it finds nothing to do."""
    for waits, runs, do in (
        (State.TO_CHECK, State.CHECKING, _check),
        (State.TO_WRITE, State.WRITING, _write),
    ):
        claimed = Intake.objects.filter(pk=intake_pk, state=waits).update(
            state=runs, claimed_at=timezone.now(), claimed_by=claimant(), tries=F("tries") + 1
        )
        if claimed:
            intake = Intake.objects.select_related("union__current", "sent_by").get(pk=intake_pk)
            try:
                do(intake)
            except (RuleBroken, PermissionDenied) as problem:
                _fail(intake, str(problem))
            except Exception:
                logger.exception("intake %s failed", intake_pk)
                _fail(intake, _UNFORESEEN)


def work_waiting() -> None:
    """Work off what was left lying, oldest first."""
    _release_cut_off()
    waiting = Intake.objects.filter(state__in=[State.TO_CHECK, State.TO_WRITE])
    for key in list(waiting.order_by("sent_at", "pk").values_list("pk", flat=True)):
        work(key)


def limits() -> Limits:
    """How large a workbook may be."""
    return Limits(packed=settings.WORKBOOK_MAX_BYTES)


def home(kind: str, by: User) -> Union:
    """The highest union where `by` manages rows of this kind; PermissionDenied if there is none."""
    needs = Intake(kind=kind).needs
    held = [role for role in by.roles if role.grants(needs)]
    if not held:
        raise PermissionDenied("Bạn không có quyền nhập danh sách này.")
    return Union.objects.get(pk=min(held, key=lambda role: len(role.path)).union_id)


def _must_be_theirs(intake: Intake, by: User) -> None:
    """What was shown is what the sender may do; another's rights may reach elsewhere."""
    require(by, intake.needs, intake)
    if intake.sent_by_id != by.pk:
        raise RuleBroken("Chỉ người đã tải tệp lên mới xử lý tiếp được tệp này.")


def _step(intake: Intake, before: str, **after: Any) -> None:
    """From one state to another, once; RuleBroken if another request was faster."""
    if not Intake.objects.filter(pk=intake.pk, state=before).update(**after, tries=0, problem=""):
        raise RuleBroken(_MOVED_ON)


def _at_once(intake: Intake) -> Intake:
    if intake.total <= AT_ONCE:
        work(intake.pk)
    intake.refresh_from_db()
    return intake


def _check(intake: Intake) -> None:
    """Find what every row would do, and say so; nothing of it is written."""
    register = _register(intake)
    register.watch = lambda done: _note_progress(intake, done)
    with intake.file.open("rb") as file:
        sheet = _sheet(intake, file)
    findings = _judged(resource_of(intake.kind)(register), sheet)
    _mine(intake).update(
        state=State.CHECKED, findings=findings, total=len(sheet.rows), done=len(sheet.rows)
    )


def _write(intake: Intake) -> None:
    """Write what was confirmed, all in one transaction, if it would still do what was shown."""
    register = _register(intake)
    register.holds = True
    with intake.file.open("rb") as file:
        sheet = _sheet(intake, file)
    with transaction.atomic():
        resource = resource_of(intake.kind)(register, may_keep=_as_shown(intake, sheet))
        findings = _judged(resource, sheet)
        if not resource.has_kept:
            _mine(intake).update(state=State.CHECKED, findings=findings, problem=_CHANGED)
            return
        if not _mine(intake).update(state=State.WRITTEN, finished_at=timezone.now()):
            raise RuleBroken(_MOVED_ON)
        told = f"Ghi tệp Excel “{intake.name}”"
        journal.record(told, by=intake.sent_by, about=intake, details=intake.counts)
    if intake.total > AT_ONCE:
        plans.renew()


def _sheet(intake: Intake, file: Any) -> Sheet:
    columns = resource_of(intake.kind).columns
    return workbooks.open_sheet(file, columns, convert=intake.converts, limits=limits())


def _register(intake: Intake) -> Register:
    day = intake.effective_on or timezone.localdate()
    return register_of(intake.kind, Decision(day, intake.decision_number), by=intake.sent_by)


def _judged(resource: ListResource, sheet: Sheet) -> dict[str, Any]:
    """Let the library run the rows through the resource; what came of each."""
    result = resource.import_data(dataset_of(sheet), use_transactions=False)
    for problem in result.base_errors:
        raise problem.error
    return found(sheet, resource.outcomes)


def _as_shown(intake: Intake, sheet: Sheet) -> Callable[[Sequence[Outcome]], bool]:
    """Whether rows do what was confirmed, and nothing else."""
    return lambda outcomes: found(sheet, outcomes)["rows"] == intake.findings.get("rows")


def _note_progress(intake: Intake, done: int) -> None:
    _mine(intake).update(done=done)


def _fail(intake: Intake, problem: str) -> None:
    _mine(intake).update(state=State.FAILED, finished_at=timezone.now(), problem=problem)


def _mine(intake: Intake) -> QuerySet[Intake]:
    """The row, as long as this process has it."""
    runs = [State.CHECKING, State.WRITING]
    claim = {"claimed_at": intake.claimed_at, "claimed_by": intake.claimed_by}
    return Intake.objects.filter(pk=intake.pk, state__in=runs, **claim)


def _release_cut_off() -> None:
    """Let what a process left that is gone wait again, or give it up after some tries."""
    overdue = Q(claimed_at__lt=timezone.now() - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT))
    running = Intake.objects.filter(state__in=[State.CHECKING, State.WRITING])
    claims = set(running.order_by().values_list("claimed_by", flat=True))
    stale = running.filter(overdue | Q(claimed_by__in=list(filter(is_gone, claims))))
    given_up = {"state": State.FAILED, "finished_at": timezone.now(), "problem": _CUT_OFF}
    stale.filter(tries__gte=TRIES).update(**given_up)
    for runs, waits in ((State.CHECKING, State.TO_CHECK), (State.WRITING, State.TO_WRITE)):
        stale.filter(state=runs, tries__lt=TRIES).update(state=waits)
