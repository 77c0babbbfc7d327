"""Tell where a short line is drawn: it leads from one crossing line to the next, which writing does not."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.layout.candidates import Candidates
from ingest.layout.rulings import Ruling

DRAWN = 0.5
"""An edge on such a line is drawn where this share of it is dark: a faded stretch still shows more than
paper."""
TIP = 3
"""How near to its ends, in working pixels, a short line must be dark: writing keeps off the lines."""
DRAWN_SHORT = 0.8
"""A shorter line must lead nearly whole from one crossing line to the next, which writing in a cell does
not; half of it must be stretches of line."""
BARE = 0.15
"""Beside such a line the paper is bare at least on one side, where a row of strokes has other strokes on
both."""
BESIDE = (4, 10)
"""How far from the line that paper is looked at, in working pixels."""
REACHED = 60
"""A line crosses another where it is drawn within this many pixels (of a page 3508 long); one that is drawn
in another part of the table bounds nothing here."""
Drawn = NDArray[np.bool_]


def short_drawn(candidates: Candidates, line: Ruling, across: Sequence[Ruling]) -> list[bool]:
    """Tell which edges between neighbours of `across` a short line draws; only those that reach it count."""
    near = REACHED * candidates.page / 3508
    reaching = [at for at, other in enumerate(across) if _reaches(other, line.position, near)]
    drawn = [False] * (len(across) - 1)
    edges = candidates.spans(tuple(across[at] for at in reaching))
    for (first, last), shown in zip(
        pairwise(reaching), _leads(candidates, candidates.band(line), edges), strict=True
    ):
        drawn[first:last] = [shown] * (last - first)
    return drawn


def _reaches(line: Ruling, position: float, near: float) -> bool:
    return any(start - near <= position <= end + near for start, end in line.stretches)


def _leads(candidates: Candidates, band: slice, edges: list[slice]) -> list[bool]:
    """A short line is drawn where it leads nearly whole from end to end, and on from there where half of it
    is."""
    shares = candidates.shares(band, edges)
    bare = [
        share >= DRAWN and any(_bare_beside(candidates, band, edge))
        for share, edge in zip(shares, edges, strict=True)
    ]
    drawn = [
        clear and _leads_through(_dark(candidates, band, edge))
        for clear, edge in zip(bare, edges, strict=True)
    ]
    for places in (range(1, len(edges)), range(len(edges) - 2, -1, -1)):
        for place in places:
            before = place - places.step
            drawn[place] |= drawn[before] and bare[place] and shares[place] >= DRAWN
    return drawn


def _dark(candidates: Candidates, band: slice, edge: slice) -> Drawn:
    """Mark what is dark along an edge: its stretches of line, and the pieces too short for one that a break
    leaves near its ends."""
    dark = np.maximum(candidates.ridges[band, edge], candidates.marks[band, edge]) > 0
    return np.asarray(dark, dtype=np.bool_)


def _leads_through(dark: Drawn) -> bool:
    """Tell whether a short line goes nearly whole from end to end of an edge."""
    if not dark.size:
        return False
    inked = dark.max(axis=0)
    return bool(dark.mean(axis=1).max() >= DRAWN_SHORT and inked[:TIP].any() and inked[-TIP:].any())


def _bare_beside(candidates: Candidates, band: slice, edge: slice) -> tuple[bool, bool]:
    near, far = BESIDE
    before = candidates.marks[max(0, band.start - far) : max(1, band.start - near), edge]
    after = candidates.marks[band.stop + near : band.stop + far, edge]
    return _is_bare(before), _is_bare(after)


def _is_bare(side: NDArray[np.uint8]) -> bool:
    return side.size > 0 and cv2.countNonZero(side) <= BARE * side.size
