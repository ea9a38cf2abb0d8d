"""Headcounts: one or thousands, recorded, corrected, refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import Province, make_union
from unions.errors import RuleBroken
from unions.models import Headcount, JournalEntry, Union
from unions.services import headcounts, unions
from unions.services.events import Decision
from unions.services.headcounts import Count, Recorded

DAY = date(2025, 11, 30)


def _stored() -> list[tuple[object, ...]]:
    rows = Headcount.objects.order_by("union__code", "counted_on")
    return list(
        rows.values_list("union__code", "counted_on", "members", "female", "workers", "committee")
    )


def _told() -> list[str]:
    lines = JournalEntry.objects.filter(subject="unions.headcount").order_by("pk")
    return list(lines.values_list("sentence", flat=True))


def test_a_count_is_recorded_with_a_line_in_the_journal(province: Province):
    recorded = headcounts.record(
        Count(province.health, DAY, 1040, 600, 1100, 7), by=province.administrator
    )
    assert recorded == Recorded(1, 0, 0)
    assert _stored() == [("SYT", DAY, 1040, 600, 1100, 7)]
    assert _told() == [
        "Ghi số đoàn viên, người lao động của Công đoàn cơ sở Sở Y tế ngày 30/11/2025:"
        " 1.040 đoàn viên, 600 đoàn viên nữ, 1.100 người lao động, 7 ủy viên ban chấp hành"
    ]
    line = JournalEntry.objects.latest("pk")
    assert (line.by, line.union) == (province.administrator, province.health)
    assert line.subject_key == Headcount.objects.get().pk


def test_a_second_count_of_the_same_day_corrects_the_first_and_keeps_its_numbers(
    province: Province,
):
    headcounts.record(Count(province.health, DAY, 40, female=12), by=province.administrator)
    kept = Headcount.objects.get().pk
    recorded = headcounts.record(Count(province.health, DAY, 41), by=province.administrator)
    assert recorded == Recorded(0, 1, 0)
    assert _stored() == [("SYT", DAY, 41, None, None, None)]
    line = JournalEntry.objects.latest("pk")
    assert line.sentence.startswith("Sửa số đoàn viên, người lao động của Công đoàn cơ sở Sở Y tế")
    assert line.details == {
        "was": {"members": 40, "female": 12, "workers": None, "committee": None}
    }
    assert (line.subject_key, Headcount.objects.get().pk) == (kept, kept)


def test_what_is_there_already_changes_nothing(province: Province):
    counts = [Count(province.health, DAY, 40, 12, 44, 5), Count(province.interior, DAY, 20)]
    headcounts.record_many(counts, by=province.administrator)
    before = (_stored(), _told())
    more = [*counts, Count(province.interior, DAY - timedelta(days=365), 19)]
    assert headcounts.record_many(more, by=province.administrator) == Recorded(1, 0, 2)
    assert _stored() == sorted([*before[0], ("SNV", date(2024, 11, 30), 19, None, None, None)])
    assert len(_told()) == len(before[1]) + 1


def test_many_take_as_many_statements_as_one(province: Province):
    def statements(counts: list[Count]) -> int:
        with CaptureQueriesContext(connection) as asked:
            headcounts.record_many(counts, by=None)
        return len(asked)

    others = [
        make_union(province.root, code=f"D{number}", name=f"Đơn vị {number}")
        for number in range(20)
    ]
    one = statements([Count(province.health, DAY, 40)])
    assert statements([Count(union, DAY, 30) for union in others]) == one
    assert statements([Count(union, DAY, 31) for union in others]) == one


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (
            {"members": 10, "female": 11},
            "Số đoàn viên nữ của Công đoàn cơ sở Sở Y tế là 11, lớn hơn 10 đoàn viên.",
        ),
        ({"members": -1}, "Số đoàn viên của Công đoàn cơ sở Sở Y tế là -1: phải từ 0"),
        ({"members": 5, "committee": -2}, "Số ủy viên ban chấp hành của Công đoàn cơ sở Sở Y tế"),
        ({"members": 10_000_001}, "phải từ 0 đến 10.000.000"),
        ({"counted_on": date(2019, 12, 31)}, "mới thành lập ngày 01/01/2020"),
        ({"counted_on": date(2026, 1, 1)}, "đã kết thúc hoạt động từ ngày 01/01/2026"),
        ({"counted_on": date(24, 1, 5)}, "Ngày tính số liệu 05/01/0024 không thể đúng"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(province: Province, count, sentence):
    unions.dissolve(province.health, Decision(date(2026, 1, 1)), by=None)
    ended = Union.objects.get(pk=province.health.pk)
    good = Count(province.interior, DAY, 20)
    bad = Count(**{"union": ended, "counted_on": DAY, "members": 10} | count)
    with pytest.raises(RuleBroken) as refusal:
        headcounts.record_many([good, bad], by=province.administrator)
    assert sentence in str(refusal.value)
    assert (_stored(), _told()) == ([], [])


def test_the_last_day_before_the_end_and_the_first_day_are_counted(province: Province):
    unions.dissolve(province.health, Decision(date(2026, 1, 1)), by=None)
    ended = Union.objects.get(pk=province.health.pk)
    days = [date(2020, 1, 1), date(2025, 12, 31)]
    counts = [Count(ended, day, 10, female=10) for day in days]
    assert headcounts.record_many(counts, by=province.administrator) == Recorded(2, 0, 0)


def test_a_day_to_come_is_refused_and_today_is_not(province: Province):
    today = timezone.localdate()
    headcounts.record(Count(province.health, today, 10), by=province.administrator)
    with pytest.raises(RuleBroken, match="chưa đến"):
        headcounts.record(
            Count(province.health, today + timedelta(days=1), 10), by=province.administrator
        )
    assert len(_stored()) == 1


def test_two_counts_of_one_day_at_once_are_refused(province: Province):
    counts = [Count(province.health, DAY, 10), Count(province.health, DAY, 10)]
    with pytest.raises(RuleBroken, match="có hai dòng số liệu cùng ngày 30/11/2025"):
        headcounts.record_many(counts, by=province.administrator)
    assert _stored() == []


@pytest.mark.parametrize("who", ["officer", "inspector", "leader", "chair_of_health"])
def test_only_who_manages_the_union_records(province: Province, who):
    person = getattr(province, who)
    with pytest.raises(PermissionDenied):
        headcounts.record(Count(province.health, DAY, 10), by=person)
    row = Headcount.objects.create(union=province.health, counted_on=DAY, members=3)
    with pytest.raises(PermissionDenied):
        headcounts.take_back(row, by=person)
    assert _stored() == [("SYT", DAY, 3, None, None, None)]


def test_a_count_of_the_wrong_day_is_taken_back(province: Province):
    headcounts.record(Count(province.health, DAY, 40), by=province.administrator)
    headcounts.take_back(Headcount.objects.get(), by=province.administrator)
    assert _stored() == []
    line = JournalEntry.objects.latest("pk")
    assert line.sentence.startswith("Bỏ số đoàn viên, người lao động của Công đoàn cơ sở Sở Y tế")
    assert line.details["was"]["members"] == 40


@pytest.mark.parametrize(
    ("numbers", "doubted"),
    [
        ((40, 40, 40, 40), []),
        ((40, None, None, None), []),
        ((41, None, 40, None), ["nhiều hơn 40 người lao động"]),
        ((4, None, None, 5), ["nhiều hơn 4 đoàn viên"]),
        ((41, None, 40, 42), ["nhiều hơn 40 người lao động", "nhiều hơn 41 đoàn viên"]),
    ],
)
def test_what_is_odd_is_told_and_recorded(province: Province, numbers, doubted):
    count = Count(province.health, DAY, *numbers)
    told = headcounts.doubts(count)
    assert [one for one, part in zip(told, doubted, strict=True) if part in one] == told
    headcounts.record(count, by=province.administrator)
    assert _stored() == [("SYT", DAY, *numbers)]


def test_the_database_holds_what_cannot_be(province: Province):
    row = {"union": province.health, "counted_on": DAY, "members": 3}
    with pytest.raises(IntegrityError), transaction.atomic():
        Headcount.objects.create(**row, female=4)
    Headcount.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Headcount.objects.create(**row)
