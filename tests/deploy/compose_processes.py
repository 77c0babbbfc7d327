"""docker-compose.yml as plain processes: same commands, same settings, loopback ports and private folders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Ports = Mapping[tuple[str, int], int]

_VARIABLE = re.compile(r"\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?])([^}]*))?\})")


class UnsetVariable(ValueError):
    """A variable that the file demands has no value; the message is the file's own."""


@dataclass(frozen=True)
class Process:
    """One service as a process: what to run, with which variables, and how to ask for its health.

    `folders` maps each mount point of the container to the private folder or file that stands for it,
    `user` is whom it runs as (user and group id), and `health_seconds` is how long one check may take.
    """

    name: str
    argv: tuple[str, ...]
    environment: dict[str, str]
    health: tuple[str, ...]
    after: dict[str, str]
    folders: dict[str, Path]
    user: tuple[int, int] | None = None
    health_seconds: float = 30.0


def read_services(path: Path) -> dict[str, dict[str, Any]]:
    """Return the services of a compose file as written, with YAML's anchors and merges applied."""
    services: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    return services


def resolve(text: str, variables: Mapping[str, str]) -> str:
    """Fill in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, and turn `$$` into `$`.

    Raises UnsetVariable where a demanded variable is unset or empty.
    """
    return _VARIABLE.sub(lambda match: _value(match, variables), text)


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name, operator, word = match.groups()
    if name is None:
        return "$"
    value = variables.get(name, "")
    if value or (name in variables and operator in ("-", "?")):
        return value
    if operator in ("?", ":?"):
        raise UnsetVariable(f"{name} is not set: {word}")
    return word if operator in ("-", ":-") else ""


def listened_ports(service: Mapping[str, Any]) -> list[int]:
    """Return the ports that a service listens on inside its container."""
    published = [str(port).rpartition(":")[2] for port in service.get("ports", ())]
    return [int(port) for port in (*service.get("expose", ()), *published)]


def processes(path: Path, *, variables: Mapping[str, str], ports: Ports, home: Path) -> dict[str, Process]:
    """Return the services of a compose file as processes, in the file's order.

    `ports` gives the loopback port of each (service, port in its container); every listened port must be
    in it. `home` is a private folder: named volumes and tmpfs become folders in it, files of the project
    are copied there with ports and mount points replaced.

    Raises UnsetVariable, and ValueError where a command is not spelt as a list.
    """
    services = read_services(path)
    return {
        name: _Translation(name, service, variables, ports, path.parent, home / name).process()
        for name, service in services.items()
    }


class _Translation:
    """The words of one service, from the container's names to this machine's."""

    def __init__(
        self,
        name: str,
        service: dict[str, Any],
        variables: Mapping[str, str],
        ports: Ports,
        root: Path,
        home: Path,
    ) -> None:
        self.name, self.service, self.variables, self.ports, self.home = name, service, variables, ports, home
        home.mkdir(parents=True, exist_ok=True)
        self.own = {port: ports[name, port] for port in listened_ports(service)}
        self.folders = {**self._scratch(), **self._volumes()}
        self._copy_project_files(root)

    def process(self) -> Process:
        """Return the service as a process."""
        words = [*self._words("entrypoint"), *self._words("command")]
        environment = self.service.get("environment", {})
        check = self.service.get("healthcheck", {})
        return Process(
            name=self.name,
            argv=tuple(self._local(resolve(word, self.variables)) for word in words),
            environment={
                key: self._local(resolve(str(value), self.variables)) for key, value in environment.items()
            },
            health=tuple(
                self._local(resolve(word, self.variables)) for word in check.get("test", ["NONE"])[1:]
            ),
            after={name: terms["condition"] for name, terms in self.service.get("depends_on", {}).items()},
            folders=self.folders,
            user=self._user(),
            health_seconds=float(str(check.get("timeout", "30s")).removesuffix("s")),
        )

    def _user(self) -> tuple[int, int] | None:
        if "user" not in self.service:
            return None
        user, _, group = self.service["user"].partition(":")
        return int(user), int(group)

    def _words(self, key: str) -> list[str]:
        words = self.service.get(key, [])
        if not isinstance(words, list):
            raise ValueError(f"{self.name}: write {key} as a list of words, not as one string")
        return [str(word) for word in words]

    def _scratch(self) -> dict[str, Path]:
        """Make the folders of tmpfs mounts, open to every user unless a mode says otherwise."""
        made = {}
        for entry in self.service.get("tmpfs", ()):
            target, _, mode = str(entry).partition(":mode=")
            made[target] = self._folder(target)
            made[target].chmod(int(mode or "1777", 8))
        return made

    def _volumes(self) -> dict[str, Path]:
        targets = [
            (str(entry).split(":")[0], str(entry).split(":")[1]) for entry in self.service.get("volumes", ())
        ]
        return {
            target: self.home / Path(source).name if source.startswith("./") else self._folder(target)
            for source, target in targets
        }

    def _folder(self, target: str) -> Path:
        folder = self.home / target.strip("/").replace("/", "-")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _copy_project_files(self, root: Path) -> None:
        for entry in self.service.get("volumes", ()):
            source, target = str(entry).split(":")[:2]
            if source.startswith("./"):
                text = (root / source).read_text(encoding="utf-8")
                self.folders[target].write_text(self._local(text), encoding="utf-8")

    def _replacements(self) -> list[tuple[str, str]]:
        folders = sorted(self.folders.items(), key=lambda item: -len(item[0]))
        return [
            *(
                (rf"(?<![\w.-]){re.escape(name)}:{port}(?!\d)", f"127.0.0.1:{here}")
                for (name, port), here in self.ports.items()
            ),
            *(
                (rf"(?<==){re.escape(name)}$", "127.0.0.1")
                for name in sorted({name for name, _ in self.ports})
            ),
            *((rf"(?<![\d.]){port}(?!\d)", str(here)) for port, here in self.own.items()),
            *((rf"(?<![\w.-]){re.escape(target)}(?![\w-])", str(folder)) for target, folder in folders),
            (r"0\.0\.0\.0", "127.0.0.1"),
        ]

    def _local(self, text: str) -> str:
        """Replace all in one pass, so that nothing is replaced twice (a private folder lies under /tmp)."""
        replacements = self._replacements()
        found = "|".join(f"({pattern})" for pattern, _ in replacements)
        return re.sub(found, lambda match: replacements[(match.lastindex or 0) - 1][1], text)
