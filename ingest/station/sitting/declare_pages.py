"""The manifest of a sitting: its pages in the volume's order, each file under a name any disk takes."""

import re
from dataclasses import asdict
from typing import Any

from ingest.station.sitting.pages_of import Shown, in_order, pages_of
from ingest.station.spool.records import Sitting, State

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\x85\u2028\u2029\ufffd]')
_LONGEST_STEM = 200
"""Bytes: a bag puts the file's place before it, and disks take 255."""


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
                "pages": [_page(shown) for shown in pages_of(state, sitting, decision)],
            }
        )
    manifest: dict[str, Any] = {"volume": sitting.volume, "purpose": "first_load", "files": files}
    if sitting.request_id is not None:
        manifest |= {"purpose": "rescan", "request_id": sitting.request_id}
    return manifest, [decision.scan for decision in kept]


def _page(shown: Shown) -> dict[str, Any]:
    return {name: value for name, value in asdict(shown).items() if value is not None}


def _free_name(name: str, taken: set[str]) -> str:
    """Return the scan's name, fit for any disk and no other's even where case does not count."""
    stem, dot, suffix = _UNFIT.sub("_", name).rpartition(".")
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .") or "scan"
    free, count = f"{stem}{dot}{suffix}", 1
    while free.casefold() in taken:
        count += 1
        free = f"{stem}-{count}{dot}{suffix}"
    taken.add(free.casefold())
    return free
