"""The agenda of everything that a desk follows, by cluster, type and kind of entry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplan.models import (
    BriefingSession,
    DirectiveCopy,
    Milestone,
    Period,
    PlanItem,
    Reading,
)
from actionplan.queries.agenda import (
    ANSWER_DUE,
    HELD,
    READ,
    TO_READ,
    Entry,
    EntryKind,
    Span,
    of_item,
    of_milestone,
)
from actionplan.workflow import LATE, OWED, DirectiveState, Status
from unions.access import Actor, Permission
from unions.models import Placement

_READS = Permission.USE_DESK


@dataclass(frozen=True, slots=True)
class Sought:
    """Which unions and which kind of entry are looked at; None and empty stand for all."""

    cluster: str | None = None
    type: str = ""
    kind: str = ""

    def among(self, rows: QuerySet[Any, Any], place: str) -> QuerySet[Any, Any]:
        """Those of `rows` whose `place` is in the cluster and of the type."""
        said: dict[str, Any] = {}
        if self.cluster is not None:
            said[f"{place}__cluster"] = self.cluster
        if self.type:
            said[f"{place}__type"] = self.type
        return rows.filter(**said)

    def asks(self, kind: EntryKind) -> bool:
        """Whether entries of this kind are looked at."""
        return self.kind in {"", kind}


def of_province(user: Actor, span: Span, sought: Sought) -> list[Entry]:
    """All entries within days, of a directive or document one for each day. Six statements.

    Milestones and periods belong to no cluster and no type: they are there whatever is asked.
    """
    today = timezone.localdate()
    reads: dict[EntryKind, Callable[[], Iterator[Entry]]] = {
        EntryKind.PERIOD: partial(_periods, user, span),
        EntryKind.DIRECTIVE: partial(_directives, user, span, sought, today),
        EntryKind.MILESTONE: partial(_milestones, user, span, today),
        EntryKind.READING: partial(_readings, user, span, sought, today),
        EntryKind.SESSION: partial(_sessions, user, span, sought),
        EntryKind.ITEM: partial(_items, user, span, sought, today),
    }
    return [entry for kind, read in reads.items() if sought.asks(kind) for entry in read()]


def clusters_for(user: Actor) -> list[str]:
    """The clusters in which the unions of a desk stand today. One statement."""
    rows = Placement.objects.on(timezone.localdate()).visible_to(user, _READS)
    return list(rows.exclude(cluster="").order_by().values_list("cluster", flat=True).distinct())


def _page(model: str, key: int) -> str:
    return reverse(f"admin:actionplan_{model}_change", args=[key])


def _periods(user: Actor, span: Span) -> Iterator[Entry]:
    rows = Period.objects.visible_to(user, _READS)
    for row in rows.filter(span.on("due_on") | span.on("closes_on")):
        days = [("Hạn nộp", row.due_on, "han")]
        days += [] if row.closed_at else [("Khoá kỳ", row.closes_on, "khoa")]
        for what, day, which in days:
            if day in span:
                title, address = f"phiếu số liệu {row}", _page("period", row.pk)
                mark = f"ky-{row.pk}-{which}"
                yield Entry(day, EntryKind.PERIOD, what, title, address, mark)


def _directives(user: Actor, span: Span, sought: Sought, today: date) -> Iterator[Entry]:
    rows = DirectiveCopy.objects.visible_to(user, _READS).dated().filter(span.on("due_now"))
    sent = sought.among(rows.filter(directive__state=DirectiveState.SENT), "placement")
    lapsed = Q(union__ended_on__lte=today, caretaker=None)
    counted = sent.order_by().values("directive", "due_now", "directive__title")
    counted = counted.annotate(
        given=Count("pk"), owed=Count("pk", filter=Q(state__in=OWED) & ~lapsed)
    )
    for row in counted:
        key, day, left = row["directive"], row["due_now"], row["owed"]
        yield Entry(
            *(day, EntryKind.DIRECTIVE, ANSWER_DUE, row["directive__title"]),
            *(_page("directive", key), f"chi-dao-{key}-{day}"),
            _of(row["given"], left, "đã báo", late=left > 0 and day < today),
            f"{row['given']} đơn vị",
        )


def _milestones(user: Actor, span: Span, today: date) -> Iterator[Entry]:
    rows = Milestone.objects.visible_to(user, _READS).exclude(status=Status.DROPPED)
    for row in rows.filter(span.on("due_on"), breakthrough__dropped=False):
        yield of_milestone(row, _page("milestone", row.pk), today)


def _readings(user: Actor, span: Span, sought: Sought, today: date) -> Iterator[Entry]:
    rows = Reading.objects.visible_to(user, _READS).filter(span.on("due_on"))
    rows = rows.filter(document__withdrawn_at=None, document__replaced_by=None)
    counted = sought.among(rows, "union__current").order_by().values("document", "due_on")
    counted = counted.annotate(
        title=Max("document__title"),
        asked=Count("pk"),
        left=Count("pk", filter=Q(read_at=None)),
    )
    for row in counted:
        key, day, left = row["document"], row["due_on"], row["left"]
        yield Entry(
            *(day, EntryKind.READING, TO_READ, row["title"]),
            *(_page("librarydocument", key), f"van-ban-{key}-{day}"),
            _of(row["asked"], left, "đã đọc", late=left > 0 and day < today),
            f"{row['asked']} đơn vị",
        )


def _of(all_of_them: int, left: int, done: str, *, late: bool) -> tuple[str, str]:
    """How many of the unions have done it; the code says whether any of the rest is late."""
    code = LATE[0] if late else READ[0] if not left else "waiting"
    return code, f"{all_of_them - left}/{all_of_them} {done}"


def _sessions(user: Actor, span: Span, sought: Sought) -> Iterator[Entry]:
    rows = BriefingSession.objects.visible_to(user, _READS).filter(span.on("held_on"))
    found = sought.among(rows, "dissemination__union__current").annotate(
        of=F("dissemination__union"),
        of_year=F("dissemination__year"),
        named=F("dissemination__union__current__name"),
    )
    for row in found.order_by():
        address = f"{_page('unionbriefings', row.of)}?nam={row.of_year}"
        yield Entry(
            *(row.held_on, EntryKind.SESSION, HELD, row.what, address, f"quan-triet-{row.pk}"),
            union=row.named,
        )


def _items(user: Actor, span: Span, sought: Sought, today: date) -> Iterator[Entry]:
    rows = PlanItem.objects.visible_to(user, _READS).standing()
    rows = rows.filter(span.on("starts_on") | span.on("due_on"))
    found = sought.among(rows, "plan__placement").annotate(
        number=F("group__number"), named=F("plan__placement__name")
    )
    for row in found.only("plan", "what", "starts_on", "due_on", "status").order_by():
        address = f"{_page('plan', row.plan_id)}#nhom-{row.number}"
        yield from of_item(row, span, row.standing(today), address, row.named)
