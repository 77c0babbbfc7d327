"""Measure what hangs together in a mask by its outlines: quick where little of the mask is marked."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray


@dataclass(frozen=True, slots=True, eq=False)
class PartOutlines:
    """The parts of a mask: N × 4 boxes (left, top, width, height), how many pixels each holds with those of
    its holes, and N × 2 middles of its outline (x, y)."""

    boxes: NDArray[np.int64]
    areas: NDArray[np.float64]
    middles: NDArray[np.float64]


def part_outlines(mask: Gray) -> PartOutlines:
    """Return the parts of a mask (H × W, corners joined), those within a hole of another too.

    It takes a quarter of the time of labelling them.
    """
    outlines, nested = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if nested is None:
        return PartOutlines(np.zeros((0, 4), np.int64), np.zeros(0), np.zeros((0, 2)))
    outer = [outline for outline, one in zip(outlines, nested[0], strict=True) if one[3] < 0]
    starts = np.cumsum([0, *(len(outline) for outline in outer[:-1])])
    points = np.concatenate(outer)[:, 0].astype(np.int64)
    following = _following(points, starts)
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    steps = np.abs(following - points).max(axis=1)
    around = np.add.reduceat(steps, starts)
    # Pick's theorem: points on the grid inside a polygon, and on its outline.
    cross = points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1]
    areas = np.abs(np.add.reduceat(cross, starts)) / 2 + around / 2 + 1
    # A lone pixel has no way round it: its one point stands for it.
    weights = steps[:, None]
    weights[starts[around == 0]] = 1
    halfway = np.add.reduceat((points + following) * weights, starts)
    middles = halfway / (2 * np.add.reduceat(weights, starts))
    return PartOutlines(np.hstack([low, high - low + 1]), areas, middles)


def _following(points: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give for each point of the closed outlines the next one."""
    following = np.roll(points, -1, axis=0)
    following[np.append(starts[1:], len(points)) - 1] = points[starts]
    return following
