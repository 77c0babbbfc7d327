"""The station installs alone, and what it imports would run on Windows."""

import ast
import json
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from bench.station.draw_scans import draw_scan
from tests.house.tree import ROOT, project_settings

HERE = ROOT / "deploy" / "station"
sys.path.insert(0, str(HERE))
import_closure = __import__("import_closure")

_POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
_POSIX_CALLS = {
    "os": {
        *(
            "fork",
            "forkpty",
            "getuid",
            "geteuid",
            "getgid",
            "getegid",
            "setuid",
            "setgid",
            "setsid",
            "killpg",
        ),
        *(
            "chown",
            "lchown",
            "mkfifo",
            "mknod",
            "uname",
            "pread",
            "pwrite",
            "sync",
            "fdatasync",
            "nice",
            "wait",
        ),
        *(
            "posix_fadvise",
            "posix_fallocate",
            "sendfile",
            "statvfs",
            "getloadavg",
            "sched_setaffinity",
            "wait4",
        ),
        *("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "WNOHANG", "register_at_fork", "sched_getaffinity"),
        *("O_NONBLOCK", "O_NOCTTY", "O_SYNC", "set_blocking", "get_blocking", "posix_spawn", "posix_spawnp"),
    },
    "select": {"poll", "epoll", "kqueue", "devpoll"},
    "signal": {
        "SIGKILL",
        "SIGALRM",
        "SIGHUP",
        "SIGUSR1",
        "SIGUSR2",
        "SIGCHLD",
        "alarm",
        "setitimer",
        "pause",
    },
    "socket": {"AF_UNIX", "fromfd", "SO_REUSEPORT", "SCM_RIGHTS"},
    "multiprocessing": {"get_context"},
    "time": {"tzset", "clock_gettime"},
}

# Of an event loop, whatever it is called.
_POSIX_METHODS = {"add_signal_handler", "remove_signal_handler"}


def posix_only(sources: dict[str, str]) -> list[str]:
    """Return what in these modules Windows has not."""
    found = []
    for name, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found += [f"{name}: {alias.name}" for alias in node.names if alias.name in _POSIX_MODULES]
            elif isinstance(node, ast.ImportFrom):
                wrong = {alias.name for alias in node.names} & _POSIX_CALLS.get(node.module or "", set())
                found += [f"{name}: {node.module}.{each}" for each in sorted(wrong)]
                found += [f"{name}: {node.module}"] if node.module in _POSIX_MODULES else []
            elif isinstance(node, ast.Attribute) and node.attr in _POSIX_METHODS:
                found.append(f"{name}: {node.attr}")
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.attr in _POSIX_CALLS.get(node.value.id, set()):
                    found.append(f"{name}: {node.value.id}.{node.attr}")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += (
                    [f"{name}: {node.value}"] if node.value.startswith(("/tmp/", "/dev/", "/proc/")) else []
                )
    return found


@pytest.fixture(scope="module")
def closure() -> dict[str, Path]:
    """Every module the station's distribution holds."""
    found: dict[str, Path] = import_closure.import_closure(ROOT, "ingest.station")
    return found


def test_no_module_needs_a_posix_system(closure: dict[str, Path]) -> None:
    assert posix_only({name: path.read_text("utf-8") for name, path in closure.items()}) == []


@pytest.mark.parametrize(
    "text",
    [
        "import fcntl",
        "from resource import getrusage",
        "import os\nos.fork()",
        "from os import getuid",
        "import signal\nsignal.SIGKILL",
        "import socket\nsocket.AF_UNIX",
        "open('/proc/self/status')",
        "import select\nselect.poll()",
        "from select import epoll",
        "import os\nos.set_blocking(0, False)",
        "import os\nos.open('x', os.O_RDONLY | os.O_NONBLOCK)",
        "import os\nos.posix_spawn('x', [], {})",
        "asyncio.get_running_loop().add_signal_handler(2, print)",
    ],
)
def test_posix_only_calls_are_seen(text: str) -> None:
    assert posix_only({"planted": text})


def test_the_closure_is_the_station_imaging_and_the_order_of_pages(closure: dict[str, Path]) -> None:
    rest = {name for name in closure if not name.startswith(("ingest.station", "imaging"))}
    assert rest == {"ingest", "ingest.batches", "ingest.batches.page_order"}
    assert "imaging.pyramid" not in closure


def test_it_depends_on_what_it_imports_and_no_more(closure: dict[str, Path]) -> None:
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    names = {need.partition(">=")[0].partition("[")[0] for need in project["dependencies"]}
    imported = import_closure.third_parties(ROOT, closure, sys.stdlib_module_names)
    modules = {"cv2": "opencv-python-headless"}
    assert {modules.get(name, name) for name in imported} == names
    # The same versions as the house's own, so that one lock serves both.
    assert set(project["dependencies"]) <= set(project_settings()["project"]["dependencies"])
    assert project["version"] == project_settings()["project"]["version"]


def test_the_wheel_installs_in_an_empty_environment_and_checks_a_scan(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(HERE)]
    subprocess.run([*pip, *build], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("huji_station-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "ingest/station/desk_page/static/page.html" in names
    assert not [name for name in names if name.startswith(("storage", "access", "viewer", "huji/", "domain"))]
    venv.create(tmp_path / "alone", with_pip=False)
    folder = tmp_path / "alone" / ("Scripts" if sys.platform == "win32" else "bin")
    python = folder / "python"
    subprocess.run(
        [*pip, "--python", str(python), "install", "--no-compile", str(wheel)],
        check=True,
        capture_output=True,
    )
    command = str(folder / "huji-station")
    told = subprocess.run(
        [command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert all(name in told for name in ("check", "export", "run", "status", "tidy", "upload", "verify"))
    (tmp_path / "1.png").write_bytes(draw_scan(1, 1754, 1240))
    found = subprocess.run(
        [command, "check", "1.png", "--json"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    (verdict,) = json.loads(found.stdout)
    assert {"sharp", "whole", "straight"} <= {lamp["key"] for lamp in verdict["lamps"]}
    assert "undecodable" not in verdict
    installed = {path.name.partition("-")[0].lower() for path in (tmp_path / "alone").rglob("*.dist-info")}
    assert "huji_station" in installed
    assert not installed & {"fastapi", "sqlalchemy", "pydantic", "onnxruntime", "rapidocr", "redis", "minio"}
