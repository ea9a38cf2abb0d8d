"""Reporting periods at the desk: opening one, with a submission for every union."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.enums import ActionVariant

from actionplan.admin import PeriodDesk
from actionplan.calendar import Days
from actionplan.models import Period, Programme
from indicators.services.periods import open_period, proposed_days
from unions.admin import fields
from unions.admin.desk import act, typed
from unions.models import Calendar

_DIGITS = 4
_DAYS = ("opens_on", "cut_off_on", "due_on", "closes_on")


class OpenForm(forms.Form):
    """Which year, whose calendar, and the four days."""

    programme = fields.pick("Chương trình", [])
    year = fields.number("Năm", min_value=2000, max_value=2100)
    calendar = fields.pick("Năm báo cáo", Calendar.choices)
    opens_on = fields.day("Mở ngày")
    cut_off_on = fields.day("Chốt số liệu ngày")
    due_on = fields.day("Hạn nộp")
    closes_on = fields.day("Khoá ngày")

    def __init__(self, *args: Any, programmes: dict[str, Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.programmes = programmes
        self.fields["programme"].choices = [(key, str(one)) for key, one in programmes.items()]

    def clean(self) -> dict[str, Any]:
        """The cut-off belongs to the year: days proposed for another year are not taken along."""
        said = super().clean()
        year, cut_off = said.get("year"), said.get("cut_off_on")
        if year and cut_off and cut_off.year != year:
            self.add_error(
                "cut_off_on",
                f"Ngày chốt số liệu không thuộc năm {year}. Hãy sửa hoặc bấm “Đề xuất ngày”.",
            )
        return said

    def days(self) -> Days:
        """The days as typed."""
        return Days(*(self.cleaned_data[name] for name in _DAYS))


@admin.register(Period)
class PeriodAdmin(PeriodDesk):
    """Kỳ báo cáo."""

    actions_list = ["open_period"]

    @act("Mở kỳ báo cáo", path="mo", icon="event_available", variant=ActionVariant.PRIMARY)
    def open_period(self, request: HttpRequest) -> HttpResponse:
        held = Programme.objects.visible_to(request.user, self.writes)
        programmes = {str(one.pk): one for one in held.select_related("union__current")}
        form = OpenForm(
            None if "propose" in request.POST else typed(request),
            initial=_proposed(request, _next_year(list(programmes.values()))),
            programmes=programmes,
        )

        def do() -> str:
            said = form.cleaned_data
            period = open_period(
                programmes[said["programme"]],
                said["year"],
                by=request.user,
                calendar=said["calendar"],
                days=form.days(),
            )
            return f"Đã mở kỳ báo cáo {period}: {period.submissions.count()} phiếu số liệu."

        return self.ask(
            request,
            form,
            do,
            title="Mở kỳ báo cáo",
            button="Mở kỳ",
            second=("propose", "Đề xuất ngày"),
            note="Mỗi đơn vị đang hoạt động tại ngày chốt số liệu nhận một phiếu số liệu. Các ngày"
            " dưới đây theo thông lệ và sửa được; khi đổi năm hoặc lịch, bấm “Đề xuất ngày”.",
        )


def _proposed(request: HttpRequest, usual_year: int) -> dict[str, Any]:
    """The days that offices keep, for the year and calendar chosen so far."""
    typed, calendar = request.POST.get("year", ""), request.POST.get("calendar")
    year = int(typed) if typed.isdecimal() and len(typed) == _DIGITS else usual_year
    calendar = calendar if calendar in Calendar.values else Calendar.CALENDAR_YEAR
    days = proposed_days(year, calendar)
    return {
        "programme": request.POST.get("programme", ""),
        "year": year,
        "calendar": calendar,
        **{name: getattr(days, name) for name in _DAYS},
    }


def _next_year(programmes: list[Programme]) -> int:
    """The first reporting year without a period, or this year."""
    opened = set(Period.objects.filter(programme__in=programmes).values_list("year", flat=True))
    years = [year for one in programmes for year in one.years if year not in opened]
    return min(years, default=timezone.localdate().year)
