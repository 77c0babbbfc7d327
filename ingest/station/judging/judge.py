"""The judge as the station sees it: a process that a broken file may kill or stall without harm."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.station.judging.verdict import refused

Json = dict[str, Any]
_START = 60.0


class Judge:
    """Starts its process when first asked, and again if it dies or takes longer than `patience` seconds."""

    def __init__(self, looks: Path | None, patience: float = 30.0) -> None:
        """Keep pictures in `looks`, if given."""
        self._looks, self._patience = looks, patience
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._one = threading.Lock()

    def warm(self) -> None:
        """Start the process, so that the first page does not wait for it."""
        with self._one:
            self._running()

    def judge(
        self,
        path: Path,
        name: str,
        scan: str,
        earlier: Sequence[Json] = (),
        *,
        spread: bool = False,
        limits: Mapping[str, float] | None = None,
    ) -> Json:
        """Return the verdict on a file; `spread` says that each frame shows two pages, `limits` are those of
        the volume's series."""
        request = {
            "path": str(path),
            "name": name,
            "scan": scan,
            "looks": str(self._looks) if self._looks else None,
            "earlier": list(earlier),
            "spread": spread,
            "limits": dict(limits or {}),
        }
        with self._one:
            try:
                return self._ask(json.dumps(request))
            except (OSError, queue.Empty, ValueError):
                self.close()
                return refused(
                    "此檔使解碼程式中斷或逾時;原檔保留,請重掃。",
                    "This file broke or stalled the decoder; it is kept: scan the page again.",
                )

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(self, request: str) -> Json:
        process = self._running()
        assert process.stdin is not None
        process.stdin.write(request + "\n")
        process.stdin.flush()
        verdict: Json = json.loads(self._answers.get(timeout=self._patience))
        return verdict

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.station.judging.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
            self._answers.get(timeout=_START)
        return self._process


def _listen(process: subprocess.Popen[str], answers: "queue.Queue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put("")
