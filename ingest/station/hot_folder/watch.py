"""Take what the scanner drops, judge it, and say so: all within three seconds."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from ingest.station.errors import listed
from ingest.station.hot_folder.earlier_pages import Called, earlier_pages, find_twin
from ingest.station.hot_folder.find_steady import FindSteady, Mark
from ingest.station.judging.judge import Judge
from ingest.station.judging.verdict import make_verdict
from ingest.station.spool.disk_room import disk_room
from ingest.station.spool.leftovers import lost_copies
from ingest.station.spool.records import Scan, Sitting, State
from ingest.station.spool.spool import Spool
from ingest.station.spool.take_file import Copied, FileChanged, copy_in, discard, shown_name, take_file

_PAUSE = 0.1
_UNFINISHED = 8.0
"""Seconds a file that does not decode may stand still before it is taken as it is."""
_AGAIN = 5.0
_LOG = logging.getLogger("huji.station")
_USUAL_PAGE = 30_000_000
Limits = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Failed:
    """A file that could not be taken: its name and why, and until when it is left alone."""

    name: str
    why: str
    until: float


class Asked(TypedDict):
    """What the judge is asked to go by."""

    spread: bool
    limits: Limits


def _no_limits(_: str) -> Limits:
    """Set none beyond the usual ones."""
    return {}


class Watch:
    """One thread: hot folder → copy → verdict → journal. The original is read and never touched."""

    def __init__(
        self, spool: Spool, folder: Path, judge: Judge, limits: Callable[[str], Limits] = _no_limits
    ) -> None:
        """Watch a folder for a spool; `limits` tells what a volume's series sets for its scans."""
        self._spool, self._folder, self._judge, self._limits = spool, folder, judge, limits
        self._steady, self._over = FindSteady(), threading.Event()
        self._unfinished: dict[Mark, float] = {}
        self._failed: dict[Mark, _Failed] = {}
        self.waiting = 0
        self.trouble: tuple[str, str] | None = None

    def run(self) -> None:
        """Look again and again until stopped; a folder that is away for a while is told and waited for."""
        self._judge.warm()
        while not self._over.is_set():
            try:
                self.look_once()
                self.trouble = self._untaken() or self.lost()
            except OSError as error:
                self.trouble = (f"無法讀寫:{error.strerror}", f"Cannot read or write: {error.strerror}")
            self._over.wait(_PAUSE)

    def stop(self) -> None:
        """End after the file at hand."""
        self._over.set()

    def look_once(self) -> None:
        """Judge what a power cut left unjudged, then take every file that is ready."""
        with self._spool.held() as state:
            sitting = state.sitting()
            handed_on = len(state.handed_on())
            left = [scan for scan in state.scans.values() if scan.verdict is None]
            known = {(scan.original, scan.size, scan.mtime_ns) for scan in state.scans.values()}
        for scan in left:
            self._judge_taken(scan)
        ready = self._steady.look(self._folder, known.__contains__)
        self.waiting = len(ready) + handed_on if sitting is None else 0
        self._failed = {mark: self._failed[mark] for _, mark in ready if mark in self._failed}
        for path, mark in ready if sitting is not None else ():
            assert sitting is not None
            if self._room() and not self._over.is_set():
                self._try(path, mark, sitting)

    def _try(self, path: Path, mark: Mark, sitting: Sitting) -> None:
        """Take a file, or keep why not: one that cannot be taken holds up none behind it."""
        failed = self._failed.get(mark)
        if failed is not None and time.monotonic() < failed.until:
            return
        try:
            self._take(path, mark, sitting)
        except (FileChanged, FileNotFoundError):
            return  # still being written, or gone again: the next look will tell
        except PermissionError as error:
            if not self._may_grow(mark):  # no longer in the scanner's hands
                self._fail(mark, error)
        except Exception as error:
            _LOG.exception("not taken: %r", mark[0])
            self._fail(mark, error)
        else:
            self._failed.pop(mark, None)

    def _fail(self, mark: Mark, error: Exception) -> None:
        why = (isinstance(error, OSError) and error.strerror) or type(error).__name__
        self._failed[mark] = _Failed(shown_name(mark[0]), why, time.monotonic() + _AGAIN)

    def _untaken(self) -> tuple[str, str] | None:
        """Tell of the files that could not be taken; the originals stay, and are tried again."""
        if not self._failed:
            return None
        failed = list(self._failed.values())
        names = listed([f"{one.name} ({one.why})" for one in failed], 3)
        return (
            f"無法收取 {names};原檔未動,其餘照常收取。請確認檔案可讀、磁碟可寫,或改以簡短的英數檔名另存。",
            f"Cannot take {names}. The originals are untouched, and all others are taken. See that they can "
            "be read and the disk written to, or save them under a short plain name.",
        )

    def lost(self) -> tuple[str, str] | None:
        """Tell of copies that the journal does not name, until they were taken anew or put elsewhere."""
        if not (lost := lost_copies(self._spool)):
            return None
        count, where = len(lost), self._spool.lost
        return (
            f"有 {count} 個影像副本在日誌中沒有紀錄(斷電或日誌受損),已移至 {where},未刪除;"
            "請把還需要的複製到掃描夾重新收取,其餘移往他處。",
            f"{count} copies are in no line of the journal (power cut, or damaged); they are kept "
            f"in {where}. Copy those you need into the hot folder, and put the others elsewhere.",
        )

    def _room(self) -> bool:
        with self._spool.held() as state:
            sizes = [scan.size for scan in state.scans.values()][-20:]
        return disk_room(self._spool.folder, max(sizes, default=_USUAL_PAGE)).level != "red"

    def _take(self, path: Path, mark: Mark, sitting: Sitting) -> None:
        copied = copy_in(self._spool, path)
        try:
            self._take_copy(copied, path.name, mark, sitting)
        finally:
            discard(copied.path)

    def _take_copy(self, copied: Copied, name: str, mark: Mark, sitting: Sitting) -> None:
        verdict = self._judge_copy(copied, shown_name(name))
        if verdict.pop("incomplete", False) and self._may_grow(mark):
            return
        with self._spool.held() as state:
            if state.here != sitting.id:
                return
            scan = take_file(self._spool, copied, name, sitting.id)
            self._rename_looks(copied, scan)
            self._spool.append("judged", scan=scan.id, verdict=verdict)

    def _may_grow(self, mark: Mark) -> bool:
        return time.monotonic() - self._unfinished.setdefault(mark, time.monotonic()) < _UNFINISHED

    def _judge_copy(self, copied: Copied, name: str) -> dict[str, Any]:
        with self._spool.held() as state:
            twin = find_twin(state, copied.sha256)
            earlier, asked = earlier_pages(self._spool, state), self._asked(state)
        verdict = self._judge.judge(copied.path, name, _temporary(copied), earlier, **asked)
        return _as_twin(verdict, twin) if twin else verdict

    def _judge_taken(self, scan: Scan) -> None:
        with self._spool.held() as state:
            earlier = [page for page in earlier_pages(self._spool, state) if page["scan"] != scan.id]
            asked = self._asked(state)
        verdict = self._judge.judge(self._spool.path_of(scan.id), scan.name, scan.id, earlier, **asked)
        verdict.pop("incomplete", None)
        self._spool.append("judged", scan=scan.id, verdict=verdict)

    def _asked(self, state: State) -> Asked:
        """Return what the sitting asks of its scans: two pages a frame, the limits of its series."""
        sitting = state.sitting()
        if sitting is None:
            return {"spread": False, "limits": {}}
        return {"spread": sitting.spread is not None, "limits": self._limits(sitting.volume)}

    def _rename_looks(self, copied: Copied, scan: Scan) -> None:
        began = _temporary(copied)
        for found in self._spool.looks.glob(f"{began}.*"):
            found.replace(found.with_name(scan.id + found.name.removeprefix(began)))


def _temporary(copied: Copied) -> str:
    return f"part-{copied.sha256[:24]}"


def _as_twin(verdict: dict[str, Any], twin: Called) -> dict[str, Any]:
    """Return the verdict with its doubt whether the page is new made certain."""
    zh, en = twin.zh, twin.en
    faults = [fault for lamp in verdict["lamps"] for fault in lamp["faults"]]
    found = [fault for fault in faults if fault["check"] != "duplicate"]
    where = next((fault["where"] for fault in faults if fault["check"] == "duplicate"), None)
    words = {"zh": f"與{zh}是同一個檔案。", "en": f"This is the very file of {en}."}
    found.append({"check": "duplicate", "value": 1.0, "verdict": "refuse", "where": where, **words})
    rest = {name: value for name, value in verdict.items() if name not in {"level", "lamps"}}
    return make_verdict(found, **{**rest, "double": {"of": twin.scan, "zh": zh, "en": en}})
