"""A programme file: what it says, what it refuses and on which line, and back again."""

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Model
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators import kinds, programme_file
from indicators.grades import Grade
from indicators.models import Indicator
from indicators.programme_file import (
    ActionSpec,
    BreakthroughSpec,
    DutySpec,
    ExtraSpec,
    IndicatorSpec,
    ProgrammeFileError,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
    TaskGroupSpec,
    parse,
    write,
)
from indicators.programme_reader import read

CLIENT_FILE = Path("actionplan/programmes/phu-tho-2023-2028.toml")
CLIENT_DOCUMENT = Path("tests/indicators/documents/phu-tho-2023-2028.txt")

SMALL = """\
title = "Chương trình hành động"
number = "02/CTr-CĐVC"
issued_on = 2024-02-05  # ngày ký
issuer = "Công đoàn Viên chức tỉnh Đông Hà"
term = { from = 2023, to = 2028 }
reporting_years = [2024,
    2025]
purposes = ['''
Dòng một
dòng hai''']
[signer]
name = "Lê Thị Hồng Đào"
[[task_groups]]
number = 1
title = "Tuyên truyền"
actions = ["Mở chuyên mục hỏi đáp"]
[[indicators]]
code = "2.1"
name = "Đoàn viên được học tập"
kind = "share_of_people"
audience = "grassroots"
horizon = "annual"
denominator = "reported"
targets = [{ low = 0.85 }]
[[indicators]]
code = "2.2"
name = "Tự xếp loại"
kind = "own_grade"
audience = "province"
horizon = "annual"
denominator = "own"
targets = [
    { operator = ">=", low = "good" },
]
"""


def test_a_small_file_is_read_and_what_it_leaves_out_is_empty():
    assert parse(SMALL) == ProgrammeSpec(
        title="Chương trình hành động",
        subject="",
        number="02/CTr-CĐVC",
        number_proposed="",
        issued_on=date(2024, 2, 5),
        place="",
        issuer="Công đoàn Viên chức tỉnh Đông Hà",
        parent_body="",
        term_from=2023,
        term_to=2028,
        reporting_years=(2024, 2025),
        legal_bases=(),
        purposes=("Dòng một\ndòng hai",),
        objectives=(),
        indicators=(
            IndicatorSpec(
                code="2.1",
                name="Đoàn viên được học tập",
                text="",
                question="",
                kind="share_of_people",
                audience="grassroots",
                horizon="annual",
                unit="",
                denominator="reported",
                targets=(TargetSpec(">=", Decimal("0.85")),),
            ),
            IndicatorSpec(
                code="2.2",
                name="Tự xếp loại",
                text="",
                question="",
                kind="own_grade",
                audience="province",
                horizon="annual",
                unit="",
                denominator="own",
                targets=(TargetSpec(">=", Decimal(3)),),
            ),
        ),
        breakthroughs=(),
        task_groups=(TaskGroupSpec(1, "Tuyên truyền", (ActionSpec("Mở chuyên mục hỏi đáp"),)),),
        duties=(),
        recipients=(),
        signer=SignerSpec("", "", "Lê Thị Hồng Đào"),
    )


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            'title = "Chương trình hành động"\n',
            "",
            "Dòng 1: chương trình thiếu trường “title”.",
        ),
        ('"02/CTr-CĐVC"', '" "', "Dòng 2: chương trình để trống trường “number”."),
        (
            "2024-02-05",
            '"05/02/2024"',
            "Dòng 3: chương trình có “issued_on” sai kiểu, phải là ngày, ví dụ 2024-03-13.",
        ),
        (
            "from = 2023",
            "from = 2029",
            "Dòng 5: nhiệm kỳ không thể từ năm 2029 đến năm 2028.",
        ),
        (
            "    2025]",
            "    2031]",
            "Dòng 6: chương trình có năm báo cáo 2031 ngoài nhiệm kỳ hoặc không tăng dần.",
        ),
        ("[signer]", "[sign]", "Dòng 1: chương trình thiếu trường “signer”."),
        (
            'name = "Lê Thị Hồng Đào"',
            'name = "Lê Thị Hồng Đào"\nnote = "x"',
            "Dòng 13: người ký có trường “note” không được dùng.",
        ),
        (
            'number = 1\ntitle = "Tuyên truyền"',
            'number = "một"\ntitle = "Tuyên truyền"',
            "Dòng 14: nhóm nhiệm vụ một có “number” sai kiểu, phải là số nguyên.",
        ),
        (
            '["Mở chuyên mục hỏi đáp"]',
            '["Mở",\n 3]',
            "Dòng 17: nhóm nhiệm vụ 1 có “actions” sai kiểu, mỗi mục phải là chuỗi ký tự.",
        ),
        (
            'kind = "share_of_people"\n',
            "",
            "Dòng 17: chỉ tiêu 2.1 thiếu trường “kind”.",
        ),
        (
            'kind = "share_of_people"',
            'kind = "tỷ lệ"',
            "Dòng 20: chỉ tiêu 2.1 có “kind” là “tỷ lệ”, phải là một trong: share_of_people,"
            " share_of_unions, share_of_unions_rated, own_grade, average_per_union,"
            " plan_fulfilment.",
        ),
        (
            "low = 0.85",
            "low = 85",
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “low” lớn hơn 1;"
            " tỷ lệ 85% phải ghi là 0.85.",
        ),
        (
            "low = 0.85",
            "low = nan",
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “low” ngoài khoảng từ 0 đến 15 chữ số.",
        ),
        (
            "low = 0.85",
            "low = 0.8500001",
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “low” quá 6 chữ số thập phân.",
        ),
        (
            "low = 0.85",
            "low = true",
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “low” không phải là số.",
        ),
        (
            "{ low = 0.85 }",
            '{ operator = "range", low = 0.5 }',
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 với “range” phải có đúng “low” và “high”.",
        ),
        (
            "{ low = 0.85 }",
            '{ operator = "range", low = 0.5, high = 0.4 }',
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “high” nhỏ hơn “low”.",
        ),
        ('code = "2.2"', 'code = "2.1"', "Dòng 26: chỉ tiêu 2.1 trùng “code” với một mục ở trên."),
        (
            '"good"',
            '"tốt"',
            "Dòng 33: chỉ tiêu 2.2, mức phấn đấu thứ 1 có “low” là “tốt”, phải là một trong:"
            " excellent, good, completed, not_completed.",
        ),
        (
            'code = "2.2"\n',
            "",
            "Dòng 25: chỉ tiêu thứ 2 thiếu trường “code”.",
        ),
        (
            'name = "Tự xếp loại"',
            "name = Tự xếp loại",
            "Dòng 27: tệp không đúng cú pháp TOML; hãy sửa chỗ này rồi nạp lại.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(before: str, after: str, sentence: str):
    assert before in SMALL
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(SMALL.replace(before, after, 1))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "[2024,\n    2025]",
            "[]",
            "Dòng 6: chương trình chưa có năm báo cáo trong “reporting_years”.",
        ),
        (
            "reporting_years = [2024,\n    2025]",
            "",
            "Dòng 1: chương trình chưa có năm báo cáo trong “reporting_years”.",
        ),
        ("from = 2023", "from = 2028", "Dòng 5: nhiệm kỳ không thể từ năm 2028 đến năm 2028."),
        (
            "to = 2028",
            "to = 99999999999999999999",
            "Dòng 5: nhiệm kỳ có “to” ngoài khoảng từ 1900 đến 2199.",
        ),
        (
            "    2025]",
            f"    0x{'f' * 5000}]",
            "Dòng 7: chương trình có “reporting_years” ngoài khoảng từ 1900 đến 2199.",
        ),
        *(
            (
                "number = 1",
                f"number = {number}",
                f"Dòng 14: nhóm nhiệm vụ {label} có “number” ngoài khoảng từ 1 đến 999.",
            )
            for number, label in [
                ("0", "0"),
                ("-4", "-4"),
                ("70000", "70000"),
                ("99999999999999999999", "thứ 1"),
                (f"0x{'f' * 5000}", "thứ 1"),
            ]
        ),
        (
            "Lê Thị Hồng Đào",
            "Lê\\u0000Thị",
            "Dòng 12: người ký có ký tự điều khiển trong “name”; hãy xoá đi.",
        ),
        (
            "dòng hai''']",
            "dòng hai''', \"a\\u0007\"]",
            "Dòng 10: chương trình có ký tự điều khiển trong “purposes”; hãy xoá đi.",
        ),
        (
            "targets = [{ low = 0.85 }]",
            "targets = [{ low = 0.85 },\n { low = 0.9 }]",
            "Dòng 24: chỉ tiêu 2.1 có hơn một mức phấn đấu.",
        ),
        *(
            (
                'denominator = "reported"',
                f'denominator = "{denominator}"',
                f"Dòng 23: chỉ tiêu 2.1 có mẫu số “{denominator}” đếm đơn vị, không hợp với cách"
                " tính “share_of_people”.",
            )
            for denominator in ("in_place", "gradable")
        ),
        (
            'denominator = "reported"',
            'denominator = "own"',
            "Dòng 23: chỉ tiêu 2.1 có mẫu số “own” không hợp với đơn vị trả lời “grassroots”.",
        ),
        (
            'denominator = "own"',
            'denominator = "reported"',
            "Dòng 31: chỉ tiêu 2.2 có mẫu số “reported” không hợp với đơn vị trả lời “province”.",
        ),
        (
            'audience = "province"',
            'audience = "grassroots"',
            "Dòng 29: chỉ tiêu 2.2 có “own_grade” là xếp loại của chính công đoàn cấp tỉnh,"
            " phải do “province” trả lời.",
        ),
    ],
)
def test_what_the_portal_cannot_keep_or_count_is_named_with_its_line(before, after, sentence):
    assert before in SMALL
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(SMALL.replace(before, after, 1))
    assert str(refusal.value) == sentence


def _first(parts: tuple, **changed: str) -> tuple:
    return (replace(parts[0], **changed), *parts[1:])


def _with(spec: ProgrammeSpec, part: str, name: str, text: str) -> ProgrammeSpec:
    """`spec` with one text changed, in itself or in the first of a part."""
    if not part:
        return replace(spec, **{name: text})
    if part == "actions":
        actions = _first(spec.task_groups[0].actions, **{name: text})
        return replace(spec, task_groups=_first(spec.task_groups, actions=actions))
    return replace(spec, **{part: _first(getattr(spec, part), **{name: text})})


@pytest.mark.parametrize(
    ("model", "part", "name"),
    [
        *((Programme, "", name) for name in ("title", "subject", "number", "number_proposed")),
        *((Programme, "", name) for name in ("place", "issuer", "parent_body")),
        *((Indicator, "indicators", name) for name in ("code", "name", "unit")),
        (Breakthrough, "breakthroughs", "title"),
        (TaskGroup, "task_groups", "title"),
        (Action, "actions", "title"),
    ],
)
def test_a_text_is_as_long_as_its_column_and_no_longer(model: type[Model], part: str, name: str):
    most = model._meta.get_field(name).max_length
    spec = parse(CLIENT_FILE.read_text())
    longest = _with(spec, part, name, "ữ" * most)
    assert parse(write(longest)) == longest
    text = write(_with(spec, part, name, "ữ" * (most + 1)))
    line = 1 + text[: text.index("ữ" * most)].count("\n")
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(text)
    assert str(refusal.value).startswith(f"Dòng {line}: ")
    assert str(refusal.value).endswith(f"có “{name}” dài hơn {most} ký tự.")


def test_kinds_that_count_unions_are_those_that_may_stand_over_all_of_them():
    counting = {kind.code for kind in kinds.REGISTRY.values() if kind.counts_unions}
    assert counting == set(programme_file.KINDS) - set(programme_file.PLAIN_KINDS)


def test_a_draft_may_lack_what_a_programme_needs():
    text = SMALL.replace("[2024,\n    2025]", "[]").replace('"02/CTr-CĐVC"', '""')
    text = text.replace('"Tuyên truyền"', f'"{"dài " * 100}"')
    draft = parse(text, draft=True)
    assert (draft.number, draft.reporting_years) == ("", ())
    assert write(draft) == write(parse(write(draft), draft=True))
    with pytest.raises(ProgrammeFileError):
        parse(text)


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(ProgrammeFileError, match=r"^Dòng 2: tệp chương trình không phải văn bản"):
        parse(b'title = "a"\nnumber = "\xff"\n')


def test_a_file_saved_on_windows_is_the_same_file():
    assert parse(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()) == parse(SMALL)


def test_kinds_that_are_added_later_are_passed_in():
    text = SMALL.replace('"share_of_people"', '"count"').replace("low = 0.85", "low = 1500")
    spec = parse(text, kinds=(*programme_file.KINDS, "count"))
    assert spec.indicators[0].targets == (TargetSpec(">=", Decimal(1500)),)


def test_the_grades_rank_from_four_to_one():
    assert [(grade.label, grade.rank) for grade in Grade] == [
        ("Hoàn thành xuất sắc nhiệm vụ", 4),
        ("Hoàn thành tốt nhiệm vụ", 3),
        ("Hoàn thành nhiệm vụ", 2),
        ("Không hoàn thành nhiệm vụ", 1),
    ]
    assert [Grade.of_rank(grade.rank) for grade in Grade] == list(Grade)


def test_the_client_s_file_agrees_with_the_document_but_for_titles_and_questions():
    shipped, spec = parse(CLIENT_FILE.read_text()), read(CLIENT_DOCUMENT).spec
    assert _without_what_was_edited(shipped) == _without_what_was_edited(spec)
    assert all(indicator.question.endswith((".", "?")) for indicator in shipped.indicators)
    titles = [action.title for group in shipped.task_groups for action in group.actions]
    assert len(set(titles)) == 34
    assert max(map(len, titles)) <= 90


def _without_what_was_edited(spec: ProgrammeSpec) -> ProgrammeSpec:
    return replace(
        spec,
        title="",
        indicators=tuple(replace(indicator, question="") for indicator in spec.indicators),
        task_groups=tuple(
            replace(group, actions=tuple(replace(action, title="") for action in group.actions))
            for group in spec.task_groups
        ),
    )


# --- there and back ---

texts = st.text(st.sampled_from("aĐịnhữ “”\"'\\#[]={}\n\t.-" + string.digits), max_size=20)
words = texts.map(lambda text: f"x{text}")
shares = st.decimals(0, 1, places=4)
amounts = st.decimals(0, 10**9, places=2)
grades = st.sampled_from([Decimal(grade.rank) for grade in Grade])
OF_KIND = {"share_of_people": shares, "own_grade": grades, "average_per_union": amounts}


def _targets(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[TargetSpec]:
    return st.one_of(
        st.builds(TargetSpec, st.sampled_from([">=", ">", "="]), values),
        st.builds(TargetSpec, st.just("<="), st.none(), values),
        st.tuples(values, values).map(lambda pair: TargetSpec("range", min(pair), max(pair))),
    )


# who answers, and out of what: for every kind, for kinds that count unions, for own figures
ASKED = {
    "share_of_people": [("grassroots", "reported"), ("province", "own")],
    "own_grade": [("province", "own")],
    "average_per_union": [("grassroots", "in_place"), ("grassroots", "gradable")],
}


def _indicators(kind: str) -> st.SearchStrategy[IndicatorSpec]:
    return st.sampled_from(ASKED[kind]).flatmap(lambda asked: _asked(kind, *asked))


def _asked(kind: str, audience: str, denominator: str) -> st.SearchStrategy[IndicatorSpec]:
    return st.builds(
        IndicatorSpec,
        code=words.map(lambda text: text[:20]),
        name=words,
        text=texts,
        question=texts,
        kind=st.just(kind),
        audience=st.just(audience),
        horizon=st.sampled_from(programme_file.HORIZONS),
        unit=texts,
        denominator=st.just(denominator),
        not_arising=st.booleans(),
        extras=_tuples(st.builds(ExtraSpec, words, words), lambda extra: extra.code),
        targets=st.lists(_targets(OF_KIND[kind]), max_size=1).map(tuple),
    )


def _tuples(items, unique_by=None):
    return st.lists(items, max_size=3, unique_by=unique_by).map(tuple)


programmes = st.builds(
    ProgrammeSpec,
    title=words,
    subject=texts,
    number=words,
    number_proposed=texts,
    issued_on=st.dates(),
    place=texts,
    issuer=words,
    parent_body=texts,
    term_from=st.just(2023),
    term_to=st.just(2028),
    reporting_years=st.sets(st.integers(2023, 2028), min_size=1).map(sorted).map(tuple),
    legal_bases=_tuples(texts),
    purposes=_tuples(texts),
    objectives=_tuples(texts),
    indicators=_tuples(st.one_of(*map(_indicators, OF_KIND)), lambda indicator: indicator.code),
    breakthroughs=_tuples(
        st.builds(BreakthroughSpec, st.integers(1, 99), words, texts), lambda item: item.number
    ),
    task_groups=_tuples(
        st.builds(
            TaskGroupSpec,
            st.integers(1, 99),
            words,
            _tuples(st.builds(ActionSpec, words, texts)),
        ),
        lambda group: group.number,
    ),
    duties=_tuples(st.builds(DutySpec, words, _tuples(texts))),
    recipients=_tuples(texts),
    signer=st.builds(SignerSpec, texts, texts, texts),
)


@settings(max_examples=50)
@given(programmes)
def test_what_is_written_reads_the_same(spec: ProgrammeSpec):
    assert parse(write(spec)) == spec


@settings(max_examples=50)
@given(programmes.filter(lambda spec: spec.indicators), st.data())
def test_a_wrong_line_is_found_wherever_it_stands(spec: ProgrammeSpec, data: st.DataObject):
    lines = write(spec).split("\n")
    places = [at for at, line in enumerate(lines) if line.startswith("kind = ")]
    at = data.draw(st.sampled_from(places))
    lines[at] = 'kind = "none"'
    with pytest.raises(ProgrammeFileError, match=f"^Dòng {at + 1}: "):
        parse("\n".join(lines))
