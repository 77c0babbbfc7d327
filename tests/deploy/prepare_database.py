"""What the PostgreSQL image does before it runs its command: makes the cluster and the first database."""

import os
import pwd
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from tests.deploy.compose_processes import Process
from tests.deploy.run_processes import Runner, as_user

DATA = "/var/lib/postgresql/data"


def prepare_database(runner: Runner, service: Process) -> Process:
    """Make the cluster as the service's variables say, and return the service as whom it has to run.

    Passwords are asked for on every address, the loopback one too; the image trusts that one.
    """
    settings, folder = service.environment, service.folders[DATA]
    password = folder.with_name("password")
    password.write_text(settings["POSTGRES_PASSWORD"])
    ready = replace(service, user=_give(service, password), environment={**settings, "PGDATA": str(folder)})
    _run(
        runner,
        ready,
        [
            *("initdb", f"--username={settings['POSTGRES_USER']}", f"--pwfile={password}"),
            *("--auth-local=trust", "--auth-host=scram-sha-256"),
            *shlex.split(settings["POSTGRES_INITDB_ARGS"]),
        ],
    )
    with (folder / "postgresql.conf").open("a") as file:
        file.write(f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
    _run(
        runner,
        ready,
        ["postgres", "--single", "-j", "postgres"],
        f"CREATE DATABASE {settings['POSTGRES_DB']};\n\n",
    )
    return ready


def _give(service: Process, password: Path) -> tuple[int, int] | None:
    """Give the folder to the user whom the image runs as; PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    owner = pwd.getpwnam("postgres")
    for path in (service.folders[DATA], password):
        shutil.chown(path, owner.pw_uid, owner.pw_gid)
    return owner.pw_uid, owner.pw_gid


def _run(runner: Runner, service: Process, command: list[str], words: str = "") -> None:
    program = shutil.which(command[0], path=runner.path) or command[0]
    done = subprocess.run(
        [*as_user(service.user), program, *command[1:]],
        cwd=service.folders[DATA],
        env=runner.environment(service),
        input=words,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
