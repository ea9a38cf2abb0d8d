"""The review desk goes through a list submission by submission, evidence in place."""

import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from indicators.models import Indicator, Submission
from indicators.services import submissions
from tests.builders import PDF, Province, hand_in, make_user
from tests.crowd import make_unions
from unions.access import Role

LIST = "admin:indicators_submission_changelist"


@pytest.fixture
def crowd(province: Province) -> Province:
    """Three unions A1, A2, A3 that handed in, beside those of the province that did not."""
    names = {f"A{number}": f"Ấp số {number}" for number in (1, 2, 3)}
    for union in make_unions(province.root, names, cluster="Cụm 9"):
        make_user(f"ct.{union.code}", Role.CHAIR, union, full_name=f"Chủ tịch {union.code}")
        hand_in(province.submission_of(union))
    return province


def _of(code: str) -> Submission:
    return Submission.objects.get(union__code=code)


def _address(code: str, **asked: str) -> str:
    page = reverse("admin:indicators_submission_change", args=[_of(code).pk])
    return f"{page}?{urlencode({'_changelist_filters': urlencode(asked)})}" if asked else page


def _queue(client, code: str, **asked: str):
    return client.get(_address(code, **asked)).context["queue"]


def _take(client, code: str, step: str, **typed: str):
    one = _of(code)
    address = reverse("admin:indicators_submission_step", args=[one.pk, step])
    return client.post(address, {"revision": str(one.revision)} | typed)


SUBMITTED = {"state__exact": "submitted"}


def test_the_link_of_the_list_brings_its_filter_and_its_order_along(client, crowd: Province):
    client.force_login(crowd.officer)
    page = client.get(reverse(LIST), {"o": "-2", "q": "ap so"}).content.decode()
    filters = urlencode({"_changelist_filters": urlencode({"o": "-2", "q": "ap so"})})
    assert f"{_address('A2')}?{filters}" in page
    queue = _queue(client, "A2", o="-2", q="ap so")
    assert (queue.place, queue.total) == (2, 3)
    assert queue.previous == _address("A3", o="-2", q="ap so")
    assert queue.next == _address("A1", o="-2", q="ap so")
    assert queue.narrowed_by == ["tìm “ap so”"]


@pytest.mark.parametrize(
    ("code", "place", "before", "after"),
    [("A1", 1, None, "A2"), ("A2", 2, "A1", "A3"), ("A3", 3, "A2", None)],
)
def test_what_comes_before_and_after_is_what_the_list_shows(
    client, crowd: Province, code, place, before, after
):
    client.force_login(crowd.officer)
    queue = _queue(client, code, **SUBMITTED)
    assert (queue.place, queue.total) == (place, 3)
    assert queue.previous == (_address(before, **SUBMITTED) if before else "")
    assert queue.next == (_address(after, **SUBMITTED) if after else "")
    assert queue.narrowed_by == ["trạng thái: Đã nộp"]
    assert queue.listed == f"{reverse(LIST)}?state__exact=submitted"


def test_the_page_of_the_list_does_not_shorten_the_queue(client, crowd: Province):
    client.force_login(crowd.officer)
    assert _queue(client, "A2", p="7", **SUBMITTED).total == 3


def test_without_a_list_the_queue_is_everything(client, crowd: Province):
    client.force_login(crowd.officer)
    queue = _queue(client, "A1")
    assert (queue.total, queue.narrowed_by) == (6, [])


def test_a_submission_that_left_the_filter_keeps_its_place(client, crowd: Province):
    client.force_login(crowd.officer)
    submissions.verify(_of("A2"), by=crowd.officer)
    queue = _queue(client, "A2", **SUBMITTED)
    assert (queue.place, queue.total) == (2, 3)
    assert (queue.previous, queue.next) == (
        _address("A1", **SUBMITTED),
        _address("A3", **SUBMITTED),
    )
    assert _queue(client, "A1", **SUBMITTED).total == 2


def test_a_step_goes_on_to_the_next_or_stays(client, crowd: Province):
    client.force_login(crowd.officer)
    filters = urlencode(SUBMITTED)
    onward = _take(client, "A1", "verify", queue=filters, onward="1")
    assert onward.url == _address("A2", **SUBMITTED)
    stays = _take(client, "A2", "verify", queue=filters)
    assert stays.url == _address("A2", **SUBMITTED)
    last = _take(client, "A3", "verify", queue=filters, onward="1")
    assert last.url == f"{reverse(LIST)}?{filters}"
    assert {_of(code).state for code in ("A1", "A2", "A3")} == {"verified"}


def test_a_refused_step_stays_where_it_was_refused(client, crowd: Province):
    client.force_login(crowd.officer)
    refused = _take(client, "A1", "send_back", reason=" ", queue=urlencode(SUBMITTED), onward="1")
    assert refused.url == _address("A1", **SUBMITTED)
    assert _of("A1").state == "submitted"


def test_every_other_act_of_the_page_comes_back_to_the_queue(client, crowd: Province):
    client.force_login(crowd.officer)
    Submission.objects.filter(union__code__in=["A1", "A2"]).update(estimate=True)
    filters, here = urlencode(SUBMITTED), _address("A1", **SUBMITTED)
    final = reverse("admin:indicators_submission_ask_final", args=[_of("A1").pk])
    carried = urlencode({"_changelist_filters": filters})
    assert f'href="{final}?{carried}"' in client.get(here).content.decode()
    points = reverse("admin:indicators_submission_objections", args=[_of("A1").pk])
    wrong = client.post(points, {"queue": filters, "sua-due_on": "mai"})
    assert (wrong.status_code, wrong.context["queue"].total) == (200, 3)
    assert client.post(f"{final}?{carried}", {"note": ""}).url == here


@pytest.mark.parametrize(
    ("filters", "status"),
    [("union__code__startswith=A", 400), ("state__exact", 200), ("p=x&e=1", 200)],
)
def test_a_made_up_filter_tells_nothing(client, crowd: Province, filters, status):
    client.force_login(crowd.officer)
    page = f"{_address('A1')}?{urlencode({'_changelist_filters': filters})}"
    assert client.get(page).status_code == status


def _with_evidence(province: Province, *files: SimpleUploadedFile) -> Submission:
    indicator = Indicator.objects.get(code="2.1.2")
    answer = {"done": "yes", "paper": "12/QC-CĐCS"}
    entry = submissions.Entry(indicator, "number", answer, uploads=list(files))
    submission = province.health_submission
    return submissions.save(submission, [entry], [], estimate=False, by=province.chair_of_health)


def _photo() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(written, "JPEG")
    return SimpleUploadedFile("bien-ban.jpg", written.getvalue())


def test_pictures_and_first_pages_are_shown_in_place(client, province: Province):
    submission = _with_evidence(province, _photo(), SimpleUploadedFile("quy-che.pdf", PDF))
    photo, paper = submission.figures.get().evidence.order_by("pk")
    client.force_login(province.officer)
    page = client.get(_address("SYT")).content.decode()
    assert f'<img src="{reverse("evidence", args=[photo.pk])}"' in page
    assert f'<img src="{reverse("evidence-page", args=[paper.pk])}"' in page
    drawn = client.get(reverse("evidence-page", args=[paper.pk]))
    assert drawn["Content-Type"] == "image/jpeg"
    assert drawn.content.startswith(b"\xff\xd8")
    assert client.get(reverse("evidence-page", args=[photo.pk])).status_code == 404


def test_the_first_page_is_for_those_who_may_have_the_file(client, province: Province):
    submission = _with_evidence(province, SimpleUploadedFile("quy-che.pdf", PDF))
    address = reverse("evidence-page", args=[submission.figures.get().evidence.get().pk])
    for person, status in [("chair_of_interior", 404), ("chair_of_health", 200)]:
        client.force_login(getattr(province, person))
        assert client.get(address).status_code == status
