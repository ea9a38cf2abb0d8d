"""The table of results: groups, parts, completion, what is missing, years put together."""

import pytest

from actionplan.models import Programme
from indicators.models import Figure, Horizon
from indicators.queries import Cut, scorecard
from reports.definitions.results import (
    Row,
    counting_rules,
    in_words,
    table_rows,
    years_rules,
)
from reports.definitions.verdicts import judgement
from tests.reports.shapes import make_shapes
from unions.models import UnionType
from unions.queries import node


def rows_of(first: int, last: int, **narrowed: str) -> dict[str, Row]:
    """The lines of the table, a group by its name."""
    programme = make_shapes()
    results = scorecard(programme, Cut(node(programme.union), first, last, **narrowed))
    return {row.code or row.name: row for row in table_rows(results)}


def test_a_part_that_calls_itself_one_is_not_called_so_twice(db):
    assert rows_of(2025, 2025)["1.1"].name == "Trong đó: Đoàn viên học tập trực tiếp"
    name = "Trong đó học tập trực tuyến"
    Programme.objects.get().indicators.filter(code="1.1").update(name=name)
    [row] = [row for row in rows_of_again(2025) if row.code == "1.1"]
    assert row.name == name


def rows_of_again(year: int) -> list[Row]:
    """The lines of the table of the shapes that are there."""
    programme = Programme.objects.get()
    return table_rows(scorecard(programme, Cut.of_year(node(programme.union), year)))


def plain(text: str) -> str:
    return " ".join(text.split())


def told(row: Row) -> tuple[str, ...]:
    """What stands in the columns that are compared here."""
    columns = (row.goal, row.achieved, row.completion, row.verdict.value, row.missing, row.reported)
    return tuple(map(plain, columns))


# 178 of 210 against 178,5; 84 of 210 against 105; of the state's two one did it; the third is
# silent; 50 + 25; 5 over two unions against 4 each; 4 of last year and 3; 20 + 12,5 million
IN_2025 = {
    "1": ("≥ 85%", "178/210 = 84,76%", "99,72%", "Chưa đạt", "1 người", "2/3"),
    "1.1": ("≥ 50%", "84/210 = 40%", "80%", "Chưa đạt", "21 người", "2/3"),
    "2": ("theo từng nhóm", "1/3 = 33,33%", "–", "Chưa đạt", "–", "2/3"),
    "Khu vực nhà nước": ("≥ 100%", "1/2 = 50%", "50%", "Chưa đạt", "1 đơn vị", "2/2"),
    "Ngoài nhà nước": ("≥ 50%", "–", "–", "Chưa có số liệu", "–", "0/1"),
    "3": ("≥ 90", "75", "83,33%", "Chưa đạt", "15 cuộc", "2/3"),
    "4": ("≥ 10", "thấp nhất 0", "0%", "Chưa đạt", "–", "2/3"),
    "5": ("≥ 4", "5/2 = 2,50", "62,50%", "Chưa đạt", "3 đoàn viên", "2/3"),
    "6": ("≤ 5 (đến hết nhiệm kỳ)", "7", "–", "Chưa đạt", "cần bớt 2 vụ", "5/6"),
    "7": ("≥ 50", "32,50", "65%", "Chưa đạt", "17.500.000 đồng", "2/3"),
}
IN_2024 = {
    "1": ("≥ 85%", "139/160 = 86,88%", "102,21% vượt 2,21%", "Vượt", "–", "3/3"),
    "Khu vực nhà nước": ("≥ 100%", "2/2 = 100%", "100%", "Đạt", "–", "2/2"),
    "Ngoài nhà nước": ("≥ 50%", "1/1 = 100%", "200% vượt 100%", "Vượt", "–", "1/1"),
    "3": ("≥ 90", "110", "122,22% vượt 22,22%", "Vượt", "–", "3/3"),
    "5": ("≥ 4", "12/3 = 4", "100%", "Đạt", "–", "3/3"),
    "7": ("≥ 50", "52,50", "105% vượt 5%", "Vượt", "–", "3/3"),
}
# 317 of 370; 185 against twice 90; the mean of 4 and 2,5; 85 million against twice 50
BOTH = {
    "1": ("≥ 85%", "317/370 = 85,68%", "100,79% vượt 0,79%", "Vượt", "–", "5/6"),
    "3": ("≥ 180", "185", "102,78% vượt 2,78%", "Vượt", "–", "5/6"),
    "5": ("≥ 4", "3,25", "81,25%", "Chưa đạt", "–", "5/6"),
    "7": ("≥ 100", "85", "85%", "Chưa đạt", "15.000.000 đồng", "5/6"),
}


@pytest.mark.parametrize(
    ("first", "last", "by_hand"),
    [(2024, 2024, IN_2024), (2025, 2025, IN_2025), (2024, 2025, BOTH)],
)
def test_the_table_holds_what_was_worked_out_by_hand(db, first, last, by_hand):
    found = rows_of(first, last)
    assert {name: told(found[name]) for name in by_hand} == by_hand


def test_parts_and_groups_stand_beneath_what_they_are_part_of(db):
    found = rows_of(2025, 2025)
    assert list(found)[:5] == ["1", "1.1", "2", "Khu vực nhà nước", "Ngoài nhà nước"]
    assert [row.depth for row in found.values()] == [0, 1, 0, 1, 1, 0, 0, 0, 0, 0]
    assert found["1.1"].name == "Trong đó: Đoàn viên học tập trực tiếp"


def test_each_year_of_a_range_stands_for_itself(db):
    found = rows_of(2024, 2025)
    assert [(one.year, plain(one.row.achieved)) for one in found["5"].years] == [
        (2024, "12/3 = 4"),
        (2025, "5/2 = 2,50"),
    ]
    assert [(one.year, plain(one.row.achieved)) for one in found["6"].years] == [
        (2024, "4"),
        (2025, "7"),
    ]


def test_a_single_year_has_no_years_beneath_it(db):
    assert not any(row.years for row in rows_of(2024, 2024).values())


def test_the_rules_say_conditions_and_how_years_were_put_together(db):
    programme = make_shapes()
    results = scorecard(programme, Cut(node(programme.union), 2024, 2025))
    assert counting_rules(results) == [
        "Mẫu số của chỉ tiêu 1: các đơn vị đã báo cáo, điều kiện tính: đoàn viên chính thức.",
        "Mẫu số của chỉ tiêu 1.1, 5: các đơn vị đã báo cáo.",
        "Mẫu số của chỉ tiêu 2, 4: mọi đơn vị đang hoạt động tại ngày chốt số liệu.",
        "Chỉ tiêu 3, 6, 7: cộng số đã được duyệt của các đơn vị.",
    ]
    assert years_rules(results) == [
        "Chỉ tiêu 1, 1.1: cộng tử số và mẫu số các năm.",
        "Chỉ tiêu 2, 4: từng năm đều phải đạt.",
        "Chỉ tiêu 3, 7: cộng các năm.",
        "Chỉ tiêu 5: bình quân các năm.",
        "Chỉ tiêu 6: lũy kế từ năm 2024.",
    ]


def test_two_shares_of_one_denominator_say_each_by_which_number_a_union_counts(db):
    programme = make_shapes()
    meal = {"asks": "Giá trị bữa ăn ca (đồng)", "least": 15_000}
    programme.indicators.filter(code="2").update(threshold=meal)
    results = scorecard(programme, Cut(node(programme.union), 2024, 2024))
    assert counting_rules(results)[2:4] == [
        "Mẫu số của chỉ tiêu 2: mọi đơn vị đang hoạt động tại ngày chốt số liệu; đạt khi Giá trị"
        " bữa ăn ca từ 15.000 đồng trở lên.",
        "Chỉ tiêu 3, 6, 7: cộng số đã được duyệt của các đơn vị.",
    ]


def test_a_cluster_and_a_type_narrow_the_table_and_are_named(db):
    found = rows_of(2024, 2024, cluster="Cụm 1", type=UnionType.NON_STATE)
    # Ca alone: 40 of 50 against 42,5; its group's target is that of the whole
    assert told(found["1"]) == ("≥ 85%", "40/50 = 80%", "94,12%", "Chưa đạt", "3 người", "1/1")
    assert told(found["2"])[:2] == ("≥ 50%", "1/1 = 100%")
    assert "Ngoài nhà nước" not in found


def test_a_cut_is_named_in_words(province):
    place = node(province.root)
    assert in_words(Cut.of_year(place, 2025)) == "Công đoàn Viên chức tỉnh Phú Thọ, năm 2025"
    assert in_words(Cut(place, 2024, 2026, "Cụm 1", UnionType.NON_STATE)) == (
        "Công đoàn Viên chức tỉnh Phú Thọ, từ năm 2024 đến năm 2026, cụm thi đua “Cụm 1”, loại hình"
        " “Doanh nghiệp ngoài nhà nước”"
    )


def set_back(programme: Programme, due: int) -> None:
    """The first is asked for by a year, the fourth in the last year of the term."""
    programme.indicators.filter(code="1").update(horizon=Horizon.BY_YEAR, due_year=due)
    programme.indicators.filter(code="4").update(horizon=Horizon.TERM, years="last")


def judged(programme: Programme, year: int) -> tuple[str, list[str]]:
    """The sentence, and the lines that say beneath the verdict that their day has not come."""
    results = scorecard(programme, Cut.of_year(node(programme.union), year))
    rows = table_rows(results)
    return judgement(results), [row.code for row in rows if "\n" in row.told_verdict]


def test_what_is_missed_before_its_day_is_named_apart_from_what_failed(db):
    programme = make_shapes()
    set_back(programme, 2026)
    # the sixth is a ceiling over the term, and already broken
    assert judged(programme, 2025) == (
        "Đạt và vượt 0/8 chỉ tiêu; 6 chỉ tiêu chưa đạt (1.1, 2, 3, 5, 6, 7); 2 chỉ tiêu chưa đến"
        " hạn (1, 4).",
        ["1", "4"],
    )


def test_a_year_of_the_term_that_had_to_be_met_has_failed_in_the_headline_too(db):
    programme = make_shapes()
    programme.indicators.filter(code="4").update(horizon=Horizon.TERM, years="all_met")
    said, early = judged(programme, 2025)
    assert (said, early) == (
        "Đạt và vượt 0/8 chỉ tiêu; 8 chỉ tiêu chưa đạt (1, 1.1, 2, 3, 4, 5, 6, 7).",
        [],
    )


def test_what_is_missed_in_the_year_of_its_day_has_failed(db):
    programme = make_shapes()
    set_back(programme, 2025)
    assert judged(programme, 2025)[1] == ["4"]
    programme.reporting_years = [2024, 2025]
    programme.save()
    assert judged(programme, 2025) == (
        "Đạt và vượt 0/8 chỉ tiêu; 8 chỉ tiêu chưa đạt (1, 1.1, 2, 3, 4, 5, 6, 7).",
        [],
    )


def test_each_year_and_group_before_the_day_says_so(db):
    programme = make_shapes()
    programme.indicators.filter(code="1.1").update(horizon=Horizon.BY_YEAR, due_year=2026)
    programme.indicators.filter(code="2").update(horizon=Horizon.TERM, years="pooled")
    results = scorecard(programme, Cut(node(programme.union), 2024, 2025))
    rows = {row.code or row.name: row for row in table_rows(results)}
    told = [(one.year, one.row.told_verdict) for one in rows["1.1"].years]
    assert told == [(2024, "Vượt"), (2025, "Chưa đạt\n(chưa đến hạn)")]
    assert rows["Khu vực nhà nước"].told_verdict == "Chưa đạt\n(chưa đến hạn)"


def test_a_row_that_meets_its_own_target_says_which_group_does_not(db):
    programme = make_shapes()
    asked = programme.indicators.get(code="1")
    asked.targets.update(low="0.8")
    asked.targets.create(group="Cơ quan", types=["agency"], operator=">=", low="0.9")
    # 178 of 210 are 84,76%, all of them of agencies
    [row, group] = [row for row in rows_of_again(2025) if row.name in (asked.name, "Cơ quan")]
    assert (row.achieved.startswith("178/210"), row.verdict.value) == (True, "Chưa đạt")
    assert row.told_verdict == "Chưa đạt\n(nhóm Cơ quan chưa đạt)"
    assert group.told_verdict == "Chưa đạt"
    asked.targets.filter(group="").update(low="0.9")
    assert next(row for row in rows_of_again(2025) if row.code == "1").told_verdict == "Chưa đạt"


def test_sums_that_break_in_a_table_stand_in_one_line_beneath_their_addends(db):
    make_shapes()
    Figure.objects.filter(indicator__code="1", denominator__isnull=False).update(
        numerator=800_000_000, denominator=1_000_000_000
    )
    row = next(row for row in rows_of_again(2025) if row.code == "1")
    assert row.achieved == "1.600.000.000/\n2.000.000.000\n=\u00a080%"
    assert row.added_up == "1.600.000.000/2.000.000.000 =\u00a080%"
