"""The translation from compose file to processes, on a small file of its own."""

from pathlib import Path

import pytest

from tests.deploy.compose_processes import Process, UnsetVariable, processes, resolve

_FILE = """
x-base: &base
  environment:
    STORE: "s3:http://store:9000/pages"
    KEY: "${KEY:?make one}"
services:
  store:
    entrypoint: ["serve"]
    command: ["-ip=store", "-bind=0.0.0.0", "-port=9000", "-dir=/data", "$$HOME"]
    expose: ["9000"]
    volumes: ["rows:/data", "./store.conf:/etc/store.conf:ro"]
    tmpfs: ["/run/store:mode=1777", "/tmp"]
    user: "101:102"
    healthcheck: { test: ["CMD", "ask", "http://127.0.0.1:9000/"], timeout: 5s }
  ingest:
    <<: *base
    command: ["app", "serve", "ingest", "--port", "8001", "--size", "18001"]
    ports: ["${BIND:-127.0.0.1}:80:8001"]
    depends_on: { store: { condition: service_healthy } }
"""
_PORTS = {("store", 9000): 40001, ("ingest", 8001): 40002}


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Process]:
    """The small file as processes."""
    (tmp_path / "store.conf").write_text(
        "listen 9000; at /data; up ingest:8001; pid /run/store/pid\n", encoding="utf-8"
    )
    (tmp_path / "compose.yml").write_text(_FILE, encoding="utf-8")
    return processes(tmp_path / "compose.yml", variables={"KEY": "k"}, ports=_PORTS, home=tmp_path / "home")


def test_commands_keep_their_words(made: dict[str, Process], tmp_path: Path) -> None:
    """Host, bind address, port and mount point are replaced, and nothing else."""
    data = str(tmp_path / "home" / "store" / "data")
    assert made["store"].argv == (
        "serve",
        "-ip=127.0.0.1",
        "-bind=127.0.0.1",
        "-port=40001",
        f"-dir={data}",
        "$HOME",
    )
    assert made["ingest"].argv == ("app", "serve", "ingest", "--port", "40002", "--size", "18001")
    assert Path(data).is_dir()


def test_settings_point_to_loopback(made: dict[str, Process]) -> None:
    """Other services are found where they run here, and variables are filled in."""
    assert made["ingest"].environment == {"STORE": "s3:http://127.0.0.1:40001/pages", "KEY": "k"}
    assert made["store"].health == ("ask", "http://127.0.0.1:40001/")
    assert made["ingest"].after == {"store": "service_healthy"}


def test_users_modes_and_times_are_kept(made: dict[str, Process]) -> None:
    """Whoever a service runs as, how open its tmpfs is, and how long its health check may take."""
    store, ingest = made["store"], made["ingest"]
    assert (store.user, store.health_seconds) == ((101, 102), 5.0)
    assert (ingest.user, ingest.health) == (None, ())
    assert store.folders["/run/store"].stat().st_mode & 0o7777 == 0o1777


def test_mounted_files_are_translated(made: dict[str, Process], tmp_path: Path) -> None:
    """A file of the project is used with this machine's ports and folders."""
    home = tmp_path / "home" / "store"
    text = made["store"].folders["/etc/store.conf"].read_text(encoding="utf-8")
    assert text == f"listen 40001; at {home}/data; up 127.0.0.1:40002; pid {home}/run-store/pid\n"


def test_a_demanded_variable_stops_everything(tmp_path: Path) -> None:
    """Without its value nothing is translated, and the file's own message is shown."""
    (tmp_path / "store.conf").touch()
    (tmp_path / "compose.yml").write_text(_FILE, encoding="utf-8")
    with pytest.raises(UnsetVariable, match="KEY is not set: make one"):
        processes(tmp_path / "compose.yml", variables={"KEY": ""}, ports=_PORTS, home=tmp_path / "home")


def test_a_command_in_one_string_is_refused(tmp_path: Path) -> None:
    """A string would need a shell to split it."""
    (tmp_path / "compose.yml").write_text("services: {a: {command: run it}}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="as a list of words"):
        processes(tmp_path / "compose.yml", variables={}, ports={}, home=tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A}-${B:-b}-${E:-e}", "1-b-e"),
        ("${E-e}|${B-b}|${E}|${B}", "|b||"),
        ("$${A} $$A", "${A} $A"),
        ("${A:?needed}", "1"),
        ("${E?needed}", ""),
    ],
)
def test_variables_as_compose_reads_them(text: str, expected: str) -> None:
    """A is set, E is set and empty, B is unset."""
    assert resolve(text, {"A": "1", "E": ""}) == expected
