"""People at the desk: the list, the page of one, and accounts that are opened."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, Place, can
from unions.admin.desk import DeskAdmin, DeskInline, act, typed
from unions.admin.people.account_acts import AccountActs
from unions.admin.people.finding import called
from unions.admin.people.forms import NewAccountForm
from unions.admin.people.role_acts import RoleActs
from unions.models import Appointment, Union, User
from unions.services import accounts
from unions.vietnamese import sought


class AppointmentInline(DeskInline):
    model = Appointment
    verbose_name_plural = "Phân công"
    fields = ["role", "union", "valid_from", "valid_to", "away"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        rows = super().get_queryset(request).select_related("union__current")
        return rows.prefetch_related("absences")

    @display(description="vắng mặt")
    def away(self, appointment: Appointment) -> str:
        return "; ".join(map(str, appointment.absences.all()))


@admin.register(User)
class UserAdmin(RoleActs, AccountActs, DeskAdmin):
    """Người dùng."""

    writes = Permission.MANAGE_PEOPLE
    list_display = ["name", "username", "position", "phone", "email", "roles_held", "active"]
    list_display_links = ["name", "username"]
    ordering = ["name_key", "pk"]
    list_filter = ["is_active", "appointments__role"]
    names_people = True
    search_fields = ["username"]
    fields = [
        *("full_name", "username", "position", "phone", "email", "active"),
        *("date_joined", "last_login"),
    ]
    inlines = [AppointmentInline]
    actions = ["print_slips"]
    actions_list = ["open_account"]
    actions_detail = [
        {
            "title": "Vai trò",
            "icon": "badge",
            "items": ["appoint", "relieve", "hand_over", "keep_chair", "leave", "come_back"],
        },
        {
            "title": "Tài khoản",
            "icon": "manage_accounts",
            "items": ["amend", "link", "switch", "export", "anonymise"],
        },
    ]

    def visible(self, rows: QuerySet[User], request: HttpRequest) -> QuerySet[User]:
        unions = Union.objects.visible_to(request.user, self.reads)
        placed = Appointment.objects.filter(union__in=unions.values("pk"))
        found = rows.filter(pk__in=placed.values("user"))
        return found.prefetch_related("appointments__union__current", "appointments__absences")

    def place_of(self, row: User, request: HttpRequest) -> Place:
        """For roles: any union of the person, since each role is asked for at its own union."""
        unions = [held.union for held in row.appointments.all()]
        managed = (union for union in unions if can(request.user, self.writes, union))
        return next(managed, unions[0])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """By any name or by the union's name, accents set aside: one statement more."""
        term = sought(search_term)
        if not term:
            return queryset, False
        placed = Appointment.objects.filter(union__current__name_folded__contains=term)
        return queryset.filter(Q(pk__in=called(term)) | Q(pk__in=placed.values("user"))), False

    @display(description="họ và tên", ordering="name_key")
    def name(self, user: User) -> str:
        return user.full_name

    @display(description="vai trò")
    def roles_held(self, user: User) -> str:
        today = timezone.localdate()
        held = [row for row in user.appointments.all() if row.valid_to is None]
        return "; ".join(
            f"{row.get_role_display()}, {row.union}{' (đang vắng mặt)' * row.rests_on(today)}"
            for row in held
        )

    @display(description="tài khoản", label={"Đang mở": "success", "Đã khoá": "danger"})
    def active(self, user: User) -> str:
        if user.made_anonymous:
            return "Đã ẩn danh"
        return "Đang mở" if user.is_active else "Đã khoá"

    def _unions(self, request: HttpRequest) -> QuerySet[Union]:
        found = Union.objects.visible_to(request.user, self.writes).select_related("current")
        return found.filter(ended_on__isnull=True)

    @act("Thêm người dùng", path="them", icon="person_add", variant=ActionVariant.PRIMARY)
    def open_account(self, request: HttpRequest) -> HttpResponse:
        form = NewAccountForm(typed(request), unions=self._unions(request))

        def do() -> HttpResponse:
            said = form.cleaned_data
            user = accounts.open_account(
                form.profile(),
                said["role"],
                said["union"],
                by=request.user,
                since=said["valid_from"],
            )
            return self._hand_over_link(request, user)

        return self.ask(
            request,
            form,
            do,
            title="Thêm người dùng",
            button="Tạo tài khoản",
            note="Không đặt mật khẩu hộ: sau khi tạo, trang sẽ hiện liên kết một lần để giao cho"
            " người dùng tự đặt mật khẩu.",
        )
