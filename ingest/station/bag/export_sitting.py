"""Export one closed volume of a spool."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ingest.station.bag.write_bag import Payload, write_bag
from ingest.station.errors import StationError
from ingest.station.spool.records import Sitting, State
from ingest.station.spool.spool import Spool


def export_sitting(
    spool: Spool, sitting: Sitting, folder: Path, *, station: str, on: date, copied: Callable[[int], None]
) -> Path:
    """Return the bag of a closed sitting; to the centre, bag and upload of one volume are one batch.

    Raises:
        StationError: not closed, tidied away since, or a copy that is not what was scanned.
    """
    if sitting.state == "open" or not sitting.manifest:
        raise StationError(f"{sitting.id} 尚未結束。", f"{sitting.id} is not closed yet.")
    if sitting.tidied:
        raise StationError(
            f"{sitting.id} 已送達中心,暫存已清除。", f"{sitting.id} has arrived, and its copies were removed."
        )
    payload = [
        Payload(spool.path_of(scan), file["name"], file["sha256"], file["size"])
        for scan, file in zip(sitting.scans, sitting.manifest["files"], strict=True)
    ]
    manifest = {**sitting.manifest, "station": station, "idempotency_key": sitting.key}
    name = f"huji-{sitting.key.removeprefix('folder-')[:16]}"
    return write_bag(folder, name, payload, manifest, station=station, on=on, copied=copied)


def find_sitting(state: State, name: str) -> Sitting:
    """Return the sitting of this id, or the last one of this volume; raises StationError."""
    if name in state.sittings:
        return state.sittings[name]
    found = [sitting for sitting in state.sittings.values() if sitting.volume == name and sitting.manifest]
    if not found:
        raise StationError(
            f"暫存中沒有批次 {name};以 status 列出。",
            f"No batch {name} in this spool: list them with `status`.",
        )
    return found[-1]
