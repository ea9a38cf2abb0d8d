"""The part of the review page on which single answers are sent back and corrections decided."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from indicators import queries
from indicators.admin.point_forms import DecisionForm, PointsForm
from indicators.admin.queue import address
from indicators.models import CorrectionRequest, Objection, Submission
from indicators.queries import Difference
from indicators.services import corrections, submissions
from indicators.services.entrants import may
from indicators.services.returning import send_back_points
from indicators.workflow import SEND_BACK
from unions.admin.desk import refuse
from unions.errors import RuleBroken
from unions.models import User


@dataclass(frozen=True, slots=True)
class Objecting:
    """What was and is objected to, what the union asks for, and the forms of who may decide."""

    differences: list[Difference]
    open: list[Objection]
    requests: list[CorrectionRequest]
    points: PointsForm | None = None
    decision: DecisionForm | None = None


def objecting(submission: Submission, reader: User, sent: forms.Form | None = None) -> Objecting:
    """See Objecting; `sent` is a form that came back with something to mend."""
    requests = queries.correction_requests(submission)
    put_right = [*queries.settled_objections(submission), *queries.made_final(submission)]
    waiting = [one for one in requests if one.waiting]
    decides = may(reader, SEND_BACK.needs, submission)
    points = sent if isinstance(sent, PointsForm) else None
    if points is None and decides and submission.state in SEND_BACK.sources:
        points = PointsForm(queries.sheet(submission))
    decision = sent if isinstance(sent, DecisionForm) else None
    if decision is None and decides and waiting:
        decision = DecisionForm(waiting)
    return Objecting(
        queries.differences(submission, put_right),
        queries.objections_told(submission),
        requests,
        points,
        decision,
    )


class ObjectingPages:
    """The two addresses of a submission's page at the desk by which answers are sent back."""

    def get_urls(self: Any) -> list[URLPattern]:
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        objections = wrap(self.object_to)
        decisions = wrap(self.decide)
        return [
            path("<int:pk>/yeu-cau-sua/", objections, name=f"{name}_objections"),
            path("<int:pk>/dinh-chinh/", decisions, name=f"{name}_corrections"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_POST)
    def object_to(self: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Send back the answers that were given a reason; what is wrong is told on the page."""
        row = self.row(request, str(pk))
        self.check_write(request, row)
        form = PointsForm(queries.sheet(row), request.POST)
        shown = submissions.revision_of_page(request.POST.get("revision", ""))

        def do() -> str:
            send_back_points(row, form.points, by=request.user, revision=shown)
            return f"Đã trả lại {len(form.points)} mục của {row}."

        return self._done(request, row, form, do)

    @method_decorator(require_POST)
    def decide(self: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Grant or refuse what the union asked to correct."""
        row = self.row(request, str(pk))
        self.check_write(request, row)
        waiting = [one for one in queries.correction_requests(row) if one.waiting]
        form = DecisionForm(waiting, request.POST)

        def do() -> str:
            said = form.cleaned_data
            if said["decision"] == DecisionForm.REFUSE:
                corrections.refuse(row, form.decided, answer=said["answer"], by=request.user)
                return f"Không đồng ý đính chính {row}; đơn vị đã được báo."
            corrections.grant(
                row, form.decided, due_on=said["due_on"], by=request.user, answer=said["answer"]
            )
            return f"Đã mở lại các mục được đính chính của {row}."

        return self._done(request, row, form, do)

    def _done(
        self: Any, request: HttpRequest, row: Submission, form: forms.Form, do: Any
    ) -> HttpResponse:
        if form.is_valid():
            try:
                messages.success(request, do())
            except RuleBroken as broken:
                refuse(form, broken)
            else:
                return redirect(address(self, row, request))
        row = self.row(request, str(row.pk))
        return self.show(request, row, objecting(row, request.user, form))
