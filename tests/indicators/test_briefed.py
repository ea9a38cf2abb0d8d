"""The people whom sessions reached become the answer where the programme says so, when taken."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.models import Dissemination
from actionplan.services import briefings
from indicators import kinds
from indicators.models import Indicator, Submission
from indicators.programme_file import parse, write
from indicators.services import indicators
from tests.actionplan.briefing import held
from tests.builders import PROGRAMME_FILE, Province
from unions.errors import RuleBroken


@pytest.fixture
def asked(province: Province) -> Indicator:
    return province.programme.indicators.get(counted_from="dissemination")


@pytest.fixture
def chair(client, province: Province):
    client.force_login(province.chair_of_health)
    return client


def take(client, submission: Submission, asked: Indicator, **typed: str):
    address = reverse("indicators:submission-take-people", args=[submission.pk, asked.pk])
    whole = {"revision": str(submission.revision), "whole": "het"}
    return client.post(address, whole | typed)


def stated(province: Province, people: int) -> Dissemination:
    held(province.health, 60, 50)
    row = Dissemination.objects.get(union=province.health)
    return briefings.state_people(row, people, by=province.chair_of_health)


def test_it_is_the_first_indicator_of_the_clients_programme(asked: Indicator):
    assert asked.code == "2.1.1"


def test_the_form_proposes_the_people_without_a_statement_more(chair, province: Province, asked):
    address = province.health_submission.get_absolute_url()

    def page() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as statements:
            shown = chair.get(address).content.decode()
        return " ".join(shown.split()), len(statements)

    without, before = page()
    assert "Lấy số này" not in without
    assert reverse("actionplan:briefings") in without
    stated(province, 85)
    proposed, after = page()
    assert "<strong>85 người</strong> (mỗi người một lần, không phải lượt)" in proposed
    assert 'data-number="85"' in proposed
    assert after == before <= 12


def test_what_is_taken_is_saved_with_what_was_typed_beside_it(chair, province: Province, asked):
    submission, prefix = province.health_submission, f"i{asked.pk}"
    stated(province, 85)
    take(chair, submission, asked, **{f"{prefix}-answer": "number", f"{prefix}-total": "100"})
    figure = submission.figures.get(indicator=asked)
    assert (figure.numerator, figure.denominator) == (85, 100)


def test_lacking_the_whole_nothing_is_lost(chair, province: Province, asked):
    stated(province, 85)
    prefix = f"i{asked.pk}"
    answer = take(chair, province.health_submission, asked, **{f"{prefix}-answer": "number"})
    form = next(one for one in answer.context["form"].figures if one.prefix == prefix)
    assert form["done"].value() == "85"
    assert form.errors["total"]


def test_nothing_is_taken_where_nothing_stands(chair, province: Province, asked):
    submission = province.health_submission
    take(chair, submission, asked)
    row = stated(province, 60)
    briefings.remove(row.sessions.earliest("pk"), by=None)
    assert Dissemination.objects.get().unsound
    take(chair, submission, asked)
    assert not submission.figures.exists()
    other = province.programme.indicators.get(code="2.1.4")
    assert take(chair, submission, other).status_code == 404


def test_the_desk_sees_an_answer_that_differs(client, province: Province, asked):
    submission, prefix = province.health_submission, f"i{asked.pk}"
    stated(province, 85)
    client.force_login(province.chair_of_health)
    typed = {f"{prefix}-answer": "number", f"{prefix}-done": "90", f"{prefix}-total": "100"}
    client.post(submission.get_absolute_url(), typed | {"revision": "0", "whole": "het"})
    assert submission.figures.get(indicator=asked).numerator == 90
    client.force_login(province.officer)
    desk = reverse("admin:indicators_submission_change", args=[submission.pk])
    assert "đơn vị đã nêu 85 người" in client.get(desk).content.decode()


def test_which_indicator_it_is_stands_in_the_programme_file():
    source = PROGRAMME_FILE.read_text(encoding="utf-8")
    spec = parse(source, kinds.REGISTRY)
    assert [one.code for one in spec.indicators if one.counted_from] == ["2.1.1"]
    assert parse(write(spec, kinds.REGISTRY), kinds.REGISTRY).indicators == spec.indicators
    moved = source.replace('counted_from = "dissemination"\n', "").replace(
        'kind = "share_of_unions"\n',
        'kind = "share_of_unions"\ncounted_from = "dissemination"\n',
        1,
    )
    with pytest.raises(RuleBroken, match="có “counted_from” mà cách tính “share_of_unions”"):
        parse(moved, kinds.REGISTRY)


def test_the_source_of_a_numerator_is_changed_where_people_are_counted(province: Province, asked):
    other, by = province.programme.indicators.get(code="2.1.2"), province.administrator
    for indicator, source in ((other, "dissemination"), (asked, "elsewhere")):
        with pytest.raises(RuleBroken, match="không phải tỷ lệ người"):
            indicators.count_from(indicator, source, by=by)
    indicators.count_from(asked, "", by=by)
    assert not province.programme.indicators.exclude(counted_from="").exists()
