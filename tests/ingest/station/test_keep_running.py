"""An error nobody foresaw stops no thread for good, and leaves a trace."""

import threading
from pathlib import Path

from ingest.station.keep_running import LOG, keep_running


def test_a_thread_that_fails_is_noted_and_run_again(tmp_path: Path) -> None:
    over, again = threading.Event(), threading.Event()
    runs: list[int] = []

    def fail_once() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise KeyError("nobody foresaw this")
        again.set()

    stopped: list[bool] = []
    with keep_running([fail_once], [lambda: stopped.append(True)], over, tmp_path):
        assert again.wait(10)
    assert (len(runs), stopped, over.is_set()) == (2, [True], True)
    assert "nobody foresaw this" in (tmp_path / LOG).read_text("utf-8")
