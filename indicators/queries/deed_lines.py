"""Lines of what unions did, each with its source, as a report may quote them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Contribution, DirectiveResult, Progress
from indicators.models import Narrative
from indicators.queries.deeds import DIRECTIVE, ITEM, MILESTONE, SOURCES, SUBMISSION
from unions.models import Placement
from unions.vietnamese import tidy, written

_LABELS = {kind: label for kind, _, label in SOURCES}
# how a sentence ends
_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class Deed:
    """What one union did, in its own words; `what` is the piece of work that it tells of, if any.

    `standing` are the code and the words of where that piece of work stands.
    """

    part: int
    kind: int
    place: Placement
    what: str
    text: str
    source: str
    address: str
    on: date | None
    standing: tuple[str, str] | None = None

    @property
    def label(self) -> str:
        """The kind of its source."""
        return _LABELS[self.kind]

    @property
    def said(self) -> str:
        """What was done, as one paragraph that ends like a sentence."""
        text = tidy(self.text)
        told = f"{self.what.rstrip(' .')}: {text}" if self.what else text
        return told if told.endswith(tuple(_ENDS)) else f"{told}."

    @property
    def quote(self) -> str:
        """The paragraph a report takes over: who, what was done, and where it is told."""
        return f"{self.place.name}: {self.said} (Nguồn: {self.source}.)"


def read(keys: Sequence[Sequence[Any]], today: date) -> list[Deed]:
    """The lines of these keys, in their order. A statement for each kind among them."""
    of_kind: dict[int, dict[int, Any]] = {}
    for kind, reader in _READERS.items():
        wanted = [key for *_, one, _row, key in keys if one == kind]
        of_kind[kind] = {row.pk: row for row in reader(wanted)} if wanted else {}
    return [
        _DEEDS[kind](of_kind[kind][key], part, today)
        for part, _called, _union, kind, _row, key in keys
        if key in of_kind[kind]
    ]


def plain_text(deeds: Iterable[Deed], titles: dict[int, str]) -> Iterator[str]:
    """The paragraphs of a report: each part under its title, a line for each deed."""
    last = None
    for deed in deeds:
        if deed.part != last:
            if last is not None:
                yield ""
            yield titles.get(deed.part, "")
            last = deed.part
        yield f"- {deed.quote}"


def _of_items(keys: list[int]) -> QuerySet[Any]:
    return Progress.objects.select_related("item__plan__placement__union").filter(pk__in=keys)


def _of_directives(keys: list[int]) -> QuerySet[Any]:
    reads = ("copy__directive", "copy__placement__union", "copy__union")
    return DirectiveResult.objects.select_related(*reads).filter(pk__in=keys)


def _of_submissions(keys: list[int]) -> QuerySet[Any]:
    reads = ("submission__placement__union", "submission__period")
    return Narrative.objects.select_related(*reads).filter(pk__in=keys)


def _of_milestones(keys: list[int]) -> QuerySet[Any]:
    return Contribution.objects.select_related("milestone", "placement__union").filter(pk__in=keys)


_READERS: dict[int, Callable[[list[int]], QuerySet[Any]]] = {
    ITEM: _of_items,
    DIRECTIVE: _of_directives,
    SUBMISSION: _of_submissions,
    MILESTONE: _of_milestones,
}


def _item(note: Progress, part: int, today: date) -> Deed:
    item = note.item
    return Deed(
        part,
        ITEM,
        item.plan.placement,
        item.what,
        note.text,
        f"kế hoạch năm {item.plan.year}, ghi nhận ngày {written(note.on)}",
        item.get_absolute_url(),
        note.on,
        item.standing(today),
    )


def _directive(result: DirectiveResult, part: int, today: date) -> Deed:
    copy, directive = result.copy, result.copy.directive
    on = timezone.localdate(result.given_at)
    number = f" số {directive.number}" if directive.number else ""
    return Deed(
        part,
        DIRECTIVE,
        copy.placement,
        directive.title,
        result.text,
        f"kết quả chỉ đạo{number}, báo ngày {written(on)}",
        reverse("admin:actionplan_directivecopy_change", args=[copy.pk]),
        on,
        copy.where(today),
    )


def _submission(narrative: Narrative, part: int, today: date) -> Deed:
    submission = narrative.submission
    on = submission.approved_at and timezone.localdate(submission.approved_at)
    shown = submission.stands_for_id or submission.pk
    return Deed(
        part,
        SUBMISSION,
        submission.placement,
        "",
        narrative.text,
        f"phiếu số liệu năm {submission.period.year}"
        + (f", duyệt ngày {written(on)}" if on else ""),
        reverse("admin:indicators_submission_change", args=[shown]),
        on,
    )


def _milestone(told: Contribution, part: int, today: date) -> Deed:
    return Deed(
        part,
        MILESTONE,
        told.placement,
        told.milestone.title,
        told.text,
        f"đóng góp vào mốc đột phá, ghi ngày {written(told.on)}",
        told.milestone.get_absolute_url(),
        told.on,
    )


_DEEDS: dict[int, Callable[[Any, int, date], Deed]] = {
    ITEM: _item,
    DIRECTIVE: _directive,
    SUBMISSION: _submission,
    MILESTONE: _milestone,
}
