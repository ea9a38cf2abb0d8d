"""People at the desk: accounts, roles, and the link by which a person sets a password."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.decorators import display
from unfold.enums import ActionVariant

from unions.access import Permission, Place, Role, can_anywhere
from unions.admin import fields
from unions.admin.desk import DeskAdmin, DeskInline, act, typed
from unions.models import Appointment, Union, User
from unions.services import accounts, people
from unions.vietnamese import fold

_UNION = Appointment._meta.get_field("union")


class AccountForm(forms.Form):
    """What the portal knows of a person."""

    full_name = fields.line("Họ và tên", max_length=120)
    username = fields.line(
        "Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, chữ số, dấu chấm, gạch nối; ví dụ nguyen.van.an",
    )
    position = fields.line("Chức vụ", max_length=120, required=False)
    phone = fields.line("Điện thoại", max_length=20, required=False)
    email = fields.line("Thư điện tử", max_length=254, required=False)

    def profile(self) -> accounts.Profile:
        """The person, as the service takes it."""
        names = ("username", "full_name", "position", "phone", "email")
        return accounts.Profile(**{name: self.cleaned_data[name] for name in names})


class RoleForm(forms.Form):
    """A role at a union from a day on."""

    role = fields.pick("Vai trò", [("", "Chọn vai trò"), *Role.choices])
    valid_from = fields.day("Từ ngày", initial=timezone.localdate)

    def __init__(self, *args: Any, unions: QuerySet[Union], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["union"] = fields.union("Đơn vị", unions, _UNION)
        self.order_fields([*AccountForm.base_fields, "role", "union", "valid_from"])


class NewAccountForm(RoleForm, AccountForm):
    """A person, and the first role."""


class RelieveForm(forms.Form):
    """Which role ends, and when."""

    valid_to = fields.day("Thôi phân công từ ngày", initial=timezone.localdate)

    def __init__(self, *args: Any, held: QuerySet[Appointment], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(str(row.pk), f"{row.get_role_display()}, {row.union}") for row in held]
        self.fields["appointment"] = fields.pick("Phân công", names)
        self.order_fields(["appointment"])


class AppointmentInline(DeskInline):
    model = Appointment
    verbose_name_plural = "Phân công"
    fields = ["role", "union", "valid_from", "valid_to"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        return super().get_queryset(request).select_related("union__current")


@admin.register(User)
class UserAdmin(DeskAdmin):
    """Người dùng."""

    writes = Permission.MANAGE_PEOPLE
    list_display = ["name", "username", "position", "phone", "email", "roles_held", "active"]
    list_display_links = ["name", "username"]
    ordering = ["name_key", "pk"]
    list_filter = ["is_active", "appointments__role"]
    search_fields = ["username"]
    fields = [
        *("full_name", "username", "position", "phone", "email", "active"),
        *("date_joined", "last_login"),
    ]
    inlines = [AppointmentInline]
    actions_list = ["open_account"]
    actions_detail = [
        {"title": "Vai trò", "icon": "badge", "items": ["appoint", "relieve"]},
        {"title": "Tài khoản", "icon": "manage_accounts", "items": ["amend", "link", "switch"]},
    ]

    def visible(self, rows: QuerySet[User], request: HttpRequest) -> QuerySet[User]:
        unions = Union.objects.visible_to(request.user, self.reads)
        placed = Appointment.objects.filter(union__in=unions.values("pk"))
        found = rows.filter(pk__in=placed.values("user"))
        return found.prefetch_related("appointments__union__current")

    def place_of(self, row: User, request: HttpRequest) -> Place:
        return accounts.managed_at(row, request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """By any name or by the union's name, accents set aside: one statement more."""
        term = fold(search_term.strip())
        if not term:
            return queryset, False
        names = User.objects.values_list("pk", "full_name", "username", "phone", "email")
        keys = [pk for pk, *said in names if term in fold(" ".join(filter(None, said)))]
        placed = Appointment.objects.filter(union__current__name_folded__contains=term)
        return queryset.filter(Q(pk__in=keys) | Q(pk__in=placed.values("user"))), False

    @display(description="họ và tên", ordering="name_key")
    def name(self, user: User) -> str:
        return user.full_name

    @display(description="vai trò")
    def roles_held(self, user: User) -> str:
        held = [row for row in user.appointments.all() if row.valid_to is None]
        return "; ".join(f"{row.get_role_display()}, {row.union}" for row in held)

    @display(description="tài khoản", label={"Đang mở": "success", "Đã khoá": "danger"})
    def active(self, user: User) -> str:
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
            return self._hand_over(request, user)

        return self.ask(
            request,
            form,
            do,
            title="Thêm người dùng",
            button="Tạo tài khoản",
            note="Không đặt mật khẩu hộ: sau khi tạo, trang sẽ hiện liên kết một lần để giao cho"
            " người dùng tự đặt mật khẩu.",
        )

    @act("Sửa", path="sua", icon="edit")
    def amend(self, request: HttpRequest, user: User) -> HttpResponse:
        known = {name: getattr(user, name) or "" for name in AccountForm.base_fields}
        form = AccountForm(typed(request), initial=known)

        def do() -> str:
            accounts.amend(user, form.profile(), by=request.user)
            return "Đã lưu tài khoản."

        return self.ask(
            request, form, do, title=f"Sửa {user}", button="Lưu", back=self.row_url(user)
        )

    @act("Phân công", path="phan-cong", icon="badge")
    def appoint(self, request: HttpRequest, user: User) -> HttpResponse:
        form = RoleForm(typed(request), unions=self._unions(request))

        def do() -> str:
            said = form.cleaned_data
            people.appoint(
                user, said["role"], said["union"], by=request.user, since=said["valid_from"]
            )
            return "Đã phân công."

        return self.ask(
            request,
            form,
            do,
            title=f"Phân công {user}",
            button="Phân công",
            back=self.row_url(user),
        )

    @act("Thôi phân công", path="thoi-phan-cong", icon="person_remove")
    def relieve(self, request: HttpRequest, user: User) -> HttpResponse:
        held = user.appointments.filter(valid_to__isnull=True).select_related("union__current")
        form = RelieveForm(typed(request), held=held)

        def do() -> str:
            said = form.cleaned_data
            people.relieve(held.get(pk=said["appointment"]), by=request.user, on=said["valid_to"])
            return "Đã thôi phân công."

        return self.ask(
            request,
            form,
            do,
            title=f"Thôi phân công {user}",
            button="Thôi phân công",
            back=self.row_url(user),
        )

    def has_hand_over_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the button: officers hand over to people beneath them alone."""
        user = self.get_object(request, object_id)
        if user is None:
            return can_anywhere(request.user, Permission.HAND_OVER_LINKS)
        return people.may_hand_over(user, by=request.user)

    def check_hand_over(self, request: HttpRequest, user: User) -> None:
        """Stop with PermissionDenied who may not hand over a link to this person."""
        if not people.may_hand_over(user, by=request.user):
            raise PermissionDenied("Bạn không cấp được liên kết cho người này.")

    @act("Cấp liên kết đặt mật khẩu", path="lien-ket", icon="key", permission="hand_over")
    def link(self, request: HttpRequest, user: User) -> HttpResponse:
        return self.ask(
            request,
            forms.Form(typed(request)),
            lambda: self._hand_over(request, user),
            title=f"Cấp liên kết đặt mật khẩu cho {user}",
            button="Cấp liên kết",
            note="Liên kết chỉ dùng được một lần và hết hạn sau 3 ngày. Việc cấp được ghi nhật ký.",
            back=self.row_url(user),
        )

    @act("Khoá hoặc mở tài khoản", path="khoa", icon="lock")
    def switch(self, request: HttpRequest, user: User) -> HttpResponse:
        verb = "Khoá" if user.is_active else "Mở lại"

        def do() -> str:
            accounts.switch(user, active=not user.is_active, by=request.user)
            return f"{verb} tài khoản: đã xong."

        return self.ask(
            request,
            forms.Form(typed(request)),
            do,
            title=f"{verb} tài khoản của {user}",
            button=verb,
            note="Tài khoản bị khoá không đăng nhập được; những việc đã làm vẫn giữ nguyên.",
            back=self.row_url(user),
            danger=user.is_active,
        )

    def _hand_over(self, request: HttpRequest, user: User) -> HttpResponse:
        """The link, shown this once: it is kept nowhere."""
        home = people.home_of(user, request.user, Permission.HAND_OVER_LINKS)
        address = people.one_time_link(user, by=request.user, union=home)
        return self.page(
            request,
            "admin/one_time_link.html",
            title=f"Liên kết đặt mật khẩu của {user}",
            person=user,
            address=address,
            back=self.row_url(user),
        )
