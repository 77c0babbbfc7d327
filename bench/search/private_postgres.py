"""A PostgreSQL of the bench's own: private folder and socket, no port, ended with the run."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_PATIENCE = 30.0


def postgres_binary(name: str) -> Path | None:
    """Return the newest installed server program of that name, or None."""
    found = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return max(found, key=lambda path: float(path.parts[4]), default=None)


@contextmanager
def private_postgres() -> Iterator[str]:
    """Run an empty server until the block ends; gives the URL of a database in it.

    It is durable as shipped (fsync on), as a site's would be. PostgreSQL refuses root: started by root it
    runs as user postgres.

    Raises:
        RuntimeError: it is not installed, or does not start.
    """
    server, initialise = postgres_binary("postgres"), postgres_binary("initdb")
    if server is None or initialise is None:
        raise RuntimeError("PostgreSQL is not installed; on Debian: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="huji-bench-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        first = [*_as_server_user(), str(initialise), "-D", str(folder / "data"), "-U", "huji"]
        first += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(first, check=True, capture_output=True, cwd=folder, timeout=120)
        yield from _running(folder, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path, server: Path) -> Iterator[str]:
    command = [*_as_server_user(), str(server), "-D", str(folder / "data"), "-k", str(folder), "-h", ""]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(folder, process)
        yield f"postgresql+psycopg://huji@/postgres?host={folder}"
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown, which cuts off whoever is still connected; kill what does not heed it."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _answers(folder):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-500:]}")
        time.sleep(0.05)


def _answers(folder: Path) -> bool:
    """Tell whether it takes connections: its socket stands before it does."""
    try:
        with psycopg.connect(host=str(folder), user="huji", dbname="postgres"):
            return True
    except psycopg.OperationalError:
        return False


def _as_server_user() -> list[str]:
    words = ["setpriv", "--pdeathsig", "KILL"]
    if os.getuid() == 0:
        words += ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return words
