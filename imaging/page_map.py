"""Put one map together from all that is known of how a page lies in its frame."""

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from imaging.arrays import Points
from imaging.crop import CropEstimate
from imaging.perspective import PerspectiveEstimate
from imaging.perspective_lean import directions_at_middle
from imaging.transform import PageTransform, for_outline, turning


def page_map(
    size: tuple[int, int],
    outline: ArrayLike,
    angle_deg: float,
    perspective: PerspectiveEstimate,
) -> PageTransform:
    """Return the one transform that sets a page square and crops it to its N×2 outline.

    `size` is the master's (width, height). `angle_deg` counts where no perspective is known.
    """
    matrix = turning(angle_deg) if perspective.matrix is None else np.asarray(perspective.matrix)
    return for_outline(size, matrix, outline)


def outline_of(crop: CropEstimate, side: Points | None = None) -> Points:
    """Return the corners of what is page, of it only what lies within a convex side if one is given."""
    x0, y0, x1, y1 = crop.box
    whole = np.array(crop.outline or ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), dtype=np.float64)
    if side is None:
        return whole
    area, shared = cv2.intersectConvexConvex(whole.astype(np.float32), side.astype(np.float32))
    if area <= 0 or shared is None:
        return side
    return np.asarray(shared.reshape(-1, 2), dtype=np.float64)


def turn_at_middle(matrix: NDArray[np.float64], size: tuple[int, int]) -> float:
    """Return by how many degrees a map takes back the turn of what lies in the middle of its frame."""
    return directions_at_middle(matrix, size)[0]
