"""Forms on paper (bản in): which version was printed, and whether it still stands."""

import re
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from indicators import queries
from indicators.models import PrintedForm, Receipt, SignedCopy, Submission
from indicators.models.printed_form import CODE_LENGTH
from indicators.queries.printed import Change, Content, changes, content, read_back
from indicators.services.entrants import may
from unions.access import Permission, can, require
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal, moves

# without what is mistaken for another sign when it is typed from paper: 0 O, 1 I L
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_EXAMPLE = "X" * CODE_LENGTH


@transaction.atomic
def print_form(submission: Submission, *, by: User | None) -> PrintedForm:
    """The form on paper as it is stored now; the same content keeps the code it was given before.

    RuleBroken for one that need not be handed in.
    """
    submission = moves.lock(submission)
    must_handle_paper(by, submission)
    if submission.excuse:
        raise RuleBroken("Đơn vị được miễn nộp phiếu này nên không in phiếu để ký.")
    said = content(queries.sheet(submission))
    known = {"submission": submission, "digest": said.digest}
    if found := PrintedForm.objects.filter(**known).first():
        return found
    row = PrintedForm.objects.create(
        **known,
        code=_unused_code(),
        content=said.stored(),
        revision=submission.revision,
        printed_by=by,
    )
    journal.record(f"In {submission}, mã bản in {row}", by=by, about=submission)
    return row


def handles_paper(user: User, submission: Submission) -> bool:
    """Whether `user` may print the form and send its signed copy: who enters it, and the desk."""
    entering = may(user, Permission.ENTER_FIGURES, submission)
    return entering or can(user, Permission.ENTER_ON_BEHALF, submission)


def must_handle_paper(user: User | None, submission: Submission) -> None:
    """PermissionDenied unless `user` may; see `handles_paper`."""
    if user is not None and not handles_paper(user, submission):
        require(user, Permission.ENTER_ON_BEHALF, submission)


def changes_since(printed: PrintedForm, submission: Submission) -> list[Change]:
    """In what the submission now differs from the printed form; the statements of its sheet."""
    now: Content = content(queries.sheet(submission))
    if now.digest == printed.digest:
        return []
    return changes(read_back(printed.content), now)


def address(printed: PrintedForm) -> str:
    """What its QR code says: the whole address of its page."""
    return settings.PUBLIC_URL + printed.get_absolute_url()


def code_typed(typed: str) -> str:
    """A code as it is kept, from how a person types it: 7k3m 9qxt, 7K3M-9QXT."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(typed: str) -> bool:
    """Whether this can be a code as `code_typed` returns it."""
    return len(typed) == CODE_LENGTH and set(typed) <= set(_SIGNS)


def code_in(text: str) -> str:
    """The code of the printed form to which a QR code leads; empty for any other QR code."""
    pattern = re.escape(reverse("indicators:printed-form", args=[_EXAMPLE]))
    found = re.search(f"{pattern.replace(_EXAMPLE, f'([{_SIGNS}]{{{CODE_LENGTH}}})')}$", text)
    return found[1] if found else ""


def tie(receipt: Receipt) -> None:
    """Let the signed copies of what was just handed in be its paper.

    One statement where the union sends none.
    """
    submission = receipt.submission
    copies = SignedCopy.objects.filter(printed__submission=submission)
    if copies.exists():
        now = content(queries.sheet(submission)).digest
        copies.filter(printed__digest=now).update(receipt=receipt)


def _unused_code() -> str:
    while True:
        code = "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))
        if not PrintedForm.objects.filter(code=code).exists():
            return code
