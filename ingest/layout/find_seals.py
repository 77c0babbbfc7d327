"""Tell seals from red writing, red rules and red strokes of cancellation, by their shapes."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.connected_parts import connected_parts
from ingest.layout.enlarged import enlarged
from ingest.layout.find_strokes import find_strokes
from ingest.layout.stands_in_line import stands_in_line
from ingest.layout.tell_frames import longest_piece, round_frame, square_frame

Mask = NDArray[np.uint8]
Box = tuple[int, int, int, int]

SHRUNK = 4
"""Shapes are looked at on a page so many times smaller."""
BARE = 24
"""So many shrunken pixels round all ink hold whatever is made of it."""
SMALLEST, LARGEST = 70, 620
"""Sides of a seal on a 300 ppi scan: name seals of 6 mm up to office seals of 5 cm."""
SQUARE = 1.45
"""A round or square seal's box is at most so many times longer than wide; an oval one's twice that."""
GLYPH = 84
"""Written glyphs are smaller than this; what is larger may be a seal that took badly."""
JOINED = (1, 3, 9)
"""Ink across gaps of fewer shrunken pixels hangs together; more for a seal that took badly, fewer for one
that nearly touches another."""
RIM, RIM_SEEN, RIM_SEEN_LARGE = 0.16, 0.62, 0.45
"""A seal has a frame: of the directions from its middle, this share meets ink in the outermost part of its
radius or box, or less where it is too large to be a glyph."""
LIKELY_ROUND, LIKELY_SQUARE, IN_ONE = 0.56, 0.7, 0.55
"""Ink with so much of a round frame, or with so much of each side of a square one and a piece of it that
hangs together over so much of the box, may be a seal; with less it is one glyph of writing, or several."""
PLAIN_ROUND, LARGEST_GLYPH = 0.75, 140
"""With so much of a round frame it is a seal wherever it stands, and so is what is larger than any glyph and
has so much of a square one, not of each side but on the whole; else it is one unless it stands in a line of
writing, for 國 and 圓 have frames too."""
STRAIGHT, RULED = 15, 0.8
"""Level and upright runs of so many shrunken pixels are lines; where either's are together this share of the
page's width and height, the form is printed in red, or in a brown that is nearly red."""


HELD = 0.05
"""A seal holds so much ink within its frame at least; a cell of a form printed in red may be bare."""
CELLS, ALIKE = 4, 0.15
"""So many large frames whose sides differ by no more than this share are cells of a form."""


@dataclass(frozen=True, slots=True)
class RedInk:
    """The red ink of a page by what it is: the boxes of its seals, a mask of what is written or ruled, and
    one of the way of strokes that cancel an entry, also where black writing hides them."""

    seals: tuple[Box, ...]
    written: Mask
    strokes: Mask


def find_seals(red: Mask) -> RedInk:
    """Sort the red ink of a page (H × W, 255 where red); what is none of the three is read as writing."""
    if min(red.shape) < SHRUNK or not cv2.countNonZero(red):
        return RedInk((), np.zeros_like(red), np.zeros_like(red))
    small = _shrunk(red)
    part = _round_ink(small)
    whole = tuple(slice(SHRUNK * side.start, SHRUNK * side.stop) for side in part)
    found = _sorted(small[part], red[whole], small.shape)
    top, left = whole[0].start, whole[1].start
    seals = tuple((left + x0, top + y0, left + x1, top + y1) for x0, y0, x1, y1 in found.seals)
    masks = np.zeros_like(red), np.zeros_like(red)
    masks[0][whole], masks[1][whole] = found.written, found.strokes
    return RedInk(seals, *masks)


def _round_ink(small: Mask) -> tuple[slice, slice]:
    """Give the rows and columns that hold all ink, with bare paper around: the rest need not be looked at."""
    left, top, wide, high = cv2.boundingRect(small)
    # An even number of pixels is left out: parts are found two by two pixels, and keep their order so.
    x0, y0 = (max(0, first - BARE) // 2 * 2 for first in (left, top))
    return slice(y0, min(small.shape[0], top + high + BARE)), slice(
        x0, min(small.shape[1], left + wide + BARE)
    )


def _sorted(small: Mask, red: Mask, page: tuple[int, ...]) -> RedInk:
    """Sort the red ink of a part of a page whose shrunk size (height, width) is `page`."""
    rules = _rules(small, page)
    if rules is not None:
        # Frames of large seals are straight lines too.
        rules = _rules(_without(small, _framed(small, red)), page)
    loose = small if rules is None else np.asarray(cv2.subtract(small, rules), dtype=np.uint8)
    seals = _seals(loose, JOINED[0], red)
    strokes = np.zeros_like(small) if rules is not None else find_strokes(_without(loose, seals))
    loose = np.asarray(cv2.subtract(loose, _spread(strokes, 3)), dtype=np.uint8)
    for joined in JOINED[1:]:
        seals += _seals(_without(loose, seals), joined, red)
    rest = _without(small if rules is not None else loose, seals)
    written = cv2.bitwise_and(_whole(_spread(rest, 3), red.shape), red)
    return RedInk(
        tuple(_enlarged(box) for box in seals),
        np.asarray(written, dtype=np.uint8),
        _whole(_spread(strokes, 3), red.shape),
    )


def _spread(ink: Mask, side: int) -> Mask:
    return np.asarray(cv2.dilate(ink, np.ones((side, side), np.uint8)), dtype=np.uint8)


def _whole(small: Mask, shape: tuple[int, ...]) -> Mask:
    return enlarged(small, SHRUNK, shape) if cv2.countNonZero(small) else np.zeros(shape, np.uint8)


def _rules(ink: Mask, page: tuple[int, ...]) -> Mask | None:
    """Mark the rules of a form that is printed in red on a page of such a size (height, width); None where
    there are too few for one.

    Both directions must be ruled: entries are cancelled by upright strokes alone.
    """
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, STRAIGHT), np.uint8))
    plumb = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((STRAIGHT, 1), np.uint8))
    height, width = page
    if cv2.countNonZero(level) < RULED * width or cv2.countNonZero(plumb) < RULED * height:
        return None
    return np.asarray(cv2.dilate(cv2.bitwise_or(level, plumb), np.ones((2, 2), np.uint8)), dtype=np.uint8)


def _parts(ink: Mask, joined: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Label what hangs together across gaps; also give left, top, width, height, area by label."""
    across = np.ones((joined, joined), np.uint8)
    closed = ink if joined == 1 else cv2.morphologyEx(ink, cv2.MORPH_CLOSE, across)
    _, labels, stats, _ = connected_parts(closed)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)


def _seals(ink: Mask, joined: int, red: Mask) -> list[Box]:
    """List the seals among what hangs together; `red` is the same ink before it was shrunk."""
    if not cv2.countNonZero(ink):
        return []
    labels, stats = _parts(ink, joined)
    plain: list[Box] = []
    doubtful: list[Box] = []
    for part in range(1, len(stats)):
        x0, y0, x1, y1 = box = _box(stats[part])
        if not _is_of_a_seals_size(box):
            continue
        inside = labels[y0:y1, x0:x1] == part
        if not _is_ringed(inside):
            continue
        looks = _looks(_closer(red, box, inside))
        if looks != "written":
            (plain if looks == "sealed" else doubtful).append(box)
    if not doubtful:
        return plain
    written = _boxes(_without(ink, plain))
    return plain + [box for box in doubtful if not stands_in_line(box, written)]


def _framed(ink: Mask, red: Mask) -> list[Box]:
    """List the seals whose frames may pass for rules; bare boxes, and many alike, are a form's cells."""
    found = [box for box in _seals(ink, JOINED[0], red) if _holds_ink(ink, box)]
    return [box for box in found if sum(_is_alike(box, other) for other in found) < CELLS]


def _holds_ink(ink: Mask, box: Box) -> bool:
    x0, y0, x1, y1 = box
    rim_x, rim_y = round(RIM * (x1 - x0)), round(RIM * (y1 - y0))
    inner = np.ascontiguousarray(ink[y0 + rim_y : y1 - rim_y, x0 + rim_x : x1 - rim_x])
    return cv2.countNonZero(inner) >= HELD * max(1, inner.size)


def _is_alike(box: Box, other: Box) -> bool:
    sides = [(one[2] - one[0], one[3] - one[1]) for one in (box, other)]
    return all(abs(side - its) <= ALIKE * max(side, its) for side, its in zip(*sides, strict=True))


def _closer(red: Mask, box: Box, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cut out a piece as it was before it was shrunk, as wide and high as its ink."""
    x0, y0, x1, y1 = _enlarged(box)
    ink = cv2.morphologyEx(red[y0:y1, x0:x1], cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) > 0
    ink &= inside.repeat(SHRUNK, axis=0).repeat(SHRUNK, axis=1)[: ink.shape[0], : ink.shape[1]]
    down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[down[0] : down[-1] + 1, across[0] : across[-1] + 1] if len(down) else ink[:0, :0]


def _looks(ink: NDArray[np.bool_]) -> Literal["sealed", "doubtful", "written"]:
    """Tell by its frame what a piece of ink is that is of a seal's size and shape."""
    if not ink.size:
        return "written"
    ring, sides = round_frame(ink), square_frame(ink)
    large = max(ink.shape) > LARGEST_GLYPH
    square = sum(sides) / len(sides) if large else min(sides)
    squared = square >= LIKELY_SQUARE and longest_piece(ink) >= IN_ONE
    if ring >= PLAIN_ROUND or (squared and large):
        return "sealed"
    return "doubtful" if squared or ring >= LIKELY_ROUND else "written"


def _boxes(ink: Mask) -> NDArray[np.int32]:
    """List what hangs together (left, top, right, bottom)."""
    _, stats = _parts(ink, JOINED[1])
    return np.hstack([stats[1:, :2], stats[1:, :2] + stats[1:, 2:4]])


def _without(ink: Mask, boxes: list[Box]) -> Mask:
    rest = ink.copy()
    for x0, y0, x1, y1 in boxes:
        rest[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = 0
    return rest


def _enlarged(box: Box) -> Box:
    x0, y0, x1, y1 = (edge * SHRUNK for edge in box)
    return x0, y0, x1, y1


def _shrunk(red: Mask) -> Mask:
    """Shrink, keeping whatever has a little ink and dropping lone specks."""
    height, width = (side // SHRUNK for side in red.shape)
    below, beside = (int(side % SHRUNK > 0) for side in red.shape)
    # Whole shrunken pixels, by halves, for any other way takes three times as long or more; the last take
    # their neighbours'.
    halved = cv2.resize(
        red[: height * SHRUNK, : width * SHRUNK], (2 * width, 2 * height), interpolation=cv2.INTER_AREA
    )
    mean = cv2.resize(halved, (width, height), interpolation=cv2.INTER_AREA)
    mean = cv2.copyMakeBorder(mean, 0, below, 0, beside, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.threshold(mean, 60, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _box(stat: NDArray[np.int32]) -> Box:
    left, top, wide, high = (int(value) for value in stat[:4])
    return left, top, left + wide, top + high


def _is_of_a_seals_size(box: Box) -> bool:
    x0, y0, x1, y1 = _enlarged(box)
    longer, shorter = max(x1 - x0, y1 - y0), min(x1 - x0, y1 - y0)
    return SMALLEST <= longer <= LARGEST and longer <= SQUARE * shorter


def _is_ringed(inside: NDArray[np.bool_]) -> bool:
    """Tell whether there is ink nearly all the way round."""
    seen = RIM_SEEN if min(inside.shape) * SHRUNK < GLYPH else RIM_SEEN_LARGE
    return max(_rim_of_circle(inside), _rim_of_box(inside)) >= seen


def _rim_of_circle(inside: NDArray[np.bool_]) -> float:
    ys, xs = np.nonzero(inside)
    high, wide = inside.shape
    across, down = (xs + 0.5) / wide * 2 - 1, (ys + 0.5) / high * 2 - 1
    outer = np.hypot(across, down) >= 1 - 2 * RIM
    directions = ((np.arctan2(down, across)[outer] + np.pi) / (2 * np.pi) * 24).astype(int) % 24
    corners = float((np.hypot(across, down) > 1.12).mean())
    return len(np.unique(directions)) / 24 - corners


def _rim_of_box(inside: NDArray[np.bool_]) -> float:
    high, wide = inside.shape
    deep, broad = max(1, round(RIM * high)), max(1, round(RIM * wide))
    sides = (inside[:deep].any(axis=0), inside[-deep:].any(axis=0), inside[:, :broad].any(axis=1),
             inside[:, -broad:].any(axis=1))  # fmt: skip
    return float(min(side.mean() for side in sides)) - 0.15
