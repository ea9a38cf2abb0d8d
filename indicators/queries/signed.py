"""The signed copies of a submission, as its pages show them."""

from indicators.models import SignedCopy, Submission


def signed_copies(submission: Submission) -> list[SignedCopy]:
    """All that came, the newest first, each with its printed form and files. Two statements."""
    rows = SignedCopy.objects.filter(printed__submission=submission)
    return list(rows.select_related(*SignedCopy.reads_with).prefetch_related("files"))
