"""How each act of the table is done at the running portal, and by what it is seen to be done."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actionplan.models import Period
from indicators.models import (
    BulkAct,
    BulkTaken,
    CorrectionRequest,
    ExtensionRequest,
    Receipt,
    Submission,
)
from indicators.models.subject import key_of
from indicators.services import seen
from tests.builders import PDF
from tests.permissions.acting import Act, on, says_why
from tests.permissions.agenda_acts import AGENDA_ACTS
from tests.permissions.briefed_acts import BRIEFED_ACTS
from tests.permissions.directive_acts import DIRECTIVE_ACTS
from tests.permissions.grading_acts import GRADING_ACTS
from tests.permissions.model_acts import MODEL_ACTS
from tests.permissions.other_acts import OTHER_ACTS
from tests.permissions.plan_acts import PLAN_ACTS
from tests.permissions.typing_in import (
    answer,
    card,
    card_is_kept,
    card_with_file,
    file_is_kept,
    says,
)
from tests.permissions.worlds import WHY, World, soon
from unions.services import evidence


def _step(code: str, state: str, **said: str) -> Act:
    return Act(
        on("admin:indicators_submission_step", "submission", code),
        says(**said),
        done=lambda world: world.submission.state == state,
    )


def _desk(name: str, done: Callable[[World], bool], **more: Any) -> Act:
    sent = more.pop("sent", says_why)
    route = f"admin:indicators_submission_{name}"
    return Act(on(route, "submission"), sent, done=done, **more)


def _of_period(name: str, done: Callable[[Period], bool], **more: Any) -> Act:
    sent = more.pop("sent", says_why)
    address = on(f"admin:actionplan_period_{name}", "period")
    return Act(address, sent, done=lambda world: done(_period(world)), **more)


def _period(world: World) -> Period:
    return Period.objects.get(pk=world.province.period.pk)


def _has_evidence(world: World) -> None:
    upload = SimpleUploadedFile("quy chế.pdf", PDF)
    kept = evidence.keep(world.submission.union, upload, by=world.enters)
    world.things["evidence"] = kept.pk


def _has_receipt(world: World) -> None:
    submission = world.submission
    receipt = Receipt.objects.create(
        submission=submission, number="BN", revision=0, at=timezone.now(), by=world.enters
    )
    world.things["receipt"] = receipt.pk


def _asks_to_correct(world: World) -> None:
    request = CorrectionRequest.objects.create(
        submission=world.submission, indicator=world.indicator, reason=WHY, asked_by=world.enters
    )
    world.things["correction"] = request.pk


def _asks_for_time(world: World) -> None:
    ExtensionRequest.objects.create(submission=world.submission, reason=WHY, asked_by=world.enters)


def _is_an_estimate(world: World) -> None:
    Submission.objects.filter(pk=world.submission.pk).update(estimate=True)


def _is_asked_no_more(world: World) -> None:
    Submission.objects.filter(pk=world.submission.pk).update(closing=True)


def _taken_in_bulk(step: str, world: World) -> None:
    """As if the last change of the form had been that step for many."""
    act = BulkAct.objects.create(union=world.province.root, step=step, by=world.people["officer"])
    submission = world.submission
    BulkTaken.objects.create(act=act, submission=submission, revision=submission.revision)
    world.things["bulk_act"] = act.pk


def _looked_at(step: str, world: World) -> dict[str, str]:
    """As the look that goes before a step for many signs it, of this form alone."""
    submission = world.submission
    shown = [step, "", [(submission.pk, submission.revision)]]
    return {"mark": signing.dumps(shown, salt="indicators.admin.bulk", compress=True)}


def _in_bulk(step: str, state: str) -> Act:
    return Act(
        on("admin:indicators_submission_bulk", step),
        partial(_looked_at, step),
        done=lambda world: world.submission.state == state,
    )


def _undo(step: str, state: str) -> Act:
    return Act(
        on("admin:indicators_bulkact_undo", "bulk_act"),
        lambda world: {},
        before=partial(_taken_in_bulk, step),
        done=lambda world: world.submission.state == state,
    )


def _point(world: World) -> dict[str, Any]:
    key = key_of(world.indicator)
    days = f"{soon(5):%d/%m/%Y}"
    return {
        "sua-due_on": days,
        f"sua-reason-{key}": WHY,
        "revision": world.submission.revision,
    }


def _decision(decision: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {
        "dc-chosen": [world.things["correction"]],
        "dc-due_on": f"{soon(5):%d/%m/%Y}",
        "dc-answer": WHY,
        "dc-decision": decision,
    }


def _decided(decision: str) -> Callable[[World], bool]:
    def done(world: World) -> bool:
        return CorrectionRequest.objects.get(pk=world.things["correction"]).decision == decision

    return done


def _time_shown(world: World) -> dict[str, str]:
    return {"reason": WHY, "shown": seen.of_more_time(world.submission)}


def _days(world: World) -> dict[str, str]:
    return {
        "due_on": f"{soon(20):%d/%m/%Y}",
        "closes_on": f"{soon(40):%d/%m/%Y}",
        "reason": WHY,
    }


_SUBMISSION_ACTS: dict[str, Act] = {
    "see": Act(on("indicators:submission", "submission")),
    "see_evidence": Act(on("evidence", "evidence"), before=_has_evidence),
    "see_receipt": Act(on("indicators:receipt", "receipt"), before=_has_receipt),
    "see_at_desk": Act(on("admin:indicators_submission_change", "submission")),
    "see_journal": Act(on("admin:indicators_submission_history", "submission")),
    "save_card": Act(
        on("indicators:submission-card", "submission", "card"), card, done=card_is_kept
    ),
    "attach_evidence": Act(
        on("indicators:submission-card", "submission", "card"),
        card_with_file,
        done=file_is_kept,
    ),
    "save_page": Act(
        on("indicators:submission", "submission"),
        lambda world: answer(world) | says(whole="het")(world),
        done=card_is_kept,
    ),
    "hand_in": Act(
        on("indicators:submission-submit", "submission"),
        says(confirmed="on"),
        done=lambda world: world.submission.state == "submitted",
    ),
    "hand_in_at_desk": _step("submit", "submitted"),
    "ask_more_time": Act(
        on("indicators:submission-ask-extension", "submission"),
        says_why,
        done=lambda world: ExtensionRequest.objects.filter(settled_at=None).count() == 1,
    ),
    "ask_correction": Act(
        on("indicators:correction-ask", "submission"),
        lambda world: {"subjects": [key_of(world.indicator)], "reason": WHY},
        done=lambda world: CorrectionRequest.objects.waiting().count() == 1,
    ),
    "withdraw_correction": Act(
        on("indicators:correction-withdraw", "submission", "correction"),
        lambda world: {},
        before=_asks_to_correct,
        done=_decided("withdrawn"),
    ),
    "verify": _step("verify", "verified"),
    "approve": _step("approve", "approved"),
    "send_back": _step("send_back", "returned", reason=WHY),
    "send_back_answers": Act(
        on("admin:indicators_submission_objections", "submission"),
        _point,
        done=lambda world: world.submission.objections.open().count() == 1,
    ),
    "grant_correction": Act(
        on("admin:indicators_submission_corrections", "submission"),
        _decision("grant"),
        before=_asks_to_correct,
        done=_decided("granted"),
    ),
    "refuse_correction": Act(
        on("admin:indicators_submission_corrections", "submission"),
        _decision("refuse"),
        before=_asks_to_correct,
        done=_decided("refused"),
    ),
    "verify_in_bulk": _in_bulk("verify", "verified"),
    "approve_in_bulk": _in_bulk("approve", "approved"),
    "undo_verifying": _undo("verify", "submitted"),
    "undo_approving": _undo("approve", "verified"),
    "give_more_time": _desk(
        "extend",
        lambda world: world.submission.extended_until == soon(30),
        sent=lambda world: {"until": f"{soon(30):%d/%m/%Y}"} | _time_shown(world),
    ),
    "take_time_back": _desk(
        "withdraw_extension",
        lambda world: world.submission.extended_until is None,
        sent=_time_shown,
    ),
    "refuse_more_time": _desk(
        "refuse_extension",
        lambda world: not ExtensionRequest.objects.filter(settled_at=None).exists(),
        before=_asks_for_time,
    ),
    "ask_final": _desk(
        "ask_final",
        lambda world: world.submission.final_asked_at is not None,
        before=_is_an_estimate,
    ),
    "excuse": _desk(
        "excuse", lambda world: world.submission.excuse == WHY, before=_is_asked_no_more
    ),
    "ask_again": _desk("ask_again", lambda world: world.submission.excuse == ""),
    "close_period": _of_period("close", lambda period: period.closed_at is not None),
    "reopen_period": _of_period("reopen", lambda period: period.closed_at is None, sent=_days),
    "change_days": _of_period(
        "change_days",
        lambda period: period.closes_on == soon(40),
        sent=lambda world: _days(world) | {"shown": seen.of_days(_period(world))},
    ),
    "cancel_period": Act(
        on("admin:actionplan_period_cancel", "period"),
        says_why,
        done=lambda world: not Period.objects.filter(pk=world.province.period.pk).exists(),
    ),
    "ask_all_final": Act(
        on("admin:actionplan_period_ask_finals", "period"),
        partial(_looked_at, "ask_final"),
        before=_is_an_estimate,
        done=lambda world: world.submission.final_asked_at is not None,
    ),
}

ACTS = _SUBMISSION_ACTS | OTHER_ACTS | GRADING_ACTS | PLAN_ACTS | DIRECTIVE_ACTS | BRIEFED_ACTS
ACTS |= AGENDA_ACTS
ACTS |= MODEL_ACTS
