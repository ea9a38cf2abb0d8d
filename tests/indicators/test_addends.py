"""The pairs behind a total: who stands in it, who left it and why, what was silent."""

from datetime import date
from pathlib import Path

import pytest

from indicators import kinds, queries
from indicators.models import Submission
from indicators.programme_file import ProgrammeFileError, parse
from indicators.queries import Addend, Cut
from indicators.services import programmes
from tests.builders import approve, make_period, make_province, make_union
from unions.models import UnionType
from unions.queries import node

SOURCE = Path("tests/indicators/programmes/sectors-and-parts.toml").read_text(encoding="utf-8")

# what each union answers to indicators 1 to 4, and how each pair stands in the export
ANSWERS = {
    "A1": ({"grade": "excellent"}, {"basis": 30, "number": 20_000}),
    "A2": ({"grade": "good"}, {"basis": 24, "number": 30_000}),
    "A3": ("Mới tách ra", {"basis": 25, "number": 14_999}),
    "MOI": ({"grade": "excellent"}, {"basis": 3, "number": 15_000}),
}


@pytest.fixture
def answered(db):
    """Four unions that answered, the last founded in that year, and one that is silent."""
    root = make_province()
    for code in (*ANSWERS, "IM"):
        founded = date(2025, 6, 1) if code == "MOI" else date(2020, 1, 1)
        make_union(
            root, code=code, name=f"Đơn vị {code}", type=UnionType.AGENCY, founded_on=founded
        )
    programme = programmes.load(parse(SOURCE, kinds.REGISTRY), "sectors", root, by=None).programme
    period = make_period(programme)
    for code, (graded, meal) in ANSWERS.items():
        submission = Submission.objects.get(union__code=code, period=period)
        approve(submission, i2=graded, i3=meal)
    return programme, Cut.of_year(node(root), 2025)


def _rows(answered, code: str) -> dict[str, Addend]:
    return {row.union_code: row for row in queries.addends(*answered, code)}


TOO_YOUNG = "chưa đủ thời gian hoạt động để xếp loại"


def test_a_part_counts_the_answer_of_its_whole_by_its_own_limit(answered):
    good, excellent = _rows(answered, "2"), _rows(answered, "2a")
    assert {code: row.pair for code, row in good.items()} == {
        "A1": (1, 1),
        "A2": (1, 1),
        "A3": None,
        "MOI": None,
        "IM": (0, 1),
    }
    assert {code: row.pair for code, row in excellent.items()} == {
        "A1": (1, 1),
        "A2": (0, 1),
        "A3": None,
        "MOI": None,
        "IM": (0, 1),
    }
    assert excellent["A2"].written == "Hoàn thành tốt nhiệm vụ"
    assert (good["A3"].reason, good["MOI"].reason) == ("Mới tách ra", TOO_YOUNG)
    assert (good["IM"].answer, good["IM"].reason) == ("none", "chưa báo cáo")


def test_a_number_of_its_own_puts_a_union_outside(answered):
    meals = _rows(answered, "3")
    assert {code: row.pair for code, row in meals.items()} == {
        "A1": (1, 1),
        # fewer than 25 workers
        "A2": None,
        # one đồng short of 15.000
        "A3": (0, 1),
        "MOI": None,
        # by the rule “reported” the silent one is nowhere
        "IM": None,
    }
    assert meals["A2"].reason == "Số lao động của đơn vị: 24, dưới 25"
    assert meals["A3"].written == "Chưa đạt (14.999)"


def test_addends_stand_in_the_order_of_indicators_and_names(answered):
    rows = queries.addends(*answered)
    codes = list(dict.fromkeys(row.indicator_code for row in rows))
    assert codes == ["1", "2", "2a", "3", "4"]
    assert [row.union_code for row in rows[:5]] == ["A1", "A2", "A3", "IM", "MOI"]
    assert len(rows) == 5 * len(codes)


def test_what_adds_up_is_the_scorecard(answered):
    results = {one.indicator.code: one for one in queries.scorecard(*answered)}
    for code, top, bottom, left in (("2", 2, 3, 2), ("2a", 1, 3, 2), ("3", 1, 2, 2)):
        total = results[code].total
        assert (total.numerator, total.denominator, total.left) == (top, bottom, left)
        pairs = [row.pair for row in _rows(answered, code).values() if row.pair]
        assert tuple(map(sum, zip(*pairs, strict=True))) == (top, bottom)


PART = """
[[indicators]]
code = "{parent}z"
parent = "{parent}"
shares_answer = true
name = "Trong đó"
kind = "{kind}"
audience = "grassroots"
horizon = "annual"
unit = "%"
denominator = "reported"
{more}
"""


@pytest.mark.parametrize(
    ("parent", "kind", "more", "field"),
    [
        ("1", "share_of_unions", 'threshold = { asks = "Số bản", least = 3 }', "threshold"),
        ("3", "share_of_unions", "", "threshold"),
        (
            "4",
            "share_of_people",
            'condition = "đủ"\nbasis = { asks = "Số lao động", least = 3 }',
            "basis",
        ),
        ("2", "share_of_unions_rated", 'scale = "2014"', "scale"),
    ],
)
def test_a_part_that_its_wholes_answer_cannot_count_is_refused(parent, kind, more, field):
    part = PART.format(parent=parent, kind=kind, more=more)
    line = SOURCE.count("\n") + 1 + part[: part.index("shares_answer")].count("\n")
    with pytest.raises(ProgrammeFileError, match=f"Dòng {line}:.*“{field}” của hai chỉ tiêu"):
        parse(SOURCE + part, kinds.REGISTRY)


def test_a_part_with_a_limit_of_the_same_question_is_taken():
    more = 'threshold = { asks = "Giá trị một bữa ăn ca (đồng)", least = 25000 }'
    part = PART.format(parent="3", kind="share_of_unions", more=more)
    spec = parse(SOURCE + part, kinds.REGISTRY).indicators[-1]
    assert (spec.code, spec.parent, spec.threshold.least) == ("3z", "3", 25_000)
