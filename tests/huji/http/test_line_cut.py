"""A station's line is cut in the middle of a part, before the real server."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from storage.database.session import Database
from tests.imaging.drawn_files import picture, saved
from tests.ingest.house import declared, make_place
from tests.services.processes import free_ports, running

ROOT = Path(__file__).parents[3]


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """`huji serve ingest` as a site runs it; gives its address and its log."""
    address = f"http://127.0.0.1:{free_ports(1)[0]}"
    settings = {
        "PYTHONPATH": str(ROOT),
        "HUJI_DATABASE_URL": database_url,
        "HUJI_OBJECTS": f"files:{folder / 'objects'}",
        "HUJI_REDIS_URL": f"unix://{folder / 'none.sock'}",
        "HUJI_PUBLIC_URL": address,
    }
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "huji.cli.main", "serve", "ingest", "--port", port]

    def ready() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{address}/api/v1/ingest/batches").status_code == 401
        return False

    log = folder / "serve.log"
    with running(command, log=log, ready=ready, environment={**os.environ, **settings}, patience=60):
        yield address, log


def cut_in_the_middle(url: str, key: str, body: bytes) -> None:
    """Send the head and half of the body of a PUT, then hang up."""
    where = urlsplit(url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as line:
        head = f"PUT {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nAuthorization: Bearer {key}\r\n"
        line.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode())
        line.sendall(body[: len(body) // 2])


def test_a_cut_line_is_one_line_in_the_log_and_the_part_goes_up_again(
    sqlite_url: str, sqlite_database: Database, tmp_path: Path
) -> None:
    key = make_place(sqlite_database).key
    data = saved(picture(120, 80, seed=1), "PNG")
    authorised = {"Authorization": f"Bearer {key}"}
    with (
        served(sqlite_url, tmp_path) as (address, log),
        httpx.Client(base_url=f"{address}/api/v1/ingest", headers=authorised) as station,
    ):
        before = log.read_text()
        body = {"volume": "甲-1", "files": [declared("1.png", data, "1")]}
        batch = station.post("/batches", json=body, headers={"Idempotency-Key": "k"}).json()["id"]
        upload = station.post(f"/batches/{batch}/files/1/upload").json()
        (part,) = upload["missing"]
        for _ in range(3):
            cut_in_the_middle(part["url"], key, data)
        told = _told(log, before, lines=3)
        assert station.put(part["url"], content=data).status_code == 204
        done = station.post(f"/uploads/{upload['id']}/complete").json()
        assert done["state"] == "complete"
    pattern = "PUT /api/v1/ingest/parts/{upload_ref}/{number}"
    assert told == [f"the line was cut in the middle of a request: {pattern}"] * 3


def _told(log: Path, before: str, *, lines: int, seconds: float = 20.0) -> list[str]:
    """What the log says beyond `before`, once it is so many lines or more, and a moment later."""
    until = time.monotonic() + seconds
    while log.read_text().removeprefix(before).count("\n") < lines and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    return log.read_text().removeprefix(before).splitlines()
