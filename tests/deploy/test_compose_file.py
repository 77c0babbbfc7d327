"""docker-compose.yml keeps its promises: health checks, no secret inside, pinned images, real commands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from huji.cli.main import main
from huji.settings import Settings
from tests.deploy.compose_processes import UnsetVariable, listened_ports, processes, read_services

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
SERVICES = read_services(COMPOSE)
_SECRET = re.compile(r"PASSWORD|SECRET|_KEY$|ACCESS_KEY|AUTH|TOKEN")
_DEMANDED = re.compile(r"\$\{([A-Z0-9_]+):\?[^}]+\}")
_PINNED = re.compile(r"^[a-z0-9./_-]+:(?!latest$)\d+\.\d+[A-Za-z0-9._-]*(?:@sha256:[0-9a-f]{64})?$")


def own_services() -> dict[str, list[str]]:
    """Return the command of each service that runs Huji itself."""
    return {name: service["command"] for name, service in SERVICES.items() if service["command"][0] == "huji"}


def demanded_variables() -> set[str]:
    """Return the variables without which nothing starts."""
    return set(_DEMANDED.findall(COMPOSE.read_text(encoding="utf-8")))


def test_every_part_is_there() -> None:
    """The parts of one site, two workers among them."""
    assert SERVICES.keys() == {
        *("database", "queue", "objects", "migrate", "ingest", "index-service"),
        *("viewer", "worker-1", "worker-2", "scheduler", "proxy"),
    }


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_are_pinned(name: str) -> None:
    """No image moves by itself."""
    assert _PINNED.match(SERVICES[name]["image"])


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_services_say_how_they_are(name: str) -> None:
    """Each has a health check that runs a command; the migration ends instead, and is waited for."""
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= check.keys()


@pytest.mark.parametrize("name", sorted(own_services().keys() - {"migrate"}))
def test_nothing_starts_before_the_migration(name: str) -> None:
    """The schema is there before anyone reads it."""
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_no_secret_has_a_value() -> None:
    """Every secret is demanded from the environment, and has no default."""
    settings = [
        (key, str(value))
        for service in SERVICES.values()
        for key, value in service.get("environment", {}).items()
    ]
    secrets = [(key, value) for key, value in settings if _SECRET.search(key)]
    assert len(secrets) > 10
    assert all(_DEMANDED.fullmatch(value) for key, value in secrets)
    defaults = re.findall(r"\$\{([A-Z0-9_]+):?-", COMPOSE.read_text(encoding="utf-8"))
    assert not [name for name in defaults if _SECRET.search(name)]


@pytest.mark.parametrize("name", sorted(own_services()))
def test_the_site_s_ban_on_engines_reaches_every_service(name: str) -> None:
    """Also where it is left out: then nothing is forbidden."""
    assert SERVICES[name]["environment"]["HUJI_FORBIDDEN_ENGINES"] == "${HUJI_FORBIDDEN_ENGINES:-}"
    assert "#HUJI_FORBIDDEN_ENGINES=" in (ROOT / "deploy" / ".env.example").read_text("utf-8")


def test_passwords_in_addresses_are_demanded() -> None:
    """No address carries a password that was written down."""
    written = re.findall(r"://[^/@\s]*:([^@\s]+)@", COMPOSE.read_text(encoding="utf-8"))
    assert all(
        _DEMANDED.fullmatch(password)
        for password in re.findall(r"://\w*:(\$\{[^}]*\})@", COMPOSE.read_text())
    )
    assert all(password.startswith("${") for password in written)


def test_the_example_lists_what_is_demanded_and_gives_nothing() -> None:
    """deploy/.env.example names every demanded variable, empty."""
    lines = (ROOT / "deploy" / ".env.example").read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert settings == dict.fromkeys(demanded_variables(), "")


@pytest.mark.parametrize("name", sorted(demanded_variables()))
def test_nothing_starts_without(name: str, tmp_path: Path) -> None:
    """Each demanded variable alone stops the whole site when it is missing."""
    variables = dict.fromkeys(demanded_variables() - {name}, "x")
    ports = {(service, port): port for service, entry in SERVICES.items() for port in listened_ports(entry)}
    with pytest.raises(UnsetVariable, match=f"^{name} is not set: "):
        processes(COMPOSE, variables=variables, ports=ports, home=tmp_path)


def test_settings_are_ones_that_huji_reads() -> None:
    """Each HUJI_ variable of Huji's own services is a setting, and each secret setting is given."""
    every = {key for name in own_services() for key in SERVICES[name]["environment"]}
    given = {key for key in every if key.startswith("HUJI_")}
    fields = {f"HUJI_{name.upper()}": field for name, field in Settings.model_fields.items()}
    assert given <= fields.keys()
    assert {name for name, field in fields.items() if field.annotation is SecretStr} <= given


def test_the_command_line_knows_every_command() -> None:
    """Each command and health check of Huji's own services is one that `huji` has, with those options."""
    checks = [SERVICES[name]["healthcheck"]["test"][1:] for name in own_services() if name != "migrate"]
    commands = [*own_services().values(), *(check for check in checks if check[0] == "huji")]
    assert len(commands) > len(own_services())
    assert [command for command in commands if not _is_known(command)] == []


def _is_known(command: list[str]) -> bool:
    shown = CliRunner().invoke(main, [*command[1:], "--help"])
    return shown.exit_code == 0 and shown.output.startswith("Usage:")


@pytest.mark.parametrize("name", ["worker-1", "worker-2"])
def test_a_worker_uses_one_thread_a_library(name: str) -> None:
    """The file's settings hold the libraries that count threads for themselves to one."""
    given = {**os.environ, **SERVICES[name]["environment"]}
    ask = "import cv2, pyvips; print(cv2.getNumThreads(), pyvips.concurrency_get())"
    told = subprocess.run([sys.executable, "-c", ask], env=given, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1", "1"]
