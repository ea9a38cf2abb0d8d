"""Taking back the newest event, as long as nothing rests on it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone

from unions.access import Permission, can
from unions.errors import RuleBroken
from unions.models import HandOver, OrgEvent, Placement, Union, User
from unions.scoping import keys_of
from unions.services import consequences, events, journal, lineage, replacing, stories
from unions.services.managing import manages_there
from unions.services.turns import one_at_a_time


@one_at_a_time
def undo(event: OrgEvent, *, by: User | None) -> OrgEvent:
    """Let an event not have been (huỷ sự kiện): its placements go, those it closed are open again.

    RuleBroken if a later event, anything handed over, or anything of an app above rests on it. The
    event itself stays, marked; the journal keeps both lines. RuleBroken too where what it opened
    and closed cannot be found: then it would only be said to be undone.
    """
    event = OrgEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    unions = list(_unions(event))
    if not may_undo(event, by=by):
        raise PermissionDenied("Bạn không có quyền thực hiện việc này.")
    _refuse_dependents(event, unions)
    _must_be_traceable(event)
    people = list(consequences.people(event, by=by))
    event.undone_at, event.undone_by, event.story = timezone.now(), by, stories.kept(event)
    event.save(update_fields=["undone_at", "undone_by", "story"])
    event.successions.all().delete()
    event.hand_overs.all().delete()
    journal.record(
        f"Huỷ sự kiện: {event}", by=by, about=event, union_id=journal.home(unions[0], event)
    )
    founded, opened = list(_founded_by(event)), list(Placement.objects.filter(opened_by=event))
    _refuse_strays(event, _stand_as_before(event, opened))
    lineage.redraw()
    events.follow(event)
    _take_away(event, founded, opened)
    events.tell_of_undoing(event, event.headline, people)
    return event


def may_undo(event: OrgEvent, *, by: User | None) -> bool:
    """Whether `by` manages all that an event touched, by where it stands today.

    Nobody's role reaches over two provinces. So of one that ends by the event it is enough to
    manage the union that goes on, and of what comes from one into another to manage where it comes.
    Three statements.
    """
    if by is None:
        return True
    comes = {row.union_id: row for row in Placement.objects.filter(opened_by=event)}
    goes_on = event.successors.exists()
    return all(
        can(by, Permission.MANAGE_UNIONS, union)
        or _comes_to(by, union, comes.get(union.pk))
        or (goes_on and _ends_whole(union, event))
        for union in _unions(event)
    )


def _comes_to(by: User, union: Union, place: Placement | None) -> bool:
    """Whether it comes from another province beneath a union that `by` manages."""
    across = place is not None and keys_of(place.path)[:1] != keys_of(union.path)[:1]
    return place is not None and across and manages_there(by, place)


def _ends_whole(union: Union, event: OrgEvent) -> bool:
    """Whether it is a province that ends by the event."""
    return union.ended_on == event.effective_on and keys_of(union.path) == [union.pk]


def _unions(event: OrgEvent) -> QuerySet[Union]:
    touched = Q(events_as_predecessor=event) | Q(events_as_successor=event)
    return Union.objects.filter(touched).select_related("current").distinct().order_by("pk")


def _refuse_dependents(event: OrgEvent, unions: list[Union]) -> None:
    if event.undone_at is not None:
        raise RuleBroken(f"Sự kiện “{event}” đã được huỷ rồi.")
    touched = Q(predecessors__in=unions) | Q(successors__in=unions)
    later = OrgEvent.objects.filter(touched | _beneath(event), undone_at=None, pk__gt=event.pk)
    together = [one for row, one in replacing.of_the_day(event) if row.opened_by_id == event.pk]
    if last := next(iter([*later, *together]), None):
        _refuse_before(last)
    beneath = Placement.objects.filter(parent__in=_founded_by(event))
    if beneath.exclude(opened_by=event).exists():
        raise RuleBroken("Đơn vị mới đã có đơn vị trực thuộc nên không huỷ được sự kiện này.")
    if HandOver.objects.filter(event=event, done_on__isnull=False).exists():
        raise RuleBroken(
            "Đã bàn giao theo sự kiện này nên không huỷ được. Nếu ghi nhận nhầm, hãy bỏ ghi nhận"
            " bàn giao trước."
        )


def _must_be_traceable(event: OrgEvent) -> None:
    """RuleBroken unless each union that it changed has a placement opened or closed by it."""
    founding = event.kind == OrgEvent.Kind.FOUND
    changed = (event.successors if founding else event.predecessors).select_related("current")
    if event.kind == OrgEvent.Kind.SPLIT:
        changed = changed.filter(ended_on=event.effective_on)
    traced = Placement.objects.filter(Q(opened_by=event) | Q(closed_by=event))
    lost = changed.exclude(pk__in=traced.values("union"))
    if union := lost.order_by("pk").first():
        raise RuleBroken(
            f"Không tìm thấy vị trí mà sự kiện này đã mở hoặc kết thúc cho {union} nên không huỷ"
            " được. Người vận hành hãy chạy lệnh “manage.py check_tree” để biết chỗ sai."
        )


def _founded_by(event: OrgEvent) -> QuerySet[Union]:
    """Unions that this event brought about: without it they never were."""
    return Union.objects.filter(placements__opened_by=event, founded_on=event.effective_on).exclude(
        placements__valid_from__lt=event.effective_on
    )


def _beneath(event: OrgEvent) -> Q:
    """Events that changed what moved along, or put something else beneath it."""
    opened = Placement.objects.filter(opened_by=event)
    moved = opened.filter(union__in=event.predecessors.values("pk")).values_list("path", flat=True)
    within = Q(placements_closed__in=opened)
    for path in moved:
        within |= Q(placements_opened__path__startswith=path)
    return within


def _stand_as_before(event: OrgEvent, opened: Sequence[Placement]) -> list[Placement]:
    """Open again what the event closed; what it opened is set aside, before all days.

    The apps above still point there, and leave it when they follow.
    """
    rows = Placement.objects.filter(pk__in=[placement.pk for placement in opened])
    rows.update(valid_from=date.min, valid_to=date.min + date.resolution)
    reopened = list(Placement.objects.filter(closed_by=event).select_related("union"))
    for placement in reopened:
        if placement.union.current_id in {one.pk for one in opened}:
            placement.union.current = placement
        placement.union.ended_on = None
        placement.union.save()
        placement.valid_to = placement.closed_by = None
        placement.save()
    return [*reopened, *_put_back(event, opened)]


def _put_back(event: OrgEvent, opened: Sequence[Placement]) -> list[Placement]:
    """Let the placements of the day stand again that the event took the place of."""
    rows = replacing.put_back(event)
    current = {placement.pk for placement in opened}
    there = Union.objects.filter(pk__in=[row.union_id for row in rows], current__in=current)
    for union in there:
        union.current = next(row for row in rows if row.union_id == union.pk)
        union.save()
    return rows


def _refuse_strays(event: OrgEvent, reopened: Sequence[Placement]) -> None:
    """RuleBroken where a union would come back under one that has since ended or moved."""
    parents = {placement.parent_id for placement in reopened}
    above: dict[int | None, list[Placement]] = {}
    # what ended on the very day too
    lasting = Placement.objects.ending_after(event.effective_on - date.resolution)
    lasting = lasting.filter(union__in=parents - {None})
    for row in lasting.select_related("opened_by", "closed_by").order_by("valid_from"):
        above.setdefault(row.union_id, []).append(row)
    for placement in reopened:
        for row in above.get(placement.parent_id, []):
            if row.valid_to is not None and row.valid_to <= placement.valid_from:
                continue
            if f"{row.path}{placement.union_id}." != placement.path:
                _refuse_before(row.opened_by)
            if row == above[placement.parent_id][-1] and row.valid_to is not None:
                _refuse_before(row.closed_by)


def _refuse_before(last: OrgEvent | None) -> None:
    raise RuleBroken(f"Sau sự kiện này đã có “{last}”. Hãy huỷ sự kiện đó trước.")


def _take_away(event: OrgEvent, founded: Sequence[Union], opened: Sequence[Placement]) -> None:
    """Without the event there is no such place, and no such union."""
    names = {row: str(row) for row in [*opened, *founded]}
    for union in founded:
        event.successors.remove(union)
        union.current = None
        union.save()
    for row in [*opened, *founded]:
        try:
            row.delete()
        except ProtectedError as problem:
            kinds = {str(one._meta.verbose_name) for one in problem.protected_objects}
            raise RuleBroken(
                f"{names[row]} đã có dữ liệu ({', '.join(sorted(kinds))}) nên không huỷ được sự"
                " kiện này."
            ) from problem
