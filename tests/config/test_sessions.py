"""A session is good until it runs out; one that nobody was given is none."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.builders import Province

# what stands for any page that only those who are signed in are shown
PAGE = "/tai-khoan/"


def _signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_a_session_is_good_until_it_runs_out(client: Client, province: Province):
    client.force_login(province.officer)
    assert _signed_in(client)
    Session.objects.update(expire_date=timezone.now())
    assert not _signed_in(client)


def test_each_session_is_its_own_persons(client: Client, province: Province):
    other = Client()
    client.force_login(province.officer)
    other.force_login(province.chair_of_health)
    assert client.get(PAGE).context["user"] == province.officer
    assert other.get(PAGE).context["user"] == province.chair_of_health
    Session.objects.filter(pk=other.session.session_key).delete()
    assert not _signed_in(other)
    assert _signed_in(client)


@pytest.mark.parametrize("made_up", ["", "ngan", "0" * 32, "a%' OR '1'='1", "~tic~0~", "a" * 400])
def test_a_made_up_key_opens_nothing(client: Client, province: Province, made_up: str):
    client.force_login(province.officer)
    client.cookies["sessionid"] = made_up
    assert not _signed_in(client)
