"""What was approved keeps its figures when its union ends, and counts by the indicator's rule."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from actionplan.models import Period, Programme
from actionplan.services import periods
from indicators import queries
from indicators.models import Submission, Target
from indicators.queries import Cut, told_of_ended
from indicators.services import reorganisation, submissions
from tests.builders import (
    approve,
    make_indicator,
    make_period,
    make_programme,
    make_province,
    make_union,
)
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice, OrgEvent, Union
from unions.queries import node
from unions.services import changes, events, undoing, unions
from unions.services.events import Decision
from unions.services.unions import Profile

# the period of 2025 counts on 30 November
BEFORE, AFTER = Decision(date(2025, 8, 1)), Decision(date(2025, 12, 1))


class Field:
    """Three unions that all told of 2025, all approved: 40 of 50 people, a paper, a grade, four."""

    def __init__(self) -> None:
        self.root = make_province()
        self.programme: Programme = make_programme(self.root)
        Target.objects.all().delete()
        self.programme.indicators.all().delete()
        make_indicator(self.programme, "R", "share_of_people")
        make_indicator(self.programme, "P", "share_of_unions", denominator="in_place")
        make_indicator(self.programme, "G", "share_of_unions_rated", denominator="gradable")
        make_indicator(self.programme, "C", "count_per_year", unit="cuộc")
        names = ("Một", "Hai", "Ba")
        self.unions: list[Union] = [
            make_union(self.root, code=f"U{n}", name=f"Đơn vị {name}")
            for n, name in enumerate(names, 1)
        ]
        self.period: Period = make_period(self.programme)
        for union in self.unions:
            approve(
                self.of(union),
                iR={"done": 40, "total": 50},
                iP={"done": "yes", "paper": "1"},
                iG={"grade": "good"},
                iC={"number": 4},
            )

    def of(self, union: Union) -> Submission:
        rows = Submission.objects.select_related("placement", "period__programme", "union")
        return rows.get(union=union, period=self.period)

    @property
    def cut(self) -> Cut:
        return Cut.of_year(node(self.root), 2025)

    def totals(self) -> dict[str, tuple[object, ...]]:
        return {
            one.indicator.code: (
                one.total.numerator,
                one.total.denominator,
                one.total.answered,
                one.total.expected,
            )
            for one in queries.scorecard(self.programme, self.cut)
        }

    def told(self) -> list[str]:
        found = queries.coverage(self.programme, self.cut)
        return told_of_ended(found, self.programme.indicators.order_by("position"))


@pytest.fixture
def field(db) -> Field:
    return Field()


# numerator, denominator, answered, expected: worked out by hand
ALL = {"R": (120, 150, 3, 3), "P": (3, 3, 3, 3), "G": (3, 3, 3, 3), "C": (12, 3, 3, 3)}
ONE_ENDED = {"R": (120, 150, 3, 3), "P": (2, 2, 2, 2), "G": (2, 2, 2, 2), "C": (12, 3, 3, 3)}

ENDS = {
    "dissolve": lambda f: unions.dissolve(f.unions[0], BEFORE, by=None),
    "merge_into": lambda f: unions.merge_into(f.unions[0], f.unions[1], BEFORE, by=None),
    "split": lambda f: unions.split(
        f.unions[0], {f.unions[1]: Decimal(1)}, BEFORE, ends=True, by=None
    ),
}


def last(kind: str) -> OrgEvent:
    return OrgEvent.objects.filter(kind=kind).latest("pk")


@pytest.mark.parametrize("kind", ENDS)
def test_an_approved_union_that_ended_before_the_cut_off_stands_among_nobody_in_place(
    field: Field, kind: str
):
    assert (field.totals(), field.told()) == (ALL, [])
    before = field.of(field.unions[0])
    figures = list(before.figures.order_by("pk").values())
    ENDS[kind](field)
    assert field.totals() == ONE_ENDED
    assert field.told() == [
        "1 đơn vị kết thúc hoạt động (hoặc thôi thuộc diện báo cáo) trong năm, trước ngày chốt số"
        " liệu: 1 có phiếu số liệu phần năm đã được duyệt.",
        "Số đã duyệt của các đơn vị đó được cộng vào chỉ tiêu R, C.",
        "Chỉ tiêu P, G chỉ tính đơn vị đang hoạt động tại ngày chốt số liệu: các đơn vị đó không có"
        " trong tử số và mẫu số.",
    ]
    left = field.of(field.unions[0])
    assert (left.closing, left.state, left.placement) == (True, "approved", before.placement)
    assert list(left.figures.order_by("pk").values()) == figures
    line = JournalEntry.objects.filter(subject="indicators.submission").latest("pk")
    assert line.sentence == (
        "Cập nhật theo tổ chức: phiếu kết thúc hoạt động năm 2025 của Đơn vị Một"
    )
    # nobody is asked for what was handed in
    assert not Notice.objects.filter(title__startswith="Phiếu kết thúc").exists()


@pytest.mark.parametrize("kind", ENDS)
def test_the_end_taken_back_brings_the_approved_back(field: Field, kind: str):
    ENDS[kind](field)
    undoing.undo(last(kind), by=None)
    assert (field.totals(), field.told()) == (ALL, [])
    assert {row.closing for row in Submission.objects.all()} == {False}


def test_what_was_approved_as_of_the_part_still_holds_the_end(field: Field):
    ENDS["dissolve"](field)
    officer = field.of(field.unions[0]).approved_by
    submissions.send_back(field.of(field.unions[0]), by=officer, reason="Chỉ phần năm")
    assert field.of(field.unions[0]).closing
    approve(field.of(field.unions[0]))
    with pytest.raises(RuleBroken, match="không huỷ được việc kết thúc hoạt động"):
        undoing.undo(last("dissolve"), by=None)
    assert field.of(field.unions[0]).closing
    # another event taken back does not make it whole either
    unions.dissolve(field.unions[1], BEFORE, by=None)
    undoing.undo(last("dissolve"), by=None)
    assert field.of(field.unions[0]).closing


def test_a_union_that_ended_after_the_cut_off_was_in_place(field: Field):
    unions.dissolve(field.unions[0], AFTER, by=None)
    assert (field.totals(), field.told()) == (ALL, [])


def test_a_closed_period_keeps_its_denominators(field: Field):
    periods.close(field.period, reason="Hết hạn", by=None)
    ENDS["dissolve"](field)
    assert (field.totals(), field.told()) == (ALL, [])
    assert reorganisation.plan(last("dissolve")) == [
        "Phiếu số liệu năm 2025 của Đơn vị Một (đã duyệt hoặc thuộc kỳ đã khoá) giữ nguyên: số liệu"
        " và vị trí không đổi theo sự kiện này."
    ]


def test_the_preview_says_how_the_approved_will_count(field: Field):
    def act() -> OrgEvent:
        profile = Profile("Đơn vị Mới", "agency")
        unions.consolidate(field.unions[:2], "MOI", field.root, profile, BEFORE, by=None)
        return last("consolidate")

    sentence = (
        "2 phiếu số liệu đã duyệt (năm 2025) được tính là phiếu kết thúc hoạt động: số liệu giữ"
        " nguyên; đơn vị không còn trong tử số và mẫu số của chỉ tiêu chỉ tính đơn vị đang hoạt"
        " động tại ngày chốt số liệu."
    )
    told = events.outlook(act).following
    assert sentence in told
    assert not any("không đổi theo sự kiện này" in one for one in told)
    assert field.totals() == ALL


def test_what_is_sent_back_follows_in_a_period_that_was_opened_again(field: Field):
    """The events came while the period was closed, or the form was approved: neither followed."""
    waiting, approved, untouched = field.unions
    officer = field.of(approved).approved_by
    Submission.objects.filter(union=waiting).update(state="verified")
    periods.close(field.period, reason="Xong", by=None)
    for union in (waiting, approved):
        changes.rename(union, f"{union} mới", BEFORE, by=None)
    assert field.of(waiting).placement.name == "Đơn vị Một"
    until = timezone.localdate() + timedelta(days=9)
    periods.reopen(field.period, reason="Còn sai số", by=None, closes_on=until)
    for union in field.unions:
        row = submissions.send_back(field.of(union), by=officer, reason="Sai số")
        assert row.state == "returned"
    assert [field.of(union).placement.name for union in field.unions] == [
        "Đơn vị Một mới",
        "Đơn vị Hai mới",
        str(untouched),
    ]


def test_before_the_day_of_a_planned_end_the_cut_off_decides(field: Field):
    """A period whose cut-off is still to come counts by the end that is planned before it."""
    year = timezone.localdate().year + 1
    period = make_period(field.programme, year=year) if year in field.programme.years else None
    assert period is not None
    row = period.submissions.select_related("placement", "period__programme", "union").get(
        union=field.unions[2]
    )
    approve(row)
    unions.dissolve(field.unions[2], Decision(date(year, 6, 1)), by=None)
    row.refresh_from_db()
    assert row.closing
    assert not field.of(field.unions[2]).closing
