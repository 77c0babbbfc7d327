"""Send closed volumes, one after another, from wherever a power cut or a lost line left them."""

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal

from ingest.station.api import Json, StationApi
from ingest.station.errors import Answered, NotHuji, ServerAway, StationError, listed
from ingest.station.sending.window import ALWAYS, Window
from ingest.station.spool.records import Sitting
from ingest.station.spool.spool import Spool
from ingest.station.spool.tidy import tidy_sitting
from ingest.station.upload_file import Unreadable, upload_file

_IDLE = 0.5
_FIRST, _LONGEST = 5.0, 300.0
Line = Literal["idle", "sending", "away", "closed", "refused"]


class WindowClosed(Exception):
    """The hours are over: go on when they come again."""


class _Reopened(Exception):
    """The sitting is not the one that went out: its answers count for nothing."""


class Sender:
    """Declares, uploads, journals each acknowledgement; asks a server that is away ever more seldom."""

    def __init__(
        self,
        spool: Spool,
        api: StationApi,
        *,
        window: Window = ALWAYS,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        tidy: bool = True,
        first_wait: float = _FIRST,
    ) -> None:
        """Send what the spool holds; with `tidy`, the copies of acknowledged volumes are removed."""
        self._spool, self._api, self._window, self._now, self._tidy = spool, api, window, now, tidy
        self._first = first_wait
        self._over = threading.Event()
        self.line: Line = "idle"
        self.sent = 0
        self.trouble: tuple[str, str] | None = None
        self.troubles: dict[str, tuple[str, str]] = {}

    def run(self) -> None:
        """Send until stopped."""
        ceiling = self._first
        while not self._over.is_set():
            try:
                self.send_all()
                self.trouble = None
                wait, ceiling = _IDLE, self._first
            except (ServerAway, OSError) as error:
                self.trouble = _told(error)
                self._tell("away")
                wait = ceiling * (0.5 + random.SystemRandom().random() / 2)
                ceiling = min(_LONGEST, ceiling * 2)
            except WindowClosed:
                self._tell("closed")
                wait = _IDLE
            self._over.wait(wait)

    def stop(self) -> None:
        """End after the part at hand."""
        self._over.set()

    def send_all(self) -> None:
        """Send every closed sitting, oldest first; raises ServerAway, WindowClosed."""
        for sitting in self._due():
            self._keep_hours()
            try:
                self._send(sitting)
            except Answered as answer:
                self.troubles[sitting.id] = (str(answer).rpartition("\n")[0] or answer.zh, answer.en)
            except ServerAway:
                raise
            except _Reopened:
                continue
            except StationError as error:
                self.troubles[sitting.id] = (error.zh, error.en)
        self._tell("refused" if self.troubles else "idle")

    def retry(self, sitting: str) -> None:
        """Try a refused sitting again at the next turn."""
        self.troubles.pop(sitting, None)

    def _due(self) -> list[Sitting]:
        with self._spool.held() as state:
            closed = [sitting for sitting in state.sittings.values() if sitting.state == "closed"]
        self.troubles = {
            name: why for name, why in self.troubles.items() if name in {one.id for one in closed}
        }
        return [sitting for sitting in closed if sitting.id not in self.troubles]

    def _send(self, sitting: Sitting) -> None:
        self._tell("sending")
        key = sitting.key
        batch = self._declare(sitting, key)
        if sitting.batch != batch["id"]:
            self._note(sitting, key, "declared", batch=batch["id"])
        gone = []
        for file in batch["files"]:
            self._keep_hours()
            if file["ordinal"] in sitting.acknowledged or file["ordinal"] in sitting.refused:
                continue
            try:
                self._send_file(sitting, key, batch["id"], file)
            except Unreadable:
                gone.append(file["ordinal"])
        if gone:
            raise self._copies_gone(sitting, gone)
        self._end(sitting, key, batch["id"])

    def _declare(self, sitting: Sitting, key: str) -> Json:
        """Declare the batch; from before the call until an answer the sitting cannot be reopened."""
        if sitting.batch is None and not sitting.declaring:
            self._note(sitting, key, "declaring")
        try:
            return self._api.declare(sitting.manifest, key)
        except Answered as answer:
            if answer.declines and sitting.batch is None:
                self._note(sitting, key, "declined")
            raise

    def _note(self, sitting: Sitting, key: str, event: str, **members: object) -> None:
        """Journal what became of the manifest with this key, and of no other."""
        with self._spool.held():
            if sitting.state != "closed" or sitting.key != key:
                raise _Reopened
            self._spool.append(event, sitting=sitting.id, **members)

    def _send_file(self, sitting: Sitting, key: str, batch: str, file: Json) -> None:
        ordinal, state = file["ordinal"], file["state"]
        path = self._spool.path_of(sitting.scans[ordinal - 1])
        if state == "expected":
            state = upload_file(self._api, batch, ordinal, path, self._count, self._keep_hours)
        if state == "stored":
            self._note(sitting, key, "acknowledged", ordinal=ordinal)

    def _copies_gone(self, sitting: Sitting, ordinals: list[int]) -> StationError:
        """Say which copies cannot be sent; all the others were."""
        names = listed(
            [
                f"{sitting.manifest['files'][ordinal - 1]['name']} "
                f"({self._spool.path_of(sitting.scans[ordinal - 1]).name})"
                for ordinal in ordinals
            ]
        )
        scans = self._spool.scans
        return StationError(
            f"{names} 的副本遺失或無法讀取,其餘已送出。掃描夾仍有原檔時,請複製到 {scans},檔名改為括號內者,"
            "再按「再送一次」;否則請另開此冊重掃這些頁。",
            f"The copies of {names} are gone or cannot be read; all others were sent. If the hot folder has "
            f"the originals, copy them to {scans} under the names in brackets and try again; otherwise open "
            "the volume once more and scan those pages again.",
        )

    def _end(self, sitting: Sitting, key: str, batch: str) -> None:
        """Journal what the centre refused, and the end once it has answered for every file."""
        found = self._api.batch(batch)
        for file in found["files"]:
            if file["state"] == "refused" and file["ordinal"] not in sitting.refused:
                reason = file["refusal"] or {"zh": "", "en": ""}
                words = f"{reason['zh']} {reason['en']}"
                self._note(sitting, key, "refused", ordinal=file["ordinal"], reason=words)
        if len(sitting.acknowledged) + len(sitting.refused) == len(sitting.scans):
            self._note(sitting, key, "sent")
            if self._tidy and not sitting.refused:
                # What cannot be removed now, the command `tidy` does; the line has nothing to do with it.
                with suppress(OSError):
                    tidy_sitting(self._spool, sitting)

    def _keep_hours(self) -> None:
        if self._over.is_set() or not self._window.is_open(self._now()):
            raise WindowClosed

    def _count(self, sent: int) -> None:
        self.sent += sent

    def _tell(self, line: Line) -> None:
        if line != self.line:
            self.line = line
            with self._spool.changed:
                self._spool.changed.notify_all()


def _told(error: ServerAway | OSError) -> tuple[str, str] | None:
    """Return what somebody at the desk can do about it; a line that is merely away comes back by itself."""
    if isinstance(error, NotHuji):
        return error.zh, error.en
    if isinstance(error, OSError):
        return f"無法寫入暫存夾:{error.strerror}", f"The spool cannot be written to: {error.strerror}"
    return None
