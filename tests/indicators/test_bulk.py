"""One step for many submissions: looked at first, confirmed as seen, taken back as a whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from indicators import workflow
from indicators.models import BulkAct, OnBehalf, Submission
from indicators.services import bulk, bulk_back, submissions
from indicators.tasks import work_bulk_act, work_waiting_bulk_acts
from tests.builders import Province, approve, hand_in, make_user
from tests.crowd import make_unions
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice
from unions.services import unions
from unions.services.claims import claimant
from unions.services.events import Decision

LIST = "admin:indicators_submission_changelist"
BULK = "admin:indicators_submission_bulk"


@pytest.fixture
def crowd(province: Province) -> Province:
    """Three unions A1, A2, A3 that handed in, beside those of the province that did not."""
    names = {f"A{number}": f"Ấp số {number}" for number in (1, 2, 3)}
    for union in make_unions(province.root, names, cluster="Cụm 9"):
        make_user(f"ct.{union.code}", Role.CHAIR, union, full_name=f"Chủ tịch {union.code}")
        hand_in(province.submission_of(union))
    return province


def _of(code: str) -> Submission:
    rows = Submission.objects.select_related("placement", "period__programme__union", "union")
    return rows.get(union__code=code)


def _states(*codes: str) -> list[str]:
    return [_of(code).state for code in codes]


def _look(client, action: str, *codes: str, **asked: str):
    """The look at chosen rows; at all that the list shows, if none is named."""
    chosen = [_of(code).pk for code in codes]
    sent = {"action": action, "index": "0", "_selected_action": chosen or ["0"]}
    whole = {} if codes else {"select_across": "1"}
    return client.post(reverse(LIST, query=asked), sent | whole)


def _confirm(client, page, step: str = "verify"):
    return client.post(reverse(BULK, args=[step]), {"mark": page.context["mark"]}, follow=True)


def _told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def _fit(page) -> list[str]:
    return [row.union.code for row in page.context["found"].fit]


def _verified(province: Province, *codes: str) -> BulkAct:
    rows = [(_of(code), _of(code).revision) for code in codes]
    return bulk.take(rows, workflow.VERIFY, by=province.officer).act


def test_the_look_shows_exactly_what_the_filter_shows_and_writes_nothing(client, crowd: Province):
    client.force_login(crowd.officer)
    page = _look(client, "verify_selected", **{"placement__cluster": "Cụm 9", "q": "ap so"})
    assert _fit(page) == ["A1", "A2", "A3"]
    assert page.context["narrowed_by"] == "cụm thi đua: Cụm 9; tìm “ap so”"
    assert page.context["found"].refused == []
    assert _states("A1", "A2", "A3") == ["submitted"] * 3
    assert not BulkAct.objects.exists()


def test_the_look_names_what_is_refused_and_why(client, crowd: Province):
    client.force_login(crowd.officer)
    page = _look(client, "verify_selected", "A2", "SNV")
    assert _fit(page) == ["A2"]
    (refused,) = page.context["found"].refused
    assert refused.submission.union.code == "SNV"
    assert "“Đang nhập”" in refused.why
    assert page.context["narrowed_by"] == "các phiếu được chọn trong danh sách"
    assert refused.why in page.content.decode()


def test_what_was_looked_at_is_verified_at_once_with_one_line_and_one_notice(
    client, crowd: Province
):
    client.force_login(crowd.officer)
    before = Notice.objects.filter(recipient=crowd.administrator).count()
    answer = _confirm(client, _look(client, "verify_selected", state__exact="submitted"))
    act = BulkAct.objects.get()
    assert answer.redirect_chain == [(act.get_absolute_url(), 302)]
    assert _told(answer) == ["Thẩm định: đã xong 3 phiếu số liệu."]
    assert _states("A1", "A2", "A3", "SNV") == ["verified"] * 3 + ["draft"]
    line = JournalEntry.objects.get(subject="indicators.bulkact")
    assert (line.sentence, line.reason) == (
        "Thẩm định hàng loạt 3 phiếu số liệu",
        "trạng thái: Đã nộp",
    )
    assert Notice.objects.filter(recipient=crowd.administrator).count() == before + 1
    notice = Notice.objects.filter(recipient=crowd.administrator).latest("pk")
    assert notice.title == "Đã thẩm định 3 phiếu số liệu, chờ duyệt"
    assert "Hoàn tác lượt này" in answer.content.decode()


def test_a_row_that_changed_after_the_look_is_left_and_named(client, crowd: Province):
    client.force_login(crowd.officer)
    page = _look(client, "verify_selected", state__exact="submitted")
    submissions.send_back(_of("A2"), by=crowd.administrator, reason="Sai số người")
    done, refused = _told(_confirm(client, page))
    assert done == "Thẩm định: đã xong 2 phiếu số liệu."
    assert refused.startswith("Không thực hiện được 1 phiếu. Ấp số 2: ")
    assert _states("A1", "A2", "A3") == ["verified", "returned", "verified"]


def test_a_row_that_came_into_the_filter_after_the_look_is_not_taken(client, crowd: Province):
    client.force_login(crowd.officer)
    page = _look(client, "verify_selected", state__exact="submitted")
    hand_in(crowd.health_submission)
    _confirm(client, page)
    assert _states("A1", "SYT") == ["verified", "submitted"]


def test_a_row_that_was_handed_in_anew_after_the_look_is_not_taken(client, crowd: Province):
    """The state is the same again, the figures are not those that were looked at."""
    client.force_login(crowd.officer)
    page = _look(client, "verify_selected", "A1")
    hand_in(submissions.send_back(_of("A1"), by=crowd.officer, reason="Sai"))
    assert "đã sửa phiếu này" in _told(_confirm(client, page))[0]
    assert _states("A1") == ["submitted"]
    assert not BulkAct.objects.exists()


@pytest.mark.parametrize("mark", ["", "bịa", "W10:x:y"])
def test_only_what_was_looked_at_can_be_confirmed(client, crowd: Province, mark):
    client.force_login(crowd.officer)
    answer = client.post(reverse(BULK, args=["verify"]), {"mark": mark}, follow=True)
    assert _told(answer)[0].startswith("Trang xem trước đã cũ")
    other = _look(client, "verify_selected", "A1")
    assert _told(_confirm(client, other, step="approve"))[0].startswith("Trang xem trước đã cũ")
    assert _states("A1") == ["submitted"]
    _confirm(client, other)
    assert _states("A1") == ["verified"]


def test_the_inspector_is_offered_no_bulk_step(client, crowd: Province):
    client.force_login(crowd.inspector)
    page = client.get(reverse(LIST), {"state__exact": "submitted"}).content.decode()
    assert "cả danh sách…" not in page
    _look(client, "verify_selected", state__exact="submitted")
    assert client.post(reverse(BULK, args=["verify"]), {"mark": ""}).status_code == 403
    assert _states("A1") == ["submitted"]
    client.force_login(crowd.officer)
    page = client.get(reverse(LIST), {"state__exact": "submitted"}).content.decode()
    assert "Thẩm định cả danh sách…" in page
    assert client.post(reverse(BULK, args=["burn"]), {"mark": ""}).status_code == 404


def test_who_verified_is_not_offered_to_approve_where_the_acts_are_kept_apart(
    crowd: Province, settings
):
    settings.SEPARATE_VERIFIER_AND_APPROVER = True
    _verified(crowd, "A1")
    rows = [_of("A1")]
    own = bulk.look_at(rows, workflow.APPROVE, by=crowd.officer)
    other = bulk.look_at(rows, workflow.APPROVE, by=crowd.administrator)
    assert ([one.why for one in own.refused], len(other.fit)) == (
        ["Người đã thẩm định không được tự duyệt phiếu này; hãy chuyển người khác."],
        1,
    )


def test_who_entered_on_behalf_is_not_offered_to_judge_it(crowd: Province):
    row = _of("A1")
    OnBehalf.objects.create(
        submission=row,
        source=OnBehalf.Source.MAIL,
        reason="Đơn vị gửi thư",
        begun_by=crowd.officer,
        ended_at=timezone.now(),
        receipt=row.receipts.get(),
        stands=True,
    )
    own = bulk.look_at([row, _of("A2")], workflow.VERIFY, by=crowd.officer)
    other = bulk.look_at([row, _of("A2")], workflow.VERIFY, by=crowd.administrator)
    assert [one.union.code for one in own.fit] == ["A2"]
    assert "nhập thay" in own.refused[0].why
    assert len(other.fit) == 2


def test_nobody_takes_a_step_with_rows_of_others(crowd: Province):
    rows = [(_of("A1"), _of("A1").revision)]
    with pytest.raises(PermissionDenied):
        bulk.take(rows, workflow.VERIFY, by=crowd.chair_of_health)
    assert bulk.take(rows, workflow.VERIFY, by=crowd.officer).count == 1


def test_a_bulk_act_is_taken_back_at_its_page(client, crowd: Province):
    act = _verified(crowd, "A1", "A2")
    client.force_login(crowd.officer)
    address = reverse("admin:indicators_bulkact_undo", args=[act.pk])
    assert [row.union.code for row in client.get(address).context["found"].fit] == ["A1", "A2"]
    answer = client.post(address, follow=True)
    assert _told(answer) == ["Hoàn tác: đã xong 2 phiếu số liệu."]
    rows = Submission.objects.filter(union__code__in=["A1", "A2"])
    assert set(rows.values_list("state", "verified_at", "verified_by")) == {
        ("submitted", None, None)
    }
    act.refresh_from_db()
    assert act.undone_by == crowd.officer
    assert "Hoàn tác lượt này" not in answer.content.decode()
    line = JournalEntry.objects.filter(subject="indicators.bulkact").first()
    assert line.sentence.startswith("Hoàn tác thẩm định hàng loạt")


def test_a_row_to_which_something_happened_since_stays(crowd: Province):
    act = _verified(crowd, "A1", "A2", "A3")
    submissions.approve(_of("A2"), by=crowd.administrator)
    submissions.verify(
        hand_in(submissions.send_back(_of("A3"), by=crowd.officer, reason="Sai")),
        by=crowd.officer,
    )
    undone = bulk_back.undo(act, by=crowd.officer)
    assert undone.count == 1
    assert [(one.submission.union.code, one.why) for one in undone.refused] == [
        ("A2", "Phiếu đã có thay đổi khác sau lượt này, hiện “Đã duyệt”."),
        ("A3", "Phiếu đã có thay đổi khác sau lượt này, hiện “Đã thẩm định”."),
    ]
    assert _states("A1", "A2", "A3") == ["submitted", "approved", "verified"]


def test_it_is_taken_back_once_and_only_while_a_row_can_go_back(crowd: Province):
    first, second = _verified(crowd, "A1"), _verified(crowd, "A2")
    bulk_back.undo(first, by=crowd.officer)
    with pytest.raises(RuleBroken, match="đã được hoàn tác"):
        bulk_back.undo(first, by=crowd.officer)
    submissions.approve(_of("A2"), by=crowd.officer)
    with pytest.raises(RuleBroken, match="Không còn phiếu nào"):
        bulk_back.undo(second, by=crowd.officer)
    second.refresh_from_db()
    assert (second.undone_at, _states("A1", "A2")) == (None, ["submitted", "approved"])


def test_who_may_not_take_the_step_may_not_take_it_back(client, crowd: Province):
    act = _verified(crowd, "A1")
    for person in (crowd.inspector, crowd.leader):
        with pytest.raises(RuleBroken, match="Không còn phiếu nào"):
            bulk_back.undo(act, by=person)
    client.force_login(crowd.inspector)
    assert client.post(reverse("admin:indicators_bulkact_undo", args=[act.pk])).status_code == 403
    bulk_back.undo(act, by=crowd.administrator)
    assert _states("A1") == ["submitted"]


@pytest.fixture
def crowded(crowd: Province, monkeypatch) -> Province:
    """The same where three rows are more than are taken while a person waits."""
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    return crowd


def test_many_are_taken_in_the_background_and_the_page_tells_how_far_it_is(
    client, crowded: Province
):
    act, crowd = _verified(crowded, "A1", "A2", "A3"), crowded
    submissions.send_back(_of("A2"), by=crowd.administrator, reason="Sai số người")
    assert (_states("A1", "A3"), act.under_way) == (["submitted"] * 2, True)
    client.force_login(crowd.officer)
    page = client.get(act.get_absolute_url())
    assert "đã xong 0/3 phiếu" in " ".join(page.content.decode().split())
    with pytest.raises(RuleBroken, match="đang thực hiện"):
        bulk_back.undo(act, by=crowd.officer)
    work_waiting_bulk_acts()
    act.refresh_from_db()
    assert (_states("A1", "A2", "A3"), act.under_way) == (
        ["verified", "returned", "verified"],
        False,
    )
    page = client.get(act.get_absolute_url())
    assert [one.submission.union.code for one in page.context["refused"]] == ["A2"]
    assert "Hoàn tác lượt này" in page.content.decode()
    work_bulk_act(act.pk)
    told = JournalEntry.objects.filter(subject="indicators.bulkact")
    assert [one.sentence for one in told] == ["Thẩm định hàng loạt 2 phiếu số liệu"]


def test_a_look_that_is_confirmed_twice_leaves_nothing_to_take_back(client, crowded: Province):
    client.force_login(crowded.officer)
    look = _look(client, "verify_selected", "A1", "A2")
    _confirm(client, look)
    _confirm(client, look)
    work_waiting_bulk_acts()
    again, first = BulkAct.objects.all()
    offered = ["Hoàn tác lượt này" in _page(client, act) for act in (first, again)]
    assert (offered, again.taken.count()) == ([True, False], 0)
    assert "Không phiếu nào được xử lý trong lượt này" in _page(client, again)
    listed = client.get(reverse("admin:indicators_bulkact_changelist")).content.decode()
    assert listed.count("Không xử lý phiếu nào") == 1


def _page(client, act: BulkAct) -> str:
    return client.get(act.get_absolute_url()).content.decode()


def test_what_a_process_that_is_gone_began_is_gone_on_with(crowded: Province):
    act, crowd = _verified(crowded, "A1", "A2"), crowded
    done = submissions.verify(_of("A1"), by=crowd.officer)
    act.taken.create(submission=done, revision=done.revision)
    here = claimant()
    BulkAct.objects.update(claimed_by=here, claimed_at=timezone.now())
    bulk.work_waiting()
    assert _states("A1", "A2") == ["verified", "submitted"]
    BulkAct.objects.update(claimed_by=f"{here}0")
    bulk.work_waiting()
    assert _states("A1", "A2") == ["verified", "verified"]
    assert [one.submission_id for one in act.taken.all()] == [_of("A1").pk, _of("A2").pk]


def test_approvals_taken_back_count_no_more_and_the_unions_are_told(crowd: Province):
    _verified(crowd, "A1")
    row = _of("A1")
    taken = bulk.take([(row, row.revision)], workflow.APPROVE, by=crowd.officer)
    bulk_back.undo(taken.act, by=crowd.officer)
    row = _of("A1")
    assert (row.state, row.approved_at, row.approved_by) == ("verified", None, None)
    assert row.verified_by == crowd.officer
    told = Notice.objects.filter(recipient__username="ct.A1").latest("pk")
    assert told.title == "Việc duyệt phiếu số liệu năm 2025 được hoàn tác"
    assert (
        "đã được hoàn tác. Phiếu trở lại trạng thái “Đã thẩm định”; số liệu tạm thời chưa được tính"
        " vào kết quả chung."
    ) in told.text
    assert submissions.approve(row, by=crowd.officer).state == "approved"


def test_people_of_a_union_that_ended_come_back_with_what_it_owes(crowd: Province):
    union = _of("A1").union
    unions.dissolve(union, Decision(crowd.period.cut_off_on - timedelta(days=5)), by=None)
    row = submissions.verify(_of("A1"), by=crowd.officer)
    taken = bulk.take([(_of("A1"), row.revision)], workflow.APPROVE, by=crowd.officer)
    held = union.appointments.filter(valid_to__isnull=True)
    assert not held.exists()
    bulk_back.undo(taken.act, by=crowd.officer)
    assert [one.user.username for one in held] == ["ct.A1"]


def test_the_list_of_bulk_acts_tells_what_and_how_many(client, crowd: Province):
    bulk_back.undo(_verified(crowd, "A1", "A2"), by=crowd.officer)
    _verified(crowd, "A3")
    approve(crowd.health_submission)
    client.force_login(crowd.inspector)
    rows = client.get(reverse("admin:indicators_bulkact_changelist")).context["cl"].result_list
    assert [(row.number, bool(row.undone_at)) for row in rows] == [(1, False), (2, True)]
