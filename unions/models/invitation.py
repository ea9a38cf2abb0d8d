"""Invitations: somebody is asked to take a role; the account comes with the answer."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from unions.access import Role
from unions.models.letter import Posted
from unions.scoping import ScopedQuerySet


class InvitationState(models.TextChoices):
    """What became of an invitation, as of now."""

    WAITING = "waiting", "Đang chờ"
    ACCEPTED = "accepted", "Đã nhận lời"
    EXPIRED = "expired", "Đã hết hạn"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    """Invitations, by the union they are to; their state is a matter of the hour."""

    path_field = "union__current__path"

    def in_state(self, state: str, now: datetime | None = None) -> "InvitationQuerySet":
        """Those of which this became."""
        now = now or timezone.now()
        open_ones = Q(accepted_at=None, withdrawn_at=None)
        states = {
            InvitationState.ACCEPTED: Q(accepted_at__isnull=False),
            InvitationState.WITHDRAWN: Q(withdrawn_at__isnull=False),
            InvitationState.WAITING: open_ones & Q(expires_at__gt=now),
            InvitationState.EXPIRED: open_ones & Q(expires_at__lte=now),
        }
        return self.filter(states[InvitationState(state)])


class Invitation(Posted):
    """Lời mời: a role at a union, held out to somebody who may not have an account yet.

    The link is made from the key and `round`, and so stands in no row; sent again, it is another.
    """

    State: ClassVar[type[InvitationState]] = InvitationState

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    valid_from = models.DateField("phân công từ ngày")
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=15, blank=True)
    round = models.PositiveIntegerField("lần mời", default=1, editable=False)
    invited_by = models.ForeignKey(
        "unions.User",
        verbose_name="người mời",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    invited_at = models.DateTimeField("mời lúc", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("hết hạn lúc")
    # whoever accepts it takes the office from the chair there is, who keeps it until then
    hands_over = models.BooleanField("bàn giao chức danh Chủ tịch", default=False, editable=False)
    accepted_at = models.DateTimeField("nhận lời lúc", null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        "unions.User",
        verbose_name="người nhận lời",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="what_was_accepted_is_not_withdrawn",
                violation_error_message="Lời mời đã được nhận thì không thu hồi được.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.invited}"

    @property
    def invited(self) -> str:
        """Who is asked, by the name of the account once there is one."""
        return str(self.accepted_by) if self.accepted_by else self.full_name

    @property
    def state(self) -> InvitationState:
        """What became of it, as of now."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        waits = self.expires_at > timezone.now()
        return InvitationState.WAITING if waits else InvitationState.EXPIRED

    @property
    def waits(self) -> bool:
        """Whether it can still be accepted."""
        return self.state == InvitationState.WAITING
