"""Estimate from its ruled lines how a page is bowed, and lay it flat."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ingest.layout.rulings import Ridges
from ingest.layout.shift_pixels import block_middles, shift_columns, shift_rows
from ingest.layout.trace_lines import Trace, trace_lines
from ingest.layout.turned import turned

Gray = NDArray[np.uint8]
Points = NDArray[np.float64]
Box = tuple[int, int, int, int]

ACROSS, ALONG = 2, 5
"""Highest powers of the place across lines and along them: paper bows in one or two smooth waves."""
LEAST_LINES, LEAST_REACH = 3, 0.5
"""So many lines must run over this share of the page before they tell how it is bowed."""
SLACK = 0.7
"""A line's points lie within about this many working pixels of a smooth curve."""
LEAST_BOW = 1.4
"""Lines bowed by less than this (working pixels) are straight enough to be followed as they are."""
MOST_BOW = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class Sway:
    """How far lines of one direction are moved aside at a place: a polynomial, held constant outside its
    reach.

    `coefficients` is (ACROSS + 1) × ALONG; places are scaled so that the page is −1 … 1 in both directions.
    """

    coefficients: NDArray[np.float64]
    low: tuple[float, float]
    high: tuple[float, float]

    def at(self, along: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the sway in pixels at scaled places."""
        near = np.clip(along, self.low[0], self.high[0]), np.clip(across, self.low[1], self.high[1])
        return _terms(*near) @ self.coefficients.ravel()


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """The way from a page laid flat to the page as it is, both of `shape` (height, width)."""

    shape: tuple[int, int]
    upright: Sway | None
    lying: Sway | None

    def to_page(self, points: ArrayLike) -> Points:
        """Return N × 2 points (x, y) of the flat page on the page as it is."""
        flat: Points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        if self.upright is None and self.lying is None:
            return flat
        return flat + np.column_stack([self._aside(flat), self._down(flat)])

    def _aside(self, flat: Points) -> NDArray[np.float64]:
        """Give how far to the right of some points of the flat page the page as it is shows them."""
        x, y = self._scaled(flat)
        return np.zeros(len(flat)) if self.upright is None else self.upright.at(y, x)

    def _down(self, flat: Points) -> NDArray[np.float64]:
        x, y = self._scaled(flat)
        return np.zeros(len(flat)) if self.lying is None else self.lying.at(x, y)

    def _scaled(self, flat: Points) -> Points:
        height, width = self.shape
        return 2 * flat.T / [[width], [height]] - 1

    def box_to_page(self, box: Box) -> Box:
        """Return the smallest upright box on the page as it is that holds a box of the flat page."""
        if self.upright is None and self.lying is None:
            return box
        return self.boxes_to_page([box])[0]

    def boxes_to_page(self, boxes: Sequence[Box]) -> list[Box]:
        """Return what `box_to_page` does for each of some boxes: all at once takes little longer than one."""
        if not boxes or (self.upright is None and self.lying is None):
            return list(boxes)
        corners = np.array(boxes, dtype=np.float64).reshape(-1, 1, 4)
        places = _LATTICE * (corners[..., 2:] - corners[..., :2]) + corners[..., :2]
        moved = self.to_page(places.reshape(-1, 2)).reshape(places.shape)
        low, high = np.floor(moved.min(axis=1)).astype(int), np.ceil(moved.max(axis=1)).astype(int)
        height, width = self.shape
        bounds = np.hstack([np.maximum(low, 0), np.minimum(high, (width, height))]).tolist()
        return [(left, top, right, bottom) for left, top, right, bottom in bounds]

    def flatten(self, pixels: Gray, times: int = 1) -> Gray:
        """Lay a page (H × W) flat, or one so many `times` smaller: columns first, then rows.

        Where rows are yet to be shifted, a column stands as far aside as they will be.
        """
        middles = block_middles(*pixels.shape)
        flat = times * middles.reshape(-1, 2)
        if self.lying is not None:
            before = np.column_stack([flat[:, 0] - self._aside(flat), flat[:, 1]])
            down = self._down(before).reshape(middles.shape[:2]) / times
            pixels = shift_columns(pixels, down.astype(np.float32))
        if self.upright is not None:
            aside = self._aside(flat).reshape(middles.shape[:2]) / times
            pixels = shift_rows(pixels, aside.astype(np.float32))
        return pixels


_LATTICE = np.array([(x, y) for x in np.linspace(0, 1, 5) for y in np.linspace(0, 1, 5)])

FLAT = Bend((0, 0), None, None)
"""No bend at all."""


def estimate_bend(rulings: Ridges) -> Bend:
    """Estimate the bend of a page from its ruled lines; FLAT where they are straight, or too few to tell."""
    height, width = (round(side * rulings.scale) for side in rulings.shape)
    upright = _sway(trace_lines(turned(rulings.vertical_ridges)), height, width)
    lying = _sway(trace_lines(rulings.horizontal_ridges), width, height)
    if upright is None and lying is None:
        return FLAT
    return Bend(rulings.shape, _scaled(upright, rulings.scale), _scaled(lying, rulings.scale))


def _sway(traces: Sequence[Trace], length: int, breadth: int) -> Sway | None:
    """Fit one smooth sway to the lines of a direction; None where they are straight or too few."""
    reaching = [trace for trace in traces if trace[-1, 0] - trace[0, 0] >= LEAST_REACH * length]
    if len(reaching) < LEAST_LINES:
        return None
    which = np.repeat(np.arange(len(traces)), [len(trace) for trace in traces])
    points = np.concatenate(traces)
    along, across = 2 * points[:, 0] / length - 1, 2 * points[:, 1] / breadth - 1
    terms, offsets = _terms(along, across), np.eye(len(traces))[which]
    fitted, off = _fit(np.hstack([terms, offsets]), points[:, 1], terms.shape[1])
    coefficients = fitted[: terms.shape[1]].reshape(ACROSS + 1, ALONG)
    sway = terms @ fitted[: terms.shape[1]]
    bow = max(float(np.ptp(sway[which == place])) for place in range(len(traces)))
    if not LEAST_BOW <= bow <= MOST_BOW or float(np.median(np.abs(off))) > SLACK:
        return None
    return Sway(
        coefficients, (float(along.min()), float(across.min())), (float(along.max()), float(across.max()))
    )


def _terms(along: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the powers of each place; the power 0 along a line is the line's own place, not sway."""
    terms = np.empty((len(along), (ACROSS + 1) * ALONG))
    power = along
    for j in range(ALONG):
        for i in range(ACROSS + 1):
            column = i * ALONG + j
            terms[:, column] = power if i == 0 else terms[:, column - ALONG] * across
        power = power * along
    return terms


def _fit(
    terms: NDArray[np.float64], places: NDArray[np.float64], shared: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit by least squares, again and again with what lies off weighed less (Cauchy weights)."""
    weights = np.ones(len(places))
    quiet = np.diag(np.r_[np.full(shared, 0.3), np.full(terms.shape[1] - shared, 1e-6)])
    for _ in range(5):
        weighed = terms * weights[:, None]
        fitted = np.linalg.solve(weighed.T @ terms + quiet, weighed.T @ places)
        off = places - terms @ fitted
        weights = 1 / (1 + (off / SLACK) ** 2)
    return fitted, off


def _scaled(sway: Sway | None, scale: float) -> Sway | None:
    return None if sway is None else Sway(sway.coefficients / scale, sway.low, sway.high)
