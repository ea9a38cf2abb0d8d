"""Reports are asked for once, made once, kept whole, and numbered from the register."""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reports import catalogue
from reports.models import Rendering, Report, Stationery
from reports.services import issuing
from tests.builders import Province
from tests.reports.papers import make_document
from tests.support.processes import ROOT
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union
from unions.services.claims import claimant

State = Rendering.State


def ask(
    province: Province, year: int = 2025, union: Union | None = None, kind: str = "annual"
) -> Rendering:
    """The leader's wish."""
    return issuing.request(kind, union or province.root, year, "pdf", by=province.leader)


@pytest.fixture
def wanting() -> Iterator[list[BaseException]]:
    """A kind of report, “wanting”: one page, or what the test puts into the list, raised."""
    faults: list[BaseException] = []

    @catalogue.report("wanting", "Báo cáo hỏng")
    def compose(_scope):
        if faults:
            raise faults[0]
        return make_document()

    yield faults
    del catalogue._CATALOGUE["wanting"]


def test_a_wish_waits_as_a_row_with_its_line_in_the_journal(province: Province):
    rendering = ask(province)
    assert (rendering.state, rendering.format) == (State.WAITING, "pdf")
    assert rendering.requested_by == province.leader
    assert rendering.report.programme == province.programme
    entry = JournalEntry.objects.get(subject="reports.report", subject_key=rendering.report.pk)
    assert entry.sentence == "Lập báo cáo năm 2025 của Công đoàn Viên chức tỉnh Phú Thọ (PDF)"
    assert (entry.by, entry.union) == (province.leader, province.root)


@pytest.mark.parametrize("who", ["leader", "officer", "administrator"])
def test_those_who_draft_reports_may_ask(province: Province, who):
    assert issuing.request("annual", province.root, 2025, "pdf", by=getattr(province, who)).pk


@pytest.mark.parametrize("who", ["inspector", "viewer", "chair_of_health", "clerk_of_health"])
def test_others_may_not_ask(province: Province, who):
    with pytest.raises(PermissionDenied):
        issuing.request("annual", province.root, 2025, "pdf", by=getattr(province, who))
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("kind", "year", "format", "sentence"),
    [
        ("weekly", 2025, "pdf", "Không có loại báo cáo “weekly”"),
        ("annual", 2035, "pdf", "Năm 2035 không thuộc"),
        ("annual", 2025, "odt", "Không có định dạng “odt”"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(province: Province, kind, year, format, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        issuing.request(kind, province.root, year, format, by=province.leader)
    assert not Report.objects.exists()


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING])
def test_a_second_wish_meets_the_first_while_it_is_under_way(province: Province, state):
    first = ask(province)
    Rendering.objects.update(state=state)
    assert ask(province) == first
    assert Rendering.objects.count() == 1


def test_after_it_is_done_a_new_wish_makes_a_new_file(province: Province):
    first = finished(ask(province))
    second = ask(province)
    assert second != first
    assert second.report == first.report


@pytest.mark.django_db(transaction=True)
def test_wishes_at_the_same_moment_make_one_report_and_one_rendering(province: Province):
    def wish(_: int) -> int:
        try:
            return ask(province).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(wish, range(4)))) == 1
    assert (Report.objects.count(), Rendering.objects.count()) == (1, 1)


def test_the_database_itself_holds_one_under_way(province: Province):
    first = ask(province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendering.objects.create(report=first.report, format="pdf")
    finished(first)
    assert Rendering.objects.create(report=first.report, format="pdf").pk


def test_rendering_keeps_the_file_with_its_sum(province: Province):
    rendering = ask(province)
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    with rendering.file.open() as file:
        content = file.read()
    assert (rendering.state, rendering.tries, rendering.problem) == (State.DONE, 1, "")
    assert content.startswith(b"%PDF-")
    assert rendering.sha256 == hashlib.sha256(content).hexdigest()
    assert rendering.finished_at >= rendering.claimed_at


@pytest.mark.parametrize("state", [State.RUNNING, State.FAILED])
def test_a_message_about_a_row_that_does_not_wait_does_nothing(province: Province, state):
    rendering = ask(province)
    Rendering.objects.update(state=state)
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    assert (rendering.state, rendering.tries, rendering.file.name) == (state, 0, "")


def test_a_second_message_leaves_the_finished_file_alone(province: Province, wanting):
    rendering = ask(province, kind="wanting")
    issuing.render(rendering.pk)
    kept = Rendering.objects.values().get()
    issuing.render(rendering.pk)
    assert Rendering.objects.values().get() == kept


def test_a_rule_that_stops_it_is_told_as_it_is(province: Province):
    rendering = ask(province)
    Stationery.objects.all().delete()
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert "chưa có mẫu văn bản" in rendering.problem


def test_an_unforeseen_fault_is_a_sentence_for_people_and_a_trace_for_the_log(
    province: Province, wanting, caplog
):
    rendering = issuing.request("wanting", province.root, 2025, "pdf", by=None)
    wanting.append(ZeroDivisionError("a fault"))
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert rendering.problem.startswith("Có lỗi khi kết xuất. Hãy thử lại")
    assert "ZeroDivisionError: a fault" in caplog.text


def test_what_was_cut_off_is_taken_up_again(province: Province, wanting):
    rendering = ask(province, kind="wanting")
    cut_off(rendering, tries=2)
    assert issuing.render_waiting() == 1
    rendering.refresh_from_db()
    assert (rendering.state, rendering.tries) == (State.DONE, 3)


def test_what_was_cut_off_three_times_fails_with_a_sentence(province: Province):
    rendering = ask(province)
    cut_off(rendering, tries=3)
    assert issuing.render_waiting() == 0
    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert rendering.problem.startswith("Việc kết xuất bị ngắt 3 lần.")


def test_what_is_at_work_is_left_to_its_worker(province: Province):
    rendering = ask(province)
    Rendering.objects.update(state=State.RUNNING, claimed_at=timezone.now(), tries=1)
    assert issuing.render_waiting() == 0
    rendering.refresh_from_db()
    assert rendering.state == State.RUNNING


def test_what_a_process_left_that_is_gone_is_taken_up_at_once(province: Province, wanting):
    rendering = ask(province, kind="wanting")
    Rendering.objects.update(
        state=State.RUNNING, claimed_at=timezone.now(), tries=1, claimed_by=ended_process()
    )
    assert issuing.render_waiting() == 1
    rendering.refresh_from_db()
    assert (rendering.state, rendering.tries) == (State.DONE, 2)


@pytest.mark.parametrize("host", ["this", "another"])
def test_a_process_that_lives_or_is_out_of_sight_keeps_its_rendering(province: Province, host):
    rendering = ask(province)
    claims = {"this": claimant(), "another": ended_process().replace(":", "-khác:", 1)}
    Rendering.objects.update(
        state=State.RUNNING, claimed_at=timezone.now(), tries=1, claimed_by=claims[host]
    )
    assert issuing.render_waiting() == 0
    rendering.refresh_from_db()
    assert rendering.state == State.RUNNING


def test_a_rendering_says_which_process_makes_it(province: Province, wanting):
    rendering = ask(province, kind="wanting")
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    host, pid, _ = rendering.claimed_by.rsplit(":", 2)
    assert (host, pid) == (socket.gethostname(), str(os.getpid()))


def test_a_sweep_takes_a_few_and_the_oldest_first(province: Province, monkeypatch):
    monkeypatch.setattr(issuing, "AT_ONCE", 1)
    Stationery.objects.all().delete()
    first, second = ask(province), ask(province, 2026)
    assert issuing.render_waiting() == 1
    assert [Rendering.objects.get(pk=row.pk).state for row in (first, second)] == [
        State.FAILED,
        State.WAITING,
    ]


def test_a_worker_given_up_as_cut_off_keeps_nothing(province: Province, wanting, settings):
    rendering = issuing.request("wanting", province.root, 2025, "pdf", by=None)

    class TakenUpByAnother(RuleBroken):
        """Raised after another worker took the row: its refusal must not be written either."""

        def __str__(self) -> str:
            Rendering.objects.update(claimed_at=timezone.now() + timedelta(seconds=1), tries=2)
            return "một câu"

    wanting.append(TakenUpByAnother("Đã có tiến trình khác làm."))
    issuing.render(rendering.pk)
    rendering.refresh_from_db()
    assert (rendering.state, rendering.problem) == (State.RUNNING, "")


def test_a_failed_one_can_be_started_again(province: Province):
    rendering = ask(province)
    Rendering.objects.update(state=State.FAILED, problem="một câu", tries=3)
    again = issuing.restart(rendering, by=province.officer)
    assert (again.pk, again.state, again.tries, again.problem) == (
        rendering.pk,
        State.WAITING,
        0,
        "",
    )


def test_starting_again_changes_nothing_that_did_not_fail(province: Province):
    rendering = finished(ask(province))
    assert issuing.restart(rendering, by=province.officer).state == State.DONE


def test_starting_again_beside_a_newer_wish_gives_that_one(province: Province):
    failed = ask(province)
    Rendering.objects.update(state=State.FAILED)
    newer = ask(province)
    assert issuing.restart(failed, by=province.officer) == newer
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_only_those_who_draft_reports_start_again(province: Province):
    rendering = ask(province)
    with pytest.raises(PermissionDenied):
        issuing.restart(rendering, by=province.inspector)


def ended_process() -> str:
    """The claim of a process of this machine that has ended."""
    said = "from unions.services.claims import claimant; print(claimant())"
    return subprocess.check_output([sys.executable, "-c", said], text=True, cwd=ROOT).strip()


def finished(rendering: Rendering) -> Rendering:
    """As a worker leaves it that was done with it."""
    Rendering.objects.filter(pk=rendering.pk).update(
        state=State.DONE, file="reports/xong.pdf", sha256="0" * 64
    )
    rendering.refresh_from_db()
    return rendering


def cut_off(rendering: Rendering, *, tries: int) -> None:
    """As a worker that was killed an hour ago leaves it."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Rendering.objects.filter(pk=rendering.pk).update(
        state=State.RUNNING, claimed_at=an_hour_ago, tries=tries
    )
