"""The journal's lines: a checksum, a blank, an event as JSON; a torn line is told from a whole one."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Event = dict[str, Any]


def pack_line(event: Event) -> bytes:
    """Return the event as one line."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def read_events(path: Path) -> Iterator[Event]:
    """Yield the events of whole lines in order, none of them twice: each carries its number `n`.

    What a power cut tore or filled with zeros is passed over.
    """
    last = 0
    for line in path.read_bytes().split(b"\n") if path.exists() else ():
        event = _unpacked(line)
        if event is not None and event["n"] > last:
            last = event["n"]
            yield event


def append_event(path: Path, event: Event) -> None:
    """Append a line and return only once it is on the disk."""
    with path.open("ab") as file:
        # A line torn by a power cut has no end: begin on a new one, so that only the torn one is lost.
        file.write((b"" if _ends_whole(path) else b"\n") + pack_line(event))
        file.flush()
        os.fsync(file.fileno())


def _unpacked(line: bytes) -> Event | None:
    checksum, _, body = line.partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(body):
            return None
        event: Any = json.loads(body)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("n"), int) else None


def _ends_whole(path: Path) -> bool:
    size = path.stat().st_size
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"
