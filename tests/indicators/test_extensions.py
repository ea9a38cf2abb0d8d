"""More time for one union: asked for, granted, refused, withdrawn; and why a form is closed."""

import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from indicators.models import Extension, ExtensionRequest, Submission
from indicators.services import closing, closures, extensions, periods, submissions
from tests.builders import Province, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice
from unions.services import unions
from unions.services.events import Decision

NOT_OFFICERS = ["leader", "inspector", "viewer", "chair_of_health", "clerk_of_health"]


@pytest.fixture
def closed(province: Province) -> Province:
    """The province once it has closed the period; it was due on the day itself."""
    province.period.due_on = timezone.localdate()
    province.period.save()
    periods.close_period(province.period, "Đã tổng hợp xong", by=province.administrator)
    return province


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def _extend(province: Province, until: date, reason: str = "Bão số 3") -> Submission:
    return extensions.extend(province.health_submission, until, reason, by=province.officer)


def _told(code_title: str) -> set[str]:
    found = Notice.objects.filter(title__contains=code_title)
    return set(found.values_list("recipient__username", flat=True))


def test_one_union_enters_and_hands_in_although_the_period_is_closed(closed, today):
    chair = closed.chair_of_health
    for row in (closed.health_submission, closed.interior_submission):
        with pytest.raises(RuleBroken, match="đã khoá kỳ báo cáo năm 2025"):
            fill_in(row)
    _extend(closed, today + timedelta(3))
    handed_in = hand_in(closed.health_submission)
    assert (handed_in.state, handed_in.submitted_by) == ("submitted", chair)
    with pytest.raises(RuleBroken, match="đã khoá kỳ báo cáo năm 2025"):
        fill_in(closed.interior_submission)


@pytest.mark.parametrize(("days", "accepted"), [(0, True), (3, True), (4, False)])
def test_an_extension_lasts_to_the_end_of_its_day(closed, today, days: int, accepted: bool):
    submission = _extend(closed, today + timedelta(3))
    assert submission.accepts_entries(today + timedelta(days)) is accepted
    assert submission.due_on == today + timedelta(3)


def test_an_extension_is_told_kept_and_journalled(closed, today):
    _extend(closed, today + timedelta(3))
    kept = Extension.objects.get()
    assert (kept.until, kept.reason, kept.granted_by, kept.ended_at) == (
        today + timedelta(3),
        "Bão số 3",
        closed.officer,
        None,
    )
    line = JournalEntry.objects.latest("pk")
    assert (line.reason, line.by, line.union) == ("Bão số 3", closed.officer, closed.health)
    assert line.sentence == (
        "Gia hạn phiếu số liệu năm 2025 của Công đoàn cơ sở Sở Y tế đến"
        f" {today + timedelta(3):%d/%m/%Y}"
    )
    assert _told("được gia hạn") == {"chutich.yte", "nhaplieu.yte"}


def test_a_later_extension_takes_the_place_of_the_first(closed, today):
    _extend(closed, today + timedelta(3))
    _extend(closed, today + timedelta(9), "Bão số 4")
    assert closed.health_submission.extended_until == today + timedelta(9)
    first, second = Extension.objects.order_by("pk")
    assert (first.ended_at is None, second.ended_at is None) == (False, True)


def test_what_is_withdrawn_is_closed_again_and_told(closed, today):
    _extend(closed, today + timedelta(3))
    extensions.withdraw(closed.health_submission, "Nhầm đơn vị", by=closed.officer)
    assert closed.health_submission.extended_until is None
    assert Extension.objects.get().ended_at is not None
    assert _told("Thôi gia hạn") == {"chutich.yte", "nhaplieu.yte"}
    with pytest.raises(RuleBroken, match="đã khoá"):
        fill_in(closed.health_submission)
    with pytest.raises(RuleBroken, match="không được gia hạn"):
        extensions.withdraw(closed.health_submission, "Nhầm đơn vị", by=closed.officer)


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "đã qua"), (0, "hãy gia hạn đến ngày muộn"), (999999, "không thể")]
)
def test_a_day_that_gives_no_time_is_refused(closed, today, days: int, sentence: str):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        _extend(closed, today + timedelta(days))
    assert refused.value.about == "until"
    assert not Extension.objects.exists()
    _extend(closed, today + timedelta(1))
    with pytest.raises(RuleBroken, match="đã được gia hạn đến"):
        _extend(closed, today + timedelta(1))


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_every_act_needs_its_reason(closed, today, reason: str):
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi gia hạn"):
        _extend(closed, today + timedelta(1), reason)
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi đề nghị gia hạn"):
        extensions.ask(closed.health_submission, reason, by=closed.chair_of_health)
    extensions.ask(closed.health_submission, "Mất điện", by=closed.chair_of_health)
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi không gia hạn"):
        extensions.refuse(closed.health_submission, reason, by=closed.officer)
    _extend(closed, today + timedelta(1))
    with pytest.raises(RuleBroken, match="Cần ghi lý do khi thu hồi"):
        extensions.withdraw(closed.health_submission, reason, by=closed.officer)


@pytest.mark.parametrize("who", NOT_OFFICERS)
def test_only_who_judges_figures_grants_time(closed, today, who: str):
    submission, by = closed.health_submission, getattr(closed, who)
    later = today + timedelta(3)
    for act in (
        lambda: extensions.extend(submission, later, "Bão", by=by),
        lambda: extensions.withdraw(submission, "Bão", by=by),
        lambda: extensions.refuse(submission, "Bão", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert extensions.extend(submission, later, "Bão", by=closed.administrator).extended_until


def test_a_reason_is_bounded(closed):
    with pytest.raises(RuleBroken, match="Lý do dài 1001 ký tự; nhiều nhất 1000"):
        extensions.ask(closed.health_submission, "x" * 1001, by=closed.chair_of_health)
    extensions.ask(closed.health_submission, "x" * 1000, by=closed.chair_of_health)


def test_what_was_handed_in_needs_no_more_time(province: Province, today):
    hand_in(province.health_submission)
    with pytest.raises(RuleBroken, match="“Đã nộp” nên không cần gia hạn"):
        _extend(province, province.period.due_on + timedelta(3))


def test_a_union_asks_once_and_its_officers_are_told(closed):
    extensions.ask(closed.health_submission, "Mất điện 3 ngày", by=closed.clerk_of_health)
    asked = ExtensionRequest.objects.get()
    assert (asked.reason, asked.asked_by, asked.waits) == (
        "Mất điện 3 ngày",
        closed.clerk_of_health,
        True,
    )
    assert _told("đề nghị gia hạn") == {"canbo", "quantri"}
    address = reverse("admin:indicators_submission_change", args=[asked.submission_id])
    assert set(Notice.objects.filter(title__contains="đề nghị").values_list("link", flat=True)) == {
        address
    }
    with pytest.raises(RuleBroken, match="Đã gửi đề nghị gia hạn lúc"):
        extensions.ask(closed.health_submission, "Nhắc lại", by=closed.chair_of_health)


def test_a_request_is_answered_by_more_time_or_by_a_reason(closed, today):
    extensions.ask(closed.health_submission, "Mất điện", by=closed.chair_of_health)
    extensions.refuse(closed.health_submission, "Đã báo cáo tỉnh", by=closed.officer)
    assert _told("Không gia hạn") == {"chutich.yte", "nhaplieu.yte"}
    with pytest.raises(RuleBroken, match="không có đề nghị gia hạn nào đang chờ"):
        extensions.refuse(closed.health_submission, "Đã báo cáo tỉnh", by=closed.officer)
    extensions.ask(closed.health_submission, "Xin xem lại", by=closed.chair_of_health)
    _extend(closed, today + timedelta(1))
    answered = ExtensionRequest.objects.order_by("pk").values_list("reason", "refusal")
    assert list(answered) == [("Mất điện", "Đã báo cáo tỉnh"), ("Xin xem lại", "")]
    assert not ExtensionRequest.objects.filter(settled_at=None).exists()


def test_who_does_not_enter_the_form_does_not_ask_for_it(closed):
    for by in (closed.chair_of_interior, closed.officer, closed.leader):
        with pytest.raises(PermissionDenied):
            extensions.ask(closed.health_submission, "Mất điện", by=by)


def test_nobody_asks_for_time_that_is_there(province: Province):
    with pytest.raises(RuleBroken, match="vẫn nhập và nộp được"):
        extensions.ask(province.health_submission, "Mất điện", by=province.chair_of_health)


def _moved(province: Province, **days: int) -> Submission:
    today = timezone.localdate()
    province.period.cut_off_on = today - timedelta(20)
    for name, distance in days.items():
        setattr(province.period, name, today + timedelta(distance))
    province.period.save()
    return province.health_submission


@pytest.mark.parametrize(
    ("days", "sentence", "extendable"),
    [
        ({"opens_on": 3, "due_on": 5, "closes_on": 9}, "mở từ ngày", False),
        ({"opens_on": -9, "due_on": -5, "closes_on": -1}, "đã khoá sau ngày", True),
    ],
)
def test_a_closed_form_says_which_day_closed_it(province: Province, days, sentence, extendable):
    found = closures.closure(_moved(province, **days))
    assert sentence in found.why
    assert found.extendable is extendable
    assert closures.closure(_moved(province, opens_on=-9, due_on=-5, closes_on=0)) is None


def test_a_closed_form_says_the_provinces_own_reason(closed):
    found = closures.closure(closed.health_submission)
    assert found.reason == "Đã tổng hợp xong"
    assert "Công đoàn cấp tỉnh đã khoá kỳ báo cáo năm 2025 lúc" in found.why


def test_a_closed_form_says_that_the_extension_is_over(closed, today):
    _extend(closed, today + timedelta(1))
    Submission.objects.update(extended_until=today - timedelta(1))
    found = closures.closure(closed.health_submission)
    assert found.why.startswith(
        f"Thời gian gia hạn của đơn vị đã hết ngày {today - timedelta(1):%d/%m/%Y}."
    )


def test_a_closed_form_says_that_the_extension_was_taken_back(closed, today):
    """The same to who reads the page and to who was typing meanwhile."""
    submission = closed.health_submission
    _extend(closed, today + timedelta(2))
    _extend(closed, today + timedelta(9))
    extensions.withdraw(submission, "Nhầm đơn vị", by=closed.officer)
    submission.refresh_from_db()
    at = timezone.localtime(submission.extensions.first().ended_at)
    told = (
        f"Đơn vị được gia hạn đến ngày {today + timedelta(9):%d/%m/%Y}, công đoàn tỉnh đã thu hồi"
        f" lúc {at:%H:%M ngày %d/%m/%Y}. Lý do thu hồi: Nhầm đơn vị. Hạn nộp là ngày"
    )
    assert closures.closure(submission).why.startswith(told)
    with pytest.raises(RuleBroken, match=re.escape(told)):
        fill_in(submission, by=closed.chair_of_health)
    _extend(closed, today + timedelta(3))
    Submission.objects.update(extended_until=today - timedelta(1))
    assert "thu hồi" not in closures.closure(closed.health_submission).why


def test_a_reason_of_taking_back_that_only_the_journal_had_is_told(closed, today):
    submission = closed.health_submission
    for days, reason in ((2, "Nhầm ngày"), (9, "Nhầm đơn vị")):
        _extend(closed, today + timedelta(days))
        extensions.withdraw(submission, reason, by=closed.officer)
    _extend(closed, today + timedelta(3))
    _extend(closed, today + timedelta(4))
    Extension.objects.update(withdrawn_because="")
    import_module("indicators.migrations.0022_why_more_time_was_taken_back").tell(apps, None)
    reasons = Extension.objects.order_by("pk").values_list("withdrawn_because", flat=True)
    assert list(reasons) == ["Nhầm ngày", "Nhầm đơn vị", "", ""]


def test_a_closed_form_says_that_it_was_handed_in(province: Province):
    hand_in(province.health_submission)
    found = closures.closure(province.health_submission)
    assert (found.extendable, "“Đã nộp” nên không sửa được" in found.why) == (False, True)
    assert str(found).endswith("gửi đề nghị đính chính ở trang phiếu.")
    returned = submissions.send_back(
        province.health_submission, by=province.officer, reason="Sai mẫu"
    )
    periods.close_period(province.period, "Hết hạn", by=province.administrator)
    returned.period.refresh_from_db()
    assert closures.closure(returned) is None


def test_the_page_names_who_can_be_asked_and_sends_the_request(client, closed):
    officer, submission = closed.officer, closed.health_submission
    officer.phone, officer.position = "0912345678", "Chuyên viên Ban Chính sách"
    officer.save()
    client.force_login(closed.chair_of_health)
    page = client.get(submission.get_absolute_url()).content.decode()
    for said in [
        "Lý do: Đã tổng hợp xong",
        "<strong>Lê Thị Ánh</strong>, Chuyên viên Ban Chính sách",
        'href="tel:0912345678"',
        'href="mailto:canbo@vidu.vn"',
        "Đỗ Quản Trị",
    ]:
        assert said in page
    ask = reverse("indicators:submission-ask-extension", args=[submission.pk])
    page = client.post(ask, {"reason": "Mất điện"}, follow=True).content.decode()
    assert "Công đoàn tỉnh chưa trả lời." in page
    assert "có thể đề nghị gia hạn" not in page
    assert "ly-do-gia-han" not in page
    extensions.refuse(submission, "Đã báo cáo Liên đoàn", by=officer)
    page = client.get(submission.get_absolute_url()).content.decode()
    assert "Lý do: Đã báo cáo Liên đoàn" in page
    assert "ly-do-gia-han" in page


def test_others_read_why_it_is_closed_and_ask_for_nothing(client, closed):
    client.force_login(closed.leader)
    page = client.get(closed.health_submission.get_absolute_url()).content.decode()
    assert "Lý do: Đã tổng hợp xong" in page
    assert "ly-do-gia-han" not in page


def test_the_list_and_the_page_tell_the_unions_own_day(client, closed, today):
    _extend(closed, today + timedelta(2))
    client.force_login(closed.chair_of_health)
    for address in (reverse("indicators:submissions"), reverse("home")):
        page = client.get(address).content.decode()
        assert "Đơn vị được gia hạn. Còn 2 ngày." in page
        assert f"{today + timedelta(2):%d/%m/%Y}" in page


def test_the_desk_answers_a_request_with_its_own_words_at_hand(client, closed, today):
    submission = closed.health_submission
    extensions.ask(submission, "Mất điện", by=closed.chair_of_health)
    client.force_login(closed.officer)
    review = reverse("admin:indicators_submission_change", args=[submission.pk])
    extend = reverse("admin:indicators_submission_extend", args=[submission.pk])
    assert f'href="{extend}"' in client.get(review).content.decode()
    asked = client.get(extend)
    assert "Đơn vị đề nghị: “Mất điện”" in asked.content.decode()
    sent = {"until": f"{today + timedelta(2):%d/%m/%Y}", "reason": "Theo đề nghị"}
    sent["shown"] = asked.context["form"].shown
    page = client.post(extend, sent, follow=True).content.decode()
    assert "Đã gia hạn phiếu số liệu năm 2025" in page
    withdraw = reverse("admin:indicators_submission_withdraw_extension", args=[submission.pk])
    assert f'href="{withdraw}"' in page
    client.post(withdraw, {"reason": "Nhầm", "shown": client.get(withdraw).context["form"].shown})
    submission.refresh_from_db()
    assert submission.extended_until is None


def test_a_union_that_ended_gets_its_people_back_with_more_time(province: Province):
    chair = province.chair_of_health
    unions.dissolve(province.health, Decision(date(2025, 6, 1)), by=None)
    submission = province.health_submission
    assert submission.closing
    periods.close_period(province.period, "Hết hạn", by=province.administrator)
    closing.release(submission.union)
    assert not chair.appointments.filter(valid_to=None).exists()
    _extend(province, province.period.due_on + timedelta(9))
    assert chair.appointments.filter(valid_to=None).exists()
    extensions.withdraw(province.health_submission, "Nhầm", by=province.officer)
    assert not chair.appointments.filter(valid_to=None).exists()


def test_the_list_of_the_desk_finds_who_asks_and_who_has_more_time(client, closed, today):
    extensions.ask(closed.health_submission, "Mất điện", by=closed.chair_of_health)
    extensions.extend(closed.interior_submission, today + timedelta(1), "Bão", by=closed.officer)
    client.force_login(closed.officer)
    address = reverse("admin:indicators_submission_changelist")

    def listed(chosen: str) -> list[str]:
        found = client.get(address, {"gia-han": chosen}).context["cl"].result_list
        return sorted(row.union.code for row in found)

    assert (listed("cho"), listed("con")) == (["SYT"], ["SNV"])
    assert listed("") == ["CDVC", "SNV", "SYT"]


def test_more_time_is_not_given_or_taken_back_from_an_older_page(client, closed, today):
    """Two officers at once: the second sees what the first granted before anything is done."""
    submission = closed.health_submission
    client.force_login(closed.officer)
    names = ("extend", "withdraw_extension")
    extend, withdraw = (
        reverse(f"admin:indicators_submission_{name}", args=[submission.pk]) for name in names
    )
    old = client.get(extend).context["form"].shown
    assert f'name="shown" value="{old}"' in client.get(extend).content.decode()
    _extend(closed, today + timedelta(30))
    sent = {"until": f"{today + timedelta(5):%d/%m/%Y}", "reason": "Mất điện"}
    for address, mark in ((extend, {"shown": old}), (withdraw, {"shown": old}), (extend, {})):
        form = client.post(address, sent | mark).context["form"]
        (why,) = form.non_field_errors()
        assert f"nay gia hạn đến {today + timedelta(30):%d/%m/%Y}" in why
        assert "Bão" in Extension.objects.get().reason
    assert closed.health_submission.extended_until == today + timedelta(30)
    client.post(extend, sent | {"shown": form.shown})
    assert closed.health_submission.extended_until == today + timedelta(5)
    assert "đang được gia hạn đến" in client.get(withdraw).content.decode()


def test_more_time_is_not_given_beyond_the_year_after_the_term(closed, today):
    last = max(closed.programme.term_to, today.year) + 1
    with pytest.raises(RuleBroken, match=f"Ngày gia hạn 01/01/{last + 1} quá xa") as refused:
        _extend(closed, date(last + 1, 1, 1))
    assert refused.value.about == "until"
    assert _extend(closed, date(last, 12, 31)).extended_until
