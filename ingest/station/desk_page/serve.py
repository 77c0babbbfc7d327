"""The page's small server: this machine alone, the library's own."""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingest.station.desk_page.act import act
from ingest.station.desk_page.describe_desk import describe_desk
from ingest.station.desk_page.desk import Desk
from ingest.station.desk_page.guard import Guard
from ingest.station.looks import PICTURE
from ingest.station.sitting.refusals import NotNow

_STATIC = {
    "": ("page.html", "text/html"),
    "page.css": ("page.css", "text/css"),
    "page.js": ("page.js", "text/javascript"),
}
_PICTURE = re.compile(r"look/(s\d{6,12})\.jpg\Z")
_LARGEST_BODY = 100_000
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_REFUSED = (
    "此頁只供本機開啟;請用程式啟動時顯示的網址。\n"
    "This page is for this machine: open the address shown at the start."
)


class DeskServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 and nowhere else."""

    daemon_threads = True
    # On Windows a second program could share the port by this, and take our crew's clicks; elsewhere a
    # restart after a power cut needs it.
    allow_reuse_address = os.name != "nt"

    def __init__(self, desk: Desk, port: int, key: str) -> None:
        """Bind the port, or a free one for 0."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.desk, self.guard = desk, Guard(self.server_port, key)

    @property
    def address(self) -> str:
        """Return the address to open, with the key."""
        return f"http://127.0.0.1:{self.server_port}/?key={self.guard.key}"


class _Handler(BaseHTTPRequestHandler):
    server: DeskServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "huji-station", ""
    timeout = 60

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = parse_qs(url.query)
        if url.path == "/" and "key" in asked:
            self._let_in(asked["key"][0])
            return
        if (fault := self.server.guard.faults_of(self._headers(), changes=False)) is not None:
            self._refuse(fault)
            return
        self._show(url.path.lstrip("/"), asked)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() else -1
        fits = 0 <= size <= _LARGEST_BODY
        self.close_connection = not fits
        body = self.rfile.read(size) if fits else b""
        if (fault := self.server.guard.faults_of(self._headers(), changes=True)) is not None:
            self._refuse(fault)
            return
        try:
            act(self.server.desk, dict(json.loads(body)))
        except NotNow as refusal:
            self._json(409, {"zh": refusal.zh, "en": refusal.en})
        except OSError as error:
            full = {"zh": f"無法寫入磁碟:{error.strerror}", "en": f"The disk takes nothing: {error.strerror}"}
            self._json(507, full)
        except (ValueError, TypeError):
            self._json(400, {"zh": "請求格式錯誤。", "en": "The request is malformed."})
        else:
            self._json(200, describe_desk(self.server.desk))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address holds the key."""

    def _headers(self) -> dict[str, str]:
        return {name.title(): value for name, value in self.headers.items()}

    def _let_in(self, key: str) -> None:
        if self._headers().get("Host", "") not in self.server.guard.hosts or not self.server.guard.fits(key):
            self._refuse("key")
            return
        cookie = f"{self.server.guard.cookie}={self.server.guard.key}; HttpOnly; SameSite=Strict; Path=/"
        self._send(303, b"", "text/plain", {"Location": "/", "Set-Cookie": cookie})

    def _show(self, name: str, asked: dict[str, list[str]]) -> None:
        if name in _STATIC:
            file, kind = _STATIC[name]
            self._send(200, (files("ingest.station.desk_page") / "static" / file).read_bytes(), kind)
        elif name == "favicon.ico":
            self._send(204, b"", "text/plain")
        elif name == "state":
            self._wait(asked.get("after", [""])[0])
            self._json(200, describe_desk(self.server.desk))
        elif (match := _PICTURE.match(name)) is not None:
            self._picture(match[1])
        else:
            self._send(404, b"", "text/plain")

    def _wait(self, after: str) -> None:
        """Hold the answer until something changed, for a second at the most where threads only have news."""
        spool = self.server.desk.spool
        if after.isdecimal():
            with spool.changed:
                if spool.state.n == int(after):
                    spool.changed.wait(1.0)

    def _picture(self, scan: str) -> None:
        path = self.server.desk.spool.looks / (scan + PICTURE)
        if path.exists():
            self._send(200, path.read_bytes(), "image/jpeg")
        else:
            self._send(404, b"", "text/plain")

    def _refuse(self, fault: str) -> None:
        self._send(403, f"{_REFUSED} ({fault})".encode(), "text/plain")

    def _json(self, status: int, document: dict[str, Any]) -> None:
        self._send(status, json.dumps(document, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        text = kind.startswith("text/")
        headers = {**_HEADERS, "Content-Type": f"{kind}; charset=utf-8" if text else kind, **(more or {})}
        for name, value in {**headers, "Cache-Control": "no-store", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
