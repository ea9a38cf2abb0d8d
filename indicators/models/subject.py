"""What a row of a submission is about: one indicator, one task group or one breakthrough."""

from django.db import models
from django.db.models import Q

from actionplan.models import Breakthrough, TaskGroup
from indicators.models.indicator import Indicator

AnySubject = Indicator | TaskGroup | Breakthrough

SUBJECTS = ("indicator", "task_group", "breakthrough")
_ONE = "Mỗi dòng thuộc một chỉ tiêu, một nhóm nhiệm vụ hoặc một khâu đột phá."


def _exactly_one() -> Q:
    """One of the three keys is set, and only one."""
    return Q.create(
        [Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS}) for chosen in SUBJECTS],
        connector=Q.OR,
    )


class AboutOneSubject(models.Model):
    """A row that points at exactly one thing that a submission asks."""

    indicator = models.ForeignKey(
        Indicator,
        verbose_name="chỉ tiêu",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    task_group = models.ForeignKey(
        "actionplan.TaskGroup",
        verbose_name="nhóm nhiệm vụ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    breakthrough = models.ForeignKey(
        "actionplan.Breakthrough",
        verbose_name="khâu đột phá",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(),
                name="%(class)s_is_about_one_subject",
                violation_error_message=_ONE,
            )
        ]

    @property
    def subject(self) -> AnySubject:
        """What it is about."""
        found = self.indicator or self.task_group or self.breakthrough
        assert found is not None  # the constraint says so
        return found

    @property
    def key(self) -> str:
        """What its subject is called among those of a page; see `key_of`."""
        for name in SUBJECTS:
            if found := getattr(self, f"{name}_id"):
                return f"{name}-{found}"
        return ""

    @property
    def named(self) -> str:
        """Its subject as a page names it."""
        return named(self.subject)


def key_of(subject: AnySubject) -> str:
    """A short key, the same for the same subject, fit for the names of fields."""
    return f"{field_of(subject)}-{subject.pk}"


def field_of(subject: AnySubject) -> str:
    """The column in which a row points at this subject."""
    if isinstance(subject, Indicator):
        return "indicator"
    return "task_group" if isinstance(subject, TaskGroup) else "breakthrough"


def named(subject: AnySubject) -> str:
    """A subject as a page names it: “Chỉ tiêu 2.1.1”, “Khâu đột phá 1”."""
    if isinstance(subject, Indicator):
        return f"Chỉ tiêu {subject.code}"
    kind = "Nhóm nhiệm vụ" if isinstance(subject, TaskGroup) else "Khâu đột phá"
    return f"{kind} {subject.number}"
