"""A directive as it was given to one union, and what that union answers."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from actionplan.models.directive import Directive
from actionplan.workflow import OWED, REPORT, CopyState, DirectiveState
from unions.access import OF_THE_UNION, Actor, Permission
from unions.models import Evidence, Placement, Union, User
from unions.scoping import ScopedQuerySet

_ENDED = "ended", "Đơn vị đã kết thúc"


def late_and(state: CopyState) -> str:
    """What is said of a copy whose day has passed, besides how far it has come."""
    return f"Quá hạn – {state.label.lower()}"


class CopyQuerySet(ScopedQuerySet["DirectiveCopy"]):
    """Copies, by where their union stood when the directive was sent."""

    def visible_to(self, user: Actor, permission: Permission = Permission.VIEW) -> Self:
        """Those, and for a union's own people what is left of unions that it went on for."""
        rows = super().visible_to(user, permission)
        own = [
            held.union_id
            for held in user.roles
            if held.role in OF_THE_UNION and held.grants(permission)
        ]
        if not own:
            return rows
        left = Q(caretaker__in=own, union__ended_on__lte=timezone.localdate())
        return rows | self.filter(left)

    def dated(self) -> Self:
        """With the day that holds for each union, as `due_now`."""
        return self.annotate(due_now=Coalesce("extended_until", F("directive__due_on")))

    def standing(self, day: date) -> Self:
        """Those by which somebody is still bound on a day; a result waits for the province."""
        over = Q(union__ended_on__lte=day, caretaker=None, state__in=OWED)
        return self.filter(directive__state=DirectiveState.SENT).exclude(over)

    def owed(self, day: date) -> Self:
        """Those that still wait for a union to do something."""
        return self.standing(day).filter(state__in=OWED)

    def late(self, day: date) -> Self:
        """Those whose day has passed without a result."""
        return self.dated().owed(day).filter(due_now__lt=day)

    def ended(self, day: date) -> Self:
        """Those of unions that ended with nobody to go on for them, before they told a result."""
        rows = self.filter(directive__state=DirectiveState.SENT, union__ended_on__lte=day)
        return rows.filter(caretaker=None, state__in=OWED)


class DirectiveCopy(models.Model):
    """Chỉ đạo giao cho một đơn vị: one union's own part of a directive."""

    directive = models.ForeignKey(
        Directive, verbose_name="chỉ đạo", on_delete=models.PROTECT, related_name="copies"
    )
    union = models.ForeignKey(
        Union, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="directive_copies"
    )
    # on the day it was sent
    placement = models.ForeignKey(
        Placement, verbose_name="vị trí trong hệ thống", on_delete=models.PROTECT
    )
    # the union that went on for the one that ended: its people answer what that left open
    caretaker = models.ForeignKey(
        Union,
        verbose_name="đơn vị kế thừa trả lời",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        "tình trạng", max_length=20, choices=CopyState, default=CopyState.GIVEN
    )
    reason = models.TextField("yêu cầu bổ sung", blank=True)
    extended_until = models.DateField("gia hạn đến ngày", null=True, blank=True)
    extended_because = models.CharField("lý do gia hạn", max_length=1000, blank=True)
    acknowledged_at = models.DateTimeField("nhận lúc", null=True, blank=True, editable=False)
    acknowledged_by = models.ForeignKey(
        User,
        verbose_name="người nhận",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reported_at = models.DateTimeField("báo kết quả lúc", null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField("xong lúc", null=True, blank=True, editable=False)
    # the due days of which the union was reminded: before, and once it had passed
    reminded_before = models.DateField(null=True, editable=False)
    reminded_after = models.DateField(null=True, editable=False)

    objects = CopyQuerySet.as_manager()
    reads_with: ClassVar[tuple[str, ...]] = (
        *("directive__union__current", "placement", "union", "caretaker__current"),
    )

    class Meta:
        verbose_name = "chỉ đạo giao cho đơn vị"
        verbose_name_plural = "chỉ đạo giao cho đơn vị"
        ordering = ["-directive", "placement__name"]
        indexes = [models.Index(fields=["directive", "state"], name="copies_of_a_directive")]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "union"], name="one_copy_of_a_directive_and_union"
            ),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | ~Q(extended_because=""),
                name="more_time_for_a_directive_has_a_reason",
                violation_error_message="Gia hạn cần có lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive} giao cho {self.placement.name}"

    def get_absolute_url(self) -> str:
        """Where the union reads and answers it."""
        return reverse("actionplan:directive", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: at the desk once a result was given."""
        if step == REPORT.code:
            return reverse("admin:actionplan_directivecopy_change", args=[self.pk])
        return self.get_absolute_url()

    @property
    def path(self) -> str:
        """The place at which permissions are asked."""
        return self.placement.path

    @property
    def due(self) -> date:
        """The day that holds for this union."""
        return self.extended_until or self.directive.due_on

    @property
    def lapsed(self) -> bool:
        """True where the union has ended and nobody goes on for it."""
        return self.union.has_ended and self.caretaker_id is None

    @property
    def open(self) -> bool:
        """True while the union still has to do something."""
        return self.state in OWED and self.directive.stands and not self.lapsed

    def is_late(self, day: date) -> bool:
        """True if its day has passed without a result."""
        return self.open and self.due < day

    def where(self, day: date) -> tuple[str, str]:
        """The code and the words of where it stands on a day."""
        if not self.directive.stands:
            return self.directive.state, self.directive.get_state_display()
        if self.lapsed and self.state in OWED:
            return _ENDED
        if self.is_late(day):
            return "late", late_and(CopyState(self.state))
        return self.state, self.get_state_display()


class DirectiveResult(models.Model):
    """Kết quả thực hiện chỉ đạo: a draft until it is given, never changed afterwards."""

    copy = models.ForeignKey(
        DirectiveCopy, verbose_name="chỉ đạo", on_delete=models.PROTECT, related_name="results"
    )
    text = models.TextField("kết quả", blank=True)
    evidence = models.ManyToManyField(Evidence, verbose_name="minh chứng", blank=True)
    by = models.ForeignKey(
        User, verbose_name="người ghi", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    given_at = models.DateTimeField("báo lúc", null=True, blank=True, editable=False)
    given_by = models.ForeignKey(
        User,
        verbose_name="người báo",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # what the province said to it: what is missing; empty where it was accepted, or waits
    answer = models.TextField("yêu cầu bổ sung", blank=True)

    class Meta:
        verbose_name = "kết quả thực hiện chỉ đạo"
        verbose_name_plural = "kết quả thực hiện chỉ đạo"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(given_at__isnull=True),
                name="one_draft_of_a_directives_result",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
