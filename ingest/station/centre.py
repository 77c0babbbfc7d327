"""What the centre told last: rescan orders and volumes' counts, kept for when the line is down."""

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.station.api import StationApi
from ingest.station.errors import Answered, StationError

NAME = "centre.json"
_EVERY = 60.0
_NAMED = {"request_id", "volume", "designation"}


class Centre:
    """One thread asks now and then; everybody else reads what it last heard, even after a restart offline."""

    def __init__(self, folder: Path, api: StationApi | None) -> None:
        """Read what was kept; without an api nothing new is asked."""
        self._path, self._api = folder / NAME, api
        self._over, self._now = threading.Event(), threading.Event()
        self._asked_volume: str | None = None
        self.orders: list[dict[str, Any]] = []
        self.volumes: dict[str, dict[str, Any]] = {}
        self._read()

    def run(self) -> None:
        """Ask until stopped."""
        while not self._over.is_set():
            self.ask()
            self._now.wait(_EVERY)
            self._now.clear()

    def stop(self) -> None:
        """End."""
        self._over.set()
        self._now.set()

    def about(self, volume: str) -> dict[str, Any]:
        """Return what is known of a volume; what is not is asked for at once."""
        if self._asked_volume != volume:
            self._asked_volume = volume
            self._now.set()
        return self.volumes.get(volume, {})

    def limits(self, volume: str) -> dict[str, float]:
        """Return the limits that a volume's series sets for scans, as last heard; none if never heard."""
        told: dict[str, float] = self.about(volume).get("quality", {})
        return told

    def ask(self) -> None:
        """Ask for the orders and for the volume on the desk; what does not answer stays as it was."""
        if self._api is None:
            return
        with suppress(StationError):
            self.orders = [order for order in _orders(self._api.orders()) if not order.get("on_its_way")]
        if self._asked_volume:
            self._ask_volume(self._api, self._asked_volume)
        with suppress(OSError):  # a full disk is told elsewhere; this only helps after a restart
            self._keep()

    def _ask_volume(self, api: StationApi, volume: str) -> None:
        try:
            self.volumes[volume] = api.volume(volume)
        except Answered as answer:
            # Told while the crew can still put it right, and not when all is scanned.
            if answer.status == 404:
                self.volumes[volume] = {"unknown": True}
        except StationError:
            return

    def _read(self) -> None:
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            volumes = {name: told for name, told in kept["volumes"].items() if isinstance(told, dict)}
            self.orders, self.volumes = _orders(kept["orders"]), volumes
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return

    def _keep(self) -> None:
        part = self._path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            json.dump({"orders": self.orders, "volumes": self.volumes}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)


def _orders(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return those that name what is to be scanned."""
    return [order for order in found if isinstance(order, dict) and order.keys() >= _NAMED]
