"""The manifest of a sitting: its pages in the volume's order, each file under a name any disk takes."""

import re
from typing import Any

from ingest.batches.page_order import page_order
from ingest.station.sitting.decide_scan import pages_of_scan
from ingest.station.spool.next_page import later
from ingest.station.spool.records import Decision, Scan, Sitting, State

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST_NAME = 120


def declare_pages(state: State, sitting: Sitting) -> tuple[dict[str, Any], list[str]]:
    """Return the manifest, and the scan of each of its files in order."""
    kept = in_order(sitting.kept())
    names: set[str] = set()
    files = []
    for decision in kept:
        scan = state.scans[decision.scan]
        files.append(
            {
                "name": _free_name(scan.name, names),
                "sha256": scan.sha256,
                "size": scan.size,
                "pages": _pages(sitting, scan, decision),
            }
        )
    manifest: dict[str, Any] = {"volume": sitting.volume, "purpose": "first_load", "files": files}
    if sitting.request_id is not None:
        manifest |= {"purpose": "rescan", "request_id": sitting.request_id}
    return manifest, [decision.scan for decision in kept]


def in_order(kept: list[Decision]) -> list[Decision]:
    """Return pages by number and view; one without (封面) stays behind the page before it."""
    keyed: list[tuple[tuple[int, int, str, int], int, Decision]] = []
    key: tuple[int, int, str, int] = (0, 0, "", 0)
    for place, decision in enumerate(kept):
        order = page_order(decision.designation)
        key = key if order is None else (*order, decision.view)
        keyed.append((key, place, decision))
    return [decision for _, _, decision in sorted(keyed, key=lambda item: item[:2])]


def _pages(sitting: Sitting, scan: Scan, decision: Decision) -> list[dict[str, Any]]:
    if not sitting.spread or decision.view > 1:
        frames = pages_of_scan(sitting, scan) if decision.view == 1 else 1
        return [
            {
                "designation": later(decision.designation, n) if n else decision.designation,
                "frame": n,
                "view": decision.view,
            }
            for n in range(frames)
        ]
    other = "left" if sitting.spread == "right" else "right"
    return [
        {
            "designation": later(decision.designation, 2 * n + step) if n + step else decision.designation,
            "frame": n,
            "view": 1,
            "side": side,
        }
        for n in range(pages_of_scan(sitting, scan) // 2)
        for step, side in enumerate((sitting.spread, other))
    ]


def _free_name(name: str, taken: set[str]) -> str:
    """Return the scan's name, fit for any disk and no other's even where case does not count."""
    stem, dot, suffix = _UNFIT.sub("_", name).rpartition(".")
    stem = stem[:_LONGEST_NAME].strip(" .") or "scan"
    free, count = f"{stem}{dot}{suffix}", 1
    while free.casefold() in taken:
        count += 1
        free = f"{stem}-{count}{dot}{suffix}"
    taken.add(free.casefold())
    return free
