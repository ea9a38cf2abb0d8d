"""A programme closed early, and one that goes on where another ended."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from actionplan.queries import heirs, known_to
from actionplan.services import periods, programmes
from tests.builders import Province, make_period, make_province, make_union, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union
from unions.services import unions
from unions.services.events import Decision

END = date(2025, 6, 30)
WHY = "Sáp nhập tỉnh theo Nghị quyết 202/2025/QH15"
DAYS = Days(date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 10), date(2026, 12, 31))


def _next(union: Union, **words: object) -> Programme:
    """The programme of the term after."""
    return Programme.objects.create(
        **{
            "code": f"sau-{union.pk}",
            "union": union,
            "title": "Chương trình hành động nhiệm kỳ 2025-2030",
            "issued_on": date(2025, 9, 1),
            "term_from": 2025,
            "term_to": 2030,
            "reporting_years": [2026, 2027, 2028, 2029, 2030],
        }
        | words
    )


def _closed(province: Province) -> Programme:
    programmes.close_early(province.programme, END, WHY, by=province.administrator)
    return Programme.objects.get(pk=province.programme.pk)


def test_a_programme_closed_early_keeps_its_years_until_then(province: Province):
    told = programmes.close_early(province.programme, END, f" {WHY} ", by=province.administrator)
    assert told == ["Không còn báo cáo các năm 2026, 2027, 2028."]
    closed = Programme.objects.get()
    assert (closed.closed_on, closed.closed_because) == (END, WHY)
    assert (closed.years, closed.years_lost) == ([2024, 2025], [2026, 2027, 2028])
    assert closed.early_end == (
        f"Chương trình kết thúc sớm ngày 30/06/2025 ({WHY}); không báo cáo năm 2026, 2027, 2028."
    )
    line = JournalEntry.objects.latest("pk")
    assert line.sentence == "Kết thúc sớm chương trình phu-tho-2023-2028 từ ngày 30/06/2025"
    assert (line.reason, line.by, line.union) == (WHY, province.administrator, province.root)


def test_open_periods_of_years_it_does_not_reach_are_told(province: Province):
    make_union(province.root, code="TH1", name="Trường học", calendar="school_year")
    later, closed = (
        make_period(province.programme, year=year, calendar="school_year") for year in (2027, 2028)
    )
    periods.close(closed, reason="Hết hạn", by=None)
    told = programmes.closing_preview(province.programme, END)
    assert province.programme.closed_on is None
    assert told == [
        "Không còn báo cáo các năm 2026, 2027, 2028.",
        f"Đang mở kỳ báo cáo {later}, nay không thuộc chương trình: số liệu của kỳ đó không được"
        " tính. Hãy khoá kỳ.",
    ]
    assert programmes.close_early(province.programme, END, WHY, by=None) == told
    at_the_end = programmes.closing_preview(Programme.objects.get(), date(2028, 7, 1))
    assert at_the_end == ["Chương trình vẫn báo cáo đủ các năm đã định."]


def test_a_year_after_the_closing_is_not_opened_and_the_year_of_it_is(province: Province):
    programme = _closed(province)
    make_union(province.root, code="TH1", name="Trường học", calendar="school_year")
    with pytest.raises(RuleBroken) as refusal:
        periods.open(programme, 2026, "calendar_year", DAYS, by=None)
    assert str(refusal.value) == (
        "Chương trình kết thúc sớm ngày 30/06/2025, không còn báo cáo năm 2026."
    )
    assert make_period(programme, year=2025, calendar="school_year").year == 2025
    assert not Period.objects.filter(year=2026).exists()


@pytest.mark.parametrize(
    ("on", "reason", "sentence"),
    [
        (END, " \u200b", "Hãy ghi lý do kết thúc sớm chương trình."),
        (date(2024, 3, 12), WHY, "phải từ ngày ban hành 13/03/2024 đến hết năm 2028."),
        (date(2029, 1, 1), WHY, "phải từ ngày ban hành 13/03/2024 đến hết năm 2028."),
        (date(25, 6, 30), WHY, "Ngày kết thúc sớm 30/06/0025 không thể đúng"),
    ],
)
def test_an_end_that_cannot_be_is_refused(province: Province, on, reason, sentence):
    with pytest.raises(RuleBroken) as refusal:
        programmes.close_early(province.programme, on, reason, by=province.administrator)
    assert sentence in str(refusal.value)
    assert Programme.objects.get().closed_on is None


def test_it_is_closed_once_and_the_end_is_taken_back(province: Province):
    programme = _closed(province)
    with pytest.raises(RuleBroken, match="đã kết thúc sớm ngày 30/06/2025"):
        programmes.close_early(programme, END, WHY, by=province.administrator)
    programmes.take_back_closing(programme, by=province.administrator)
    again = Programme.objects.get()
    assert (again.closed_on, again.closed_because, again.early_end) == (None, "", "")
    line = JournalEntry.objects.latest("pk")
    assert line.details == {"closed_on": "2025-06-30", "closed_because": WHY}
    with pytest.raises(RuleBroken, match="không có việc kết thúc sớm"):
        programmes.take_back_closing(programme, by=province.administrator)


@pytest.mark.parametrize("who", ["officer", "inspector", "leader", "chair_of_health"])
def test_only_who_manages_programmes_ends_and_links_them(province: Province, who):
    person, later = getattr(province, who), _next(province.root)
    acts = [
        lambda: programmes.close_early(province.programme, END, WHY, by=person),
        lambda: programmes.take_back_closing(province.programme, by=person),
        lambda: programmes.succeed(later, province.programme, by=person),
        lambda: programmes.take_back_succession(later, province.programme, by=person),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_next_programme_of_the_union_goes_on(province: Province):
    old, later = _closed(province), _next(province.root)
    programmes.succeed(later, old, by=province.administrator)
    old.refresh_from_db()
    assert (old.succeeded_by, list(later.succeeds.all())) == (later, [old])
    lines = JournalEntry.objects.order_by("-pk")[:2]
    assert {line.subject_key for line in lines} == {old.pk, later.pk}
    with pytest.raises(RuleBroken, match="Hãy bỏ việc kế tiếp trước"):
        programmes.take_back_closing(old, by=province.administrator)
    programmes.take_back_succession(later, old, by=province.administrator)
    programmes.take_back_closing(old, by=province.administrator)
    assert Programme.objects.get(pk=old.pk).years == [2024, 2025, 2026, 2027, 2028]


def test_both_may_report_on_the_year_of_the_closing_and_on_no_other(province: Province):
    later = _next(province.root, reporting_years=[2025, 2026])
    with pytest.raises(RuleBroken) as refusal:
        programmes.succeed(later, province.programme, by=province.administrator)
    assert "Cả hai chương trình cùng báo cáo các năm 2025, 2026." in str(refusal.value)
    programmes.succeed(later, _closed(province), by=province.administrator)
    assert later.succeeds.count() == 1


def test_what_cannot_follow_is_refused(province: Province):
    old, other = _closed(province), make_province(code="HB", name="CĐVC tỉnh Hòa Bình")
    later, foreign = _next(province.root), _next(other)
    for one, sentence in [
        (old, "không thể kế tiếp chính nó"),
        (foreign, "chưa sáp nhập, hợp nhất hay chia tách vào CĐVC tỉnh Hòa Bình"),
    ]:
        with pytest.raises(RuleBroken, match=sentence):
            programmes.succeed(one, old, by=None)
    with pytest.raises(RuleBroken, match="phải ban hành sau ngày 01/09/2025"):
        programmes.succeed(old, later, by=province.administrator)
    programmes.succeed(later, old, by=province.administrator)
    third = _next(province.root, code="ba", term_from=2026, issued_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken, match="đã được kế tiếp bởi"):
        programmes.succeed(third, old, by=province.administrator)
    with pytest.raises(RuleBroken, match="không kế tiếp"):
        programmes.take_back_succession(third, old, by=province.administrator)


def test_one_programme_follows_those_of_all_unions_that_merged(province: Province):
    """Three provinces become one (2025), and a new term begins."""
    others = [make_province(code=code, name=f"CĐVC tỉnh {code}") for code in ("HB", "VP")]
    theirs = [
        _next(one, issued_on=date(2023, 9, 1), term_from=2023, term_to=2028, reporting_years=[2024])
        for one in others
    ]
    later = _next(province.root)
    with pytest.raises(PermissionDenied):
        programmes.succeed(later, theirs[0], by=province.administrator)
    assert theirs[0] not in known_to(province.administrator)
    stranger = make_user("la", Role.OFFICER, others[0], full_name="Người Cũ")
    for one in others:
        unions.merge_into(one, province.root, Decision(date(2025, 7, 1)), by=None)
    assert set(known_to(province.administrator)) == {province.programme, later, *theirs}
    for old in (_closed(province), *theirs):
        programmes.succeed(later, old, by=province.administrator)
    assert later.succeeds.count() == 3
    assert set(known_to(stranger)) == {theirs[0]}


def test_a_union_goes_on_in_the_heirs_of_its_heirs(province: Province):
    first, second = (make_province(code=code, name=f"Tỉnh {code}") for code in ("A", "B"))
    unions.merge_into(first, second, Decision(date(2024, 7, 1)), by=None)
    unions.merge_into(
        Union.objects.get(pk=second.pk), province.root, Decision(date(2025, 7, 1)), by=None
    )
    assert heirs(first) == [second, province.root]
    assert heirs(province.root) == []
    old = _next(first, issued_on=date(2023, 1, 1), term_from=2023, reporting_years=[2024])
    later = _next(province.root)
    programmes.succeed(later, old, by=None)
    assert list(later.succeeds.all()) == [old]
