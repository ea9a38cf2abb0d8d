"""The desk's first page: each number is a list, and each list shows exactly what was counted."""

import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actionplan.models import Period
from config import cockpit
from indicators.models import CorrectionRequest, ExtensionRequest, Submission
from indicators.queries.stages import Among, Stage
from indicators.services import closing, submissions
from tests.builders import (
    Province,
    approve,
    asked,
    fill_in,
    hand_in,
    make_period,
    make_province,
    make_small_province,
    make_union,
    make_user,
)
from tests.support.replay import replayed
from unions.access import Role
from unions.models import Calendar, UnionType, User
from unions.services import unions
from unions.services.events import Decision

LIST = "admin:indicators_submission_changelist"
_SCHOOL = {"calendar": Calendar.SCHOOL_YEAR, "type": UnionType.STATE_ENTERPRISE}


def _ended(province: Province, code: str) -> Submission:
    """What a union owes that ended before the cut-off."""
    union = make_union(province.root, code=code, name=f"Đơn vị {code}", cluster="Cụm 3")
    day = province.period.cut_off_on - timedelta(days=5)
    unions.dissolve(union, Decision(day), by=None)
    return province.submission_of(union)


@pytest.fixture
def full(db) -> Province:
    """Something in every stage, in three clusters and two types."""
    return replayed(_make_full)


def _make_full() -> Province:
    province = make_small_province()
    nothing = {
        f"i{one.code.replace('.', '_')}": "Không có" for one in asked(province.health_submission)
    }
    stages = {
        "DN": fill_in,
        "TL": lambda one: submissions.send_back(hand_in(one), by=None, reason="Sai"),
        "TD": lambda one: submissions.verify(hand_in(one), by=province.officer),
        "DD": approve,
        "KPS": lambda one: hand_in(one, **nothing),
    }
    for code, bring in stages.items():
        union = make_union(
            province.root,
            code=code,
            name=f"Đơn vị {code}",
            cluster="Cụm 1",
            type=UnionType.STATE_ENTERPRISE,
        )
        bring(province.submission_of(union))
    hand_in(province.health_submission)
    closing.excuse(_ended(province, "MN"), "Không còn hồ sơ", by=None)
    _ended(province, "KT")
    return province


def _boards(client) -> list[cockpit.Board]:
    return client.get(reverse("admin:index")).context["standings"]


def _asked(url: str) -> dict[str, list[str]]:
    """By what an address narrows a list."""
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


def _codes(client, url: str) -> set[str]:
    return {row.union.code for row in client.get(url).context["cl"].result_list}


EXPECTED = {
    Stage.NOT_STARTED: {"SNV", "CDVC", "KT"},
    Stage.DRAFT: {"DN"},
    Stage.RETURNED: {"TL"},
    Stage.SUBMITTED: {"SYT", "KPS"},
    Stage.VERIFIED: {"TD"},
    Stage.APPROVED: {"DD"},
    Stage.EXCUSED: {"MN"},
    Among.NOTHING: {"KPS"},
    Among.ENDED: {"MN", "KT"},
}


def test_the_stages_of_a_period_add_up_and_each_leads_to_its_rows(client, full: Province):
    client.force_login(full.officer)
    (board,) = _boards(client)
    total = {tally.word: tally for tally in board.tables[0].total.tallies}
    assert {word: total[word].count for word in EXPECTED} == {
        word: len(codes) for word, codes in EXPECTED.items()
    }
    assert {word: _codes(client, total[word].url) for word in EXPECTED} == EXPECTED
    assert total[""].count == 10 == len(_codes(client, total[""].url))
    # the list calls each by the word it is counted under, and asks for none by itself
    told = {
        row.union.code: row.standing if "begun" in vars(row) else None
        for row in client.get(total[""].url).context["cl"].result_list
    }
    assert told == {code: word.label for word in Stage for code in EXPECTED[word]}
    assert (board.arrived, board.expected) == (4, 9)


def _list(rf, user: User, url: str):
    """The list at an address, as its page makes it up: a page for each number says no more."""
    request = rf.get(url)
    request.user = user
    return admin.site._registry[Submission].get_changelist_instance(request)


def test_each_number_of_each_row_is_a_list_of_as_many(client, rf, full: Province):
    client.force_login(full.officer)
    (board,) = _boards(client)
    by_cluster, by_type = board.tables
    assert [row.label for row in by_cluster.rows] == [
        *("Cụm 1", "Cụm 2", "Cụm 3", "Không thuộc cụm")
    ]
    assert [row.label for row in by_type.rows] == [
        *("Cơ quan hành chính, đảng, đoàn thể", "Doanh nghiệp nhà nước")
    ]
    for row in (*by_cluster.rows, *by_type.rows):
        for tally in row.tallies:
            listed = _list(rf, full.officer, tally.url)
            assert listed.result_count == tally.count, (row.label, tally.label)
            assert _asked(listed.excel_address) == _asked(tally.url)
    without = _list(rf, full.officer, by_cluster.rows[-1].tallies[0].url)
    assert "cụm thi đua: Không thuộc cụm" in without.narrowed_by
    assert [tally.count for tally in by_cluster.rows[0].tallies] == [0, 1, 1, 2, 1, 1, 0, 6, 1, 0]
    assert [tally.count for tally in by_cluster.rows[2].tallies] == [1, 0, 0, 0, 0, 0, 1, 2, 0, 2]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"period__year": "2024"}, ["CDVC", "SNV", "SYT"]),
        ({"period__id__exact": "{period}", "placement__cluster": "Cụm 1"}, ["SYT"]),
        ({"period__year": "2025", "placement__type__exact": "state_enterprise"}, ["TH"]),
        ({"period__calendar__exact": "school_year", "p": "1"}, ["TH"]),
    ],
)
def test_the_workbook_of_a_list_is_narrowed_as_the_list_is(
    client, province: Province, asked, codes
):
    make_period(province.programme, year=2024)
    make_union(province.root, code="TH", name="Trường", **_SCHOOL)
    make_period(province.programme, calendar=Calendar.SCHOOL_YEAR)
    client.force_login(province.officer)
    told = {name: said.format(period=province.period.pk) for name, said in asked.items()}
    listed = client.get(reverse(LIST), told).context["cl"]
    answer = client.get(listed.excel_address)
    _, *rows = load_workbook(io.BytesIO(answer.content)).active.values
    assert sorted(row[0] for row in rows) == codes
    assert listed.result_count == len(codes)


@pytest.mark.parametrize(
    ("due_in", "labels"),
    [
        (20, ["phiếu chờ thẩm định", "phiếu chờ duyệt", "phiếu đã trả lại, chờ đơn vị sửa"]),
        (
            7,
            [
                *("phiếu chờ thẩm định", "phiếu chờ duyệt", "phiếu chưa nộp, còn 7 ngày"),
                "phiếu đã trả lại, chờ đơn vị sửa",
            ],
        ),
        (
            -3,
            [
                *("phiếu chờ thẩm định", "phiếu chờ duyệt"),
                "phiếu quá hạn 3 ngày, cần nhắc đơn vị",
                "phiếu đã trả lại, chờ đơn vị sửa",
            ],
        ),
    ],
)
def test_what_is_to_be_done_now_follows_the_days_left(client, full: Province, due_in, labels):
    due = timezone.localdate() + timedelta(days=due_in)
    Period.objects.update(
        opens_on=due - timedelta(days=300),
        cut_off_on=due - timedelta(days=10),
        due_on=due,
        closes_on=due + timedelta(days=30),
    )
    client.force_login(full.officer)
    (board,) = _boards(client)
    assert [tally.label for tally in board.todo] == labels
    for tally in board.todo:
        assert client.get(tally.url).context["cl"].result_count == tally.count
    missing = {"SNV", "CDVC", "KT", "DN", "TL"}
    for tally in board.todo:
        if tally.word in {Among.OVERDUE, Among.MISSING}:
            assert _codes(client, tally.url) == missing


def test_who_only_looks_has_nothing_to_do_and_sees_the_same_numbers(client, full: Province):
    client.force_login(full.inspector)
    page = client.get(reverse("admin:index"))
    (board,) = page.context["standings"]
    assert board.todo == []
    assert "Không có việc nào chờ bạn xử lý." in page.content.decode()
    client.force_login(full.officer)
    (other,) = _boards(client)
    assert board.tallies == other.tallies


def test_each_open_period_has_its_own_numbers(client, province: Province):
    make_period(province.programme, year=2024)
    hand_in(province.health_submission)
    client.force_login(province.officer)
    boards = {board.period.year: board for board in _boards(client)}
    counts = {
        year: {tally.word: tally.count for tally in board.tallies if tally.count}
        for year, board in boards.items()
    }
    assert counts == {2025: {"chua-bat-dau": 2, "da-nop": 1}, 2024: {"chua-bat-dau": 3}}


def test_another_province_sees_none_of_it(client, province: Province):
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    stranger = make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Quản Trị Khác")
    client.force_login(stranger)
    assert _boards(client) == []


def _long_due() -> None:
    due = timezone.localdate() - timedelta(days=3)
    Period.objects.update(
        opens_on=due - timedelta(days=300), cut_off_on=due, due_on=due, closes_on=due
    )


def test_who_was_given_more_time_is_not_overdue_until_its_last_day_has_passed(
    client, province: Province
):
    _long_due()
    client.force_login(province.officer)
    today = timezone.localdate()
    for until, late in [
        (None, {"SYT", "SNV", "CDVC"}),
        (today, {"SNV", "CDVC"}),
        (today - timedelta(days=1), {"SYT", "SNV", "CDVC"}),
    ]:
        Submission.objects.filter(union=province.health).update(extended_until=until)
        (board,) = _boards(client)
        (overdue,) = board.todo
        assert (overdue.word, overdue.count) == (Among.OVERDUE, len(late))
        assert _codes(client, overdue.url) == late


def test_a_closed_period_stays_until_the_desk_has_dealt_with_what_was_handed_in(
    client, province: Province
):
    submission = hand_in(province.health_submission)
    Period.objects.update(closed_at=timezone.now())
    client.force_login(province.officer)
    page = client.get(reverse("admin:index"))
    (board,) = page.context["standings"]
    assert [(tally.word, tally.count) for tally in board.todo] == [("da-nop", 1)]
    assert "Kỳ đã khoá" in page.content.decode()
    submissions.approve(submissions.verify(submission, by=province.officer), by=province.officer)
    assert _boards(client) == []


def test_what_unions_ask_waits_at_the_top_although_their_period_is_closed(
    client, province: Province
):
    approved = approve(province.interior_submission)
    CorrectionRequest.objects.create(
        submission=approved, indicator=approved.figures.first().indicator, reason="Bỏ sót"
    )
    ExtensionRequest.objects.create(submission=province.health_submission, reason="Mất điện")
    Period.objects.update(closed_at=timezone.now())
    client.force_login(province.officer)
    page = client.get(reverse("admin:index"))
    assert page.context["standings"] == []
    waiting = page.context["asked"]
    assert [(tally.word, tally.count) for tally in waiting] == [
        (Among.ASKS_TIME, 1),
        (Among.ASKS_CORRECTION, 1),
    ]
    assert [_codes(client, tally.url) for tally in waiting] == [{"SYT"}, {"SNV"}]
    client.force_login(province.inspector)
    assert client.get(reverse("admin:index")).context["asked"] == []


def test_what_was_answered_waits_no_more(client, province: Province):
    asked_for = ExtensionRequest.objects.create(
        submission=province.health_submission, reason="Mất điện"
    )
    client.force_login(province.officer)
    assert len(client.get(reverse("admin:index")).context["asked"]) == 1
    asked_for.settled_at = timezone.now()
    asked_for.save()
    assert client.get(reverse("admin:index")).context["asked"] == []
