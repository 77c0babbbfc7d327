"""Count the second scans that the checks of a delivery find, and the other pages they take for one."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from bench.quality.scan_again import ScannedTwice, scan_volumes
from imaging.alike import likeness_of
from ingest.checks.find_duplicates import find_duplicates
from ingest.checks.trace import Trace

_SMALL = (3, 4, 5, 6)
_SMALL_VOLUMES = 10  # of each size
Volume = Sequence[ScannedTwice]


@dataclass
class Doubles:
    """Likeness of pages to their own second scan and to the likest other page, and what was flagged."""

    again: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    flags: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """Return the counts, and the ends of both distributions."""
        return {
            **{name: self.flags[name] for name in sorted(self.flags)},
            "second_scan.lowest": round(min(self.again), 3),
            "second_scan.lowest_of_100": round(float(np.percentile(self.again, 1)), 3),
            "second_scan.lowest_of_20": round(float(np.percentile(self.again, 5)), 3),
            "other_page.highest_of_20": round(float(np.percentile(self.others, 95)), 3),
            "other_page.highest_of_100": round(float(np.percentile(self.others, 99)), 3),
            "other_page.highest": round(max(self.others), 3),
        }


def count_doubles(pages: int, seed: int, severity: int) -> dict[str, float]:
    """Return the figures over a volume of each series, over small mixed volumes, and over shifted deliveries.

    A page is *missed* whose second scan under another page is not flagged, and *wrong* if it is flagged
    though nothing shows it again.
    """
    found, rng = Doubles(), np.random.default_rng([seed, severity, 1])
    volumes = list(scan_volumes(pages, seed, severity))
    for volume in volumes:
        _measure(found, volume)
        _count(found.flags, "volume", volume, rng)
        _count_shift(found.flags, volume)
    mixed = [page for volume in volumes for page in volume]
    for size in _SMALL:
        for _ in range(_SMALL_VOLUMES):
            chosen = rng.choice(len(mixed), size, replace=False)
            _count(found.flags, "small_mixed", [mixed[at] for at in chosen], rng)
    return found.figures()


def _measure(found: Doubles, volume: Volume) -> None:
    first = [page.first for page in volume]
    for at, page in enumerate(volume):
        likeness = likeness_of(page.again, first)
        found.again.append(float(likeness[at]))
        found.others.append(float(np.delete(likeness, at).max()))


def _count(flags: Counter[str], about: str, volume: Volume, rng: Generator) -> None:
    """Deliver a volume as it is, and with one page scanned once more at the end."""
    pages = [_trace(place, page.first) for place, page in enumerate(volume, 1)]
    twice = int(rng.integers(len(volume)))
    double = _trace(len(volume) + 1, volume[twice].again)
    flags[f"{about}.pages"] += len(pages)
    flags[f"{about}.wrong"] += len({notice.image_id for notice in find_duplicates(pages, [])})
    pairs = {(one.image_id, one.other_id) for one in find_duplicates([*pages, double], [])}
    flags[f"{about}.second_scans"] += 1
    flags[f"{about}.second_scans_missed"] += (double.image_id, pages[twice].image_id) not in pairs


def _count_shift(flags: Counter[str], volume: Volume) -> None:
    """Deliver a volume again with its first page left out, so that every page is one off."""
    earlier = [_trace(place, page.first) for place, page in enumerate(volume, 1)]
    fresh = [
        _trace(place, page.again, earlier[place - 1].page_id) for place, page in enumerate(volume[1:], 1)
    ]
    told = {one.image_id: one for one in find_duplicates(fresh, earlier)}
    right = [
        (one := told.get(page.image_id)) is not None
        and (one.check, one.other_id) == ("shifted", earlier[place].image_id)
        for place, page in enumerate(fresh, 1)
    ]
    flags["shift.pages"] += len(fresh)
    flags["shift.pages_missed"] += right.count(False)
    again = [_trace(place, page.again, earlier[place - 1].page_id) for place, page in enumerate(volume, 1)]
    flags["rescan.pages"] += len(again)
    flags["rescan.wrong"] += len({notice.image_id for notice in find_duplicates(again, earlier)})


def _trace(sequence: int, writing: bytes, page_id: uuid.UUID | None = None) -> Trace:
    mark = uuid.uuid4().hex
    return Trace(uuid.uuid4(), page_id or uuid.uuid4(), sequence, str(sequence), mark, mark, writing)
