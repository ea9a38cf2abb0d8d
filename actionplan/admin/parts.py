"""The parts of a programme at the desk, with what they said before they were amended."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from unfold.decorators import display

from actionplan.models import Action, Breakthrough, TaskGroup
from actionplan.queries import earlier_wordings, known_to
from actionplan.services import programmes
from actionplan.services.wordings import Paper, by_paper
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed


class PaperForm(forms.Form):
    """By which document the words are amended; none where a slip is corrected."""

    number = fields.line(
        "Theo văn bản số",
        max_length=60,
        required=False,
        help_text="Văn bản sửa đổi, bổ sung chương trình. Để trống nếu chỉ sửa lỗi câu chữ.",
    )
    in_force_on = fields.day(
        "Có hiệu lực từ ngày",
        required=False,
        help_text="Báo cáo của các năm chốt số liệu trước ngày này vẫn in lời văn cũ.",
    )

    def paper(self) -> Paper | None:
        """The document, as the service takes it; RuleBroken for half of one."""
        said = self.cleaned_data
        return by_paper(said["number"], said["in_force_on"])


class WordsForm(PaperForm):
    """What a part says: its title and, where it has them, its text or its objectives."""

    title = fields.words("Tên gọi", rows=3, max_length=500)
    text = fields.words("Nguyên văn", rows=6, required=False)
    objectives = fields.words("Mục tiêu", rows=6, required=False, help_text="Mỗi dòng một mục.")

    field_order = ["title", "text", "objectives", "number", "in_force_on"]

    def __init__(self, *args: Any, part: Any, asks: Iterable[str], **options: Any) -> None:
        known = {name: getattr(part, name) for name in asks}
        if "objectives" in known:
            known["objectives"] = "\n".join(known["objectives"])
        super().__init__(*args, initial=known, **options)
        for name in {"title", "text", "objectives"}.difference(known):
            del self.fields[name]

    @property
    def said(self) -> dict[str, str | list[str]]:
        """What was typed, by field; what was not sent is let be."""
        typed = {name: self.cleaned_data[name] for name in self.initial if name in self.data}
        if "objectives" in typed:
            typed["objectives"] = typed["objectives"].splitlines()
        return typed


def earlier(row: Model) -> SafeString | str:
    """What it said before, newest first, each with its day, its document and who amended it."""
    wordings = list(earlier_wordings(row))
    if not wordings:
        return ""
    return render_to_string("admin/components/earlier_wordings.html", {"wordings": wordings})


class PartAdmin(DeskAdmin):
    """A part of a programme: whoever sees the programme sees it; what it says can be amended."""

    writes = Permission.MANAGE_PROGRAMMES
    to_programme = "programme"
    asks: tuple[str, ...] = ("title",)
    search_fields = ["title"]
    actions_detail = ["rename"]

    def visible(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        seen = known_to(request.user, self.reads)
        return rows.filter(**{f"{self.to_programme}__in": seen.values("pk")})

    def place_of(self, row: Any, request: HttpRequest) -> Place:
        return programmes.seat(programmes.programme_of(row), request.user)

    @display(description="lời văn trước đây")
    def earlier(self, row: Any) -> SafeString | str:
        return earlier(row)

    @act("Sửa lời văn", path="sua-ten", icon="edit")
    def rename(self, request: HttpRequest, part: Any) -> HttpResponse:
        form = WordsForm(typed(request), part=part, asks=self.asks)

        def do() -> str:
            programmes.reword(part, form.said, by=request.user, paper=form.paper())
            return "Đã lưu."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa lời văn {self.opts.verbose_name}",
            button="Lưu",
            back=self.row_url(part),
        )


@admin.register(TaskGroup)
class TaskGroupAdmin(PartAdmin):
    """Nhóm nhiệm vụ."""

    list_display = ["number", "title", "programme"]
    list_display_links = ["title"]
    list_select_related = ["programme"]
    list_filter = ["dropped"]
    fields = ["programme", "number", "title", "dropped", "earlier"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("programme__union__current")


@admin.register(Breakthrough)
class BreakthroughAdmin(TaskGroupAdmin):
    """Khâu đột phá."""

    asks = ("title", "text")
    fields = ["programme", "number", "title", "text", "dropped", "earlier"]


@admin.register(Action)
class ActionAdmin(PartAdmin):
    """Nhiệm vụ, giải pháp."""

    asks = ("title", "text")
    to_programme = "group__programme"
    list_display = ["number", "title", "group"]
    list_display_links = ["title"]
    list_select_related = ["group"]
    fields = ["group", "number", "title", "text", "dropped", "earlier"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("group__programme__union__current")
