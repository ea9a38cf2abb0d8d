"""The list of events and the page of one: what it changed, what is to be handed over, undoing."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, Place, can_anywhere
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.admin.events.filters import (
    IN_FORCE,
    PLANNED,
    UNDONE,
    HandOverFilter,
    StateFilter,
    YearFilter,
)
from unions.admin.events.sight import in_sight, of
from unions.admin.events.telling import telling
from unions.errors import RuleBroken
from unions.models import HandOver, JournalEntry, OrgEvent, Placement, Union, User
from unions.queries import history_of
from unions.services import consequences, events, hand_overs, undoing
from unions.vietnamese import fold, tidy

_COLOURS = {PLANNED: "info", IN_FORCE: "success", UNDONE: "default"}
_NAMED = 2


class HandOverForm(forms.Form):
    """What was handed over, and when."""

    done_on = fields.day("Đã bàn giao ngày", initial=timezone.localdate)

    def __init__(self, *args: Any, waiting: QuerySet[HandOver], **options: Any) -> None:
        super().__init__(*args, **options)
        items = [(row.item, row.get_item_display()) for row in waiting]
        self.fields["item"] = fields.pick("Nội dung bàn giao", items)
        self.order_fields(["item"])


class WithdrawForm(forms.Form):
    """What was noted as handed over by mistake, and why."""

    reason = fields.words("Lý do", rows=2)

    def __init__(self, *args: Any, done: QuerySet[HandOver], **options: Any) -> None:
        super().__init__(*args, **options)
        items = [(row.item, str(row.get_item_display())) for row in done]
        self.fields["item"] = fields.pick("Nội dung đã ghi nhận", items)
        self.order_fields(["item"])


@admin.register(OrgEvent)
class OrgEventAdmin(DeskAdmin):
    """Sự kiện tổ chức."""

    writes = Permission.MANAGE_UNIONS
    list_display = [
        *("day", "kind_name", "before", "after", "decision_number", "standing", "handing_over"),
    ]
    list_display_links = ["day", "kind_name"]
    list_filter = ["kind", YearFilter, StateFilter, HandOverFilter]
    search_fields = ["decision_number"]
    ordering = ["-effective_on", "-pk"]
    actions_detail = ["hand_over", "withdraw_hand_over", "undo"]

    def visible(self, rows: QuerySet[OrgEvent], request: HttpRequest) -> QuerySet[OrgEvent]:
        return rows.filter(in_sight(request.user, self.reads))

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrgEvent]:
        rows = super().get_queryset(request).select_related("recorded_by", "undone_by")
        waiting = Q(hand_overs__isnull=False, hand_overs__done_on=None)
        late = waiting & Q(hand_overs__due_on__lt=timezone.localdate())
        return rows.prefetch_related("predecessors__current", "successors__current").annotate(
            owed=Count("hand_overs"),
            waiting=Count("hand_overs", filter=waiting),
            late=Count("hand_overs", filter=late),
        )

    def place_of(self, row: OrgEvent, request: HttpRequest) -> Place:
        unions = [*row.predecessors.all(), *row.successors.all()]
        return unions[0] if unions else _told(row).union

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OrgEvent], search_term: str
    ) -> tuple[QuerySet[OrgEvent], bool]:
        """By the decision, or by a name or code that one of the unions bears or bore."""
        term = tidy(search_term)
        if not term:
            return queryset, False
        called = Placement.objects.filter(name_folded__contains=fold(term)).values("union")
        unions = Union.objects.filter(Q(pk__in=called) | Q(code__icontains=term))
        return queryset.filter(of(unions) | Q(decision_number__icontains=term)), False

    @display(description="từ ngày", ordering="effective_on")
    def day(self, event: OrgEvent) -> date:
        return event.effective_on

    @display(description="sự kiện", ordering="kind")
    def kind_name(self, event: OrgEvent) -> str:
        return event.get_kind_display()

    @display(description="đơn vị trước")
    def before(self, event: OrgEvent) -> str:
        return _some(event.predecessors.all())

    @display(description="đơn vị sau")
    def after(self, event: OrgEvent) -> str:
        return _some(event.successors.all())

    @display(description="trạng thái", label=_COLOURS)
    def standing(self, event: OrgEvent) -> str:
        if event.undone_at is not None:
            return UNDONE
        return PLANNED if event.is_planned else IN_FORCE

    @display(description="bàn giao")
    def handing_over(self, event: OrgEvent) -> str:
        if not event.owed:
            return ""
        late = f", {event.late} mục quá hạn" if event.late else ""
        return f"{event.owed - event.waiting}/{event.owed} mục{late}"

    def show(self, request: HttpRequest, row: OrgEvent) -> HttpResponse:
        """One event: its paper, its unions before and after, and what is to be handed over."""
        told = telling(row)
        return self.page(
            request,
            "admin/event.html",
            title=capfirst(told.title),
            original=row,
            standing=self.standing(row),
            event=told,
            known=_known(row, request.user),
            may_note=hand_overs.may_note(row, by=request.user),
            may_undo=row.undone_at is None and undoing.may_undo(row, by=request.user),
            reads_journal=can_anywhere(request.user, Permission.VIEW_JOURNAL),
        )

    def has_undo_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the button among many events; see check_undo for one."""
        return self.has_write_permission(request)

    def check_undo(self, request: HttpRequest, event: OrgEvent) -> None:
        """Stop with PermissionDenied who may not take the event back."""
        if not (self.has_write_permission(request) and undoing.may_undo(event, by=request.user)):
            raise PermissionDenied

    @act("Ghi nhận bàn giao", path="ban-giao", icon="inventory")
    def hand_over(self, request: HttpRequest, event: OrgEvent) -> HttpResponse:
        waiting = event.hand_overs.filter(done_on=None)
        initial = {"item": request.GET.get("muc", "")}
        form = HandOverForm(typed(request), waiting=waiting, initial=initial)

        def do() -> str:
            said = form.cleaned_data
            hand_overs.note(event, said["item"], said["done_on"], by=request.user)
            return "Đã ghi nhận bàn giao."

        return self.ask(
            request,
            form,
            do,
            title=f"Ghi nhận bàn giao: {event}",
            button="Ghi nhận",
            note="" if waiting else "Không còn mục nào phải bàn giao theo sự kiện này.",
            back=self.row_url(event),
        )

    @act("Bỏ ghi nhận bàn giao", path="bo-ban-giao", icon="inventory_2")
    def withdraw_hand_over(self, request: HttpRequest, event: OrgEvent) -> HttpResponse:
        done = event.hand_overs.filter(done_on__isnull=False)
        initial = {"item": request.GET.get("muc", "")}
        form = WithdrawForm(typed(request), done=done, initial=initial)

        def do() -> str:
            said = form.cleaned_data
            hand_overs.withdraw(event, said["item"], said["reason"], by=request.user)
            return "Đã bỏ ghi nhận bàn giao."

        return self.ask(
            request,
            form,
            do,
            title=f"Bỏ ghi nhận bàn giao: {event}",
            button="Bỏ ghi nhận",
            note="" if done else "Chưa có mục nào được ghi nhận bàn giao theo sự kiện này.",
            back=self.row_url(event),
        )

    @act(
        "Huỷ sự kiện",
        path="huy",
        icon="undo",
        variant=ActionVariant.DANGER,
        permission="undo",
    )
    def undo(self, request: HttpRequest, event: OrgEvent) -> HttpResponse:
        form = forms.Form(typed(request))
        # what is sent is done or refused; what is looked at is tried out and taken back
        obstacle, following = ("", []) if form.is_bound else _tried(event, request.user)

        def do() -> str:
            undoing.undo(event, by=request.user)
            return f"Đã huỷ sự kiện “{event}”."

        return self.ask(
            request,
            form,
            do,
            title=f"Huỷ sự kiện: {events.title(event)}",
            button="Huỷ sự kiện",
            template="admin/event_undo.html",
            obstacle=obstacle,
            changes=consequences.changes(event),
            following=following,
            back=self.row_url(event),
            danger=True,
        )


def _known(event: OrgEvent, reader: User) -> set[int]:
    """The keys of those of its unions whose page the reader may open. One statement."""
    named = Q(events_as_predecessor=event) | Q(events_as_successor=event)
    unions = Union.objects.visible_to(reader, Permission.USE_DESK).filter(named)
    return set(unions.values_list("pk", flat=True))


def _told(event: OrgEvent) -> JournalEntry:
    return history_of(event._meta.label_lower, event.pk).select_related("union__current")[0]


def _some(unions: Any) -> str:
    names = [union.name for union in unions]
    rest = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f" và {rest} đơn vị khác" if rest > 0 else "")


def _tried(event: OrgEvent, by: User) -> tuple[str, list[str]]:
    """Why the event cannot be undone, or what would follow in the apps above."""
    try:
        with events.rehearsed():
            return "", events.plan(undoing.undo(event, by=by))
    except RuleBroken as broken:
        return str(broken), []
