"""The folder of messages: none is ever seen half written, and a broken one harms nobody."""

from contextlib import contextmanager
from json import dumps
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from config.celery import app
from config.transport import Channel
from tests.support import processes
from tests.support.worker import Worker, sending
from unions.models import Heartbeat

BROKEN = {
    "half": b'{"body": "W1tdLCB7fSwgeyJjYWxsYmFja3MiOiB',
    "empty": b"",
    "no-text": b"\xff\x00\x9f",
    "list": b"[]",
    "nothing": b"null",
    "bare": b"{}",
    "no-body": b'{"properties": {}}',
    "no-address": b'{"body": "", "properties": {"delivery_tag": "1", "delivery_info": {}}}',
    "odd-body": b'{"body": "a", "properties": {"body_encoding": "base64", "delivery_tag": "1"}}',
}


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("messages", "control"):
        (tmp_path / "queue" / name).mkdir(parents=True)
    return tmp_path / "queue"


@contextmanager
def connection_to(folder: Path):
    """As a program that leaves messages in the folder has it."""
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
    }
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection


@contextmanager
def channel(folder: Path):
    with connection_to(folder) as connection:
        opened = connection.default_channel
        assert isinstance(opened, Channel)
        yield opened


def message(tag: str) -> dict[str, object]:
    """The least that is a message; it asks for no task."""
    address = {"exchange": "", "routing_key": "celery"}
    return {"body": "", "properties": {"delivery_tag": tag, "delivery_info": address}}


def leave(folder: Path, name: str, content: bytes) -> None:
    (folder / "messages" / f"{name}.celery.msg").write_bytes(content)


def test_a_message_is_taken_once_and_leaves_nothing_behind(folder: Path):
    payload = message("first")
    with channel(folder) as opened:
        opened._put("celery", payload)
        (left,) = (folder / "messages").iterdir()
        assert left.name.endswith(".celery.msg")
        with pytest.raises(Empty):
            opened._get("another")
        assert opened._get("celery") == payload
        with pytest.raises(Empty):
            opened._get("celery")
    assert not [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".exchange"]


def test_a_message_that_cannot_be_left_is_told_as_a_trouble_of_the_queue(folder: Path):
    (folder / "messages").rmdir()
    with channel(folder) as opened, pytest.raises(ChannelError):
        opened._put("celery", message("first"))


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_message_that_cannot_be_read_is_set_aside(folder: Path, content: bytes):
    leave(folder, "0_broken", content)
    with channel(folder) as opened:
        opened._put("celery", message("second"))
        assert opened._get("celery")["properties"]["delivery_tag"] == "second"
    aside = folder / "processed" / "0_broken.celery.msg"
    assert aside.read_bytes() == content


@pytest.mark.parametrize("content", ["", '[["celery", "", "cel'])
def test_a_list_of_queues_that_was_cut_short_is_written_anew(folder: Path, content: str):
    (folder / "control" / "portal.exchange").write_text(content)
    with channel(folder) as opened:
        assert opened.get_table("portal") == []
        opened._queue_bind("portal", "waking", "", "celery")
        assert [row.queue for row in opened.get_table("portal")] == ["celery"]


def test_a_worker_outlives_broken_messages_and_does_what_comes_next(transactional_db, folder: Path):
    for name, content in BROKEN.items():
        leave(folder, f"0_{name}", content)
    leave(folder, "0_of-no-task", dumps(message("of no task")).encode())
    told = {"CELERY_BROKER_URL": "filesystem://", "PORTAL_VAR": str(folder.parent)}
    with Worker.started(folder, **told) as worker, sending(app), connection_to(folder) as queue:
        for turn in range(2):
            app.send_task("unions.tasks.beat_was_here", connection=queue)
            processes.wait_for(Heartbeat.objects.filter(name="beat").exists, "the beat's row")
            assert worker.process.poll() is None
            Heartbeat.objects.all().delete()
            leave(folder, f"1_{turn}", BROKEN["half"])
