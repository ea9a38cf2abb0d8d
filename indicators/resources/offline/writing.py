"""The workbook of a submission: each question with its cells to fill in, and what stands there."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from indicators.forms import DrawnForm, FigureForm, WordsForm
from indicators.models import Submission
from indicators.models.subject import named
from indicators.queries import Question, Sheet, Subject
from indicators.resources.offline.blanks import Blank, blanks_of, mark_of_cells
from indicators.resources.offline.origin import ROW, Origin
from indicators.resources.offline.whole import Asked, asked_in
from unions.workbooks import Box, Line, Look, Page, fill_in

FIGURES, WORDS = "Chỉ tiêu", "Nội dung"
VALUE, NAME = "Điền vào đây", "Mã ô"
_HEAD = 2
_WIDTHS = (9, 46, 22, 18, 30, 0)
_WIDTHS_OF_WORDS = (18, 40, 70, 0)
_HOW = (
    "Chỉ điền vào ô màu vàng. Ô để trống thì số đã lưu giữ nguyên; muốn xoá, ghi “xoá”. Số nhập"
    " 1.234 hay 1 234 đều được. Điền xong, lưu tệp (.xlsx) rồi tải lên ở trang “Điền bằng Excel”;"
    " trang đó cho xem trước mọi thay đổi rồi mới lưu. Minh chứng được gửi ở trang của phiếu."
)
_HOW_TO_TELL = (
    "Ghi ngắn gọn việc đã làm trong năm vào ô màu vàng; nếu không có việc nào, ghi “Không có”."
)


def workbook_of(sheet: Sheet) -> bytes:
    """The workbook of what a submission asks, filled in as far as it was answered."""
    asked = asked_in(sheet)
    figures = [one for one in asked if isinstance(one.form, FigureForm)]
    words = [one for one in asked if isinstance(one.form, WordsForm)]
    pages = [_page_of_figures(sheet.submission, figures, asked)]
    if words:
        lines = [line for one in words for line in _told(one)]
        pages.append(Page(WORDS, _WIDTHS_OF_WORDS, [*_top_of_words(sheet), *lines], _HEAD))
    return fill_in(pages)


def _page_of_figures(
    submission: Submission, figures: Sequence[Asked], asked: Sequence[Asked]
) -> Page:
    origin = _origin(submission, [one.form for one in asked])
    [estimate] = [one for one in asked if not isinstance(one.form, FigureForm | WordsForm)]
    lines = [
        *_top(submission),
        Line([Box(), Box("Mã của tệp, không sửa"), Box(origin.packed), *_empty(2), Box(ROW)], True),
        *(line for one in figures for line in _question(one)),
        *(_cell(blank, is_open=not estimate.closed) for blank in blanks_of(estimate.form)),
    ]
    return Page(FIGURES, _WIDTHS, lines, _HEAD)


def _origin(submission: Submission, forms: Sequence[DrawnForm]) -> Origin:
    proposed = {one.key: one.proposed for one in forms if isinstance(one, FigureForm)}
    return Origin(
        submission.pk,
        submission.revision,
        str(submission),
        {one.key: one.drawn for one in forms},
        {one.key: mark_of_cells({b.name: b.value for b in blanks_of(one)}) for one in forms},
        {key: number for key, number in proposed.items() if number is not None},
    )


def _top(submission: Submission) -> list[Line]:
    """Whose it is, the heads of the columns, and how to fill it in."""
    labels = ("Mục", "Nội dung", VALUE, "Mức phấn đấu", "Năm trước", NAME)
    at = f"{timezone.localtime():%H:%M ngày %d/%m/%Y}"
    day = f"{submission.period.cut_off_on:%d/%m/%Y}"
    told = f"Số liệu tính đến ngày {day}. Tải về lúc {at}. {_HOW}"
    return [
        Line([Box(_title(submission), Look.TITLE, len(labels) - 1)]),
        Line([Box(label, Look.HEAD) for label in labels]),
        Line([Box(told, Look.SOFT, len(labels) - 1)]),
    ]


def _top_of_words(sheet: Sheet) -> list[Line]:
    labels = ("Mục", "Nội dung", VALUE, NAME)
    return [
        Line([Box(_title(sheet.submission), Look.TITLE, len(labels) - 1)]),
        Line([Box(label, Look.HEAD) for label in labels]),
        Line([Box(_HOW_TO_TELL, Look.SOFT, len(labels) - 1)]),
    ]


def _title(submission: Submission) -> str:
    return f"{submission.kind} {submission.period} – {submission.placement.name}"


def _question(one: Asked) -> Iterator[Line]:
    question = one.asked
    assert isinstance(question, Question)
    indicator = question.indicator
    part = "Trong đó: " if question.depth else ""
    text = f"{part}{indicator.question or indicator.name}"
    yield Line(
        [
            Box(indicator.code, Look.STRONG),
            Box(text, Look.STRONG, 2),
            Box(question.goal_text, Look.STRONG),
            Box(question.last_written, Look.STRONG),
        ]
    )
    for told in _notes(question):
        yield Line([Box(), Box(told, Look.SOFT, 4)])
    for blank in blanks_of(one.form):
        yield _cell(blank, is_open=not question.closed)


def _notes(question: Question) -> Iterator[str]:
    """What is to be known for the answer, a line each."""
    indicator, rule = question.indicator, question.indicator.rule
    facts = {
        "Đơn vị tính": indicator.unit,
        "Tính là đạt khi": rule.reached_when,
        "Số được giao": question.plan,
        "Số ước đã báo cáo": question.estimate,
        "Để đối chiếu": question.start.written if question.start else "",
    }
    yield " ".join([rule.help, *(f"{name}: {said}." for name, said in facts.items() if said)])
    if question.closed:
        yield "Mục này không phải sửa nên không điền được."
    if objection := question.objection:
        yield f"Yêu cầu sửa, hạn {objection.due_on:%d/%m/%Y}: {objection.reason}"
    if question.unusual:
        yield f"Số liệu đã lưu khác thường, cần giải trình: {' '.join(question.unusual)}"


def _cell(blank: Blank, *, is_open: bool) -> Line:
    look = Look.OPEN if is_open else Look.GIVEN
    label = f"{blank.label}. {blank.help}" if blank.help and blank.is_number else blank.label
    names = tuple(name for _, name in blank.choices)
    if not blank.is_number:
        cell = [Box(blank.value, look, 3, names)]
    else:
        cell = [Box(blank.value, look, number_format=_format(blank.label)), *_empty(2)]
    return Line([Box(), Box(label), *cell, Box(blank.name)])


def _told(one: Asked) -> Iterator[Line]:
    told = one.asked
    assert isinstance(told, Subject)
    if objection := told.objection:
        said = f"Yêu cầu sửa, hạn {objection.due_on:%d/%m/%Y}: {objection.reason}"
        yield Line([Box(), Box(said, Look.SOFT, 2)])
    look = Look.GIVEN if told.closed else Look.OPEN
    for blank in blanks_of(one.form):
        yield Line(
            [
                Box(named(told.subject)),
                Box(told.subject.title),
                Box(blank.value, look),
                Box(blank.name),
            ]
        )


def _format(label: str) -> str:
    """Thousands marks, and the unit that the label names in brackets: Số tiền (đồng)."""
    _, bracket, unit = label.removesuffix(")").rpartition(" (")
    named_unit = unit.replace('"', "") if bracket and label.endswith(")") else ""
    return f'#,##0" {named_unit}"' if named_unit else "#,##0"


def _empty(count: int) -> list[Box]:
    return [Box()] * count
