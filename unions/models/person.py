"""People who use the portal, and the roles they hold at unions from a day to a day."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from unions.access import OF_THE_UNION, Held, Permission, Role, can_anywhere
from unions.models.lineage import WHOLE
from unions.prepared import Prepared
from unions.scoping import ScopedQuerySet
from unions.vietnamese import person_key

# a name with letters is nobody's phone number
_PHONE = re.compile(r"[+(]?[0-9][0-9 .()-]*")
# notices of these acts are for officers of the province
_DESK_IS_NEXT = {
    "office_handed_over",
    "office_kept_at_desk",
    "leave_begins_of_chair",
    "leave_ends_of_chair",
}


# user names of those who were made anonymous, each with the own key; nobody else's
ANONYMOUS = "an-danh-"


class UserManager(BaseUserManager["User"]):
    """Finds a person by any of the three names that a log-in accepts."""

    def by_any_name(self, name: str) -> "User | None":
        """The person with this user name, phone number or e-mail address."""
        name = name.strip()
        if not name:
            return None
        names = Q(username__iexact=name) | Q(email__iexact=name)
        if _PHONE.fullmatch(name):
            names |= Q(phone=phone_digits(name))
        return self.filter(names).first()


def phone_digits(text: str) -> str:
    """A Vietnamese phone number as ten digits that begin with 0, or what was typed without gaps."""
    digits = "".join(sign for sign in text if sign.isdigit() or sign == "+")
    return f"0{digits[3:]}" if digits.startswith("+84") else digits


class User(AbstractBaseUser):
    """A person with an account: counts and decisions carry its key, never a copy of the name."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$",
                "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối.",
            )
        ],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = models.CharField("họ và tên", max_length=120)
    name_key = models.CharField(max_length=400, editable=False, blank=True)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    email = models.EmailField(
        "thư điện tử",
        null=True,
        blank=True,
        unique=True,
        error_messages={"unique": "Địa chỉ thư này đã có người dùng."},
    )
    phone = models.CharField(
        "điện thoại",
        max_length=15,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^0\d{9}$", "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")],
        error_messages={"unique": "Số điện thoại này đã có người dùng."},
    )
    is_active = models.BooleanField("còn hoạt động", default=True)
    date_joined = models.DateTimeField("tạo lúc", default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key by which lists of people are sorted true to the name."""
        self.name_key = person_key(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_full_name(self) -> str:
        """The name people are greeted by (asked for by Django's mails)."""
        return self.full_name

    @property
    def anonymous_name(self) -> str:
        """The user name that is left once everything else was taken away."""
        return f"{ANONYMOUS}{self.pk}"

    @property
    def made_anonymous(self) -> bool:
        """Whether the person is gone for good, and only what was done is left."""
        return self.username == self.anonymous_name

    @cached_property
    def roles(self) -> tuple[Held, ...]:
        """The roles that work today, each with the place it is held at: one statement a request.

        A role rests while its holder is away.
        """
        found: dict[Held, dict[str, None]] = {}
        today = timezone.localdate()
        for role, union, path, name, share, parent, origin in _OFFICES(self.pk, today):
            paths = found.setdefault(Held(role, union, path, name), {})
            if share == WHOLE and parent is None and role not in OF_THE_UNION:
                paths[origin] = None
        return tuple(replace(held, inherited=tuple(paths)) for held, paths in found.items())

    @property
    def is_staff(self) -> bool:
        """True for those whose desk is the admin (asked for by Django's admin)."""
        return self.is_active and can_anywhere(self, Permission.USE_DESK)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used: each admin page asks unions.access."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """True for those whose desk is the admin."""
        return self.is_staff


class AppointmentQuerySet(ScopedQuerySet["Appointment"]):
    """Appointments, by the day, and by the union they are at."""

    path_field = "union__current__path"

    def at_work(self, day: date | None = None) -> "AppointmentQuerySet":
        """Those in force on `day` (today, if none is given) whose holder is not away."""
        day = day or timezone.localdate()
        away = Q(absences__valid_from__lte=day, absences__valid_to__gt=day)
        return self.in_force(day).exclude(pk__in=self.model._base_manager.filter(away))

    def in_force(self, day: date | None = None) -> "AppointmentQuerySet":
        """Those in force on `day` (today, if none is given)."""
        day = day or timezone.localdate()
        return self.ending_after(day).filter(valid_from__lte=day)

    def ending_after(self, day: date) -> "AppointmentQuerySet":
        """Those in force on `day` or some day after it.

        One that ends on the day it was to begin was taken back, and never was.
        """
        lasting = Q(valid_to__gt=day) & Q(valid_to__gt=F("valid_from"))
        return self.filter(Q(valid_to__isnull=True) | lasting)


class Appointment(models.Model):
    """Phân công: a role at a union, from a day until the day before another."""

    user = models.ForeignKey(
        User, verbose_name="người dùng", on_delete=models.PROTECT, related_name="appointments"
    )
    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    valid_from = models.DateField("từ ngày", default=timezone.localdate)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="appointment_ends_after_it_begins",
                violation_error_message="Ngày thôi phân công phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["user", "union", "role"],
                condition=Q(valid_to__isnull=True),
                name="one_open_appointment_to_a_role",
                violation_error_message="Người này đang giữ vai trò đó ở đơn vị.",
            ),
            models.UniqueConstraint(
                fields=["union"],
                condition=Q(role=Role.CHAIR, valid_to__isnull=True),
                name="one_open_chair_of_a_union",
                violation_error_message="Đơn vị đã có Chủ tịch.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"

    def lasts_on(self, day: date) -> bool:
        """Whether it is in force on `day`, though its holder may be away."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def rests_on(self, day: date) -> bool:
        """Whether its holder is away on `day`."""
        return any(one.valid_from <= day < one.valid_to for one in self.absences.all())

    def address_after(self, act: str) -> str:
        """Where a notice of `act` leads: officers to the desk, others to what is theirs."""
        if act in _DESK_IS_NEXT:
            return reverse("admin:unions_user_change", args=[self.user_id])
        # who is out of the office, or away, still gets there
        to_colleagues = act in {"office_taken_over", "office_kept"}
        return reverse("people-index" if to_colleagues else "profile")


def _offices_and_origins(user: int, day: date) -> QuerySet[Any, Any]:
    """The offices, each once for every union of which a part stands in its union today."""
    at = ("role", "union_id", "union__current__path", "union__current__name")
    origin = "union__inherited__union__current__"
    lines = ("union__inherited__share", f"{origin}parent_id", f"{origin}path")
    rows = Appointment.objects.filter(user=user).at_work(day)
    return rows.order_by("-valid_from", "pk").values_list(*at, *lines)


_OFFICES = Prepared(_offices_and_origins, int, date)
