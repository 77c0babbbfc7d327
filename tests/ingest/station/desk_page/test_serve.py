"""The crew's page: nobody gets at it but a browser here with the key."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.station.centre import Centre
from ingest.station.desk_page.desk import Desk
from ingest.station.desk_page.guard import page_key
from ingest.station.desk_page.serve import DeskServer
from ingest.station.hot_folder.watch import Watch
from ingest.station.judging.judge import Judge
from tests.ingest.station.desks import open_spool, take

KEY = "k" * 40


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DeskServer]:
    """A page on a spool with a scan that waits for a decision."""
    spool = open_spool(tmp_path / "spool")
    (spool.looks / "s000001.jpg").write_bytes(b"picture")
    take(spool, tmp_path / "1.png", b"1")
    watch = Watch(spool, tmp_path, Judge(None))
    desk = Desk(spool, watch, Centre(spool.folder, None), None, "", "", lambda: None)
    with DeskServer(desk, 0, KEY) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def _ask(
    server: DeskServer, method: str, path: str, body: object = None, **headers: str | None
) -> tuple[int, str, dict[str, str]]:
    port = server.server_port
    sent = {
        "Host": f"127.0.0.1:{port}",
        "Cookie": f"{server.guard.cookie}={KEY}",
        **(
            {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
            if method == "POST"
            else {}
        ),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    for name, value in sent.items():
        if value is not None:
            connection.putheader(name, value)
    data = b"" if body is None else json.dumps(body).encode()
    connection.putheader("Content-Length", str(len(data)))
    connection.endheaders(data)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, dict(answer.getheaders())


def test_it_listens_on_this_machine_alone(server: DeskServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/?key={KEY}"


def test_the_key_in_the_address_becomes_a_cookie(server: DeskServer) -> None:
    status, _, headers = _ask(server, "GET", f"/?key={KEY}", Cookie=None)
    assert (status, headers["Location"]) == (303, "/")
    assert "HttpOnly; SameSite=Strict" in headers["Set-Cookie"]
    assert _ask(server, "GET", "/?key=wrong", Cookie=None)[0] == 403


def test_the_page_the_desk_and_the_picture_are_shown(server: DeskServer) -> None:
    status, text, headers = _ask(server, "GET", "/")
    assert (status, "掃描站" in text) == (200, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    desk = json.loads(_ask(server, "GET", "/state")[1])
    assert desk["sitting"]["undecided"] == "s000001"
    assert _ask(server, "GET", "/look/s000001.jpg")[1] == "picture"
    for path in ("/look/../journal.jsonl", "/look/s000009.jpg", "/page-key", "/static/page.js"):
        assert _ask(server, "GET", path)[0] == 404, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8642", "Origin": "http://evil.example:8642"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Cookie": None},
        {"Cookie": "huji_station=guess"},
    ],
)
def test_other_sites_and_other_people_are_refused(server: DeskServer, headers: dict[str, str | None]) -> None:
    assert _ask(server, "GET", "/state", **headers)[0] == 403
    assert _ask(server, "POST", "/act", {"do": "keep", "scan": "s000001"}, **headers)[0] == 403
    sitting = server.desk.spool.state.sitting()
    assert sitting is not None
    assert sitting.kept() == []


@pytest.mark.parametrize("headers", [{"Origin": None}, {"Content_Type": "text/plain"}])
def test_a_form_of_another_site_changes_nothing(server: DeskServer, headers: dict[str, str | None]) -> None:
    assert _ask(server, "POST", "/act", {"do": "keep", "scan": "s000001"}, **headers)[0] == 403


def test_buttons_do_what_they_say_and_refusals_are_told(server: DeskServer) -> None:
    status, text, _ = _ask(server, "POST", "/act", {"do": "keep", "scan": "s000001"})
    assert (status, json.loads(text)["sitting"]["pages"]) == (200, 1)
    status, text, _ = _ask(server, "POST", "/act", {"do": "slip", "scan": "s000077"})
    assert (status, "no such scan" in json.loads(text)["en"]) == (409, True)
    assert _ask(server, "POST", "/act", {"do": "explode"})[0] == 409
    assert _ask(server, "POST", "/act", "nonsense")[0] == 400
    assert _ask(server, "POST", "/act", {"do": "undo"})[0] == 200
    assert _ask(server, "POST", "/act", {"do": "number", "next": "12"})[0] == 200
    assert _ask(server, "POST", "/act", {"do": "keep", "scan": "s000001"})[0] == 200
    assert _ask(server, "POST", "/act", {"do": "close"})[0] == 200
    assert server.desk.spool.state.sittings["b0001"].manifest["files"][0]["pages"][0]["designation"] == "12"


def test_the_key_is_made_once_and_is_ones_own(tmp_path: Path) -> None:
    key = page_key(tmp_path)
    assert len(key) >= 32
    assert page_key(tmp_path) == key
    (tmp_path / "page-key").write_text("short")
    assert page_key(tmp_path) not in {key, "short"}


@pytest.mark.parametrize("left", [b"\xff" * 43, b"\0" * 43, b"", b"k" * 40 + b"\r\nSet-Cookie: x"])
def test_a_damaged_key_is_made_anew(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "page-key").write_bytes(left)
    key = page_key(tmp_path)
    assert (key.isascii(), len(key), page_key(tmp_path)) == (True, 43, key)
    assert [path.name for path in tmp_path.iterdir()] == ["page-key"]
