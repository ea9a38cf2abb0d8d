"""What grading brings into the yearly form: its answer prefilled, and settled once decided."""

from collections.abc import Callable, Sequence

from indicators.grades import Grade
from indicators.grading.rules import judged
from indicators.models import Answer, Figure, Grading, Indicator, Submission
from indicators.models.grading import score_of
from indicators.queries.gradings import rated_indicators
from indicators.services import closures, figures, stand_ins
from indicators.services.figures import Entry
from indicators.workflow import State
from unions.models import User
from unions.services import journal, moves


def prefill(grading: Grading, *, by: User | None) -> None:
    """Put the level of the union's own points into its form, while that is being filled in.

    An answer that is there stays, and a form that nobody could fill in now stays as it is.
    """
    submission = moves.lock(grading.submission)
    if submission.state == State.DRAFT and closures.closure(submission) is None:
        _write(submission, grading, _own(grading), _is_unanswered, "Điền mức tự xếp loại", by=by)


def settle(grading: Grading, *, by: User | None) -> None:
    """Let the decided level be the answer, whatever was answered and wherever the form stands.

    It is that of what counts in the form's place meanwhile, too.
    """
    submission = moves.lock(grading.submission)
    level = grading.sheet.criteria.scale.grade(grading.level)
    told = f"Ghi mức xếp loại theo {grading.decision}"
    _write(submission, grading, level, _differs, told, by=by)
    for row in stand_ins.of(submission):
        for indicator, figure in _rated(row, grading):
            figures.keep_one(row, indicator, _entry(indicator, figure, level), by=by)


def otherwise(grading: Grading) -> str:
    """What the form says in place of the level of the union's own points; empty if it says that.

    Two statements.
    """
    submission, level = grading.submission, _own(grading)
    rated = _rated(submission, grading)
    told = [_told(one, figure, grading) for one, figure in rated if _differs(figure, level)]
    if not told:
        return ""
    closed = closures.closure(submission)
    then = f"Phiếu giữ nguyên. {closed}" if closed else "Cần đổi thì đổi ở phiếu số liệu."
    return f"Điểm tự chấm cho mức “{level.label}”; trong phiếu số liệu, {'; '.join(told)}. {then}"


def _write(
    submission: Submission,
    grading: Grading,
    level: Grade,
    wanted: Callable[[Figure | None, Grade], bool],
    told: str,
    *,
    by: User | None,
) -> None:
    changed = [one for one in _rated(submission, grading) if wanted(one[1], level)]
    for indicator, figure in changed:
        figures.keep_one(submission, indicator, _entry(indicator, figure, level), by=by)
    if changed:
        submission.revision += 1
        submission.save(update_fields=["revision"])
        codes = ", ".join(indicator.code for indicator, _ in changed)
        sentence = f"{told}: “{level.label}” vào chỉ tiêu {codes} của {submission}"
        journal.record(sentence, by=by, about=submission)


def _rated(submission: Submission, grading: Grading) -> Sequence[tuple[Indicator, Figure | None]]:
    """The indicators that the level answers, each with the answer that is stored."""
    indicators = rated_indicators(submission, grading.sheet.criteria.scale.code)
    stored = {row.indicator_id: row for row in submission.figures.filter(indicator__in=indicators)}
    return [(one, stored.get(one.pk)) for one in indicators]


def _own(grading: Grading) -> Grade:
    return judged(grading.sheet.criteria, score_of(grading.own)).grade


def _is_unanswered(figure: Figure | None, level: Grade) -> bool:
    return figure is None


def _differs(figure: Figure | None, level: Grade) -> bool:
    return figure is None or figure.answers.get("grade") != level.code


def _told(indicator: Indicator, figure: Figure | None, grading: Grading) -> str:
    if figure is None:
        return f"chỉ tiêu {indicator.code} chưa có câu trả lời"
    code = figure.answers.get("grade")
    says = grading.sheet.criteria.scale.grade(code).label if code else indicator.rule.leaves_as
    return f"chỉ tiêu {indicator.code} đang ghi “{says}”"


def _entry(indicator: Indicator, figure: Figure | None, level: Grade) -> Entry:
    answers = {**(figure.answers if figure else {}), "grade": level.code}
    remark = figure.remark if figure else ""
    return Entry(indicator, Answer.NUMBER, answers, remark=remark)
