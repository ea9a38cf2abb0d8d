"""Entering for a union: marked, with a reason, told to it, judged by somebody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.models import Indicator, OnBehalf, Submission
from indicators.models.on_behalf import handed_in_on_behalf
from indicators.queries import versions_of
from indicators.services import on_behalf, submissions
from indicators.services.figures import Entry
from indicators.services.objections import Point
from indicators.services.returning import send_back_points
from tests.builders import Province, explain, fill_in, hand_in
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice, User


def begin(province: Province, submission: Submission | None = None, by=None) -> Submission:
    found = submission or province.health_submission
    on_behalf.begin(found, "telephone", "Chủ tịch ốm", by=by or province.officer)
    found.refresh_from_db()
    return found


def hand_in_for(province: Province) -> Submission:
    submission = begin(province)
    explain(fill_in(submission, by=province.officer))
    return submissions.submit(submission, by=province.officer)


@pytest.mark.parametrize("role", ["officer", "administrator"])
def test_the_desk_enters_and_hands_in_once_it_was_begun(province: Province, role):
    person, submission = getattr(province, role), province.health_submission
    with pytest.raises(PermissionDenied):
        fill_in(submission, by=person)
    begin(province, by=person)
    explain(fill_in(submission, by=person))
    assert submissions.submit(submission, by=person).acting is None
    with pytest.raises(PermissionDenied):  # it ended with the handing in
        fill_in(submission, by=person)


@pytest.mark.parametrize("role", ["leader", "inspector", "chair_of_health", "chair_of_interior"])
def test_nobody_else_enters_on_behalf(province: Province, role):
    with pytest.raises(PermissionDenied):
        on_behalf.begin(province.health_submission, "paper", "Vì sao", by=getattr(province, role))


def test_only_who_began_enters_and_only_until_it_is_taken_back(province: Province):
    officer, administrator = province.officer, province.administrator
    submission = begin(province)
    with pytest.raises(PermissionDenied):
        fill_in(submission, by=administrator)
    with pytest.raises(RuleBroken, match="Lê Thị Ánh đang nhập thay"):
        begin(province, by=administrator)
    fill_in(submission, by=province.chair_of_health)  # it is the union's form all the same
    on_behalf.take_back(submission, by=administrator)
    with pytest.raises(PermissionDenied):
        fill_in(submission, by=officer)
    assert submission.figures.exists()  # what was entered stays
    with pytest.raises(RuleBroken, match="không có ai đang nhập thay"):
        on_behalf.take_back(submission, by=officer)


def test_a_reason_is_needed_and_an_open_form(province: Province):
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        on_behalf.begin(province.health_submission, "paper", "  ", by=province.officer)
    with pytest.raises(RuleBroken, match="nhiều nhất 1000"):
        on_behalf.begin(province.health_submission, "paper", "a" * 1001, by=province.officer)
    with pytest.raises(RuleBroken, match="không cần nhập thay"):
        on_behalf.begin(province.own_submission, "paper", "Vì sao", by=province.officer)
    handed_in = hand_in(province.health_submission)
    with pytest.raises(RuleBroken, match="Đã nộp"):
        on_behalf.begin(handed_in, "paper", "Vì sao", by=province.officer)
    assert not OnBehalf.objects.exists()


def test_what_was_handed_in_on_behalf_is_told_to_the_union(province: Province):
    submission = hand_in_for(province)
    row = on_behalf.handed_in(submission)
    assert (row.begun_by, row.receipt) == (province.officer, submission.receipts.get())
    told = Notice.objects.filter(title__startswith="Công đoàn tỉnh đã nhập thay")
    assert {one.recipient for one in told} == {province.chair_of_health, province.clerk_of_health}
    assert "Chủ tịch ốm" in told[0].text
    assert told[0].link == submission.get_absolute_url()
    lines = JournalEntry.objects.filter(subject_key=submission.pk, by=province.officer)
    said = [(line.sentence.partition(" phiếu")[0], line.reason) for line in lines.order_by("pk")]
    why = "Điện thoại: Chủ tịch ốm"
    assert said == [
        *(("Bắt đầu nhập thay", why), ("Nhập thay: lưu", "")),
        *(("Nộp", ""), ("Nộp thay", why)),
    ]


def test_a_union_that_hands_in_itself_has_handed_in_itself(province: Province):
    submission = begin(province)
    explain(fill_in(submission, by=province.officer))
    submission = submissions.submit(submission, by=province.chair_of_health)
    assert (submission.acting, on_behalf.handed_in(submission)) == (None, None)
    assert not Notice.objects.filter(title__contains="nhập thay").exists()
    submissions.verify(submission, by=province.officer)


def test_who_entered_it_neither_verifies_nor_approves_that_handing_in(province: Province):
    officer, administrator = province.officer, province.administrator
    submission = hand_in_for(province)
    with pytest.raises(RuleBroken, match="không tự thẩm định được"):
        submissions.verify(submission, by=officer)
    submission = submissions.verify(submission, by=administrator)
    with pytest.raises(RuleBroken, match="không tự duyệt được"):
        submissions.approve(submission, by=officer)
    submissions.send_back(submission, by=administrator, reason="Nhầm")
    again = hand_in(submission)  # by its chair, this time
    submissions.approve(submissions.verify(again, by=officer), by=officer)


def mended_in_part(province: Province, submission: Submission, by: User) -> Submission:
    """One answer came back, and `by` hands that in again, changed."""
    indicator = Indicator.objects.get(code="2.1.1")
    point = Point(indicator, "Xem lại", timezone.localdate())
    submission = send_back_points(submission, [point], by=province.administrator)
    if by == province.administrator:
        begin(province, submission, by=by)
    done = submission.figures.get(indicator=indicator).answers["done"] - 1
    entry = Entry(indicator, "number", {"done": done, "total": 100})
    submissions.save(submission, [entry], [], estimate=False, by=by)
    return submissions.submit(explain(submission), by=by)


def test_it_stays_entered_on_behalf_until_the_union_hands_in_the_whole(province: Province):
    """What the union mends of it leaves the rest as it was typed for it."""
    officer, administrator = province.officer, province.administrator
    chair = province.chair_of_health
    submission = hand_in_for(province)
    on_behalf.contest(submission, "Chỉ tiêu 2.1.1 là 80", by=chair)
    submission = mended_in_part(province, submission, chair)
    row = on_behalf.handed_in(submission)
    assert (row.begun_by, row.contest, row.mended) == (officer, "Chỉ tiêu 2.1.1 là 80", True)
    assert Submission.objects.filter(handed_in_on_behalf(contested=True)).get() == submission
    with pytest.raises(RuleBroken, match="không đồng ý"):
        submissions.verify(submission, by=administrator)
    on_behalf.agree(submission, by=chair)
    with pytest.raises(RuleBroken, match="không tự thẩm định được"):
        submissions.verify(submission, by=officer)
    # somebody else enters what came back again: neither of the two judges it
    submission = mended_in_part(province, submission, administrator)
    assert on_behalf.handed_in(submission).mended is False
    for person in (officer, administrator):
        with pytest.raises(RuleBroken, match="không tự thẩm định được"):
            submissions.verify(submission, by=person)
    whole = hand_in(submissions.send_back(submission, by=administrator, reason="Nhập lại cả phiếu"))
    assert on_behalf.handed_in(whole) is None
    assert not Submission.objects.filter(handed_in_on_behalf()).exists()
    assert submissions.verify(whole, by=officer).state == "verified"


def test_the_union_may_contest_it_and_agree_again(province: Province):
    submission, chair = hand_in_for(province), province.chair_of_health
    with pytest.raises(PermissionDenied):
        on_behalf.contest(submission, "Nhầm", by=province.clerk_of_health)
    with pytest.raises(RuleBroken, match="chưa gửi ý kiến"):
        on_behalf.agree(submission, by=chair)
    on_behalf.contest(submission, "Chỉ tiêu 2.1.1 là 80", by=chair)
    told = Notice.objects.filter(title__contains="không đồng ý")
    assert {one.recipient for one in told} == {province.officer, province.administrator}
    with pytest.raises(RuleBroken, match=r"không đồng ý.*Chỉ tiêu 2\.1\.1 là 80"):
        submissions.verify(submission, by=province.administrator)
    with pytest.raises(RuleBroken, match="Đơn vị đã gửi"):
        on_behalf.contest(submission, "Lần nữa", by=chair)
    on_behalf.agree(submission, by=chair)
    submission = submissions.verify(submission, by=province.administrator)
    other = province.interior_submission
    with pytest.raises(RuleBroken, match="Chỉ ghi được ý kiến"):
        on_behalf.contest(other, "Nhầm", by=province.chair_of_interior)


@pytest.fixture
def page(client):
    """What a person is shown at an address."""

    def shown(person: User, address: str) -> str:
        client.force_login(person)
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return shown


DESK = "/quan-tri/indicators/submission/"


def test_it_is_marked_while_it_is_entered(client, page, province: Province):
    submission, officer = province.health_submission, province.officer
    own, desk = submission.get_absolute_url(), f"{DESK}{submission.pk}/change/"
    assert "Nhập thay</a>" in page(officer, desk)
    address = reverse("admin:indicators_submission_enter_on_behalf", args=[submission.pk])
    begun = client.post(address, {"source": "paper", "reason": "Mất mạng"})
    assert begun.url == own
    assert "Đang nhập thay cho Công đoàn cơ sở Sở Y tế" in page(officer, own)
    assert "Lê Thị Ánh đang nhập thay" in page(province.chair_of_health, own)
    for told in ("Đang nhập thay", "Bản giấy: Mất mạng", "Thôi nhập thay"):
        assert told in page(officer, desk)
    assert "Sở Y tế" in page(officer, f"{DESK}?nhap-thay=dang")
    client.post(reverse("indicators:behalf-take-back", args=[submission.pk]))
    assert "Sở Y tế" not in page(officer, f"{DESK}?nhap-thay=dang")


def test_once_the_period_closed_nobody_is_said_to_enter_it(page, province: Province):
    submission, officer = begin(province), province.officer
    own, today = submission.get_absolute_url(), timezone.localdate()
    period = submission.period
    period.opens_on, period.due_on = today - timedelta(days=9), today - timedelta(days=8)
    period.closes_on = today - timedelta(days=7)
    period.save()
    assert "nhập thay" not in page(province.chair_of_health, own)
    told = page(officer, own)
    assert "Thôi nhập thay" in told
    assert "không nhập và nộp thay được nữa" in told


@pytest.mark.parametrize("person", ["chair_of_health", "clerk_of_health", "officer"])
def test_the_page_of_what_came_back_in_part_costs_no_more_for_it(client, province, person):
    submission = hand_in(province.health_submission)
    point = Point(submission.figures.first().indicator, "Xem lại", timezone.localdate())
    submission = begin(province, send_back_points(submission, [point], by=province.officer))
    client.force_login(getattr(province, person))
    client.get(submission.get_absolute_url())
    with CaptureQueriesContext(connection) as statements:
        told = client.get(submission.get_absolute_url()).content.decode()
    assert "hập thay cho" in told
    assert len(statements) <= 12


def test_it_is_marked_once_it_was_handed_in(client, page, province: Province):
    submission, chair, officer = hand_in_for(province), province.chair_of_health, province.officer
    read = page(chair, submission.get_absolute_url())
    for told in ("Phiếu do công đoàn tỉnh nhập thay", "Lý do: Chủ tịch ốm", "Không đồng ý"):
        assert told in read
    receipt = page(chair, submission.receipts.get().get_absolute_url())
    assert "nhập thay, nguồn Điện thoại: Chủ tịch ốm" in receipt
    assert ", nhập thay" in page(officer, f"{DESK}?nhap-thay=da-nop")


def test_what_the_union_does_not_agree_to_is_seen_at_the_desk(client, page, province: Province):
    submission, chair, officer = hand_in_for(province), province.chair_of_health, province.officer
    desk, home = f"{DESK}{submission.pk}/change/", reverse("admin:index")
    contested, waiting = f"{DESK}?nhap-thay=khong-dong-y", "phiếu nhập thay đơn vị không đồng ý"
    contest = reverse("indicators:behalf-contest", args=[submission.pk])
    client.force_login(chair)
    client.post(contest, {"reason": "Sai số"})
    assert ", đơn vị không đồng ý" in page(officer, contested)
    assert waiting in page(officer, home)
    assert "Sở Y tế" in page(officer, f"{DESK}?tinh-hinh=khong-dong-y")
    # nobody is offered what would be refused, and everybody is told why
    told = {officer: "không tự thẩm định được", province.administrator: "Chưa thẩm định được"}
    for person, why in told.items():
        judged = page(person, desk)
        assert judged.count("Đơn vị không đồng ý</span>") == 2  # at its head and beside its source
        assert "Sai số" in judged
        assert why in judged
        assert "/buoc/verify/" not in judged
        assert "/buoc/send_back/" in judged
    client.force_login(chair)
    client.post(contest, {"agree": "1"})
    assert "Sở Y tế" not in page(officer, contested)
    assert waiting not in page(officer, home)
    assert "/buoc/verify/" in page(province.administrator, desk)


def test_the_history_of_a_value_tells_who_entered_it_on_behalf(province: Province):
    submission = begin(province)
    fill_in(submission, by=province.officer)
    figure = submission.figures.select_related("indicator").first()
    figure.history.update(history_user=province.officer)
    on_behalf.take_back(submission, by=province.officer)
    figure.remark = "Sửa sau"
    figure.save()
    figure.history.filter(remark="Sửa sau").update(history_user=province.officer)
    first, second = versions_of(submission, [figure.indicator])[figure.indicator_id]
    assert (first.by, second.by) == ("Lê Thị Ánh (nhập thay)", "Lê Thị Ánh")
