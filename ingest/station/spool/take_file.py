"""Take a file into the spool: copied, on the disk, named, then journalled; the original stays."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.station.spool.records import Scan
from ingest.station.spool.spool import Spool

_CHUNK = 1 << 20


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
    before, digest = source.stat(), hashlib.sha256()
    part = spool.scans / f"part-{source.name}"
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
        file = f"{scan}-{copied.sha256[:12]}{Path(name).suffix.lower()}"
        copied.path.replace(spool.scans / file)
        sync_folder(spool.scans)
        spool.append(
            "taken",
            scan=scan,
            sitting=sitting,
            name=name,
            size=copied.size,
            mtime_ns=copied.mtime_ns,
            sha256=copied.sha256,
            file=file,
        )
        return spool.state.scans[scan]


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk where the system can; Windows does so by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
