"""Forms of directives at the desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from actionplan.models import Directive, DirectiveCopy, TaskGroup
from actionplan.queries import known_to
from actionplan.queries.directives import clusters_beneath
from actionplan.services.directives import Order
from unions.access import Permission
from unions.admin import fields
from unions.admin.desk import typed
from unions.models import Level, Union, UnionType

_UNION = DirectiveCopy._meta.get_field("union")


class OrderForm(forms.Form):
    """A directive, and to whom it goes."""

    title = fields.line("Trích yếu", max_length=300, help_text="Một dòng, đơn vị đọc ở danh sách.")
    text = fields.words("Nội dung việc phải làm", rows=6)
    due_on = fields.day("Hạn báo kết quả")
    number = fields.line("Số văn bản (nếu có)", max_length=60, required=False)
    issued_on = fields.day("Ngày văn bản (nếu có)", required=False)
    group = fields.pick("Nhóm nhiệm vụ (nếu có)", [], required=False)
    uploads = fields.files("Văn bản kèm theo", required=False)
    removed = fields.ticks("Bỏ văn bản đã kèm", [], required=False)
    everyone = fields.tick("Nơi nhận: tất cả công đoàn cơ sở", required=False)
    clusters = fields.ticks("Nơi nhận: các cụm thi đua", [], required=False)
    types = fields.ticks("Nơi nhận: các loại hình", UnionType.choices, required=False)

    def __init__(
        self, request: HttpRequest, union: Union, directive: Directive | None = None
    ) -> None:
        files = request.FILES if request.method == "POST" else None
        super().__init__(typed(request), files, initial=_said_by(directive) if directive else None)
        beneath = Union.objects.filter(current__path__startswith=union.path, ended_on=None)
        beneath = beneath.exclude(pk=union.pk).select_related("current")
        named = fields.unions("Nơi nhận: các đơn vị", beneath, _UNION, required=False)
        self.fields["named"] = named
        self.groups = {str(one.pk): one for one in _groups(request)}
        self._offer("group", [("", "Không theo nhóm"), *_named(self.groups)])
        self._offer("clusters", _themselves(union, directive))
        self.papers = {str(one.pk): one for one in directive.papers.all()} if directive else {}
        self._offer("removed", _named(self.papers))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices
        else:
            del self.fields[name]

    def order(self) -> Order:
        """What was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        said["group"] = self.groups.get(said["group"])
        said["removed"] = [self.papers[key] for key in said.get("removed", ())]
        return Order(**said)


class ExtendForm(forms.Form):
    """Until when one union has time, and why."""

    until = fields.day("Gia hạn đến hết ngày")
    reason = fields.words("Lý do", rows=3, max_length=1000)


class ReasonForm(forms.Form):
    """Why; the unions are told."""

    reason = fields.words("Lý do", rows=3, max_length=1000)


class ShownForm(forms.Form):
    """Nothing to type; it brings along the mark of what its page showed."""

    shown = ""


def heads(request: HttpRequest) -> QuerySet[Union]:
    """The unions for which this person may direct others."""
    rows = Union.objects.visible_to(request.user, Permission.DIRECT).filter(ended_on=None)
    return (
        rows.filter(current__level=Level.UPPER).select_related("current").order_by("current__path")
    )


def _said_by(directive: Directive) -> dict[str, Any]:
    names = ("title", "text", "due_on", "number", "issued_on", "everyone", "clusters", "types")
    said = {name: getattr(directive, name) for name in names}
    return said | {
        "group": str(directive.group_id or ""),
        "named": list(directive.named.values_list("pk", flat=True)),
    }


def _groups(request: HttpRequest) -> QuerySet[TaskGroup]:
    known = known_to(request.user, Permission.DIRECT)
    today = timezone.localdate()
    rows = TaskGroup.objects.filter(programme__in=known.values("pk"), dropped=False)
    rows = rows.filter(programme__term_to__gte=today.year).select_related("programme")
    return rows.order_by("-programme__term_from", "programme", "number")


def _named(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(one)) for key, one in rows.items()]


def _themselves(union: Union, directive: Directive | None) -> list[tuple[str, str]]:
    """The clusters of today, and those that were chosen and are there no more."""
    chosen = directive.clusters if directive else []
    return [(name, name) for name in dict.fromkeys([*clusters_beneath(union.path), *chosen])]
