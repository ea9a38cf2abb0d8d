"""What is missing to a target, who could bring it, and whether it still can be reached."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplan.models import Programme
from indicators.models import Figure
from indicators.queries import Cut, addends, scorecard
from indicators.queries.gaps import counted_before, shortfalls
from reports.definitions.missing import amounts, misleading_means, prospects
from tests.reports.shapes import make_shapes
from unions.queries import node


def said(first: int, last: int, code: str) -> tuple[list[str], list[str], list[str]]:
    """Amounts, prospects and misleading means of one indicator over the whole province."""
    programme = Programme.objects.first() or make_shapes()
    cut = Cut(node(programme.union), first, last)
    [result] = [one for one in scorecard(programme, cut) if one.indicator.code == code]
    parts = addends(programme, cut, code)
    before = counted_before(programme, cut, result.indicator)
    return (
        amounts(result, parts),
        prospects(shortfalls(result, parts, before)),
        misleading_means(result, parts),
    )


def test_a_mean_of_percentages_on_the_other_side_of_the_target_is_told(db):
    # 84% and 100% have the mean 92%; 178 of 210 are 84,76%
    assert said(2025, 2025, "1")[2] == [
        "bình quân tỷ lệ của từng đơn vị là 92%, khác kết luận với tỷ lệ tính gộp 84,76% so với mức"
        " ≥ 85%; kết quả lấy theo tỷ lệ tính gộp."
    ]
    assert said(2024, 2024, "1")[2] == []
    # both years of a union together: 140 of 300, 9 of 20 and 35 of 50 have the mean 53,89%
    assert "53,89%" in said(2024, 2025, "1.1")[2][0]


def test_a_share_of_people_counts_the_silent_by_their_last_denominator(db):
    # Ca counted 50 people last year: 228 of 260
    assert said(2025, 2025, "1")[:2] == (
        ["còn thiếu 1 người để đạt mức ≥ 85%; một đơn vị cũng có thể bù đủ."],
        [
            "còn thiếu 1 người để đạt mức ≥ 85%; một đơn vị cũng có thể bù đủ. Nếu 1 đơn vị"
            " chưa báo cáo đều đạt ở mức tốt nhất thì kết quả là 87,69%: vẫn có thể đạt."
        ],
    )


def test_where_last_year_is_not_known_nothing_is_promised(db):
    make_shapes()
    last = Figure.objects.filter(
        submission__union__code="CA", indicator__code="1", submission__period__year=2024
    )
    last.delete()
    assert said(2025, 2025, "1")[1] == [
        "còn thiếu 1 người để đạt mức ≥ 85%; một đơn vị cũng có thể bù đủ. Còn 1 đơn vị chưa báo"
        " cáo, trong đó 1 đơn vị chưa rõ tổng số vì năm trước không có số liệu được duyệt."
    ]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "2",
            "Khu vực nhà nước: còn thiếu 1 đơn vị để đạt mức ≥ 100%. Mọi đơn vị đã báo cáo: chỉ đạt"
            " được nếu số đã duyệt thay đổi.",
        ),
        (
            "3",
            "còn thiếu 15 cuộc để đạt mức ≥ 90 cuộc; một đơn vị cũng có thể bù đủ. Còn 1 đơn vị"
            " chưa báo cáo: vẫn có thể đạt.",
        ),
        (
            "4",
            "còn 2 đơn vị chưa đạt mức ≥ 10 buổi (CĐCS An: 9; CĐCS Ca: chưa báo cáo), cộng lại"
            " thiếu 11 buổi. Còn 1 đơn vị chưa báo cáo: không còn đạt được.",
        ),
        (
            "5",
            "còn thiếu 3 đoàn viên để đạt mức ≥ 4 đoàn viên/CĐCS; một đơn vị cũng có thể bù đủ."
            " Còn 1 đơn vị chưa báo cáo: vẫn có thể đạt.",
        ),
        (
            "6",
            "cần bớt 2 vụ để đạt mức ≤ 5 vụ. Còn 1 đơn vị chưa báo cáo: không còn đạt được.",
        ),
        (
            "7",
            "còn thiếu 17.500.000 đồng để đạt mức ≥ 50 triệu đồng; một đơn vị cũng có thể bù"
            " đủ. Còn 1 đơn vị chưa báo cáo: vẫn có thể đạt.",
        ),
    ],
)
def test_each_shape_of_target_says_what_would_reach_it(db, code, sentence):
    assert said(2025, 2025, code)[1] == [sentence]
    assert said(2024, 2024, code)[1] == []


def test_years_that_each_have_to_be_met_are_told_one_by_one(db):
    assert said(2024, 2025, "4")[0] == [
        "năm 2025: còn 2 đơn vị chưa đạt mức ≥ 10 buổi (CĐCS An: 9; CĐCS Ca: chưa báo cáo),"
        " cộng lại thiếu 11 buổi."
    ]
    assert said(2024, 2025, "5")[0] == [
        "năm 2025: còn thiếu 3 đoàn viên để đạt mức ≥ 4 đoàn viên/CĐCS; một đơn vị cũng có thể"
        " bù đủ."
    ]


def test_what_was_counted_before_takes_one_statement(db):
    programme = make_shapes()
    cut = Cut.of_year(node(programme.union), 2025)
    indicator = programme.indicators.get(code="1")
    with CaptureQueriesContext(connection) as asked:
        assert counted_before(programme, cut, indicator) == {("CA", 2025): 50}
    assert len(asked) == 1
