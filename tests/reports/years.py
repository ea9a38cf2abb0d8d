"""Reporting years to write reports of: three unions worked out by hand, and any number of them."""

import io

import pypdfium2
from django.utils import timezone

from actionplan.models import Period
from indicators.models import Answer, Figure, Narrative, Submission
from indicators.workflow import State
from tests.builders import (
    approve,
    make_period,
    make_programme,
    make_province,
    make_stationery,
    make_union,
    make_user,
)
from tests.crowd import make_unions
from tests.support.replay import replayed
from unions.access import Role
from unions.models import Union

NO_CANDIDATE = "Không còn đoàn viên trong diện bồi dưỡng"

# What the three answer, and by hand: 58+100+40 of 61+120+40; 2 of 3; 3+0 over two unions (the
# third leaves); 9+7+5 of 9+10+5; 1 of the 2 that can be graded; the province's own two.
SUMS = {
    "2.1.1": "198/221 = 89,59%",
    "2.1.2": "2/3 = 66,67%",
    "2.1.3": "3/2 = 1,50",
    "2.1.4": "21/24 = 87,50%",
    "2.1.5a": "Hoàn thành tốt nhiệm vụ",
    "2.1.5b": "1/2 = 50%",
    "2.1.6": "1.050.000.000/ 1.000.000.000 = 105%",
}
VERDICTS = {
    "2.1.1": "Vượt",
    "2.1.2": "Chưa đạt",
    "2.1.3": "Vượt",
    "2.1.4": "Chưa đạt",
    "2.1.5a": "Đạt",
    "2.1.5b": "Chưa đạt",
    "2.1.6": "Vượt",
}


def make_three() -> Union:
    """The province whose three grassroots unions answered as SUMS says; all is approved."""
    return replayed(_make_three)


def _make_three() -> Union:
    root = make_province()
    names = {"AN": "Công đoàn cơ sở Ân Thi", "BA": "Công đoàn cơ sở Ba Vì", "CA": "CĐCS Cẩm Khê"}
    unions = {code: make_union(root, code=code, name=name) for code, name in names.items()}
    make_stationery(root)
    make_user("canbo", Role.OFFICER, root, full_name="Lê Thị Ánh")
    period = make_period(make_programme(root))
    approve(
        _submission(period, unions["AN"]),
        i2_1_1={"done": 58, "total": 61},
        i2_1_2={"done": "yes", "paper": "12/QC-CĐCS"},
        i2_1_3={"number": 3, "extra_admitted": 1},
        i2_1_4={"done": 9, "total": 9},
        i2_1_5b={"grade": "good"},
    )
    approve(
        _submission(period, unions["BA"]),
        i2_1_1={"done": 100, "total": 120},
        i2_1_2={"done": "no", "paper": ""},
        i2_1_3={"number": 0, "extra_admitted": 0},
        i2_1_4={"done": 7, "total": 10},
        i2_1_5b={"grade": "completed"},
    )
    approve(
        _submission(period, unions["CA"]),
        i2_1_1={"done": 40, "total": 40},
        i2_1_2={"done": "yes", "paper": "03/QC"},
        i2_1_3=NO_CANDIDATE,
        i2_1_4={"done": 5, "total": 5},
        i2_1_5b="Mới sắp xếp lại tổ chức",
    )
    approve(_submission(period, root))
    return root


def make_many(count: int) -> Union:
    """A province with `count` grassroots unions; every third is silent, the others are approved."""
    root = make_province()
    names = {f"U{number:04}": f"Công đoàn cơ sở số {number}" for number in range(count)}
    make_unions(root, names)
    make_stationery(root)
    make_user("lanhdao", Role.LEADER, root, full_name="Trần Thiện Điệp")
    period = make_period(make_programme(root))
    rows = list(Submission.objects.filter(period=period, audience="grassroots").order_by("pk"))
    told = [row for number, row in enumerate(rows) if number % 3]
    _approve_all(period, told)
    return root


def _approve_all(period: Period, rows: list[Submission]) -> None:
    officer = make_user("canbo", Role.OFFICER, period.programme.union, full_name="Lê Thị Ánh")
    now = timezone.now()
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.APPROVED,
        estimate=True,
        submitted_at=now,
        submitted_by=officer,
        verified_at=now,
        verified_by=officer,
        approved_at=now,
        approved_by=officer,
    )
    indicator = period.programme.indicators.get(code="2.1.1")
    group = period.programme.task_groups.get(number=1)
    Figure.objects.bulk_create(
        Figure(
            submission=row,
            indicator=indicator,
            answer=Answer.NUMBER,
            answers={"done": 9, "total": 10},
            numerator=9,
            denominator=10,
        )
        for row in rows
    )
    Narrative.objects.bulk_create(
        Narrative(submission=row, task_group=group, text="Đã làm") for row in rows
    )


def _submission(period: Period, union: Union) -> Submission:
    rows = Submission.objects.select_related("placement", "period__programme__union", "union")
    return rows.get(period=period, union=union)


def text_of(pdf: bytes) -> str:
    """What a PDF says, in reading order, with single spaces."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return " ".join(" ".join(pages).split())
