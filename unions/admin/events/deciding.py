"""Recording an event in two steps: what it would bring is read before it is confirmed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from unions.admin.desk import DeskAdmin, refuse, typed
from unions.admin.events.forms import EventForm
from unions.errors import RuleBroken
from unions.models import OrgEvent, Union
from unions.services import events

# names of the buttons; whatever else was sent is what the person typed
_CONFIRMED, _AMEND, _MORE = "confirmed", "amend", "more"
# what was read before it was confirmed
_READ = "read"
_OURS = {_CONFIRMED, _AMEND, _MORE, _READ, "csrfmiddlewaretoken"}


class Deciding(DeskAdmin):
    """Pages that show a form, then what the decision would bring, and record it once confirmed."""

    def decide(
        self,
        request: HttpRequest,
        kind: type[EventForm],
        union: Union | None = None,
        **options: Any,
    ) -> HttpResponse:
        """The step that was asked for; nothing that was typed is lost on the way.

        The preview is the act itself, taken back, so that either step refuses by the same sentence.
        """
        form = kind(
            None if _MORE in request.POST else typed(request),
            known=self._manageable(request),
            alone=union,
            initial=request.POST.dict() if _MORE in request.POST else initial(kind, union),
            **options,
        )
        if form.is_valid() and _AMEND not in request.POST:
            try:
                return self._step(request, form)
            except RuleBroken as broken:
                refuse(form, broken)
        return self._form_page(request, form)

    def propose(
        self, request: HttpRequest, kind: type[EventForm], target: str, chosen: Iterable[Union]
    ) -> HttpResponse:
        """The form with the unions that were ticked in the list; it is sent to the act `target`."""
        keys = [union.pk for union in chosen]
        form = kind(known=self._manageable(request), initial={"unions": keys})
        return self._form_page(request, form, target=reverse(f"admin:unions_union_{target}"))

    def _step(self, request: HttpRequest, form: EventForm) -> HttpResponse:
        def act() -> OrgEvent:
            return form.record(by=request.user)

        # who has not seen what it would bring is shown that first
        if _CONFIRMED in request.POST and request.POST.get(_READ):
            event = events.carry_out(act, read=request.POST[_READ])
            return self._recorded(request, event)
        return self.page(
            request,
            "admin/event_preview.html",
            title=f"{_heading(form)}: xem trước",
            outlook=events.outlook(act),
            decision=form.decision(),
            sent=_typed_lines(request.POST),
            button=form.button,
            back=self._back(form),
        )

    def _recorded(self, request: HttpRequest, event: OrgEvent) -> HttpResponse:
        messages.success(request, f"Đã ghi nhận: {events.title(event)}.")
        return redirect("admin:unions_orgevent_change", event.pk)

    def _form_page(self, request: HttpRequest, form: EventForm, **texts: Any) -> HttpResponse:
        return self.page(
            request,
            form.template,
            form=form,
            title=_heading(form),
            note=form.warning,
            button="Xem trước",
            second=form.second,
            back=self._back(form),
            **texts,
        )

    def _back(self, form: EventForm) -> str:
        return self.row_url(form.alone) if form.alone else self.list_url()

    def _manageable(self, request: HttpRequest) -> QuerySet[Union]:
        """The ended ones too: that nothing goes there is told in a sentence."""
        found = Union.objects.visible_to(request.user, self.writes)
        return found.select_related("current__parent__current")


def initial(kind: type[EventForm], union: Union | None) -> dict[str, Any]:
    """What the form proposes on the page of a union."""
    return kind.known_of(union) if union else {}


def _heading(form: EventForm) -> str:
    return f"{form.heading}: {form.alone}" if form.alone else form.heading


def _typed_lines(sent: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in sent.lists() if name not in _OURS for value in values]
