"""Who may talk to the page: a browser here that was given the key, and no other site through it."""

import os
import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

KEY = "page-key"
_KEY = re.compile(rb"[A-Za-z0-9_-]{32,}\Z")


class Guard:
    """Checks the Host (DNS rebinding), where a request came from (other sites), and the key (other users)."""

    def __init__(self, port: int, key: str) -> None:
        """Guard the page at a port of this machine."""
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.key, self.cookie = key, f"huji_station_{port}"

    def faults_of(self, headers: Mapping[str, str], *, changes: bool) -> str | None:
        """Return why a request is refused, or None. What changes something must come from our own page."""
        if headers.get("Host", "") not in self.hosts:
            return "host"
        origin = headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in self.hosts}:
            return "origin"
        if headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return "site"
        if changes and origin is None:
            return "origin"
        if changes and headers.get("Content-Type", "") != "application/json":
            return "content type"
        return None if self.fits(self._sent(headers)) else "key"

    def fits(self, key: str) -> bool:
        """Return whether this is the key."""
        return secrets.compare_digest(key.encode(), self.key.encode())

    def _sent(self, headers: Mapping[str, str]) -> str:
        try:
            found = SimpleCookie(headers.get("Cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return found.value if found else ""


def page_key(folder: Path) -> str:
    """Return the spool's own key, made once, so that a bookmark outlives a restart; a damaged one anew."""
    path, part = folder / KEY, folder / f"{KEY}.part"
    if path.exists() and _KEY.match(kept := path.read_bytes().strip()):
        return kept.decode("ascii")
    key = secrets.token_urlsafe(32)
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with part.open("w", encoding="ascii") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return key
