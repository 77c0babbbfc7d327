"""Line cuts: volumes sent over a line that breaks at random points, and what the centre has in the end."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.station.audit import Audit, audit
from bench.station.bad_line import BadLine, bad_line
from bench.station.centre import Centre, running_centre
from bench.station.draw_scans import draw_scan
from ingest.station.api import StationApi
from ingest.station.patience import Patience
from ingest.station.sending.sender import Sender
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan
from ingest.station.sitting.open_volume import open_volume
from ingest.station.spool.spool import Spool
from ingest.station.spool.take_file import copy_in, take_file

_PAGES = 10
_LARGE = {"width": 2600, "height": 2300, "grain": 60}
_LONGEST = 300.0


def cut_line(
    folder: Path,
    cuts: int,
    seed: int = 1,
    database: str | None = None,
    told: Callable[[int], None] | None = None,
) -> Audit:
    """Return what became of every page once the line broke `cuts` times; volumes follow until it has."""
    names = [f"斷線-{number:03d}" for number in range(1, cuts + 3)]
    spool = Spool(folder / "spool")
    spool.make_folders()
    volumes: dict[str, list[bytes]] = {}
    with running_centre(folder, names, database) as centre, bad_line(centre.port, seed) as line:
        with _sending(centre, line, spool) as sender:
            for place, name in enumerate(names):
                if line.cuts >= cuts:
                    break
                volumes[name] = list(_draw(seed * 1_000_000 + place * 1000))
                _close(spool, folder, name, volumes[name])
                _wait(spool, sender)
                if told is not None:
                    told(line.cuts)
            line.whole = True
            _wait(spool, sender)
        return audit(centre, spool, volumes, cuts=line.cuts)


def _draw(seed: int) -> Iterator[bytes]:
    """Yield the pages of a volume; one is large enough to go in several parts."""
    for page in range(_PAGES - 1):
        yield draw_scan(seed + page)
    yield draw_scan(seed + _PAGES, **_LARGE)


def _close(spool: Spool, folder: Path, volume: str, pages: list[bytes]) -> None:
    """Take the pages into the spool, keep and close them."""
    open_volume(spool, volume)
    sitting = spool.state.here
    assert sitting is not None
    for number, data in enumerate(pages, 1):
        path = folder / f"{volume}-{number:03d}.png"
        path.write_bytes(data)
        scan = take_file(spool, copy_in(spool, path), path.name, sitting)
        spool.append("judged", scan=scan.id, verdict={"level": "green", "lamps": [], "frames": 1})
        keep_scan(spool, scan.id)
        path.unlink()
    close_volume(spool)


def _wait(spool: Spool, sender: "_Sending") -> None:
    end = time.monotonic() + _LONGEST
    while any(sitting.state != "sent" for sitting in list(spool.state.sittings.values())):
        if time.monotonic() > end:
            raise RuntimeError(f"not sent within {_LONGEST:.0f} s; troubles: {sender.sender.troubles}")
        time.sleep(0.02)


class _Sending:
    """The station's sender in a thread, behind the bad line."""

    def __init__(self, api: StationApi, spool: Spool) -> None:
        self._api = api
        self.sender = Sender(spool, api, tidy=False, first_wait=0.02)
        self._thread = threading.Thread(target=self.sender.run)

    def __enter__(self) -> "_Sending":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.sender.stop()
        self._thread.join()
        self._api.__exit__()


def _sending(centre: Centre, line: BadLine, spool: Spool) -> _Sending:
    patience = Patience(total=20, first=0.002, longest=0.02)
    return _Sending(StationApi(f"http://127.0.0.1:{line.port}", centre.key, patience=patience), spool)
