"""How long a crew waits for the verdict on a page of full size."""

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from bench.pages import PageSpec, draw_page
from ingest.station.hot_folder.watch import Watch
from ingest.station.judging.judge import Judge
from ingest.station.sitting.decide_scan import keep_scan
from ingest.station.sitting.open_volume import open_volume
from ingest.station.spool.spool import Spool

_LONGEST = 30.0
_KINDS = (("TIFF", ".tif"), ("JPEG", ".jpg"), ("PNG", ".png"))


def time_verdict(folder: Path, pages: int, told: Callable[[int], None] | None = None) -> list[float]:
    """Return the seconds from a file's last byte to its verdict: 3508×2480, TIFF, JPEG and PNG by turns."""
    spool, hot = Spool(folder / "spool"), folder / "hot"
    spool.make_folders()
    hot.mkdir()
    open_volume(spool, "計時")
    judge = Judge(spool.looks)
    watch = Watch(spool, hot, judge)
    thread = threading.Thread(target=watch.run)
    thread.start()
    judge.warm()
    try:
        times = []
        for page in range(pages):
            times.append(_time(spool, hot, page))
            if told is not None:
                told(page + 1)
        return times
    finally:
        watch.stop()
        thread.join()
        judge.close()


def _time(spool: Spool, hot: Path, number: int) -> float:
    kind, suffix = _KINDS[number % len(_KINDS)]
    drawn, _ = draw_page(PageSpec(file=f"{number}{suffix}", persons=5), np.random.default_rng(9000 + number))
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(drawn, dtype=np.uint8)).save(buffer, kind, dpi=(300, 300))
    (hot / f"{number}{suffix}").write_bytes(buffer.getvalue())
    began = time.perf_counter()
    while time.perf_counter() - began < _LONGEST:
        with spool.held() as state:
            sitting = state.sitting()
            ready = [scan for scan in state.pending(sitting) if scan.verdict] if sitting else []
        if ready:
            seconds = time.perf_counter() - began
            keep_scan(spool, ready[0].id)
            return seconds
        time.sleep(0.005)
    raise RuntimeError(f"no verdict within {_LONGEST:.0f} s")
