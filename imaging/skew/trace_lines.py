"""Follow the level rules of a nearly upright page: where each lies in each of a few dozen upright strips."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray

STRIPS = 32
LEAST_SHARE = 0.5
"""Of a line's strips that must agree on it."""
_MOST_LINES = 24  # the fullest ones; more would sharpen nothing
_REACH = 3  # pixels from a line's middle to the paper beside it
_LEAST_RIDGE = 3.0  # grey levels darker than the paper on both sides, averaged over a strip
_WINDOW = 4  # pixels by which a strip's line may lie off the page's line


@dataclass(frozen=True, eq=False)
class Traces:
    """Lines by strips, whose middles lie at `x`: `places` (lines × strips) is a line's y in pixels, NaN where
    it is not seen. `middle` is the page's own, at which x.
    """

    x: NDArray[np.float64]
    places: NDArray[np.float64]
    middle: float

    def less(self, curve: NDArray[np.float64]) -> "Traces":
        """Return the same lines, each lowered by a curve (pixels a strip; NaN: unseen there)."""
        return replace(self, places=self.places - curve)


def trace_lines(upright: Gray) -> Traces:
    """Return the level lines of a page that is already upright to about 0.2°, written strokes among them."""
    height, width = upright.shape
    if height < 16 or width < STRIPS * 4:
        return Traces(np.zeros(STRIPS), np.zeros((0, STRIPS)), width / 2)
    pitch = width // STRIPS
    whole = upright[:, : pitch * STRIPS]
    strips = cv2.resize(whole, (STRIPS, height), interpolation=cv2.INTER_AREA).astype(np.float32).T
    ridges = np.zeros_like(strips)
    inner = strips[:, _REACH:-_REACH]
    ridges[:, _REACH:-_REACH] = np.minimum(strips[:, : -2 * _REACH], strips[:, 2 * _REACH :]) - inner
    np.clip(ridges, 0, None, out=ridges)
    return Traces((np.arange(STRIPS) + 0.5) * pitch, _places(ridges, _rows(ridges)), width / 2)


def _rows(ridges: NDArray[np.float32]) -> list[int]:
    """Return rows on which most strips show a ridge, each once."""
    seen = cv2.dilate((ridges >= _LEAST_RIDGE).astype(np.uint8), np.ones((1, 2 * _WINDOW - 1), np.uint8))
    share = seen.mean(axis=0) + 1e-4 * cv2.blur(ridges.mean(axis=0)[None], (5, 1))[0]
    rows: list[int] = []
    for row in np.argsort(share)[::-1]:
        if share[row] < LEAST_SHARE or len(rows) >= _MOST_LINES:
            break
        if all(abs(int(row) - other) > 2 * _WINDOW for other in rows):
            rows.append(int(row))
    return rows


def _places(ridges: NDArray[np.float32], rows: list[int]) -> NDArray[np.float64]:
    """Return the ridges' centres about each row (rows × strips), of the rows where enough strips show one."""
    about = np.array(rows, dtype=int)[:, None] + np.arange(-2 * _WINDOW, 2 * _WINDOW + 1)
    within = (about >= 0) & (about < ridges.shape[1])
    window = ridges[:, np.clip(about, 0, ridges.shape[1] - 1)].astype(np.float64) ** 2 * within
    mass = np.maximum(window.sum(axis=2), 1e-9)
    places = (window * about).sum(axis=2) / mass
    places[window.max(axis=2, initial=0) < _LEAST_RIDGE**2] = np.nan
    enough = np.isfinite(places).sum(axis=0) >= LEAST_SHARE * STRIPS
    return np.asarray(places.T[enough], dtype=np.float64)
