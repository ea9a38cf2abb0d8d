"""What one union hands in for one period."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone

from indicators.models.indicator import Audience
from indicators.models.revenue import Collected, Revenue
from indicators.workflow import EDITABLE, SUBMIT, VERIFY, State
from unions.access import OF_THE_UNION, Actor, Permission
from unions.scoping import ScopedQuerySet

_BOTH_OR_NEITHER = "Người thực hiện và thời điểm phải đi cùng nhau."

EXCUSED, NOT_STARTED = "Miễn nộp", "Chưa bắt đầu"

_DESK_IS_NEXT = (
    SUBMIT.code,
    VERIFY.code,
    "ask_extension",
    "resubmit",
    "ask_correction",
    "contest_on_behalf",
)
# after it there is no such submission
_GONE = "period_cancelled"


def _together(moment: str, person: str) -> models.CheckConstraint:
    """A moment and the person who acted then stand in the row together, or neither does."""
    return models.CheckConstraint(
        condition=Q(**{f"{moment}__isnull": True, f"{person}__isnull": True})
        | Q(**{f"{moment}__isnull": False, f"{person}__isnull": False}),
        name=f"{moment}_and_by_together",
        violation_error_message=_BOTH_OR_NEITHER,
    )


class SubmissionQuerySet(ScopedQuerySet["Submission"]):
    """Submissions, by the placement at the cut-off; a union also sees its own old ones."""

    def visible_to(
        self, user: Actor, permission: Permission = Permission.VIEW, day: date | None = None
    ) -> Self:
        """Those, and what a union takes care of if the one that owed it ended by `day` (today)."""
        rows = super().visible_to(user, permission)
        heirs = [
            held.union_id
            for held in user.roles
            if held.role in OF_THE_UNION and held.grants(permission)
        ]
        if not heirs:
            return rows
        ended = Q(caretaker__in=heirs, union__ended_on__lte=day or timezone.localdate())
        return rows | self.filter(ended)

    def owed(self) -> Self:
        """Without those that were excused."""
        return self.filter(excuse="")


_Handed = models.Manager.from_queryset(SubmissionQuerySet)


class SubmissionManager(_Handed["Submission"]):
    """The submissions that unions work on: not what stands in for them (see stand_ins)."""

    def get_queryset(self) -> SubmissionQuerySet:
        """Without the stand-ins."""
        return cast(SubmissionQuerySet, super().get_queryset()).filter(stands_for=None)


class Submission(models.Model):
    """Phiếu số liệu: what one union hands in for one period."""

    union = models.ForeignKey(
        "unions.Union", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="submissions"
    )
    period = models.ForeignKey(
        "actionplan.Period",
        verbose_name="kỳ báo cáo",
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    placement = models.ForeignKey(
        "unions.Placement", verbose_name="vị trí tại ngày chốt số liệu", on_delete=models.PROTECT
    )
    audience = models.CharField("đối tượng", max_length=20, choices=Audience)
    # whether the union was old enough to be graded at the cut-off (HD 1294/HD-TLĐ)
    gradable = models.BooleanField("đủ điều kiện xếp loại", default=True)
    # of a part of the year: before the cut-off the union ended, or was to be asked no more
    closing = models.BooleanField("phiếu kết thúc hoạt động", default=False)
    # why it need not be handed in (miễn nộp); empty while it is owed
    excuse = models.TextField("lý do miễn nộp", blank=True)
    # the union that went on for the one that ended: its people may finish what that left open
    caretaker = models.ForeignKey(
        "unions.Union",
        verbose_name="đơn vị kế thừa được nhập",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.DRAFT)
    reason = models.TextField("lý do trả lại", blank=True)
    estimate = models.BooleanField(
        "là số ước thực hiện",
        default=False,
        help_text="Đánh dấu nếu đến ngày nộp chưa có số chính thức.",
    )
    # the day the union was given for itself (gia hạn); the period's own hold without it
    extended_until = models.DateField("được gia hạn đến", null=True, blank=True, editable=False)
    # when the final figures were asked for; what stood then are the estimates that they replace
    final_asked_at = models.DateTimeField(
        "yêu cầu số chính thức lúc", null=True, blank=True, editable=False
    )
    # until when; being late for it locks nothing
    final_due_on = models.DateField("hạn nộp số chính thức", null=True, blank=True, editable=False)
    # of a copy of what was approved: the submission that is being replaced (adr/0023)
    stands_for = models.OneToOneField(
        "self",
        verbose_name="phiếu chờ số chính thức",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="stand_in",
    )
    # which of the two, the submission or its stand-in, is the one that totals look at
    stands = models.BooleanField(
        "đứng trong kết quả", default=True, db_default=True, editable=False
    )
    # who of the province enters it for the union now (nhập thay); see OnBehalf
    acting = models.ForeignKey(
        "unions.User",
        verbose_name="người đang nhập thay",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # what was missing or unexplained when it came back in part, by the keys of its subjects: once
    # answered it stays open until it is handed in
    kept_open = models.JSONField("các mục còn mở", default=list, editable=False)
    # counts every save and step: a page opened before the last of them is not to overwrite it
    revision = models.PositiveIntegerField("lần thay đổi", default=0, editable=False)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "unions.User",
        verbose_name="người nộp",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verified_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    verified_by = models.ForeignKey(
        "unions.User",
        verbose_name="người thẩm định",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    approved_by = models.ForeignKey(
        "unions.User",
        verbose_name="người duyệt",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SubmissionManager()
    # stand-ins too
    every = SubmissionQuerySet.as_manager()
    reads_with: ClassVar[tuple[str, ...]] = ("placement", "period")

    class Meta:
        verbose_name = "phiếu số liệu"
        verbose_name_plural = "phiếu số liệu"
        ordering = ["-period__year", "placement__name"]
        indexes = [models.Index(fields=["period", "state"], name="submissions_of_a_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "period"],
                condition=Q(stands_for=None),
                name="one_submission_per_union_and_period",
                violation_error_message="Đơn vị đã có phiếu số liệu của kỳ này.",
            ),
            models.UniqueConstraint(
                fields=["union", "period"],
                condition=Q(stands=True),
                name="one_submission_of_a_union_stands_in_totals",
                violation_error_message="Chỉ một phiếu của đơn vị được tính vào kết quả của kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(excuse="") | Q(closing=True, state__in=sorted(EDITABLE)),
                name="only_an_open_closing_submission_is_excused",
                violation_error_message="Chỉ miễn nộp được phiếu kết thúc hoạt động chưa nộp.",
            ),
            _together("submitted_at", "submitted_by"),
            _together("verified_at", "verified_by"),
            _together("approved_at", "approved_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind[:1].lower()}{self.kind[1:]} {self.period} của {self.placement.name}"

    def get_absolute_url(self) -> str:
        """Where the union fills it in, and where everyone may read it."""
        return reverse("indicators:submission", args=[self.pk])

    def address_after(self, step: str) -> str:
        """Where the next step is taken: at the desk once it was handed in or verified."""
        if step in _DESK_IS_NEXT:
            return reverse("admin:indicators_submission_change", args=[self.pk])
        if step == _GONE:
            return reverse("indicators:submissions")
        return self.get_absolute_url()

    @property
    def path(self) -> str:
        """The place at which permissions are asked: the placement at the cut-off."""
        return self.placement.path

    @property
    def editable(self) -> bool:
        """True while the union may still change it, the period apart."""
        return self.state in EDITABLE and not self.excuse

    @property
    def due_on(self) -> date:
        """By when it is to be handed in: the union's own day, if it was given a later one."""
        day = self.period.due_on
        return max(day, self.extended_until or day)

    @property
    def due_now(self) -> date:
        """By when it is awaited now: that of the final figures, while they are."""
        awaits_final = self.state == State.RETURNED and self.final_due_on
        return awaits_final or self.due_on

    def told(self, doing: str, by: Model | None) -> str:
        """What the journal says that somebody did; marked where it was on behalf of the union."""
        marked = by is not None and by.pk == self.acting_id
        return f"Nhập thay: {doing.lower()} {self}" if marked else f"{doing} {self}"

    def accepts_entries(self, day: date) -> bool:
        """True while the period takes entries, or once it opened the union's own day lasts."""
        period, own = self.period, self.extended_until
        extended = own is not None and period.opens_on <= day <= own
        return extended or period.accepts_entries(day)

    @cached_property
    def collected(self) -> Collected:
        """What the months of its year come to by the cut-off, of the union and all beneath it.

        One statement, asked where the form asks for the fulfilment of a budget.
        """
        period = self.period
        return Revenue.objects.collected(self.path, period.year, period.cut_off_on)

    @property
    def kind(self) -> str:
        """What the paper is called: of the year, or of the part until the union ended."""
        return "Phiếu kết thúc hoạt động" if self.closing else "Phiếu số liệu"

    @property
    def is_begun(self) -> bool:
        """Whether anything is answered or told; pages read it along as `begun` (queries.begun)."""
        known: bool | None = vars(self).get("begun")
        return self.figures.exists() or self.narratives.exists() if known is None else known

    @property
    def standing(self) -> str:
        """Where it stands, as people say it."""
        new = NOT_STARTED if self.state == State.DRAFT and not self.is_begun else ""
        return EXCUSED if self.excuse else new or self.get_state_display()

    @property
    def meanwhile(self) -> str:
        """What counts in its place; empty where nothing stands in for it (adr/0023)."""
        if self.stands:
            return ""
        if self.final_asked_at:
            return "Số đã duyệt trước đó vẫn được tính"
        return "Đang đính chính: số đã duyệt vẫn được tính"

    @property
    def standing_code(self) -> str:
        """The code of its badge."""
        return "excused" if self.excuse else self.state
