"""What the cells of a workbook say, and that one left alone says nothing; without a database."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from actionplan.models import Breakthrough, Period, TaskGroup
from indicators.forms import FigureForm, WordsForm
from indicators.models import Figure, Indicator, Submission
from indicators.queries import Question, Sheet, Subject
from indicators.resources.offline import comparing, reading
from indicators.resources.offline.blanks import blanks_of, rebound, sent_of
from indicators.resources.offline.writing import workbook_of
from tests.indicators.taken_along import cells_of, filled_in
from tests.support.examples import one_in
from unions.errors import RuleBroken
from unions.models import Placement
from unions.vietnamese import trimmed

PEOPLE, NUMBER, UNIONS, MONEY = 1, 2, 3, 4
INDICATORS = {
    PEOPLE: Indicator(pk=PEOPLE, code="1", name="Được tuyên truyền", kind="share_of_people"),
    NUMBER: Indicator(
        pk=NUMBER,
        code="2",
        name="Số cuộc thi",
        kind="average_per_union",
        unit="cuộc/CĐCS",
        may_not_arise=True,
        extras=[{"code": "more", "label": "Số người dự"}],
    ),
    UNIONS: Indicator(pk=UNIONS, code="3", name="Có quy chế", kind="share_of_unions"),
    MONEY: Indicator(pk=MONEY, code="4", name="Số tiền", kind="amount_of_money", unit="triệu đồng"),
}


def _question(
    key: int, answer: str = "", reason: str = "", remark: str = "", **answers
) -> Question:
    indicator = INDICATORS[key]
    if not answer:
        return Question(indicator)
    figure = Figure(indicator=indicator, answer=answer, answers=answers)
    figure.reason, figure.remark = reason, remark
    return Question(indicator, figure=figure)


def _sheet(questions: list[Question], words: list[Subject], *, estimate: bool = False) -> Sheet:
    period = Period(programme_id=1, year=2025, cut_off_on=date(2025, 11, 30))
    submission = Submission(pk=7, period=period, revision=3, estimate=estimate)
    submission.placement = Placement(name="Công đoàn cơ sở Sở Y tế")
    told = [one for one in words if isinstance(one.subject, Breakthrough)]
    return Sheet(submission, questions, told, [one for one in words if one not in told])


def _read(content: bytes, sheet: Sheet) -> reading.Workbook:
    return reading.read(io.BytesIO(content), "phieu.xlsx", sheet.submission)


COUNTS = st.integers(0, 10**15 - 1)
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"], exclude_characters="\0"),
    max_size=30,
)
TRICKY = st.sampled_from(
    ["=1+1", "-", "xoá", "Không có", "không", "1.234", "12/QC", "@x", "#N/A", "a\r\nb", "_x0041_"]
)
# as texts are stored
TEXTS = st.one_of(LINES, TRICKY).map(trimmed)
WHYS = TEXTS.map(lambda text: text or "Chưa có")
NUMBERS_OF_PEOPLE = st.tuples(COUNTS, st.integers(1, 10**9)).map(
    lambda pair: {"done": min(pair), "total": max(pair)}
)


def _answered(key: int, **answers) -> st.SearchStrategy[Question]:
    return st.builds(_question, st.just(key), st.just("number"), remark=TEXTS, **answers)


QUESTIONS = {
    PEOPLE: NUMBERS_OF_PEOPLE.map(lambda said: _question(PEOPLE, "number", **said)),
    NUMBER: st.one_of(
        _answered(NUMBER, number=COUNTS.filter(bool), extra_more=COUNTS),
        st.builds(_question, st.just(NUMBER), st.just("zero"), number=st.just(0)),
        st.builds(_question, st.just(NUMBER), st.just("not_arising"), WHYS),
    ),
    UNIONS: st.one_of(
        _answered(UNIONS, done=st.just("yes"), paper=WHYS), _answered(UNIONS, done=st.just("no"))
    ),
    MONEY: _answered(MONEY, amount=COUNTS.filter(bool)),
}
WHOLE = st.tuples(
    *(st.one_of(st.just(_question(key)), some) for key, some in QUESTIONS.items())
).map(list)
SUBJECTS = (
    Breakthrough(pk=1, number=1, title="Đối thoại"),
    TaskGroup(pk=1, number=1, title="=Tuyên truyền"),
)
WORDS = st.tuples(*(st.builds(Subject, st.just(one), st.none() | TEXTS) for one in SUBJECTS))


@given(WHOLE, WORDS.map(list), st.booleans())
@settings(max_examples=one_in(3))
def test_a_workbook_left_alone_changes_nothing(questions, words, estimate):
    sheet = _sheet(questions, words, estimate=estimate)
    workbook = _read(workbook_of(sheet), sheet)
    assert (workbook.faults, workbook.strangers) == ({}, [])
    found = comparing.compare(sheet, workbook, by=None)
    assert (found.touched, found.elsewhere, found.changes) == ([], 0, [])


@given(st.sampled_from(list(QUESTIONS)), st.data())
def test_cells_filled_in_with_other_answers_say_those(key, data):
    """Whatever stood there; an empty cell says “xoá”, since it would leave what stands."""
    some = st.one_of(st.just(_question(key)), QUESTIONS[key])
    stood, meant = (FigureForm(data.draw(some)) for _ in range(2))
    texts = {one.name: str("xoá" if one.value is None else one.value) for one in blanks_of(meant)}
    # not a text that is the very word by which one is taken away
    assume(not {"-", "xoá"} & {*map(str, (meant.stored or {}).values())})
    filled = sent_of(stood, texts, None)
    again = rebound(stood, filled.sent)
    assert filled.faults == {}
    assert again.is_valid(), again.errors
    assert again.sent == meant.stored


def _meant(stood: Question, **texts: str) -> dict[str, object] | None:
    """The answer that cells say, by field; a sentence for each that is refused."""
    form = FigureForm(stood)
    filled = sent_of(form, {f"{form.key}-{name}": text for name, text in texts.items()}, None)
    again = rebound(form, filled.sent)
    if filled.faults or not again.is_valid():
        return {
            "refused": [*filled.faults.values(), *(e for x in again.errors.values() for e in x)]
        }
    return again.sent


@pytest.mark.parametrize(
    ("stood", "texts", "meant"),
    [
        # numbers as people type them
        (_question(MONEY), {"amount": "1.234.500"}, {"answer": "number", "amount": 1234500}),
        (_question(MONEY), {"amount": "1 234 500"}, {"answer": "number", "amount": 1234500}),
        (_question(MONEY), {"amount": "1,234,500"}, {"answer": "number", "amount": 1234500}),
        # an empty cell leaves what is stored, a word takes it away
        (_question(MONEY, "number", amount=5), {}, {"answer": "number", "amount": 5}),
        (_question(MONEY, "number", amount=5), {"amount": "xoá"}, None),
        (_question(MONEY, "number", amount=5), {"answer": "Xóa", "amount": "5"}, None),
        (
            _question(MONEY, "number", remark="Đã đối chiếu", amount=5),
            {"remark": "-"},
            {"answer": "number", "amount": 5},
        ),
        (
            _question(PEOPLE, "number", done=3, total=9),
            {"done": "4"},
            {"answer": "number", "done": 4, "total": 9},
        ),
        # the three answers, as they are called and as people call them
        (_question(NUMBER), {"answer": "xac nhan bang 0"}, {"answer": "zero", "number": 0}),
        (_question(NUMBER), {"answer": "0"}, {"answer": "zero", "number": 0}),
        (
            _question(NUMBER, "number", number=5, extra_more=2),
            {"answer": "Không phát sinh", "reason": "Mới thành lập"},
            {"answer": "not_arising", "reason": "Mới thành lập"},
        ),
        (
            _question(NUMBER, "not_arising", "Mới thành lập"),
            {"number": "4"},
            {"answer": "number", "number": 4},
        ),
        (
            _question(NUMBER, "number", number=5),
            {"answer": "Xác nhận bằng 0"},
            {"answer": "zero", "number": 0},
        ),
        (
            _question(NUMBER),
            {"number": "3", "extra_more": "không"},
            {"answer": "number", "number": 3, "extra_more": 0},
        ),
        (_question(UNIONS), {"done": "CHƯA"}, {"done": "no"}),
        (_question(UNIONS), {"done": "có", "paper": "12/QC"}, {"done": "yes", "paper": "12/QC"}),
    ],
)
def test_a_cell_is_read_as_a_person_means_it(stood, texts, meant):
    assert _meant(stood, **texts) == meant


@pytest.mark.parametrize(
    ("stood", "texts", "sentence"),
    [
        (_question(MONEY), {"amount": "1.234,5"}, "“1.234,5” không phải số nguyên"),
        (_question(MONEY), {"amount": "1234.5"}, "“1234.5” không phải số nguyên"),
        (_question(MONEY), {"amount": "1,234"}, "“1,234” chưa rõ"),
        (_question(MONEY), {"amount": "không"}, "Nếu đúng là 0, hãy chọn “Xác nhận bằng 0”"),
        (_question(MONEY), {"amount": "12/05/2025"}, "“12/05/2025” không phải là số"),
        (_question(NUMBER), {"answer": "không"}, "“không” không thuộc danh mục: Có số liệu"),
        (_question(NUMBER), {"answer": "Không phát sinh"}, "Hãy ghi lý do"),
        (
            _question(NUMBER, "not_arising", "Mới thành lập"),
            {"answer": "Không phát sinh", "number": "4"},
            "Đã chọn “Không phát sinh” thì để trống ô này",
        ),
        (_question(PEOPLE), {"done": "5"}, "Ô này còn trống"),
        (_question(UNIONS), {"done": "có lẽ"}, "“có lẽ” không thuộc danh mục: Có, Không"),
    ],
)
def test_a_cell_that_says_nothing_certain_is_refused(stood, texts, sentence):
    refused = _meant(stood, **texts)["refused"]
    assert any(sentence in said for said in refused), refused


@pytest.mark.parametrize(
    ("stored", "text", "said"),
    [
        (None, "Hai hội nghị\nmột cuộc thi", "Hai hội nghị\nmột cuộc thi"),
        (None, "không có", ""),
        ("Hai hội nghị", "Không", ""),
        ("Hai hội nghị", "", "Hai hội nghị"),
        ("", "", ""),
        ("Hai hội nghị", "xoá", None),
    ],
)
def test_words_are_told_kept_denied_or_taken_away(stored, text, said):
    form = WordsForm(Subject(SUBJECTS[0], stored))
    filled = sent_of(form, {"breakthrough1-text": text} if text else {}, None)
    again = rebound(form, filled.sent)
    assert again.is_valid()
    assert again.sent == said


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5, "5"),
        (Decimal("1234.5"), "1234,5"),
        ("TRUE", "TRUE"),
        (date(2025, 5, 12), "12/05/2025"),
        ("  a\r\nb ", "a\nb"),
    ],
)
def test_a_cell_becomes_the_text_that_somebody_would_type(cell, text):
    assert reading.said(cell) == text


def test_the_number_of_people_that_was_put_in_is_no_answer():
    form = FigureForm(_question(PEOPLE))
    alone = sent_of(form, {"i1-answer": "Có số liệu", "i1-total": "120"}, 120)
    answered = sent_of(form, {"i1-done": "7", "i1-total": "120"}, 120)
    assert rebound(form, alone.sent).is_valid()
    said = []
    for filled in (alone, answered):
        again = rebound(form, filled.sent)
        assert again.is_valid()
        said.append(again.sent)
    assert said == [None, {"answer": "number", "done": 7, "total": 120}]


def test_the_workbook_says_what_is_asked_and_opens_only_what_may_be_filled_in():
    zero = _question(NUMBER, "zero", number=0)
    closed = Question(
        INDICATORS[MONEY], figure=_question(MONEY, "number", amount=5).figure, closed=True
    )
    content = workbook_of(_sheet([zero, closed], [Subject(SUBJECTS[1], "")]))
    assert cells_of(content) | {"goc": ""} == {
        "goc": "",
        **{"i2-answer": "Xác nhận bằng 0", "i2-number": 0, "i2-extra_more": None},
        **{"i2-reason": None, "i2-remark": None, "i4-answer": "Có số liệu", "i4-amount": 5},
        **{"i4-remark": None, "estimate": "Không", "taskgroup1-text": "Không có"},
    }
    book = load_workbook(io.BytesIO(content))
    page = book["Chỉ tiêu"]
    rows = range(1, page.max_row + 1)
    unlocked = {page.cell(row, 6).value for row in rows if not page.cell(row, 3).protection.locked}
    of_two = {f"i2-{name}" for name in ("answer", "number", "extra_more", "reason", "remark")}
    assert unlocked == of_two
    assert page.protection.sheet
    assert book["Nội dung"]["B4"].value == "=Tuyên truyền"
    assert book["Nội dung"]["B4"].data_type == "s"


def _without_origin(content: bytes) -> bytes:
    return filled_in(content, {"goc": None})


def _forged(content: bytes) -> bytes:
    return filled_in(content, {"goc": cells_of(content)["goc"][:-3] + "xxx"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_without_origin, "thiếu dòng “Mã của tệp”"),
        (_forged, "Mã của tệp đã bị sửa"),
        (lambda content: content[:2000], "Tệp bị hỏng"),
        (lambda content: b"ma;so\n1;2\n", "không phải bảng tính Excel"),
        (lambda content: b"", "Tệp rỗng"),
        (lambda content: b"\0" * (6 << 20), "vượt mức 5 MB. Hãy xoá ảnh và các trang không cần."),
    ],
)
def test_what_is_no_workbook_of_the_portal_is_refused(change, sentence):
    sheet = _sheet([_question(MONEY)], [])
    with pytest.raises(RuleBroken) as refused:
        _read(change(workbook_of(sheet)), sheet)
    assert sentence in str(refused.value)


def test_the_workbook_of_another_submission_is_refused_by_its_name():
    sheet, other = _sheet([_question(MONEY)], []), _sheet([_question(MONEY)], [])
    other.submission.pk = 8
    with pytest.raises(RuleBroken, match="của phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế"):
        _read(workbook_of(sheet), other)


def test_formulas_ticks_rows_of_ones_own_and_old_fonts_are_told():
    sheet = _sheet([_question(MONEY), _question(UNIONS)], [Subject(one) for one in SUBJECTS])
    book = load_workbook(io.BytesIO(workbook_of(sheet)))
    page, words = book["Chỉ tiêu"], book["Nội dung"]
    rows = {page.cell(row, 6).value: row for row in range(1, page.max_row + 1)}
    page.cell(rows["i4-amount"], 3).value = '=WEBSERVICE("http://vi.du/")'
    page.cell(rows["i4-remark"], 6).value = "i3-done"
    page.cell(rows["i3-remark"], 6).value = "i99-done"
    page.cell(rows["i3-remark"], 3).value = "lạ"
    words["C4"].value = "C«ng ®oµn tæ chøc héi nghÞ"
    words["C5"].value = True
    written = io.BytesIO()
    book.save(written)
    found = _read(written.getvalue(), sheet)
    assert "chưa được tính" in found.faults["i4-amount"]
    assert "hai dòng" in found.faults["i3-done"]
    assert "Ô ghi TRUE" in found.faults["taskgroup1-text"]
    assert found.strangers == [f"Chỉ tiêu!C{rows['i3-remark']}"]
    assert found.texts["breakthrough1-text"] == "Công đoàn tổ chức hội nghị"
