"""Recognising results of grading at the desk: what was shown is ticked, and decided as shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from unfold.enums import ActionVariant

from indicators.grading.steps import GradingState
from indicators.models import Grading
from indicators.services import gradings_decided
from indicators.services.gradings import Outdated
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.errors import RuleBroken
from unions.models import Union

_SALT = "indicators.admin.grading_deciding"
# seconds for which what was shown may be decided
_HOLDS = 24 * 60 * 60
# as many unions as one page of ticks takes
_AT_ONCE = 300
_STALE = "Trang công nhận này đã cũ hoặc không đầy đủ. Hãy xem lại từng mức rồi công nhận lần nữa."


class DecideForm(forms.Form):
    """The decision by which results are recognised, and of which unions.

    The page brings along which results it showed, each with its revision.
    """

    number = fields.line("Số quyết định", max_length=60, help_text="Ví dụ 15/QĐ-CĐVC.")
    signed_on = fields.day("Ngày ký")
    chosen = forms.MultipleChoiceField(
        label="Đơn vị được công nhận", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sent: QueryDict | None, waiting: Sequence[Grading]) -> None:
        super().__init__(sent, initial={"chosen": [str(one.pk) for one in waiting]})
        self.show(waiting)

    def show(self, offered: Sequence[Grading], mark: str = "") -> None:
        """Offer these; `mark` is the one of a page that showed them before."""
        self.fields["chosen"].choices = [(str(one.pk), _offered(one)) for one in offered]
        self.mark = mark or mark_of(offered)


class DecidingAct:
    """The act on the list of gradings that recognises results."""

    @act("Công nhận kết quả", path="cong-nhan", icon="verified", variant=ActionVariant.PRIMARY)
    def decide(self: Any, request: HttpRequest) -> HttpResponse:
        """All verified ones are offered, each with its level; the decision takes the ticked."""
        rows = self.get_queryset(request)
        waiting = rows.filter(state=GradingState.VERIFIED).order_by(*self.ordering)[:_AT_ONCE]
        form = DecideForm(typed(request), waiting)
        shown = _shown_by(request.POST.get("mark", ""))
        if shown:
            known = rows.in_bulk(shown)
            form.show([known[key] for key in shown if key in known], request.POST["mark"])

        def do() -> str:
            try:
                return _decide(request, form, shown)
            except Outdated:
                form.show(waiting)
                raise

        return self.ask(
            request,
            form,
            do,
            title="Công nhận kết quả xếp loại",
            button="Công nhận",
            template="admin/grading_deciding.html",
            note="Chỉ những kết quả đã thẩm định có ở đây, mỗi lần nhiều nhất"
            f" {_AT_ONCE} đơn vị; còn nữa thì công nhận tiếp với cùng số và ngày. Mức được công"
            " nhận ghi vào phiếu số liệu của đơn vị và được báo cho đơn vị.",
        )


def mark_of(shown: Sequence[Grading]) -> str:
    """What a page brings along of the results that it shows."""
    return signing.dumps([(one.pk, one.revision) for one in shown], salt=_SALT, compress=True)


def _shown_by(mark: str) -> dict[int, int]:
    """The revisions that the portal itself wrote into its page; none for anything else."""
    try:
        return dict(signing.loads(mark, salt=_SALT, max_age=_HOLDS))
    except signing.BadSignature:
        return {}


def _decide(request: HttpRequest, form: DecideForm, shown: dict[int, int]) -> str:
    if not shown:
        raise RuleBroken(_STALE)
    said = form.cleaned_data
    keys = [int(key) for key in said["chosen"]]
    one = Grading.objects.select_related("submission__period__programme").get(pk=keys[0])
    done = gradings_decided.decide(
        Union.objects.select_related("current").get(pk=one.submission.period.programme.union_id),
        keys,
        said["number"],
        said["signed_on"],
        by=request.user,
        shown=shown,
    )
    if done.left:
        messages.warning(request, done.left_told)
    return f"Đã công nhận {len(done.gradings)} đơn vị theo {done.decision}."


def _offered(grading: Grading) -> str:
    submission = grading.submission
    told = gradings_decided.now_told(grading)
    return f"{submission.placement.name} ({submission.period}): {told}"
