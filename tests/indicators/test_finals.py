"""From estimates to final figures."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Period
from indicators.models import BulkAct, Indicator, Submission
from indicators.queries import (
    Cut,
    addends,
    coverage,
    differences,
    made_final,
    questions,
    scorecard,
    words,
)
from indicators.queries.stages import Among, of_stage
from indicators.services import bulk, bulk_back, finals, stand_ins, submissions
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from indicators.views.standing import standing
from indicators.workflow import APPROVE, ASK_FINAL
from reports.queries import estimated as estimated_of
from tests.builders import PDF, Province, approve, explain, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import Notice, User
from unions.queries import node
from unions.services import evidence
from unions.workflow import Step

DAY = timedelta(days=1)


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


@pytest.fixture
def counted(province: Province, estimated: Submission) -> Submission:
    """The same, approved: with 40 of 50 of another union they come to 120 of 150."""
    submissions.verify(estimated, by=province.officer)
    submissions.approve(estimated, by=province.administrator)
    approve(province.interior_submission, i2_1_1={"done": 40, "total": 50})
    return province.health_submission


def _total(province: Province) -> tuple[str, int, int]:
    """What counts of 2.1.1, and how many submissions are approved and are estimates among them.

    The scorecard, the pairs behind it, the words and the coverage have to agree.
    """
    cut = Cut.of_year(node(province.root), province.period.year)
    [card] = [one for one in scorecard(province.programme, cut) if one.indicator.code == "2.1.1"]
    behind = [one for one in addends(province.programme, cut, "2.1.1") if one.spoken]
    pairs = [one.pair for one in behind if one.pair]
    top, bottom = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    assert (card.total.numerator, card.total.denominator) == (top, bottom)
    found = coverage(province.programme, cut)
    assert card.total.answered == len(behind) == found.approved
    assert {one.told + one.none for one in words(province.programme, cut)} == {found.approved}
    assert sum(one.estimate for one in behind) == found.estimated
    assert len(estimated_of(province.programme, cut)) == found.estimated
    assert found.expected == 2
    return f"{top}/{bottom}", found.approved, found.estimated


def test_approved_estimates_count_until_the_final_figures_are_approved(province, counted):
    assert _total(province) == ("120/150", 2, 1)
    finals.ask(counted, by=province.officer)
    assert province.health_submission.state == "returned"
    assert _total(province) == ("120/150", 2, 1)
    fill_in(province.health_submission, i2_1_1={"done": 90, "total": 100})
    explain(province.health_submission)
    submissions.submit(province.health_submission, by=province.chair_of_health)
    submissions.send_back(province.health_submission, by=province.officer, reason="Thiếu biên bản")
    submissions.submit(province.health_submission, by=province.chair_of_health)
    submissions.verify(province.health_submission, by=province.officer)
    assert _total(province) == ("120/150", 2, 1)
    submissions.approve(province.health_submission, by=province.administrator)
    assert _total(province) == ("130/150", 2, 0)
    # what is sent back now stops counting, as all that is: the estimates do not come back
    submissions.send_back(province.health_submission, by=province.officer, reason="Sai số")
    assert _total(province) == ("40/50", 1, 0)


def test_what_final_figures_change_is_shown_with_what_it_does_to_the_total(
    client, province: Province, counted
):
    other = {"total": 30, "done": 15}
    finals.ask(counted, by=province.officer)
    fill_in(province.health_submission, i2_1_1={"done": 90, "total": 100}, i2_1_4=other)
    explain(province.health_submission)
    assert made_final(province.health_submission) == []
    row = submissions.submit(province.health_submission, by=province.chair_of_health)

    def told() -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
        return {
            one.objection.named: (
                one.objection.stood,
                one.objection.stands,
                [(effect.before, effect.now) for effect in one.effects],
            )
            for one in differences(row, made_final(row))
        }

    # 80 + 40 of 100 + 50, then 90 + 40; the 90 of 100 of 2.1.4 on both sides, then 15 of 30
    assert told() == {
        "Chỉ tiêu 2.1.1": (
            "80/100 = 80%",
            "90/100 = 90%",
            [("120/150 = 80%", "130/150 = 86,67%")],
        ),
        "Chỉ tiêu 2.1.4": (
            "90/100 = 90%",
            "15/30 = 50%",
            [("180/200 = 90%", "105/130 = 80,77%")],
        ),
    }
    for person, address in (
        (province.chair_of_health, row.get_absolute_url()),
        (province.officer, reverse("admin:indicators_submission_change", args=[row.pk])),
    ):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert "Đã sửa gì so với lần trước" in page
        assert "Số chính thức thay số ước đã duyệt" in page
        assert "<strong>130/150 = 86,67%</strong>" in page
    before = told()
    row = submissions.approve(
        submissions.verify(row, by=province.officer), by=province.administrator
    )
    assert told() == before
    point = Point(Indicator.objects.get(code="2.1.1"), "Kiểm tra", timezone.localdate())
    send_back_points(row, [point], by=province.officer)
    assert made_final(row) == []


def test_estimates_that_were_never_approved_do_not_begin_to_count(province: Province, estimated):
    approve(province.interior_submission, i2_1_1={"done": 40, "total": 50})
    finals.ask(estimated, by=province.officer)
    assert _total(province) == ("40/50", 1, 0)
    assert Submission.every.count() == Submission.objects.count()


def test_who_may_not_ask_leaves_the_total_as_it_was(province: Province, counted):
    with pytest.raises(PermissionDenied):
        finals.ask(counted, by=province.chair_of_health)
    assert Submission.every.count() == Submission.objects.count()
    assert _total(province) == ("120/150", 2, 1)


def test_estimates_that_count_lead_to_the_page_of_their_union_with_their_files(
    client, province: Province, counted
):
    figure = counted.figures.get(indicator__code="2.1.1")
    upload = SimpleUploadedFile("bien-ban.pdf", PDF)
    figure.evidence.add(evidence.keep(province.health, upload, by=province.chair_of_health))
    finals.ask(counted, by=province.officer)
    figure.evidence.clear()
    client.force_login(province.officer)
    pairs = reverse("reports:addends", args=["CDVC", province.period.year, "2.1.1"])
    page = client.get(pairs).content.decode()
    assert f'href="{counted.get_absolute_url()}"' in page
    assert "80/100 = 80%" in page
    assert page.count("bien-ban.pdf") == 1


def test_estimates_that_count_follow_their_union_to_where_it_stood(province: Province, counted):
    """As a union too young to be graded, so does what stands in for it."""
    finals.ask(counted, by=province.officer)
    row = province.health_submission
    row.gradable = False
    row.closing = True
    Submission.objects.filter(pk=row.pk).update(gradable=False, closing=True)
    stand_ins.follow([row], [row])
    cut = Cut.of_year(node(province.root), province.period.year)
    assert coverage(province.programme, cut).closing == {"approved": 1}
    [graded] = [
        one
        for one in addends(province.programme, cut, "2.1.5b")
        if one.union_code == province.health.code
    ]
    assert graded.denominator is None


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
    with pytest.raises(RuleBroken, match="bỏ đánh dấu “Đây là số ước thực hiện”"):
        submissions.submit(province.health_submission, by=province.chair_of_health)


def test_final_figures_are_awaited_until_a_day_that_locks_nothing(province: Province, counted):
    today = timezone.localdate()
    wrong = {"phải từ hôm nay trở đi": today - timedelta(days=1), "quá xa": date(2099, 1, 1)}
    for says, day in wrong.items():
        with pytest.raises(RuleBroken, match=says) as broken:
            finals.ask(counted, by=province.officer, due_on=day)
        assert broken.value.about == "due_on"
    soon = today + timedelta(days=5)
    row = finals.ask(counted, by=province.officer, note="Kèm biên bản.", due_on=soon)
    assert row.reason.endswith(f"Hạn nộp số chính thức: {soon:%d/%m/%Y}. Kèm biên bản.")
    assert row.due_now == soon != row.due_on
    Period.objects.update(due_on=today - timedelta(days=2))
    of_it = Submission.objects.filter(pk=row.pk)
    late = [of_stage(of_it, Among.OVERDUE, day).exists() for day in (soon, soon + DAY)]
    assert late == [False, True]
    told = [standing(row, soon + timedelta(days=days)) for days in (-4, -3, 0, 2)]
    assert [(one.sentence, one.urgent) for one in told] == [
        ("Cần nộp số chính thức: còn 4 ngày.", False),
        ("Cần nộp số chính thức: còn 3 ngày.", True),
        ("Cần nộp số chính thức: hôm nay là hạn nộp.", True),
        ("Cần nộp số chính thức: đã quá hạn 2 ngày, vẫn nộp được.", True),
    ]
    fill_in(province.health_submission)
    row = submissions.submit(explain(province.health_submission), by=province.chair_of_health)
    # what is sent back then is still awaited by that day, and once approved it is not
    row = submissions.send_back(row, by=province.officer, reason="Thiếu biên bản")
    assert row.due_now == soon
    row = submissions.submit(row, by=province.chair_of_health)
    row = submissions.approve(
        submissions.verify(row, by=province.officer), by=province.administrator
    )
    row = submissions.send_back(row, by=province.officer, reason="Sai số")
    assert row.due_now == row.due_on


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
    assert "vẫn được cộng vào kết quả" in " ".join(client.get(ask).content.decode().split())
    first = client.get(ask).context["form"]["due_on"].value()
    assert first == timezone.localdate() + timedelta(days=7)
    late = {"note": "", "due_on": "01/01/2025"}
    assert "phải từ hôm nay trở đi" in client.post(ask, late).content.decode()
    typed = {"note": "", "due_on": f"{first:%d/%m/%Y}"}
    page = client.post(ask, typed, follow=True).content.decode()
    for said in ("Đã yêu cầu số chính thức", "Hạn nộp số chính thức"):
        assert said in page
    assert f'href="{ask}"' not in page
    client.force_login(province.chair_of_health)
    page = client.get(estimated.get_absolute_url()).content.decode()
    left = f"<strong>{first:%d/%m/%Y}</strong>", "Cần nộp số chính thức: còn 7 ngày."
    for said in ("Số ước đã báo cáo", *left):
        assert said in page


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
    shown = client.get(ask)
    assert [row.union.name for row in shown.context["found"].fit] == [province.health.name]
    assert "Số ước đã duyệt vẫn được cộng vào kết quả" in " ".join(shown.content.decode().split())
    day = timezone.localdate() + timedelta(days=9)
    sent = {"note": "Trước 05/01", "mark": shown.context["mark"], "due_on": "01/01/2025"}
    assert "phải từ hôm nay trở đi" in client.post(ask, sent).content.decode()
    sent["due_on"] = f"{day:%d/%m/%Y}"
    page = client.post(ask, sent, follow=True)
    act = BulkAct.objects.get()
    assert page.redirect_chain[-1][0] == act.get_absolute_url()
    for said in ("Yêu cầu số chính thức: đã xong 1 phiếu số liệu.", "Trước 05/01"):
        assert said in page.content.decode()
    assert province.health_submission.reason.endswith("Trước 05/01")
    assert province.health_submission.due_now == day
    assert province.health_submission.state == "returned"
    assert province.interior_submission.state == "approved"
    again = client.post(ask, sent, follow=True).content.decode()
    assert "Không thực hiện được 1 phiếu." in again
    assert "không có đơn vị nào đã nộp số ước" in client.get(ask).content.decode().lower()
    stale = client.post(ask, {"note": ""}).context["form"].non_field_errors()
    assert stale == ["Trang xem trước đã cũ hoặc không đầy đủ. Hãy chọn lại phiếu trong danh sách."]


def _in_bulk(step: Step, submission: Submission, *, by: User) -> BulkAct:
    act = bulk.take([(submission, submission.revision)], step, by=by).act
    assert act is not None
    return act


def test_asking_for_final_figures_in_bulk_is_taken_back(province: Province, counted):
    before = Submission.objects.filter(pk=counted.pk).values()[0]
    row = province.health_submission
    told = {"by": province.officer, "due_on": timezone.localdate()}
    act = bulk.take([(row, row.revision)], ASK_FINAL, **told).act
    assert _total(province) == ("120/150", 2, 1)
    bulk_back.undo(act, by=province.officer)
    after = Submission.objects.filter(pk=counted.pk).values()[0]
    assert after == before | {"revision": before["revision"] + 2}
    assert _total(province) == ("120/150", 2, 1)
    assert Submission.every.count() == Submission.objects.count()
    told = Notice.objects.filter(recipient=province.chair_of_health).latest("pk")
    assert told.title == "Phiếu số liệu năm 2025 chưa cần chốt số chính thức"
    assert "đã được hoàn tác. Phiếu trở lại trạng thái “Đã duyệt”." in told.text
    act = _in_bulk(ASK_FINAL, province.health_submission, by=province.officer)
    fill_in(province.health_submission)
    with pytest.raises(RuleBroken, match="Không còn phiếu nào hoàn tác được"):
        bulk_back.undo(act, by=province.officer)


def test_what_was_not_approved_goes_back_to_where_it_stood(province: Province, estimated):
    submissions.verify(estimated, by=province.officer)
    act = _in_bulk(ASK_FINAL, province.health_submission, by=province.officer)
    bulk_back.undo(act, by=province.administrator)
    row = province.health_submission
    assert (row.state, row.verified_by, row.final_asked_at) == ("verified", province.officer, None)


def test_estimates_count_again_once_the_approval_of_the_final_figures_is_taken_back(
    province: Province, counted
):
    finals.ask(counted, by=province.officer)
    fill_in(province.health_submission, i2_1_1={"done": 90, "total": 100})
    explain(province.health_submission)
    submissions.submit(province.health_submission, by=province.chair_of_health)
    submissions.verify(province.health_submission, by=province.officer)
    act = _in_bulk(APPROVE, province.health_submission, by=province.administrator)
    assert _total(province) == ("130/150", 2, 0)
    bulk_back.undo(act, by=province.administrator)
    assert _total(province) == ("120/150", 2, 1)
    submissions.approve(province.health_submission, by=province.administrator)
    assert _total(province) == ("130/150", 2, 0)
