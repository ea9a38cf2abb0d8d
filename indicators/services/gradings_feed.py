"""What grading brings into the yearly form: its answer prefilled, and settled once decided."""

from indicators.grading.rules import judged
from indicators.models import Answer, Figure, Grading, Indicator, Submission
from indicators.models.grading import score_of
from indicators.queries.gradings import rated_indicators
from indicators.services import figures
from indicators.services.figures import Entry
from indicators.workflow import State
from unions.models import User
from unions.services import journal, moves


def prefill(grading: Grading, *, by: User | None) -> None:
    """Put the level of the union's own points into its form, while that is being filled in."""
    submission = moves.lock(grading.submission)
    if submission.state == State.DRAFT:
        level = judged(grading.sheet.criteria, score_of(grading.own)).grade.code
        _write(submission, grading, level, "Điền mức tự xếp loại", by=by)


def settle(grading: Grading, *, by: User | None) -> None:
    """Let the decided level be the answer, whatever was answered and wherever the form stands."""
    submission = moves.lock(grading.submission)
    _write(submission, grading, grading.level, f"Ghi mức xếp loại theo {grading.decision}", by=by)


def _write(
    submission: Submission, grading: Grading, level: str, told: str, *, by: User | None
) -> None:
    scale = grading.sheet.criteria.scale
    indicators = rated_indicators(submission, scale.code)
    stored = {row.indicator_id: row for row in submission.figures.filter(indicator__in=indicators)}
    changed = [one for one in indicators if _differs(stored.get(one.pk), level)]
    for one in changed:
        figures.keep_one(submission, one, _entry(one, stored.get(one.pk), level), by=by)
    if changed:
        submission.revision += 1
        submission.save(update_fields=["revision"])
        codes = ", ".join(one.code for one in changed)
        sentence = f"{told}: “{scale.grade(level).label}” vào chỉ tiêu {codes} của {submission}"
        journal.record(sentence, by=by, about=submission)


def _differs(figure: Figure | None, level: str) -> bool:
    return figure is None or figure.answers.get("grade") != level


def _entry(indicator: Indicator, figure: Figure | None, level: str) -> Entry:
    answers = {**(figure.answers if figure else {}), "grade": level}
    remark = figure.remark if figure else ""
    return Entry(indicator, Answer.NUMBER, answers, remark=remark)
