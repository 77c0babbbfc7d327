"""A crew that scans volumes whatever happens to the station's program: presses again what got no answer."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx

from bench.station.station_process import StationProcess

Json = dict[str, Any]


class Crew:
    """Drops files as a scanner does, keeps each page, closes each volume; knows nothing but the page."""

    def __init__(self, station: StationProcess, hot: Path, volumes: dict[str, list[bytes]]) -> None:
        """Scan the pages of each volume, in order."""
        self._station, self._hot, self._volumes = station, hot, volumes
        self._over = threading.Event()
        self.done = threading.Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        """Work until every volume is closed, or stopped."""
        try:
            for volume, pages in self._volumes.items():
                self._scan(volume, pages)
        except Exception as error:
            self.failure = error
        self.done.set()

    def stop(self) -> None:
        """End soon."""
        self._over.set()

    def _scan(self, volume: str, pages: list[bytes]) -> None:
        self._until(lambda desk: bool(desk["sitting"]), {"do": "open", "volume": volume})
        for number, data in enumerate(pages, 1):
            self._drop(f"{volume}-{number:03d}.png", data)
        while not self._over.is_set():
            desk = self._state()
            if desk is None:
                continue
            sitting = desk["sitting"]
            if sitting is None:
                return
            if sitting["undecided"]:
                self._press({"do": "keep", "scan": sitting["undecided"]})
            elif sitting["pages"] == len(pages):
                self._press({"do": "close"})
            else:
                time.sleep(0.03)

    def _until(self, holds: Any, body: Json) -> None:
        while not self._over.is_set():
            desk = self._state()
            if desk is not None:
                if holds(desk):
                    return
                self._press(body)

    def _drop(self, name: str, data: bytes) -> None:
        """Write a file in three gulps, as scanners' programs do."""
        with (self._hot / name).open("wb") as file:
            for start in range(0, len(data), len(data) // 3 + 1):
                file.write(data[start : start + len(data) // 3 + 1])
                file.flush()
                time.sleep(0.02)

    def _state(self) -> Json | None:
        return self._call("GET", "/state")

    def _press(self, body: Json) -> None:
        self._call("POST", "/act", json=body)

    def _call(self, method: str, path: str, **more: Any) -> Json | None:
        page = self._station.page
        headers = {"Cookie": self._station.cookie, "Origin": page}
        try:
            answer = httpx.request(method, page + path, headers=headers, timeout=10, **more)
        except httpx.TransportError:
            time.sleep(0.05)
            return None
        found: Json | None = answer.json() if answer.status_code == 200 else None
        return found
