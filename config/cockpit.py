"""The desk's first page: how the periods at work stand, and what waits for whom."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplan.models import DirectiveCopy, Period, Plan, PlanChange, Programme
from actionplan.queries.directives import Where, tallies
from actionplan.workflow import PlanState
from indicators.models import Submission
from indicators.queries import stages
from indicators.queries.stages import Among, Stage, Standing
from indicators.workflow import State
from unions.access import Permission, can_anywhere
from unions.models import NO_CLUSTER, UnionType, User
from unions.vietnamese import sort_key

# the filters of the list of submissions, by which each number is a list
_PERIOD, _STAGE = "period__id__exact", "tinh-hinh"
_CLUSTER, _TYPE = "placement__cluster", "placement__type__exact"
_AMONG = (
    (Among.NOTHING, "Không phát sinh"),
    (Among.ENDED, "Đã kết thúc"),
)
# days before the due day from which what is missing is work for now
_SOON = 7


@dataclass(frozen=True, slots=True)
class Tally:
    """A number, what it counts, and the list that shows exactly those."""

    label: str
    word: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one cluster or type, or of all of them."""

    label: str
    tallies: list[Tally]


@dataclass(frozen=True, slots=True)
class Table:
    """How the submissions of a period stand, by cluster or by type."""

    title: str
    head: str
    rows: list[Row]
    total: Row


@dataclass(frozen=True, slots=True)
class Board:
    """One open period: its days, its submissions by stage, and what is to be done now."""

    period: Period
    tallies: list[Tally]
    tables: list[Table]
    todo: list[Tally]

    @property
    def left(self) -> int:
        """Days until submissions are due; negative once that day has passed."""
        return (self.period.due_on - timezone.localdate()).days

    @property
    def over(self) -> bool:
        """True where nobody hands in any more, though the desk has not finished."""
        return self.period.is_over(timezone.localdate())

    @property
    def overdue(self) -> int:
        """Days since submissions were due."""
        return -self.left

    @property
    def expected(self) -> int:
        """How many are owed: all but those that were excused."""
        return sum(one.count for one in self.tallies if one.word != Stage.EXCUSED)

    @property
    def arrived(self) -> int:
        """How many of those were handed in, and were not sent back."""
        there = {Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED}
        return sum(one.count for one in self.tallies if one.word in there)


def of(user: User) -> dict[str, Any]:
    """What the page shows: eight statements whatever the size."""
    at_work = list(_at_work(user))
    rows = Submission.objects.visible_to(user, Permission.USE_DESK)
    told = stages.standings(rows, at_work, timezone.localdate())
    return {
        "standings": [
            _board(_Alike(period, [one for one in told if one.period == period.pk]), user)
            for period in at_work
        ],
        "asked": _asked(rows, user),
        "plans": _plans(user),
        "directed": _directed(user),
        "has_programme": Programme.objects.visible_to(user, Permission.USE_DESK).exists(),
        "manages": can_anywhere(user, Permission.MANAGE_PERIODS),
    }


def _at_work(user: User) -> QuerySet[Period]:
    """What was opened and not closed by hand, and what was closed while forms wait for the desk."""
    opened = Q(closed_at__isnull=True, opens_on__lte=timezone.localdate())
    waiting = Submission.objects.filter(
        period=OuterRef("pk"), state__in=[State.SUBMITTED, State.VERIFIED]
    )
    found = Period.objects.visible_to(user, Permission.USE_DESK).filter(opened | Exists(waiting))
    return found.select_related("programme")


def _asked(rows: QuerySet[Submission], user: User) -> list[Tally]:
    """What unions ask of the province, of closed periods too; nothing of which there is none."""
    if not can_anywhere(user, Permission.VERIFY_FIGURES):
        return []
    labels = {
        Among.ASKS_TIME: "đề nghị gia hạn chờ trả lời",
        Among.ASKS_CORRECTION: "phiếu có đề nghị đính chính chờ xử lý",
        Among.CONTESTED: "phiếu nhập thay đơn vị không đồng ý",
    }
    found = [
        Tally(label, word.value, stages.of_stage(rows, word, timezone.localdate()).count(), url)
        for word, label in labels.items()
        for url in [_list({_STAGE: word.value})]
    ]
    return [one for one in found if one.count]


def _plans(user: User) -> list[Tally]:
    """Yearly plans that wait for the desk, and those changed since it accepted them."""
    if not can_anywhere(user, Permission.JUDGE_PLANS):
        return []
    unseen = PlanChange.objects.filter(plan=OuterRef("pk"), seen_at=None)
    rows = Plan.objects.visible_to(user, Permission.JUDGE_PLANS).annotate(changed=Exists(unseen))
    counted = rows.aggregate(
        handed_in=Count("pk", filter=Q(state=PlanState.SUBMITTED)),
        with_changes=Count("pk", filter=Q(changed=True)),
    )
    url = reverse("admin:actionplan_plan_changelist")
    found = [
        Tally("kế hoạch chờ chấp nhận", "", counted["handed_in"], f"{url}?state__exact=submitted"),
        Tally(
            "kế hoạch có điều chỉnh chưa xem",
            "",
            counted["with_changes"],
            f"{url}?can-xem=dieu-chinh",
        ),
    ]
    return [one for one in found if one.count]


def _directed(user: User) -> list[Tally]:
    """Results of directives that wait for the desk, and unions that are late with one."""
    if not can_anywhere(user, Permission.DIRECT):
        return []
    rows = DirectiveCopy.objects.visible_to(user, Permission.DIRECT)
    counted = tallies(rows, timezone.localdate())
    url = reverse("admin:actionplan_directivecopy_changelist")
    labels = {
        Where.REPORTED: "kết quả chỉ đạo chờ chấp nhận",
        Where.LATE: "đơn vị quá hạn báo kết quả chỉ đạo",
    }
    return [
        Tally(label, "", counted[where], f"{url}?tinh-hinh={where.value}")
        for where, label in labels.items()
        if counted[where]
    ]


def _list(asked: dict[str, str]) -> str:
    return f"{reverse('admin:indicators_submission_changelist')}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class _Alike:
    """Submissions of a period, or those of one cluster or type, and by what they are listed."""

    period: Period
    told: list[Standing]
    where: dict[str, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return (self.period.due_on - timezone.localdate()).days

    def narrowed(self, column: str, key: str, name: str) -> "_Alike":
        told = [one for one in self.told if getattr(one, column) == key]
        return _Alike(self.period, told, {name: key})

    def tally(self, word: Stage | Among, label: str = "") -> Tally:
        count = stages.counted(self.told, word)
        return Tally(label or str(word.label), word.value, count, self._listed(word.value))

    def row(self, label: str) -> Row:
        """All stages, their sum, and what else is counted among them."""
        total = Tally("Tổng số", "", sum(one.count for one in self.told), self._listed(""))
        among = [self.tally(word, label) for word, label in _AMONG]
        return Row(label, [*(self.tally(stage) for stage in Stage), total, *among])

    def _listed(self, word: str) -> str:
        """The list of submissions that shows exactly these."""
        asked = {_PERIOD: str(self.period.pk)} | self.where | ({_STAGE: word} if word else {})
        return _list(asked)


def _board(alike: _Alike, user: User) -> Board:
    total = alike.row("Tổng số")
    tables = [
        Table("Theo cụm thi đua", "Cụm", _by_cluster(alike), total),
        Table("Theo loại hình đơn vị", "Loại hình", _by_type(alike), total),
    ]
    return Board(alike.period, total.tallies[: len(Stage)], tables, _todo(alike, user))


def _by_cluster(alike: _Alike) -> list[Row]:
    """In the order of the alphabet; what belongs to no cluster stands last."""
    names = {one.cluster for one in alike.told}
    return [
        alike.narrowed("cluster", name, _CLUSTER).row(name or NO_CLUSTER)
        for name in sorted(names, key=lambda name: (not name, sort_key(name)))
    ]


def _by_type(alike: _Alike) -> list[Row]:
    there = {one.type for one in alike.told}
    return [
        alike.narrowed("type", kind.value, _TYPE).row(str(kind.label))
        for kind in UnionType
        if kind in there
    ]


def _todo(alike: _Alike, user: User) -> list[Tally]:
    """What waits for this person, the most pressing first; nothing of which there is none."""
    left, over = alike.left, alike.period.is_over(timezone.localdate())
    shut = alike.period.closed_at is not None
    late = "phiếu chưa nộp mà kỳ đã hết hạn" if over else f"phiếu quá hạn {-left} ngày"
    verifies = can_anywhere(user, Permission.VERIFY_FIGURES)
    approves = can_anywhere(user, Permission.APPROVE_FIGURES)
    asked: list[tuple[bool, Stage | Among, str]] = [
        (verifies, Stage.SUBMITTED, "phiếu chờ thẩm định"),
        (approves, Stage.VERIFIED, "phiếu chờ duyệt"),
        (
            verifies and left < 0 and not shut,
            Among.OVERDUE,
            f"{late}, cần {'gia hạn hoặc khoá kỳ' if over else 'nhắc đơn vị'}",
        ),
        (
            verifies and not over and 0 <= left <= _SOON,
            Among.MISSING,
            f"phiếu chưa nộp, còn {left} ngày",
        ),
        (verifies, Stage.RETURNED, "phiếu đã trả lại, chờ đơn vị sửa"),
    ]
    waiting = [alike.tally(word, label) for mine, word, label in asked if mine]
    return [tally for tally in waiting if tally.count]
