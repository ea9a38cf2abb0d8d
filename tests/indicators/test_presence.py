"""Who else has a submission open."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators import queries
from indicators.models import Presence
from indicators.services import presence
from tests.builders import Province, fill_in, hand_in


def _speak_up(person, submission, **sent: str):
    browser = Client()
    browser.force_login(person)
    address = reverse("indicators:submission-presence", args=[submission.pk])
    return browser.post(address, sent, headers={"HX-Request": "true"})


def test_two_who_have_it_open_are_told_of_each_other(province: Province):
    submission = province.health_submission
    alone = _speak_up(province.chair_of_health, submission).content.decode()
    assert "Nguyễn Văn Ước" not in alone
    told = _speak_up(province.clerk_of_health, submission).content.decode()
    assert "<strong>Nguyễn Văn Ước</strong> cũng đang mở phiếu này" in told
    assert "Hà Thị Ân" not in told
    told = _speak_up(province.chair_of_health, submission).content.decode()
    assert "<strong>Hà Thị Ân</strong> cũng đang mở phiếu này" in told
    assert Presence.objects.count() == 2


def test_whoever_opens_the_page_is_told_without_a_script(client, province: Province):
    submission = province.health_submission
    presence.note(submission, by=province.clerk_of_health)
    client.force_login(province.chair_of_health)
    page = client.get(submission.get_absolute_url()).content.decode()
    assert "<strong>Hà Thị Ân</strong> cũng đang mở phiếu này" in page


def test_whoever_closed_the_page_is_gone(province: Province):
    submission = province.health_submission
    _speak_up(province.chair_of_health, submission)
    assert _speak_up(province.chair_of_health, submission, left="1").status_code == 204
    assert queries.others(submission, province.clerk_of_health) == []


@pytest.mark.parametrize(
    ("seconds", "here"), [(0, True), (59, True), (61, False), (899, False), (901, None)]
)
def test_after_a_minute_of_silence_one_may_be_there_after_fifteen_one_is_gone(
    province: Province, seconds, here
):
    submission = province.health_submission
    presence.note(submission, by=province.clerk_of_health)
    Presence.objects.update(at=timezone.now() - timedelta(seconds=seconds))
    found = queries.others(submission, province.chair_of_health)
    assert [other.here for other in found] == ([] if here is None else [here])


def test_of_another_submission_nothing_is_told(province: Province):
    presence.note(province.interior_submission, by=province.chair_of_interior)
    assert queries.others(province.health_submission, province.chair_of_health) == []


def test_what_is_left_to_do_is_told_along_with_the_version(province: Province):
    submission = province.health_submission
    assert "Còn 5 chỉ tiêu" in _speak_up(province.chair_of_health, submission).content.decode()
    submission = fill_in(submission)
    told = _speak_up(province.chair_of_health, submission).content.decode()
    assert "Đã trả lời đủ" in told
    assert re.search(r'data-revision="(\d+)"', told)[1] == str(submission.revision)


@pytest.mark.parametrize(
    ("person", "status"), [("clerk_of_health", 200), ("officer", 403), ("chair_of_interior", 404)]
)
def test_only_those_who_enter_it_are_told_of(province: Province, person, status):
    submission = province.health_submission
    assert _speak_up(getattr(province, person), submission).status_code == status
    assert Presence.objects.exists() is (status == 200)


def test_what_was_handed_in_meanwhile_says_so(province: Province):
    submission = hand_in(province.health_submission)
    told = _speak_up(province.clerk_of_health, submission)
    assert told.status_code == 422
    assert "không sửa được" in told.content.decode()
