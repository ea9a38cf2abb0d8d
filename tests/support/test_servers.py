"""The throw-away servers come up, serve one run, and leave nothing behind."""

from contextlib import closing

import psycopg2
import redis

from tests.support import processes
from tests.support.servers import Postgres, Redis


def test_postgres_knows_vietnamese_and_leaves_nothing():
    with (
        closing(Postgres()) as server,
        closing(psycopg2.connect(host=str(server.folder), user="portal", dbname="postgres")) as to,
    ):
        cursor = to.cursor()
        cursor.execute("SELECT lower('ĐIỆP'), 'Đ' < 'E' COLLATE \"vi-x-icu\"")
        assert cursor.fetchone() == ("điệp", True)
    assert not processes.alive(server.process.pid)
    assert not server.folder.exists()


def test_redis_keeps_for_a_while_and_leaves_nothing(tmp_path):
    with (
        closing(Redis(tmp_path)) as server,
        redis.Redis(unix_socket_path=str(server.socket), decode_responses=True) as client,
    ):
        client.set("đơn vị", "công đoàn")
        assert client.get("đơn vị") == "công đoàn"
    assert not processes.alive(server.process.pid)
    assert not server.folder.exists()
