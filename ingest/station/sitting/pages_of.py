"""Which pages of the volume a scan shows, by what the crew decided."""

from dataclasses import dataclass

from ingest.batches.page_order import page_order
from ingest.station.spool.next_page import later
from ingest.station.spool.records import Decision, Scan, Sitting, State

_OTHER = {"right": "left", "left": "right"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One page's view in a frame (from 0) of a file, or in one side of the frame."""

    designation: str
    frame: int
    view: int
    side: str | None = None


def pages_of(state: State, sitting: Sitting, decision: Decision) -> list[Shown]:
    """Return what a scan kept shows: a page a frame, two where frames are spreads; of a slip, a view a frame.

    A slip on a spread is a view of the whole frame, since it may lie on either page.
    """
    frames = frames_of(state.scans[decision.scan])
    first, view, side = decision.designation, decision.view, sitting.spread
    if view > 1:
        return [Shown(first, frame, view + frame) for frame in range(frames)]
    if side is None:
        return [Shown(_later(first, frame), frame, 1) for frame in range(frames)]
    return [
        Shown(_later(first, 2 * frame + place), frame, 1, half)
        for frame in range(frames)
        for place, half in enumerate((side, _OTHER[side]))
    ]


def frames_of(scan: Scan) -> int:
    """Return how many frames a scan's file has."""
    return int((scan.verdict or {}).get("frames", 1))


def in_order(kept: list[Decision]) -> list[Decision]:
    """Return pages by number and view; one without (封面) stays behind the page before it."""
    keyed: list[tuple[tuple[int, int, str, int], int, Decision]] = []
    key: tuple[int, int, str, int] = (0, 0, "", 0)
    for place, decision in enumerate(kept):
        order = page_order(decision.designation)
        key = key if order is None else (*order, decision.view)
        keyed.append((key, place, decision))
    return [decision for _, _, decision in sorted(keyed, key=lambda item: item[:2])]


def _later(designation: str, pages: int) -> str:
    return later(designation, pages) if pages else designation
