"""The servers that tests run on: they start, end, keep their data over a restart, and outlive no one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from tests.services.postgres import PostgresServer, running_postgres
from tests.services.processes import ServerFailed, free_ports, private_folder, running
from tests.services.redis import running_redis

_ORPHAN = """
import sys, time
from pathlib import Path
from tests.services.redis import running_redis
with running_redis(Path(sys.argv[1])) as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _connect(server: PostgresServer) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(server.folder), port=server.port, user="huji", dbname="postgres", autocommit=True
    )


def test_redis_keeps_its_data_over_a_kill() -> None:
    with private_folder("redis") as folder:
        with running_redis(folder) as server, server.client() as client:
            client.set("kept", "1")
            time.sleep(1.1)  # written through every second
            server.process.kill()
        with running_redis(folder) as again, Redis.from_url(again.url) as client:
            assert client.get("kept") == b"1"
        assert not _alive(again.process.pid)


def test_postgresql_keeps_its_data_over_a_kill() -> None:
    with private_folder("postgres") as folder:
        with running_postgres(folder) as server:
            with _connect(server) as connection:
                connection.execute("CREATE TABLE kept (value int)")
                connection.execute("INSERT INTO kept VALUES (1)")
            server.process.kill()
        with running_postgres(folder) as again, _connect(again) as connection:
            assert connection.execute("SELECT value FROM kept").fetchall() == [(1,)]
    assert not folder.exists()


def test_a_server_ends_with_the_process_that_started_it() -> None:
    with private_folder("orphan") as folder:
        command = [sys.executable, "-c", _ORPHAN, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout
            pid = int(parent.stdout.readline())
            assert _alive(pid)
            os.kill(parent.pid, signal.SIGKILL)
            deadline = time.monotonic() + 5
            while _alive(pid) and time.monotonic() < deadline:
                time.sleep(0.01)
            assert not _alive(pid)


def test_a_server_that_fails_says_why() -> None:
    with private_folder("failing") as folder:
        command = ["sh", "-c", "echo cannot bind >&2; exit 3"]
        with (
            pytest.raises(ServerFailed, match=r"exit status 3\ncannot bind"),
            running(command, log=folder / "server.log", ready=lambda: False),
        ):
            pass


def test_a_server_that_is_never_ready_is_given_up_and_ended() -> None:
    with private_folder("slow") as folder:
        log = folder / "pid.log"
        command = ["sh", "-c", "echo $$; exec sleep 30"]
        with (
            pytest.raises(ServerFailed, match="not ready in time"),
            running(command, log=log, ready=lambda: False, patience=0.3),
        ):
            pass
        assert not _alive(int(log.read_text()))


def test_free_ports_are_different_and_their_partners_too() -> None:
    ports = free_ports(6, also=10_000)
    assert len({*ports, *(port + 10_000 for port in ports)}) == 12
    assert max(ports) + 10_000 < 32_768


def test_processes_that_run_side_by_side_never_find_the_same_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "20")
    found = []
    for number in (0, 1, 19):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", f"gw{number}")
        found.append(free_ports(400))
    assert len({port for ports in found for port in ports}) == 1200
    assert max(map(max, found)) < 22_000
