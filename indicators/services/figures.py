"""The figures of a submission (số liệu): each answer becomes the pair that it adds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from indicators.models import Answer, Denominator, Figure, Indicator, Submission
from indicators.queries.addends import NOT_GRADABLE
from indicators.queries.gradings import decided_level
from unions.models import User
from unions.prepared import Prepared
from unions.services import evidence, journal
from unions.vietnamese import trimmed


@dataclass(frozen=True, slots=True)
class Entry:
    """One answered indicator, as the form has read and checked it; `removed` are keys of files.

    `remark` explains a figure that a check found unusual.
    """

    indicator: Indicator
    answer: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    uploads: Sequence["UploadedFile[bytes]"] = ()
    removed: Collection[int] = ()
    remark: str = ""


def keep(
    submission: Submission,
    entries: Sequence[Entry],
    *,
    by: User | None,
    among: Collection[int] | None = None,
) -> None:
    """Write what was answered and what follows from it; what was left out is unanswered.

    Answers to indicators that are not `among` those named by key are left alone. Runs inside the
    transaction of the save, whose lock and permission it relies on.
    """
    rows = [row for row in _kept(submission) if among is None or row.indicator_id in among]
    _replace(submission, rows, entries, sharing_of(submission), by=by)


def keep_one(
    submission: Submission, indicator: Indicator, entry: Entry | None, *, by: User | None
) -> None:
    """Write the answer to one indicator and what follows from it; None is unanswered.

    Runs inside the transaction of the save, as `keep` does. Other answers are left alone.
    """
    sharing, keys = [], {indicator.pk}
    for part in sharing_of(submission):
        if part.parent_id in keys:
            keys.add(part.pk)
            sharing.append(part)
    rows = [row for row in _kept(submission) if row.indicator_id in keys]
    _replace(submission, rows, [entry] if entry else [], sharing, by=by)


def _kept(submission: Submission) -> list[Figure]:
    rows = _KEPT(submission.pk)
    for row in rows:
        row.submission = submission
    return rows


_KEPT = Prepared(lambda submission: Figure.objects.filter(submission=submission).order_by(), int)


def regrade(submission: Submission, *, by: User | None) -> None:
    """Let the answers count anew by which only gradable unions stand in a denominator.

    Whether the union can be graded was found to be otherwise than when they were given.
    """
    rows = submission.figures.select_related("indicator")
    figures = {figure.indicator_id: figure for figure in rows}
    given = [_given(one) for one in figures.values() if not one.indicator.shares_answer]
    for entry in _settled(submission, given, sharing_of(submission)):
        indicator = entry.indicator
        by_grade = indicator.denominator == Denominator.GRADABLE or indicator.shares_answer
        if by_grade and indicator.pk in figures:
            _keep(submission, entry, figures[indicator.pk], by=by)


def _given(figure: Figure) -> Entry:
    """What was answered, before it was found whether the union can be graded."""
    left = figure.answer == Answer.NOT_ARISING and figure.reason == NOT_GRADABLE
    answer, reason = (Answer.NUMBER, "") if left else (figure.answer, figure.reason)
    return Entry(figure.indicator, answer, figure.answers, reason=reason, remark=figure.remark)


def _settled(
    submission: Submission, entries: Sequence[Entry], sharing: Sequence[Indicator]
) -> list[Entry]:
    """What was asked and the parts that count the same answers, each by its own denominator."""
    limited = [_limited(_decided(submission, entry)) for entry in entries]
    shared = _shared(limited, sharing)
    return [_graded(submission, entry) for entry in (*limited, *shared)]


def _replace(
    submission: Submission,
    rows: Iterable[Figure],
    entries: Sequence[Entry],
    sharing: Sequence[Indicator],
    *,
    by: User | None,
) -> None:
    """Let `entries`, and the parts that share their answers, stand in place of `rows`."""
    before = {figure.indicator_id: figure for figure in rows}
    for entry in _settled(submission, entries, sharing):
        _keep(submission, entry, before.pop(entry.indicator.pk, None), by=by)
    for left_out in before.values():
        left_out.evidence.clear()
        left_out.delete()


def sharing_of(submission: Submission) -> list[Indicator]:
    """The parts that are not asked, since the answer to their whole is theirs too."""
    return _SHARING(submission.period.programme_id)


_SHARING = Prepared(
    lambda programme: Indicator.objects.filter(
        programme=programme, shares_answer=True, dropped=False
    ).order_by("position"),
    int,
)


def _shared(entries: Sequence[Entry], sharing: Sequence[Indicator]) -> list[Entry]:
    """The same answers for the parts that count them by a limit of their own (trong đó)."""
    given: dict[int | None, Entry] = {entry.indicator.pk: entry for entry in entries}
    found = []
    for part in sharing:
        entry = given.get(part.parent_id)
        if entry is not None:
            given[part.pk] = _limited(_of_part(entry, part))
            found.append(given[part.pk])
    return found


def _of_part(entry: Entry, part: Indicator) -> Entry:
    """What answered the whole, as the answer to a part; a part says why its whole was left."""
    whole, reason = entry.indicator, entry.reason
    if entry.answer == Answer.NOT_ARISING and part.condition != whole.condition:
        reason = whole.rule.left(reason)
    return Entry(part, entry.answer, entry.answers, reason)


def _keep(submission: Submission, entry: Entry, figure: Figure | None, *, by: User | None) -> None:
    numerator, denominator = _pair(entry)
    now = {
        "answer": entry.answer,
        "answers": dict(entry.answers),
        "reason": trimmed(entry.reason),
        "remark": trimmed(entry.remark),
        "numerator": numerator,
        "denominator": denominator,
    }
    if figure is None:
        figure = Figure.objects.create(submission=submission, indicator=entry.indicator, **now)
    elif changed := [name for name, value in now.items() if getattr(figure, name) != value]:
        for name in changed:
            setattr(figure, name, now[name])
        figure.save(update_fields=changed)
    if entry.removed:
        _detach(figure, entry.removed, by=by)
    for upload in entry.uploads:
        beside = figure.evidence.all()
        figure.evidence.add(evidence.keep(submission.union, upload, by=by, beside=beside))


def _decided(submission: Submission, entry: Entry) -> Entry:
    """What a decision has graded is answered by it."""
    if level := decided_level(submission, entry.indicator):
        graded = {**entry.answers, "grade": level}
        return replace(entry, answer=Answer.NUMBER, reason="", answers=graded)
    return entry


def _limited(entry: Entry) -> Entry:
    """An answer that its own number puts outside the denominator leaves it, and says why."""
    indicator = entry.indicator
    if entry.answer == Answer.NOT_ARISING:
        return entry if entry.reason else replace(entry, reason=indicator.condition)
    why = indicator.rule.outside(entry.answers)
    return replace(entry, answer=Answer.NOT_ARISING, reason=why) if why else entry


def _graded(submission: Submission, entry: Entry) -> Entry:
    """So does that of a union too young or too newly merged to be graded, where only those count.

    Which unions those are is each indicator's own: a part may count the union that its whole does
    not.
    """
    alone = entry.indicator.denominator == Denominator.GRADABLE and not submission.gradable
    if not alone or entry.answer == Answer.NOT_ARISING:
        return entry
    return replace(entry, answer=Answer.NOT_ARISING, reason=NOT_GRADABLE)


def _detach(figure: Figure, keys: Collection[int], *, by: User | None) -> None:
    """Take files away from a figure (gỡ minh chứng); the bytes stay in the archive."""
    submission = figure.submission
    for file in figure.evidence.all():
        if file.pk in keys:
            figure.evidence.remove(file)
            journal.record(f"Gỡ minh chứng “{file}” khỏi {submission}", by=by, about=submission)


def _pair(entry: Entry) -> tuple[int, int] | tuple[None, None]:
    if entry.answer == Answer.NOT_ARISING:
        return None, None
    numerator, denominator = entry.indicator.rule.count(entry.answers)
    return int(numerator), int(denominator)
