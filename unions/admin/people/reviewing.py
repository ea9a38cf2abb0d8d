"""The yearly look at accounts: every role of a year, confirmed or released."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.decorators import display

from unions.access import Permission, Place
from unions.admin.desk import DeskAdmin, DeskInline, typed
from unions.admin.people.finding import called
from unions.admin.people.forms import ReleaseForm
from unions.errors import RuleBroken
from unions.models import Absence, Appointment, Confirmation
from unions.services import reviews
from unions.vietnamese import sought

_YEARS = 5
# an address holds no more keys
_MOST = 200


def year_of(request: HttpRequest) -> int:
    """The year that the list is of: this one, or one of the four before."""
    this = timezone.localdate().year
    asked = request.GET.get(YearFilter.parameter_name, "")
    return int(asked) if asked in map(str, range(this - _YEARS + 1, this)) else this


class YearFilter(SimpleListFilter):
    """The year whose roles are looked at; always one."""

    title = "năm"
    parameter_name = "nam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        this = timezone.localdate().year
        return [(str(year), str(year)) for year in range(this, this - _YEARS, -1)]

    def value(self) -> str:
        chosen = super().value()
        known = [key for key, _ in self.lookup_choices]
        return chosen if chosen in known else known[0]

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """Without “all”."""
        return islice(super().choices(changelist), 1, None)

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Appointment]
    ) -> QuerySet[Appointment]:
        return queryset.in_force(reviews.day_of(int(self.value())))


class ConfirmedFilter(SimpleListFilter):
    """Whether somebody has answered for it in that year."""

    title = "xác nhận"
    parameter_name = "xac-nhan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("roi", "Đã xác nhận"), ("chua", "Chưa xác nhận")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Appointment]
    ) -> QuerySet[Appointment]:
        done = Confirmation.objects.filter(year=year_of(request)).values("appointment")
        if self.value() == "roi":
            return queryset.filter(pk__in=done)
        return queryset.exclude(pk__in=done) if self.value() == "chua" else queryset


class AbsenceInline(DeskInline):
    model = Absence
    verbose_name_plural = "Vắng mặt"
    fields = ["valid_from", "valid_to", "recorded_by"]


class ConfirmationInline(DeskInline):
    model = Confirmation
    verbose_name_plural = "Xác nhận hằng năm"
    fields = ["year", "confirmed_by", "confirmed_at"]


@admin.register(Appointment)
class AppointmentAdmin(DeskAdmin):
    """Rà soát tài khoản."""

    writes = Permission.MANAGE_PEOPLE
    list_display = ["person", "role", "union", "valid_from", "last_login", "confirmed"]
    list_display_links = ["person"]
    list_filter = [
        YearFilter,
        ConfirmedFilter,
        "role",
        ("user__last_login", admin.EmptyFieldListFilter),
    ]
    ordering = ["user__name_key", "pk"]
    names_people = True
    search_fields = ["union__code"]
    fields = ["person", "role", "union", "valid_from", "valid_to", "last_login"]
    inlines = [AbsenceInline, ConfirmationInline]
    actions = ["confirm_selected", "release_selected"]
    list_before_template = "admin/components/review_progress.html"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        year = Confirmation.objects.filter(year=year_of(request)).select_related("confirmed_by")
        rows = super().get_queryset(request).select_related("user", "union__current")
        return rows.prefetch_related(
            "absences", Prefetch("confirmations", year, to_attr="of_the_year")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Appointment], search_term: str
    ) -> tuple[QuerySet[Appointment], bool]:
        """By any name of the person, or by the union's name or code."""
        term = sought(search_term)
        if not term:
            return queryset, False
        there = Q(union__current__name_folded__contains=term) | Q(union__code__iexact=term)
        return queryset.filter(Q(user__in=called(term)) | there), False

    def place_of(self, row: Appointment, request: HttpRequest) -> Place:
        return row.union

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list of a year, with how far it has come."""
        year = year_of(request)
        rows = Appointment.objects.visible_to(request.user, self.reads)
        progress = reviews.progress(rows.in_force(reviews.day_of(year)), year)
        return super().changelist_view(request, {"year": year, "progress": progress})

    @display(description="người dùng", ordering="user__name_key")
    def person(self, appointment: Appointment) -> str:
        away = appointment.rests_on(timezone.localdate())
        return f"{appointment.user}{' (đang vắng mặt)' * away}"

    @display(description="đăng nhập gần nhất", ordering="user__last_login")
    def last_login(self, appointment: Appointment) -> Any:
        return appointment.user.last_login or "chưa lần nào"

    @display(description="xác nhận")
    def confirmed(self, appointment: Appointment) -> str:
        for one in appointment.of_the_year:
            day = timezone.localtime(one.confirmed_at)
            return f"{one.confirmed_by or 'Hệ thống'}, {day:%d/%m/%Y}"
        return "chưa"

    @admin.action(description="Xác nhận còn giữ vai trò", permissions=["write"])
    def confirm_selected(self, request: HttpRequest, chosen: QuerySet[Appointment]) -> None:
        """Answer for those chosen, in the year of the list."""
        try:
            count = reviews.confirm(chosen, year_of(request), by=request.user)
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, f"Đã xác nhận {count} phân công.")

    @admin.action(description="Thôi phân công", permissions=["write"])
    def release_selected(
        self, request: HttpRequest, chosen: QuerySet[Appointment]
    ) -> HttpResponse | None:
        """To the page that asks from when on."""
        keys = list(chosen.order_by("pk").values_list("pk", flat=True)[: _MOST + 1])
        if len(keys) > _MOST:
            messages.error(request, f"Mỗi lần thôi phân công nhiều nhất {_MOST} người.")
            return None
        asked = "&".join(f"chon={key}" for key in keys)
        return redirect(f"{reverse('admin:unions_appointment_release')}?{asked}")

    def get_urls(self) -> list[URLPattern]:
        release = self.admin_site.admin_view(self.release)
        return [path("thoi/", release, name="unions_appointment_release"), *super().get_urls()]

    def release(self, request: HttpRequest) -> HttpResponse:
        """End the roles that were chosen in the list, all on one day."""
        if not self.has_write_permission(request):
            raise PermissionDenied
        keys = [key for key in request.GET.getlist("chon") if key.isdecimal()][:_MOST]
        rows = list(self.get_queryset(request).filter(pk__in=[int(key[:18]) for key in keys]))
        form = ReleaseForm(typed(request))

        def do() -> str:
            if not rows:
                raise RuleBroken(
                    "Chưa chọn ai. Hãy đánh dấu trong danh sách rồi chọn việc cần làm."
                )
            count = reviews.let_go(rows, by=request.user, on=form.cleaned_data["on"])
            return f"Đã thôi phân công {count} người."

        named = "; ".join(f"{row.user} ({row.get_role_display()}, {row.union})" for row in rows)
        return self.ask(
            request,
            form,
            do,
            title=f"Thôi phân công {len(rows)} người",
            button="Thôi phân công",
            note=named or "Chưa chọn ai: hãy đánh dấu trong danh sách rồi chọn việc cần làm.",
            danger=True,
        )
