"""Writing the journal."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from unions.models import JournalEntry, OrgEvent, Union, User
from unions.scoping import keys_of
from unions.vietnamese import composed


def record(
    sentence: str,
    *,
    by: User | None,
    about: Model,
    union_id: int | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Leave one finished sentence; call it inside the transaction of the act itself."""
    entry(sentence, by=by, about=about, union_id=union_id, reason=reason, details=details).save()


def record_burst(sentence: str, *, by: User | None, about: Model, within: timedelta) -> None:
    """Leave one sentence for many like acts of one person in a row.

    None is added while the last line about the row says the same of the same person, no longer
    ago than `within`. One statement, and another for the line.
    """
    lines = JournalEntry.objects.filter(subject=about._meta.label_lower, subject_key=about.pk)
    last = lines.values_list("by", "sentence", "at").first()
    said = (by.pk if by else None, composed(sentence)[:500])
    if last is None or last[:2] != said or last[2] < timezone.now() - within:
        record(sentence, by=by, about=about)


def entry(
    sentence: str,
    *,
    by: User | None,
    about: Model,
    union_id: int | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> JournalEntry:
    """The line as it is to be written."""
    return JournalEntry(
        by=by,
        union_id=union_id if union_id is not None else getattr(about, "union_id", None),
        sentence=composed(sentence)[:500],
        reason=composed(reason),
        subject=about._meta.label_lower,
        subject_key=about.pk,
        details=details or {},
    )


def home(union: Union, event: OrgEvent) -> int:
    """In whose journal an event stands: that of `union`; of a founding, that of its province.

    A union that an event brings about can only be taken back while no line speaks of it.
    """
    founding = event.kind == OrgEvent.Kind.FOUND
    return keys_of(union.path)[0] if founding else union.pk
