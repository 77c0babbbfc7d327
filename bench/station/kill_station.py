"""Power cuts: the station killed at random points, and what the centre has in the end."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.station.audit import Audit, audit
from bench.station.centre import running_centre
from bench.station.crew import Crew
from bench.station.draw_scans import draw_scan
from bench.station.station_process import StationProcess
from ingest.station.spool.spool import Spool

_PAGES = 6
_OPTIONS = ("--rate", "6Mbit", "--patience", "5", "--keep-copies")
_LONGEST_END = 180.0


def kill_station(
    folder: Path,
    kills: int,
    seed: int = 1,
    database: str | None = None,
    told: Callable[[int], None] | None = None,
) -> Audit:
    """Return what became of every page after `kills` kills, each within 2 s of a start.

    Volumes enough are scanned that there is work at every kill.
    """
    chance = random.Random(seed)
    names = [f"斷電-{number:03d}" for number in range(1, max(2, kills // 4) + 1)]
    volumes = {
        name: [draw_scan(1000 * place + page) for page in range(_PAGES)] for place, name in enumerate(names)
    }
    hot, spool = folder / "hot", folder / "spool"
    hot.mkdir()
    with running_centre(folder, names, database) as centre:
        key_file = folder / "key"
        key_file.write_text(centre.key)
        station = StationProcess(spool, hot, centre.address, key_file, *_OPTIONS)
        station.start()
        crew = Crew(station, hot, volumes)
        thread = threading.Thread(target=crew.run, daemon=True)
        thread.start()
        try:
            for killed in range(1, kills + 1):
                time.sleep(chance.uniform(0.0, 2.0))
                station.kill()
                station.start()
                if told is not None:
                    told(killed)
            _finish(spool, crew, len(names))
        finally:
            crew.stop()
            station.kill()
        return audit(centre, Spool(spool), volumes, cuts=kills)


def _finish(spool: Path, crew: Crew, volumes: int) -> None:
    """Wait until all is scanned and sent, undisturbed."""
    end = time.monotonic() + _LONGEST_END + 20 * volumes
    while time.monotonic() < end:
        sittings = Spool(spool).state.sittings.values()
        if crew.done.is_set() and all(sitting.state == "sent" for sitting in sittings):
            break
        time.sleep(0.3)
    if crew.failure is not None:
        raise crew.failure
