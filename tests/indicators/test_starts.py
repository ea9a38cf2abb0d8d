"""Denominators that start from a headcount: put in for the chair, and held against it."""

from datetime import date

import pytest

from indicators import kinds, queries
from indicators.models import Answer, Figure, Submission
from indicators.programme_file import ProgrammeFileError, parse
from tests.builders import PROGRAMME_FILE, Province, asked, fill_in
from tests.support.forms import SentForm
from unions.models import Headcount

CUT_OFF = date(2025, 11, 30)


def _count(province: Province, day: date = CUT_OFF, **numbers: int) -> Headcount:
    return Headcount.objects.create(
        union=province.health, counted_on=day, **{"members": 80} | numbers
    )


def _starts(submission: Submission) -> dict[str, str]:
    questions = queries.sheet(submission).questions
    return {one.indicator.code: one.start.written for one in questions if one.start}


def _sent(client, province: Province) -> dict[str, str]:
    """What the page of the union sends if nothing is changed."""
    page = client.get(province.health_submission.get_absolute_url()).content.decode()
    sent = SentForm(page, "phieu").fields
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}


@pytest.fixture
def sent(client, province: Province) -> dict[str, str]:
    """The untouched page of a union of 1.087 workers, as its chair gets it."""
    _count(province, workers=1087, committee=5)
    client.force_login(province.chair_of_health)
    return _sent(client, province)


def _prefix(province: Province, code: str = "2.1.1") -> str:
    return f"i{province.programme.indicators.get(code=code).pk}"


def _save(client, province: Province, sent: dict[str, str]) -> str:
    """Send the page; what it says then."""
    response = client.post(province.health_submission.get_absolute_url(), sent, follow=True)
    return response.content.decode()


def _figures(province: Province) -> dict[str, tuple[str, object]]:
    rows = Figure.objects.filter(submission__union=province.health)
    return {row.indicator.code: (row.answer, row.answers) for row in rows}


def test_the_number_comes_with_its_source(province: Province):
    _count(province, workers=87, committee=5)
    assert _starts(province.health_submission) == {
        "2.1.1": "87 người lao động tính đến ngày 30/11/2025",
        "2.1.4": "5 ủy viên ban chấp hành tính đến ngày 30/11/2025",
    }
    assert _starts(province.interior_submission) == {}


def test_the_count_nearest_to_the_cut_off_is_taken(province: Province):
    _count(province, date(2024, 11, 28), workers=70)
    assert _starts(province.health_submission) == {}
    _count(province, date(2024, 11, 29), workers=71)
    assert "71 người lao động" in _starts(province.health_submission)["2.1.1"]
    _count(province, date(2025, 12, 10), workers=72)
    assert "72 người lao động" in _starts(province.health_submission)["2.1.1"]
    _count(province, date(2025, 11, 20), workers=73)
    assert "73 người lao động" in _starts(province.health_submission)["2.1.1"]
    # what a nearer count does not tell, another does
    _count(province, workers=None)
    assert "73 người lao động" in _starts(province.health_submission)["2.1.1"]


def test_no_headcount_costs_a_statement_where_no_indicator_starts_from_one(
    province: Province, django_assert_num_queries
):
    submission = province.health_submission
    with django_assert_num_queries(4):
        queries.sheet(submission)
    province.programme.indicators.update(headcount="")
    with django_assert_num_queries(3):
        queries.sheet(submission)


def test_the_denominator_is_put_in_and_its_source_is_told(client, province: Province, sent):
    first = _prefix(province)
    assert sent[f"{first}-total"] == "1.087"
    assert sent[f"{_prefix(province, '2.1.4')}-total"] == "5"
    page = client.get(province.health_submission.get_absolute_url()).content.decode()
    told = " ".join(page.split())
    assert "Mẫu số đã điền sẵn là 1.087 người lao động tính đến ngày 30/11/2025." in told


def test_what_was_put_in_alone_is_no_answer(client, province: Province, sent):
    page = _save(client, province, sent)
    assert "Đã lưu lúc" in page
    assert _figures(province) == {}
    assert _sent(client, province)[f"{_prefix(province)}-total"] == "1.087"


def test_the_chair_answers_with_the_number_or_corrects_it(client, province: Province, sent):
    first, fourth = _prefix(province), _prefix(province, "2.1.4")
    typed = {f"{first}-done": "1.000", f"{fourth}-done": "6", f"{fourth}-total": "6"}
    _save(client, province, sent | typed)
    assert _figures(province) == {
        "2.1.1": (Answer.NUMBER, {"done": 1000, "total": 1087}),
        "2.1.4": (Answer.NUMBER, {"done": 6, "total": 6}),
    }
    again = _sent(client, province)
    assert again[f"{fourth}-total"] == "6"
    assert f"{fourth}-proposed" not in again


def test_a_corrected_number_alone_is_begun_and_must_be_finished(client, province: Province, sent):
    page = _save(client, province, sent | {f"{_prefix(province)}-total": "1.090"})
    assert "Số người đạt: Ô này còn trống." in page
    assert _figures(province) == {}


def test_nought_of_the_number_put_in_is_an_answer(client, province: Province, sent):
    _save(client, province, sent | {f"{_prefix(province)}-answer": "zero"})
    assert _figures(province) == {"2.1.1": (Answer.ZERO, {"done": 0, "total": 1087})}


def test_the_number_put_in_does_not_contradict_nothing_arisen(client, province: Province, sent):
    province.programme.indicators.filter(code="2.1.1").update(may_not_arise=True)
    left = {f"{_prefix(province)}-answer": "not_arising", f"{_prefix(province)}-reason": "Cả nghỉ"}
    _save(client, province, sent | left)
    assert _figures(province) == {"2.1.1": (Answer.NOT_ARISING, {})}


@pytest.mark.parametrize("proposed", ["", "x", "-1", "9" * 30])
def test_what_was_put_in_is_believed_as_a_number_alone(client, province: Province, sent, proposed):
    page = _save(client, province, sent | {f"{_prefix(province)}-proposed": proposed})
    assert "Số người đạt: Ô này còn trống." in page


def test_a_denominator_unlike_the_headcount_asks_why_and_is_kept(province: Province):
    _count(province, workers=100, committee=5)
    submission = fill_in(
        province.health_submission,
        i2_1_1={"done": 70, "total": 79},
        i2_1_4={"done": 5, "total": 5},
    )
    told = {one.indicator.code: one for one in queries.sheet(submission).questions if one.unusual}
    assert list(told["2.1.1"].unusual) == [
        "Mẫu số là 79, khác quá 20% so với 100 người lao động tính đến ngày 30/11/2025."
    ]
    assert list(told) == ["2.1.1"]
    assert told["2.1.1"].unexplained
    submission.figures.filter(indicator__code="2.1.1").update(
        remark="Không tính người nghỉ thai sản"
    )
    assert queries.sheet(submission).unexplained == []


def test_an_indicator_not_counted_is_not_held_against_the_headcount(province: Province):
    _count(province, workers=100, committee=50)
    submission = fill_in(province.health_submission, i2_1_1="Cả năm nghỉ", i2_1_4="Chưa có")
    assert [one for one in queries.sheet(submission).questions if one.unusual] == []
    assert len(asked(submission)) == 5


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('headcount = "workers"', 'headcount = "nhan_vien"', "“headcount”"),
        (
            'kind = "share_of_unions"\n',
            'kind = "share_of_unions"\nheadcount = "members"\n',
            "có “headcount” mà cách tính “share_of_unions” không dùng",
        ),
    ],
)
def test_a_headcount_that_cannot_be_started_from_is_refused(old, new, sentence):
    text = PROGRAMME_FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ProgrammeFileError) as refusal:
        parse(text.replace(old, new, 1), kinds.REGISTRY)
    assert sentence in str(refusal.value)
