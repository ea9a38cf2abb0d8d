"""The acts by other ways than the page: on behalf of a union, on paper, by Excel."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indicators import queries
from indicators.models import OnBehalf, PrintedForm, Receipt, SignedCopy, Submission
from indicators.resources.offline import reading, writing
from indicators.services import printed_forms
from tests.builders import PDF
from tests.permissions.acting import Act, on, says_why
from tests.permissions.typing_in import card, card_is_kept, says
from tests.permissions.worlds import WHY, World


def _begun(world: World) -> OnBehalf:
    """The officer enters for the union."""
    Submission.objects.filter(pk=world.submission.pk).update(acting=world.people["officer"])
    return OnBehalf.objects.create(
        submission=world.submission,
        source="telephone",
        reason=WHY,
        begun_by=world.people["officer"],
    )


def _entered(world: World) -> None:
    """The officer has handed it in for the union."""
    row, submission, officer = _begun(world), world.submission, world.people["officer"]
    row.ended_at, row.stands = timezone.now(), True
    at = submission.submitted_at or row.ended_at
    row.receipt = Receipt.objects.create(
        submission=submission, number="BN", revision=0, at=at, by=officer
    )
    row.save()
    Submission.objects.filter(pk=submission.pk).update(acting=None)


def _contested(world: World) -> bool:
    return OnBehalf.objects.exclude(contest="").exists()


def _printed(world: World) -> None:
    world.things["code"] = printed_forms.print_form(world.submission, by=None).code


def _signed(world: World) -> dict[str, Any]:
    scan = SimpleUploadedFile("bản ký.pdf", PDF)
    return {"scans": scan, "code": world.things["code"], "confirmed": "on"}


def _filled_in(world: World) -> None:
    """The workbook as it is downloaded."""
    submission = world.submission
    content = writing.workbook_of(queries.sheet(submission))
    world.things["workbook"] = content
    upload = SimpleUploadedFile("phiếu.xlsx", content)
    world.things["packed"] = reading.read(upload, "phiếu.xlsx", submission).packed


def _step(code: str, state: str) -> Act:
    return Act(
        on("admin:indicators_submission_step", "submission", code),
        says(),
        before=_entered,
        done=lambda world: world.submission.state == state,
    )


OTHER_ACTS: dict[str, Act] = {
    "begin_on_behalf": Act(
        on("admin:indicators_submission_enter_on_behalf", "submission"),
        lambda world: {"source": "telephone", "reason": WHY},
        done=lambda world: OnBehalf.objects.filter(ended_at=None).count() == 1,
    ),
    "end_on_behalf": Act(
        on("indicators:behalf-take-back", "submission"),
        lambda world: {},
        before=_begun,
        done=lambda world: world.submission.acting is None,
    ),
    "enter_on_behalf": Act(
        on("indicators:submission-card", "submission", "card"),
        card,
        before=_begun,
        done=card_is_kept,
    ),
    "hand_in_on_behalf": Act(
        on("indicators:submission-submit", "submission"),
        says(confirmed="on"),
        before=_begun,
        done=lambda world: world.submission.state == "submitted",
    ),
    "contest": Act(
        on("indicators:behalf-contest", "submission"), says_why, before=_entered, done=_contested
    ),
    "verify_entered": _step("verify", "verified"),
    "approve_entered": _step("approve", "approved"),
    "print": Act(
        on("reports:paper-form", "submission"),
        lambda world: {},
        done=lambda world: PrintedForm.objects.count() == 1,
    ),
    "send_signed": Act(
        on("indicators:signed-copy", "submission"),
        _signed,
        before=_printed,
        done=lambda world: SignedCopy.objects.count() == 1,
    ),
    "download_workbook": Act(on("indicators:workbook-download", "submission")),
    "send_workbook": Act(
        on("indicators:workbook", "submission"),
        lambda world: {"file": SimpleUploadedFile("phiếu.xlsx", world.things["workbook"])},
        before=_filled_in,
    ),
    "keep_workbook": Act(
        on("indicators:workbook-confirm", "submission"),
        lambda world: {"packed": world.things["packed"]},
        before=_filled_in,
    ),
}
