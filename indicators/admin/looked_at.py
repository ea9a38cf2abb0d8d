"""What a look at many submissions showed, signed, so that exactly that is confirmed."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest

from indicators.models import Submission
from indicators.services.bulk import Refused, Taken
from unions.errors import RuleBroken
from unions.workflow import Step

_SALT = "indicators.admin.bulk"
# seconds for which what was looked at may be confirmed
_HOLDS = 24 * 60 * 60
# of what was refused on the way so many are named
_NAMED = 10
_STALE = "Trang xem trước đã cũ hoặc không đầy đủ. Hãy chọn lại phiếu trong danh sách."


def signed(step: Step, narrowed_by: str, rows: Iterable[Submission]) -> str:
    """The rows with the revisions that were shown, for the button that confirms them."""
    shown = [(row.pk, row.revision) for row in rows]
    return signing.dumps([step.code, narrowed_by, shown], salt=_SALT, compress=True)


def confirmed(request: HttpRequest, step: Step) -> tuple[str, list[tuple[int, int]]]:
    """How the list was narrowed, and keys with revisions; RuleBroken unless it was for `step`."""
    try:
        code, narrowed_by, keys = signing.loads(
            request.POST.get("mark", ""), salt=_SALT, max_age=_HOLDS
        )
    except signing.BadSignature as problem:
        raise RuleBroken(_STALE) from problem
    if code != step.code:
        raise RuleBroken(_STALE)
    return narrowed_by, keys


def tell(request: HttpRequest, what: str, taken: Taken) -> None:
    """Say on the next page what was done with how many, and which were left, and why."""
    if taken.count:
        messages.success(request, f"{what}: đã xong {taken.count} phiếu số liệu.")
    if taken.refused:
        messages.error(request, _named(taken.refused))


def _named(refused: Sequence[Refused]) -> str:
    told = " ".join(f"{one.submission.placement.name}: {one.why}" for one in refused[:_NAMED])
    more = len(refused) - _NAMED
    rest = f" Và {more} phiếu khác." if more > 0 else ""
    return f"Không thực hiện được {len(refused)} phiếu. {told}{rest}"
