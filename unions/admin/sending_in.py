"""A workbook sent in from the page of the list that it is of."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from unions.admin import fields
from unions.admin.desk import DeskAdmin, typed
from unions.models import Intake
from unions.resources import intakes
from unions.services.events import Decision
from unions.tasks import wake_for_intake


class WorkbookForm(forms.Form):
    """The workbook."""

    file = fields.upload("Tệp Excel (.xlsx)")


def ask_for_workbook(
    desk: DeskAdmin, request: HttpRequest, kind: Intake.Kind, *, title: str, note: str
) -> HttpResponse:
    """Ask for the workbook of a list that rests on no decision; it is checked before it is kept."""
    form = WorkbookForm(typed(request), request.FILES if request.method == "POST" else None)

    def do() -> HttpResponse:
        upload, today = form.cleaned_data["file"], Decision(timezone.localdate())
        return led_to(intakes.receive(kind, upload, today, by=request.user))

    return desk.ask(request, form, do, title=title, button="Tải lên và kiểm tra", note=note)


def led_to(intake: Intake) -> HttpResponse:
    """To its page; what waits is sent to a worker."""
    if intake.is_under_way:
        wake_for_intake(intake.pk)
    return redirect(intake)
