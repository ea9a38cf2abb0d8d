"""Last year's answer beside this year's question."""

from datetime import timedelta

from django.utils import timezone

from indicators import queries
from indicators.models import Answer, Indicator, Submission
from indicators.services import figures, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from tests.builders import Province, explain, fill_in, make_period


def test_last_years_answer_stands_beside_the_question_once_handed_in(province: Province):
    """What is approved goes first, whatever is typed over it since; anything else is marked."""
    last = make_period(province.programme, year=2024)
    row = Submission.objects.get(union=province.health, period=last)
    [indicator] = Indicator.objects.filter(code="2.1.1")

    def answer(done: int) -> None:
        entry = Entry(indicator, Answer.NUMBER, {"done": done, "total": 80}, remark="Đã đối chiếu.")
        figures.keep_one(row, indicator, entry, by=None)

    def told(code: str = "2.1.1") -> str:
        asked = queries.questions(province.health_submission)
        return next(one.last_written for one in asked if one.indicator.code == code)

    fill_in(row, i2_1_1={"done": 70, "total": 80})
    assert told() == ""
    row = submissions.submit(explain(row), by=province.chair_of_health)
    assert told() == "70/80 = 87,50% (chưa duyệt)"
    row = submissions.approve(submissions.verify(row, by=province.officer), by=province.officer)
    assert told() == "70/80 = 87,50%"
    point = Point(indicator, "Đối chiếu lại", timezone.localdate() + timedelta(days=3))
    row = send_back_points(row, [point], by=province.officer)
    answer(77)
    assert (told(), told("2.1.2")) == ("70/80 = 87,50% (đang đính chính)", "Có (12/QC-CĐCS)")
    row = submissions.verify(
        submissions.submit(row, by=province.chair_of_health), by=province.officer
    )
    assert told() == "70/80 = 87,50% (đang đính chính)"
    submissions.approve(row, by=province.officer)
    assert told() == "77/80 = 96,25%"
    row = submissions.send_back(
        Submission.objects.get(pk=row.pk), by=province.officer, reason="Xem lại cả phiếu"
    )
    assert told() == "77/80 = 96,25% (chưa duyệt)"
