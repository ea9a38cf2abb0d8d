"""From estimates to final figures."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from indicators.models import Submission
from indicators.queries import questions
from indicators.services import finals, submissions
from tests.builders import Province, approve, explain, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import Notice


@pytest.fixture
def estimated(province: Province) -> Submission:
    """Estimates that were handed in: 80 of 100."""
    submission = hand_in(province.health_submission, i2_1_1={"done": 80, "total": 100})
    Submission.objects.filter(pk=submission.pk).update(estimate=True)
    return province.health_submission


def _estimate_of(submission: Submission, code: str) -> tuple[str, str]:
    [found] = [one for one in questions(submission) if one.indicator.code == code]
    return found.estimate, found.written


def test_the_union_is_asked_for_the_final_figures(province: Province, estimated):
    asked = finals.ask(estimated, by=province.officer, note="Cần trước ngày 05/01.")
    assert (asked.state, asked.estimate) == ("returned", True)
    assert asked.reason.startswith("Chốt số chính thức: phiếu đang là số ước thực hiện.")
    assert asked.reason.endswith("Cần trước ngày 05/01.")
    told = Notice.objects.filter(title__contains="bị trả lại")
    assert set(told.values_list("recipient__username", flat=True)) == {
        "chutich.yte",
        "nhaplieu.yte",
    }


def test_the_estimate_stays_beside_the_final_figure(province: Province, estimated):
    assert _estimate_of(estimated, "2.1.1") == ("", "80/100 = 80%")
    finals.ask(estimated, by=province.officer)
    fill_in(province.health_submission, i2_1_1={"done": 90, "total": 100})
    explain(province.health_submission)
    assert _estimate_of(province.health_submission, "2.1.1") == (
        "80/100 = 80%",
        "90/100 = 90%",
    )
    handed_in = submissions.submit(province.health_submission, by=province.chair_of_health)
    assert not handed_in.estimate
    assert _estimate_of(handed_in, "2.1.1")[0] == "80/100 = 80%"


def test_estimates_are_not_handed_in_where_the_final_figures_were_asked_for(province, estimated):
    finals.ask(estimated, by=province.officer)
    left = submissions.missing(province.health_submission)
    assert [one for one in left if "số chính thức" in one]
    with pytest.raises(RuleBroken, match="bỏ đánh dấu “Là số ước thực hiện”"):
        submissions.submit(province.health_submission, by=province.chair_of_health)


def test_final_figures_are_not_asked_for_twice_nor_by_everyone(province: Province, estimated):
    final = approve(province.interior_submission)
    with pytest.raises(RuleBroken, match="không phải số ước thực hiện"):
        finals.ask(final, by=province.officer)
    for by in (province.leader, province.inspector, province.chair_of_health):
        with pytest.raises(PermissionDenied):
            finals.ask(estimated, by=by)
    finals.ask(estimated, by=province.administrator)
    with pytest.raises(RuleBroken):
        finals.ask(province.health_submission, by=province.administrator)


def test_the_desk_asks_for_final_figures_from_the_review_page(client, province, estimated):
    client.force_login(province.officer)
    review = reverse("admin:indicators_submission_change", args=[estimated.pk])
    ask = reverse("admin:indicators_submission_ask_final", args=[estimated.pk])
    assert f'href="{ask}"' in client.get(review).content.decode()
    assert "không còn cộng vào kết quả" in " ".join(client.get(ask).content.decode().split())
    page = client.post(ask, {"note": ""}, follow=True).content.decode()
    assert "Đã yêu cầu số chính thức" in page
    assert f'href="{ask}"' not in page
    client.force_login(province.chair_of_health)
    page = client.get(estimated.get_absolute_url()).content.decode()
    assert "Số ước đã báo cáo" in page


def test_approved_estimates_are_marked_wherever_they_are_shown(client, province, estimated):
    submissions.verify(estimated, by=province.officer)
    submissions.approve(estimated, by=province.administrator)
    approve(province.interior_submission)
    client.force_login(province.chair_of_health)
    for address in (estimated.get_absolute_url(), reverse("indicators:submissions")):
        assert "Số ước thực hiện" in client.get(address).content.decode()
    client.force_login(province.officer)
    listed = client.get(reverse("admin:indicators_submission_changelist")).content.decode()
    assert "số ước" in listed
    year = province.period.year
    card = client.get(reverse("reports:scorecard", args=["CDVC", year])).content.decode()
    assert 'trong đó <strong class="number">1</strong> phiếu là số ước thực hiện' in card
    pairs = reverse("reports:addends", args=["CDVC", year, "2.1.1"])
    page = client.get(pairs).content.decode()
    assert page.count("Số ước thực hiện") == 1


def test_all_estimates_of_a_period_are_asked_to_be_final_at_once(client, province, estimated):
    approve(province.interior_submission)
    ask = reverse("admin:actionplan_period_ask_finals", args=[province.period.pk])
    client.force_login(province.officer)
    assert client.post(ask, {"note": ""}).status_code == 403
    client.force_login(province.administrator)
    shown = " ".join(client.get(ask).content.decode().split())
    assert "1 đơn vị đã nộp số ước: Công đoàn cơ sở Sở Y tế." in shown
    page = client.post(ask, {"note": ""}, follow=True).content.decode()
    assert "Đã yêu cầu số chính thức của 1 đơn vị." in page
    assert province.health_submission.state == "returned"
    assert province.interior_submission.state == "approved"
    again = client.post(ask, {"note": ""}).context["form"].non_field_errors()
    assert again == ["Kỳ báo cáo năm 2025 không có phiếu số ước nào đã nộp."]
