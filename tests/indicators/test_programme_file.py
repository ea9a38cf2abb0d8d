"""A programme file: what it says, what it refuses and on which line, and back again."""

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplan.models import Action, Breakthrough, Programme, TaskGroup
from indicators import kinds, programme_file
from indicators.aggregation import Years
from indicators.grades import SCALES, SINCE_2019, UNTIL_2018
from indicators.models import Indicator
from indicators.programme_file import (
    ActionSpec,
    AssignmentSpec,
    BreakthroughSpec,
    DutySpec,
    ExtraSpec,
    IndicatorSpec,
    LeastSpec,
    ProgrammeFileError,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
    TaskGroupSpec,
)
from indicators.programme_file.lines import locate
from indicators.programme_reader import read
from unions.models import UnionType
from unions.quantities import Style

parse = partial(programme_file.parse, kinds=kinds.REGISTRY)
write = partial(programme_file.write, kinds=kinds.REGISTRY)

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
            'title = "Chương trình hành động"',
            'title = "\u200b\ufe0f"',
            "Dòng 1: chương trình để trống trường “title”.",
        ),
        ('"02/CTr-CĐVC"', '"\u2060"', "Dòng 2: chương trình để trống trường “number”."),
        (
            '"Công đoàn Viên chức tỉnh Đông Hà"',
            '"\u200b \u200d"',
            "Dòng 4: chương trình để trống trường “issuer”.",
        ),
        (
            '"Lê Thị Hồng Đào"',
            '"\ufe0f"',
            "Dòng 12: người ký chỉ có ký tự không nhìn thấy trong “name”; hãy xoá đi.",
        ),
        (
            '["Mở chuyên mục hỏi đáp"]',
            '["Mở chuyên mục",\n "\u200b"]',
            "Dòng 17: nhóm nhiệm vụ 1 chỉ có ký tự không nhìn thấy trong “actions”; hãy xoá đi.",
        ),
        (
            '["Mở chuyên mục hỏi đáp"]',
            '["Mở chuyên mục", " "]',
            "Dòng 16: nhóm nhiệm vụ 1 để trống một nhiệm vụ trong “actions”.",
        ),
        ('code = "2.1"', 'code = "\u200b"', "Dòng 18: chỉ tiêu thứ 1 để trống trường “code”."),
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
            "Dòng 20: chỉ tiêu 2.1 có “kind” là “tỷ lệ”, phải là một trong:"
            f" {', '.join(kinds.REGISTRY)}.",
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
            "Dòng 24: chỉ tiêu 2.1, mức phấn đấu thứ 1 có “low” ngoài khoảng từ 0 đến 1.",
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
            "Dòng 25: chỉ tiêu 2.1, mức phấn đấu thứ 2 là mức thứ hai cho mọi đơn vị, mọi năm.",
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
            "Dòng 29: chỉ tiêu 2.2 có “own_grade” là của chính công đoàn cấp tỉnh,"
            " phải do “province” trả lời.",
        ),
    ],
)
def test_what_the_portal_cannot_keep_or_count_is_named_with_its_line(before, after, sentence):
    assert before in SMALL
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(SMALL.replace(before, after, 1))
    assert str(refusal.value) == sentence


# Every field that few indicators have; the line of each fault is told below.
WIDE = """\
title = "Chương trình hành động"
number = "02/CTr-CĐVC"
issued_on = 2024-02-05
issuer = "Công đoàn Viên chức tỉnh Đông Hà"
term = { from = 2023, to = 2028 }
reporting_years = [2024, 2025, 2026]
signer = {}
[[indicators]]
code = "1"
name = "Công đoàn cơ sở ký thỏa ước, bữa ăn ca từ 15.000 đồng"
kind = "share_of_unions"
audience = "grassroots"
horizon = "by_year"
due_year = 2026
denominator = "in_place"
years = "last"
condition = "doanh nghiệp từ 25 lao động trở lên"
basis = { asks = "Số lao động", least = 25 }
threshold = { asks = "Mức bữa ăn ca (đồng)", least = 15000 }
labels = { number = "Mức bữa ăn ca cao nhất" }
targets = [
    { group = "Nhà nước", types = ["agency", "state_enterprise"], low = 1 },
    { group = "Ngoài nhà nước", types = ["non_state"], year = 2024, low = 0.8 },
    { group = "Ngoài nhà nước", types = ["non_state"], year = 2025, low = 0.85 },
]
[[indicators]]
code = "2"
name = "Công đoàn cơ sở xếp loại khá trở lên"
kind = "share_of_unions_rated"
audience = "grassroots"
horizon = "annual"
denominator = "gradable"
scale = "2014"
grade = "fair"
jump = 0.25
targets = [{ low = 0.8 }]
[[indicators]]
code = "2a"
parent = "2"
shares_answer = true
name = "Trong đó vững mạnh"
kind = "share_of_unions_rated"
audience = "grassroots"
horizon = "annual"
denominator = "gradable"
scale = "2014"
targets = [{ low = 0.2 }]
[[indicators]]
code = "3"
name = "Kết nạp đoàn viên"
kind = "count_per_year"
audience = "grassroots"
horizon = "annual"
unit = "người"
denominator = "reported"
targets = [{ operator = "range", low = 200, high = 250 }]
assignments = [
    { union = "SYT", year = 2024, amount = 120, decision_number = "2/QĐ", decided_on = 2024-01-15 },
    { union = "SNV", year = 2024, amount = 100 },
]
[[indicators]]
code = "4"
name = "Trợ lý ảo được sử dụng thành thạo"
kind = "milestone"
audience = "province"
horizon = "term"
denominator = "own"
"""


def test_every_field_that_few_indicators_have_is_read():
    spec = parse(WIDE)
    first, rated, part, counted, milestone = spec.indicators
    assert (first.horizon, first.due_year, first.years) == ("by_year", 2026, "last")
    assert first.basis == LeastSpec("Số lao động", 25)
    assert first.threshold == LeastSpec("Mức bữa ăn ca (đồng)", 15000)
    assert first.labels == (("number", "Mức bữa ăn ca cao nhất"),)
    assert first.targets == (
        TargetSpec(">=", Decimal(1), None, None, "Nhà nước", ("agency", "state_enterprise")),
        TargetSpec(">=", Decimal("0.8"), None, 2024, "Ngoài nhà nước", ("non_state",)),
        TargetSpec(">=", Decimal("0.85"), None, 2025, "Ngoài nhà nước", ("non_state",)),
    )
    assert (rated.scale, rated.grade, rated.jump) == (UNTIL_2018.code, "fair", Decimal("0.25"))
    assert (part.parent, part.shares_answer) == ("2", True)
    assert counted.assignments == (
        AssignmentSpec("SYT", 2024, Decimal(120), "2/QĐ", date(2024, 1, 15)),
        AssignmentSpec("SNV", 2024, Decimal(100)),
    )
    assert [one.line for one in counted.assignments] == [58, 59]
    assert milestone.targets == (TargetSpec(">=", Decimal(1)),)
    assert spec.warnings == ()
    assert parse(write(spec)) == spec


TWICE = (
    "trùng “union” và “year” với một mục ở trên; nhiều quyết định cho một năm phải có “decided_on”"
    " khác nhau."
)
STATE = '    { group = "Nhà nước", types = ["agency", "state_enterprise"], low = 1 },\n'
FIRST_OF_2024 = '    { group = "Ngoài nhà nước", types = ["non_state"], year = 2024, low = 0.8 },\n'


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "low = 0.85 }",
            'operator = "trên", low = 0.85 }',
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 có “operator” là “trên”, phải là một trong:"
            " >=, >, <=, =, range.",
        ),
        (
            "low = 0.85 }",
            "low = 1.5 }",
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 có “low” lớn hơn 1;"
            " tỷ lệ 85% phải ghi là 0.85.",
        ),
        (
            "low = 0.85 }",
            "low = -0.85 }",
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 có “low” ngoài khoảng từ 0 đến 1.",
        ),
        (
            "low = 200, high = 250",
            "low = 250, high = 200",
            "Dòng 56: chỉ tiêu 3, mức phấn đấu thứ 1 có “high” nhỏ hơn “low”.",
        ),
        (
            'grade = "fair"',
            'grade = "good"',
            "Dòng 34: chỉ tiêu 2 có “grade” là “good”, phải là một trong: strong, fair,"
            " average, weak.",
        ),
        (
            'parent = "2"',
            'parent = "9"',
            "Dòng 39: chỉ tiêu 2a là một phần của “9” nhưng phía trên không có chỉ tiêu nào mang"
            " mã đó.",
        ),
        (
            'parent = "2"',
            'parent = "3"',
            "Dòng 39: chỉ tiêu 2a là một phần của “3” nhưng phía trên không có chỉ tiêu nào mang"
            " mã đó.",
        ),
        (
            'parent = "2"',
            'parent = "2a"',
            "Dòng 39: chỉ tiêu 2a không thể là một phần của chính nó.",
        ),
        (
            'parent = "2"\n',
            "",
            "Dòng 39: chỉ tiêu 2a chỉ lấy được câu trả lời của chỉ tiêu cha (“parent”) có cùng"
            " cách tính.",
        ),
        (
            "year = 2025, low",
            "year = 2024, low",
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 là mức thứ hai cho nhóm “Ngoài nhà nước”,"
            " năm 2024.",
        ),
        (
            "year = 2025, low",
            "year = 2028, low",
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 đặt cho năm 2028, không phải một năm báo cáo"
            " của chương trình.",
        ),
        (
            FIRST_OF_2024,
            FIRST_OF_2024.replace('"non_state"', '"agency"'),
            "Dòng 23: chỉ tiêu 1, mức phấn đấu thứ 2 có loại hình “agency” đã thuộc nhóm “Nhà nước”"
            " ở trên.",
        ),
        (
            FIRST_OF_2024,
            FIRST_OF_2024.replace('["non_state"]', '["non_state", "non_public"]'),
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 khác các loại hình đã ghi cho nhóm “Ngoài nhà"
            " nước” ở trên.",
        ),
        (
            '"state_enterprise"',
            '"doanh nghiệp"',
            "Dòng 22: chỉ tiêu 1, mức phấn đấu thứ 1 có loại hình “doanh nghiệp”, phải là một"
            " trong: agency, public_service_full, public_service_partial, state_enterprise,"
            " non_state, non_public.",
        ),
        (
            '"state_enterprise"',
            '"agency"',
            "Dòng 22: chỉ tiêu 1, mức phấn đấu thứ 1 ghi một loại hình hai lần.",
        ),
        (
            'group = "Nhà nước", ',
            "",
            "Dòng 22: chỉ tiêu 1, mức phấn đấu thứ 1 cần cả “group” (tên nhóm đơn vị) và “types”"
            " (các loại hình của nhóm).",
        ),
        (
            "due_year = 2026\n",
            "",
            "Dòng 13: chỉ tiêu 1 cần “due_year” khi “horizon” là “by_year”, và chỉ khi đó.",
        ),
        (
            'horizon = "by_year"',
            'horizon = "term"',
            "Dòng 14: chỉ tiêu 1 cần “due_year” khi “horizon” là “by_year”, và chỉ khi đó.",
        ),
        (
            "due_year = 2026",
            "due_year = 2031",
            "Dòng 14: chỉ tiêu 1 có “due_year” ngoài khoảng từ 2023 đến 2028.",
        ),
        (
            'condition = "doanh nghiệp từ 25 lao động trở lên"\n',
            "",
            "Dòng 17: chỉ tiêu 1 có “basis” mà thiếu “condition” nói chỉ tính đơn vị nào.",
        ),
        (
            "least = 25 }",
            "least = 0 }",
            "Dòng 18: chỉ tiêu 1, “basis” có “least” ngoài khoảng từ 1 đến 999999999999999.",
        ),
        (
            "least = 15000 }",
            "most = 15000 }",
            "Dòng 19: chỉ tiêu 1, “threshold” thiếu trường “least”.",
        ),
        (
            "labels = { number",
            "labels = { done",
            "Dòng 20: chỉ tiêu 1 đặt tên cho ô “done” mà cách tính “share_of_unions” không hỏi;"
            " các ô là: number.",
        ),
        (
            'grade = "fair"',
            'grade = "fair"\nthreshold = { asks = "Điểm", least = 5 }',
            "Dòng 35: chỉ tiêu 2 có “threshold” mà cách tính “share_of_unions_rated” không dùng.",
        ),
        (
            'unit = "người"',
            'scale = "2014"',
            "Dòng 54: chỉ tiêu 3 có “scale” mà cách tính “count_per_year” không dùng.",
        ),
        (
            'unit = "người"',
            'grade = "good"',
            "Dòng 54: chỉ tiêu 3 có “grade” mà cách tính “count_per_year” không dùng.",
        ),
        (
            "jump = 0.25",
            'jump = 0.25\nassignments = [{ union = "SYT", year = 2024, amount = 1 }]',
            "Dòng 36: chỉ tiêu 2 có số giao mà cách tính “share_of_unions_rated” không dùng.",
        ),
        (
            "jump = 0.25",
            "jump = 0.255",
            "Dòng 35: chỉ tiêu 2 có “jump” lớn hơn 999 hoặc quá 2 chữ số thập phân;"
            " một nửa ghi là 0.5.",
        ),
        (
            '"SNV", year = 2024',
            '"SNV", year = 2023',
            "Dòng 59: chỉ tiêu 3, số giao SNV giao cho năm 2023, không phải một năm báo cáo của"
            " chương trình.",
        ),
        (
            '"SNV", year',
            '"SYT", year',
            f"Dòng 59: chỉ tiêu 3, số giao SYT {TWICE}",
        ),
        (
            "amount = 100 }",
            'amount = 100 },\n { union = "snv ", year = 2024, amount = 9 }',
            f"Dòng 60: chỉ tiêu 3, số giao snv  {TWICE}",
        ),
        (
            "amount = 100 }",
            'amount = 100 },\n { union = "SYT", year = 2024, amount = 9, decided_on = 2024-01-15 }',
            f"Dòng 60: chỉ tiêu 3, số giao SYT {TWICE}",
        ),
        *(
            (
                'code = "2"',
                f'code = "{code}"',
                f"Dòng 27: chỉ tiêu {code} có “code” không dùng được: chỉ gồm chữ và số, ngăn nhau"
                " bằng một dấu chấm hoặc gạch nối, ví dụ 2.1.5a.",
            )
            for code in ("2/1", "2 ", "2 1", "2..1", "..", "2_1", "2\u200b", "2\u3164", "-")
        ),
        (
            'years = "last"',
            'years = "sum"',
            "Dòng 16: chỉ tiêu 1 có “years” là “sum” không hợp với cách tính “share_of_unions”,"
            " phải là một trong: last, mean, pooled, all_met.",
        ),
        (
            "year = 2025, low = 0.85",
            'year = 2025, operator = ">", low = 1',
            "Dòng 24: chỉ tiêu 1, mức phấn đấu thứ 3 có “>” ở mức cao nhất, không ai đạt được; hãy"
            " dùng “>=”.",
        ),
        (
            "due_year = 2026",
            "due_year = 2024",
            "Dòng 24: chỉ tiêu 1 có mức phấn đấu cho năm 2025, sau năm đến hạn 2024.",
        ),
        (
            "low = 200, high = 250",
            "low = 200, high = 250.5",
            "Dòng 56: chỉ tiêu 3, mức phấn đấu thứ 1 có “high” là 250.5, phải là số nguyên.",
        ),
        (
            'unit = "người"',
            'unit = "%"',
            "Dòng 54: chỉ tiêu 3 có “unit” là “%” không hợp với cách tính “count_per_year”.",
        ),
        *(
            (
                'horizon = "term"\ndenominator = "own"\n',
                f'horizon = "term"\ndenominator = "own"\ntargets = [{{ {target} }}]\n',
                "Dòng 68: chỉ tiêu 4, mức phấn đấu thứ 1 chỉ có thể là “>=” 1 (đã đạt), hoặc bỏ"
                " trống.",
            )
            for target in (
                "low = 0",
                "low = 0.5",
                'operator = "=", low = 1',
                'operator = "<=", high = 1',
            )
        ),
        (
            'name = "Trong đó vững mạnh"',
            'name = "Trong đó vững mạnh"\nlabels = { grade = "Hạng" }',
            "Dòng 40: chỉ tiêu 2a lấy câu trả lời của chỉ tiêu “2” nhưng “labels” của hai chỉ tiêu"
            " không hợp nhau.",
        ),
        (
            "amount = 100",
            "amount = -100",
            "Dòng 59: chỉ tiêu 3, số giao SNV có “amount” ngoài khoảng từ 0 đến 999.999.999.999.999"
            " người.",
        ),
        (
            ", amount = 100",
            "",
            "Dòng 59: chỉ tiêu 3, số giao SNV thiếu trường “amount”.",
        ),
        (
            'kind = "milestone"\naudience = "province"',
            'kind = "milestone"\naudience = "grassroots"',
            "Dòng 65: chỉ tiêu 4 có “milestone” là của chính công đoàn cấp tỉnh, phải do"
            " “province” trả lời.",
        ),
    ],
)
def test_what_cannot_be_counted_is_named_with_its_line(before: str, after: str, sentence: str):
    assert before in WIDE
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(WIDE.replace(before, after, 1))
    assert str(refusal.value) == sentence


TARGET = 'targets = [{ operator = "range", low = 200, high = 250 }]'
SECOND = '{ union = "SNV", year = 2024, amount = 100 },'
WARNED = (
    "Dòng 57: chỉ tiêu 3, {} {}: tổng số giao cho các đơn vị là {} người, khác mức phấn đấu {}"
    " người."
)


@pytest.mark.parametrize(
    ("kind", "target", "second", "warnings"),
    [
        ("count_per_year", TARGET, SECOND, []),
        ("count_per_year", "targets = [{ low = 220 }]", SECOND, []),
        ("count_per_year", "targets = []", SECOND, []),
        ("count_per_year", "targets = [{ low = 300 }]", SECOND, [(2024, 220, "≥ 300")]),
        ("count_per_year", "targets = [{ low = 300, year = 2025 }]", SECOND, []),
        ("count_per_year", TARGET, "", [(2024, 120, "200 – 250")]),
        (
            "count_per_year",
            "targets = [{ low = 300 }, { low = 220, year = 2024 }]",
            '{ union = "SNV", year = 2024, amount = 100 }, { union = "SNV", year = 2025, amount'
            " = 9 },",
            [(2025, 9, "≥ 300")],
        ),
        (
            "count_over_term",
            "targets = [{ low = 220 }]",
            '{ union = "SNV", year = 2025, amount = 100 },',
            [],
        ),
        (
            "count_over_term",
            "targets = [{ low = 500 }]",
            '{ union = "SNV", year = 2025, amount = 100 },',
            # nothing was given for 2026 yet
            [],
        ),
        (
            "count_over_term",
            "targets = [{ low = 200 }]",
            '{ union = "SNV", year = 2025, amount = 100 },',
            # more already than is aimed at
            [(2025, 220, "≥ 200")],
        ),
        (
            "count_over_term",
            "targets = [{ low = 500 }]",
            '{ union = "SNV", year = 2025, amount = 100 }, { union = "SNV", year = 2026, amount = 9'
            " },",
            [(2026, 229, "≥ 500")],
        ),
        # more than ten is not ten
        (
            "count_per_year",
            'targets = [{ operator = ">", low = 220 }]',
            SECOND,
            [(2024, 220, "> 220")],
        ),
        ("count_per_year", 'targets = [{ operator = ">", low = 219 }]', SECOND, []),
        ("count_per_year", 'targets = [{ operator = "=", low = 220 }]', SECOND, []),
        # a target by the last year is compared with all that was assigned, whatever the year
        (
            "count_over_term",
            "targets = [{ low = 500, year = 2026 }]",
            '{ union = "SNV", year = 2025, amount = 100 },',
            [],
        ),
        (
            "count_over_term",
            "targets = [{ low = 120, year = 2024 }, { low = 220, year = 2026 }]",
            '{ union = "SNV", year = 2025, amount = 100 },',
            [],
        ),
        # of two decisions on one union and year the later one counts, wherever it stands
        (
            "count_per_year",
            "targets = [{ low = 150 }]",
            '{ union = "syt", year = 2024, amount = 150, decided_on = 2024-06-01 },',
            [],
        ),
        (
            "count_per_year",
            "targets = [{ low = 120 }]",
            '{ union = "syt", year = 2024, amount = 150, decided_on = 2023-12-01 },',
            [],
        ),
        ("plan_fulfilment", "targets = [{ low = 1 }]", SECOND, []),
    ],
)
def test_amounts_that_do_not_add_up_to_the_target_are_warned_about(kind, target, second, warnings):
    text = WIDE.replace('kind = "count_per_year"', f'kind = "{kind}"')
    if kind == "plan_fulfilment":
        text = text.replace('unit = "người"', 'unit = "%"')
    spec = parse(text.replace(TARGET, target).replace(SECOND, second))
    when = "đến hết năm" if kind == "count_over_term" else "năm"
    assert list(spec.warnings) == [WARNED.format(when, *one) for one in warnings]


@pytest.mark.parametrize(
    ("years", "horizon", "target", "warnings"),
    [
        # 120 and 130 are given in 2024 and 2025; 2026 is the last of the three years
        ("sum", 'horizon = "term"', "low = 250", []),
        ("sum", 'horizon = "term"', "low = 200", [("đến hết năm", 2025, 250, "≥ 200")]),
        # the last year alone has to reach it, and has nothing yet
        ("last", 'horizon = "term"', "low = 200", []),
        ("last", 'horizon = "by_year"\ndue_year = 2025', "low = 130", []),
        (
            "last",
            'horizon = "by_year"\ndue_year = 2025',
            "low = 250",
            [("năm", 2025, 130, "≥ 250")],
        ),
        ("last", 'horizon = "term"', "low = 9, year = 2024", [("năm", 2024, 120, "≥ 9")]),
        # each year has to
        ("all_met", 'horizon = "term"', "low = 130", [("năm", 2024, 120, "≥ 130")]),
    ],
)
def test_amounts_are_compared_as_the_years_are_put_together(years, horizon, target, warnings):
    text = WIDE.replace(TARGET, f'years = "{years}"\ntargets = [{{ {target} }}]')
    text = text.replace(SECOND, '{ union = "SNV", year = 2025, amount = 130 },')
    start, counted, rest = text.partition('kind = "count_per_year"')
    rest = rest.replace('horizon = "annual"', horizon, 1)
    more = horizon.count("\n") + 1
    spec = parse(start + counted + rest)
    line = f"Dòng {57 + more}"
    assert list(spec.warnings) == [WARNED.replace("Dòng 57", line).format(*one) for one in warnings]


PART = """\
[[indicators]]
code = "3a"
parent = "{parent}"
name = "Trong đó nữ"
kind = "{kind}"
audience = "grassroots"
horizon = "annual"
unit = "{unit}"
denominator = "reported"
targets = [
    {{ {target} }},
]
"""
MORE = "Dòng 78: chỉ tiêu 3a{} có mức phấn đấu {}, cao hơn {} của chỉ tiêu “{}” mà nó là một phần."


@pytest.mark.parametrize(
    ("parent", "kind", "unit", "target", "warnings"),
    [
        ("3", "count_per_year", "người", "low = 221", [("", "221 người", "220 người", "3")]),
        (
            "3",
            "count_per_year",
            "Người ",
            "low = 221, year = 2024",
            [(", năm 2024", "221 Người", "220 Người", "3")],
        ),
        ("3", "count_per_year", "người", "low = 220", []),
        (
            "3",
            "count_per_year",
            "người",
            'operator = ">", low = 300',
            [("", "trên 300 người", "220 người", "3")],
        ),
        ("3", "count_per_year", "người", 'operator = "<=", high = 300', []),
        ("3", "count_per_year", "lượt người", "low = 300", []),
        ("2", "share_of_people", "%", "low = 0.9", [("", "90%", "80%", "2")]),
        ("2", "share_of_people", "%", "low = 0.8", []),
    ],
)
def test_a_part_aimed_above_its_whole_is_warned_about(parent, kind, unit, target, warnings):
    text = WIDE.replace(TARGET, "targets = [{ low = 220 }]")
    part = PART.format(parent=parent, kind=kind, unit=unit, target=target)
    assert list(parse(text + part).warnings) == [MORE.format(*one) for one in warnings]


def test_a_part_that_shares_the_answer_has_the_number_of_its_whole():
    shared = WIDE[WIDE.index("[[indicators]]") : WIDE.index('[[indicators]]\ncode = "2"')]
    text = WIDE + shared.replace('code = "1"', 'code = "1a"\nparent = "1"\nshares_answer = true')
    assert parse(text).indicators[-1].shares_answer
    line = text.count("\n", 0, text.rindex("shares_answer")) + 1
    for before, after in (("least = 25", "least = 50"), ("Số lao động", "Số người")):
        at = text.rindex(before)
        with pytest.raises(ProgrammeFileError) as refusal:
            parse(text[:at] + text[at:].replace(before, after, 1))
        assert str(refusal.value) == (
            f"Dòng {line}: chỉ tiêu 1a lấy câu trả lời của chỉ tiêu “1” nhưng “basis” của hai chỉ"
            " tiêu không hợp nhau."
        )


def _nested(levels: int) -> str:
    """Parts of parts of indicator 3."""
    parts = (
        PART.format(parent=f"3{'-1' * at}", kind="count_per_year", unit="người", target="low = 1")
        for at in range(levels)
    )
    return WIDE + "".join(
        part.replace('code = "3a"', f'code = "3{"-1" * at}"') for at, part in enumerate(parts, 1)
    )


def test_parts_stand_at_most_five_levels_deep():
    assert parse(_nested(5)).indicators[-1].code == "3-1-1-1-1-1"
    text = _nested(6)
    line = text.count("\n", 0, text.rindex("parent")) + 1
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(text)
    assert str(refusal.value) == (
        f"Dòng {line}: chỉ tiêu 3-1-1-1-1-1-1 nằm quá 5 cấp “trong đó”; hãy bớt cấp."
    )


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("share_of_people", {"last", "mean", "pooled", "all_met"}),
        ("share_of_unions", {"last", "mean", "pooled", "all_met"}),
        ("share_of_unions_rated", {"last", "mean", "pooled", "all_met"}),
        ("own_grade", {"last", "all_met"}),
        ("average_per_union", {"last", "mean", "pooled", "all_met"}),
        ("minimum_per_union", {"last", "all_met"}),
        ("count_per_year", {"sum", "last", "all_met"}),
        ("count_over_term", {"sum"}),
        ("amount_of_money", {"sum", "last", "all_met"}),
        ("plan_fulfilment", {"last", "mean", "pooled", "all_met"}),
        ("milestone", {"last", "all_met"}),
    ],
)
def test_years_are_put_together_only_as_the_kind_can(kind: str, taken: set[str]):
    own = kinds.REGISTRY[kind].own_only
    audience, denominator = ("province", "own") if own else ("grassroots", "reported")
    for years in Years:
        text = (
            f'{WIDE}[[indicators]]\ncode = "5"\nname = "Thử"\nkind = "{kind}"\n'
            f'audience = "{audience}"\nhorizon = "annual"\ndenominator = "{denominator}"\n'
            f'years = "{years}"\n'
        )
        if years in taken:
            assert parse(text).indicators[-1].years == years
        else:
            with pytest.raises(ProgrammeFileError, match=r"^Dòng 75: chỉ tiêu 5 có “years”"):
                parse(text)


@pytest.mark.parametrize("unit", ["", "đồng", "Triệu đồng", "tỉ đồng", "TỶ ĐỒNG", "nghìn đồng"])
def test_money_is_in_a_unit_that_is_known(unit: str):
    text = WIDE.replace('"count_per_year"', '"amount_of_money"').replace('"người"', f'"{unit}"')
    assert parse(text).indicators[3].unit == unit


@pytest.mark.parametrize("unit", ["%", "người", "tr.đ", "USD"])
def test_money_in_any_other_unit_is_refused(unit: str):
    text = WIDE.replace('"count_per_year"', '"amount_of_money"').replace('"người"', f'"{unit}"')
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(text)
    assert str(refusal.value) == (
        f"Dòng 54: chỉ tiêu 3 có “unit” là “{unit}” không hợp với cách tính “amount_of_money”; tiền"
        " ghi là đồng, nghìn đồng, triệu đồng hoặc tỷ đồng."
    )


class Measured(str):
    """A text that adds up how many signs were gone through to count in it."""

    __slots__ = ("gone",)

    def count(self, sign: str, start: int = 0, end: int = 0) -> int:
        self.gone = getattr(self, "gone", 0) + end - start
        return super().count(sign, start, end)


def test_the_lines_of_a_long_file_are_counted_in_one_go():
    rows = "".join(f'    {{ union = "U{at}", year = 2024, amount = 1 }},\n' for at in range(4000))
    text = Measured(WIDE.replace('    { union = "SNV", year = 2024, amount = 100 },\n', rows))
    lines = locate(text)
    assert lines["indicators", 3, "assignments", 4000, "amount"] == 4058
    assert 0 < text.gone <= len(text)


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
        *((Indicator, "indicators", name) for name in ("code", "name")),
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


def test_the_types_of_a_file_are_those_of_unions():
    assert set(programme_file.TYPES) == set(UnionType.values)


def test_the_ways_of_putting_years_together_are_those_there_are():
    assert set(programme_file.YEARS) == set(Years)


def test_a_draft_may_lack_what_a_programme_needs():
    text = SMALL.replace("[2024,\n    2025]", "[]").replace('"02/CTr-CĐVC"', '""')
    text = text.replace('"Tuyên truyền"', f'"{"dài " * 100}"')
    draft = parse(text, draft=True)
    assert (draft.number, draft.reporting_years) == ("", ())
    assert write(draft) == write(parse(write(draft), draft=True))
    with pytest.raises(ProgrammeFileError):
        parse(text)


def test_a_file_that_was_cut_off_before_its_indicators_is_no_programme():
    text = CLIENT_FILE.read_text()
    cut = text[: text.index("[[indicators]]")]
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(cut)
    assert str(refusal.value) == (
        "Chương trình không có chỉ tiêu nào; tệp có thể bị cắt. Hãy lấy tệp đầy đủ rồi nạp lại."
    )
    assert parse(cut, draft=True).title == parse(text).title


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(ProgrammeFileError, match=r"^Dòng 2: tệp chương trình không phải văn bản"):
        parse(b'title = "a"\nnumber = "\xff"\n')


def test_a_file_saved_on_windows_is_the_same_file():
    assert parse(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()) == parse(SMALL)


def test_kinds_that_are_added_later_are_passed_in():
    text = SMALL.replace('"share_of_people"', '"steps"').replace("low = 0.85", "low = 1500")
    added = {**kinds.REGISTRY, "steps": kinds.REGISTRY["count_per_year"]}
    spec = programme_file.parse(text, added)
    assert spec.indicators[0].targets == (TargetSpec(">=", Decimal(1500)),)


def test_the_grades_rank_from_four_to_one():
    assert [(grade.label, grade.rank) for grade in SINCE_2019.grades] == [
        ("Hoàn thành xuất sắc nhiệm vụ", 4),
        ("Hoàn thành tốt nhiệm vụ", 3),
        ("Hoàn thành nhiệm vụ", 2),
        ("Không hoàn thành nhiệm vụ", 1),
    ]
    for scale in SCALES.values():
        assert [scale.of_rank(grade.rank) for grade in scale.grades] == list(scale.grades)


def test_the_client_s_file_agrees_with_the_document_but_for_what_was_added():
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
        indicators=tuple(
            replace(indicator, question="", counted_from="") for indicator in spec.indicators
        ),
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
YEARS = (2024, 2025, 2028)
UNITS = ("%", "người", "lượt người", "triệu đồng", "TỶ ĐỒNG")
GROUPS = {"Khu vực nhà nước": ("agency", "public_service_full"), "Ngoài nhà nước": ("non_state",)}


def _tuples(items, unique_by=None):
    return st.lists(items, max_size=3, unique_by=unique_by).map(tuple)


def _maybe(values, nothing=None):
    return st.one_of(st.just(nothing), values)


def _bounds(kind: str, scale: str) -> st.SearchStrategy[Decimal]:
    """What a target of the kind may be."""
    if kinds.REGISTRY[kind].additive:
        return st.integers(0, 10**9).map(Decimal)
    if kinds.REGISTRY[kind].style is Style.GRADE:
        return st.sampled_from([Decimal(grade.rank) for grade in SCALES[scale or "2019"].grades])
    return amounts if kinds.REGISTRY[kind].most is None else shares


def _target(
    values: st.SearchStrategy[Decimal], top: Decimal | None
) -> st.SearchStrategy[TargetSpec]:
    """`top` is what cannot be passed."""
    return st.one_of(
        st.builds(TargetSpec, st.sampled_from([">=", "="]), values),
        st.builds(TargetSpec, st.just(">"), values.filter(lambda value: value != top)),
        st.builds(TargetSpec, st.just("<="), st.none(), values),
        st.tuples(values, values).map(lambda pair: TargetSpec("range", min(pair), max(pair))),
    )


@st.composite
def _targets(
    draw: st.DrawFn, targets: st.SearchStrategy[TargetSpec], years: list[int], *, own: bool
) -> tuple[TargetSpec, ...]:
    """At most one for each year and group; the province itself is in no group."""
    groups = [""] if own else ["", *GROUPS]
    whom = st.tuples(st.sampled_from([None, *years]), st.sampled_from(groups))
    return tuple(
        replace(draw(targets), year=year, group=group, types=GROUPS.get(group, ()))
        for year, group in draw(st.lists(whom, max_size=3, unique=True))
    )


leasts = st.builds(LeastSpec, words, st.integers(1, 10**9))
assignments = _tuples(
    st.builds(
        AssignmentSpec,
        words,
        st.sampled_from(YEARS),
        st.integers(1, 10**15 - 1).map(Decimal),
        texts,
        _maybe(st.dates()),
    ),
    lambda one: (one.union_code, one.year),
)


@st.composite
def _indicators(draw: st.DrawFn, code: str) -> IndicatorSpec:
    kind = draw(st.sampled_from(sorted(kinds.REGISTRY)))
    of_kind = kinds.REGISTRY[kind]
    own = of_kind.own_only or draw(st.booleans())
    counting = ["in_place", "gradable"] if of_kind.counts_unions else []
    horizon = draw(st.sampled_from(programme_file.HORIZONS))
    scale = draw(st.sampled_from(["", *SCALES])) if "scale" in of_kind.takes else ""
    levels = [grade.code for grade in SCALES[scale or "2019"].grades]
    threshold = draw(_maybe(leasts)) if "threshold" in of_kind.takes else None
    names = of_kind.question_names(threshold=threshold is not None)
    condition = draw(texts)
    assigned = of_kind.additive or "assignments" in of_kind.takes
    due_year = draw(st.integers(min(YEARS), 2028)) if horizon == "by_year" else None
    top = Decimal(4) if of_kind.style is Style.GRADE else of_kind.most
    implied = () if of_kind.implied is None else (TargetSpec(">=", of_kind.implied),)
    aims = st.just(implied[0]) if implied else _target(_bounds(kind, scale), top)
    aims = aims.filter(lambda target: target.operator in of_kind.takes_operators)
    years = [year for year in YEARS if year <= (due_year or year)]
    targets = draw(_targets(aims, years, own=own))
    return IndicatorSpec(
        code=code,
        name=draw(words),
        text=draw(texts),
        question=draw(texts),
        kind=kind,
        audience="province" if own else "grassroots",
        horizon=horizon,
        unit=draw(st.sampled_from(["", *filter(of_kind.measured_in, UNITS)])),
        denominator="own" if own else draw(st.sampled_from(["reported", *counting])),
        not_arising=draw(st.booleans()),
        extras=draw(_tuples(st.builds(ExtraSpec, words, words), lambda extra: extra.code)),
        targets=targets or implied,
        due_year=due_year,
        years=draw(st.sampled_from(["", *sorted(of_kind.takes_years)])),
        condition=condition,
        basis=draw(_maybe(leasts)) if condition else None,
        threshold=threshold,
        labels=tuple((name, draw(words)) for name in sorted(names) if draw(st.booleans())),
        scale=scale,
        grade=draw(st.sampled_from(["", *levels])) if "grade" in of_kind.takes else "",
        jump=draw(_maybe(st.decimals(0, 999, places=2))),
        assignments=draw(assignments) if assigned else (),
    )


@st.composite
def _some_indicators(draw: st.DrawFn) -> tuple[IndicatorSpec, ...]:
    """One to three; the second may be a part of the first, and share its answer."""
    codes = draw(
        st.lists(
            st.from_regex(r"[a-zđĐ0-9]{1,6}([.-][0-9]{1,3}){0,3}", fullmatch=True),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    found = [draw(_indicators(code)) for code in codes]
    if len(found) > 1 and found[1].audience == found[0].audience and draw(st.booleans()):
        same = found[1].kind == found[0].kind
        shares = same and draw(st.booleans())
        found[1] = replace(found[1], parent=found[0].code, shares_answer=shares)
        if shares:
            alike = ("threshold", "condition", "basis", "labels", "scale", "grade")
            found[1] = replace(found[1], **{name: getattr(found[0], name) for name in alike})
    return tuple(found)


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
    reporting_years=st.just(YEARS),
    legal_bases=_tuples(texts),
    purposes=_tuples(texts),
    objectives=_tuples(texts),
    indicators=_some_indicators(),
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
    opening=texts,
    closing=texts,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(programmes)
def test_what_is_written_reads_the_same(spec: ProgrammeSpec):
    assert parse(write(spec)) == spec


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(programmes, st.data())
def test_a_wrong_line_is_found_wherever_it_stands(spec: ProgrammeSpec, data: st.DataObject):
    lines = write(spec).split("\n")
    places = [at for at, line in enumerate(lines) if line.startswith("kind = ")]
    at = data.draw(st.sampled_from(places))
    lines[at] = 'kind = "none"'
    with pytest.raises(ProgrammeFileError, match=f"^Dòng {at + 1}: "):
        parse("\n".join(lines))
