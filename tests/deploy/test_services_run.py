"""What surrounds Huji, run as docker-compose.yml says: the queue, the object store, the proxy's routes."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.deploy.compose_processes import processes
from tests.deploy.run_processes import COMPOSE, Runner, loopback_ports
from tests.services.processes import private_folder

UPSTREAMS = {"ingest": 8001, "index-service": 8002, "viewer": 8003, "objects": 8333}
VARIABLES = {
    "HUJI_DATABASE_PASSWORD": "rows-secret",
    "HUJI_REDIS_PASSWORD": "queue-secret",
    "HUJI_S3_ACCESS_KEY": "object-name",
    "HUJI_S3_SECRET_KEY": "object-secret",
    "HUJI_PUBLIC_ORIGIN": "http://127.0.0.1",
}


@pytest.fixture
def ports() -> dict[tuple[str, int], int]:
    """A free loopback port for each port of the file."""
    return loopback_ports()


@pytest.fixture
def runner() -> Iterator[Runner]:
    """Runs services in a private folder."""
    with private_folder("services") as folder:
        yield Runner(folder)


class _Upstream(ThreadingHTTPServer):
    def __init__(self, name: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Echo)
        self.name = name


class _Echo(BaseHTTPRequestHandler):
    """Answers with the server's name, and the path, host and scheme it was asked for."""

    server: _Upstream

    def do_GET(self) -> None:
        scheme = self.headers["X-Forwarded-Proto"]
        body = f"{self.server.name} {self.path} {self.headers['Host']} {scheme}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def upstreams(ports: dict[tuple[str, int], int]) -> Iterator[None]:
    """Stand a small HTTP server where each service that the proxy knows would be."""
    servers = []
    for name, port in UPSTREAMS.items():
        server = _Upstream(name, ports[name, port])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def test_the_proxy_leads_each_path_to_its_service(ports: dict[tuple[str, int], int], runner: Runner) -> None:
    """One origin: the two APIs, the object store's bucket and the pages, with host and path as they came."""
    site = processes(COMPOSE, variables=VARIABLES, ports=ports, home=runner.folder)
    port = ports["proxy", 8080]
    expected = {
        "/api/v1/ingest/batches?after=1": "ingest",
        "/api/v1/lookups": "index-service",
        "/api/v1/ingestion": "index-service",
        "/huji-pages/incoming/1?partNumber=1&X-Amz-Signature=a%2Fb": "objects",
        "/": "viewer",
        "/iiif/3/a%2Fb/full/max/0/default.jpg": "viewer",
    }
    with (
        upstreams(ports),
        runner.running(site["proxy"]),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        answers = {path: client.get(path).text for path in expected}
        assert client.get("/", headers={"X-Forwarded-Proto": "https"}).text.endswith(" https")
    assert answers == {path: f"{name} {path} 127.0.0.1:{port} http" for path, name in expected.items()}
    assert "Signature" not in runner.log(site["proxy"])


def test_the_queue_wants_its_password(ports: dict[tuple[str, int], int], runner: Runner) -> None:
    """The queue answers to its password alone, which no process list shows, and keeps its keys on disk."""
    queue = processes(COMPOSE, variables=VARIABLES, ports=ports, home=runner.folder)["queue"]
    ask = [*queue.health[:-1], "set", "nudge", "1"]
    with runner.running(queue) as server:
        assert "queue-secret" not in Path(f"/proc/{server.pid}/cmdline").read_text()
        refused = subprocess.run(ask, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
        stored = subprocess.run(ask, env={**os.environ, **queue.environment}, capture_output=True, text=True)
    assert "NOAUTH" in refused.stdout + refused.stderr
    assert stored.stdout == "OK\n"
    assert list(queue.folders["/data"].rglob("*.aof"))


def test_the_object_store_takes_signed_requests_alone(
    ports: dict[tuple[str, int], int], runner: Runner
) -> None:
    """The store is healthy on its port, and an unsigned request for the bucket is refused."""
    store = processes(COMPOSE, variables=VARIABLES, ports=ports, home=runner.folder)["objects"]
    with runner.running(store):
        assert httpx.get(f"http://127.0.0.1:{ports['objects', 8333]}/huji-pages/page").status_code == 403
