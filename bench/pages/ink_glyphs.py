"""Inks single characters into a layer, each a little different from the last."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bench.pages.find_faces import Face, find_faces, load_face
from bench.pages.geometry import Box
from bench.pages.place_text import Glyph
from bench.pages.sway_strokes import SWAYS, sway_strokes
from bench.pages.vary_softly import Field

Layer = NDArray[np.uint8]
ROOM = 1.5
BASELINE = 0.88
ABSENT = "\U0010fffd"


@dataclass(frozen=True)
class Hand:
    """A way of writing: the face, how far each glyph strays (0 = printed), how strong the ink is, from and to,
    how far the brush bends the strokes (share of the glyph), and how much of the ink is left where (`kept`).
    """

    face: Face
    jitter: float
    ink: tuple[float, float]
    sway: float = 0.0
    kept: Field | None = None


def ink_glyphs(layer: Layer, glyphs: list[Glyph], hand: Hand, rng: Generator) -> Box | None:
    """Ink the glyphs into the layer (coverage, 0–255; changed in place) and return the box of the ink,
    or None.
    """
    box: Box | None = None
    for glyph in glyphs:
        inked = _ink_one(layer, glyph, hand, rng)
        box = inked if box is None or inked is None else box.union(inked)
    return box


@lru_cache(maxsize=16384)
def has_glyph(face: Face, character: str) -> bool:
    """Return whether the face draws this character, not another one and not its sign for a missing one."""
    mask, absent = (load_face(face, 32).getmask(one) for one in (character, ABSENT))
    return character not in face.misdraws and mask.getbbox() is not None and bytes(mask) != bytes(absent)


@lru_cache(maxsize=4096)
def draw_glyph(face: Face, character: str, size: int) -> Layer:
    """Return a square patch with the character in its middle;
    a face that lacks it is helped out by the next.
    """
    if not has_glyph(face, character):
        face = next((other for other in find_faces() if has_glyph(other, character)), face)
    side = int(size * ROOM) | 1
    edge = (side - size) / 2
    image = Image.new("L", (side, side))
    ImageDraw.Draw(image).text(
        (edge, edge + size * BASELINE), character, font=load_face(face, size), fill=255, anchor="ls"
    )
    return np.asarray(image)


def _ink_one(layer: Layer, glyph: Glyph, hand: Hand, rng: Generator) -> Box | None:
    size = max(6, round(glyph.size))
    patch = draw_glyph(hand.face, glyph.character, size)
    side = patch.shape[0]
    shift = rng.normal(0, 0.018 * size * hand.jitter, 2)
    x, y = glyph.x + shift[0] - side / 2, glyph.y + shift[1] - side / 2
    left, top = int(np.floor(x)), int(np.floor(y))
    patch = _vary(patch, hand, (x - left, y - top), _kept_at(hand, layer, glyph), rng)
    return _press(layer, patch, left, top)


def _kept_at(hand: Hand, layer: Layer, glyph: Glyph) -> float:
    if hand.kept is None:
        return 1.0
    rows, cols = hand.kept.shape
    row, col = int(glyph.y / layer.shape[0] * rows), int(glyph.x / layer.shape[1] * cols)
    return float(hand.kept[min(max(row, 0), rows - 1), min(max(col, 0), cols - 1)])


def _vary(patch: Layer, hand: Hand, fraction: tuple[float, float], kept: float, rng: Generator) -> Layer:
    """Turn, stretch, bend, thicken and thin one glyph as a brush would; `fraction` moves it by parts of a pixel."""
    middle = (patch.shape[0] - 1) / 2
    turn, wide, tall, slant = rng.normal(0, 1, 4) * hand.jitter
    weight = float(np.exp(rng.normal(0, 0.22) * hand.jitter))
    strength = float(rng.uniform(*hand.ink)) * kept
    matrix = cv2.getRotationMatrix2D((middle, middle), 1.1 * turn, 1.0)
    matrix = matrix @ _stretch(1 + 0.025 * wide, 1 + 0.025 * tall, 0.02 * slant, middle)
    matrix[:, 2] += fraction
    if hand.sway:
        warped = sway_strokes(patch, matrix, hand.sway, int(rng.integers(SWAYS)))
    else:
        warped = cv2.warpAffine(patch, matrix, (patch.shape[1], patch.shape[0]), flags=cv2.INTER_LINEAR)
    curve = np.linspace(0, 1, 256) ** weight * 255 * strength
    return np.asarray(cv2.LUT(warped, np.round(curve).astype(np.uint8)), dtype=np.uint8)


def _stretch(wide: float, tall: float, slant: float, middle: float) -> NDArray[np.float64]:
    return np.array(
        [
            [wide, slant, middle * (1 - wide - slant)],
            [0, tall, middle * (1 - tall)],
            [0, 0, 1],
        ]
    )


def _press(layer: Layer, patch: Layer, left: int, top: int) -> Box | None:
    height, width = layer.shape
    x0, y0, x1, y1 = (
        max(0, left),
        max(0, top),
        min(width, left + patch.shape[1]),
        min(height, top + patch.shape[0]),
    )
    if x0 >= x1 or y0 >= y1:
        return None
    part = patch[y0 - top : y1 - top, x0 - left : x1 - left]
    target = layer[y0:y1, x0:x1]
    np.maximum(target, part, out=target)
    rows, cols = np.flatnonzero(part.max(axis=1) > 40), np.flatnonzero(part.max(axis=0) > 40)
    if rows.size == 0 or cols.size == 0:
        return None
    return Box(x0 + cols[0], y0 + rows[0], x0 + cols[-1] + 1, y0 + rows[-1] + 1)
