"""A programme of many shapes, three unions, two years: results worked out by hand."""

from django.utils import timezone

from actionplan.models import Period, Programme
from indicators import kinds
from indicators.models import Answer, Submission
from indicators.programme_file import parse
from indicators.services import programmes, submissions
from indicators.services.figures import Entry
from indicators.workflow import State
from tests.builders import make_period, make_province, make_stationery, make_union, make_user
from tests.support.replay import replayed
from unions.access import Role
from unions.models import Union, UnionType, User

SOURCE = """
title = "Chương trình hành động nhiều dạng chỉ tiêu"
number = "02/CTr-CĐVC"
issued_on = 2024-01-05
place = "Phú Thọ"
issuer = "Công đoàn Viên chức tỉnh Phú Thọ"
signer = { position = "CHỦ TỊCH", name = "Trần Thiện Điệp" }
term = { from = 2023, to = 2028 }
reporting_years = [2024, 2025, 2026]

[[indicators]]
code = "1"
name = "Đoàn viên học tập nghị quyết"
kind = "share_of_people"
audience = "grassroots"
horizon = "annual"
unit = "%"
denominator = "reported"
condition = "đoàn viên chính thức"
targets = [{ operator = ">=", low = 0.85 }]

[[indicators]]
code = "1.1"
parent = "1"
name = "Đoàn viên học tập trực tiếp"
kind = "share_of_people"
audience = "grassroots"
horizon = "annual"
unit = "%"
denominator = "reported"
targets = [{ operator = ">=", low = 0.5 }]

[[indicators]]
code = "2"
name = "Đơn vị có quy chế dân chủ"
kind = "share_of_unions"
audience = "grassroots"
horizon = "annual"
unit = "%"
denominator = "in_place"
years = "all_met"
targets = [
    { group = "Khu vực nhà nước", types = ["agency"], operator = ">=", low = 1 },
    { group = "Ngoài nhà nước", types = ["non_state"], operator = ">=", low = 0.5 },
]

[[indicators]]
code = "3"
name = "Số cuộc đối thoại"
kind = "count_per_year"
audience = "grassroots"
horizon = "annual"
unit = "cuộc"
denominator = "reported"
targets = [{ operator = ">=", low = 90 }]

[[indicators]]
code = "4"
name = "Mỗi đơn vị có ít nhất 10 buổi sinh hoạt"
kind = "minimum_per_union"
audience = "grassroots"
horizon = "annual"
unit = "buổi"
denominator = "in_place"
targets = [{ operator = ">=", low = 10 }]

[[indicators]]
code = "5"
name = "Bình quân đoàn viên ưu tú được giới thiệu"
kind = "average_per_union"
audience = "grassroots"
horizon = "annual"
unit = "đoàn viên/CĐCS"
denominator = "reported"
targets = [{ operator = ">=", low = 4 }]

[[indicators]]
code = "6"
name = "Số vụ tai nạn lao động"
kind = "count_over_term"
audience = "grassroots"
horizon = "term"
unit = "vụ"
denominator = "reported"
targets = [{ operator = "<=", high = 5 }]

[[indicators]]
code = "7"
name = "Quỹ hỗ trợ đoàn viên"
kind = "amount_of_money"
audience = "grassroots"
horizon = "annual"
unit = "triệu đồng"
denominator = "reported"
targets = [{ operator = ">=", low = 50_000_000 }]
"""

Row = dict[str, dict[str, object]]


def answers(
    people: tuple[int, int], direct: int, done: str, numbers: tuple[int, ...], money: int
) -> Row:
    """The answers of one union; `numbers` are those of the indicators 3 to 6."""
    done_of, total = people
    meetings, gatherings, introduced, accidents = numbers
    return {
        "1": {"done": done_of, "total": total},
        "1.1": {"done": direct, "total": total},
        "2": {"done": done, "paper": "01/QC" if done == "yes" else ""},
        "3": {"number": meetings},
        "4": {"number": gatherings},
        "5": {"number": introduced},
        "6": {"number": accidents},
        "7": {"amount": money},
    }


# Of 2024 all three; of 2025 Ca is silent.
YEARS: dict[int, dict[str, Row]] = {
    2024: {
        "AN": answers((90, 100), 60, "yes", (60, 12, 5, 1), 30_000_000),
        "BA": answers((9, 10), 5, "yes", (30, 11, 4, 2), 12_500_000),
        "CA": answers((40, 50), 35, "yes", (20, 10, 3, 1), 10_000_000),
    },
    2025: {
        "AN": answers((168, 200), 80, "no", (50, 9, 2, 2), 20_000_000),
        "BA": answers((10, 10), 4, "yes", (25, 10, 3, 1), 12_500_000),
    },
}


def make_shapes() -> Programme:
    """A province with An and Ba of the state and Ca outside of it; see YEARS."""
    return replayed(_make_shapes)


def _make_shapes() -> Programme:
    root = make_province()
    make_stationery(root)
    make_user("lanhdao", Role.LEADER, root, full_name="Trần Thiện Điệp")
    make_user("ldld", Role.VIEWER, root, full_name="Vũ Cấp Trên")
    officer = make_user("canbo", Role.OFFICER, root, full_name="Lê Thị Ánh")
    unions = {
        "AN": make_union(root, code="AN", name="CĐCS An", cluster="Cụm 1"),
        "BA": make_union(root, code="BA", name="CĐCS Ba", cluster="Cụm 2"),
        "CA": make_union(
            root, code="CA", name="CĐCS Ca", cluster="Cụm 1", type=UnionType.NON_STATE
        ),
    }
    spec = parse(SOURCE, kinds.REGISTRY)
    programme = programmes.load(spec, "nhieu-dang", root, by=None).programme
    for year, rows in YEARS.items():
        period = make_period(programme, year=year)
        for code, given in rows.items():
            _approve(period, unions[code], given, officer)
    return programme


OF_PROVINCE = """
[[indicators]]
code = "T"
name = "Cổng số liệu được sử dụng thành thạo"
kind = "milestone"
audience = "province"
horizon = "by_year"
due_year = 2026
unit = ""
denominator = "own"
"""


def make_wide(root: Union, count: int) -> Programme:
    """A programme of so many indicators that grassroots unions answer, and one of the province."""
    head = SOURCE[: SOURCE.index("[[indicators]]")]
    tables = [OF_PROVINCE, *(_wide(number) for number in range(1, count + 1))]
    spec = parse("\n".join([head, *tables]), kinds.REGISTRY)
    return programmes.load(spec, "nhieu-chi-tieu", root, by=None).programme


def _wide(number: int) -> str:
    kind, unit = ("count_per_year", "cuộc") if number % 2 else ("share_of_people", "%")
    return f"""
        [[indicators]]
        code = "{number}"
        name = "Đoàn viên, công chức, viên chức, người lao động được nghiêm túc học tập {number}"
        kind = "{kind}"
        audience = "grassroots"
        horizon = "annual"
        unit = "{unit}"
        denominator = "reported"
        targets = [{{ operator = ">=", low = {10 if number % 2 else 0.85} }}]
    """


def _approve(period: Period, union: Union, given: Row, officer: User) -> None:
    row = Submission.objects.select_related("placement", "period__programme__union", "union")
    submission = row.get(period=period, union=union)
    asked = {one.code: one for one in period.programme.indicators.all()}
    entries = [
        Entry(asked[code], Answer.ZERO if 0 in one.values() else Answer.NUMBER, one)
        for code, one in given.items()
    ]
    submissions.save(submission, entries, [], estimate=False, by=None)
    now = timezone.now()
    Submission.objects.filter(pk=submission.pk).update(
        state=State.APPROVED,
        submitted_at=now,
        submitted_by=officer,
        verified_at=now,
        verified_by=officer,
        approved_at=now,
        approved_by=officer,
    )
