"""What was approved goes on counting while single answers of it are put right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators import queries
from indicators.models import Answer, Indicator, Submission
from indicators.queries import Cut, addends, coverage, scorecard, words
from indicators.services import bulk, bulk_back, corrections, figures, finals, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.workflow import APPROVE, ASK_FINAL
from tests.builders import Province, approve
from unions.models import Notice
from unions.queries import node

COUNTS = "Số liệu đã duyệt vẫn được cộng vào kết quả của tỉnh đến khi bản sửa được duyệt"
STOPS = "Trả lại cả phiếu thì số liệu của đơn vị thôi được cộng vào kết quả của tỉnh"


@pytest.fixture
def counted(province: Province) -> Submission:
    """80 of 100, approved: with 40 of 50 of another union they come to 120 of 150."""
    approve(province.interior_submission, i2_1_1={"done": 40, "total": 50})
    return approve(province.health_submission, i2_1_1={"done": 80, "total": 100})


def _total(province: Province) -> tuple[str, int, int]:
    """What counts of 2.1.1, of how many submissions, and how many of them are being corrected.

    The scorecard, the pairs behind it, the words and the coverage have to agree.
    """
    cut = Cut.of_year(node(province.root), province.period.year)
    [card] = [one for one in scorecard(province.programme, cut) if one.indicator.code == "2.1.1"]
    behind = [one for one in addends(province.programme, cut, "2.1.1") if one.spoken]
    found = coverage(province.programme, cut)
    assert card.total.answered == len(behind) == found.approved
    assert {one.told + one.none for one in words(province.programme, cut)} == {found.approved}
    assert sum(one.correcting for one in behind) == found.correcting
    pair = f"{card.total.numerator}/{card.total.denominator}"
    return pair, found.approved, found.correcting


def _point() -> Point:
    due_on = timezone.localdate() + timedelta(days=5)
    return Point(Indicator.objects.get(code="2.1.1"), "Đối chiếu lại với sổ", due_on)


def _mend(province: Province, done: int = 90) -> Submission:
    row, answers = province.health_submission, {"done": done, "total": 100}
    entry = Entry(_point().subject, Answer.NUMBER, answers, remark="Đã đối chiếu với sổ.")
    figures.keep_one(row, entry.indicator, entry, by=province.chair_of_health)
    return submissions.submit(row, by=province.chair_of_health)


def test_what_was_approved_counts_until_the_correction_is_approved(province: Province, counted):
    subject, by = _point().subject, province.officer
    asked = corrections.ask(counted, [subject], "Sót người", by=province.chair_of_health)
    corrections.grant(counted, asked, due_on=_point().due_on, by=by)
    assert _total(province) == ("120/150", 2, 1)
    row = _mend(province)
    found = queries.differences(row, queries.settled_objections(row))
    assert [(one.before, one.now) for one in found[0].effects] == [
        ("120/150 = 80%", "130/150 = 86,67%")
    ]
    # sent back once more, whole or not: what was approved has not been taken back
    submissions.send_back(row, by=by, reason="Thiếu biên bản")
    row = send_back_points(_mend(province), [_point()], by=by)
    assert _total(province) == ("120/150", 2, 1)
    row = submissions.verify(_mend(province, done=95), by=by)
    assert _total(province) == ("120/150", 2, 1)
    submissions.approve(row, by=province.administrator)
    assert _total(province) == ("135/150", 2, 0)
    # a second time too, in place of what stood in the first
    send_back_points(row, [_point()], by=by)
    assert _total(province) == ("135/150", 2, 1)
    assert Submission.every.count() == Submission.objects.count() + 1


def test_what_was_not_approved_does_not_begin_to_count(province: Province, counted):
    row = submissions.send_back(counted, by=province.officer, reason="Sai số")
    assert _total(province) == ("40/50", 1, 0)
    send_back_points(_mend(province), [_point()], by=province.officer)
    assert row.stands
    assert _total(province) == ("40/50", 1, 0)


def test_an_estimate_that_is_corrected_is_told_from_one_that_is_to_be_final(
    province: Province, counted
):
    Submission.objects.filter(pk=counted.pk).update(estimate=True)
    row = send_back_points(counted, [_point()], by=province.officer)
    assert _total(province) == ("120/150", 2, 1)
    row = _mend(province)
    act = bulk.take([(row, row.revision)], ASK_FINAL, by=province.officer).act
    assert _total(province) == ("120/150", 2, 0)
    # what had stood in for it before that step goes on doing so
    bulk_back.undo(act, by=province.officer)
    assert _total(province) == ("120/150", 2, 1)
    row = submissions.verify(province.health_submission, by=province.officer)
    act = bulk.take([(row, row.revision)], APPROVE, by=province.administrator).act
    assert _total(province) == ("130/150", 2, 0)
    bulk_back.undo(act, by=province.administrator)
    assert _total(province) == ("120/150", 2, 1)
    told = Notice.objects.filter(recipient=province.chair_of_health).latest("pk")
    assert "“Đã thẩm định”; số đã duyệt trước đó vẫn được tính vào kết quả chung." in told.text
    row = submissions.approve(province.health_submission, by=province.administrator)
    finals.ask(row, by=province.officer)
    assert _total(province) == ("130/150", 2, 0)


def test_the_desk_is_told_before_and_everyone_afterwards(client, province: Province, counted):
    client.force_login(province.officer)
    review = reverse("admin:indicators_submission_change", args=[counted.pk])

    def read(address: str) -> str:
        return " ".join(client.get(address).content.decode().split())

    page = read(review)
    assert STOPS in page
    assert COUNTS in page
    send_back_points(counted, [_point()], by=province.officer)
    year = province.period.year
    assert "Đang đính chính: số đã duyệt vẫn được tính" in read(review)
    listed = read(reverse("admin:indicators_submission_changelist"))
    assert listed.count("đang đính chính") == 1
    assert (
        read(reverse("reports:addends", args=["CDVC", year, "2.1.1"])).count("Đang đính chính") == 1
    )
    card = read(reverse("reports:scorecard", args=["CDVC", year]))
    assert '<strong class="number">1</strong> phiếu đang đính chính' in card
    client.force_login(province.chair_of_health)
    assert "Đang đính chính: số đã duyệt vẫn được tính" in read(counted.get_absolute_url())
    _mend(province)
    client.force_login(province.officer)
    page = read(review)
    assert STOPS not in page
    assert "Số liệu đã duyệt trước đó vẫn được cộng vào kết quả của tỉnh" in page
