"""The receipt (biên nhận) that a union is given when it hands in."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from indicators.models import Receipt, Submission
from indicators.services import on_behalf, printed_forms
from unions.models import User


def issue(submission: Submission, *, by: User | None, part: bool = False) -> Receipt:
    """Write the receipt of what was just handed in: BN-2025-SYT-1, the next one BN-2025-SYT-2.

    Its signed copies are tied to it, and entering on behalf ends with it; `part` of it where only
    single answers had come back. Runs inside the transaction of the handing in, whose lock it
    relies on.
    """
    year, union = submission.period.year, submission.union
    earlier = Receipt.objects.filter(submission__union=union, submission__period__year=year).count()
    receipt = written(submission, earlier + 1, by)
    receipt.save()
    printed_forms.tie(receipt)
    on_behalf.finish(receipt, part=part)
    return receipt


def written(submission: Submission, place: int, by: User | None) -> Receipt:
    """The receipt, not saved, of what was handed in: of its union in its year the `place`-th."""
    return Receipt(
        submission=submission,
        number=f"BN-{submission.period.year}-{submission.union.code}-{place}",
        revision=submission.revision,
        at=submission.submitted_at or timezone.now(),
        by=by,
    )


def address(receipt: Receipt) -> str:
    """Where the receipt is read, for a camera: the whole address."""
    return settings.PUBLIC_URL + reverse("indicators:receipt", args=[receipt.pk])
