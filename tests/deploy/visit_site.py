"""The site of docker-compose.yml as people reach it: through the proxy, or by a command in a service."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.deploy.compose_processes import Process
from tests.deploy.run_processes import Runner

# What the site's own TLS, which ends before the proxy, and a browser would say.
BROWSER = {"X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Site:
    """A running site: its one address, its services, and what runs commands in them."""

    origin: str
    services: dict[str, Process]
    runner: Runner

    def huji(self, *words: str, **more: str) -> str:
        """Run a huji command as `docker compose exec index-service huji …` does; it must succeed."""
        done = self.runner.run(self.services["index-service"], ["huji", *words], more=more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def upload(self, folder: Path, volume: str, key_file: Path) -> dict[str, Any]:
        """Send a folder of scans as a station does, knowing the site's address and its key and no more."""
        station = Process("station", (), {"HUJI_SERVER": self.origin}, (), {}, {})
        words = ["station", "upload", str(folder), "--volume", volume, "--key-file", str(key_file), "--json"]
        done = self.runner.run(station, ["huji", *words])
        assert done.returncode == 0, done.stdout + done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    @contextmanager
    def signed_in(self, user: str, password: str) -> Iterator[httpx.Client]:
        """Sign in on the screens and yield a browser's connection.

        The cookie is for https alone; here, behind where TLS would end, it is handed on by hand.
        """
        with httpx.Client(base_url=self.origin, headers=BROWSER, timeout=30) as browser:
            answer = browser.post("/sign-in", data={"username": user, "password": password})
            assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
            cookie, *terms = answer.headers["set-cookie"].split("; ")
            assert {"Secure", "HttpOnly"} <= set(terms)
            browser.headers["Cookie"] = cookie
            yield browser


def until(check: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for a true answer."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.25)
