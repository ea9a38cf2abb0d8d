"""Grading a union (chấm điểm, xếp loại): opened, scored by itself, checked, verified, sent back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.models import Period
from indicators.grading import Score, rules
from indicators.grading.steps import HAND_IN, SEND_BACK, VERIFY
from indicators.models import Audience, Grading, GradingSheet, Submission
from indicators.models.grading import score_of
from indicators.services import entrants, gradings_feed
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Evidence, Notice, User
from unions.quantities import Quantity
from unions.queries import history_of, holders
from unions.services import evidence, journal, moves, notices
from unions.vietnamese import trimmed
from unions.workflow import Step

_BATCH = 500


class Outdated(RuleBroken):
    """The grading changed after the page was opened from which it is saved or moved on."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening brought: gradings, types of unions that no sheet is for, unions too young."""

    gradings: Sequence[Grading]
    without_sheet: Sequence[str]
    not_gradable: int


@dataclass(frozen=True, slots=True)
class Given:
    """Points, knock-outs ticked and remarks of one side; files by the code of the criterion."""

    score: Score
    remarks: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Sequence["UploadedFile[bytes]"]] = field(default_factory=dict)
    removed: Collection[int] = ()

    def stored(self) -> dict[str, Any]:
        """As the row keeps it."""
        points = self.score.points.items()
        remarks = {code: trimmed(text) for code, text in self.remarks.items() if trimmed(text)}
        return {
            "points": {code: f"{given.normalize():f}" for code, given in points},
            "knocked": sorted(self.score.knocked),
            "remarks": remarks,
        }


@transaction.atomic
def open_gradings(period: Period, *, by: User | None) -> Opened:
    """Ask every gradable union of a period to score itself (mở chấm điểm); once each.

    RuleBroken if there is nobody to ask. Unions that are too young, or newly merged, are left.
    """
    province = period.programme.union
    require(by, Permission.APPROVE_FIGURES, province)
    rows = Submission.objects.filter(
        period=period, audience=Audience.GRASSROOTS, closing=False, excuse="", grading=None
    ).select_related("placement", "period__programme", "union", "caretaker")
    asked = [row for row in rows if row.gradable]
    sheets = _sheets(province.pk)
    pairs = [(row, sheet) for row in asked if (sheet := _sheet(row, sheets))]
    if not pairs:
        raise RuleBroken(_nobody(period, asked))
    made = Grading.objects.bulk_create(
        [Grading(submission=row, sheet=sheet) for row, sheet in pairs], batch_size=_BATCH
    )
    _tell_of_opening(made)
    journal.record(
        f"Mở chấm điểm, xếp loại {period}: {len(made)} đơn vị",
        by=by,
        about=period,
        union_id=province.pk,
    )
    left = {row.placement.get_type_display() for row in asked} - {
        row.placement.get_type_display() for row, _ in pairs
    }
    return Opened(made, sorted(left), len(rows) - len(asked))


@transaction.atomic
def save(
    grading: Grading, given: Given, *, by: User | None, revision: int | None = None
) -> Grading:
    """Keep what a union gives itself (tự chấm), whole or in part; Outdated as for submissions."""
    grading = moves.lock(grading)
    check_entry(grading, by=by)
    must_be_as_shown(grading, revision, "lưu")
    rules.check(grading.sheet.criteria, given.score)
    grading.own = given.stored()
    _count_up(grading)
    _keep_files(grading, given, by=by)
    journal.record(f"Lưu {grading}", by=by, about=grading)
    return grading


@transaction.atomic
def hand_in(grading: Grading, *, by: User | None, revision: int | None = None) -> Grading:
    """Hand the union's own points up; every criterion has points. The form is prefilled by them."""
    grading = moves.begin(grading, HAND_IN, by=by, allow=_must_enter)
    must_be_as_shown(grading, revision, "nộp")
    _must_be_gradable(grading)
    if left := rules.missing(grading.sheet.criteria, score_of(grading.own)):
        raise RuleBroken(
            f"Điểm đã lưu nhưng chưa nộp: còn {len(left)} tiêu chí chưa chấm ({', '.join(left)})."
            " Không đạt thì ghi 0."
        )
    grading.handed_in_at, grading.handed_in_by = timezone.now(), by
    gradings_feed.prefill(grading, by=by)
    return _finish(grading, HAND_IN, by=by, tell=holders(Permission.VERIFY_FIGURES, grading))


@transaction.atomic
def note_cluster(
    grading: Grading, given: Given, note: str, *, by: User | None, revision: int | None = None
) -> Grading:
    """Note the points that the emulation cluster gave (cụm chấm chéo), and who gave them."""
    grading = moves.lock(grading)
    require(by, VERIFY.needs, grading)
    VERIFY.check(grading)
    must_be_as_shown(grading, revision, "ghi")
    if not trimmed(note):
        raise RuleBroken("Hãy ghi ai chấm, ngày nào: ví dụ “Cụm 1, họp ngày 05/12”.", about="note")
    _must_be_whole(grading, given)
    grading.cluster, grading.cluster_note = given.stored(), trimmed(note)
    _count_up(grading)
    journal.record(f"Ghi điểm của cụm vào {grading}", by=by, about=grading, reason=note)
    return grading


@transaction.atomic
def verify(
    grading: Grading,
    given: Given,
    level: str,
    reason: str = "",
    *,
    by: User | None,
    revision: int | None = None,
) -> Grading:
    """Settle the points at the desk (thẩm định) and the level, with a reason if it differs.

    `level` is empty for the one that points and knock-outs bring.
    """
    grading = moves.begin(grading, VERIFY, by=by)
    must_be_as_shown(grading, revision, "thẩm định")
    _must_be_gradable(grading)
    _must_be_whole(grading, given)
    found = rules.judged(grading.sheet.criteria, given.score).grade
    differs = level not in {"", found.code}
    if differs and not trimmed(reason):
        raise RuleBroken(
            f"Điểm và điểm liệt cho mức “{found.label}”: xếp mức khác thì phải ghi lý do.",
            about="level_reason",
        )
    grading.verified = given.stored()
    grading.level = level or found.code
    grading.level_reason = trimmed(reason) if differs else ""
    grading.verified_at, grading.verified_by = timezone.now(), by
    tell = entrants.entrants(grading.submission)
    return _finish(grading, VERIFY, by=by, tell=tell, reason=grading.level_reason)


@transaction.atomic
def send_back(
    grading: Grading, *, by: User | None, reason: str, revision: int | None = None
) -> Grading:
    """Let the union score itself anew, with the reason."""
    grading = moves.begin(grading, SEND_BACK, by=by, reason=reason)
    must_be_as_shown(grading, revision, "trả lại")
    grading.level = grading.level_reason = ""
    tell = entrants.entrants(grading.submission)
    return _finish(grading, SEND_BACK, by=by, tell=tell, reason=reason)


def check_entry(grading: Grading, *, by: User | None) -> None:
    """Stop unless `by` may score the union itself now."""
    _must_enter(by, Permission.ENTER_FIGURES, grading)
    if not grading.editable:
        raise RuleBroken(
            f"Phiếu chấm điểm đang ở trạng thái “{grading.get_state_display()}” nên không sửa được."
            " Cần sửa thì đề nghị công đoàn tỉnh trả lại."
        )


def _must_enter(by: User | None, permission: Permission, grading: Grading) -> None:
    entrants.must_be_allowed(by, permission, grading.submission)


def _must_be_gradable(grading: Grading) -> None:
    if not grading.submission.gradable:
        raise RuleBroken(
            "Đơn vị chưa đủ điều kiện xếp loại tại ngày chốt số liệu (mới thành lập, hoặc mới sáp"
            " nhập, chia tách) nên không chấm điểm kỳ này."
        )


def _must_be_whole(grading: Grading, given: Given) -> None:
    rules.check(grading.sheet.criteria, given.score)
    if left := rules.missing(grading.sheet.criteria, given.score):
        raise RuleBroken(f"Còn tiêu chí chưa có điểm: {', '.join(left)}. Không đạt thì ghi 0.")


def must_be_as_shown(grading: Grading, revision: int | None, doing: str) -> None:
    """Outdated, with whoever changed it last, unless `revision` is the one it has by now.

    None is for callers that looked at no page.
    """
    if revision in {None, grading.revision}:
        return
    last = history_of(grading._meta.label_lower, grading.pk).first()
    who = last.by.full_name if last and last.by else "người khác"
    raise Outdated(
        f"Chưa {doing}: {who} đã sửa phiếu chấm điểm này sau khi bạn mở trang. Hãy đối chiếu với"
        f" bản hiện nay rồi bấm “{doing[:1].upper()}{doing[1:]}” lần nữa."
    )


def _count_up(grading: Grading) -> None:
    grading.revision += 1
    grading.save()


def _finish(
    grading: Grading, step: Step, *, by: User | None, tell: Any, reason: str = ""
) -> Grading:
    grading.revision += 1
    return moves.finish(grading, step, by=by, tell=tell, reason=reason)


def _keep_files(grading: Grading, given: Given, *, by: User | None) -> None:
    rows = grading.evidence.all()
    for row in rows.filter(file__in=given.removed).select_related("file"):
        journal.record(f"Gỡ minh chứng “{row.file}” khỏi {grading}", by=by, about=grading)
        row.delete()
    for code, uploads in given.uploads.items():
        for upload in uploads:
            beside = Evidence.objects.filter(pk__in=rows.values("file"))
            union = grading.submission.union
            kept = evidence.keep(union, upload, by=by, beside=beside)
            rows.get_or_create(grading=grading, criterion=code, file=kept)


def _sheets(union: int) -> list[GradingSheet]:
    return list(GradingSheet.objects.filter(union=union))


def _sheet(row: Submission, sheets: Sequence[GradingSheet]) -> GradingSheet | None:
    serving = (one for one in sheets if one.serves(row.placement.type, row.period.year))
    return next(serving, None)


def _nobody(period: Period, asked: Sequence[Submission]) -> str:
    if not asked:
        return f"Kỳ {period} không còn đơn vị nào chưa mở chấm điểm."
    types = sorted({row.placement.get_type_display() for row in asked})
    return (
        f"Chưa có mẫu phiếu chấm điểm năm {period.year} cho {Quantity(len(asked))} đơn vị"
        f" ({'; '.join(types)}). Hãy thêm mẫu phiếu trước."
    )


def _tell_of_opening(gradings: Sequence[Grading]) -> None:
    found = entrants.entrants_of_each([one.submission for one in gradings])
    rows = [
        notice
        for one in gradings
        for notice in notices.compose("open_grading", found[one.submission_id], about=one)
    ]
    Notice.objects.bulk_create(rows, batch_size=_BATCH)
