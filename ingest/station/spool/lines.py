"""The journal's lines: a checksum, a blank, an event as JSON; a torn line is told from a whole one."""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.station.errors import StationError

Event = dict[str, Any]


def pack_line(event: Event) -> bytes:
    """Return the event as one line."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


class JournalDamaged(StationError):
    """Something that was written is no more, or is not what was written; which is not to be guessed."""

    def __init__(self, path: Path, line: int) -> None:
        """Name the line, counted from 1."""
        scans = path.parent / "scans"
        super().__init__(
            f"日誌 {path} 的第 {line} 行受損或遺失,其後無法確知;所有副本都未更動,仍在 {scans}。"
            "請勿刪除此資料夾。請以另一個 --spool 資料夾繼續工作,並把其中尚未送達的影像複製到掃描夾重新收取,"
            "再請管理者查看此資料夾。",
            f"Line {line} of {path} is damaged or gone, and what follows cannot be relied on. No copy was "
            f"touched: all are in {scans}. Delete nothing; go on with another --spool folder, copy the scans "
            "that have not arrived into the hot folder, and show this folder to the administrator.",
        )


def read_events(path: Path) -> Iterator[tuple[int, Event]]:
    """Yield each event with its line, counted from 1, in order and none of them twice: each has a number `n`.

    What a power cut tore or filled with zeros is passed over: it was never answered for. A line with the
    number of the one before stands in its place, for the writing of that one was told to have failed.
    Raises:
        JournalDamaged: a number is missing.
    """
    held: tuple[int, Event] | None = None
    last, spoilt = 0, 0
    for place, line in enumerate(path.read_bytes().split(b"\n") if path.exists() else (), 1):
        event = _unpacked(line)
        if event is None:
            spoilt = spoilt or (place if line else 0)
        elif event["n"] > last + 1:
            raise JournalDamaged(path, spoilt or place)
        elif event["n"] >= last:
            if held is not None and event["n"] > last:
                yield held
            held, last, spoilt = (place, event), event["n"], 0
    if held is not None:
        yield held


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
