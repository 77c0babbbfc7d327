"""Run the services of docker-compose.yml as plain processes: started, asked for their health, ended by id."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.deploy.compose_processes import Process, listened_ports, read_services
from tests.services.processes import free_ports, stop

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
PATIENCE = 120.0
_GRPC = 10_000  # SeaweedFS serves gRPC on each of its ports + 10000
_LAUNCHER = "#!{python}\nimport sys\nsys.path.insert(0, {root!r})\nfrom huji.cli.main import main\nmain()\n"


def loopback_ports() -> dict[tuple[str, int], int]:
    """Return a free loopback port for each port of the file."""
    wanted = [
        (name, port) for name, entry in read_services(COMPOSE).items() for port in listened_ports(entry)
    ]
    return dict(zip(wanted, free_ports(len(wanted), also=_GRPC), strict=True))


class Runner:
    """Runs commands as the containers would: the `huji` of this tree, and nothing of our environment."""

    def __init__(self, folder: Path) -> None:
        """Keep logs and the `huji` program in a folder, which every user may pass through."""
        self.folder = folder
        folder.chmod(0o711)
        programs = folder / "programs"
        programs.mkdir()
        launcher = programs / "huji"
        launcher.write_text(_LAUNCHER.format(python=sys.executable, root=str(ROOT)))
        launcher.chmod(0o755)
        postgres = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
        beside = str(Path(sys.executable).parent)
        self.path = os.pathsep.join([str(programs), beside, *postgres, os.environ["PATH"], "/usr/sbin"])

    def environment(self, process: Process) -> dict[str, str]:
        """Return the whole environment of a service."""
        return {"PATH": self.path, "HOME": str(self.folder), "LANG": "C.UTF-8", **process.environment}

    def log(self, process: Process) -> str:
        """Return what a service wrote so far."""
        return (self.folder / f"{process.name}.log").read_text(errors="replace")

    def run(
        self,
        process: Process,
        command: Sequence[str],
        seconds: float = PATIENCE,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in a service's environment, as `docker compose exec` does."""
        return subprocess.run(
            [shutil.which(command[0], path=self.path) or command[0], *command[1:]],
            cwd=self.folder,
            env={**self.environment(process), **(more or {})},
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def is_healthy(self, process: Process) -> bool:
        """Ask as the health check asks, and give it as long as it gets."""
        with suppress(subprocess.TimeoutExpired):
            return self.run(process, process.health, process.health_seconds).returncode == 0
        return False

    def wait(self, process: Process, started: subprocess.Popen[bytes]) -> None:
        """Wait for a service: until it is healthy, or until it ended well if it has no health check."""
        if not process.health:
            assert started.wait(PATIENCE) == 0, self.log(process)
            return
        end = time.monotonic() + PATIENCE
        while not self.is_healthy(process):
            assert started.poll() is None, self.log(process)
            assert time.monotonic() < end, self.log(process)
            time.sleep(0.3)

    @contextmanager
    def started(self, process: Process) -> Iterator[subprocess.Popen[bytes]]:
        """Start one service; end it, by its own id, afterwards."""
        log = self.folder / f"{process.name}.log"
        log.touch()
        log.chmod(0o666)  # /dev/stdout is opened anew by whom the service runs as
        program = shutil.which(process.argv[0], path=self.path) or process.argv[0]
        with log.open("ab") as output:
            child = subprocess.Popen(
                [*as_user(process.user), program, *process.argv[1:]],
                cwd=self.folder,
                env=self.environment(process),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            yield child
        finally:
            stop(child, patience=20)

    @contextmanager
    def running(self, process: Process) -> Iterator[subprocess.Popen[bytes]]:
        """Run one service, healthy, until the block ends."""
        with self.started(process) as child:
            self.wait(process, child)
            yield child

    @contextmanager
    def running_all(self, site: Mapping[str, Process]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
        """Run every service, each once those it comes after are as they must be; all end with the block."""
        children: dict[str, subprocess.Popen[bytes]] = {}
        with ExitStack() as stack:
            while len(children) < len(site):
                ready = [
                    one
                    for one in site.values()
                    if one.name not in children and one.after.keys() <= children.keys()
                ]
                assert ready, f"these wait for one another: {site.keys() - children.keys()}"
                for one in ready:
                    children[one.name] = stack.enter_context(self.started(one))
                stack.callback(_end_together, [children[one.name] for one in ready])
                for one in ready:
                    self.wait(one, children[one.name])
            yield children


def _end_together(children: Iterable[subprocess.Popen[bytes]]) -> None:
    """Tell all to end before anyone is waited for."""
    for child in children:
        child.terminate()


def as_user(user: tuple[int, int] | None) -> list[str]:
    """Return the words by which a command ends with us, and runs as a user where we may choose one."""
    words = ["setpriv", "--pdeathsig", "KILL"]
    if user is not None and os.getuid() == 0:
        words += [f"--reuid={user[0]}", f"--regid={user[1]}", "--clear-groups"]
    return words
