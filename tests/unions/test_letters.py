"""Letters to set a password: asked for as rows, mailed once, at most one in five minutes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.builders import Province
from tests.support import processes
from tests.unions.test_notices import DeadServer
from unions.models import PasswordLetter, User
from unions.services import letters
from unions.tasks import deliver_password_letters

DEAD = f"{DeadServer.__module__}.{DeadServer.__qualname__}"


def mailed() -> list[str]:
    return [to for letter in mail.outbox for to in letter.to]


def let_pass(minutes: int) -> None:
    """As if everything so far had been asked for so much earlier."""
    for letter in PasswordLetter.objects.all():
        letter.asked_at -= timedelta(minutes=minutes)
        letter.save()


def test_what_is_asked_for_waits_as_a_row_and_is_mailed_once(province: Province):
    letters.ask(" YTE@vidu.vn ")
    assert PasswordLetter.objects.get().address == "yte@vidu.vn"
    assert mailed() == []
    assert letters.deliver_waiting() == 1
    deliver_password_letters()
    assert letters.deliver_waiting() == 0
    assert mailed() == ["yte@vidu.vn"]


@pytest.mark.parametrize(("minutes", "letters_sent"), [(0, 1), (4, 1), (6, 2)])
def test_who_asks_again_gets_the_next_letter_after_five_minutes(
    province: Province, minutes: int, letters_sent: int
):
    letters.ask("yte@vidu.vn")
    letters.deliver_waiting()
    let_pass(minutes)
    letters.ask("Yte@Vidu.vn")
    letters.ask("canbo@vidu.vn")
    letters.deliver_waiting()
    assert mailed().count("yte@vidu.vn") == letters_sent
    assert mailed().count("canbo@vidu.vn") == 1


def test_who_asks_again_later_is_not_held_up_by_what_never_went_out(province: Province, settings):
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DEAD
    letters.ask("yte@vidu.vn")
    assert [letters.deliver_waiting() for _ in range(4)] == [0, 0, 0, 0]
    settings.EMAIL_BACKEND = good
    assert letters.deliver_waiting() == 0
    let_pass(6)
    letters.ask("yte@vidu.vn")
    assert letters.deliver_waiting() == 1


def test_a_letter_that_failed_goes_out_when_the_server_is_back(province: Province, settings):
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DEAD
    letters.ask("yte@vidu.vn")
    letters.deliver_waiting()
    settings.EMAIL_BACKEND = good
    assert letters.deliver_waiting() == 1


@pytest.mark.parametrize("address", ["khong-ai@vidu.vn", "chutich.yte", "ba\u017fo@vidu.vn"])
def test_nobody_is_written_to_at_an_address_that_is_nobodys(province: Province, address: str):
    User.objects.filter(pk=province.officer.pk).update(email="baso@vidu.vn")
    letters.ask(address)
    assert letters.deliver_waiting() == 0
    assert PasswordLetter.objects.get().settled_at is not None
    letters.ask("baso@vidu.vn")
    assert letters.deliver_waiting() == 1


def test_a_locked_account_gets_no_letter_and_an_open_one_does(province: Province):
    User.objects.filter(pk=province.chair_of_health.pk).update(is_active=False)
    letters.ask("yte@vidu.vn")
    letters.ask("canbo@vidu.vn")
    letters.deliver_waiting()
    assert mailed() == ["canbo@vidu.vn"]


@pytest.mark.parametrize(("minutes_ago", "sent"), [(14, 0), (16, 1)])
def test_a_hand_over_that_was_cut_off_is_taken_up_again(
    province: Province, minutes_ago: int, sent: int
):
    letters.ask("yte@vidu.vn")
    begun = timezone.now() - timedelta(minutes=minutes_ago)
    PasswordLetter.objects.update(tries=1, claimed_at=begun)
    assert letters.deliver_waiting() == sent


def test_what_is_past_is_forgotten_and_what_waits_is_not(province: Province, settings):
    letters.ask("yte@vidu.vn")
    letters.ask("khong-ai@vidu.vn")
    letters.deliver_waiting()
    assert PasswordLetter.objects.count() == 2
    settings.EMAIL_BACKEND = DEAD
    letters.ask("canbo@vidu.vn")
    let_pass(6)
    letters.deliver_waiting()
    assert PasswordLetter.objects.get().address == "canbo@vidu.vn"


def test_the_worker_mails_what_the_page_asked_for_and_what_was_left_lying(
    worker, client, transactional_db
):
    letters.ask("bi-bo-quen@vidu.vn")
    answer = client.post("/mat-khau/quen/", {"email": "khong-ai@vidu.vn"})
    assert answer.status_code == 302
    settled = PasswordLetter.objects.filter(settled_at__isnull=False)
    processes.wait_for(lambda: settled.count() == 2, "both letters")
    assert "unions.tasks.deliver_password_letters" in worker.log.read_text()
