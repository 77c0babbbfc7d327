"""What lies in the spool and no event names: halves are cleared away, whole copies are kept and told of."""

import re
from pathlib import Path

from ingest.station.hash_file import hash_of
from ingest.station.spool.spool import Spool

_COPY = re.compile(r"s\d{6,}-([0-9a-f]{12})(?:\.[^.]*)?\Z")


def clear_leftovers(spool: Spool) -> None:
    """Remove halves, and move whole copies that no event names to `lost`; to be called before work begins.

    Such a copy is left by a power cut, and then its original is still in the hot folder; or the journal lost
    it, and then it may be the only one. It is removed once the very bytes were taken anew. What is not named
    as the station names its files is somebody's, and stays.
    """
    known = {scan.file for scan in spool.state.scans.values()}
    for path in (*spool.scans.glob("part-*"), *spool.looks.glob("part-*")):
        path.unlink()
    for path in spool.scans.iterdir():
        if path.name not in known and _COPY.match(path.name):
            spool.lost.mkdir(exist_ok=True)
            path.replace(_free(spool.lost, path.name))
    hashes = {scan.sha256 for scan in spool.state.scans.values()}
    for path in set(_copies(spool.lost)) - set(lost_copies(spool)):
        if hash_of(path) in hashes:
            path.unlink()


def lost_copies(spool: Spool) -> list[Path]:
    """Return the copies in `lost` whose bytes were not taken anew, by the beginning of their hash."""
    found = _copies(spool.lost)
    if not found:
        return []
    with spool.held() as state:
        taken = {scan.sha256[:12] for scan in state.scans.values()}
    return [path for path, beginning in found.items() if beginning not in taken]


def _copies(folder: Path) -> dict[Path, str]:
    """Return the copies in a folder, each with the beginning of its hash."""
    if not folder.is_dir():
        return {}
    matches = ((path, _COPY.search(path.name)) for path in folder.iterdir())
    return {path: match[1] for path, match in matches if match is not None}


def _free(folder: Path, name: str) -> Path:
    """Return a place in the folder where nothing is yet."""
    path, count = folder / name, 1
    while path.exists():
        count += 1
        path = folder / f"{count}-{name}"
    return path
