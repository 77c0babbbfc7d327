"""The station's client against the real API: resumption, retries, refusals, and its command."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from sqlalchemy import func, select

from access.keys.operations.revoke_key import revoke_key
from access.keys.tables import ApiKey
from access.principal import SYSTEM
from ingest.station.api import StationApi
from ingest.station.cli import station
from ingest.station.errors import Answered, ServerAway, StationError
from ingest.station.patience import Patience, TryAgain
from ingest.station.upload_directory import upload_directory
from ingest.uploads.room import UploadRoom
from storage.intake.tables import BatchFile, Upload
from tests.imaging.drawn_files import picture, saved
from tests.ingest.house import AT, Place, make_api
from tests.services.processes import free_ports

QUICK = Patience(total=5, first=0.01, longest=0.05)


@contextmanager
def serving(room: UploadRoom) -> Iterator[str]:
    """Serve the API over real HTTP; gives its address."""
    port = free_ports(1)[0]
    server = uvicorn.Server(uvicorn.Config(make_api(room), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder of scans: good ones, an empty one, a text in disguise, and something else."""
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in (1, 2, 10):
        (folder / f"{number}.png").write_bytes(saved(picture(60, 40, seed=number), "PNG"))
    (folder / "3.jpg").write_bytes(b"")
    (folder / "4.jpg").write_text("文字")
    (folder / "notes.txt").write_text("no scan")
    return folder


def test_a_folder_goes_up_and_again_sends_nothing(room: UploadRoom, place: Place, scans: Path) -> None:
    asked: list[tuple[str, str]] = []

    class Noting(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            asked.append((request.method, request.url.path))
            return super().handle_request(request)

    with serving(room) as server, StationApi(server, place.key, patience=QUICK, transport=Noting()) as api:
        first = upload_directory(api, scans, volume="甲-1")
        assert first.stored == ("1.png", "2.png", "10.png")
        assert [refusal.file for refusal in first.refused] == ["3.jpg", "4.jpg"]
        assert first.skipped == ("notes.txt",)
        asked.clear()
        assert upload_directory(api, scans, volume="甲-1") == first
        assert [method for method, _ in asked] == ["POST", "GET"]


def test_passing_failures_are_tried_again(room: UploadRoom, place: Place, scans: Path) -> None:
    failures = iter([503, "cut", 502, "cut", 429, "cut"] * 4)

    class Failing(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            failure = next(failures, None)
            answer = super().handle_request(request)
            if failure == "cut":
                raise httpx.ReadError("cut behind the server's back", request=request)
            return answer if failure is None else httpx.Response(int(failure), request=request)

    with serving(room) as server, StationApi(server, place.key, patience=QUICK, transport=Failing()) as api:
        assert len(upload_directory(api, scans, volume="甲-1").stored) == 3
    with room.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BatchFile)) == 5
        assert session.scalar(select(func.count()).where(Upload.state == "complete")) == 3


def test_a_server_that_stays_away_is_told_so(tmp_path: Path, scans: Path) -> None:
    patience = Patience(total=0.2, first=0.01, longest=0.05)
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    with StationApi(nobody, "k", patience=patience) as api, pytest.raises(ServerAway, match="same command"):
        upload_directory(api, scans, volume="甲-1")


def test_waits_grow_scatter_and_end() -> None:
    waits: list[float] = []
    patience = Patience(
        total=100, first=1, longest=8, sleep=waits.append, clock=lambda: sum(waits), chance=lambda: 0.5
    )

    def fail() -> None:
        raise TryAgain("busy", wait=3.0 if len(waits) == 1 else 0.0)

    with pytest.raises(ServerAway):
        patience.keep_trying(fail)
    assert waits[:6] == [0.5, 3.0, 2.0, 4.0, 4.0, 4.0]
    assert sum(waits) <= 100


def test_a_revoked_key_and_an_unknown_volume_are_told(room: UploadRoom, place: Place, scans: Path) -> None:
    with serving(room) as server, StationApi(server, place.key, patience=QUICK) as api:
        with pytest.raises(Answered, match="no such volume") as unknown:
            upload_directory(api, scans, volume="無此冊")
        assert unknown.value.status == 422
        with room.database.writing() as session:
            revoke_key(session, actor=SYSTEM, key=session.scalars(select(ApiKey)).one(), at=AT)
        with pytest.raises(Answered, match="revoked") as revoked:
            upload_directory(api, scans, volume="甲-1")
        assert revoked.value.status == 401


def test_a_folder_without_scans_is_told(tmp_path: Path) -> None:
    with StationApi("http://127.0.0.1:9", "k") as api, pytest.raises(StationError, match="no scans"):
        upload_directory(api, tmp_path, volume="甲-1")


def test_a_killed_client_goes_on(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    folder, key = tmp_path / "many", tmp_path / "key"
    folder.mkdir()
    key.write_text(place.key + "\n")
    for number in range(1, 13):
        (folder / f"{number}.png").write_bytes(saved(picture(400, 300, seed=number), "PNG"))
    with serving(room) as server:
        command = [sys.executable, "-m", "tests.ingest.station.run_cli", "upload", str(folder)]
        command += ["--volume", "甲-1", "--server", server, "--key-file", str(key), "--json"]
        first = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _wait_for_acknowledged(folder, 2)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        before = _stored(room)
        assert 2 <= before < 12
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 0, second.stderr
    assert len(json.loads(second.stdout)["stored"]) == 12
    with room.database.reading() as session:
        assert session.scalar(select(func.count()).where(Upload.state == "complete")) == 12


def test_the_command_tells_what_was_refused(
    room: UploadRoom, place: Place, scans: Path, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text(place.key)
    with serving(room) as server:
        arguments = ["upload", str(scans), "--volume", "甲-1", "--server", server, "--key-file", str(key)]
        result = CliRunner().invoke(station, arguments)
    assert result.exit_code == 1
    assert "已儲存 stored 3" in result.output
    assert "notes.txt" in result.output
    assert "3.jpg" in result.output


def test_the_command_explains_itself() -> None:
    result = CliRunner().invoke(station, ["upload", "--help"])
    assert result.exit_code == 0
    assert "huji station upload scans" in result.output
    assert CliRunner().invoke(station, ["upload"]).exit_code == 2


def test_the_client_needs_nothing_of_the_house() -> None:
    """It is installable alone: what it imports is itself, the standard library, httpx, rich and click."""
    script = (
        "import sys, ingest.station.cli;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names),"
        " [name for name in sys.modules if name.startswith('ingest.') and '.station' not in name])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    for foreign in (
        "sqlalchemy",
        "numpy",
        "cv2",
        "fastapi",
        "redis",
        "storage",
        "imaging",
        "access",
        "domain",
    ):
        assert f"'{foreign}'" not in done.stdout
    assert done.stdout.strip().endswith("[]")


def _wait_for_acknowledged(folder: Path, count: int) -> None:
    journal, end = folder / ".huji-upload.jsonl", time.monotonic() + 60
    while time.monotonic() < end:
        if journal.exists() and journal.read_text().count('"acknowledged"') >= count:
            return
        time.sleep(0.01)
    pytest.fail("the client got nowhere")


def _stored(room: UploadRoom) -> int:
    with room.database.reading() as session:
        return session.scalar(select(func.count()).where(BatchFile.state == "stored")) or 0
