"""Give disk space back: only what the centre has acknowledged, file by file."""

from contextlib import suppress
from pathlib import Path

from ingest.station.looks import PICTURE
from ingest.station.spool.records import Sitting
from ingest.station.spool.spool import Spool


def tidy_sitting(spool: Spool, sitting: Sitting) -> None:
    """Remove the copies of a sitting whose every file is acknowledged, or that was left; their pictures too.

    Of its other scans those go that the crew set aside, and no other. The fingerprints, 5 kB a page, stay: a
    later sitting of the volume is compared with them.
    """
    if sitting.state not in {"sent", "left"} or sitting.refused or sitting.tidied:
        return
    if sitting.state == "left" and spool.state.pending(sitting):
        return  # the next volume takes them
    for scan in {*(sitting.scans[ordinal - 1] for ordinal in sitting.acknowledged), *sitting.set_aside()}:
        for path in (spool.path_of(scan), spool.looks / (scan + PICTURE)):
            path.unlink(missing_ok=True)
    spool.append("tidied", sitting=sitting.id)


def remove_originals(spool: Spool, folder: Path) -> list[str]:
    """Remove from the hot folder what is acknowledged and unchanged; returns the names removed."""
    with spool.held() as state:
        done = [
            state.scans[sitting.scans[ordinal - 1]]
            for sitting in state.sittings.values()
            for ordinal in sitting.acknowledged
        ]
    removed = []
    for scan in done:
        path = folder / scan.original
        with suppress(FileNotFoundError):
            found = path.stat()
            if (found.st_size, found.st_mtime_ns) == (scan.size, scan.mtime_ns):
                path.unlink()
                removed.append(scan.name)
    return removed
