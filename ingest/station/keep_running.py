"""Threads that outlive an error nobody foresaw."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = "station.log"
_AGAIN, _LONGEST = 1.0, 10.0


@contextmanager
def keep_running(
    runs: Sequence[Callable[[], None]],
    stops: Sequence[Callable[[], None]],
    over: threading.Event,
    folder: Path,
) -> Iterator[None]:
    """Run each in a thread until the block ends; one that fails is noted in the log and run again."""
    handler = RotatingFileHandler(
        folder / LOG, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("huji.station")
    log.addHandler(handler)
    threads = [threading.Thread(target=_again, args=(run, over, log), daemon=True) for run in runs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for stop in stops:
            stop()
        for thread in threads:
            thread.join(5)
        log.removeHandler(handler)
        handler.close()


def _again(run: Callable[[], None], over: threading.Event, log: logging.Logger) -> None:
    wait = _AGAIN
    while not over.is_set():
        began = time.monotonic()
        try:
            run()
        except Exception:
            # Whatever it was, the book is open on the desk: say so in the log, and go on.
            log.exception("unforeseen")
            wait = _AGAIN if time.monotonic() - began > _LONGEST else min(_LONGEST, wait * 2)
            over.wait(wait)
        else:
            return
