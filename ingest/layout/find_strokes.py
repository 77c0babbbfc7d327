"""Find the red strokes that cancel an entry: long, thin, with nearly nothing red beside them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts
from ingest.layout.turned import turned

Mask = NDArray[np.uint8]
Point = tuple[int, int]

THICKEST = 5
"""A stroke is no wider than this; all sizes are in pixels of a page shrunk to 75 ppi."""
PIECE = 3
"""Where a stroke crosses black writing its red is not seen; pieces shorter than this are not looked at."""
GAP, ASIDE, LEAN = 26, 2.5, 0.2
"""The next piece begins within such a gap, so far from the way the stroke was going, and further by so much
of the gap."""
ASTRAY = ASIDE + (1 + LEAN) * GAP
"""No way that is nearer to upright than to level leads further aside to its next piece."""
LENGTH, LONGEST_PIECE = 44, 13
"""A stroke is so long at least, and one of its pieces longer than any stem of a written glyph."""
TIP = 7
"""A stroke is taken to go on so far beyond what is seen of it."""
CROSSED = 0.16
"""Of its box a cross of two strokes covers less than this."""
RULE = 1.7
"""A printed rule with a coloured fringe has so much red across it at most, and does not lean."""
SEEN = 0.45
"""So much of its length is seen red."""
BESIDE, ALONE = 10, 0.55
"""Of the red within this distance of a stroke, this share is its own: a column of writing has more beside."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A thin upright piece of ink: its ends, and how much ink it has."""

    start: Point
    end: Point
    area: int

    @property
    def length(self) -> int:
        return self.end[1] - self.start[1]

    @property
    def points(self) -> tuple[Point, Point]:
        return self.start, self.end

    @property
    def slope(self) -> float:
        return (self.end[0] - self.start[0]) / max(1, self.length)


def find_strokes(ink: Mask) -> Mask:
    """Mark the whole way of every cancelling stroke in red ink (H × W, at 75 ppi), level or upright."""
    if max(cv2.boundingRect(ink)[2:]) < LENGTH:
        return np.zeros_like(ink)
    upright = _upright(ink)
    level = turned(_upright(turned(ink)))
    straight = cv2.bitwise_or(upright, level)
    return np.asarray(cv2.bitwise_or(straight, _crosses(ink)), dtype=np.uint8)


def _crosses(ink: Mask) -> Mask:
    """Mark what is as long as a stroke and of next to no area: strokes that cross one another."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = connected_parts(closed)
    wide, high, area = (stats[:, column] for column in (2, 3, 4))
    thin = (np.maximum(wide, high) >= LENGTH) & (area < CROSSED * wide * high)
    thin[0] = False
    return np.where(thin[labels], np.uint8(255), np.uint8(0))


def _upright(ink: Mask) -> Mask:
    found = np.zeros_like(ink)
    wide = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, THICKEST + 1), np.uint8))
    for chain in _chains(_pieces(np.asarray(cv2.subtract(ink, wide), dtype=np.uint8))):
        stroke = _trimmed(ink, _straight(chain))
        if _is_long(stroke) and _is_alone(ink, stroke) and not _is_ruled(stroke):
            _polyline(found, _lengthened(_points(stroke)), 3)
    return found


def _lengthened(points: NDArray[np.int_]) -> NDArray[np.int_]:
    """Lead a stroke on a little at both ends, where writing may hide its tip."""
    slope = (points[-1] - points[0]) / max(1, points[-1][1] - points[0][1])
    step = np.round(TIP * slope).astype(np.int_)
    return np.vstack([points[0] - step, points, points[-1] + step])


def _pieces(thin: Mask) -> list[_Piece]:
    """List the upright pieces from the top."""
    _, labels, stats, _ = connected_parts(thin)
    found = [
        _piece(labels[top : top + high, left : left + wide] == part, left, top)
        for part, (left, top, wide, high, _) in enumerate(stats.tolist())
        if part and high >= PIECE and high >= wide
    ]
    return sorted(found, key=lambda piece: piece.start[1])


def _piece(inside: NDArray[np.bool_], left: int, top: int) -> _Piece:
    high = len(inside)
    first, last = (round(_middle(row)) for row in (inside[0], inside[-1]))
    return _Piece((left + first, top), (left + last, top + high - 1), int(np.count_nonzero(inside)))


def _middle(row: NDArray[np.bool_]) -> float:
    places = row.nonzero()[0].tolist()
    return sum(places) / len(places)


def _chains(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Chain pieces, which come from the top: a chain that ended too far above takes up no other."""
    chains: list[list[_Piece]] = []
    going_on: list[list[_Piece]] = []
    for piece in pieces:
        going_on = [chain for chain in going_on if piece.start[1] - chain[-1].end[1] <= GAP]
        x = piece.start[0]
        leading = [
            chain for chain in going_on if abs(x - chain[-1].end[0]) <= ASTRAY and _leads_to(chain, piece)
        ]
        if leading:
            max(leading, key=lambda chain: sum(one.length for one in chain)).append(piece)
        else:
            chains.append([piece])
            going_on.append(chains[-1])
    return chains


def _leads_to(chain: list[_Piece], piece: _Piece) -> bool:
    last = chain[-1]
    gap = piece.start[1] - last.end[1]
    if not 0 < gap <= GAP:
        return False
    longest = max(last, piece, key=lambda one: one.length)
    slope = longest.slope if longest.length >= LONGEST_PIECE // 2 else _slope_of(chain)
    off = abs(piece.start[0] - last.end[0] - slope * gap)
    return off <= ASIDE + LEAN * gap


def _slope_of(chain: list[_Piece]) -> float:
    return (chain[-1].end[0] - chain[0].start[0]) / max(1, chain[-1].end[1] - chain[0].start[1])


def _straight(chain: list[_Piece]) -> list[_Piece]:
    """Drop short pieces beside the way between the long ones: parts of a seal that the stroke crosses."""
    long = [piece for piece in chain if piece.length >= LONGEST_PIECE]
    if not long:
        return []
    ys, xs = _points(long)[:, 1], _points(long)[:, 0]
    return [
        piece
        for piece in chain
        if piece in long or all(abs(x - _at(y, ys, xs)) <= 2 * ASIDE for x, y in piece.points)
    ]


def _at(y: int, ys: NDArray[np.int_], xs: NDArray[np.int_]) -> float:
    """Give where a way leads at a height, beyond its ends too."""
    if ys[0] <= y <= ys[-1]:
        return float(np.interp(y, ys, xs))
    one, other = (0, 1) if y < ys[0] else (-1, -2)
    return float(xs[one] + (xs[one] - xs[other]) / max(1, abs(ys[one] - ys[other])) * abs(y - ys[one]))


def _trimmed(ink: Mask, chain: list[_Piece]) -> list[_Piece]:
    """Drop what follows or precedes a stroke in its line but is written: it has other ink beside it."""
    if not chain:
        return []
    other = ink.copy()
    _polyline(other, _points(chain), THICKEST + 2, 0)
    alone = [at for at, piece in enumerate(chain) if _is_alone(other, [piece], piece.area)]
    return chain[alone[0] : alone[-1] + 1] if alone else []


def _is_long(chain: list[_Piece]) -> bool:
    if not chain:
        return False
    whole = chain[-1].end[1] - chain[0].start[1]
    return (
        whole >= LENGTH
        and max(piece.length for piece in chain) >= LONGEST_PIECE
        and sum(piece.length for piece in chain) >= SEEN * whole
    )


def _is_ruled(chain: list[_Piece]) -> bool:
    """Tell a brown or fringed rule, which is straight and thinner than any brush."""
    aside = int(np.ptp(_points(chain)[:, 0]))
    return aside <= 1 and sum(piece.area for piece in chain) < RULE * sum(piece.length for piece in chain)


def _is_alone(ink: Mask, chain: list[_Piece], besides: int = 0) -> bool:
    """Tell whether little else is red near a chain; `besides` is what of it is not in `ink`."""
    points = _points(chain)
    x0, y0 = np.maximum(0, points.min(axis=0) - BESIDE)
    x1, y1 = points.max(axis=0) + BESIDE + 1
    around = np.zeros(ink[y0:y1, x0:x1].shape, np.uint8)
    _polyline(around, points - (x0, y0), 2 * BESIDE + 1)
    near = cv2.countNonZero(cv2.bitwise_and(around, np.ascontiguousarray(ink[y0:y1, x0:x1])))
    return sum(piece.area for piece in chain) >= ALONE * (near + besides)


def _points(chain: list[_Piece]) -> NDArray[np.int_]:
    return np.array([point for piece in chain for point in piece.points])


def _polyline(found: Mask, points: NDArray[np.int_], thick: int, level: int = 255) -> None:
    cv2.polylines(found, [points.astype(np.int32)], False, level, thick)
