"""The server's address, checked as it is read."""

from typing import Any
from urllib.parse import urlsplit

import click
import httpx


class ServerType(click.ParamType[str]):
    """An address as https://huji.example."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address without a slash at its end."""
        text = str(value).strip()
        if not _is_server(text):
            self.fail(
                f"{text!r}: 應為 https://huji.example 的形式; it should look like https://huji.example",
                param,
                ctx,
            )
        return text.rstrip("/")


def _is_server(text: str) -> bool:
    """Return whether this names a scheme and a host, perhaps a port, and nothing else."""
    try:
        parts = urlsplit(text)
        known = httpx.URL(text)
        port = parts.port
    except (ValueError, httpx.InvalidURL):
        return False
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    plain = not more and not any(character.isspace() for character in text)
    return parts.scheme in {"http", "https"} and bool(known.host) and port != 0 and plain
