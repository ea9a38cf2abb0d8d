"""Everything that can happen to a report (báo cáo) and to its renderings."""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from indicators.queries import Structure
from reports import catalogue, queries
from reports.document import Document
from reports.models import Rendering, Report
from reports.render.pdf import to_pdf
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.queries import node as node_of
from unions.services import journal
from unions.services.claims import claimant, is_gone

RENDERERS: dict[str, Callable[[Document], bytes]] = {"pdf": to_pdf}
TRIES = 3
AT_ONCE = 10
State = Rendering.State
PENDING = (State.WAITING, State.RUNNING)
# a paper may be dated a little ahead: the register opens before it is signed
SIGNED_AHEAD = timedelta(days=60)

_NUMBER = re.compile(r"0*([1-9]\d{0,4}[a-zA-Z]?)")
_UNFORESEEN = "Có lỗi khi kết xuất. Hãy thử lại; nếu vẫn không được, hãy báo quản trị hệ thống."
_CUT_OFF = f"Việc kết xuất bị ngắt {TRIES} lần. Hãy thử lại hoặc báo quản trị hệ thống."

logger = logging.getLogger(__name__)


@transaction.atomic
def request(
    kind: str,
    union: Union,
    year: int,
    format: str,
    *,
    by: User | None,
    structure: Structure = Structure.THEN,
) -> Rendering:
    """Ask for a report as a file (lập báo cáo); one already under way is not doubled."""
    require(by, Permission.DRAFT_REPORTS, union)
    wanted = _report(kind, union, year, format, structure)
    report, _ = Report.objects.get_or_create(
        kind=kind, union=union, programme=wanted.programme, year=year, structure=structure
    )
    report = _locked(report)
    under_way = report.renderings.filter(format=format, state__in=PENDING).first()
    if under_way is not None:
        return under_way
    journal.record(f"Lập {report} ({format.upper()})", by=by, about=report)
    return Rendering.objects.create(report=report, format=format, requested_by=by)


@transaction.atomic
def restart(rendering: Rendering, *, by: User | None) -> Rendering:
    """Let a failed rendering wait again (thử lại); one that did not fail stays as it is."""
    require(by, Permission.DRAFT_REPORTS, rendering.report)
    report = _locked(rendering.report)
    under_way = report.renderings.filter(format=rendering.format, state__in=PENDING).first()
    if under_way is not None:
        return under_way
    failed = Rendering.objects.filter(pk=rendering.pk, state=State.FAILED)
    if failed.update(state=State.WAITING, tries=0, problem=""):
        journal.record(f"Kết xuất lại {rendering}", by=by, about=report)
    rendering.refresh_from_db()
    return rendering


@transaction.atomic
def set_number(report: Report, number: str, signed_on: date | None, *, by: User | None) -> Report:
    """Keep the number and date that the office's register gave (vào sổ); both may be emptied.

    A number runs once through a year of the register: a second report with it is refused. So is a
    day before the figures were cut off, and one more than 60 days ahead.
    """
    require(by, Permission.DRAFT_REPORTS, report)
    if signed_on is not None:
        _must_be_a_day_to_sign(report, signed_on)
    others = Report.objects.select_for_update(of=("self",)).filter(union=report.union_id)
    rows = {row.pk: row for row in others.order_by("pk")}
    report = rows.pop(report.pk)
    report.number, report.signed_on = _plain_number(number), signed_on
    for other in rows.values():
        if report.number and other.number == report.number and _same_register(report, other):
            raise RuleBroken(
                f"Số {report.number.zfill(2)} đã dùng cho {other}. Hãy kiểm tra sổ văn bản đi."
            )
    report.save(update_fields=["number", "signed_on"])
    journal.record(f"{_numbered(report)} cho {report}", by=by, about=report)
    return report


def draw(
    kind: str,
    union: Union,
    year: int,
    format: str,
    structure: Structure = Structure.THEN,
    code: str = "",
) -> bytes:
    """The file of a report as it stands now, kept nowhere; RuleBroken says why there is none.

    With a `code` it is on that programme, else on the one in force for the year.
    """
    return _drawn(_report(kind, union, year, format, structure, code), format)


def render(rendering_pk: int) -> None:
    """Make the file of a waiting rendering; a second message about it finds nothing to do."""
    claimed = Rendering.objects.filter(pk=rendering_pk, state=State.WAITING).update(
        state=State.RUNNING,
        claimed_at=timezone.now(),
        claimed_by=claimant(),
        tries=F("tries") + 1,
    )
    if not claimed:
        return
    rendering = Rendering.objects.select_related(
        "report__union__current", "report__programme__union__current"
    ).get(pk=rendering_pk)
    try:
        _keep(rendering, _drawn(rendering.report, rendering.format))
    except RuleBroken as problem:
        _fail(rendering, str(problem))
    except Exception:
        logger.exception("rendering %s failed", rendering_pk)
        _fail(rendering, _UNFORESEEN)


def render_waiting() -> int:
    """Work off what was left lying, oldest first, a few at once; returns how many were taken up."""
    _release_cut_off()
    waiting = Rendering.objects.filter(state=State.WAITING).order_by("requested_at", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        render(key)
    return len(keys)


def _locked(report: Report) -> Report:
    """Its renderings are asked for one after the other."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("union__current")
    return rows.get(pk=report.pk)


def _report(
    kind: str, union: Union, year: int, format: str, structure: Structure, code: str = ""
) -> Report:
    """The report as it was entered, or as it would be; RuleBroken if it cannot be."""
    catalogue.find(kind)
    if format not in RENDERERS:
        known = ", ".join(RENDERERS)
        raise RuleBroken(f"Không có định dạng “{format}”. Các định dạng hiện có: {known}.")
    programme = queries.find_programme(node_of(union), year, code)
    asked = {"kind": kind, "union": union, "programme": programme, "year": year}
    asked["structure"] = structure
    return Report.objects.filter(**asked).first() or Report(**asked)


def _drawn(report: Report, format: str) -> bytes:
    with queries.one_moment():
        document = catalogue.find(report.kind).compose(catalogue.scope_of(report))
    return RENDERERS[format](document)


def _keep(rendering: Rendering, content: bytes) -> None:
    rendering.file.save("", ContentFile(content), save=False)
    kept = _mine(rendering).update(
        state=State.DONE,
        finished_at=timezone.now(),
        problem="",
        file=rendering.file.name,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    if not kept:
        # given up as cut off meanwhile, and taken up by another worker
        rendering.file.delete(save=False)


def _fail(rendering: Rendering, problem: str) -> None:
    _mine(rendering).update(state=State.FAILED, finished_at=timezone.now(), problem=problem)


def _mine(rendering: Rendering) -> QuerySet[Rendering]:
    return Rendering.objects.filter(
        pk=rendering.pk, state=State.RUNNING, claimed_at=rendering.claimed_at
    )


def _release_cut_off() -> None:
    limit = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    running = Rendering.objects.filter(state=State.RUNNING)
    overdue = Q(claimed_at__lt=timezone.now() - limit)
    claims = running.order_by().values_list("claimed_by", flat=True)
    gone = [claim for claim in claims if is_gone(claim)]
    stale = running.filter(overdue | Q(claimed_by__in=gone))
    stale.filter(tries__gte=TRIES).update(
        state=State.FAILED, finished_at=timezone.now(), problem=_CUT_OFF
    )
    stale.filter(tries__lt=TRIES).update(state=State.WAITING)


def _must_be_a_day_to_sign(report: Report, day: date) -> None:
    """Of several calendars the first cut-off counts; before any is known, the year's first day."""
    known = [period.cut_off_on for period in queries.cut_offs(report.programme, report.year)]
    first = min(known, default=date(report.year, 1, 1))
    if day < first:
        since = "ngày chốt số liệu" if known else "năm báo cáo, từ"
        raise RuleBroken(
            f"Ngày ký {day:%d/%m/%Y} trước {since} {first:%d/%m/%Y}. Hãy kiểm tra lại ngày, tháng,"
            " năm.",
            about="signed_on",
        )
    if day > timezone.localdate() + SIGNED_AHEAD:
        raise RuleBroken(
            f"Ngày ký {day:%d/%m/%Y} muộn hơn hôm nay quá {SIGNED_AHEAD.days} ngày. Hãy kiểm tra"
            " lại ngày, tháng, năm.",
            about="signed_on",
        )


def _plain_number(typed: str) -> str:
    if not typed.strip():
        return ""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        raise RuleBroken(
            f"Số “{typed.strip()[:20]}” chưa đúng: hãy nhập số thứ tự trong sổ văn bản, ví dụ 05."
        )
    return found[1].lower()


def _same_register(report: Report, other: Report) -> bool:
    if report.signed_on and other.signed_on:
        return report.signed_on.year == other.signed_on.year
    return report.year == other.year


def _numbered(report: Report) -> str:
    number = f"số {report.number.zfill(2)}" if report.number else "số để trống"
    day = f"ngày {report.signed_on:%d/%m/%Y}" if report.signed_on else "ngày để trống"
    return f"Ghi {number}, {day}"
