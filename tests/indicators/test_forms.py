"""What the form of one indicator accepts, and the sentence with which it refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators import queries
from indicators.forms import EntryForm, FigureForm, WordsForm
from indicators.models import Answer
from tests.builders import PDF, Province, fill_in, make_indicator


def _question(submission, kind: str) -> queries.Question:
    questions = queries.sheet(submission).questions
    return next(one for one in questions if one.indicator.kind == kind)


def _form(province: Province, kind: str, typed: dict[str, str], *files) -> FigureForm:
    """The form of the first indicator of `kind`, sent with `typed`."""
    own = kind in {"own_grade", "plan_fulfilment"}
    submission = province.own_submission if own else province.health_submission
    question = _question(submission, kind)
    prefix = f"i{question.indicator.pk}"
    sent = QueryDict(mutable=True)
    sent.update({f"{prefix}-{name}": value for name, value in typed.items()})
    return FigureForm(question, sent, MultiValueDict({f"{prefix}-uploads": list(files)}))


def _own(province: Province, kind: str, typed: dict[str, str], **words) -> FigureForm:
    """The form of an indicator in its own `words`, added to the programme, sent with `typed`."""
    indicator = make_indicator(province.programme, "3.1", kind, **words)
    questions = queries.sheet(province.health_submission).questions
    question = next(one for one in questions if one.indicator == indicator)
    sent = QueryDict(mutable=True)
    sent.update({f"i{indicator.pk}-{name}": value for name, value in typed.items()})
    return FigureForm(question, sent, MultiValueDict())


def _number(**typed: str) -> dict[str, str]:
    return {"answer": "number", **typed}


@pytest.mark.parametrize(
    ("kind", "typed", "answer", "answers"),
    [
        ("share_of_people", _number(done="90", total="100"), Answer.NUMBER, (90, 100)),
        ("share_of_people", _number(done="1.234", total="1 500"), Answer.NUMBER, (1234, 1500)),
        ("share_of_people", {"done": "5", "total": "5"}, Answer.NUMBER, (5, 5)),
        ("share_of_people", {"answer": "zero", "total": "9"}, Answer.ZERO, (0, 9)),
        ("share_of_people", {"answer": "zero", "done": "0", "total": "9"}, Answer.ZERO, (0, 9)),
        ("average_per_union", _number(number="3"), Answer.NUMBER, (3,)),
        ("average_per_union", _number(number="3", extra_admitted="0"), Answer.NUMBER, (3, 0)),
        ("average_per_union", {"answer": "zero"}, Answer.ZERO, (0,)),
        ("average_per_union", {"answer": "zero", "extra_admitted": "2"}, Answer.ZERO, (0, 2)),
        ("share_of_unions", {"done": "yes", "paper": "12/QC"}, Answer.NUMBER, ("yes", "12/QC")),
        ("share_of_unions", {"done": "no"}, Answer.NUMBER, ("no",)),
        ("share_of_unions_rated", _number(grade="good"), Answer.NUMBER, ("good",)),
        ("own_grade", {"grade": "excellent"}, Answer.NUMBER, ("excellent",)),
        (
            "plan_fulfilment",
            _number(collected="5.500.000", assigned="5 000 000"),
            Answer.NUMBER,
            (5_500_000, 5_000_000),
        ),
    ],
)
def test_what_was_typed_becomes_an_answer(province: Province, kind, typed, answer, answers):
    form = _form(province, kind, typed)
    assert form.is_valid(), form.errors
    assert form.entry.answer == answer
    assert tuple(form.entry.answers.values()) == answers


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("share_of_people", {}),
        ("share_of_people", _number()),
        ("share_of_people", _number(done="", total=" ")),
        ("average_per_union", _number(number="")),
        ("share_of_unions", {"paper": ""}),
        ("share_of_unions_rated", _number(grade="")),
        ("own_grade", {}),
    ],
)
def test_an_empty_field_is_no_answer(province: Province, kind, typed):
    form = _form(province, kind, typed)
    assert form.is_valid(), form.errors
    assert form.entry is None


def test_nothing_arisen_needs_a_reason_and_no_number(province: Province):
    typed = {"answer": "not_arising", "reason": "Không có quần chúng"}
    form = _form(province, "average_per_union", typed)
    assert form.is_valid(), form.errors
    entry = form.entry
    assert (entry.answer, entry.answers, entry.reason) == (
        Answer.NOT_ARISING,
        {},
        "Không có quần chúng",
    )


_ZERO_OR_EMPTY = "Đã chọn “Xác nhận bằng 0” thì để trống ô này hoặc ghi 0."
_TOO_MANY = (
    "Số người đạt không thể lớn hơn tổng số người. Nếu đã cộng lượt người, hãy đếm mỗi người một"
    " lần."
)


@pytest.mark.parametrize(
    ("kind", "typed", "errors"),
    [
        (
            "share_of_people",
            _number(done="0", total="10"),
            {"done": "Nếu đúng là 0, hãy chọn “Xác nhận bằng 0”."},
        ),
        (
            "average_per_union",
            _number(number="0"),
            {"number": "Nếu đúng là 0, hãy chọn “Xác nhận bằng 0”."},
        ),
        ("share_of_people", {"answer": "zero"}, {"total": "Ô này còn trống."}),
        (
            "share_of_people",
            {"answer": "zero", "done": "5", "total": "9"},
            {"done": _ZERO_OR_EMPTY},
        ),
        ("share_of_people", _number(done="11", total="10"), {"done": _TOO_MANY}),
        ("share_of_people", _number(done="5"), {"total": "Ô này còn trống."}),
        ("share_of_people", _number(total="5"), {"done": "Ô này còn trống."}),
        (
            "share_of_people",
            _number(done="5", total="0"),
            {"total": "Số phải từ 1 trở lên; đã nhập “0”."},
        ),
        (
            "share_of_people",
            _number(done="-5", total="9"),
            {"done": "Số phải từ 0 trở lên; đã nhập “-5”."},
        ),
        (
            "share_of_people",
            _number(done="1.234,5", total="9999"),
            {"done": "“1.234,5” không phải số nguyên. Hãy nhập số nguyên."},
        ),
        (
            "share_of_people",
            _number(done="1,234.5", total="9999"),
            {"done": "“1,234.5” không phải số nguyên. Hãy nhập số nguyên."},
        ),
        (
            "share_of_people",
            _number(done="chín", total="10"),
            {"done": "“chín” không phải là số: hãy viết như 1.234."},
        ),
        (
            "share_of_people",
            _number(done="1", total="1" * 20),
            {"total": f"“{'1' * 20}” có quá 15 chữ số: hãy kiểm tra lại."},
        ),
        (
            "share_of_people",
            _number(done="x"),
            {
                "done": "“x” không phải là số: hãy viết như 1.234.",
                "total": "Ô này còn trống.",
            },
        ),
        (
            "share_of_unions",
            {"done": "yes"},
            {"paper": "Trả lời “Có” cần ghi số, ký hiệu văn bản, ví dụ 12/QC-CĐCS."},
        ),
        ("share_of_unions", {"paper": "12/QC"}, {"done": "Ô này còn trống."}),
        (
            "average_per_union",
            {"answer": "not_arising"},
            {"reason": "Hãy ghi lý do “không phát sinh”."},
        ),
        (
            "average_per_union",
            {"answer": "not_arising", "reason": "Không có", "number": "2"},
            {"number": "Đã chọn “Không phát sinh” thì để trống ô này."},
        ),
        (
            "average_per_union",
            _number(number="2", reason="Không có"),
            {"reason": "Lý do chỉ đi cùng câu trả lời “Không phát sinh”: hãy chọn hoặc xoá."},
        ),
        ("average_per_union", _number(extra_admitted="2"), {"number": "Ô này còn trống."}),
        (
            "share_of_unions_rated",
            {"answer": "not_arising", "reason": "Mới thành lập", "grade": "good"},
            {"grade": "Đã chọn “Chưa đủ điều kiện xếp loại” thì để trống ô này."},
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_beside_its_field(
    province: Province, kind, typed, errors
):
    form = _form(province, kind, typed)
    assert not form.is_valid()
    assert {name: list(found) for name, found in form.errors.items()} == {
        name: [sentence] for name, sentence in errors.items()
    }


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        ("share_of_people", ["Có số liệu", "Xác nhận bằng 0"]),
        ("share_of_unions", None),
        ("average_per_union", ["Có số liệu", "Xác nhận bằng 0", "Không phát sinh"]),
        ("share_of_unions_rated", ["Có số liệu", "Chưa đủ điều kiện xếp loại"]),
        ("own_grade", None),
        ("plan_fulfilment", ["Có số liệu", "Xác nhận bằng 0"]),
    ],
)
def test_only_answers_that_the_indicator_takes_are_offered(province: Province, kind, offered):
    field = _form(province, kind, {}).answer_field
    assert (field and [label for _, label in field.field.choices]) == offered


def test_an_answer_that_was_not_offered_is_refused(province: Province):
    form = _form(province, "share_of_people", {"answer": "not_arising", "reason": "không"})
    assert "answer" in form.errors


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.pdf", b"", "Tệp “rong.pdf” rỗng."),
        ("lon.pdf", PDF + b" " * (10 * 1024 * 1024), "Tệp “lon.pdf” lớn hơn 10 MB."),
        ("anh.jpg", PDF, "Tệp “anh.jpg” không phải là tệp ảnh JPEG"),
        ("chay.exe", b"MZ", "Tệp “chay.exe” không thuộc loại nhận được"),
        ("trang.svg", b"<svg/>", "Tệp “trang.svg” không thuộc loại nhận được"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_at_its_figure(
    province: Province, name, content, sentence
):
    good, bad = SimpleUploadedFile("tot.pdf", PDF), SimpleUploadedFile(name, content)
    form = _form(province, "share_of_people", _number(done="1", total="2"), good, bad)
    assert list(form.errors) == ["uploads"]
    assert form.errors["uploads"][0].startswith(sentence)


def test_several_good_files_come_with_the_answer(province: Province):
    files = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(3)]
    form = _form(province, "share_of_people", _number(done="1", total="2"), *files)
    assert form.is_valid(), form.errors
    assert [file.name for file in form.entry.uploads] == ["0.pdf", "1.pdf", "2.pdf"]


def test_every_file_that_is_refused_is_named(province: Province):
    files = [
        SimpleUploadedFile("rong.pdf", b""),
        SimpleUploadedFile("tot.pdf", PDF),
        SimpleUploadedFile("chay.exe", b"MZ"),
    ]
    form = _form(province, "share_of_people", _number(done="1", total="2"), *files)
    first, second = form.errors["uploads"]
    assert first.startswith("Tệp “rong.pdf” rỗng.")
    assert second.startswith("Tệp “chay.exe” không thuộc loại nhận được")


def test_a_file_without_an_answer_is_not_dropped_in_silence(province: Province):
    form = _form(province, "share_of_people", {}, SimpleUploadedFile("a.pdf", PDF))
    assert list(form.errors) == ["uploads"]


@pytest.mark.parametrize(
    ("text", "none", "said"),
    [("Đã làm", False, "Đã làm"), ("", True, ""), ("", False, None), ("  ", False, None)],
)
def test_words_are_a_text_or_nothing_to_tell_or_unsaid(province: Province, text, none, said):
    told = queries.sheet(province.health_submission).task_groups[0]
    sent = QueryDict(mutable=True)
    sent[f"taskgroup{told.subject.pk}-text"] = text
    if none:
        sent[f"taskgroup{told.subject.pk}-none"] = "on"
    form = WordsForm(told, sent)
    assert form.is_valid(), form.errors
    assert (form.said and form.said.text) == said


def test_text_and_nothing_to_tell_exclude_each_other(province: Province):
    told = queries.sheet(province.health_submission).breakthroughs[0]
    prefix = f"breakthrough{told.subject.pk}"
    form = WordsForm(told, QueryDict(f"{prefix}-text=viec&{prefix}-none=on"))
    assert list(form.errors) == ["none"]


def test_the_form_shows_what_was_saved_as_offices_write_it(province: Province):
    submission = fill_in(province.health_submission, i2_1_1={"done": 1234, "total": 5678})
    form = FigureForm(_question(submission, "share_of_people"))
    assert [field.value() for field in form.numbers] == ["1.234", "5.678"]


def test_every_mistake_of_the_page_is_listed_with_its_place(province: Province):
    sheet = queries.sheet(province.health_submission)
    first, second = sheet.questions[0].indicator, sheet.questions[1].indicator
    group = sheet.task_groups[0].subject
    sent = QueryDict(
        f"i{first.pk}-done=a&i{first.pk}-total=5&i{second.pk}-done=yes"
        f"&taskgroup{group.pk}-text=x&taskgroup{group.pk}-none=on"
    )
    form = EntryForm(sheet, sent, MultiValueDict())
    assert not form.is_valid()
    assert [(mistake.where, mistake.anchor) for mistake in form.mistakes] == [
        (f"Chỉ tiêu {first.code}", f"id_i{first.pk}-done"),
        (f"Chỉ tiêu {second.code}", f"id_i{second.pk}-paper"),
        (str(group), f"id_taskgroup{group.pk}-none"),
    ]


_WORKERS = {"basis": {"asks": "Số lao động", "least": 25}, "condition": "đơn vị từ 25 lao động"}
_MEAL = {"threshold": {"asks": "Mức ăn ca (đồng)", "least": 15_000}}


@pytest.mark.parametrize(
    ("kind", "words", "typed", "answer", "answers"),
    [
        ("minimum_per_union", {}, {"number": "2"}, Answer.NUMBER, {"number": 2}),
        ("count_per_year", {"unit": "cuộc"}, {"answer": "zero"}, Answer.ZERO, {"number": 0}),
        ("count_over_term", {"unit": "vụ"}, {"number": "12"}, Answer.NUMBER, {"number": 12}),
        ("amount_of_money", {}, {"amount": "2.500.000"}, Answer.NUMBER, {"amount": 2_500_000}),
        (
            "milestone",
            {},
            {"reached": "no", "because": "Chưa tập huấn"},
            Answer.NUMBER,
            {"reached": "no", "because": "Chưa tập huấn"},
        ),
        ("share_of_unions", _MEAL, {"number": "15.000"}, Answer.NUMBER, {"number": 15_000}),
        ("share_of_unions", _MEAL, {"number": "0"}, Answer.NUMBER, {"number": 0}),
        ("own_grade", {"scale": "2014"}, {"grade": "strong"}, Answer.NUMBER, {"grade": "strong"}),
        # the number that decides comes first, and below it nothing else is owed
        (
            "count_per_year",
            _WORKERS,
            {"basis": "25", "number": "3"},
            Answer.NUMBER,
            {"basis": 25, "number": 3},
        ),
        ("count_per_year", _WORKERS, {"basis": "24"}, Answer.NUMBER, {"basis": 24}),
        (
            "share_of_people",
            _WORKERS,
            {"basis": "3", "done": "0"},
            Answer.NUMBER,
            {"basis": 3, "done": 0},
        ),
    ],
)
def test_every_kind_is_filled_in_with_its_own_limits(
    province: Province, kind, words, typed, answer, answers
):
    form = _own(province, kind, typed, **words)
    assert form.is_valid(), form.errors
    assert (form.entry.answer, dict(form.entry.answers)) == (answer, answers)


@pytest.mark.parametrize(
    ("kind", "words", "typed", "errors"),
    [
        ("count_per_year", _WORKERS, {"basis": "25"}, {"number": "Ô này còn trống."}),
        ("count_per_year", _WORKERS, {"number": "4"}, {"basis": "Ô này còn trống."}),
        ("milestone", {}, {"reached": "yes"}, {"because": "Ô này còn trống."}),
        (
            "own_grade",
            {"scale": "2014"},
            {"grade": "good"},
            {"grade": "Hãy chọn lại: không có lựa chọn good."},
        ),
        (
            "share_of_people",
            {"labels": {"done": "Nữ được khám", "total": "Nữ của đơn vị"}},
            {"done": "8", "total": "7"},
            {
                "done": "Nữ được khám không thể lớn hơn nữ của đơn vị. Nếu đã cộng lượt người, hãy"
                " đếm mỗi người một lần."
            },
        ),
    ],
)
def test_what_a_kind_refuses_is_said_in_the_indicators_words(
    province: Province, kind, words, typed, errors
):
    form = _own(province, kind, typed, **words)
    assert not form.is_valid()
    assert {name: list(found) for name, found in form.errors.items()} == {
        name: [sentence] for name, sentence in errors.items()
    }


def test_below_its_limit_the_question_says_that_the_rest_stays_empty(province: Province):
    form = _own(province, "count_per_year", {}, unit="vụ", **_WORKERS)
    assert form["basis"].label == "Số lao động"
    assert form["basis"].help_text == (
        "Điều kiện tính: đơn vị từ 25 lao động. Dưới 25 thì không thuộc diện tính: để trống các ô"
        " còn lại."
    )
    assert [name for name, _ in form.answer_field.field.choices] == ["number", "zero"]


@pytest.mark.parametrize("reason", ["", "Toàn bộ là đảng viên"])
def test_a_condition_words_the_third_answer_and_needs_no_reason(province: Province, reason):
    typed = {"answer": "not_arising", "reason": reason}
    form = _own(province, "count_per_year", typed, condition="CĐCS có quần chúng")
    assert form.answer_field.field.choices[-1] == (
        "not_arising",
        "Không có đối tượng để tính (điều kiện: CĐCS có quần chúng)",
    )
    assert form["reason"].label == "Lý do không có đối tượng để tính (nếu cần nói rõ)"
    assert form.is_valid(), form.errors
    assert (form.entry.answer, form.entry.reason) == (Answer.NOT_ARISING, reason)


def test_a_remark_comes_with_the_answer_and_is_shown_again(province: Province):
    typed = _number(done="1", total="2", remark=" Sáp nhập hai phòng ")
    form = _form(province, "share_of_people", typed)
    assert form.is_valid(), form.errors
    assert form.entry.remark == "Sáp nhập hai phòng"
    assert form.explains
    assert not _form(province, "share_of_people", _number(done="1", total="2")).explains


def test_the_share_is_that_of_the_two_numbers_not_of_the_limit(province: Province):
    form = _own(province, "share_of_people", {}, **_WORKERS)
    assert form.share_of == f"{form['done'].auto_id} {form['total'].auto_id}"


def test_what_its_own_number_left_out_opens_again_as_it_was_typed(province: Province):
    indicator = make_indicator(province.programme, "3.1", "count_per_year", **_WORKERS)
    submission = fill_in(province.health_submission, i3_1={"basis": 20})
    figure = submission.figures.get(indicator=indicator)
    assert (figure.answer, figure.reason) == (Answer.NOT_ARISING, "Số lao động: 20, dưới 25")
    form = FigureForm(_question(submission, "count_per_year"))
    assert [form[name].value() for name in ("answer", "basis", "number")] == ["number", "20", None]


def test_a_condition_kept_as_the_reason_is_not_shown_as_one(province: Province):
    make_indicator(province.programme, "3.1", "count_per_year", condition="CĐCS có quần chúng")
    submission = fill_in(province.health_submission, i3_1="CĐCS có quần chúng")
    form = FigureForm(_question(submission, "count_per_year"))
    assert (form["answer"].value(), form["reason"].value()) == ("not_arising", "")


@pytest.mark.parametrize("stored", [False, True])
def test_a_number_put_in_for_the_person_is_there_beside_a_mistake(province: Province, stored):
    if stored:
        fill_in(province.health_submission)
    form = _form(province, "share_of_people", _number(done="abc", total="100", proposed="100"))
    assert [fault.label for fault in form.faults] == ["Số người đạt"]
    alone = _form(province, "share_of_people", _number(done="", total="100", proposed="100"))
    assert alone.is_valid()
    assert alone.entry is None
