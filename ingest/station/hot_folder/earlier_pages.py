"""The pages of a volume that a new scan is compared with, whichever sitting brought them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.station.looks import WRITING
from ingest.station.spool.records import Sitting, State
from ingest.station.spool.spool import Spool


@dataclass(frozen=True, slots=True)
class Called:
    """A scan taken before, and what it is called in both languages."""

    scan: str
    zh: str
    en: str


def earlier_pages(spool: Spool, state: State) -> list[dict[str, Any]]:
    """Return the pages that a new one is compared with, as the judge is asked: the volume's, oldest first."""
    return [
        {"scan": one.scan, "writing": str(spool.looks / (one.scan + WRITING)), "zh": one.zh, "en": one.en}
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
            yield from _kept(sitting, "(先前的批次)", " of an earlier batch", ordered)
    kept = {one.scan: one for one in _kept(here, "", "", frozenset())}
    left = {
        scan.id: Called(scan.id, f"待決定的 {scan.name}", f"{scan.name}, undecided")
        for scan in state.pending(here)
    }
    called = {**kept, **left}
    yield from (called[scan.id] for scan in state.scans_of(here.id) if scan.id in called)


def _kept(sitting: Sitting, zh: str, en: str, but: set[str] | frozenset[str]) -> Iterator[Called]:
    refused = {sitting.scans[ordinal - 1] for ordinal in sitting.refused}
    for page in sitting.kept():
        if page.designation not in but and page.scan not in refused:
            yield Called(page.scan, f"第 {page.designation} 頁{zh}", f"page {page.designation}{en}")
