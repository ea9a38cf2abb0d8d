"""Taking back the newest event, as long as nothing rests on it."""

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone

from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import HandOver, OrgEvent, Placement, Union, User
from unions.services import consequences, events, journal


@transaction.atomic
def undo(event: OrgEvent, *, by: User | None) -> OrgEvent:
    """Let an event not have been (huỷ sự kiện): its placements go, those it closed are open again.

    RuleBroken if a later event, a submission, or anything handed over rests on it. The event itself
    stays, marked; the journal keeps both lines.
    """
    event = OrgEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    unions = list(_unions(event))
    for union in unions:
        require(by, Permission.MANAGE_UNIONS, union)
    _refuse_dependents(event, unions)
    sentence, people = events.title(event), list(consequences.people(event, by=by))
    _stand_as_before(event)
    event.undone_at, event.undone_by = timezone.now(), by
    event.save(update_fields=["undone_at", "undone_by"])
    event.successions.all().delete()
    event.hand_overs.all().delete()
    journal.record(f"Huỷ sự kiện: {event}", by=by, about=event, union_id=unions[0].pk)
    events.follow(event)
    events.tell_of_undoing(event, sentence, people)
    return event


def _unions(event: OrgEvent) -> QuerySet[Union]:
    touched = Q(events_as_predecessor=event) | Q(events_as_successor=event)
    return Union.objects.filter(touched).select_related("current").distinct().order_by("pk")


def _refuse_dependents(event: OrgEvent, unions: list[Union]) -> None:
    if event.undone_at is not None:
        raise RuleBroken(f"Sự kiện “{event}” đã được huỷ rồi.")
    if event.kind == OrgEvent.Kind.FOUND:
        raise RuleBroken("Không huỷ được việc thành lập. Hãy ghi nhận giải thể đơn vị.")
    touched = Q(predecessors__in=unions) | Q(successors__in=unions)
    later = OrgEvent.objects.filter(touched, undone_at=None, pk__gt=event.pk).first()
    if later is not None:
        raise RuleBroken(f"Sau sự kiện này đã có “{later}”. Hãy huỷ sự kiện đó trước.")
    opened = Placement.objects.filter(opened_by=event)
    if opened.filter(submission__isnull=False).exists():
        raise RuleBroken("Đã có phiếu số liệu theo vị trí mới nên không huỷ được sự kiện này.")
    beneath = Placement.objects.filter(parent__in=_founded_by(event))
    if beneath.exclude(opened_by=event).exists():
        raise RuleBroken("Đơn vị mới đã có đơn vị trực thuộc nên không huỷ được sự kiện này.")
    if HandOver.objects.filter(event=event, done_on__isnull=False).exists():
        raise RuleBroken("Đã bàn giao theo sự kiện này nên không huỷ được.")


def _founded_by(event: OrgEvent) -> QuerySet[Union]:
    """Unions that this event brought about: without it they never were."""
    return Union.objects.filter(placements__opened_by=event, founded_on=event.effective_on).exclude(
        placements__valid_from__lt=event.effective_on
    )


def _stand_as_before(event: OrgEvent) -> None:
    founded = list(_founded_by(event))
    closed = list(Placement.objects.filter(closed_by=event).select_related("union"))
    for placement in closed:
        placement.union.current = placement
        placement.union.ended_on = None
        placement.union.save()
    for placement in Placement.objects.filter(opened_by=event).exclude(union__in=founded):
        placement.delete()
    for union in founded:
        _unmake(union, event)
    for placement in closed:
        placement.valid_to = placement.closed_by = None
        placement.save()


def _unmake(union: Union, event: OrgEvent) -> None:
    """A union that never was, if nothing but its own first placement points at it."""
    name = str(union)
    event.successors.remove(union)
    event.successions.filter(successor=union).delete()
    union.current = None
    union.save()
    union.placements.all().delete()
    try:
        union.delete()
    except ProtectedError as problem:
        raise RuleBroken(f"{name} đã có dữ liệu nên không huỷ được sự kiện này.") from problem
