"""The station's own program as a process, to be killed."""

import re
import subprocess
import sys
from pathlib import Path

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?key=(\S+)")


class StationProcess:
    """`huji-station run` on a spool and a hot folder; started again after every kill."""

    def __init__(self, spool: Path, hot: Path, server: str, key_file: Path, *more: str) -> None:
        """Keep how to start it; `more` are further options."""
        self._command = [sys.executable, "-m", "ingest.station.cli", "run", "--no-browser", "--port", "0"]
        self._command += ["--spool", str(spool), "--hot", str(hot), "--server", server]
        self._command += ["--key-file", str(key_file), *more]
        self._process: subprocess.Popen[str] | None = None
        self.page = ""
        self.cookie = ""

    def start(self) -> None:
        """Start it, and return once its page can be asked."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        match = _ADDRESS.search(self._process.stdout.readline())
        if match is None:
            raise RuntimeError(f"the station did not start: exit status {self._process.wait()}")
        self.page = f"http://127.0.0.1:{match[1]}"
        self.cookie = f"huji_station_{match[1]}={match[2]}"

    def kill(self) -> None:
        """End it as a power cut does: kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
