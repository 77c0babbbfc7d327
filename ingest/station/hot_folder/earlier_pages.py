"""The pages of a volume that a new scan is compared with, whichever sitting brought them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.station.looks import MOST_FRAMES, writing_of
from ingest.station.sitting.pages_of import frames_of, pages_of
from ingest.station.spool.records import Sitting, State
from ingest.station.spool.spool import Spool


@dataclass(frozen=True, slots=True)
class Called:
    """A frame (from 0) of a scan taken before, and what its page is called in both languages."""

    scan: str
    zh: str
    en: str
    frame: int = 0


def earlier_pages(spool: Spool, state: State) -> list[dict[str, Any]]:
    """Return the pages that a new one is compared with, as the judge is asked: the volume's, oldest first."""
    return [
        {
            "scan": one.scan,
            "writing": str(spool.looks / writing_of(one.scan, one.frame)),
            "zh": one.zh,
            "en": one.en,
        }
        for one in _called(state)
    ]


def find_twin(state: State, sha256: str) -> Called | None:
    """Return the page that is the same file byte for byte; one nobody has decided on yet is none."""
    here = state.sitting()
    left = {scan.id for scan in state.pending(here)} if here else set()
    return next(
        (one for one in _called(state) if one.scan not in left and state.scans[one.scan].sha256 == sha256),
        None,
    )


def _called(state: State) -> Iterator[Called]:
    """Yield the pages kept or undecided, not those set aside, of the sitting and of the volume's others.

    A page whose rescan the centre has ordered is to look like the one it takes the place of, and so is one
    scanned again because the centre refused its file.
    """
    here = state.sitting()
    if here is None:
        return
    ordered = {str(order["designation"]) for order in here.wanted}
    for sitting in state.sittings.values():
        if sitting.volume == here.volume and sitting.id != here.id:
            yield from _kept(state, sitting, "(先前的批次)", " of an earlier batch", ordered)
    named: dict[str, list[Called]] = {}
    for one in (*_kept(state, here, "", "", frozenset()), *_undecided(state, here)):
        named.setdefault(one.scan, []).append(one)
    for scan in state.scans_of(here.id):
        yield from named.get(scan.id, ())


def _kept(
    state: State, sitting: Sitting, zh: str, en: str, but: set[str] | frozenset[str]
) -> Iterator[Called]:
    refused = {sitting.scans[ordinal - 1] for ordinal in sitting.refused}
    for decision in sitting.kept():
        if decision.scan in refused:
            continue
        pages: dict[int, list[str]] = {}
        for shown in pages_of(state, sitting, decision):
            pages.setdefault(shown.frame, []).append(shown.designation)
        for frame, (page, *_) in pages.items():
            if frame < MOST_FRAMES and not but.intersection(pages[frame]):
                yield Called(decision.scan, f"第 {page} 頁{zh}", f"page {page}{en}", frame)


def _undecided(state: State, sitting: Sitting) -> Iterator[Called]:
    for scan in state.pending(sitting):
        frames = frames_of(scan)
        for frame in range(min(frames, MOST_FRAMES)):
            zh, en = (f" 第 {frame + 1} 幀", f", frame {frame + 1}") if frames > 1 else ("", "")
            yield Called(scan.id, f"待決定的 {scan.name}{zh}", f"{scan.name}{en}, undecided", frame)
