"""How far submissions have come, as the desk counts and lists them: one word for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    When,
)
from django.db.models import Value as Constant

from actionplan.models import Period
from indicators.models import (
    Answer,
    CorrectionRequest,
    ExtensionRequest,
    Figure,
    Submission,
)
from indicators.models.on_behalf import handed_in_on_behalf
from indicators.queries.begun import something
from indicators.workflow import State

_OF_IT = {"submission": OuterRef("pk")}
_HANDED_IN = Q(state__in=[State.SUBMITTED, State.VERIFIED, State.APPROVED])
_JUDGED = Q(state__in=[State.SUBMITTED, State.VERIFIED])
_OPEN = Q(state__in=[State.DRAFT, State.RETURNED], excuse="")


class Stage(TextChoices):
    """Where a submission stands: each in one stage, so that the stages add up to all."""

    NOT_STARTED = "chua-bat-dau", "Chưa bắt đầu"
    DRAFT = "dang-nhap", "Đang nhập"
    RETURNED = "tra-lai", "Trả lại"
    SUBMITTED = "da-nop", "Đã nộp"
    VERIFIED = "da-tham-dinh", "Đã thẩm định"
    APPROVED = "da-duyet", "Đã duyệt"
    EXCUSED = "mien-nop", "Miễn nộp"


class Among(TextChoices):
    """What else is counted among them, whatever their stage."""

    MISSING = "chua-nop", "Còn phải nộp"
    OVERDUE = "qua-han", "Quá hạn chưa nộp"
    NOTHING = "khong-phat-sinh", "Không phát sinh"
    ENDED = "ket-thuc", "Đơn vị đã kết thúc"
    ASKS_TIME = "xin-gia-han", "Đề nghị gia hạn"
    ASKS_CORRECTION = "xin-dinh-chinh", "Đề nghị đính chính"
    CONTESTED = "khong-dong-y", "Đơn vị không đồng ý"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many submissions are alike: of a period, cluster, type, in a stage."""

    period: int
    cluster: str
    type: str
    stage: str
    overdue: bool
    nothing: bool
    closing: bool
    count: int

    def counts_as(self, word: str) -> bool:
        """Whether these are counted under a stage or under what is counted among them."""
        return {
            self.stage: True,
            Among.MISSING: self.stage in {Stage.NOT_STARTED, Stage.DRAFT, Stage.RETURNED},
            Among.OVERDUE: self.overdue,
            Among.NOTHING: self.nothing,
            Among.ENDED: self.closing,
        }.get(word, False)


def of_stage(rows: QuerySet[Submission], word: str, today: date) -> QuerySet[Submission]:
    """The submissions that are counted under a stage or under what is counted among them.

    All of them for a word that says neither.
    """
    if word in Stage.values:
        return rows.annotate(stage=_stage()).filter(stage=word)
    conditions = {
        Among.MISSING: _OPEN,
        Among.OVERDUE: _overdue(today),
        Among.NOTHING: _nothing(),
        Among.ENDED: Q(closing=True),
        Among.ASKS_TIME: Q(Exists(ExtensionRequest.objects.filter(**_OF_IT, settled_at=None))),
        Among.ASKS_CORRECTION: Q(Exists(CorrectionRequest.objects.waiting().filter(**_OF_IT))),
        Among.CONTESTED: _JUDGED & Q(handed_in_on_behalf(contested=True)),
    }
    return rows.filter(conditions[Among(word)]) if word in Among.values else rows


def standings(rows: QuerySet[Submission], periods: Iterable[Period], today: date) -> list[Standing]:
    """How many of `rows` stand alike in these periods. One statement."""
    told = (
        rows.filter(period__in=[one.pk for one in periods])
        .annotate(stage=_stage(), overdue=_is(_overdue(today)), nothing=_is(_nothing()))
        .values_list(
            *("period", "placement__cluster", "placement__type", "stage", "overdue", "nothing"),
            "closing",
        )
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [Standing(*row) for row in told]


def counted(alike: Iterable[Standing], word: str) -> int:
    """How many of these are counted under a word."""
    return sum(one.count for one in alike if one.counts_as(word))


def _is(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _overdue(today: date) -> Q:
    """Still to be handed in after the due day, and after a later one that the union was given."""
    extended = Q(extended_until__isnull=False, extended_until__gte=today)
    to_be_final = Q(state=State.RETURNED, final_due_on__isnull=False, final_due_on__gte=today)
    return _OPEN & Q(period__due_on__lt=today) & ~extended & ~to_be_final


def _stage() -> Case:
    """Excused goes before the state; a draft without any answer or word was not begun."""
    return Case(
        When(~Q(excuse=""), then=Constant(Stage.EXCUSED)),
        When(Q(state=State.DRAFT) & ~something(), then=Constant(Stage.NOT_STARTED)),
        *(
            When(state=state, then=Constant(stage))
            for state, stage in [
                (State.DRAFT, Stage.DRAFT),
                (State.RETURNED, Stage.RETURNED),
                (State.SUBMITTED, Stage.SUBMITTED),
                (State.VERIFIED, Stage.VERIFIED),
                (State.APPROVED, Stage.APPROVED),
            ]
        ),
        output_field=CharField(),
    )


def _nothing() -> Q:
    """Handed in, and every answer of it says that nothing arose (không phát sinh).

    What is handed in answers all that is asked.
    """
    figures = Figure.objects.filter(**_OF_IT)
    return (
        _HANDED_IN
        & Q(Exists(figures.filter(answer=Answer.NOT_ARISING)))
        & Q(~Exists(figures.exclude(answer=Answer.NOT_ARISING)))
    )
