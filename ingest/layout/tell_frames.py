"""Tell how much of a frame there is round a piece of red ink: a seal has one, writing has not."""

import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts

Ink = NDArray[np.bool_]

DIRECTIONS = 36
RING = (0.91, 1.07)
"""In this part of its radius a round seal's outermost ink lies."""
EDGE = 0.12
"""Within this share of its sides a square seal's outermost ink lies."""


def round_frame(ink: Ink) -> float:
    """Return the share of directions (0–1) whose outermost ink lies on the ellipse that fills the box
    (H × W)."""
    high, wide = ink.shape
    ys, xs = np.nonzero(ink)
    across, down = (xs + 0.5) / wide * 2 - 1, (ys + 0.5) / high * 2 - 1
    towards = ((np.arctan2(down, across) + np.pi) / (2 * np.pi) * DIRECTIONS).astype(int) % DIRECTIONS
    outermost = np.zeros(DIRECTIONS)
    np.maximum.at(outermost, towards, np.hypot(across, down))
    on_it = (outermost > RING[0]) & (outermost < RING[1])
    return int(np.count_nonzero(on_it)) / DIRECTIONS


def square_frame(ink: Ink) -> tuple[float, ...]:
    """Return for each side of the box (H × W) the share of it (0–1) along which the outermost ink lies."""
    return tuple(_along(side) for side in (ink, ink[::-1], ink.T, ink.T[::-1]))


def _along(ink: Ink) -> float:
    """Return the share of columns whose first ink from above is within EDGE of the top."""
    deep = max(1, round(EDGE * len(ink)))
    return int(np.count_nonzero(ink[:deep].any(axis=0))) / int(ink.shape[1])


def longest_piece(ink: Ink) -> float:
    """Return how long the longest piece of ink is that hangs together, as a share of the box's longer side.

    A frame's is; that of several glyphs, however they fill the box, is not.
    """
    _, _, stats, _ = connected_parts(ink.astype(np.uint8))
    longest = int(stats[1:, 2:4].max(initial=0))
    return longest / int(max(ink.shape))
