"""What a union had handed in as estimates when it was asked for the final figures."""

from collections.abc import Sequence

from indicators.models import Indicator, Submission
from indicators.queries.versions import versions_of


def estimates(submission: Submission, indicators: Sequence[Indicator]) -> dict[int, str]:
    """Each estimate as it was written then, by the key of its indicator.

    No statement where no final figures were asked for, one otherwise.
    """
    moment = submission.final_asked_at
    if moment is None:
        return {}
    stood = {
        key: [one for one in versions if one.at <= moment]
        for key, versions in versions_of(submission, indicators).items()
    }
    return {key: seen[-1].written for key, seen in stood.items() if seen and not seen[-1].removed}
