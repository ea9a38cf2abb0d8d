"""The tree page at the desk (sơ đồ tổ chức): any day, one level at a time, without script."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from unions.admin import fields
from unions.admin.desk import DeskAdmin
from unions.admin.tree_rows import Drawing
from unions.errors import RuleBroken
from unions.models import Level, Union, UnionType
from unions.queries import Chart, Wanted, chart
from unions.services.days import must_be_of_our_time
from unions.vietnamese import written

# no key in the database is longer
_DIGITS = 18
_ALL = ("", "Tất cả")
_STATES = [_ALL, ("working", "Đang hoạt động"), ("suspended", "Đang tạm dừng")]


class TreeForm(forms.Form):
    """Which day, and what is looked for on it; today, if no day is asked for."""

    day = fields.day("Sơ đồ tại ngày")
    q = fields.line("Tìm theo tên hoặc mã", max_length=200, required=False)
    type = fields.pick("Loại hình", [_ALL, *UnionType.choices], required=False)
    level = fields.pick("Cấp", [_ALL, *Level.choices], required=False)
    cluster = fields.pick("Cụm thi đua", [], required=False)
    state = fields.pick("Hoạt động", _STATES, required=False)

    def __init__(self, typed: dict[str, str]) -> None:
        self.asked = {"day": written(timezone.localdate())}
        self.asked |= {name: text for name in self.base_fields if (text := typed.get(name))}
        super().__init__(self.asked)
        day = self.asked["day"]
        self.fields["day"].error_messages["invalid"] = (
            f"“{day[:30]}” không phải một ngày. Hãy ghi ngày/tháng/năm, ví dụ 01/03/2025."
        )
        self.offer([])

    def offer(self, clusters: list[str]) -> None:
        """Let these clusters be chosen, besides the one that was asked for."""
        names = dict.fromkeys([*clusters, self.asked.get("cluster", "")])
        self.fields["cluster"].choices = [_ALL, *((one, one) for one in names if one)]

    def clean_day(self) -> date:
        """A day that a union can have to do with."""
        day: date = self.cleaned_data["day"]
        try:
            must_be_of_our_time(day, "Ngày")
        except RuleBroken as broken:
            raise forms.ValidationError(str(broken)) from broken
        return day

    def wanted(self) -> Wanted | None:
        """What is looked for; None where nothing is, and the tree is shown level by level."""
        said = self.cleaned_data
        state = {"working": False, "suspended": True}.get(said["state"])
        wanted = Wanted(said["q"], said["type"], said["level"], said["cluster"], state)
        return None if wanted == Wanted() else wanted


class TreePage(DeskAdmin):
    """The tree beside the list of unions."""

    def get_urls(self) -> list[URLPattern]:
        """The tree, before the pages of the rows."""
        drawn = self.admin_site.admin_view(self.tree)
        return [path("so-do/", drawn, name="unions_union_tree"), *super().get_urls()]

    def tree(self, request: HttpRequest) -> HttpResponse:
        """The unions of a day: level by level, or those that are looked for."""
        form = TreeForm(request.GET.dict())
        shown = self._drawn(request, form) if form.is_valid() else {"chart": None}
        return self.page(request, "admin/tree.html", title="Sơ đồ tổ chức", form=form, **shown)

    def _drawn(self, request: HttpRequest, form: TreeForm) -> dict[str, Any]:
        of_day, number = chart(form.cleaned_data["day"], request.user), request.GET.get("p", "1")
        form.offer(of_day.clusters)
        drawing, wanted = Drawing(of_day, request.user, form.asked), form.wanted()
        opened, absent = self._opened(request, of_day)
        tree = drawing.tree(opened, number) if wanted is None else drawing.hits(wanted, number)
        return {
            "chart": of_day,
            "planned": of_day.begun_after(drawing.today),
            "today": drawing.today,
            "branch": tree,
            "opened": opened,
            "absent": absent,
            "searched": wanted is not None,
        }

    def _opened(self, request: HttpRequest, of_day: Chart) -> tuple[int | None, str]:
        """The union to unfold, or a sentence if it was not in place on the day; 404 if unknown."""
        typed = request.GET.get("open", "")
        if not typed:
            return None, ""
        key = int(typed) if typed.isdecimal() and len(typed) <= _DIGITS else 0
        if key in of_day.spots:
            return key, ""
        union = self.get_queryset(request).filter(pk=key).first()
        if union is None:
            raise Http404
        return None, _absent(union, of_day.day)


def _absent(union: Union, day: date) -> str:
    ended = f", kết thúc hoạt động từ ngày {written(union.ended_on)}" if union.ended_on else ""
    return (
        f"Ngày {written(day)} không có {union} trong sơ đồ: đơn vị thành lập ngày"
        f" {written(union.founded_on)}{ended}."
    )
