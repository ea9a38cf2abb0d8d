"""What does not answer is told in a sentence, to the operator and to whoever watches."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from config.celery import app
from config.health import problems
from tests.support import processes
from tests.support.processes import ROOT
from tests.support.servers import Redis
from unions.models import Heartbeat

NO_BEAT = "Bộ lịch không có dấu hiệu hoạt động trong 3 phút."


def ask(service, **environment):
    """The command's exit status and sentences, in a process with this environment."""
    run = subprocess.run(
        [sys.executable, "manage.py", "health", "--service", service],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_the_database_and_the_queue_of_this_run_answer(db):
    assert problems() == []


def test_a_database_that_is_not_there_is_told():
    url = f"postgres://nobody@127.0.0.1:{processes.free_port()}/nothing"
    assert ask("db", DATABASE_URL=url) == (1, "Không kết nối được cơ sở dữ liệu.\n")


def test_a_database_that_is_there_is_told(tmp_path):
    url = f"sqlite:///{tmp_path / 'rows'}"
    assert ask("db", DATABASE_URL=url) == (0, "Mọi dịch vụ được hỏi đều hoạt động.\n")


def test_a_broker_that_does_not_answer_is_told(tmp_path):
    url = f"redis+socket://{tmp_path / 'nobody'}"
    told = (1, "Không kết nối được hàng đợi công việc nền.\n")
    assert ask("broker", CELERY_BROKER_URL=url) == told


def test_a_queue_folder_that_is_gone_is_told(tmp_path):
    code, told = ask("broker", CELERY_BROKER_URL="filesystem://", PORTAL_VAR=str(tmp_path))
    assert (code, told) == (
        1,
        "Thư mục hàng đợi (queue, trong PORTAL_VAR) không có hoặc không ghi được.\n",
    )


@pytest.mark.parametrize(("minutes", "told"), [(2, []), (4, [NO_BEAT])])
def test_a_beat_is_a_sign_of_life_for_three_minutes(db, minutes, told):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=minutes))
    assert problems(["beat"]) == told


def test_no_beat_at_all_is_no_sign_of_life(db):
    assert problems(["beat"]) == [NO_BEAT]


def test_a_timetable_without_tables_is_told(tmp_path):
    url = f"sqlite:///{tmp_path / 'rows'}"
    assert ask("beat", DATABASE_URL=url) == (1, "Không đọc được nhịp của bộ lịch.\n")


def test_without_remote_control_the_worker_is_known_by_the_beat(db, monkeypatch):
    monkeypatch.setitem(app.conf, "worker_enable_remote_control", False)
    assert problems(["worker"]) == [NO_BEAT]


def test_two_services_that_fail_alike_are_told_once(db, monkeypatch):
    monkeypatch.setitem(app.conf, "worker_enable_remote_control", False)
    assert problems(["worker", "beat"]) == [NO_BEAT]


def test_a_worker_answers(worker):
    processes.wait_for(lambda: problems(["worker"]) == [], "the worker's answer")


def test_a_broker_without_worker_is_told(tmp_path):
    with closing(Redis(tmp_path)) as broker:
        told = (1, "Tiến trình làm việc nền không trả lời.\n")
        assert ask("worker", CELERY_BROKER_URL=broker.url) == told


def test_the_web_server_is_asked_at_its_port(live_server, monkeypatch):
    monkeypatch.setenv("PORT", live_server.url.rpartition(":")[2])
    assert problems(["web"]) == []


def test_a_web_server_that_is_not_there_is_told(monkeypatch):
    port = processes.free_port()
    monkeypatch.setenv("PORT", str(port))
    assert problems(["web"]) == [f"Máy chủ web không trả lời ở cổng {port}."]


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_page_says_ok_to_anyone(db, client, method):
    answer = getattr(client, method)("/suc-khoe/")
    assert (answer.status_code, answer.content) == (200, b"ok" if method == "get" else b"")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_takes_nothing(db, client):
    assert client.post("/suc-khoe/").status_code == 405


def test_the_page_says_what_is_wrong(db, client, monkeypatch, tmp_path):
    gone = {"data_folder_out": str(tmp_path / "gone")}
    monkeypatch.setitem(app.conf, "broker_transport_options", gone)
    answer = client.get("/suc-khoe/")
    assert answer.status_code == 503
    assert "Thư mục hàng đợi" in answer.content.decode()
    assert str(tmp_path) not in answer.content.decode()
