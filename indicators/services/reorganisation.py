"""What follows for submissions when the organisation changes: said before it is done, then done."""

from collections.abc import Iterator, Sequence

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from indicators.models import Submission
from indicators.services import closing, following
from indicators.workflow import State
from unions.errors import RuleBroken
from unions.models import Level, OrgEvent, Placement, Union
from unions.quantities import Quantity
from unions.services import readmission
from unions.vietnamese import sort_key

# of more a sentence tells how many they are
_FEW = 5


def apply(event: OrgEvent) -> None:
    """Let open submissions follow an event, or its undoing; RuleBroken where something rests on it.

    Runs in the transaction of the event, once the tree stands as it will.
    """
    if event.undone_at is not None:
        following.follow(_touched(event), undone=event.recorded_at)
        _refuse_what_rests(event)
        for union in event.predecessors.filter(ended_on=None):
            readmission.readmit(union)
    elif event.kind == OrgEvent.Kind.FOUND:
        found(list(event.successors.values_list("pk", flat=True)))
    else:
        following.follow(_touched(event))


def found(unions: Sequence[int]) -> None:
    """As `apply` for unions founded together: open periods ask them."""
    following.begin(unions)


def faults() -> list[str]:
    """Submissions that stand where their union never stood, a sentence each. One statement."""
    strays = Submission.objects.exclude(placement__union=F("union"))
    rows = strays.select_related("union", "placement", "period").order_by("pk")
    return [f"{row.union.code}: {row} đứng ở vị trí của đơn vị khác." for row in rows]


def plan(event: OrgEvent) -> list[str]:
    """What `apply` has brought, in sentences: what follows, what stays, who may finish what."""
    rows = Submission.objects.filter(union__in=_touched(event))
    rows = rows.filter(period__cut_off_on__gte=event.effective_on)
    if event.undone_at is not None:
        return [*_returning(rows), *_staying(rows), *_left_out(event)]
    ended = _ended_by(event)
    apart = _counted_apart(event, ended)
    told = [*_closing(ended), *_asked_no_more(event), *_beginning(event), *_moving(event)]
    told += [*_cared_for(ended), *_standing_apart(apart)]
    return [*told, *_staying(rows.exclude(pk__in=apart.values("pk")))]


def _touched(event: OrgEvent) -> list[int]:
    """The unions of an event, and all that stand beneath those it changes."""
    named = Q(events_as_predecessor=event) | Q(events_as_successor=event)
    keys = set(Union.objects.filter(named).values_list("pk", flat=True))
    moved = Q(opened_by=event) | Q(closed_by=event)
    keys |= set(Placement.objects.filter(moved).values_list("union", flat=True))
    changed = event.predecessors.values("pk")
    lasting = Placement.objects.ending_after(event.effective_on)
    paths = lasting.filter(union__in=changed).values_list("path", flat=True)
    for path in dict.fromkeys(paths):
        keys |= set(lasting.filter(path__startswith=path).values_list("union", flat=True))
    return sorted(keys)


def _ended_by(event: OrgEvent) -> list[Union]:
    rows = event.predecessors.filter(ended_on=event.effective_on).select_related("current")
    return list(rows.order_by("pk"))


def _refuse_what_rests(event: OrgEvent) -> None:
    """What was approved or closed by the new standing cannot lose it, nor what was begun there."""
    rows = Submission.objects.select_related("placement", "period")
    rests = rows.filter(placement__opened_by=event).first()
    if rests is not None:
        raise RuleBroken(
            f"Đã có {rests} ({rests.get_state_display().lower()}) theo vị trí mới nên không huỷ"
            " được sự kiện này. Phiếu đã duyệt thì hãy trả lại phiếu trước; kỳ đã khoá thì hãy mở"
            " lại kỳ trước."
        )
    last = rows.filter(
        union__in=event.predecessors.filter(ended_on=None),
        closing=True,
        state=State.APPROVED,
        placement__valid_to=None,
        period__cut_off_on__gte=event.effective_on,
    ).first()
    if last is not None:
        raise RuleBroken(
            f"Đã duyệt {last} nên không huỷ được việc kết thúc hoạt động. Hãy trả lại phiếu trước."
        )


def _closing(ended: Sequence[Union]) -> Iterator[str]:
    """What unions that end owe for the part of the year until then."""
    rows = Submission.objects.filter(union__in=ended, closing=True).exclude(state=State.APPROVED)
    if rows:
        yield (
            f"{_so_many(rows)} thành phiếu kết thúc hoạt động, chỉ báo cáo phần năm đến ngày kết"
            " thúc; có thể cho miễn nộp ở trang của phiếu."
        )
    waiting = [(union, year) for union in ended for _, year in closing.still_to_ask(union)]
    for year in sorted({year for _, year in waiting}):
        names = [str(union) for union, of in waiting if of == year]
        yield (
            f"Khi mở kỳ báo cáo năm {year}, {_named(names)} nhận phiếu kết thúc hoạt động cho phần"
            " năm đã qua."
        )


def _counted_apart(event: OrgEvent, ended: Sequence[Union]) -> QuerySet[Submission]:
    """What was approved before these unions ended, in periods that still take it in."""
    rows = Submission.objects.filter(union__in=ended, closing=True, state=State.APPROVED)
    return rows.filter(period__in=following.open_periods(), approved_at__lt=event.recorded_at)


def _standing_apart(rows: QuerySet[Submission]) -> Iterator[str]:
    if rows:
        yield (
            f"{_so_many(rows, 'đã duyệt')} được tính là phiếu kết thúc hoạt động: số liệu giữ"
            " nguyên; đơn vị không còn trong tử số và mẫu số của chỉ tiêu chỉ tính đơn vị đang hoạt"
            " động tại ngày chốt số liệu."
        )


def _cared_for(ended: Sequence[Union]) -> Iterator[str]:
    rows = Submission.objects.filter(union__in=ended, caretaker__isnull=False)
    rows = rows.exclude(state=State.APPROVED).select_related("caretaker__current")
    heirs: dict[str, list[Submission]] = {}
    for row in rows.select_related("caretaker__current", "placement", "period"):
        heirs.setdefault(str(row.caretaker), []).append(row)
    for heir, left in heirs.items():
        yield (
            f"Người nhập số liệu của {heir} được hoàn thành {_named([str(row) for row in left])};"
            " người của đơn vị cũ giữ quyền đến khi phiếu được duyệt."
        )


def _asked_no_more(event: OrgEvent) -> Iterator[str]:
    """Unions that go on and hand in nothing of their own: they rest, or are no grassroots union."""
    asked = Q(level=Level.GRASSROOTS, suspended=False)
    now = Placement.objects.filter(~asked, opened_by=event)
    left = Placement.objects.filter(asked, closed_by=event, union__in=now.values("union"))
    if names := sorted(left.values_list("name", flat=True), key=sort_key):
        yield (
            f"{_named(names)} thôi nộp phiếu số liệu riêng cho kỳ có ngày chốt số liệu từ"
            f" {event.effective_on:%d/%m/%Y}: phiếu chưa nhập gì được bỏ, phiếu đã nhập mà chưa"
            " duyệt thành phiếu kết thúc hoạt động."
        )


def _beginning(event: OrgEvent) -> Iterator[str]:
    """Submissions that open periods have for unions which the event brought about."""
    if rows := _opened_by(event).filter(placement__valid_from=F("union__founded_on")):
        yield f"{_so_many(rows, 'mới')} được lập."


def _opened_by(event: OrgEvent) -> QuerySet[Submission]:
    return Submission.objects.filter(placement__opened_by=event).exclude(state=State.APPROVED)


def _moving(event: OrgEvent) -> Iterator[str]:
    if rows := _opened_by(event).exclude(placement__valid_from=F("union__founded_on")):
        yield f"{_so_many(rows)} theo vị trí từ ngày {event.effective_on:%d/%m/%Y}."


def _returning(rows: QuerySet[Submission]) -> Iterator[str]:
    back = rows.filter(period__in=following.open_periods()).exclude(state=State.APPROVED)
    if back:
        yield f"{_so_many(back)} theo vị trí như khi chưa có sự kiện."


def _left_out(event: OrgEvent) -> Iterator[str]:
    """Whose role at a union that goes on after all stays ended."""
    for union in event.predecessors.filter(ended_on=None).select_related("current"):
        for role in readmission.left_out(union):
            yield (
                f"{role.user} không được phân công lại “{role.get_role_display()}” ở {union}: tài"
                " khoản đang khoá hoặc đã được ẩn danh."
            )


def _staying(rows: QuerySet[Submission]) -> Iterator[str]:
    """Approved figures and closed periods stand, though the event takes effect before their day."""
    closed = Q(period__closed_at__isnull=False) | Q(period__closes_on__lt=timezone.localdate())
    standing = rows.filter(closed | Q(state=State.APPROVED))
    if standing:
        yield (
            f"{_so_many(standing, 'đã duyệt hoặc thuộc kỳ đã khoá')} giữ nguyên: số liệu và vị trí"
            " không đổi theo sự kiện này."
        )


def _so_many(rows: QuerySet[Submission], what: str = "chưa duyệt") -> str:
    """How many submissions, and of which periods."""
    found = list(rows.select_related("period", "placement").order_by("period", "placement__name"))
    if len(found) == 1:
        row = found[0]
        return f"Phiếu số liệu {row.period} của {row.placement.name} ({what})"
    periods = ", ".join(dict.fromkeys(str(row.period) for row in found))
    return f"{Quantity(len(found))} phiếu số liệu {what} ({periods})"


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_FEW])
    rest = len(names) - _FEW
    return f"{shown} và {rest} đơn vị khác" if rest > 0 else shown
