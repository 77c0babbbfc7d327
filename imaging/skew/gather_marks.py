"""Gather where a page's lines and strokes leave marks."""

from dataclasses import dataclass

from imaging.arrays import Gray, Points
from imaging.skew.evidence import level_ridges, strokes, upright_ridges


@dataclass(frozen=True)
class Marks:
    """Where level lines, upright lines and strokes leave marks (N×2 pixels) on a page shrunk to `shape`."""

    across: Points
    down: Points
    strokes: Points
    shape: tuple[int, int]


def gather_marks(small: Gray) -> Marks:
    """Return the marks of a page (H×W uint8) of some 880 pixels a side."""
    return Marks(level_ridges(small), upright_ridges(small), strokes(small), (small.shape[0], small.shape[1]))
