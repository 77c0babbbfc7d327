"""What the other side of the leaf says, as it shows on this one."""

from typing import Any

import cv2
import numpy as np
from numpy.random import Generator

from bench.pages.find_faces import Face
from bench.pages.ink_glyphs import Hand, Layer, ink_glyphs
from bench.pages.invent_household import Household
from bench.pages.lay_out import lay_out
from bench.pages.place_text import TextTooLongError
from bench.pages.write_sheet import place_parts, text_of

SMALLER = 4
BLUR = 0.8


def show_through(
    form: dict[str, Any],
    size: tuple[int, int],
    unit: float,
    columns: int,
    household: Household,
    face: Face,
    strength: float,
    rng: Generator,
) -> Layer:
    """Return the coverage that another household, written on the other side, leaves on this one: mirrored, faint,
    blurred, and at a quarter of the size, for no edge in it is sharp.
    """
    width, height = size[0] // SMALLER, size[1] // SMALLER
    layout = lay_out(form, width, height, unit / SMALLER, columns)
    layer = np.zeros((height, width), np.uint8)
    hand = Hand(face, 1.0, (0.75, 1.0))
    for slot in layout.slots:
        if slot.kind == "value":
            try:
                glyphs = place_parts(slot, (text_of(slot, household),), unit / SMALLER)
            except TextTooLongError:
                # Rounding may leave a small cell without room; nobody reads what shows through.
                continue
            ink_glyphs(layer, glyphs, hand, rng)
    shift = tuple(int(value) for value in rng.integers(-10, 11, 2))
    soft = np.roll(cv2.GaussianBlur(cv2.flip(layer, 1), (0, 0), BLUR), shift, axis=(0, 1))
    return np.asarray(cv2.LUT(soft, np.round(np.arange(256) * strength).astype(np.uint8)), dtype=np.uint8)
