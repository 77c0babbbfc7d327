"""Take a file into the spool: copied, on the disk, named, then journalled; the original stays."""

import hashlib
import itertools
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.station.scan_directory import SUFFIXES
from ingest.station.spool.records import Scan
from ingest.station.spool.spool import Spool

_CHUNK = 1 << 20
_PARTS = itertools.count(1)


class FileChanged(Exception):
    """The file is still being written: look again later."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that is on the disk under a name of its own, not yet journalled."""

    path: Path
    size: int
    mtime_ns: int
    sha256: str


def copy_in(spool: Spool, source: Path) -> Copied:
    """Copy a file into the spool and sync it; raises FileChanged if it changed meanwhile, OSError."""
    # Not by the original's name, which may be as long as the disk allows.
    part = spool.scans / f"part-{next(_PARTS)}{_suffix(source.name)}"
    try:
        return _copied(source, part)
    except BaseException:
        discard(part)
        raise


def discard(part: Path) -> None:
    """Remove a copy that was not taken, where it still is; what stays goes at the next start."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _copied(source: Path, part: Path) -> Copied:
    before, digest = source.stat(), hashlib.sha256()
    with source.open("rb") as read, part.open("wb") as write:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            write.write(chunk)
        write.flush()
        os.fsync(write.fileno())
    after = source.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged(source.name)
    return Copied(part, before.st_size, before.st_mtime_ns, digest.hexdigest())


def take_file(spool: Spool, copied: Copied, name: str, sitting: str) -> Scan:
    """Give the copy its name for good and journal it; a power cut before the journal's line undoes it all."""
    with spool.held() as state:
        scan = f"s{len(state.scans) + 1:06d}"
        file = f"{scan}-{copied.sha256[:12]}{_suffix(name)}"
        shown = shown_name(name)
        copied.path.replace(spool.scans / file)
        sync_folder(spool.scans)
        spool.append(
            "taken",
            scan=scan,
            sitting=sitting,
            name=shown,
            size=copied.size,
            mtime_ns=copied.mtime_ns,
            sha256=copied.sha256,
            file=file,
            **({} if shown == name else {"mark": json.dumps(name)}),
        )
        return spool.state.scans[scan]


def shown_name(name: str) -> str:
    """Return a file's name with \ufffd for each byte that is no character, as in a name written in Big5."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ""


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk where the system can; Windows does so by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
