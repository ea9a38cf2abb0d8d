"""Opening the periods of a year: which days, and a look at whom they ask before it is done."""

from hashlib import blake2b
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from indicators.services.outlook import Looked, look
from indicators.services.periods import proposed_days
from unions.admin import fields
from unions.admin.desk import refuse
from unions.errors import RuleBroken
from unions.models import Calendar

BOTH = "both"
NOTHING_SEEN = Looked([], [])
_DIGITS = 4
_DAYS = ("opens_on", "cut_off_on", "due_on", "closes_on")
# the second set of days, of the school year where both calendars are opened at once
_SCHOOL = "school_"
_CHOICES = [*Calendar.choices, (BOTH, "Cả hai: năm dương lịch và năm học")]


class OpenForm(forms.Form):
    """Which year, whose calendar, and the four days; of both calendars, twice four."""

    programme = fields.pick("Chương trình", [])
    year = fields.number("Năm", min_value=2000, max_value=2100)
    calendar = fields.pick("Năm báo cáo", _CHOICES)
    opens_on = fields.day("Mở ngày")
    cut_off_on = fields.day("Chốt số liệu ngày")
    due_on = fields.day("Hạn nộp")
    closes_on = fields.day("Khoá ngày")
    school_opens_on = fields.day("Năm học: mở ngày")
    school_cut_off_on = fields.day("Năm học: chốt số liệu ngày")
    school_due_on = fields.day("Năm học: hạn nộp")
    school_closes_on = fields.day("Năm học: khoá ngày")

    def __init__(
        self, *args: Any, programmes: dict[str, Programme], both: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.programmes = programmes
        self.fields["programme"].choices = [(key, str(one)) for key, one in programmes.items()]
        if not both:
            for name in _DAYS:
                del self.fields[_SCHOOL + name]

    def clean(self) -> dict[str, Any]:
        """The cut-off belongs to the year: days proposed for another year are not taken along."""
        said = super().clean()
        year = said.get("year")
        for name in ("cut_off_on", f"{_SCHOOL}cut_off_on"):
            cut_off = said.get(name)
            if year and cut_off and cut_off.year != year:
                self.add_error(
                    name,
                    f"Ngày chốt số liệu không thuộc năm {year}. Hãy sửa hoặc bấm “Đề xuất ngày”.",
                )
        return said

    @property
    def mark(self) -> str:
        """The mark of what was typed; empty until all of it is right."""
        if not self.is_valid():
            return ""
        return blake2b(repr(sorted(self.cleaned_data.items())).encode(), digest_size=8).hexdigest()

    @property
    def programme_said(self) -> Programme:
        """The programme that was chosen."""
        return self.programmes[self.cleaned_data["programme"]]

    def days(self) -> dict[str, Days]:
        """The days as typed, by calendar."""
        calendar = self.cleaned_data["calendar"]
        if calendar != BOTH:
            return {calendar: self._typed("")}
        return {
            Calendar.CALENDAR_YEAR.value: self._typed(""),
            Calendar.SCHOOL_YEAR.value: self._typed(_SCHOOL),
        }

    def _typed(self, prefix: str) -> Days:
        return Days(*(self.cleaned_data[prefix + name] for name in _DAYS))


def wants_both(request: HttpRequest) -> bool:
    """Whether both calendars are to be opened at once."""
    return request.POST.get("calendar") == BOTH


def is_unfinished(request: HttpRequest) -> bool:
    """Whether the form is only to be filled in: asked for, or the second set was not yet shown."""
    unseen = wants_both(request) and f"{_SCHOOL}opens_on" not in request.POST
    return "propose" in request.POST or unseen


def is_only_looked_at(form: OpenForm, request: HttpRequest) -> bool:
    """Whether to look first: that was asked for, or what is sent is not what was looked at."""
    asked = "preview" in request.POST
    return request.method == "POST" and (asked or request.POST.get("looked") != form.mark)


def looked_at(form: OpenForm, request: HttpRequest) -> Looked:
    """Whom the periods would ask; empty, with the reason in the form, where they cannot be."""
    if not form.is_valid():
        return NOTHING_SEEN
    year = form.cleaned_data["year"]
    try:
        return look(form.programme_said, year, form.days(), by=request.user)
    except RuleBroken as broken:
        refuse(form, broken)
        return NOTHING_SEEN


def proposed(request: HttpRequest, programmes: list[Programme]) -> dict[str, Any]:
    """The days that offices keep, for the year and calendar chosen so far."""
    typed = request.POST.get("year", "")
    known = typed.isdecimal() and len(typed) == _DIGITS
    year = int(typed) if known else _next_year(programmes)
    calendar = request.POST.get("calendar", "")
    if calendar not in dict(_CHOICES):
        calendar = Calendar.CALENDAR_YEAR.value
    first = Calendar.CALENDAR_YEAR.value if calendar == BOTH else calendar
    return {
        "programme": request.POST.get("programme", ""),
        "year": year,
        "calendar": calendar,
        **_usual("", year, first),
        **_usual(_SCHOOL, year, Calendar.SCHOOL_YEAR.value),
    }


def _usual(prefix: str, year: int, calendar: str) -> dict[str, Any]:
    days = proposed_days(year, calendar)
    return {prefix + name: getattr(days, name) for name in _DAYS}


def _next_year(programmes: list[Programme]) -> int:
    """The first reporting year without a period, or this year."""
    opened = set(Period.objects.filter(programme__in=programmes).values_list("year", flat=True))
    years = [year for one in programmes for year in one.years if year not in opened]
    return min(years, default=timezone.localdate().year)
