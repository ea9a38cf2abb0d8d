"""The agenda of a union: what begins, is due or was held, day by day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, TextChoices
from django.utils import timezone

from actionplan.models import (
    BriefingSession,
    DirectiveCopy,
    LibraryDocument,
    Milestone,
    PlanItem,
    Reading,
)
from actionplan.queries.milestones import milestones_for
from actionplan.workflow import LATE, DirectiveState, Status
from unions.access import Actor
from unions.models import Union
from unions.scoping import keys_of
from unions.vietnamese import sort_key

READ, UNREAD = ("done", "Đã đọc"), ("waiting", "Chưa đọc")
BEGINS, DUE = "Bắt đầu", "Đến hạn"
ANSWER_DUE, TO_REACH, HELD, TO_READ = "Hạn báo kết quả", "Mốc", "Quán triệt", "Hạn đọc"
_NOWHERE = ("", "")


class EntryKind(TextChoices):
    """What stands in an agenda, in the order of a day."""

    PERIOD = "ky", "Kỳ báo cáo"
    DIRECTIVE = "chi-dao", "Chỉ đạo"
    MILESTONE = "moc", "Mốc đột phá"
    READING = "van-ban", "Văn bản phải đọc"
    SESSION = "quan-triet", "Buổi quán triệt"
    ITEM = "viec", "Việc trong kế hoạch"


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def on(self, field: str) -> Q:
        """Rows whose `field` falls in it."""
        return Q(**{f"{field}__range": (self.first, self.last)})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an agenda: the day, what is to be done, and the page that tells more."""

    day: date
    kind: EntryKind
    # what the day is to it: begins, due, held
    what: str
    title: str
    address: str
    # the same for as long as the row is there
    mark: str
    standing: tuple[str, str] = _NOWHERE
    union: str = ""

    @property
    def words(self) -> str:
        """The line in one sentence."""
        return f"{self.what}: {self.title}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nothing came of it."""
        return self.standing[0] == LATE[0]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day, then by kind, then by the alphabet."""
    places = {kind: place for place, kind in enumerate(EntryKind)}
    return sorted(
        entries, key=lambda one: (one.day, places[one.kind], sort_key(one.title), one.mark)
    )


def of_union(union: Union, span: Span, user: Actor) -> list[Entry]:
    """What a union has to do or has done within days, as far as `user` may know. Five statements.

    Reporting periods are not among it: which form is due when is known above.
    """
    today = timezone.localdate()
    return [
        *_items(union, span, user, today),
        *_directives(union, span, user, today),
        *_milestones(union, span, user, today),
        *_sessions(union, span, user),
        *_readings(union, span, user),
    ]


def _items(union: Union, span: Span, user: Actor, today: date) -> Iterator[Entry]:
    rows = PlanItem.objects.visible_to(user).standing().filter(plan__union=union)
    for item in rows.filter(span.on("starts_on") | span.on("due_on")):
        yield from of_item(item, span, item.standing(today), item.get_absolute_url())


def of_item(
    item: PlanItem, span: Span, standing: tuple[str, str], address: str, union: str = ""
) -> Iterator[Entry]:
    """The day on which an item begins and that on which it is due; one line if they are one."""
    mark = f"viec-{item.pk}"
    if item.starts_on in span and item.starts_on != item.due_on:
        begun = standing if item.starts_on <= timezone.localdate() else _NOWHERE
        yield Entry(
            *(item.starts_on, EntryKind.ITEM, BEGINS, item.what, address, f"{mark}-tu"),
            begun,
            union,
        )
    if item.due_on in span:
        yield Entry(
            *(item.due_on, EntryKind.ITEM, DUE, item.what, address, f"{mark}-den"),
            standing,
            union,
        )


def _directives(union: Union, span: Span, user: Actor, today: date) -> Iterator[Entry]:
    left = Q(caretaker=union, union__ended_on__lte=today)
    rows = DirectiveCopy.objects.visible_to(user).filter(Q(union=union) | left).dated()
    rows = rows.filter(span.on("due_now"), directive__state=DirectiveState.SENT)
    for copy in rows.select_related("directive", "union"):
        yield Entry(
            *(copy.due, EntryKind.DIRECTIVE, ANSWER_DUE, copy.directive.title),
            *(copy.get_absolute_url(), f"chi-dao-{copy.pk}", copy.where(today)),
        )


def _milestones(union: Union, span: Span, user: Actor, today: date) -> Iterator[Entry]:
    above = keys_of(union.path)
    rows = milestones_for(user).filter(breakthrough__programme__union__in=above)
    for row in rows.filter(span.on("due_on")).exclude(status=Status.DROPPED):
        yield of_milestone(row, row.get_absolute_url(), today)


def of_milestone(row: Milestone, address: str, today: date) -> Entry:
    """The day by which a milestone is to be reached."""
    return Entry(
        *(row.due_on, EntryKind.MILESTONE, TO_REACH, row.title, address, f"moc-{row.pk}"),
        row.where(today),
    )


def _sessions(union: Union, span: Span, user: Actor) -> Iterator[Entry]:
    rows = BriefingSession.objects.visible_to(user).filter(dissemination__union=union)
    for row in rows.filter(span.on("held_on")).select_related("dissemination__union"):
        address = row.dissemination.get_absolute_url()
        yield Entry(
            *(row.held_on, EntryKind.SESSION, HELD, row.what, address, f"quan-triet-{row.pk}")
        )


def _readings(union: Union, span: Span, user: Actor) -> Iterator[Entry]:
    documents = LibraryDocument.objects.readable_by(user).filter(replaced_by=None)
    rows = Reading.objects.visible_to(user).filter(union=union, document__in=documents.values("pk"))
    found = rows.filter(span.on("due_on")).select_related("document")
    for row in found:
        day = row.due_on or span.first  # none of those that are found is without a day
        stands = READ if row.read_at else LATE if row.late else UNREAD
        yield Entry(
            *(day, EntryKind.READING, TO_READ, str(row.document)),
            *(row.document.get_absolute_url(), f"van-ban-{row.pk}", stands),
        )
