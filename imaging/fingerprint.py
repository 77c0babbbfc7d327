"""A page's fingerprint: where its writing lies within its form, so that one page scanned twice is told."""

import hashlib
import math

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Gray, Pixels
from imaging.connected_parts import label_parts
from imaging.grey import to_grey
from imaging.levels import count_levels, percentile
from imaging.skew.evidence import shrink
from imaging.surroundings import surroundings

SIDE = 72
SIZE = SIDE * SIDE
"""Bytes of a fingerprint."""
_LONGEST = 880
_AROUND = 25
_SHORTEST_RULE = 0.07  # of the page's side
_RULE_BREADTH = 3
_LEAST_STEP = 0.2  # of the page's own deepest strokes
_RULE_SHARE = 0.35
_DARK, _GROUND, _RIM = 60, 0.6, 31


def fingerprint(upright: Pixels) -> bytes:
    """Return SIZE bytes: how much ink there is in each part of an upright, cropped page's form, row by row.

    The outermost rulings are the frame, so that another crop of the page does not move its writing; the
    rulings themselves are left out, or every page of a form would look like every other.
    """
    small = shrink(to_grey(upright), _LONGEST)
    if min(small.shape) < 2 * SIDE:
        small = np.asarray(cv2.resize(small, (4 * SIDE, 4 * SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    ink, sheet = _ink(small), _sheet(small)
    level, down = _rules(ink, sheet)
    writing = np.asarray(cv2.bitwise_and(ink, sheet), dtype=np.uint8)
    rules = np.asarray(cv2.bitwise_or(level, down), dtype=np.uint8)
    writing[cv2.dilate(rules, np.ones((_RULE_BREADTH, _RULE_BREADTH), np.uint8)) > 0] = 0
    grid = _grid(rules)
    x0, y0, x1, y1 = _frame(level & grid, down & grid, writing)
    parts = cv2.resize(writing[y0:y1, x0:x1], (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    most = float(np.percentile(parts, 99)) or 1.0
    return bytes(np.clip(parts / most * 255, 0, 255).astype(np.uint8).tobytes())


def pixel_hash(pixels: Pixels, kind: str) -> str:
    """Return the SHA-256 of a page's shape and pixels: the same page saved anew without loss has the same.

    `kind` says which of a page's pixels they are, so that hashes of different kinds are never the same. A
    page's half will do, for no two scans share even that, and it is hashed in a quarter of the time.
    """
    digest = hashlib.sha256(f"{kind} {pixels.shape!r}".encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


def _ink(small: Gray) -> Gray:
    """Return how much darker than around it each pixel is, the faintest left out."""
    around = surroundings(small, _AROUND)
    step = cv2.subtract(around, cv2.GaussianBlur(small, (0, 0), 0.8))
    deepest = _percentile(step, 99) or 1.0
    plain = cv2.threshold(step, math.ceil(_LEAST_STEP * deepest) - 1, 0, cv2.THRESH_TOZERO)[1]
    return np.asarray(cv2.convertScaleAbs(plain, alpha=255 / deepest), dtype=np.uint8)


def _percentile(levels: cv2.typing.MatLike, share: float) -> float:
    return percentile(count_levels(np.asarray(levels, dtype=np.uint8)), share)


def _rules(ink: Gray, sheet: Gray) -> tuple[Gray, Gray]:
    """Return 255 on long level, and on long upright lines."""
    marks = ((ink > _DARK) & (sheet > 0)).astype(np.uint8) * 255
    high, wide = (max(9, round(_SHORTEST_RULE * side)) for side in marks.shape)
    thick = cv2.dilate(marks, np.ones((3, 3), np.uint8))
    level = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8))
    upright = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((high, 1), np.uint8))
    return np.asarray(level, dtype=np.uint8), np.asarray(upright, dtype=np.uint8)


def _grid(rules: Gray) -> Gray:
    """Return 255 where the largest net of rulings lies: the sheet's own edge is no part of it."""
    joined = cv2.dilate(rules, np.ones((9, 9), np.uint8))
    labels = label_parts(joined)
    sizes = np.bincount(labels.ravel())
    if len(sizes) < 2:
        return rules
    largest = 1 + int(np.argmax(sizes[1:]))
    return np.asarray((labels == largest).view(np.uint8) * np.uint8(255), dtype=np.uint8)


def _sheet(small: Gray) -> Gray:
    """Return 255 on paper, a little within its edge: the ground beside a turned sheet is no ruling."""
    tone = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    light = (tone > _GROUND * _percentile(tone, 75)).astype(np.uint8)
    # What lies beyond the picture is no paper.
    framed = cv2.copyMakeBorder(light, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.erode(framed, np.ones((_RIM, _RIM), np.uint8))[1:-1, 1:-1] * 255, dtype=np.uint8)


def _frame(level: Gray, upright: Gray, writing: Gray) -> tuple[int, int, int, int]:
    """Return the box of the form: its outermost rulings, or the writing's extent where there are none."""
    high, wide = writing.shape
    x0, x1 = _extent(np.count_nonzero(upright, axis=0), _RULE_SHARE * high)
    y0, y1 = _extent(np.count_nonzero(level, axis=1), _RULE_SHARE * wide)
    marks = writing > _DARK
    if x1 - x0 < wide // 4:
        x0, x1 = _extent(np.count_nonzero(marks, axis=0), 0.01 * high)
    if y1 - y0 < high // 4:
        y0, y1 = _extent(np.count_nonzero(marks, axis=1), 0.01 * wide)
    return (x0, y0, x1, y1) if x1 - x0 > wide // 4 and y1 - y0 > high // 4 else (0, 0, wide, high)


def _extent(counts: NDArray[np.intp], least: float) -> tuple[int, int]:
    """Return where a line first and last counts enough."""
    strong = np.flatnonzero(counts > least)
    return (int(strong[0]), int(strong[-1]) + 1) if strong.size else (0, 0)
