"""A real PostgreSQL on a private socket and loopback port."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services.processes import ServerFailed, free_ports, running

_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "80",
    "autovacuum": "off",
    "timezone": "Asia/Taipei",  # not UTC, so that code which forgets to ask for UTC fails
}


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL: where it listens, its superuser, and its process."""

    folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database through the private socket."""
        return f"postgresql+psycopg://huji@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database: str) -> str:
        """The SQLAlchemy URL of a database through the loopback port, with the password."""
        return f"postgresql+psycopg://huji:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Make a database as a copy of another one that nobody is connected to; returns its URL."""
        self._admin("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database and cut off whoever is connected."""
        self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _admin(self, statement: str, *names: str) -> None:
        with psycopg.connect(
            host=str(self.folder), port=self.port, user="huji", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_postgres(folder: Path) -> Iterator[PostgresServer]:
    """Run PostgreSQL with its data in `folder` (kept over restarts), durable against a kill, not a power cut.

    PostgreSQL refuses root: started by root it runs as user postgres, which gets the folder, so every
    folder above must let that user pass; `private_folder` makes such a one.
    """
    _give(folder)
    password_file = folder / "password"
    if not (folder / "data" / "PG_VERSION").exists():
        _initialise(folder, password_file)
    port = free_ports(1)[0]
    command = [*_as_server_user(), str(_binary("postgres")), "-D", str(folder / "data"), "-k", str(folder)]
    command += ["-h", "127.0.0.1", "-p", str(port)]
    command += [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]

    def ready() -> bool:
        try:
            with psycopg.connect(host=str(folder), port=port, user="huji", dbname="postgres"):
                return True
        except psycopg.OperationalError:
            return False

    log = folder / "postgres.log"
    with running(command, log=log, ready=ready, end_with=signal.SIGINT) as process:  # fast shutdown
        yield PostgresServer(folder, port, password_file.read_text(), process)


def _initialise(folder: Path, password_file: Path) -> None:
    password_file.write_text(secrets.token_hex(16))
    _give(password_file)
    command = [*_as_server_user(), str(_binary("initdb")), "-D", str(folder / "data"), "-U", "huji"]
    command += ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password_file}"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, check=False)
    if done.returncode:
        raise ServerFailed(f"initdb: {done.stdout[-1000:]}{done.stderr[-1000:]}")


def _as_server_user() -> list[str]:
    words = ["setpriv", "--pdeathsig", "KILL"]
    if os.getuid() == 0:
        words += ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return words


def _give(path: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(path, "postgres", "postgres")


def _binary(name: str) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if not found:
        raise ServerFailed(f"{name} is not installed; on Debian: apt install postgresql")
    return found[-1]
