"""The breakthroughs and task groups that a submission asks of, with what is told of each."""

from typing import Any, TypeVar

from django.db.models import F, FilteredRelation, Q, QuerySet, Value

from actionplan.models import Breakthrough, TaskGroup
from indicators.models import Submission
from indicators.queries.question import Subject
from unions.prepared import Prepared

_Told = TypeVar("_Told", TaskGroup, Breakthrough)

_COLUMNS = ("pk", "number", "title", "said")


def subjects_of(submission: Submission) -> tuple[list[Subject], list[Subject]]:
    """The breakthroughs, and the task groups, each in its order. One statement."""
    programme = submission.period.programme_id
    found: tuple[list[Subject], list[Subject]] = ([], [])
    for text, pk, number, title, said, grouped in _ROWS(programme, submission.pk):
        of = {"pk": pk, "programme_id": programme, "number": number, "title": title}
        subject = TaskGroup(**of) if grouped else Breakthrough(**of, text=text)
        found[grouped].append(Subject(subject, said))
    return found


def _rows(programme: int, submission: int) -> QuerySet[Any, Any]:
    asked = Q(programme=programme, dropped=False)
    breakthroughs = with_words(Breakthrough.objects.filter(asked).order_by(), submission)
    groups = with_words(TaskGroup.objects.filter(asked).order_by(), submission)
    rows = breakthroughs.values_list("text", *_COLUMNS, Value(False)).union(
        groups.values_list(Value(""), *_COLUMNS, Value(True)), all=True
    )
    return rows.order_by("number")


_ROWS = Prepared(_rows, int, int)


def with_words(rows: "QuerySet[_Told]", submission: Submission | int) -> "QuerySet[_Told]":
    """The same rows, each with the words of this submission; None while nothing was said."""
    own = FilteredRelation("narrative", condition=Q(narrative__submission=submission))
    return rows.annotate(own=own, said=F("own__text"))


def subjects(rows: "QuerySet[_Told]") -> list[Subject]:
    """The rows of `with_words` as a page asks them. One statement."""
    return [Subject(one, getattr(one, "said", None)) for one in rows]
