"""The receipt of what was handed in, and the page that always tells where it stands."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Receipt, SignedCopy, Submission
from indicators.models.printed_form import has_signed_copy
from indicators.services import printed_forms, receipts, submissions
from tests.builders import Province, explain, fill_in, hand_in, make_period


def _page(client, person, receipt: Receipt) -> str:
    client.force_login(person)
    response = client.get(receipt.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_receipt_says_what_was_handed_in_when_and_by_whom(province: Province):
    submission = hand_in(province.health_submission)
    receipt = submission.receipts.get()
    assert receipt.number == "BN-2025-SYT-1"
    assert (receipt.at, receipt.by) == (submission.submitted_at, province.chair_of_health)
    assert receipt.revision == submission.revision


def test_every_handing_in_has_a_receipt_of_its_own(client, province: Province):
    submission = hand_in(province.health_submission)
    submissions.send_back(submission, by=province.officer, reason="Nhầm số")
    hand_in(submission, i2_1_1={"done": 80, "total": 100})
    hand_in(province.interior_submission)
    numbers = list(Receipt.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["BN-2025-SYT-1", "BN-2025-SYT-2", "BN-2025-SNV-1"]
    first, second = submission.receipts.order_by("pk")
    page = _page(client, province.chair_of_health, first)
    assert "Phiếu đã được nộp lại lúc" in page
    assert second.get_absolute_url() in page
    assert "nộp lại lúc" not in _page(client, province.chair_of_health, second)


def test_receipts_are_counted_by_year(province: Province):
    make_period(province.programme, year=2024)
    before = Submission.objects.get(union=province.health, period__year=2024)
    assert hand_in(before).receipts.get().number == "BN-2024-SYT-1"
    assert hand_in(province.health_submission).receipts.get().number == "BN-2025-SYT-1"


def test_nothing_handed_in_has_no_receipt(province: Province):
    submission = province.health_submission
    with pytest.raises(submissions.RuleBroken):
        submissions.submit(submission, by=province.chair_of_health)
    fill_in(submission)
    assert not Receipt.objects.exists()


def test_what_was_handed_in_before_there_were_receipts_is_given_its_own(province: Province):
    """By what the submission says of its last handing in; its signed copy is the paper of that."""
    chair = province.chair_of_health
    make_period(province.programme, year=2024)
    before = hand_in(Submission.objects.get(union=province.health, period__year=2024))
    old, kept = hand_in(province.health_submission), hand_in(province.interior_submission)
    printed = printed_forms.print_form(old, by=chair)
    Receipt.objects.exclude(submission=kept).delete()
    SignedCopy.objects.create(printed=printed, code_read=True, added_by=chair)
    untouched = list(kept.receipts.values())
    import_module("indicators.migrations.0019_receipts_of_old_hand_ins").issue(apps, None)
    (receipt,) = old.receipts.all()
    assert (receipt.number, receipt.at) == ("BN-2025-SYT-1", old.submitted_at)
    assert (receipt.by, receipt.revision) == (chair, old.revision)
    assert before.receipts.get().number == "BN-2024-SYT-1"
    assert list(kept.receipts.values()) == untouched
    assert not province.own_submission.receipts.exists()
    assert Submission.objects.filter(has_signed_copy()).get() == old
    submissions.send_back(old, by=province.officer, reason="Nhầm số")
    again = hand_in(old)
    assert [one.number for one in again.receipts.all()] == ["BN-2025-SYT-2", "BN-2025-SYT-1"]


def test_the_page_tells_where_the_submission_stands_by_now(client, province: Province):
    submission = hand_in(province.health_submission)
    receipt, chair = submission.receipts.get(), province.chair_of_health
    page = _page(client, chair, receipt)
    assert "sẽ thẩm định" in page
    assert "Công đoàn Viên chức tỉnh Phú Thọ" in page
    submission = submissions.verify(submission, by=province.officer)
    assert "Đã thẩm định" in _page(client, chair, receipt)
    submission = submissions.approve(submission, by=province.officer)
    assert "Đã duyệt" in _page(client, chair, receipt)
    submissions.send_back(submission, by=province.officer, reason="Thiếu\nsố quyết định")
    assert "Lý do trả lại: Thiếu\nsố quyết định" in _page(client, chair, receipt)


def test_the_code_leads_back_to_the_page(client, province: Province, settings):
    settings.PUBLIC_URL = "https://cong.vidu.vn"
    receipt = hand_in(province.health_submission).receipts.get()
    assert receipts.address(receipt) == f"https://cong.vidu.vn/so-lieu/bien-nhan/{receipt.pk}/"
    assert "<svg" in _page(client, province.chair_of_health, receipt)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("clerk_of_health", 200),
        ("officer", 200),
        ("leader", 200),
        ("chair_of_interior", 404),
        ("viewer", 404),
    ],
)
def test_a_receipt_is_there_for_whoever_may_see_the_submission(client, province, person, status):
    receipt = hand_in(province.health_submission).receipts.get()
    client.force_login(getattr(province, person))
    assert client.get(receipt.get_absolute_url()).status_code == status


def test_the_receipt_stands_on_the_page_of_the_submission(client, province: Province):
    receipt = hand_in(province.health_submission).receipts.get()
    client.force_login(province.chair_of_health)
    page = client.get(province.health_submission.get_absolute_url()).content.decode()
    assert f'<a href="{receipt.get_absolute_url()}">BN-2025-SYT-1</a>' in page


def test_the_page_before_handing_in_shows_the_whole_as_it_is_stored(client, province: Province):
    submission = explain(fill_in(province.health_submission))
    client.force_login(province.chair_of_health)
    address = reverse("indicators:submission-submit", args=[submission.pk])
    with CaptureQueriesContext(connection) as statements:
        page = client.get(address).content.decode()
    assert len(statements) <= 12
    for told in ("90/100 = 90%", "Có (12/QC-CĐCS)", "Đã thực hiện"):
        assert told in page
    assert 'name="confirmed"' in page
    assert 'name="confirmed"' not in _unfinished(client, province)


def _unfinished(client, province: Province) -> str:
    submission = province.health_submission
    submission.narratives.all().delete()
    address = reverse("indicators:submission-submit", args=[submission.pk])
    page = client.get(address).content.decode()
    assert "Còn 13 nội dung" in page
    return page


def test_what_was_handed_in_is_not_asked_to_be_handed_in_again(client, province: Province):
    submission = hand_in(province.health_submission)
    client.force_login(province.chair_of_health)
    address = reverse("indicators:submission-submit", args=[submission.pk])
    assert client.get(address).url == submission.get_absolute_url()
    revision = submission.revision - 1
    again = client.post(address, {"confirmed": "on", "revision": revision})
    assert again.url == submission.receipts.get().get_absolute_url()
    client.force_login(province.clerk_of_health)
    assert client.post(address, {"confirmed": "on", "revision": revision}).status_code == 403
    assert submission.receipts.count() == 1
