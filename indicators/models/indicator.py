"""What is measured and how."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from indicators import kinds
from indicators.aggregation import Years
from unions.models import People


class Audience(models.TextChoices):
    """Who answers an indicator."""

    GRASSROOTS = "grassroots", "Công đoàn cơ sở"
    PROVINCE = "province", "Công đoàn cấp tỉnh"


class Horizon(models.TextChoices):
    """Over what time a target is to be reached."""

    ANNUAL = "annual", "Hằng năm"
    TERM = "term", "Đến hết nhiệm kỳ"
    BY_YEAR = "by_year", "Đến một năm đã định"
    UNSPECIFIED = "unspecified", "Không nêu thời hạn"


class Denominator(models.TextChoices):
    """Which unions stand in the denominator; printed under every table."""

    IN_PLACE = "in_place", "Mọi đơn vị đang hoạt động tại ngày chốt số liệu"
    REPORTED = "reported", "Các đơn vị đã báo cáo"
    GRADABLE = "gradable", "Các đơn vị đủ điều kiện xếp loại tại ngày chốt số liệu"
    OWN = "own", "Số của chính công đoàn cấp tỉnh"

    @classmethod
    def at_the_cut_off(cls) -> tuple["Denominator", ...]:
        """Those that count unions by where they stood at the cut-off, the silent ones too."""
        return cls.IN_PLACE, cls.GRADABLE


class CountedFrom(models.TextChoices):
    """Where the portal knows from how many people were reached: proposed, never put in unasked."""

    DISSEMINATION = "dissemination", "Số người được quán triệt"


class Indicator(models.Model):
    """Chỉ tiêu: its kind decides how it is asked, counted, read and written."""

    programme = models.ForeignKey(
        "actionplan.Programme",
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    code = models.CharField("ký hiệu", max_length=20)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên chỉ tiêu", max_length=500)
    text = models.TextField("nguyên văn trong chương trình", blank=True)
    question = models.TextField("câu hỏi cho đơn vị", blank=True)
    kind = models.CharField("cách tính", max_length=40, choices=kinds.choices)
    audience = models.CharField("đơn vị trả lời", max_length=20, choices=Audience)
    horizon = models.CharField("thời hạn", max_length=20, choices=Horizon, default=Horizon.ANNUAL)
    due_year = models.PositiveSmallIntegerField("đạt trước hết năm", null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=40)
    denominator = models.CharField("mẫu số", max_length=20, choices=Denominator)
    years = models.CharField(
        "cách gộp các năm",
        max_length=10,
        choices=[(years.value, years.label) for years in Years],
        default=Years.POOLED.value,
    )
    # “trong đó”: a row of its own beneath another, with its own target
    parent = models.ForeignKey(
        "self",
        verbose_name="là một phần của",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    # True where the answer to the parent is counted here too, and nothing is asked
    shares_answer = models.BooleanField("lấy câu trả lời của chỉ tiêu trên", default=False)
    condition = models.CharField("chỉ tính đơn vị, người", max_length=200, blank=True)
    # numbers that decide: {"asks": "Số lao động", "least": 25}; empty where none does
    basis = models.JSONField("điều kiện bằng số", default=dict, blank=True)
    threshold = models.JSONField("ngưỡng", default=dict, blank=True)
    # the kind's questions in this indicator's words, by the name of the question
    labels = models.JSONField("tên các ô", default=dict, blank=True)
    scale = models.CharField("thang xếp loại", max_length=10, blank=True)
    grade = models.CharField("tính từ mức xếp loại", max_length=20, blank=True)
    # a change against last year beyond this share asks for a reason
    jump = models.DecimalField(
        "biến động cần giải trình", max_digits=5, decimal_places=2, null=True, blank=True
    )
    # whose number, as the union was last counted, the denominator starts from
    headcount = models.CharField("mẫu số lấy từ số", max_length=20, choices=People, blank=True)
    # what the union has stated elsewhere, and may take as the numerator
    counted_from = models.CharField(
        "tử số lấy từ", max_length=20, choices=CountedFrom, blank=True, db_default=""
    )
    may_not_arise = models.BooleanField("được trả lời “không phát sinh”", default=False)
    # figures asked beside the answer and never compared with a target: [{"code", "label"}]
    extras = models.JSONField("số liệu kèm theo", default=list, blank=True)
    dropped = models.BooleanField("không còn trong chương trình", default=False)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_indicator_of_a_code"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="no_indicator_is_a_part_of_itself",
                violation_error_message="Chỉ tiêu không thể là một phần của chính nó.",
            ),
            models.CheckConstraint(
                condition=Q(shares_answer=False) | Q(parent__isnull=False),
                name="an_answer_is_shared_with_a_parent",
                violation_error_message="Chỉ chỉ tiêu con mới lấy câu trả lời của chỉ tiêu trên.",
            ),
            models.CheckConstraint(
                condition=Q(horizon="by_year", due_year__isnull=False)
                | ~Q(horizon="by_year") & Q(due_year__isnull=True),
                name="a_named_year_is_named",
                violation_error_message="Thời hạn “đến một năm” cần ghi năm, và chỉ nó cần.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @cached_property
    def rule(self) -> kinds.Kind:
        """The kind's arithmetic and questions, in this indicator's words."""
        return kinds.REGISTRY[self.kind](self.definition)

    @property
    def may_be_left(self) -> bool:
        """Whether a union may say that nothing arose, or that it does not meet the condition.

        Where a number decides on the condition, no union does.
        """
        return self.may_not_arise or bool(self.condition and not self.basis)

    @property
    def counts_closing(self) -> bool:
        """True where a union that ended before the cut-off adds what it brought until then.

        Amounts add up whoever brought them; a denominator of those in place at the cut-off has no
        room for one that was not.
        """
        return self.rule.additive or self.denominator not in Denominator.at_the_cut_off()

    @property
    def cumulative(self) -> bool:
        """True where a year shows everything since the first; the kind and the programme say."""
        later = self.horizon in (Horizon.TERM, Horizon.BY_YEAR)
        return self.rule.runs_on(self.years, later=later)

    @property
    def definition(self) -> kinds.Definition:
        """The words and limits that this indicator adds to its kind."""
        return kinds.Definition(
            unit=self.unit,
            labels=tuple(sorted(self.labels.items())),
            threshold=kinds.Least(**self.threshold) if self.threshold else None,
            condition=self.condition,
            basis=kinds.Least(**self.basis) if self.basis else None,
            scale_code=self.scale or kinds.PLAIN.scale_code,
            grade_code=self.grade,
        )
