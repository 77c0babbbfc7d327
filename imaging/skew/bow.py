"""How the lines of one direction bow together, as they do where the paper curls at its binding.

What all lines share is no matter of chance: lines that bow to one side near one end lean as one, however
well they agree. A curve that looks the same from both ends has no such lean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from imaging.skew.seen_median import seen_median
from imaging.skew.trace_lines import STRIPS, Traces

_SMOOTH = 0.6  # pixels that a rule, or what rules share, bends from strip to strip; strokes jump by several
_LEAST_LINES = 3
_LEAST_SEEN = STRIPS // 2
_SHARE_SEEN = 0.4  # of the lines, that tell the curve in a strip
_MOST_APART = 1.0  # pixels, of those lines in a strip
_ROUNDS = 4
_LEAN = 10.0  # pixels that a lopsided curve of one pixel may have turned its chord by, at either end
_EVEN = 0.003  # of that, for a curve alike from both ends

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bow:
    """The curve that lines share, in pixels off its own best straight line, NaN in strips where it is not
    seen; `doubt`, the slope (dy/dx) by which such a curve may have turned all of them; and `at_middle`, the
    curve's own slope in the middle of the page.

    Where lines reach further to one end of the page than to the other, that straight line is none of the
    page's: an even curve leans over a lopsided part of it. In the middle of the page it does not.
    """

    curve: Array
    doubt: float
    at_middle: float


def find_bow(traces: Traces) -> Bow | None:
    """Return how the lines bow; None where too few of them are seen to tell."""
    lines = _smooth_ones(traces.places)
    if len(lines) < _LEAST_LINES:
        return None
    shape, apart = _shared(lines)
    enough = np.isfinite(lines).sum(axis=0) >= max(2, _SHARE_SEEN * len(lines))
    strips = _within_ends(traces.x, shape, np.flatnonzero(enough & (apart < _MOST_APART)))
    return _measured(traces, shape, strips) if len(strips) >= _LEAST_SEEN else None


def _measured(traces: Traces, shape: Array, strips: NDArray[np.intp]) -> Bow:
    x = traces.x
    half, seen_at = float(np.ptp(x[strips])) / 2, float(x[strips].mean())
    along, middle = (x[strips] - seen_at) / half, (traces.middle - seen_at) / half
    terms = legendre.legfit(along, shape[strips], 5)
    curve = np.full(STRIPS, np.nan)
    curve[strips] = shape[strips] - legendre.legval(along, legendre.legfit(along, shape[strips], 1))
    lopsided, even = np.hypot(terms[3], terms[5]), np.hypot(terms[2], terms[4])
    at_middle = np.polyval(np.polyder(np.polyfit(along, curve[strips], 2)), middle) / half
    return Bow(curve, float(_LEAN * (lopsided + _EVEN * even) / half), float(at_middle))


def _smooth_ones(places: Array) -> Array:
    """Return the lines that bend no more than a rule does."""
    bends = np.abs(np.diff(places, 2, axis=1))
    enough = np.isfinite(places).sum(axis=1) >= _LEAST_SEEN
    return np.asarray(places[enough & (seen_median(bends) < _SMOOTH)])


def _shared(lines: Array) -> tuple[Array, Array]:
    """Return the curve that most lines follow, and how far in each strip they lie from it."""
    shape = np.zeros(lines.shape[1])
    for _ in range(_ROUNDS):
        apart = lines - shape
        shape = shape + seen_median((apart - seen_median(apart)[:, None]).T)
    apart = lines - shape
    return shape, seen_median(np.abs(apart - seen_median(apart)[:, None]).T)


def _within_ends(x: Array, shape: Array, strips: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the strips without those at either end that leave the curve: beyond the rules is other ink."""
    for _ in range(2):
        while len(strips) > _LEAST_SEEN and _leaves(x[strips[:3]], shape[strips[:3]]):
            strips = strips[1:]
        strips = strips[::-1]
    return strips


def _leaves(x: Array, y: Array) -> bool:
    onward = y[1] + (y[2] - y[1]) * (x[0] - x[1]) / (x[2] - x[1])
    return bool(abs(y[0] - onward) > _SMOOTH)
