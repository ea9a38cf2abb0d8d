"""What a programme said before it was amended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplan.models import Action, Amendment, Breakthrough, TaskGroup
from actionplan.queries import amendments_of, earlier_wordings, words_in_force
from actionplan.services import programmes
from actionplan.services.wordings import Paper, by_paper
from tests.builders import Province, make_period
from unions.errors import RuleBroken
from unions.models import JournalEntry

PAPER = Paper(" 05/CTr-CĐVC", date(2026, 2, 1))


def _titles(province: Province, year: int) -> dict[int, str]:
    """How the task groups are called in what is told of a year."""
    groups = list(province.programme.task_groups.all())
    words_in_force(province.programme, year).dress(groups)
    return {group.number: group.title for group in groups}


def test_an_amended_title_is_that_of_its_day_in_every_year(province: Province):
    group = province.programme.task_groups.get(number=2)
    old = group.title
    programmes.rename(group, "Tên theo văn bản mới", by=province.administrator, paper=PAPER)
    # the period of 2025 ends on 30 November 2025, before the document; 2026 has none yet
    assert _titles(province, 2025)[2] == old
    assert _titles(province, 2026)[2] == "Tên theo văn bản mới"
    untouched = _titles(province, 2025)[1]
    assert untouched == province.programme.task_groups.get(number=1).title
    assert JournalEntry.objects.latest("pk").sentence == (
        "Đổi tên nhóm nhiệm vụ của chương trình phu-tho-2023-2028 theo văn bản số 05/CTr-CĐVC"
    )


def test_the_last_cut_off_of_a_year_decides(province: Province):
    group = province.programme.task_groups.get(number=2)
    old = group.title
    paper = Paper("05/CTr", date(2025, 11, 30))
    programmes.rename(group, "Tên mới", by=province.administrator, paper=paper)
    assert _titles(province, 2025)[2] == "Tên mới"
    make_period(province.programme, year=2024)
    assert _titles(province, 2024)[2] == old


def test_of_several_amendments_each_year_has_its_own(province: Province):
    group = province.programme.task_groups.get(number=2)
    first = group.title
    for number, day, title in (
        ("05", date(2025, 1, 1), "Tên thứ hai"),
        ("06", date(2026, 1, 1), "Tên thứ ba"),
    ):
        programmes.rename(group, title, by=None, paper=Paper(number, day))
    programmes.rename(group, "Tên thứ ba (sửa lỗi)", by=None)
    assert [_titles(province, year)[2] for year in (2024, 2025, 2026)] == [
        first,
        "Tên thứ hai",
        "Tên thứ ba (sửa lỗi)",
    ]


def test_a_correction_holds_for_all_days_and_is_kept_too(province: Province):
    group = province.programme.task_groups.get(number=2)
    old = group.title
    programmes.rename(group, "Không còn lỗi", by=province.administrator)
    assert _titles(province, 2024)[2] == "Không còn lỗi"
    (wording,) = earlier_wordings(group)
    assert wording.lines == [("tên nhóm", [old])]
    assert (wording.amendment.number, wording.amendment.in_force_on) == ("", None)
    assert wording.amendment.made_by == province.administrator
    assert wording.part == "nhóm nhiệm vụ 2"


def test_every_part_keeps_what_it_was_called(province: Province):
    parts = {
        "chương trình": province.programme,
        "khâu đột phá 3": Breakthrough.objects.get(number=3),
        "nhóm nhiệm vụ 10": TaskGroup.objects.get(number=10),
        "nhiệm vụ, giải pháp 2.1": Action.objects.get(group__number=2, number=1),
    }
    for called, part in parts.items():
        old = part.title
        programmes.rename(part, "Khác", by=None, paper=PAPER)
        (wording,) = earlier_wordings(part)
        assert (wording.part, wording.words) == (called, {"title": old})
    assert [one.number for one in amendments_of(province.programme)] == ["05/CTr-CĐVC"] * 4


def test_an_amendment_does_not_go_back_behind_a_later_one(province: Province):
    group = province.programme.task_groups.get(number=2)
    programmes.rename(group, "Tên hai", by=None, paper=PAPER)
    earlier = Paper("04/CTr", PAPER.in_force_on - timedelta(days=1))
    with pytest.raises(RuleBroken, match="Nhóm nhiệm vụ 2 đã sửa theo văn bản số 05/CTr-CĐVC"):
        programmes.rename(group, "Tên ba", by=None, paper=earlier)
    group.refresh_from_db()
    assert group.title == "Tên hai"
    same_day = Paper("06/CTr", PAPER.in_force_on)
    programmes.rename(group, "Tên ba", by=None, paper=same_day)
    other = province.programme.task_groups.get(number=3)
    programmes.rename(other, "Nhóm khác", by=None, paper=earlier)
    assert Amendment.objects.count() == 3


def test_a_document_of_a_day_to_come_is_not_yet_in_force(province: Province):
    group, today = province.programme.task_groups.get(number=2), timezone.localdate()
    tomorrow = Paper("05/CTr", today + timedelta(days=1))
    with pytest.raises(RuleBroken, match="chưa đến"):
        programmes.rename(group, "Tên", by=None, paper=tomorrow)
    programmes.rename(group, "Tên", by=None, paper=Paper("05/CTr", today))
    assert Amendment.objects.count() == 1


@pytest.mark.parametrize(("number", "day"), [("05", None), (" \u200b", date(2026, 1, 1))])
def test_half_a_document_is_refused(number, day):
    with pytest.raises(RuleBroken, match="ghi cả số và ngày"):
        by_paper(number, day)


def test_a_whole_document_or_none_is_taken():
    assert by_paper(" 05 ", date(2026, 1, 1)) == Paper("05", date(2026, 1, 1))
    assert by_paper(" ", None) is None


def test_what_was_not_changed_leaves_no_amendment(province: Province):
    group = province.programme.task_groups.get(number=2)
    programmes.rename(group, f" {group.title} ", by=None, paper=PAPER)
    assert Amendment.objects.count() == 0


def test_the_database_knows_no_half_of_a_document(province: Province):
    for half in ({"number": "05"}, {"in_force_on": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.create(programme=province.programme, **half)
